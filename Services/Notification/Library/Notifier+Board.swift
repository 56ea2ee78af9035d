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
    let page = try Mails(db: context.db).page(
      to: query.to, state: query.state, after: after, for: context.principal.memberID)
    return ListMails.Reply(
      mails: Bounded(page.mails), next: page.next.map { PageToken(unchecked: String($0)) })
  }

  func show(_ query: GetMail, _ context: Context) throws -> GetMail.Reply {
    try checkHandling(query.task, context)
    guard let row = try Mails(db: context.db).details(query.task) else {
      throw NotificationRefusal.unknownMail(query.task)
    }
    let text: String = row["text"]
    try context.noteRead(GetMail.type, of: row["member"])
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
      server: channel.server.map { Sentence($0) },
      states: Bounded(
        MailState.allCases.compactMap { state in
          figures.states[state].map { GetMailDelivery.Tally(state: state, mails: Count($0)) }
        }),
      unanswered: Count(figures.unanswered), oldestWaiting: figures.oldest,
      reason: figures.reason.map { Code(unchecked: $0.code) },
      templates: templates.faults.isEmpty ? nil : Bounded(templates.faults.map { Sentence($0[context.language]) }))
  }

  /// Queues a mail anew that has failed, waits for its next attempt, was discarded, or was only kept here while there
  /// was no server. It goes to the address that is known now.
  func retry(_ command: RetryMail, _ context: Context) throws -> MailStateReply {
    try checkHandling(command.task, context)
    let mails = Mails(db: context.db)
    let mail = try find(command.task, mails)
    switch mail.state {
    case .failed, .retrying, .suppressed: break
    case .kept where channel.taken != .kept: break
    case .queued, .attempting, .sent, .kept: throw NotificationRefusal.nothingToRetry(mail.task, mail.state)
    }
    // What may be with its reader goes again as it was; all else is written anew, to the address of today. A folder of
    // this machine's is no reader.
    let isAsItWas =
      try mail.mayHaveArrived && mail.state != .kept && !mail.bytes.isEmpty
      && recipient(of: mail, context) == mail.recipient
    if !isAsItWas { try writeAnew(mail, mails, context) }
    try Withdrawals(db: context.db).drop(mail.task)
    try mails.queueAgain(mail)
    try plan(mail.task, at: .atOnce, context)
    return MailStateReply(task: mail.task, state: .queued)
  }

  private func writeAnew(_ mail: Mails.Mail, _ mails: Mails, _ context: Context) throws {
    try release(mail, mails, context)
    do {
      if let (message, recipient) = try written(mail, context) {
        try mails.rewrite(mail, to: recipient, message)
      } else if mail.bytes.isEmpty {
        throw NotificationRefusal.erased(mail.task)
      }
    } catch let fault as MailFault { throw NotificationRefusal.unwritable(fault.sentence) }
  }

  /// Takes back a mail that has not left, or settles one that did not arrive. One that is just being handed over may
  /// leave all the same, and is then called sent.
  func discard(_ command: DiscardMail, _ context: Context) throws -> MailStateReply {
    try checkHandling(command.task, context)
    let mails = Mails(db: context.db)
    let mail = try find(command.task, mails)
    switch mail.state {
    case .queued, .attempting, .retrying, .failed: break
    case .kept where channel.taken != .kept: break
    case .sent, .kept, .suppressed: throw NotificationRefusal.nothingToDiscard(mail.task, mail.state)
    }
    try mails.end(mail, .suppressed, .discarded, at: context.now)
    if mail.state != .attempting { try context.cancel(Notifier.deliverMail, key: mail.task.rawValue) }
    return MailStateReply(task: mail.task, state: .suppressed)
  }

  func preview(_ query: PreviewMail, _ context: Context) throws -> PreviewMail.Reply {
    let book = AddressBook(db: context.db)
    guard var reader = try book.entry(of: query.to) else { throw NotificationRefusal.unknownMember(query.to) }
    if let language = query.language {
      reader = .init(name: reader.name, email: reader.email, language: language)
    }
    var other = AddressBook.Entry.invented
    if let about = query.about {
      guard let found = try book.entry(of: about) else { throw NotificationRefusal.unknownMember(about) }
      other = found
    }
    var template = templates[query.kind]
    if let draft = query.draft {
      do throws(MailTemplate.Fault) { template = try MailTemplate(draft.rawValue, query.kind) } catch {
        throw NotificationRefusal.wrongTemplate(line: error.line, error.fault)
      }
    }
    let task = TellMember.sample(query.kind, to: query.to, today: context.today)
    do {
      let content = try compose(
        task, as: query.party ?? .mentor, to: reader, about: other, with: template, at: context.now)
      // What can't be sent is not shown as if it could.
      _ = try content.bytes()
      guard let html = LetterText(rawValue: content.html ?? "") else {
        throw NotificationRefusal.wrongTemplate(line: 1, .tooLong(limit: MailTexts.templateLimit))
      }
      return PreviewMail.Reply(
        subject: Sentence(content.subject), text: LetterText(content.text), html: html)
    } catch let fault as MailFault { throw NotificationRefusal.unwritable(fault.sentence) }
  }

  func prefer(_ command: SetMailPreference, _ context: Context) throws -> SetMailPreference.Reply {
    guard command.kind.isOptional || !command.isDeclined else {
      throw NotificationRefusal.notOptional(command.kind, optional: TellMember.Kind.allCases.filter(\.isOptional))
    }
    guard try AddressBook(db: context.db).entry(of: command.member) != nil else {
      throw NotificationRefusal.unknownMember(command.member)
    }
    try Preferences(db: context.db).set(command.member, command.kind, isDeclined: command.isDeclined)
    return SetMailPreference.Reply(member: command.member, kind: command.kind, isDeclined: command.isDeclined)
  }

  /// Nobody handles a mail to themself, nor one to the other of their own pair.
  private func checkHandling(_ task: TaskID, _ context: Context) throws {
    guard let own = context.principal.memberID else { return }
    if try Mails(db: context.db).concerns(task, own) { throw NotificationRefusal.ownPair(task) }
  }

  private func find(_ task: TaskID, _ mails: Mails) throws -> Mails.Mail {
    guard let mail = try mails.find(task) else { throw NotificationRefusal.unknownMail(task) }
    if mail.carrier != nil { throw NotificationRefusal.sharesAMail(task) }
    return mail
  }
}

