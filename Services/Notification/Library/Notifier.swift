import Contracts
import Foundation
import Messaging
import ServiceRuntime
import Texts

/// What the service does: the settings, the way out, and the handlers.
struct Notifier: Sendable {
  let settings: MailSettings
  let templates: Templates
  let channel: any Channel
  private let pauses = Pauses()

  init(settings: MailSettings, channel: any Channel) throws {
    self.settings = settings
    self.channel = channel
    templates = try Templates(folder: settings.templates, isExpected: settings.isTemplatesSet)
  }

  struct DeliverMail: Codable, Sendable {
    let task: TaskID
  }

  static let deliverMail = DueKind<DeliverMail>("deliver-mail")

  // MARK: Tasks

  /// Writes the mail of a task, and plans its delivery; nothing where the task has its mail already.
  func accept(_ task: TellMember, _ context: Context) throws -> DeliveryOutcome {
    let mails = Mails(db: context.db)
    guard try !mails.has(task.task) else { return .done }
    try planWeekly(context)
    if let reason = try unwanted(task.task, task.to, task.kind, context) {
      try mails.addSuppressed(.member(task), reason, at: context.now)
      return .done
    }
    guard let about = task.about, let party = task.party, task.mentorship != nil else {
      return .reject(reason: "a mail of the kind \(task.kind.rawValue) is about a pair")
    }
    let book = AddressBook(db: context.db)
    // Membership's events and followup's tasks come by different ways, in any order.
    guard let reader = try book.entry(of: task.to) else { return Notifier.unknown(task.to) }
    guard let other = try book.entry(of: about) else { return Notifier.unknown(about) }
    let isSmall = settings.digestWindow > .zero && task.kind.isSmall
    do {
      let message = try compose(task, as: party, to: reader, about: other, at: context.now)
      try mails.add(.member(task), to: reader.email, message, day: context.today, isSmall: isSmall)
    } catch let fault as MailFault {
      return .reject(reason: "the mail can't be written: \(fault)")
    }
    try plan(task.task, at: isSmall ? context.now + settings.digestWindow : .atOnce, context)
    return .done
  }

  /// Writes to the board.
  func accept(_ task: TellBoard, _ context: Context) throws -> DeliveryOutcome {
    let mails = Mails(db: context.db)
    guard try !mails.has(task.task) else { return .done }
    do {
      let message = try compose(task, AddressBook(db: context.db), at: context.now)
      try mails.add(.board(task), to: settings.board, message, day: context.today)
    } catch let fault as MailFault {
      return .reject(reason: "the mail can't be written: \(fault)")
    }
    try plan(task.task, at: .atOnce, context)
    return .done
  }

  /// What is withdrawn before it has left does not leave; what has not even come is noted.
  func withdraw(_ withdrawal: WithdrawTasks, _ context: Context) throws -> DeliveryOutcome {
    let mails = Mails(db: context.db)
    for task in withdrawal.tasks.elements {
      let mail = try mails.find(task)
      guard mail.map(\.isWaiting) ?? true else { continue }
      // What is under way, or goes with others, is asked about before the next attempt.
      try Withdrawals(db: context.db).keep(task)
      guard let mail, mail.carrier == nil, !mail.mayHaveArrived else { continue }
      try release(mail, mails, context)
      try mails.end(mail, .suppressed, .withdrawn, at: context.now)
      try context.cancel(Notifier.deliverMail, key: task.rawValue)
    }
    return .done
  }

  /// What was to go with a mail waits by itself again.
  ///
  /// - Returns: whether there was any.
  @discardableResult
  func release(_ mail: Mails.Mail, _ mails: Mails, _ context: Context) throws -> Bool {
    let released = try mails.release(from: mail)
    for task in released { try plan(task, at: .atOnce, context) }
    return !released.isEmpty
  }

  private func unwanted(_ mail: Mails.Mail, _ context: Context) throws -> MailReason? {
    guard case .member(let kind) = mail.kind else { return nil }
    return try unwanted(mail.task, mail.member, kind, context)
  }

  /// Why a mail is not to be sent, where it is not.
  func unwanted(
    _ task: TaskID, _ member: MemberID, _ kind: TellMember.Kind, _ context: Context
  ) throws -> MailReason? {
    if try Withdrawals(db: context.db).has(task) { return .withdrawn }
    if let entry = try AddressBook(db: context.db).entry(of: member) {
      if entry.email.rawValue.isEmpty { return .erased }
      if entry.status == .paused, !kind.isTold { return .paused }
    }
    if kind.isOptional, try Preferences(db: context.db).hasDeclined(member, kind) { return .optedOut }
    return nil
  }

  private static func unknown(_ member: MemberID) -> DeliveryOutcome {
    .retryAfter(.seconds(1), reason: "the address of \(member.rawValue) has not come from membership yet")
  }

  func plan(_ task: TaskID, at moment: Timestamp, _ context: Context) throws {
    try context.plan(Notifier.deliverMail, key: task.rawValue, at: moment, DeliverMail(task: task))
  }

  // MARK: Delivery

  typealias Delivery = Errand<Letter, Attempt>

