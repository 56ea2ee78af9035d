/// What one more mentor would do for a plan.
///
/// One search values every adept; each candidate after that costs no more than reading its scores.
public struct Recruitment: Sendable {
  private let objective: Objective
  /// What the plan loses when an adept takes a place outside of it and the others make the best of it; nil for a locked
  /// adept.
  public let losses: [Worth?]

  public init(_ plan: Plan) {
    objective = plan.objective
    let moves = Moves(plan)
    let (costs, _) = moves.cheapest(from: moves.outside)
    losses = (0..<plan.problem.scores.adepts).map { adept in
      plan.isLocked(adept) ? nil : costs[adept].map { plan.adeptPrices[adept] + $0 }
    }
  }

  /// By how much the best plan improves with one more mentor who has one place.
  ///
  /// - Parameter scores: what a pair with each adept would be worth; adepts that are absent can't be matched with the
  ///   mentor.
  /// - Returns: the gain, zero where the mentor would not be used, and the adept who would get the place.
  public func gain(from scores: [(adept: Int, score: Int)]) -> (gain: Worth, adept: Int?) {
    var best: (gain: Worth, adept: Int?) = (.zero, nil)
    for (adept, score) in scores {
      guard let loss = losses[adept] else { continue }
      let gain = objective.gain(score, loss)
      if gain > best.gain { best = (gain, adept) }
    }
    return best
  }
}

extension Plan {
  /// For each mentor, how many of the unmatched adepts one more place like theirs would help, each alone, and by how much
  /// it improves the best plan.
  public var onePlaceMore: [(helps: Int, gain: Worth)] {
    let losses = Recruitment(self).losses
    let open = problem.open
    var more = [(helps: Int, gain: Worth)](repeating: (0, .zero), count: open.mentors)
    for adept in 0..<open.adepts {
      guard let loss = losses[adept] else { continue }
      let row = open.row(adept)
      for position in row {
        let mentor = open.mentor(position, in: row)
        let gain = objective.gain(open.scores[position], loss)
        guard gain > .zero else { continue }
        if mentors[adept] == nil { more[mentor].helps += 1 }
        more[mentor].gain = max(more[mentor].gain, gain)
      }
    }
    return more
  }
}

extension Objective {
  /// What a pair with a new mentor adds to a plan that loses so much when its adept takes that place.
  public func gain(_ score: Int, _ loss: Worth) -> Worth { worth(score) - loss }
}
