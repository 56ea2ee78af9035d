import ArgumentParser
import Contracts
import Foundation
import Texts

struct MailCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "mail", abstract: MailDeskTexts.aboutMail[BoardLanguage.current],
      subcommands: [
        List.self, Show.self, Retry.self, Discard.self, Delivery.self, Preview.self, Templates.self, Decline.self,
      ])
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MailDeskTexts.aboutList[BoardLanguage.current])
    }
    @Option(help: .text(BoardTexts.helpTo)) var to: String?
    @Option(help: .text(MailDeskTexts.helpState)) var state: MailState?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        var member: MemberID?
        if let to { member = try await board.memberID(to) }
        let mails = try await board.mails(to: member, state: state)
        if options.json { return try options.show(mails) { "" } }
        let names = try await board.names()
        var table = Table(MailDeskTexts.headings[options.lang])
        for mail in mails {
          table.add([
            mail.day.text, mail.task.rawValue, names[mail.to] ?? mail.to.rawValue, mail.subject.rawValue,
            WordTexts.mailState(mail.state)[options.lang],
          ])
        }
        print(table.text + "\n" + BoardTexts.mails(mails.count)[options.lang])
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MailDeskTexts.aboutShow[BoardLanguage.current])
    }
    @Argument(help: .text(MailDeskTexts.helpTask)) var task: String
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let query = GetMail(task: try checked(task, "TASK"))
      try await options.with { board in
        let mail = try await board.connection.ask(query)
        try options.show(mail) { Self.text(mail, options.lang) }
      }
    }

    /// The mail as a person reads it, with what can be done about it.
    static func text(_ reply: GetMail.Reply, _ language: Language) -> String {
      let reason = reply.mail.reason.flatMap { MailReason(code: $0.rawValue) }
      var fields = [
        (MailDeskTexts.fieldTask, reply.mail.task.rawValue),
        (MailDeskTexts.fieldKind, WordTexts.mailKind(reply.mail.kind)[language]),
        (MailDeskTexts.fieldTo, reply.recipient?.rawValue ?? reply.mail.to.rawValue),
        (MailDeskTexts.fieldSubject, reply.mail.subject.rawValue),
        (MailDeskTexts.fieldState, WordTexts.mailState(reply.mail.state)[language]),
        (MailDeskTexts.fieldAttempts, "\(reply.attempts.rawValue)"),
      ]
      if let reason { fields.append((MailDeskTexts.fieldReason, reason.sentence[language])) }
      if let said = reply.said { fields.append((MailDeskTexts.fieldSaid, said.rawValue)) }
      if let next = reply.next { fields.append((MailDeskTexts.fieldNext, next.text)) }
      if reply.unanswered.rawValue > 0 {
        fields.append((MailDeskTexts.fieldUnanswered, MailDeskTexts.unanswered(reply.unanswered.rawValue)[language]))
      }
      if let carrier = reply.carriedBy { fields.append((MailDeskTexts.fieldCarriedBy, carrier.rawValue)) }
      if reply.carries.rawValue > 0 { fields.append((MailDeskTexts.fieldCarries, "\(reply.carries.rawValue)")) }
      let table = Table.fields(fields.map { $0.0[language] }, fields.map(\.1))
      var advice: [String] = []
      switch reply.mail.state {
      case .failed:
        advice += ["board mail retry \(reply.mail.task.rawValue)", "board mail discard \(reply.mail.task.rawValue)"]
      case .suppressed: advice.append("board mail retry \(reply.mail.task.rawValue)")
      case .queued, .retrying: advice.append("board mail discard \(reply.mail.task.rawValue)")
      default: break
      }
      return ([table, reply.text?.rawValue].compactMap(\.self) + advice).joined(separator: "\n\n")
    }
  }

  struct Retry: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MailDeskTexts.aboutRetry[BoardLanguage.current])
    }
    @OptionGroup var choice: Choice
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await choice.run(RetryMail.init(task:), MailDeskTexts.queuedAgain, options)
    }
  }

  struct Discard: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MailDeskTexts.aboutDiscard[BoardLanguage.current])
    }
    @OptionGroup var choice: Choice
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await choice.run(DiscardMail.init(task:), MailDeskTexts.discarded, options)
    }
  }

  /// One mail, or each that was only kept here while there was no mail server.
  struct Choice: ParsableArguments {
    @Argument(help: .text(MailDeskTexts.helpTask)) var task: String?
    @Flag(help: .text(MailDeskTexts.helpKept)) var kept = false

    func validate() throws {
      if kept != (task == nil) { throw ValidationError(MailDeskTexts.taskOrKept[BoardLanguage.current]) }
    }

    func run<C: Command>(
      _ command: @escaping (TaskID) -> C, _ said: @escaping (String) -> Phrase, _ options: BoardOptions
    ) async throws where C.Reply == MailStateReply {
      let task = try task.map { try checked($0, "TASK") as TaskID }
      try await options.with { board in
        guard let task else {
          let replies = try await board.handleKept(command)
          return try options.show(replies) { BoardTexts.mails(replies.count)[options.lang] }
        }
        let reply = try await board.connection.command(command(task))
        try options.show(reply) { said(reply.task.rawValue)[options.lang] }
      }
    }
  }

  struct Delivery: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MailDeskTexts.aboutDelivery[BoardLanguage.current])
    }
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        let delivery = try await board.connection.ask(GetMailDelivery())
        try options.show(delivery) {
          let states = MailState.allCases.map {
            (WordTexts.mailState($0)[options.lang], "\(delivery.mails($0))")
          }
          let unanswered = delivery.unanswered.rawValue
          let again = unanswered > 0 ? [MailDeskTexts.mayHaveArrivedTwice(unanswered)] : []
          return
            ([Table.fields(states.map(\.0), states.map(\.1))]
            + (again + MailDeskTexts.advice(delivery)).map { $0[options.lang] }).joined(separator: "\n\n")
        }
      }
    }
  }
}

