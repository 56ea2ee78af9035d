/// Why a pair is not in a plan.
public enum WhyNot: Hashable, Sendable {
  case isInPlan
  /// They can't be matched: the pair has no score.
  case noScore
  case forbidden
  /// The adept is locked to another mentor.
  case lockedElsewhere(mentor: Int)
  /// The mentor has no place, or none that is not locked.
  case noOpenPlace
  /// What the best plan with this pair has less than the best plan, and all that differs.
  case costs(Worth, moves: [Move])

  /// An adept who gets another mentor; nil is none.
  public struct Move: Hashable, Sendable {
    public let adept: Int
    public let from: Int?
    public let to: Int?
  }
}

extension Plan {
  /// Why an adept doesn't have a mentor: the rule that forbids it, or what forcing it would cost and who would move.
  public func whyNot(_ pair: Pair) -> WhyNot {
    if mentors[pair.adept] == pair.mentor { return .isInPlan }
    guard let score = problem.scores[pair] else { return .noScore }
    guard !problem.forbidden.contains(pair) else { return .forbidden }
    if let mentor = problem.lockedMentor[pair.adept] { return .lockedElsewhere(mentor: mentor) }
    guard problem.openPlaces[pair.mentor] > 0 else { return .noOpenPlace }

    let moves = Moves(self)
    let start = moves.node(mentor: pair.mentor)
    let (costs, previous) = moves.cheapest(from: start)
    // A walk back to the adept always exists: whoever has the place can go outside, and the adept come from there.
    guard let back = costs[pair.adept] else { preconditionFailure("no walk from a mentor to an adept") }
    var changed = [move(pair.adept, to: pair.mentor)]
    var node = pair.adept
    while node != start {
      if let adept = moves.adept(previous[node]) { changed.append(move(adept, to: moves.mentor(node))) }
      node = previous[node]
    }
    return .costs(moves.cost(pair, score) + back, moves: changed)
  }

  private func move(_ adept: Int, to mentor: Int?) -> WhyNot.Move {
    WhyNot.Move(adept: adept, from: mentors[adept], to: mentor)
  }
}
