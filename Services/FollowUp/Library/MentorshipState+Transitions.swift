import Contracts
import Texts

/// ```
///   started ──▶ agreed ──▶ closing ──▶ completed
///      │  └───────│──────────▲ │           ▲
///      │          │            │           └── from started or agreed where it runs for one month
///      └──────────┴────────────┴──▶ ended
/// ```
///
/// The agreement may be made anew until the closing. What is completed stays so, and what is ended unless that is undone;
/// the board can put the end off, and what was closing then is what it was before.
extension MentorshipState {
  /// Neither completed nor ended.
  var isRunning: Bool {
    switch self {
    case .started, .agreed, .closing: true
    case .completed, .ended: false
    }
  }

  /// The state after an agreement.
  func agreeing(_ mentorship: MentorshipID) throws(MentorshipRefusal) -> MentorshipState {
    switch self {
    case .started, .agreed: return .agreed
    case .closing: throw .agreementTooLate(mentorship)
    case .completed, .ended: throw .over(mentorship, self)
    }
  }

  /// The state after a contact, which changes nothing but must be possible.
  func meeting(_ mentorship: MentorshipID) throws(MentorshipRefusal) -> MentorshipState {
    guard isRunning else { throw .over(mentorship, self) }
    return self
  }

  /// The state after one of the two, or the board, has ended it.
  func ending(_ mentorship: MentorshipID) throws(MentorshipRefusal) -> MentorshipState {
    guard isRunning else { throw .over(mentorship, self) }
    return .ended
  }
}