  func prepare(_ work: DeliverMail, _ context: Context) throws -> Delivery.Preparation {
    let mails = Mails(db: context.db)
    guard let mail = try mails.find(work.task), mail.carrier == nil, mail.isWaiting else { return .unneeded }
    if let hours = settings.quietHours {
      let moment = hours.next(context.now)
      if moment > context.now { return .later(moment) }
    }
    let letter =
      mail.mayHaveArrived && !mail.bytes.isEmpty
      ? try repeated(mail, mails, context) : try collected(mail, mails, context)
    guard let letter else { return .unneeded }
    // Where one was under way, the process ended during it.
    try mails.begin(mail, at: context.now, isAfterUnanswered: mail.state == .attempting && !channel.isIdempotent)
    return .perform(letter)
  }

  private func letter(_ mail: Mails.Mail, unwanted: MailReason? = nil) -> Letter {
    Letter(task: mail.task, sender: settings.from, recipient: mail.recipient, bytes: mail.bytes, unwanted: unwanted)
  }

  /// What may have arrived goes again as it was, as long as anything in it is wanted: nobody can take a part of it back.
  /// Where nothing is, it has come to its end, as what it became: a channel that can tell is asked.
  private func repeated(_ mail: Mails.Mail, _ mails: Mails, _ context: Context) throws -> Letter? {
    guard let reason = try unwanted(mail, context),
      try mails.carried(by: mail).allSatisfy({ try unwanted($0, context) != nil })
    else { return letter(mail) }
    if channel.isIdempotent { return letter(mail, unwanted: reason) }
    try mails.end(mail, .suppressed, reason, at: context.now)
    return nil
  }

  /// The letter of a mail that can't have arrived; nil where it is not wanted any more. Small ones that wait for the same
  /// person go with it, in one mail with its id, which is put together anew for each attempt.
  private func collected(_ mail: Mails.Mail, _ mails: Mails, _ context: Context) throws -> Letter? {
    let isAlone = try !release(mail, mails, context)
    if let reason = try unwanted(mail, context) {
      try mails.end(mail, .suppressed, reason, at: context.now)
      return nil
    }
    let others =
      try mail.isSmall ? mails.small(besides: mail, limit: 20).filter { try unwanted($0, context) == nil } : []
    guard try !others.isEmpty || !isAlone || mail.bytes.isEmpty || recipient(of: mail, context) != mail.recipient,
      let (message, recipient) = try written(mail, with: others, context)
    else { return letter(mail) }
    try mails.carry(others, with: mail)
    return letter(try mails.rewrite(mail, to: recipient, message))
  }

  func settle(_ work: DeliverMail, _ attempt: Attempt, _ context: Context) throws -> AfterErrand {
    let mails = Mails(db: context.db)
    guard let mail = try mails.find(work.task) else { return .goOn }
    // Somebody may have discarded it meanwhile; what was taken all the same is called so.
    let isWanted = mail.state == .attempting
    if case .unusable = attempt {} else { pauses.end() }
    switch attempt {
    case .taken(let said):
      // Somebody was erased while it was being written: then the folder had no file yet to take away.
      if mail.bytes.isEmpty, let maildir = channel as? Maildir {
        try maildir.remove(Maildir.fileName(of: mail.task))
      }
      try mails.end(mail, channel.taken, nil, said, at: context.now)
    case .unusable(.folder, let message):
      // As long as the folder can't be written to, the work stays due, and `board status` tells.
      throw FolderFault(description: message)
    case _ where !isWanted: break
    case .absent(let reason): try mails.end(mail, .suppressed, reason, at: context.now)
    case .never(let reason, let said, let isOfAddress):
      try fail(mail, reason, said, context)
      if isOfAddress, case .member = mail.kind {
        try context.emit(
          AddressFailed(
            member: mail.member, code: Code(unchecked: reason.code), day: context.today, address: mail.recipient),
          key: mail.member.rawValue)
      }
    case .notNow(let reason, let said): try tryAgain(mail, reason, said, isUnanswered: false, context)
    case .unanswered(let reason, let said): try tryAgain(mail, reason, said, isUnanswered: true, context)
    case .unusable(let reason, let said):
      try tryAgain(mail, reason, said, isUnanswered: false, context)
      return .rest(pauses.next(first: settings.retry.rest))
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
    try Mails(db: context.db).defer(mail, until: next, reason, said, unanswered: isUnanswered)
    try plan(mail.task, at: next, context)
  }

  /// It will not arrive.
  private func fail(_ mail: Mails.Mail, _ reason: MailReason, _ said: String, _ context: Context) throws {
    try Mails(db: context.db).end(mail, .failed, reason, said, at: context.now)
    var failed = MailFailed(task: mail.task, member: nil, kind: nil, code: Code(unchecked: reason.code))
    if case .member(let kind) = mail.kind {
      failed.member = mail.member
      failed.kind = kind
      failed.mentorship = try mail.tellMember()?.mentorship
    }
    try context.emit(failed, key: mail.member.rawValue)
  }

  private struct FolderFault: Error, CustomStringConvertible { let description: String }
}

extension TellMember.Kind {
  /// It may wait for others to the same person and share a mail with them: nothing happens meanwhile.
  var isSmall: Bool {
    switch self {
    case .firstContactReminder, .contactReminder, .checkIn, .halfWay, .closing, .survey: true
    default: false
    }
  }

  /// Something has happened to a mentorship of the reader's, who is told it also while they have paused.
  var isTold: Bool {
    switch self {
    case .paused, .resumed, .suspended, .completed, .ended, .endingUndone, .placeTaken, .endingToConfirm: true
    default: false
    }
  }

  /// A reader may do without it. What decides or ends something is told to everybody.
  var isOptional: Bool { isSmall }
}
