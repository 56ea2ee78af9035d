/// What else an adept could have in a plan that is just as good.
public struct Alternatives: Hashable, Sendable {
  /// Mentors, apart from the one in the plan.
  public let mentors: [Int]
  /// Whether the adept, matched in this plan, is left unmatched in another.
  public let orUnmatched: Bool
  /// Whether every best plan treats this adept alike.
  public var isNone: Bool { mentors.isEmpty && !orUnmatched }
}

extension Plan {
  /// For each adept, what other best plans have. Where that is nothing, the adept's pair stands in every best plan.
  public func alternatives() -> [Alternatives] {
    let moves = Moves(self)
    let group = moves.freeGroups()
    return (0..<problem.scores.adepts).map { adept in
      var (others, outside): ([Int], Bool) = ([], false)
      moves.from(adept) { next, cost in
        guard cost == .zero, group[next] == group[adept] else { return }
        if let mentor = moves.mentor(next) { others.append(mentor) } else { outside = true }
      }
      return Alternatives(mentors: others, orUnmatched: outside)
    }
  }
}
