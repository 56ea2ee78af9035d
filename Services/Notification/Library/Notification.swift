import Contracts
import Foundation
import Messaging
import ServiceRuntime
import Settings
import Store
import Texts

/// The service that owns delivery: takes tasks, writes each as a mail, and keeps it in a Maildir, once.
public enum Notification {
  /// Composes the service.
  ///
  /// - Throws: a sentence for the operator where HANDSLAG_MAIL_FROM is no mailbox.
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    let from = try MailAddress(parsing: options[.mailFrom], field: Setting.mailFrom.rawValue)
    let maildir = Maildir(path: options.path(.notification, "mail"))

    var handlers = Handlers()
    handlers.delivery(AddressChanged.self) { change, context in
      try AddressBook(db: context.db).keep(change)
      return .done
    }
    handlers.delivery(TellMember.self) { task, context in try queue(task, from: from, context) }
    handlers.delivery(TellBoard.self) { task, context in
      try BoardNotices(db: context.db).keep(task, on: context.today)
      return .done
    }
    handlers.delivery(WithdrawTasks.self) { withdrawal, context in
      for task in withdrawal.tasks.elements { try Withdrawals(db: context.db).keep(task) }
      return .done
    }
    handlers.due(deliverMail) { work, context in
      let mails = Mails(db: context.db)
      guard let mail = try mails.queued(work.task) else { return }
      try maildir.deliver(mail.bytes, as: mail.file)
      try mails.markKept(work.task)
    }
    handlers.query(ListMails.self, list)
    handlers.query(GetMailReport.self) { _, context in
      GetMailReport.Reply(tallies: Bounded(try Mails(db: context.db).tallies()))
    }
    handlers.personalData(personalData(options, maildir), answeredBy: NotificationForgot.self)
    handlers.metric(.mails) { db in
      let tallies = try Mails(db: db).tallies()
      return MailState.allCases.map { state in
        MetricSample(
          Double(tallies.filter { $0.state == state }.reduce(0) { $0 + $1.mails.rawValue }), ["state": state.rawValue])
      }
    }
    return ServiceDefinition(
      name: .notification,
      migrations: [
        Store.Migration("notification-1", sql: AddressBook.schema + Mails.schema),
        Store.Migration("notification-2", sql: Withdrawals.schema + BoardNotices.schema),
      ],
      handlers: handlers)
  }

  struct DeliverMail: Codable, Sendable {
    let task: TaskID
  }

  static let deliverMail = DueKind<DeliverMail>("deliver-mail")

  /// Writes the mail of a task, and plans its delivery; nothing where the task has its mail already.
  private static func queue(
    _ task: TellMember, from: MailAddress, _ context: Context
  ) throws -> DeliveryOutcome {
    let mails = Mails(db: context.db)
    guard try !mails.has(task.task), try !Withdrawals(db: context.db).has(task.task) else { return .done }
    let book = AddressBook(db: context.db)
    // Membership's events and followup's tasks come by different ways, in any order.
    guard let reader = try book.entry(of: task.to) else { return unknown(task.to) }
    // Erased: see `AddressBook.forget`.
    guard !reader.email.rawValue.isEmpty else { return .done }
    guard let about = task.about, let party = task.party, let mentorship = task.mentorship else {
      return .reject(reason: "a mail of the kind \(task.kind.rawValue) is about a pair")
    }
    guard let other = try book.entry(of: about) else { return unknown(about) }
    do {
      let message = try MailMessage(
        task, of: mentorship, to: reader, as: party, about: other, from: from, at: context.now)
      try mails.queue(task, subject: message.subject, bytes: try message.bytes(), day: context.today)
    } catch let fault as MailFault {
      return .reject(reason: "the mail can't be written: \(fault)")
    }
    try context.plan(deliverMail, key: task.task.rawValue, at: .atOnce, DeliverMail(task: task.task))
    return .done
  }

  private static func unknown(_ member: MemberID) -> DeliveryOutcome {
    .retryAfter(.seconds(1), reason: "the address of \(member.rawValue) has not come from membership yet")
  }

  private static func list(_ query: ListMails, _ context: Context) throws -> ListMails.Reply {
    var after: Int64 = 0
    if let token = query.after {
      guard let number = Int64(token.rawValue), number > 0 else { throw NotificationRefusal.unknownPage }
      after = number
    }
    let page = try Mails(db: context.db).page(to: query.to, after: after)
    return ListMails.Reply(
      mails: Bounded(page.mails), next: page.next.map { PageToken(unchecked: String($0)) })
  }
}
