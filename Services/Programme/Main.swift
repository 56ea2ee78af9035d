import ArgumentParser
import BoardClient
import Contracts
import Foundation
import MessagingZeroMQ
import Settings
import Store
import Texts
import UnixSignals

/// Starts the four services together: `run` for use, `demo` for a whole year on a virtual calendar.
@main struct Programme: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "programme", abstract: DemoTexts.aboutProgramme[BoardLanguage.current],
      subcommands: [Run.self, Demo.self, Restore.self])
  }

  /// Makes the keys of the services, the chair and the probe where they are missing.
  fileprivate static func prepare(_ state: String, _ language: Language) throws {
    let folder = KeyFolder(path: state + "/keys")
    do { for principal in Board.firstPrincipals { try folder.create(principal) } } catch {
      FileHandle.standardError.write(Data((BoardFailure.words(of: error, language) + "\n").utf8))
      throw ExitCode(1)
    }
  }

  /// Refuses wrong settings once, before four services do.
  fileprivate static func checkSettings() throws {
    guard let refusal = Settings.ofProcess.refusal() else { return }
    FileHandle.standardError.write(Data((refusal + "\n").utf8))
    throw ExitCode(1)
  }

  /// Keeps a second start away from the same state: its services would be refused one by one, while those of
  /// the first answer for them. Held until it is let go; beside the folder, which a demonstration begins anew.
  fileprivate static func lock(_ state: String, _ language: Language) throws -> FileLock {
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: state).deletingLastPathComponent().path, withIntermediateDirectories: true)
    do {
      return try FileLock(state + ".lock", held: .locked) { DemoTexts.alreadyRunning(state)[language] }
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      throw ExitCode(1)
    }
  }

  struct Run: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: DemoTexts.aboutRun[BoardLanguage.current])
    }
    @Option(help: .text(DemoTexts.helpState)) var state = Settings.ofProcess[.state]
    @Option(help: .text(DemoTexts.helpVirtualCalendar)) var virtualCalendar: String?
    @Flag(help: .text(OperatorTexts.helpRestored)) var restored = false
    @Option(help: .text(BoardTexts.helpLanguage)) var lang = BoardLanguage.current

    func run() async throws {
      try Programme.checkSettings()
      let lock = try Programme.lock(state, lang)
      defer { lock.release() }
      try Programme.prepare(state, lang)
      // Trapped before anything is started, so that no signal is lost.
      let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
      let supervisor = Supervisor(
        .init(state: state, virtualCalendar: virtualCalendar, logFolder: nil, isRestored: restored))
      do { try await supervisor.start() } catch {
        await supervisor.stop()
        FileHandle.standardError.write(Data((DemoTexts.didNotStart[lang] + "\n").utf8))
        throw ExitCode(1)
      }
      Console.say(DemoTexts.running(Supervisor.programs.path, state)[lang])
      if Settings.ofProcess[.smtpServer].isEmpty { Console.say("\n" + MailDeskTexts.nothingLeaves[lang]) }
      for await _ in signals { break }
      Console.say(DemoTexts.stopping[lang])
      await supervisor.stop()
    }
  }

  struct Demo: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: DemoTexts.aboutDemo[BoardLanguage.current])
    }
    @Option(help: .text(DemoTexts.helpDemoState)) var state = "state/demo"
    @Option(help: .text(DemoTexts.helpRegister)) var register = "Services/Programme/Sample/register.csv"
    @Option(help: .text(DemoTexts.helpSeed)) var seed: UInt64 = 1
    @Option(help: .text(DemoTexts.helpReportFile)) var report: String?
    @Flag(help: .text(DemoTexts.helpSteps)) var steps = false
    @Flag(help: .text(DemoTexts.helpNoAnswers)) var noAnswers = false
    @Flag(help: .text(DemoTexts.helpGoOn)) var goOn = false
    @Option(help: .text(DemoTexts.helpUntil)) var until: String?
    @Option(help: .text(BoardTexts.helpLanguage)) var lang = BoardLanguage.current

    private static let starts = Day(2026, 9, 1)!

    func run() async throws {
      try Programme.checkSettings()
      let lock = try Programme.lock(state, lang)
      defer { lock.release() }
      var until: Day?
      if let text = self.until {
        guard let day = Day(text: text) else {
          throw ValidationError(BoardTexts.badArgument("--until", text, "2026-11-24")[lang])
        }
        until = day
      }
      // The demonstration's own folder, and no other, is begun anew.
      if !goOn, FileManager.default.fileExists(atPath: state) {
        guard FileManager.default.fileExists(atPath: state + "/demonstration") else {
          throw ValidationError(DemoTexts.notADemonstration(state)[lang])
        }
        try FileManager.default.removeItem(atPath: state)
      }
      try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
      _ = FileManager.default.createFile(atPath: state + "/demonstration", contents: nil)
      try Programme.prepare(state, lang)
      let supervisor = Supervisor(
        .init(state: state, virtualCalendar: Self.starts.text, logFolder: state + "/log"))
      do {
        try await supervisor.start()
        try await year(until, supervisor)
      } catch {
        await supervisor.stop()
        guard let failure = error as? BoardFailure else { throw error }
        FileHandle.standardError.write(Data((BoardCommand.explain(failure) + "\n").utf8))
        throw ExitCode(failure.exitStatus)
      }
      await supervisor.stop()
    }

    /// What was done before an interruption or a restore is answered from the stored replies and done no second time.
    private func year(_ until: Day?, _ supervisor: Supervisor) async throws {
      let connection = try await Connection.open(
        .init(principal: "chair", sockets: state + "/sockets", keys: state + "/keys", language: lang))
      let board = Board(connection)
      let common = [
        "--sockets", state + "/sockets", "--keys", state + "/keys", "--lang", lang.rawValue,
      ]
      Console.say(DemoTexts.begins(seed)[lang])
      try callImport(common)
      let script = Script(seed: seed, members: try await members(board), starts: Self.starts)
      var demonstration = Demonstration(
        .init(
          board: board, language: lang, state: state, boardArguments: common, answersMails: !noAnswers,
          step: { day in if steps { FileHandle.standardError.write(Data("step \(day.text)\n".utf8)) } },
          crash: { await supervisor.crash($0) }, restarts: { await supervisor.restarts }), script)
      guard let report = try await demonstration.run(until: until) else { return await connection.close() }
      Console.say("")
      Console.say(report.text(lang))
      Console.say("")
      try callReport(demonstration)
      if let path = self.report {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(report).write(to: URL(fileURLWithPath: path))
      }
      Console.say(DemoTexts.goOn(Supervisor.programs.path, state, Self.starts.text)[lang])
      await connection.close()
      if !report.addsUp { throw ExitCode(1) }
    }

    /// The year of one pair as the board sees it, what is left to do, and the yearly report as files.
    private func callReport(_ demonstration: Demonstration) throws {
      let list = try demonstration.callBoard(["mentorship", "list", "--state", "completed", "--json"])
      let pairs = try JSONDecoder().decode([ListMentorships.Item].self, from: list)
      let busiest = pairs.max { ($0.contacts, $1.mentorship.rawValue) < ($1.contacts, $0.mentorship.rawValue) }
      var commands = [["task", "list"]]
      if let busiest { commands.insert(["mentorship", "show", busiest.mentorship.rawValue], at: 0) }
      commands.append([
        "report", "--from", "\(Self.starts.year)-01-01", "--to", "\(Self.starts.year + 1)-12-31", "--csv",
        state + "/report.csv", "--html", state + "/report.html",
      ])
      for command in commands { try demonstration.show(command) }
      Console.say(DemoTexts.reportFiles(state + "/report.csv", state + "/report.html")[lang] + "\n")
    }

    /// The register as it was when the year began, whoever has changed their work since.
    private func members(_ board: Board) async throws -> [MemberSummary] {
      let file = URL(fileURLWithPath: state + "/members.json")
      if let known = try? Data(contentsOf: file) { return try JSONDecoder().decode([MemberSummary].self, from: known) }
      let members = try await board.members()
      try JSONEncoder().encode(members).write(to: file, options: .atomic)
      return members
    }

    /// Imports the sample register with the board program: a second import of the same file changes nothing.
    private func callImport(_ common: [String]) throws {
      FileHandle.standardOutput.write(try Program.board(["member", "import", register] + common))
    }
  }

  struct Restore: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: OperatorTexts.aboutRestore[BoardLanguage.current])
    }
    @Argument(help: .text(OperatorTexts.helpRestoreName)) var name: String?
    @Option(help: .text(DemoTexts.helpState)) var state = Settings.ofProcess[.state]
    @Flag(help: .text(OperatorTexts.helpEvenIfOld)) var evenIfOld = false
    @Option(help: .text(BoardTexts.helpLanguage)) var lang = BoardLanguage.current

    func run() async throws {
      try Programme.checkSettings()
      let lock = try Programme.lock(state, lang)
      defer { lock.release() }
      let set = Settings.ofProcess[.backups]
      let folder = set.isEmpty ? state + "/backups" : set
      guard let name = name ?? Restore.latestOfAll(folder) else {
        FileHandle.standardError.write(Data((OperatorTexts.noCommonBackup(folder)[lang] + "\n").utf8))
        throw ExitCode(1)
      }
      var arguments = ["restore", name, "--state", state, "--backups", folder]
      if evenIfOld { arguments.append("--even-if-old") }
      // All four are proved before any store is touched, and all that is wrong is named.
      let proofs = try ServiceName.allCases.map { try Program.run($0.rawValue, arguments + ["--prove"]) }
      guard proofs.allSatisfy({ $0.status == 0 }) else {
        FileHandle.standardError.write(Data((OperatorTexts.nothingRestored[lang] + "\n").utf8))
        throw ExitCode(1)
      }
      for service in ServiceName.allCases {
        let (status, output) = try Program.run(service.rawValue, arguments)
        FileHandle.standardOutput.write(output)
        if status != 0 { throw ExitCode(status) }
      }
    }

    /// The latest name that all four services have a backup of.
    private static func latestOfAll(_ folder: String) -> String? {
      let all = ServiceName.allCases.map { Backups(folder: "\(folder)/\($0.rawValue)", kept: 0).all }
      let common = all.map { Set($0.map(\.name)) }.reduce(Set(all[0].map(\.name))) { $0.intersection($1) }
      return all[0].last { common.contains($0.name) }?.name
    }
  }
}
