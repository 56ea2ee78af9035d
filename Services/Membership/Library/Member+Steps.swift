import Contracts
import Register
import Texts

/// ```
///            ┌─ decline ─▶ declined ─┐                 ┌──── pause ────▶ paused
///  applied ──┼─ withdraw ▶ withdrawn ┼── admit ──▶ active ◀─ resume ─────┘ │
///            └───────────────────────┘   ▲             └──── leave ──▶ left ◀┘
///                                        └───────────────────────────────┘
/// ```
/// The day of a pause's end resumes by itself. Whoever declined, withdrew or left is erased after the time that the
/// board has set.
extension Member {
  /// The member after a step, or why it can't be taken.
  func after(_ step: MoveMember, _ rules: RegisterRules, today: Day) throws(MembershipRefusal) -> Member {
    guard step.step.from.contains(status) else { throw .wrongStep(step.step, status) }
    if step.reason == nil {
      if step.step == .decline { throw .reasonMissing(.decline) }
      if step.step == .admit, isBeyondLimit(rules) { throw .reasonMissing(.admit) }
    }
    if let reason = step.reason, PersonalNumber.isFound(in: reason.rawValue) {
      throw .faults([.personalNumberIn(.reason)])
    }
    var draft = draft
    draft.reason = step.reason ?? draft.reason
    draft.pausedUntil = nil
    draft.since = nil
    switch step.step {
    case .admit, .resume: draft.status = .active
    case .decline: draft.status = .declined
    case .withdraw: draft.status = .withdrawn
    case .leave: draft.status = .left
    case .pause:
      guard let until = step.until else { throw .untilMissing }
      guard until > today else { throw .untilNotLater(until) }
      draft.status = .paused
      draft.pausedUntil = until
    }
    return Member(id: id, draft, before: self, today: today)
  }
}
