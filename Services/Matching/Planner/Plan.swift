/// A best plan, with prices that prove it.
///
/// **The proof** (linear programming duality). A place with a mentor has a price, and so has an adept; no price is below
/// zero, and for every pair that may be made the two prices together reach what the pair is worth. Then no plan
/// can be worth more than the prices of all adepts and all places together, and this plan is worth exactly that. Locked
/// pairs and their places are outside of this; they are the same in every plan.
public struct Plan: Sendable {
  public let problem: PlanProblem
  public let objective: Objective
  /// Each adept's mentor, locked ones too; nil for who is left unmatched.
  public let mentors: [Int?]
  /// How many adepts are matched, and the sum of their scores.
  public let matched: Int
  public let total: Int
  /// Zero for a locked adept.
  public let adeptPrices: [Worth]
  /// The price of one place with each mentor.
  public let mentorPrices: [Worth]

  /// Plans. The time is of the order of adepts × pairs at worst, and on most instances close to that of reading the
  /// scores once or twice.
  ///
  /// - Throws: `PlanFault.tooLarge` where sums might overflow.
  public init(_ problem: PlanProblem, _ objective: Objective) throws(PlanFault) {
    let open = problem.open
    let places = problem.reachablePlaces
    let units = (0..<open.adepts).map { open.row($0).isEmpty ? 0 : 1 }
    let (adeptUnits, mentorUnits) = (units.reduce(0, +), places.reduce(0, +))
    let step = try Plan.step(objective, open, filled: min(adeptUnits, mentorUnits))

    // The side with fewer units bids: the other then has some to spare, and searches end soon.
    let adeptsBid = adeptUnits <= mentorUnits
    let table = adeptsBid ? open : open.transposed()
    let assignment = table.assign(
      units: adeptsBid ? units : places, places: adeptsBid ? places : units, leftOut: -step)

    var mentors = problem.lockedMentor
    for (object, bidders) in assignment.holders.enumerated() {
      for bidder in bidders { mentors[adeptsBid ? bidder : object] = adeptsBid ? object : bidder }
    }
    self.problem = problem
    self.objective = objective
    self.mentors = mentors
    matched = mentors.count { $0 != nil }
    total = mentors.enumerated().reduce(0) { sum, item in
      sum + (item.element.flatMap { problem.scores[Pair(adept: item.offset, mentor: $0)] } ?? 0)
    }
    // A bidder's profit is what it has above being left out.
    let bidderPrices = assignment.profits.map { Plan.worth($0 + step, step) }
    let objectPrices = assignment.prices.map { Plan.worth($0, step) }
    adeptPrices = adeptsBid ? bidderPrices : objectPrices
    mentorPrices = adeptsBid ? objectPrices : bidderPrices
  }

  /// The pairs of the plan, by adept.
  public var pairs: [Pair] {
    mentors.enumerated().compactMap { adept, mentor in mentor.map { Pair(adept: adept, mentor: $0) } }
  }

  /// By how much leaving an adept out outweighs any score; 0 where only scores count.
  ///
  /// A price is the worth of an alternating chain of pairs, of which there are at most twice as many as places filled. With
  /// a step above four times that much score, the number of adepts and the score can be told apart in it.
  private static func step(_ objective: Objective, _ open: ScoreTable, filled: Int) throws(PlanFault) -> Int {
    guard objective == .mostAdepts else { return 0 }
    let greatest = Int(open.scores.reduce(0) { max($0, $1.magnitude) })
    let (spread, overflow) = greatest.multipliedReportingOverflow(by: 4 * (filled + 1))
    guard !overflow, spread < Assignment.limit - greatest else { throw .tooLarge }
    return spread + 1
  }

  private static func worth(_ value: Int, _ step: Int) -> Worth {
    guard step > 0 else { return Worth(score: value) }
    let shifted = value + step / 2
    let adepts = shifted >= 0 ? shifted / step : -((-shifted + step - 1) / step)
    return Worth(adepts: adepts, score: value - adepts * step)
  }
}

extension PlanProblem {
  /// Each mentor's open places, but at most one more than there are adepts who might take them: that one stays empty and
  /// so keeps the price at zero.
  fileprivate var reachablePlaces: [Int] {
    guard !open.columns.isEmpty else { return openPlaces.map { min($0, (open.scores.isEmpty ? 0 : open.adepts) + 1) } }
    var adepts = [Int](repeating: 0, count: open.mentors)
    for mentor in open.columns { adepts[Int(mentor)] += 1 }
    return zip(openPlaces, adepts).map { min($0, $1 + 1) }
  }
}

extension ScoreTable {
  /// The table with adepts and mentors exchanged.
  fileprivate func transposed() -> ScoreTable {
    var starts = [Int](repeating: 0, count: mentors + 1)
    var columns = [Int32](repeating: 0, count: self.columns.count)
    var scores = [Int](repeating: 0, count: self.scores.count)
    if self.columns.isEmpty {
      for mentor in 0..<mentors { starts[mentor + 1] = (mentor + 1) * (self.scores.isEmpty ? 0 : adepts) }
      // In blocks, so that both sides stay in the cache.
      let block = 32
      for firstAdept in stride(from: 0, to: self.scores.isEmpty ? 0 : adepts, by: block) {
        for firstMentor in stride(from: 0, to: mentors, by: block) {
          for mentor in firstMentor..<min(firstMentor + block, mentors) {
            for adept in firstAdept..<min(firstAdept + block, adepts) {
              scores[mentor * adepts + adept] = self.scores[adept * mentors + mentor]
            }
          }
        }
      }
    } else {
      for mentor in self.columns { starts[Int(mentor) + 1] += 1 }
      for mentor in 0..<mentors { starts[mentor + 1] += starts[mentor] }
      var next = starts
      for adept in 0..<adepts {
        for position in row(adept) {
          let mentor = Int(self.columns[position])
          columns[next[mentor]] = Int32(adept)
          scores[next[mentor]] = self.scores[position]
          next[mentor] += 1
        }
      }
    }
    return ScoreTable(adepts: mentors, mentors: adepts, scores: scores, columns: columns, starts: starts)
  }

  fileprivate func assign(units: [Int], places: [Int], leftOut: Int) -> Assignment {
    scores.withUnsafeBufferPointer { scores in
      columns.withUnsafeBufferPointer { columns in
        starts.withUnsafeBufferPointer { starts in
          columns.isEmpty && !scores.isEmpty
            ? Assignment(
              CompleteRows(bidders: adepts, objects: mentors, worths: scores), units: units, places: places,
              leftOut: leftOut)
            : Assignment(
              SparseRows(bidders: adepts, objects: mentors, starts: starts, columns: columns, worths: scores),
              units: units, places: places, leftOut: leftOut)
        }
      }
    }
  }
}
