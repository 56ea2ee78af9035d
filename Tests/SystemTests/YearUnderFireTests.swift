import Contracts
import Foundation
import Synchronization
import TestSupport
import Testing

/// The demonstration's year, with a service killed at seeded moments, ends in the report of the quiet year.
@Suite(.serialized) struct YearUnderFireTests {
  /// How many times each service is killed in its year.
  static let kills = 20
  static let seed: UInt64 = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? 1

  /// The report of an undisturbed year, made once.
  private static let quiet = Task { try await year(kill: nil).report }

  struct Moment: Sendable, CustomStringConvertible {
    /// After so many steps of the demonstration, from 1.
    let step: Int
    let milliseconds: Int
    var description: String { "\(step)+\(milliseconds)ms" }
  }

  struct Year: Sendable {
    let report: Data
    let kills: Int
    let folder: TemporaryFolder
  }

  private static func year(kill: (service: ServiceName, moments: [Moment])?) async throws -> Year {
    let folder = try TemporaryFolder()
    let state = folder.path + "/demo"
    let process = Process()
    process.executableURL = Executable.folder.appendingPathComponent("programme")
    process.currentDirectoryURL = Executable.project
    process.arguments = ["demo", "--state", state, "--report", folder.path + "/report.json", "--steps"]
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    let killed = Mutex(0)
    let step = Mutex(0)
    let lines = Lines(errors) { line in
      guard let kill, line.hasPrefix("step ") else { return }
      let number = step.withLock { count in
        count += 1
        return count
      }
      for moment in kill.moments where moment.step == number {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(moment.milliseconds)) {
          let path = "\(state)/\(kill.service.rawValue)/pid"
          guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let pid = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)),
            Foundation.kill(pid, SIGKILL) == 0
          else { return }
          killed.withLock { $0 += 1 }
        }
      }
    }
    let ended = Ended(process)
    try process.run()
    let status = await ended.status()
    let said = lines.all.filter { !$0.hasPrefix("step ") }
    try #require(status == 0, "the demonstration ended with \(status): \(said.suffix(5))")
    let report = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/report.json"))
    return Year(report: report, kills: killed.withLock { $0 }, folder: folder)
  }

  @Test(arguments: ServiceName.allCases)
  func killedAtTwentyMomentsTheYearEndsTheSame(_ service: ServiceName) async throws {
    var random = SeededGenerator(seed: Self.seed &+ UInt64(service.rawValue.utf8.reduce(0) { $0 + Int($1) }))
    // Most happens in the first weeks and around the milestones; quiet days are as likely as any.
    let moments = (0..<Self.kills).map { index in
      Moment(
        step: Int.random(in: index < 10 ? 1..<40 : 40..<400, using: &random),
        milliseconds: Int.random(in: 0..<25, using: &random))
    }.sorted { ($0.step, $0.milliseconds) < ($1.step, $1.milliseconds) }
    print("SEED=\(Self.seed): \(service.rawValue) is killed at \(moments.map(\.description).joined(separator: " "))")
    let year = try await Self.year(kill: (service, moments))
    // Two moments may fall into one restart; nearly all must have hit a living process.
    #expect(year.kills >= Self.kills / 2)
    let quiet = try await Self.quiet.value
    #expect(String(decoding: year.report, as: UTF8.self) == String(decoding: quiet, as: UTF8.self))
  }

  @Test func theQuietYearAddsUpAndIsTheSameAgain() async throws {
    let first = try await Self.quiet.value
    let again = try await Self.year(kill: nil)
    #expect(String(decoding: again.report, as: UTF8.self) == String(decoding: first, as: UTF8.self))
    // Each mail of the report is a file in the Maildir.
    let report = try JSONDecoder().decode(JSONValue.self, from: first)
    let mails = try FileManager.default.contentsOfDirectory(atPath: again.folder.path + "/demo/notification/mail/new")
    #expect(report["mailsKept"] == .integer(mails.count))
    #expect(mails.count > 100)
  }
}
