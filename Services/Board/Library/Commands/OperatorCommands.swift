import ArgumentParser
import Contracts
import Foundation
import Messaging
import MessagingZeroMQ
import Texts

struct StatusCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "status", abstract: BoardTexts.aboutStatus[BoardLanguage.current])
  }
  @OptionGroup var options: BoardOptions

  func run() async throws {
    try await options.with { board in
      let answers = try await board.status()
      let language = options.lang
      let delivery = try await board.mailDelivery()
      try options.show(answers.compactMap(\.status)) {
        var table = Table(BoardTexts.statusHeadings[language])
        var advice: [String] = []
        for answer in answers {
          guard let status = answer.status else {
            table.add([answer.service.rawValue, BoardTexts.outOfReachShort[language], "", "", "", "", ""])
            advice.append(BoardTexts.outOfReach(answer.service.rawValue)[language])
            continue
          }
          let dead = status.deadLetters.rawValue + status.outboxDead.rawValue
          table.add([
            answer.service.rawValue, Day(of: status.calendar).text, "\(status.outboxPending.rawValue)",
            "\(status.planned.rawValue)", "\(dead)", "\(status.failing.rawValue)",
            status.lastBackup.map { Day(of: $0).text } ?? "–",
          ])
          if status.isFull == true { advice.append(BoardTexts.isFull(answer.service.rawValue)[language]) }
          if dead > 0 { advice.append(BoardTexts.hasDeadLetters(answer.service.rawValue, dead)[language]) }
          if status.outboxParked.rawValue > 0 {
            advice.append(BoardTexts.hasParked(answer.service.rawValue, status.outboxParked.rawValue)[language])
          }
          if let count = status.unfinishedErasures?.rawValue, count > 0 {
            advice.append(PersonalDataTexts.unfinished(count)[language])
          }
          if status.failing.rawValue > 0 {
            advice.append(BoardTexts.hasFailing(answer.service.rawValue, status.failing.rawValue)[language])
          }
          advice += status.warnings(at: .wallClock()).map { $0[language] }
        }
        let aboutMails = delivery.map(MailDeskTexts.advice) ?? []
        // That mails are only kept here is no fault, and is said all the same.
        if advice.isEmpty && aboutMails.allSatisfy({ $0 == MailDeskTexts.nothingLeaves }) {
          advice.append(BoardTexts.allWell[language])
        }
        advice += aboutMails.map { $0[language] }
        return table.text + "\n\n" + advice.joined(separator: "\n")
      }
      if let silent = answers.first(where: { $0.status == nil }) {
        throw ExitCode(BoardFailure.outOfReach(service: silent.service.rawValue).exitStatus)
      }
    }
  }
}

extension GetStatus.Reply {
  /// What will go wrong if nobody looks after it.
  func warnings(at now: Timestamp) -> [Phrase] {
    var warnings: [Phrase] = []
    if let waiting = oldestWaiting, waiting.rawValue >= 300 {
      let receivers = (unreachable?.elements ?? []).map(\.rawValue).joined(separator: ", ")
      warnings.append(OperatorTexts.waitsLong(service.rawValue, waiting.rawValue / 60, receivers))
    }
    if let free = freeMegabytes, free.rawValue < 500, isFull != true {
      warnings.append(OperatorTexts.littleRoom(service.rawValue, free.rawValue))
    }
    if let problem = backupProblem {
      warnings.append(OperatorTexts.backupFailed(service.rawValue, problem.rawValue))
    }
    // A demonstration's state is nothing to keep.
    guard !isVirtualCalendar else { return warnings }
    guard let lastBackup else { return warnings + [OperatorTexts.noBackup(service.rawValue)] }
    let days = Int((now.milliseconds - lastBackup.milliseconds) / 86_400_000)
    return days < 2 ? warnings : warnings + [OperatorTexts.oldBackup(service.rawValue, days)]
  }
}

struct HealthCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "health", abstract: BoardTexts.aboutHealth[BoardLanguage.current])
  }
  @Argument(help: .text(BoardTexts.helpService)) var service: ServiceName
  @OptionGroup var options: BoardOptions

  func run() async throws {
    try await options.with { board in
      let health = try await board.connection.ask(GetHealth(), of: service)
      try options.show(health) { BoardTexts.healthy(health.service.rawValue)[options.lang] }
    }
  }
}

