import Contracts

/// What the two decide at the first contact.
struct Agreement: Codable, Sendable, Hashable {
  var topics: [Topic]
  var direction: Note?
  var everyWeeks: CadenceWeeks
  var form: ContactForm
  var meetings: Meetings
  var restsInJuly: Bool

  /// What the association recommends: contact about once a month, two meetings, a July that rests.
  static let recommended = Agreement(
    topics: [.supervisorRole], direction: nil, everyWeeks: Rhythm.recommended, form: .video,
    meetings: Meetings(unchecked: 2), restsInJuly: true)
}

extension Agreement {
  init(_ command: RecordAgreement) {
    self.init(
      topics: command.topics.elements, direction: command.direction, everyWeeks: command.everyWeeks,
      form: command.form, meetings: command.meetings ?? Agreement.recommended.meetings,
      restsInJuly: command.restsInJuly ?? true)
  }

  init(_ command: ProposeAgreement) {
    self.init(
      topics: command.topics.elements, direction: command.direction, everyWeeks: command.everyWeeks,
      form: command.form, meetings: command.meetings ?? Agreement.recommended.meetings,
      restsInJuly: command.restsInJuly ?? true)
  }
}

/// An agreement that one of the two has proposed and the other has not confirmed.
struct Proposal: Codable, Sendable, Hashable {
  /// Tells the proposals of a pair apart, from 1.
  var number: Int
  var by: Party
  var agreement: Agreement
  /// The other would rather talk it over.
  var isDiscussed = false
}
