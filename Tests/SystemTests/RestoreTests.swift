import Contracts
import Foundation
import TestSupport
import Testing

/// The drill: a year of the demonstration that goes back to its backups twice, and ends as if it never had.
@Suite struct RestoreTests {
  private func demo(_ state: String, _ arguments: String...) async throws {
    let outcome = try await Executable.run(
      "programme", ["demo", "--state", state, "--register", BoardProgramTests.sample] + arguments)
    try #require(outcome.status == 0, "\(arguments): \(outcome.errors) \(outcome.output.suffix(600))")
  }

  /// Backs up all four stores while their services run.
  private func backUp(_ state: String, as name: String) async throws {
    let programme = try await RunningProgramme(state: state, arguments: ["--virtual-calendar", "2026-09-01"])
    let made = try await programme.board("backup", "--to", name)
    #expect(made.status == 0, "\(made.errors)")
    #expect(await programme.stop() == 0)
  }

  @Test func aYearThatIsRestoredTwiceEndsAsIfItNeverHadBeen() async throws {
    let folder = try TemporaryFolder()
    try await demo(folder.path + "/quiet", "--report", folder.path + "/quiet.json")

    let state = folder.path + "/demo"
    try await demo(state, "--until", "2026-11-15")
    try await backUp(state, as: "november")
    try await demo(state, "--go-on", "--until", "2027-02-01")

    // All four: what was said after the backup is lost, and said again.
    let restored = try await Executable.run("programme", ["restore", "--state", state])
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(restored.output.components(separatedBy: "Kommandon efter 20").count == 5, "\(restored.output)")
    try await demo(state, "--go-on", "--until", "2027-04-01")

    // One alone: what the others told it since comes again by itself.
    try await backUp(state, as: "april")
    try await demo(state, "--go-on", "--until", "2027-06-15")
    let one = try await Executable.run("notification", ["restore", "april", "--state", state])
    #expect(one.status == 0, "\(one.errors)")
    try await demo(state, "--go-on", "--report", folder.path + "/report.json")

    let report = try String(contentsOfFile: folder.path + "/report.json", encoding: .utf8)
    let quiet = try String(contentsOfFile: folder.path + "/quiet.json", encoding: .utf8)
    #expect(report == quiet)
  }

  @Test func aRestoreIsRefusedWhereItCantBeRight() async throws {
    let programme = try await RunningProgramme()
    let state = programme.folder.path
    let none = try await Executable.run("matching", ["restore", "latest", "--state", state])
    #expect(none.status == 1 && none.errors.contains("board backup"), "\(none.errors)")
    #expect(try await programme.board("backup", "--to", "one").status == 0)
    // Both the programme and each service hold their locks.
    let running = try await Executable.run("programme", ["restore", "--state", state])
    #expect(running.status == 1 && running.errors.contains("körs redan"), "\(running.errors)")
    let alone = try await Executable.run("matching", ["restore", "one", "--state", state])
    #expect(alone.status == 1 && alone.errors.contains("Stop matching first"), "\(alone.errors)")
    await programme.stop()
    let wrong = try await Executable.run("matching", ["restore", "two", "--state", state])
    #expect(wrong.status == 1 && wrong.errors.contains("one"), "\(wrong.errors)")
    let others = state + "/backups/followup/one.sqlite"
    let foreign = try await Executable.run("matching", ["restore", others, "--state", state])
    #expect(foreign.status == 1 && foreign.errors.contains("another service's"), "\(foreign.errors)")
    let right = try await Executable.run(
      "matching", ["restore", "latest", "--state", state], environment: ["HANDSLAG_LANG": "en"])
    #expect(right.status == 0 && right.output.contains("Commands after 20"), "\(right.errors)")
    let again = try await RunningProgramme(folder: programme.folder)
    #expect(try await again.board("status").status == 0)
    await again.stop()
  }
}
