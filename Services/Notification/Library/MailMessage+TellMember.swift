import Contracts
import Messaging
import Texts

extension MailMessage {
  /// The mail that a task asks for.
  ///
  /// - Throws: `MailFault` where an address can't be written to.
  init(
    _ task: TellMember, of mentorship: MentorshipID, to reader: AddressBook.Entry, as party: Party,
    about other: AddressBook.Entry, from: MailAddress, at moment: Timestamp
  ) throws {
    let links = (task.choices?.elements ?? []).map { choice in
      let subject = AnswerSubject(choice).text.replacing(" ", with: "%20")
      return MailTexts.Link(choice.answer, "mailto:\(from.address)?subject=\(subject)")
    }
    let texts = MailTexts(
      task.kind, party: party, reader: reader.name, other: other.name, otherAddress: other.email, day: task.day,
      task: task, links: links)
    let language = reader.language
    self.init(
      from: from,
      to: try MailAddress(name: reader.name.rawValue, address: reader.email.rawValue, field: "To"),
      subject: texts.subject[language], text: texts.body[language], date: moment, id: task.task.rawValue,
      // Each reader has a thread of their own, so that neither's mails tell of the other's.
      thread: "\(mentorship.rawValue).\(task.to.rawValue)",
      headers: [
        // RFC 3834: no vacation notice answers it.
        Header(name: "Auto-Submitted", value: "auto-generated"),
        Header(name: "Content-Language", value: language.rawValue),
      ])
  }
}
