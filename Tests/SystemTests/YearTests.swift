import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

/// The demonstration tells the same year again for the same seed, also where its stores go back to backups meanwhile.
@Suite struct YearTests {
  private func demo(_ state: String, _ arguments: String...) async throws {
    let outcome = try await Executable.run(
      "programme", ["demo", "--state", state, "--register", BoardProgramTests.sample, "--no-answers"] + arguments,
      environment: ["HANDSLAG_LOG": "debug"])
    try #require(outcome.status == 0, "\(arguments): \(outcome.errors) \(outcome.output.suffix(600))")
  }

  /// Backs up all four stores while their services run.
  private func backUp(_ state: String, as name: String) async throws {
    let programme = try await RunningProgramme(state: state, arguments: ["--virtual-calendar", "2026-09-01"])
    let made = try await programme.board("backup", "--to", name)
    #expect(made.status == 0, "\(made.errors)")
    #expect(await programme.stop() == 0)
  }

  /// The drill of the runbook: nothing that came before the backup is lost, and nothing is done twice.
  @Test func aYearThatIsRestoredTwiceEndsAsIfItNeverHadBeen() async throws {
    let folder = try TemporaryFolder()
    try await demo(folder.path + "/quiet", "--report", folder.path + "/quiet.json")
    try check(Logs(folder: folder.path + "/quiet/log"))

    let state = folder.path + "/demo"
    try await demo(state, "--until", "2026-11-15")
    try await backUp(state, as: "november")
    try await demo(state, "--go-on", "--until", "2027-01-15")

    // All four: what was said after the backup is lost, and said again.
    let restored = try await Executable.run("programme", ["restore", "--state", state])
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(restored.output.components(separatedBy: "Kommandon efter 20").count == 5, "\(restored.output)")
    try await demo(state, "--go-on", "--until", "2027-03-01")

    // One alone: what the others told it since comes again by itself.
    try await backUp(state, as: "march")
    try await demo(state, "--go-on", "--until", "2027-05-01")
    let one = try await Executable.run("notification", ["restore", "march", "--state", state])
    #expect(one.status == 0, "\(one.errors)")
    try await demo(state, "--go-on", "--report", folder.path + "/report.json")

    let report = try String(contentsOfFile: folder.path + "/report.json", encoding: .utf8)
    #expect(report == (try String(contentsOfFile: folder.path + "/quiet.json", encoding: .utf8)))
    #expect(report.count > 200)
  }

  /// The lines of the services, each an object of texts.
  private struct Logs {
    let texts: [ServiceName: String]
    let lines: [ServiceName: [[String: String]]]

    init(folder: String) throws {
      var texts: [ServiceName: String] = [:]
      for service in ServiceName.allCases {
        texts[service] = try String(contentsOfFile: "\(folder)/\(service.rawValue).log", encoding: .utf8)
      }
      self.texts = texts
      lines = try texts.mapValues { text in
        try text.split(separator: "\n").map { try JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
      }
    }
  }

  private func check(_ logs: Logs) throws {
    let register = try String(contentsOfFile: BoardProgramTests.sample, encoding: .utf8)
    let people = register.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ";").prefix(2).map(String.init)
    }
    #expect(people.count == 40 && people.first!.contains { $0.contains("@") })
    for (service, text) in logs.texts {
      for words in people.joined() { #expect(!text.contains(words), "\(service) tells of \(words)") }
      #expect(!text.contains("@"), "\(service) tells an address")
    }

    // From the board's command to the mails that ask both: one trace.
    let submitted = try #require(
      logs.lines[.matching]?.first { $0["message"] == "a command was done" && $0["type"] == SubmitMatch.type })
    let trace = try #require(submitted["trace"])
    #expect(submitted["principal"] == "chair" && trace.count == 32)
    func traced(_ service: ServiceName) -> [[String: String]] {
      logs.lines[service]?.filter { $0["trace"] == trace } ?? []
    }
    #expect(traced(.followup).contains { $0["type"] == MatchSubmitted.type && $0["from"] == "matching" })
    let mails = traced(.notification).filter { $0["kind"] == "deliver-mail" && $0["message"] == "work was done" }
    #expect(mails.count >= 2, "\(traced(.notification))")
    for line in logs.lines.values.joined() {
      #expect(line["time"].flatMap(Timestamp.init(text:)) != nil && line["level"] != nil && line["service"] != nil)
    }
  }
}
