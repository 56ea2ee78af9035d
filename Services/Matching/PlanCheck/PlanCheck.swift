/// Checks that a plan is allowed and that no plan is better, by its prices and without planning: it shares nothing with
/// the planner.
///
/// Why the prices prove it: an adept in a plan, and the place that the adept takes, have prices that together reach what
/// the pair is worth; no price is below zero. So no plan is worth more than all prices together.
///
/// - Parameters:
///   - scores: by adept, then mentor; pairs that are absent can't be made.
///   - places: how many adepts each mentor takes; one where absent.
public func check(_ plan: PlanFile, scores: [String: [String: Int]], places: [String: Int]) throws(PlanFlaw) {
  let one: Int128 = plan.objective == .mostAdepts || plan.requireAll ? 1 : 0
  let (locked, forbidden) = (Set(plan.locked), Set(plan.forbidden))
  // More places than there are adepts are the same as that many, and keep the sums small.
  var free = Dictionary(
    uniqueKeysWithValues: Set(scores.values.flatMap(\.keys)).map { ($0, max(0, min(places[$0] ?? 1, scores.count))) })
  var open = free
  for pair in locked { open[pair.mentor]? -= 1 }
  var (matched, missing, total, worth) = (Set<String>(), locked, Int128(0), Sum(0, 0))

  // The plan is allowed, and is what it says.
  for item in plan.pairs {
    let (adept, mentor) = (item.adept, item.mentor)
    let pair = PlanFile.Pair(adept: adept, mentor: mentor)
    guard let score = scores[adept]?[mentor] else { throw .noSuchPair(adept: adept, mentor: mentor) }
    guard item.score == score else { throw .wrongScore(adept: adept, mentor: mentor, filed: item.score, given: score) }
    guard !forbidden.contains(pair) else { throw .forbidden(adept: adept, mentor: mentor) }
    guard matched.insert(adept).inserted else { throw .matchedTwice(adept: adept) }
    free[mentor]! -= 1
    guard free[mentor]! >= 0 else { throw .tooManyAdepts(mentor: mentor) }
    total += Int128(score)
    if let parts = item.parts, parts.reduce(0, { $0 + Int128($1.points) }) != Int128(score) { throw .wrongSums }
    if missing.remove(pair) != nil { continue }
    guard score > 0 || one > 0 else { throw .worthless(adept: adept, mentor: mentor) }
    worth += Sum(one, score)
  }
  if let lost = missing.first { throw .lockedMissing(adept: lost.adept, mentor: lost.mentor) }
  if plan.requireAll, let lost = scores.keys.first(where: { !matched.contains($0) }) { throw .leftOut(adept: lost) }
  guard total == Int128(plan.total), plan.matched == plan.pairs.count else { throw .wrongSums }
  for (objective, totals) in plan.objectives ?? [:] {
    if objective != plan.objective {
      try check(plan.plan(by: objective, totals), scores: scores, places: places)
    } else if totals.total != plan.total || totals.matched != plan.matched {
      throw .wrongSums
    }
  }

  // No plan is worth more.
  var (prices, mentorPrices) = (Sum(0, 0), [String: Sum]())
  for (mentor, places) in open {
    mentorPrices[mentor] = try plan.certificate.mentors.price(of: mentor)
    prices += mentorPrices[mentor]! * places
  }
  let settled = Set(locked.map(\.adept))
  for (adept, row) in scores where !settled.contains(adept) {
    let own = try plan.certificate.adepts.price(of: adept)
    prices += own
    for (mentor, score) in row where own + mentorPrices[mentor]! < Sum(one, score) {
      guard forbidden.contains(PlanFile.Pair(adept: adept, mentor: mentor)) else {
        throw .pricesTooLow(adept: adept, mentor: mentor)
      }
    }
  }
  guard prices == worth else { throw .pricesDisagree }
}

extension [String: PlanFile.Worth] {
  fileprivate func price(of id: String) throws(PlanFlaw) -> Sum {
    guard let price = self[id] else { throw .noPrice(of: id) }
    let sum = Sum(Int128(price.adepts), price.score)
    guard sum >= Sum(0, 0) else { throw .negativePrice(of: id) }
    return sum
  }
}
