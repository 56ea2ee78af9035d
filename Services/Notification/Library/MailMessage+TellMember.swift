import Contracts
import Messaging
import Texts

extension MailMessage {
  /// The mail that a task asks for.
  ///
  /// - Throws: `MailFault` where an address can't be written to.
  init(
    _ task: TellMember, to reader: AddressBook.Entry, about other: AddressBook.Entry, from: MailAddress,
    at moment: Timestamp
  ) throws {
    let texts = MailTexts(
      task.kind, party: task.party, reader: reader.name, other: other.name, otherAddress: other.email,
      day: task.day)
    let language = reader.language
    self.init(
      from: from,
      to: try MailAddress(name: reader.name.rawValue, address: reader.email.rawValue, field: "To"),
      subject: texts.subject[language], text: texts.body[language], date: moment, id: task.task.rawValue,
      // Each reader has a thread of their own, so that neither's mails tell of the other's.
      thread: "\(task.mentorship.rawValue).\(task.to.rawValue)",
      headers: [
        // RFC 3834: no vacation notice answers it.
        Header(name: "Auto-Submitted", value: "auto-generated"),
        Header(name: "Content-Language", value: language.rawValue),
      ])
  }
}
