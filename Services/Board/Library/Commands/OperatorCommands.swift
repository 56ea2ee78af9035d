import ArgumentParser
import Contracts
import Foundation
import Messaging
import MessagingZeroMQ
import Texts

/// Exit status 0 where all is well, 4 where something is to be done, 3 where a service does not answer.
struct StatusCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "status", abstract: BoardTexts.aboutStatus[BoardLanguage.current])
  }
  @OptionGroup var options: BoardOptions

  func run() async throws {
    try await options.with { board in
      let answers = try await board.status()
      let report = StatusReport(answers, try await board.mailDelivery())
      try options.show(answers.compactMap(\.status)) { report.text(options.lang) }
      guard report.exitStatus == 0 else { throw ExitCode(report.exitStatus) }
    }
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
      commandName: "keys", abstract: BoardTexts.aboutKeys[BoardLanguage.current],
      subcommands: [Create.self, Remove.self])
  }

  struct Create: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutKeysCreate[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpPrincipal)) var name: String?
    @Option(help: .text(BoardTexts.helpKeyRole)) var role: Principal.Role?
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
        // The name of one of the first has that one's role.
        let usual = principals.first { $0.id == name }?.role ?? .coordinator
        principals = [Principal(id: name, role: role ?? usual, memberID: member?.rawValue)]
      }
      let folder = KeyFolder(path: options.keys)
      // What can be made is made, and all that can't be is named.
      var faults: [String] = []
      for principal in principals {
        do {
          let made = try folder.create(principal)
          print((made ? BoardTexts.keyMade : BoardTexts.keyKept)(principal.id, principal.role.rawValue)[options.lang])
        } catch {
          let fault = BoardFailure.words(of: error, options.lang)
          if !faults.contains(fault) { faults.append(fault) }
        }
      }
      guard faults.isEmpty else { throw BoardFailure.unusable(faults.joined(separator: "\n")) }
    }
  }

  struct Remove: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutKeysRemove[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpPrincipal)) var name: String
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let form = Constraint.text(1...40, .token, example: "karin")
      guard form.allows(name) else {
        throw ValidationError(BoardTexts.badArgument("NAME", name, form.accepts)[options.lang])
      }
      let removed: Bool
      do { removed = try KeyFolder(path: options.keys).remove(name) } catch {
        throw BoardFailure.unusable(BoardFailure.words(of: error, options.lang))
      }
      guard removed else { throw BoardFailure.unusable(BoardTexts.noKey(name, options.keys)[options.lang]) }
      print(BoardTexts.keyRemoved(name)[options.lang])
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
