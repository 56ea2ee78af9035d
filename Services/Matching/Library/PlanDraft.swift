import Contracts
import Texts

/// The pairs of a draft, and what the board may do with them.
struct PlanDraft: Sendable {
  struct Pair: Sendable, Hashable {
    let adept: MemberID
    var mentor: MemberID
    var score: Int
    var isLocked = false
    var match: MatchID?

    var members: Members { Members(adept: adept, mentor: mentor) }

    /// Whether a member, given by id, is one of the two.
    func involves(_ member: String?) -> Bool { member == mentor.rawValue || member == adept.rawValue }
  }
  struct Members: Sendable, Hashable {
    let adept: MemberID
    let mentor: MemberID
  }
  let id: PlanID
  let objective: PlanObjective
  let made: Day
  /// One more with each change, so that whoever has seen an earlier one can be told.
  var version = 1
  /// By adept.
  var pairs: [Pair]
  /// Not proposed when the draft is planned anew, however often.
  var forbidden: Set<Members> = []

  /// The pairs that stand when it is planned anew.
  var locked: Set<Members> { Set(pairs.filter { $0.isLocked && $0.match == nil }.map(\.members)) }

  /// The pairs that a change concerns: those that it takes apart or keeps, and those that it would make.
  func concerned(_ adept: MemberID, _ other: MemberID?) -> Set<Members> {
    let pairs = pairs.filter { $0.adept == adept || $0.adept == other }
    return Set(pairs.flatMap { one in pairs.map { Members(adept: one.adept, mentor: $0.mentor) } })
  }

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
    case .drop: forbidden.insert(pairs.remove(at: index).members)
    case .swap:
      guard let other, other != adept else { throw PlanRefusal.swapNeedsTwo }
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
        forbidden.remove(pairs[place].members)
      }
    }
    version += 1
  }

  /// - Throws: where the draft is another than whoever asks has seen.
  func check(seen: Number?) throws(PlanRefusal) {
    guard seen == nil || seen?.rawValue == version else { throw .changed(id, version: version) }
  }

  private func find(_ adept: MemberID) throws(PlanRefusal) -> Int {
    guard let index = pairs.firstIndex(where: { $0.adept == adept }) else { throw .notInPlan(adept, id) }
    guard pairs[index].match == nil else { throw .published(adept) }
    return index
  }
}
