import Contracts
import Texts

/// What an answer, or the board's taking back, makes of a match.
///
/// ```
///                 ┌─▶ accepted by mentor ─┐ the other
///   submitted ────┤                       ├──────────▶ active ─────▶ ended
///       │         └─▶ accepted by adept ──┘ accepts    ▲   the mentorship
///       │                  │                 │         │   is over
///       │                  │  no longer clear └▶ held ─┘ the board decides,
///       │                  │                       │    or it is clear again
///       └────────┬─────────┴───────────────────────┘
///                ├─▶ declined    one of the two says no
///                ├─▶ expired     not both have answered in time
///                └─▶ withdrawn   the board takes it back
/// ```
///
/// What has been said or done already is answered with the state that it led to, so that whoever repeats
/// it learns that it holds.
enum MatchAnswers {
  /// The state after one party's answer.
  ///
  /// - Parameter isClear: whether nothing that the competition rule finds awaits the board, and both take part.
  static func answer(
    _ match: Match, by party: Party, _ answer: AnswerMatch.Answer, isClear: Bool = true
  ) throws(MatchRefusal) -> MatchState {
    switch (match.state, answer) {
    case (.submitted, .accept): return party == .mentor ? .acceptedByMentor : .acceptedByAdept
    case (.submitted, .decline): return .declined
    case (.acceptedByMentor, _), (.acceptedByAdept, _):
      let accepted: Party = match.state == .acceptedByMentor ? .mentor : .adept
      switch answer {
      case .accept: return party == accepted ? match.state : isClear ? .active : .held
      // Also from whoever has said yes: until it begins, a no is a no.
      case .decline: return .declined
      }
    case (.held, .decline): return .declined
    case (.held, .accept), (.active, .accept), (.declined, .decline): return match.state
    case (.active, .decline), (.declined, .accept), (.expired, _), (.withdrawn, _), (.ended, _):
      throw .notOpen(match.id, match.state)
    }
  }

  /// The state after the board has taken the match back.
  static func withdraw(_ match: Match) throws(MatchRefusal) -> MatchState {
    guard match.state.isOpen || match.state == .withdrawn else { throw .notOpen(match.id, match.state) }
    return .withdrawn
  }
}

extension MatchState {
  /// Not both have answered yet, or the board has not decided.
  var isOpen: Bool {
    switch self {
    case .submitted, .acceptedByMentor, .acceptedByAdept, .held: true
    case .active, .declined, .expired, .withdrawn, .ended: false
    }
  }
}
