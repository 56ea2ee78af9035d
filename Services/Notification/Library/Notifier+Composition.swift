import Contracts
import Foundation
import Messaging
import ServiceRuntime
import Texts

// How tasks become mails.
extension Notifier {
  /// One of the tasks of a mail, with what it needs.
  struct Part {
    let task: TellMember
    let party: Party
    let other: AddressBook.Entry
  }

  /// The mail that a task asks for.
  ///
  /// - Throws: `MailFault` where something can't stand in a mail.
  func compose(
    _ task: TellMember, as party: Party, to reader: AddressBook.Entry, about other: AddressBook.Entry,
    with template: MailTemplate? = nil, at moment: Timestamp
  ) throws -> MailMessage {
    let part = Part(task: task, party: party, other: other)
    let (subject, section) = content(part, template ?? templates[task.kind], to: reader)
    var content = frame(subject, [section], language: reader.language)
    content.notes = notes([part], reader.language)
    if !other.isProtected { content.addresses.append(other.email.rawValue) }
    var message = try write(content, to: reader, id: task.task, at: moment)
    // Each reader has a thread of their own, so that neither's mails tell of the other's.
    message.thread = task.mentorship.map { "\($0.rawValue).\(task.to.rawValue)" }
    message.unsubscribe = unsubscribe([part])
    if let events = task.events?.elements, !events.isEmpty {
      message.calendar = CalendarPart.text(
        events, other: other.name.rawValue, organizer: settings.coordinator, language: reader.language, written: moment)
    }
    if let certificate = task.certificate {
      message.certificate = CertificatePage.text(
        certificate, of: reader.name.rawValue, as: party, with: other.name.rawValue, association: settings.association,
        signer: content.signature, issued: Day(of: moment), language: reader.language)
    }
    return message
  }

  /// Several small tasks in one mail.
  func compose(_ parts: [Part], to reader: AddressBook.Entry, id: TaskID, at moment: Timestamp) throws -> MailMessage {
    let language = reader.language
    var sections: [MailContent.Section] = []
    for part in parts {
      var (subject, section) = content(part, templates[part.task.kind], to: reader)
      section.title = subject
      // Each begins by greeting the reader, which is done once.
      if section.paragraphs.count > 1 { section.paragraphs.removeFirst() }
      sections.append(section)
    }
    var content = frame(MailTexts.digest(parts.count)[language], sections, language: language)
    content.greeting = MailTexts.digestGreeting(reader.name.rawValue)[language]
    content.notes = notes(parts, language)
    content.addresses += parts.filter { !$0.other.isProtected }.map(\.other.email.rawValue)
    var message = try write(content, to: reader, id: id, at: moment)
    message.unsubscribe = unsubscribe(parts)
    return message
  }

  /// Where a mail goes today; nil where no address is known.
  func recipient(of mail: Mails.Mail, _ context: Context) throws -> EmailAddress? {
    guard case .member = mail.kind else { return settings.board }
    return try AddressBook(db: context.db).entry(of: mail.member)?.email
  }

  /// A mail as it is written today, with others in it; nil where what asked for it is not kept any more.
  ///
  /// - Throws: `MailFault` where something can't stand in a mail.
  func written(
    _ mail: Mails.Mail, with others: [Mails.Mail] = [], _ context: Context
  ) throws -> (message: MailMessage, recipient: EmailAddress)? {
    let book = AddressBook(db: context.db)
    switch try mail.order() {
    case .member(let task)?:
      guard let reader = try book.entry(of: task.to), !reader.email.rawValue.isEmpty else { return nil }
      let parts = try ([task] + others.compactMap { try $0.tellMember() }).compactMap { try part($0, book) }
      guard let first = parts.first else { return nil }
      let message =
        parts.count == 1
        ? try compose(first.task, as: first.party, to: reader, about: first.other, at: context.now)
        : try compose(parts, to: reader, id: mail.task, at: context.now)
      return (message, reader.email)
    case .board(let task)?: return (try compose(task, book, at: context.now), settings.board)
    case .weekly(let id, let lines)?:
      return (try toBoard(MailTexts.weekly[settings.language], lines, id: id, at: context.now), settings.board)
    case nil: return nil
    }
  }

  private func part(_ task: TellMember, _ book: AddressBook) throws -> Part? {
    guard let about = task.about, let party = task.party, let other = try book.entry(of: about) else { return nil }
    return Part(task: task, party: party, other: other)
  }

