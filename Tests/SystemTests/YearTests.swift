import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

/// The demonstration tells the same year again for the same seed, and its logs tell of no person.
@Suite struct YearTests {
  @Test func theSameSeedTellsTheSameYear() async throws {
    var reports: [Data] = []
    for _ in 0..<2 {
      let folder = try TemporaryFolder()
      let outcome = try await Executable.run(
        "programme",
        [
          "demo", "--state", folder.path + "/demo", "--report", folder.path + "/report.json", "--register",
          BoardProgramTests.sample,
        ], environment: ["HANDSLAG_LOG": "debug"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      reports.append(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/report.json")))
      if reports.count == 1 { try check(Logs(folder: folder.path + "/demo/log")) }
    }
    #expect(reports[0] == reports[1])
    #expect(reports[0].count > 200)
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
