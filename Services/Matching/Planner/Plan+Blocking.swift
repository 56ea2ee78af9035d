extension Plan {
  /// The pairs that would rather have each other than what the plan gives them, where the score is both sides' liking
  /// (Gale & Shapley 1962). A best plan may have such pairs; they show what the sum of scores has cost.
  ///
  /// An adept would rather have a mentor with a higher score than the present one, or any whom the objective allows if
  /// unmatched. A mentor would rather have an adept with a higher score than the lowest of those who are not locked,
  /// or any if there is an open place. Locked adepts stay.
  public var blockingPairs: [Pair] {
    let open = problem.open
    // What a pair with each mentor must exceed; nil where nothing is enough.
    var lowest = [Int?](repeating: nil, count: open.mentors)
    var taken = [Int](repeating: 0, count: open.mentors)
    var present = [Int?](repeating: nil, count: open.adepts)
    for (adept, mentor) in mentors.enumerated() where !isLocked(adept) {
      guard let mentor, let score = open[Pair(adept: adept, mentor: mentor)] else { continue }
      present[adept] = score
      taken[mentor] += 1
      lowest[mentor] = min(lowest[mentor] ?? score, score)
    }
    for mentor in 0..<open.mentors where taken[mentor] < problem.openPlaces[mentor] { lowest[mentor] = Int.min }
    var pairs: [Pair] = []
    for adept in 0..<open.adepts where !isLocked(adept) {
      let row = open.row(adept)
      for position in row {
        let (mentor, score) = (open.mentor(position, in: row), open.scores[position])
        guard let lowest = lowest[mentor], score > lowest, score > present[adept] ?? Int.min, objective.allows(score)
        else { continue }
        pairs.append(Pair(adept: adept, mentor: mentor))
      }
    }
    return pairs
  }
}
