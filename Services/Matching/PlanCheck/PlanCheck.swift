/// The first thing that is wrong with a plan.
public enum PlanFlaw: Error, Hashable, Sendable {
  case noSuchPair(adept: String, mentor: String)
  case wrongScore(adept: String, mentor: String, filed: Int, given: Int)
  case forbidden(adept: String, mentor: String)
  case worthless(adept: String, mentor: String)
  case matchedTwice(adept: String)
  case tooManyAdepts(mentor: String)
  case lockedMissing(adept: String, mentor: String)
  case leftOut(adept: String)
  case wrongSums
  case noPrice(of: String)
  case negativePrice(of: String)
  case pricesTooLow(adept: String, mentor: String)
  case pricesDisagree
}

/// Checks that a plan is allowed and that no plan is better, by its prices and without planning: it shares nothing with
/// the planner. Sums are taken in 128 bits, so no number in the file can overflow.
///
/// Why the prices prove it: an adept in a plan, and the place that the adept takes, have prices that together reach what
/// the pair is worth; no price is below zero. So no plan is worth more than all prices together.
///
/// - Parameters:
///   - scores: by adept, then mentor; pairs that are absent can't be made.
///   - places: how many adepts each mentor takes; one where absent.
public func check(_ plan: PlanFile, scores: [String: [String: Int]], places: [String: Int]) throws(PlanFlaw) {
  typealias Sum = (adepts: Int128, score: Int128)
  let one: Int128 = plan.objective == .mostAdepts || plan.requireAll ? 1 : 0
  let (locked, forbidden) = (Set(plan.locked), Set(plan.forbidden))
  let mentors = Set(scores.values.flatMap(\.keys))
  // More places than there are adepts are the same as that many, and keep the sums small.
  var free = Dictionary(uniqueKeysWithValues: mentors.map { ($0, min(places[$0] ?? 1, scores.count)) })
  var open = free
  var (matched, kept): (Set<String>, Set<PlanFile.Pair>) = ([], [])
  var (total, worth): (Int128, Sum) = (0, (0, 0))

  // The plan is allowed, and is what it says.
  for item in plan.pairs {
    let pair = PlanFile.Pair(adept: item.adept, mentor: item.mentor)
    guard let score = scores[item.adept]?[item.mentor] else {
      throw .noSuchPair(adept: item.adept, mentor: item.mentor)
    }
    guard item.score == score else {
      throw .wrongScore(adept: item.adept, mentor: item.mentor, filed: item.score, given: score)
    }
    guard !forbidden.contains(pair) else { throw .forbidden(adept: item.adept, mentor: item.mentor) }
    guard matched.insert(item.adept).inserted else { throw .matchedTwice(adept: item.adept) }
    free[item.mentor]! -= 1
    guard free[item.mentor]! >= 0 else { throw .tooManyAdepts(mentor: item.mentor) }
    total += Int128(score)
    if locked.contains(pair) {
      kept.insert(pair)
      open[item.mentor]! -= 1
    } else {
      guard score > 0 || one > 0 else { throw .worthless(adept: item.adept, mentor: item.mentor) }
      worth = (worth.adepts + one, worth.score + Int128(score))
    }
  }
  if let lost = locked.first(where: { !kept.contains($0) }) {
    throw .lockedMissing(adept: lost.adept, mentor: lost.mentor)
  }
  if plan.requireAll, let lost = scores.keys.first(where: { !matched.contains($0) }) { throw .leftOut(adept: lost) }
  guard total == Int128(plan.total), plan.matched == plan.pairs.count else { throw .wrongSums }

  // No plan is worth more.
  func price(_ prices: [String: PlanFile.Worth], _ id: String) throws(PlanFlaw) -> Sum {
    guard let price = prices[id] else { throw .noPrice(of: id) }
    guard (price.adepts, price.score) >= (0, 0) else { throw .negativePrice(of: id) }
    return (Int128(price.adepts), Int128(price.score))
  }
  var prices: Sum = (0, 0)
  for (mentor, places) in open {
    let price = try price(plan.certificate.mentors, mentor)
    prices = (prices.adepts + price.adepts * Int128(places), prices.score + price.score * Int128(places))
  }
  let settled = Set(locked.map(\.adept))
  for (adept, row) in scores where !settled.contains(adept) {
    let own = try price(plan.certificate.adepts, adept)
    prices = (prices.adepts + own.adepts, prices.score + own.score)
    for (mentor, score) in row where !forbidden.contains(PlanFile.Pair(adept: adept, mentor: mentor)) {
      let other = try price(plan.certificate.mentors, mentor)
      guard (own.adepts + other.adepts, own.score + other.score) >= (one, Int128(score)) else {
        throw .pricesTooLow(adept: adept, mentor: mentor)
      }
    }
  }
  guard prices == worth else { throw .pricesDisagree }
}
