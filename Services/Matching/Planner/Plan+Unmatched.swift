/// Why an adept is left unmatched.
public enum UnmatchedReason: String, Sendable, CaseIterable, Codable {
  /// The adept has no score with anybody.
  case noScores = "no-scores"
  /// All that the adept has a score with are forbidden.
  case forbidden
  /// Nobody whom the adept might have has a place that is not locked.
  case noOpenPlace = "no-open-place"
  /// No score above zero, and only scores count.
  case worthless
  /// There are places that the adept might have; the plan is better with others in them.
  case outbid
}

/// Adepts who together have too few mentors (Hall 1935): they can only be matched with these mentors, who have fewer open
/// places than the adepts are.
public struct Shortage: Hashable, Sendable {
  public let adepts: [Int]
  public let mentors: [Int]
  public let places: Int
}

extension Plan {
  /// Who is left unmatched, and why.
  public var unmatched: [(adept: Int, reason: UnmatchedReason)] {
    mentors.enumerated().filter { $0.element == nil }.map { ($0.offset, reason($0.offset)) }
  }

  private func reason(_ adept: Int) -> UnmatchedReason {
    if problem.scores.row(adept).isEmpty { return .noScores }
    let row = problem.open.row(adept)
    if row.isEmpty { return .forbidden }
    let within = row.filter { problem.openPlaces[problem.open.mentor($0, in: row)] > 0 }
    if within.isEmpty { return .noOpenPlace }
    return within.contains { objective.allows(problem.open.scores[$0]) } ? .outbid : .worthless
  }

  /// Why not all can be matched; nil where all are. Only of a plan for `Objective.mostAdepts`.
  ///
  /// Whoever has a place that the first unmatched adept might have, would have to go where he might go, and so on; no
  /// place among all these is empty, or the plan would match one more.
  public var shortage: Shortage? {
    guard objective == .mostAdepts, let first = mentors.firstIndex(of: nil) else { return nil }
    let open = problem.open
    var holders = [[Int]](repeating: [], count: open.mentors)
    for (adept, mentor) in mentors.enumerated() where !isLocked(adept) {
      if let mentor { holders[mentor].append(adept) }
    }
    var (adepts, mentors): ([Int], Set<Int>) = ([first], [])
    var index = 0
    while index < adepts.count {
      let row = open.row(adepts[index])
      for position in row where mentors.insert(open.mentor(position, in: row)).inserted {
        adepts += holders[open.mentor(position, in: row)]
      }
      index += 1
    }
    return Shortage(
      adepts: adepts.sorted(), mentors: mentors.sorted(),
      places: mentors.reduce(0) { $0 + problem.openPlaces[$1] })
  }
}