extension AddressBook.Entry {
  /// For previews.
  static let invented = AddressBook.Entry(
    name: PersonName(unchecked: "Kim Exempel"), email: EmailAddress(unchecked: "kim@example.se"), language: .sv)
}

extension TellMember {
  /// A task of a kind with everything in it that such a task can have, for previews.
  static func sample(_ kind: Kind, to reader: MemberID, today: Day) -> TellMember {
    var task = TellMember(
      task: TaskID(unchecked: "preview"), kind: kind, to: reader, about: reader, party: .mentor,
      mentorship: MentorshipID(unchecked: "preview"), day: today.adding(days: 14))
    func choices(_ answers: Answer...) {
      task.choices = Bounded(answers.map { Choice(answer: $0, token: .example) })
    }
    switch kind {
    case .invitation, .invitationReminder: choices(.accept, .decline)
    case .checkIn: choices(.metInPerson, .metVideo, .metPhone, .notYet, .needHelp, .wantToEnd)
    case .closing: choices(.metInPerson, .metVideo, .metPhone, .needHelp, .wantToEnd)
    case .agreementToConfirm: choices(.confirm, .discuss)
    case .endingToConfirm: choices(.end, .endNow, .rest, .goOn)
    case .ended: choices(.undo)
    case .remainingMonths: choices(.newMentor, .noThanks)
    case .survey: choices(.rating1, .rating2, .rating3, .rating4, .rating5)
    default: break
    }
    task.topics = Bounded([.supervisorRole, .publicTenders])
    task.direction = Note(unchecked: "Att våga ta betalt för det jag kan.")
    task.everyWeeks = CadenceWeeks(unchecked: 4)
    task.form = .video
    task.meetings = Count(2)
    task.months = Months(unchecked: 5)
    if kind == .completed {
      task.certificate = Certificate(starts: today.adding(months: -12), ends: today, months: Count(12))
    }
    return task
  }
}
