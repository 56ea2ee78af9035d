import Contracts
import Foundation
import TestSupport
import Testing

/// A client in another language that knows the published contracts and a key, and nothing else.
@Suite struct PeerTests {
  static let python = Executable.project.appendingPathComponent(".venv/bin/python")
  static let script = Executable.project.appendingPathComponent("Tests/SystemTests/peer.py").path

  @Test func aPythonClientSubmitsAMatchFromTheContractsAlone() async throws {
    let programme = try await RunningProgramme()
    let imported = try await programme.board("member", "import", BoardProgramTests.sample)
    try #require(imported.status == 0, "\(imported.errors)")
    let contracts = programme.folder.path + "/contracts"
    #expect(try await Executable.run("board", ["contracts", "--out", contracts]).status == 0)
    let outcome = try await Executable.run(
      Self.python, [Self.script, "submit", contracts, programme.folder.path])
    #expect(outcome.status == 0, "\(outcome.output)\n\(outcome.errors)")
    let matches = try await programme.board("match", "list", "--json")
    let items = try JSONDecoder().decode([ListMatches.Item].self, from: Data(matches.output.utf8))
    #expect(items.count == 1)
    #expect(outcome.output.contains(items[0].match.rawValue))
    await programme.stop()
  }

  /// Python's jsonschema takes every golden message and refuses each one with a broken field, as the socket does.
  @Test func publicValidatorsAgreeWithTheSocket() async throws {
    let folder = try TemporaryFolder()
    let contracts = folder.path + "/contracts"
    #expect(try await Executable.run("board", ["contracts", "--out", contracts]).status == 0)
    let golden = Executable.project.appendingPathComponent("Tests/ContractsTests/Golden").path
    let outcome = try await Executable.run(Self.python, [Self.script, "validate", contracts, golden])
    #expect(outcome.status == 0, "\(outcome.output)\n\(outcome.errors)")
  }
}
