import Contracts

/// The question to both whether they have talked, asked at their own cadence. The latest one of a mentorship.
///
/// ```
///   asked ──▶ reminded ──▶ quiet: the board is told ──▶ the next is asked
///     └─ an answer or a contact ─▶ answered ────────────────▲
/// ```
struct CheckIn: Codable, Sendable, Hashable {
  enum Given: String, Codable, Sendable {
    case met, notYet, needHelp, wantToEnd
  }

  /// From 1; tells a pair's check-ins apart.
  var number: Int
  var asked: Day
  var mentor: Given?
  var adept: Given?
  /// The day of the contact that an answer told of.
  var contact: Day?
  /// Its form, and whose answer alone has made it known: they can take it back.
  var form: ContactForm?
  var toldBy: Party?
  var isReminded = false
  /// Neither has answered and the time for it has passed: the board has been told.
  var isQuiet = false
  /// The board has seen to it that the two have answered differently.
  var isSettled = false

  init(number: Int, asked: Day) {
    self.number = number
    self.asked = asked
  }

  subscript(party: Party) -> Given? {
    get { party == .mentor ? mentor : adept }
    set { if party == .mentor { mentor = newValue } else { adept = newValue } }
  }

  var isUnanswered: Bool { mentor == nil && adept == nil }

  /// One says that they have met, the other that they have not.
  var isDisagreement: Bool {
    !isSettled && ((mentor == .met && adept == .notYet) || (mentor == .notYet && adept == .met))
  }

  /// A contact that somebody else tells of too is no longer one's own to take back.
  mutating func isToldOf(_ day: Day, _ form: ContactForm, by party: Party?) {
    if contact == day, self.form == form, toldBy != party { toldBy = nil }
  }

  /// What is answered with one link.
  static let answers: [Answer] = [.metInPerson, .metVideo, .metPhone, .notYet, .needHelp, .wantToEnd]
}
