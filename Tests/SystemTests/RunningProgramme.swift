import BoardClient
import Contracts
import Foundation
import TestSupport
import Testing

/// The four services, running on a state folder of their own.
final class RunningProgramme: @unchecked Sendable {
  // `@unchecked`: `process` is started in `start` and only signalled afterwards.
  let folder: TemporaryFolder
  private let state: String
  private let process = Process()
  private let ended: Ended
  private let lines: Lines

  /// Starts them and waits until they say what to type next.
  ///
  /// - Parameter state: where it is another than the folder's own path.
  init(
    folder: TemporaryFolder? = nil, state: String? = nil, arguments: [String] = [], environment: [String: String] = [:]
  ) async throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    self.state = state ?? folder.path
    process.executableURL = Executable.folder.appendingPathComponent("programme")
    process.arguments = ["run", "--state", self.state] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    lines = Lines(output)
    ended = Ended(process)
    try process.run()
    for await line in lines.stream where line.contains("board status") { break }
  }

  /// A test that throws leaves nothing running.
  deinit { if process.isRunning { process.terminate() } }

  var options: [String] { ["--sockets", state + "/sockets", "--keys", state + "/keys"] }

  /// Runs the board client.
  func board(_ arguments: String...) async throws -> Executable.Outcome {
    try await Executable.run("board", arguments + options)
  }

  /// Imports the sample's register, and submits a pair of it.
  func submitPair() async throws -> MatchID {
    _ = try await board("member", "import", BoardProgramTests.sample)
    let members = try JSONDecoder().decode(
      [MemberSummary].self, from: Data(try await board("member", "list", "--json").output.utf8))
    let mentor = try #require(members.first { $0.role == .mentor && $0.organisationNumber == nil })
    let adept = try #require(members.first { $0.role == .adept && $0.organisationNumber == nil })
    let submit = [
      "match", "submit", "--mentor", mentor.email.rawValue, "--adept", adept.email.rawValue, "--key", "k-1", "--json",
    ]
    var outcome = try await Executable.run("board", submit + options)
    // Matching hears of the members a moment after membership: a refusal says that it doesn't know them yet.
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline && outcome.status == 1 && outcome.errors.contains("match/unknown") {
      outcome = try await Executable.run("board", submit + options)
    }
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(SubmitMatch.Reply.self, from: Data(outcome.output.utf8)).match
  }

  /// The process id of a service.
  func pid(_ service: ServiceName) throws -> pid_t {
    let text = try String(contentsOfFile: "\(state)/\(service.rawValue)/pid", encoding: .utf8)
    return pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))!
  }

  /// Ends all as an operator does.
  @discardableResult
  func stop() async -> Int32 {
    process.terminate()
    return await ended.status()
  }
}