extension MailCommand {
  struct Preview: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MailDeskTexts.aboutPreview[BoardLanguage.current])
    }
    @Argument(help: .text(MailDeskTexts.helpTemplate)) var template: TellMember.Kind
    @Option(help: .text(BoardTexts.helpTo)) var to: String
    @Option(help: .text(MailDeskTexts.helpAbout)) var about: String?
    @Option(help: .text(MailDeskTexts.helpParty)) var party = Party.mentor
    @Option(help: .text(MailDeskTexts.helpFile)) var file: String?
    @Option(help: .text(MailDeskTexts.helpHTML)) var html: String?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let draft = try file.map { try Self.draft($0, options.lang) }
      try await options.with { board in
        var other: MemberID?
        if let about { other = try await board.memberID(about) }
        let preview = try await board.connection.ask(
          PreviewMail(kind: template, to: try await board.memberID(to), about: other, party: party, draft: draft))
        if let html {
          do { try Data(preview.html.rawValue.utf8).write(to: URL(fileURLWithPath: html)) } catch {
            throw BoardFailure.unusable(BoardTexts.cannotWrite(html)[options.lang])
          }
        }
        try options.show(preview) {
          let text = preview.subject.rawValue + "\n\n" + preview.text.rawValue
          return text + (html.map { "\n\n" + MailDeskTexts.pageWritten($0)[options.lang] } ?? "")
        }
      }
    }

    /// A template from a file, refused where it would not come to the service as it is.
    private static func draft(_ path: String, _ language: Language) throws -> LetterText {
      func refusal(_ why: Phrase) -> BoardFailure { .unusable("\(path), \(why[language])") }
      guard let data = FileManager.default.contents(atPath: path) else {
        throw BoardFailure.unusable(BoardTexts.noFile(path)[language])
      }
      guard let text = String(validating: data, as: UTF8.self)?.replacing("\r\n", with: "\n") else {
        throw refusal(MailTexts.notText)
      }
      guard text.unicodeScalars.count <= MailTexts.templateLimit else {
        throw refusal(MailTexts.onLine(1, .tooLong(limit: MailTexts.templateLimit)))
      }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if let index = lines.firstIndex(where: MailTexts.hasControl) {
        throw refusal(MailTexts.onLine(index + 1, .control))
      }
      return LetterText(text)
    }
  }

  struct Templates: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MailDeskTexts.aboutTemplates[BoardLanguage.current])
    }
    @Option(help: .text(BoardTexts.helpOut)) var out: String
    @Option(help: .text(BoardTexts.helpLanguage)) var lang = BoardLanguage.current

    func run() throws {
      var written = 0
      for kind in TellMember.Kind.allCases {
        let path = "\(out)/\(kind.rawValue).txt"
        // What the board has changed stays as it is.
        if FileManager.default.fileExists(atPath: path) { continue }
        do {
          try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
          try Data(MailTemplates.file(kind).utf8).write(to: URL(fileURLWithPath: path))
        } catch {
          throw BoardFailure.unusable(BoardTexts.cannotWrite(path)[lang])
        }
        written += 1
      }
      print(MailDeskTexts.templatesWritten(written, out)[lang])
    }
  }

  struct Decline: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MailDeskTexts.aboutDecline[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @Argument(help: .text(MailDeskTexts.helpTemplate)) var kind: TellMember.Kind
    @Flag(help: .text(MailDeskTexts.helpAgain)) var again = false
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        let reply = try await board.connection.command(
          SetMailPreference(member: try await board.memberID(member), kind: kind, isDeclined: !again))
        try options.show(reply) {
          MailDeskTexts.preference(
            reply.member.rawValue, WordTexts.mailKind(reply.kind), isDeclined: reply.isDeclined)[options.lang]
        }
      }
    }
  }
}

extension MailState: ExpressibleByArgument {}
extension TellMember.Kind: ExpressibleByArgument {}
