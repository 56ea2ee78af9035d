import Contracts
import Texts

/// The pairs of a draft, and what the board may do with them.
struct PlanDraft: Sendable {
  struct Pair: Sendable, Hashable {
    let adept: MemberID
    var mentor: MemberID
    var score: Int
    var isLocked = false
    /// Left out, and not proposed when the draft is planned anew.
    var isDropped = false
    var match: MatchID?
  }
  let id: PlanID
  let objective: PlanObjective
  let made: Day
  /// By adept.
  var pairs: [Pair]

  var standing: [Pair] { pairs.filter { !$0.isDropped } }

  /// Changes a pair.
  ///
  /// - Parameter score: what a pair would score; nil where the competition rule blocks it.
  mutating func change(
    _ change: EditPlan.Change, _ adept: MemberID, _ other: MemberID?,
    score: (_ mentor: MemberID, _ adept: MemberID) throws -> Int?
  ) throws {
    let index = try find(adept)
    switch change {
    case .lock: pairs[index].isLocked = true
    case .unlock: pairs[index].isLocked = false
    case .drop: pairs[index].isDropped = true
    case .swap:
      guard let other else { throw PlanRefusal.swapNeedsTwo }
      let second = try find(other)
      let mentors = (pairs[index].mentor, pairs[second].mentor)
      for (place, mentor) in [(index, mentors.1), (second, mentors.0)] {
        guard mentor != pairs[place].adept, let score = try score(mentor, pairs[place].adept) else {
          throw PlanRefusal.cannotSwap(mentor: mentor, adept: pairs[place].adept)
        }
        pairs[place].mentor = mentor
        pairs[place].score = score
        // What the board has put together by hand stands.
        pairs[place].isLocked = true
      }
    }
  }

  private func find(_ adept: MemberID) throws(PlanRefusal) -> Int {
    guard let index = pairs.firstIndex(where: { $0.adept == adept && !$0.isDropped }) else {
      throw .notInPlan(adept, id)
    }
    guard pairs[index].match == nil else { throw .published(adept) }
    return index
  }
}
