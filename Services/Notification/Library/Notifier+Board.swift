import Contracts
import Foundation
import Messaging
import ServiceRuntime
import Texts

// What the board asks and decides.
extension Notifier {
  func list(_ query: ListMails, _ context: Context) throws -> ListMails.Reply {
    var after: Int64 = 0
    if let token = query.after {
      guard let number = Int64(token.rawValue), number > 0 else { throw NotificationRefusal.unknownPage }
      after = number
    }
    let page = try Mails(db: context.db).page(to: query.to, state: query.state, after: after)
    return ListMails.Reply(
      mails: Bounded(page.mails), next: page.next.map { PageToken(unchecked: String($0)) })
  }

  func show(_ query: GetMail, _ context: Context) throws -> GetMail.Reply {
    guard let row = try Mails(db: context.db).details(query.task) else {
      throw NotificationRefusal.unknownMail(query.task)
    }
    let text: String = row["text"]
    return GetMail.Reply(
      mail: ListMails.Item(
        task: query.task, kind: try row.stored("kind"), to: MemberID(unchecked: row["member"]),
        subject: Sentence(unchecked: row["subject"]), state: try row.stored("state"), day: try row.storedDay("day"),
        reason: (row["reason"] as String?).map(Code.init(unchecked:))),
      recipient: EmailAddress(rawValue: row["recipient"]), attempts: Count(row["attempts"]),
      unanswered: Count(row["unanswered"]),
      next: (row["next_attempt_at"] as Int64?).map(Timestamp.init(milliseconds:)),
      said: (row["detail"] as String?).flatMap { $0.isEmpty ? nil : Sentence($0) },
      carriedBy: (row["carried_by"] as String?).map(TaskID.init(unchecked:)), carries: Count(row["carries"]),
      text: text.isEmpty ? nil : LetterText(text))
  }

  func delivery(_ query: GetMailDelivery, _ context: Context) throws -> GetMailDelivery.Reply {
    let figures = try Mails(db: context.db).figures()
    return GetMailDelivery.Reply(
      server: channel.server.map(Sentence.init),
      states: Bounded(
        MailState.allCases.compactMap { state in
          figures.states[state].map { GetMailDelivery.Tally(state: state, mails: Count($0)) }
        }),
      unanswered: Count(figures.unanswered), oldestWaiting: figures.oldest,
      reason: figures.reason.map { Code(unchecked: $0.code) })
  }

  /// Queues a mail anew that has failed, waits for its next attempt, was discarded, or was only kept here while there
  /// was no server. It goes to the address that is known now.
  func retry(_ command: RetryMail, _ context: Context) throws -> MailStateReply {
    let mails = Mails(db: context.db)
    let mail = try find(command.task, mails)
    switch mail.state {
    case .failed, .retrying, .suppressed: break
    case .kept where channel.taken != .kept: break
    case .queued, .attempting, .sent, .kept: throw NotificationRefusal.nothingToRetry(mail.task, mail.state)
    }
    let book = AddressBook(db: context.db)
    // What may have arrived goes again as it was; what can't have is written anew, to the address of today.
    if mail.unanswered == 0, let task = try mail.tellMember(), let reader = try book.entry(of: task.to),
      let other = try book.entry(of: task.about), reader.email != mail.recipient || mail.bytes.isEmpty
    {
      do {
        let message = try compose(task, to: reader, about: other, at: context.now)
        try mails.rewrite(mail, to: reader.email, message)
      } catch let fault as MailFault { throw NotificationRefusal.unwritable(fault.description) }
    }
    try mails.queueAgain(mail)
    try plan(mail.task, at: .atOnce, context)
    return MailStateReply(task: mail.task, state: .queued)
  }

  /// Takes back a mail that has not left. One that is just being handed over may leave all the same, and is then
  /// called sent.
  func discard(_ command: DiscardMail, _ context: Context) throws -> MailStateReply {
    let mails = Mails(db: context.db)
    let mail = try find(command.task, mails)
    switch mail.state {
    case .queued, .attempting, .retrying: break
    case .sent, .kept, .failed, .suppressed: throw NotificationRefusal.nothingToDiscard(mail.task, mail.state)
    }
    try mails.end(mail, .suppressed, .discarded)
    if mail.state != .attempting { try context.cancel(Notifier.deliverMail, key: mail.task.rawValue) }
    return MailStateReply(task: mail.task, state: .suppressed)
  }

  private func find(_ task: TaskID, _ mails: Mails) throws -> Mails.Mail {
    guard let mail = try mails.find(task) else { throw NotificationRefusal.unknownMail(task) }
    if mail.carrier != nil { throw NotificationRefusal.sharesAMail(task) }
    return mail
  }
}
