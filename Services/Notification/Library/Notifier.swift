import Contracts
import Foundation
import Messaging
import ServiceRuntime
import Texts

/// What the service does: the settings, the way out, and the handlers.
struct Notifier: Sendable {
  let settings: MailSettings
  let channel: any Channel

  struct DeliverMail: Codable, Sendable {
    let task: TaskID
  }

  static let deliverMail = DueKind<DeliverMail>("deliver-mail")

  // MARK: Tasks

  /// Writes the mail of a task, and plans its delivery; nothing where the task has its mail already.
  func accept(_ task: TellMember, _ context: Context) throws -> DeliveryOutcome {
    let mails = Mails(db: context.db)
    guard try !mails.has(task.task) else { return .done }
    let book = AddressBook(db: context.db)
    // Membership's events and followup's tasks come by different ways, in any order.
    guard let reader = try book.entry(of: task.to) else { return Notifier.unknown(task.to) }
    guard let other = try book.entry(of: task.about) else { return Notifier.unknown(task.about) }
    let isSmall = settings.digestWindow > .zero && task.kind.isSmall
    do {
      let message = try compose(task, to: reader, about: other, at: context.now)
      try mails.add(task, to: reader.email, message, day: context.today, isSmall: isSmall)
    } catch let fault as MailFault {
      return .reject(reason: "the mail can't be written: \(fault)")
    }
    try plan(task.task, at: isSmall ? context.now + settings.digestWindow : .atOnce, context)
    return .done
  }

  private static func unknown(_ member: MemberID) -> DeliveryOutcome {
    .retryAfter(.seconds(1), reason: "the address of \(member.rawValue) has not come from membership yet")
  }

  func plan(_ task: TaskID, at moment: Timestamp, _ context: Context) throws {
    try context.plan(Notifier.deliverMail, key: task.rawValue, at: moment, DeliverMail(task: task))
  }

  func compose(
    _ task: TellMember, to reader: AddressBook.Entry, about other: AddressBook.Entry, at moment: Timestamp
  ) throws -> MailMessage {
    try MailMessage(task, to: reader, about: other, from: settings.from, at: moment)
  }

  // MARK: Delivery

  typealias Delivery = Errand<Letter, Attempt>

  func prepare(_ work: DeliverMail, _ context: Context) throws -> Delivery.Preparation {
    let mails = Mails(db: context.db)
    guard let mail = try mails.find(work.task), mail.carrier == nil,
      [.queued, .attempting, .retrying].contains(mail.state)
    else { return .unneeded }
    if let hours = settings.quietHours {
      let moment = hours.next(context.now)
      if moment > context.now { return .later(moment) }
    }
    let letter = try collect(mail, mails, context)
    // Where one was under way, the process ended during it.
    try mails.begin(mail, at: context.now, isAfterUnanswered: mail.state == .attempting && !channel.isIdempotent)
    return .perform(letter)
  }

  /// The letter of a mail. Small ones that wait for the same person go with it.
  private func collect(_ mail: Mails.Mail, _ mails: Mails, _ context: Context) throws -> Letter {
    Letter(task: mail.task, sender: settings.from, recipient: mail.recipient, bytes: mail.bytes)
  }

  func settle(_ work: DeliverMail, _ attempt: Attempt, _ context: Context) throws -> AfterErrand {
    let mails = Mails(db: context.db)
    guard let mail = try mails.find(work.task) else { return .goOn }
    // Somebody may have discarded it meanwhile; what was taken all the same is called so.
    let isWanted = mail.state == .attempting
    switch attempt {
    case .taken(let said):
      try mails.end(mail, channel.taken, nil, said)
    case .unusable(.folder, let message):
      // As long as the folder can't be written to, the work stays due, and `board status` tells.
      throw FolderFault(description: message)
    case _ where !isWanted: break
    case .never(let reason, let said, let isOfAddress):
      try fail(mail, reason, said, context)
      if isOfAddress {
        try context.emit(
          AddressFailed(member: mail.member, code: Code(unchecked: reason.code), day: context.today),
          key: mail.member.rawValue)
      }
    case .notNow(let reason, let said): try tryAgain(mail, reason, said, isUnanswered: false, context)
    case .unanswered(let reason, let said): try tryAgain(mail, reason, said, isUnanswered: true, context)
    case .unusable(let reason, let said):
      try tryAgain(mail, reason, said, isUnanswered: false, context)
      return .rest(settings.retry.rest)
    }
    return .goOn
  }

  private func tryAgain(
    _ mail: Mails.Mail, _ reason: MailReason, _ said: String, isUnanswered: Bool, _ context: Context
  ) throws {
    let now = context.now
    var random = SystemRandomNumberGenerator()
    let next =
      // What this side broke off is not the server's doing.
      reason == .abandoned
      ? now : settings.retry.next(after: mail.attempts, first: mail.firstAttempt ?? now, now: now, using: &random)
    guard let next else { return try fail(mail, reason, said, context) }
    try Mails(db: context.db).defer(mail, until: next, reason, said, isUnanswered: isUnanswered)
    try plan(mail.task, at: next, context)
  }

  /// It will not arrive.
  private func fail(_ mail: Mails.Mail, _ reason: MailReason, _ said: String, _ context: Context) throws {
    try Mails(db: context.db).end(mail, .failed, reason, said)
  }

  private struct FolderFault: Error, CustomStringConvertible { let description: String }
}

extension TellMember.Kind {
  /// It may wait for others to the same person and share a mail with them: nothing happens meanwhile.
  var isSmall: Bool {
    switch self {
    case .firstContactReminder, .contactReminder, .halfWay, .closing: true
    default: false
    }
  }
}
