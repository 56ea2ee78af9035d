import ArgumentParser
import Contracts
import Foundation
import Texts

struct MailCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "mail", abstract: MailDeskTexts.aboutMail[BoardLanguage.current],
      subcommands: [List.self, Show.self, Retry.self, Discard.self, Delivery.self])
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
      case .failed, .suppressed: advice.append("board mail retry \(reply.mail.task.rawValue)")
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
    @Argument(help: .text(MailDeskTexts.helpTask)) var task: String
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = RetryMail(task: try checked(task, "TASK"))
      try await options.with { board in
        let reply = try await board.connection.command(command)
        try options.show(reply) { MailDeskTexts.queuedAgain(reply.task.rawValue)[options.lang] }
      }
    }
  }

  struct Discard: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MailDeskTexts.aboutDiscard[BoardLanguage.current])
    }
    @Argument(help: .text(MailDeskTexts.helpTask)) var task: String
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = DiscardMail(task: try checked(task, "TASK"))
      try await options.with { board in
        let reply = try await board.connection.command(command)
        try options.show(reply) { MailDeskTexts.discarded(reply.task.rawValue)[options.lang] }
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
          return
            ([Table.fields(states.map(\.0), states.map(\.1))]
            + MailDeskTexts.advice(delivery).map { $0[options.lang] }).joined(separator: "\n\n")
        }
      }
    }
  }
}

extension MailState: ExpressibleByArgument {}