struct ReportCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "report", abstract: BoardTexts.aboutReport[BoardLanguage.current])
  }
  @Option(name: .customLong("from"), help: .text(YearReportTexts.helpFrom)) var fromText: String?
  @Option(name: .customLong("to"), help: .text(YearReportTexts.helpTo)) var toText: String?
  @Option(help: .text(YearReportTexts.helpCSV)) var csv: String?
  @Option(help: .text(YearReportTexts.helpHTML)) var html: String?
  @OptionGroup var options: BoardOptions

  func validate() throws {
    guard fromText != nil || (toText == nil && csv == nil && html == nil) else {
      throw ValidationError(YearReportTexts.fromMissing[BoardLanguage.current])
    }
  }

  func run() async throws {
    if let fromText { return try await year(from: try day(fromText, "--from")) }
    try await options.with { board in
      let report = try await ProgrammeReport(board)
      try options.show(report) { report.text(options.lang) }
    }
  }

  /// The report of a year, or of the days until another; as a table, and as files where they are asked for.
  private func year(from: Day) async throws {
    let to = try toText.map { try day($0, "--to") } ?? from.adding(months: 12).adding(days: -1)
    try await options.with { board in
      let reply = try await board.connection.ask(GetYearReport(from: from, to: to))
      let report = YearReport(reply, options.lang)
      for (path, content) in [(csv, report.csv), (html, report.html)] {
        guard let path else { continue }
        do { try Data(content.utf8).write(to: URL(fileURLWithPath: path)) } catch {
          throw BoardFailure.unusable(BoardTexts.cannotWrite(path)[options.lang])
        }
      }
      try options.show(reply) { report.text }
    }
  }
}

struct CalendarCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "calendar", abstract: BoardTexts.aboutCalendar[BoardLanguage.current])
  }
  @Argument(help: .text(BoardTexts.helpCalendarDay)) var day: String
  @OptionGroup var options: BoardOptions

  func run() async throws {
    let moment = try BoardClient.day(day, "DAY").at(hour: 6)
    try await options.with { board in
      var calendars: [String: AdvanceCalendar.Reply] = [:]
      for service in ServiceName.allCases {
        calendars[service.rawValue] = try await board.connection.command(AdvanceCalendar(to: moment), of: service)
      }
      try options.show(calendars) {
        calendars.sorted { $0.key < $1.key }.map { "\($0.key)  \(Day(of: $0.value.calendar).text)" }
          .joined(separator: "\n")
      }
    }
  }
}

struct KeysCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "keys", abstract: BoardTexts.aboutKeys[BoardLanguage.current], subcommands: [Create.self])
  }

  struct Create: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutKeysCreate[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpPrincipal)) var name: String?
    @Option(help: .text(BoardTexts.helpKeyRole)) var role: Principal.Role = .coordinator
    @Option(help: .text(BoardTexts.helpKeyMember)) var member: String?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      var principals = Board.firstPrincipals
      if let name {
        let form = Constraint.text(1...40, .token, example: "karin")
        guard form.allows(name) else {
          throw ValidationError(BoardTexts.badArgument("NAME", name, form.words[options.lang])[options.lang])
        }
        let member: MemberID? = try member.map { try checked($0, "--member") }
        principals = [Principal(id: name, role: role, memberID: member?.rawValue)]
      }
      let folder = KeyFolder(path: options.keys)
      for principal in principals {
        do {
          let made = try folder.create(principal)
          print((made ? BoardTexts.keyMade : BoardTexts.keyKept)(principal.id, principal.role.rawValue)[options.lang])
        } catch { throw BoardFailure.unusable("\(error)") }
      }
    }
  }
}

extension Principal.Role: ExpressibleByArgument {}

extension Board {
  /// Who needs a key before the first start: the four services, the chair, and the probe.
  public static let firstPrincipals =
    ServiceName.allCases.map { Principal(id: $0.rawValue, role: .service) }
    + [Principal(id: "chair", role: .chair), Principal(id: "probe", role: .probe)]
}

struct ContractsCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "contracts", abstract: BoardTexts.aboutContracts[BoardLanguage.current])
  }
  @Option(help: .text(BoardTexts.helpOut)) var out: String
  @Option(help: .text(BoardTexts.helpLanguage)) var lang = BoardLanguage.current

  func run() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let files = ContractFiles.all
    for (name, content) in files {
      let path = out + "/" + name
      do {
        try FileManager.default.createDirectory(
          atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try (encoder.encode(content) + Data("\n".utf8)).write(to: URL(fileURLWithPath: path))
      } catch {
        throw BoardFailure.unusable(BoardTexts.cannotWrite(path)[lang])
      }
    }
    print(BoardTexts.contractsWritten(files.count, out)[lang])
  }
}