  /// What the board is to do.
  func compose(_ task: TellBoard, _ book: AddressBook, at moment: Timestamp) throws -> MailMessage {
    let language = settings.language
    let lines = try task.lines.elements.map { line in
      let people = try [line.about, line.other].compactMap(\.self)
        .map { try book.entry(of: $0)?.name.rawValue ?? $0.rawValue }
      let who = people.isEmpty ? line.task.rawValue : people.joined(separator: ", ")
      return MailTexts.boardLine(who, line.kind, line.due, line.task.rawValue)[language]
    }
    let more = task.more.rawValue
    let subject = MailTexts.boardSubject(task.kind, task.lines.elements.count + more)[language]
    return try toBoard(
      subject, lines + (more > 0 ? [MailTexts.boardMore(more)[language]] : [MailTexts.boardList[language]]),
      id: task.task, at: moment)
  }

  /// A mail to whoever coordinates the programme.
  func toBoard(_ subject: String, _ lines: [String], id: TaskID, at moment: Timestamp) throws -> MailMessage {
    let language = settings.language
    var content = frame(
      subject, [.init(paragraphs: [MailTexts.boardGreeting[language]] + lines)], language: language)
    content.signature = "Handslag"
    content.notes = [MailTexts.whyBoard[language]]
    return try write(content, to: settings.coordinator, id: id, at: moment)
  }

  /// What a template comes to for one reader.
  func content(
    _ part: Part, _ template: MailTemplate, to reader: AddressBook.Entry
  ) -> (subject: String, section: MailContent.Section) {
    let values = MailValues(part.task, party: part.party, to: reader, about: part.other)
    let (subject, paragraphs) = template.render(values, reader.language)
    let choices = (part.task.choices?.elements ?? []).map { choice in
      MailContent.Choice(label: WordTexts.answer(choice.answer)[reader.language], address: link(choice))
    }
    return (subject, .init(paragraphs: paragraphs, choices: choices))
  }

  func frame(_ subject: String, _ sections: [MailContent.Section], language: Language) -> MailContent {
    MailContent(
      language: language, subject: subject, sections: sections,
      signature: settings.coordinator.name ?? MailTexts.board[language], notes: [],
      addresses: [settings.coordinator.address])
  }

  private func notes(_ parts: [Part], _ language: Language) -> [String] {
    let reasons = parts.map { MailTexts.why($0.task.kind, $0.party)[language] }
    let contact = MailTexts.contact(settings.coordinator.name, settings.coordinator.address)[language]
    let optional = parts.allSatisfy { $0.task.kind.isOptional } ? [MailTexts.optional[language]] : []
    return Array(reasons.prefix(1)) + [contact] + optional
  }

  private func unsubscribe(_ parts: [Part]) -> String? {
    guard parts.allSatisfy({ $0.task.kind.isOptional }), let first = parts.first else { return nil }
    return "mailto:\(MailContent.percentEncoded(settings.coordinator.wire))?subject=stop-\(first.task.kind.rawValue)"
  }

  private func write(
    _ content: MailContent, to reader: AddressBook.Entry, id: TaskID, at moment: Timestamp
  ) throws -> MailMessage {
    try write(
      content, to: try MailAddress(name: reader.name.rawValue, address: reader.email.rawValue, field: "To"), id: id,
      at: moment)
  }

  private func write(_ content: MailContent, to: MailAddress, id: TaskID, at moment: Timestamp) throws -> MailMessage {
    MailMessage(
      from: settings.from, to: to, subject: content.subject, text: content.text, html: content.html,
      copy: content.copy,
      replyTo: settings.coordinator, date: moment, id: id.rawValue,
      headers: [
        // RFC 3834: no vacation notice answers it.
        .init(name: "Auto-Submitted", value: "auto-generated"),
        .init(name: "Content-Language", value: content.language.rawValue),
      ])
  }

  /// Following it answers nothing by itself: mail scanners follow links. It opens a page, or a mail that is written
  /// already.
  private func link(_ choice: Choice) -> String {
    if let base = settings.baseURL { return "\(base)/answer/\(choice.token.rawValue)" }
    let subject = MailContent.percentEncoded(AnswerSubject(choice).text)
    return "mailto:\(MailContent.percentEncoded(settings.answers.wire))?subject=\(subject)"
  }
}
