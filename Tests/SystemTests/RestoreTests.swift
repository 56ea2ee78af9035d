import Contracts
import Foundation
import GRDB
import Messaging
import Store
import TestSupport
import Testing

/// What a restore refuses. That a year goes on after one as if it had never been is in `YearTests`.
@Suite struct RestoreTests {
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
    // Carried away, and back after longer than the others are sure to remember.
    let old = state + "/old.sqlite"
    try FileManager.default.copyItem(atPath: state + "/backups/matching/one.sqlite", toPath: old)
    let queue = try DatabaseQueue(path: old)
    let made = Timestamp.wallClock() + .seconds(-36 * 86_400)
    try await queue.write { try Meta.set($0, Meta.backup, String(made.milliseconds)) }
    try queue.close()
    let tooOld = try await Executable.run("matching", ["restore", old, "--state", state])
    #expect(tooOld.status == 1 && tooOld.errors.contains("--even-if-old"), "\(tooOld.errors)")
    let insisted = try await Executable.run("matching", ["restore", old, "--even-if-old", "--state", state])
    #expect(insisted.status == 0 && insisted.output.contains(Day.clock(at: made)), "\(insisted)")
    let right = try await Executable.run(
      "matching", ["restore", "latest", "--state", state], environment: ["HANDSLAG_LANG": "en"])
    #expect(right.status == 0 && right.output.contains("Commands after 20"), "\(right.errors)")
    let again = try await RunningProgramme(folder: programme.folder)
    #expect(try await again.board("status").status == 0)
    await again.stop()
  }

  @Test func allFourAreProvedBeforeAnyIsTouched() async throws {
    let programme = try await RunningProgramme()
    let state = programme.folder.path
    #expect(try await programme.board("backup", "--to", "one").status == 0)
    await programme.stop()
    func isPutBack() throws -> Bool {
      let queue = try DatabaseQueue(path: state + "/membership/membership.sqlite")
      defer { try? queue.close() }
      return try queue.read { try Meta.value($0, "put-back") } != nil
    }
    let last = state + "/backups/notification/one.sqlite"
    let whole = try Data(contentsOf: URL(fileURLWithPath: last))
    for wrong in [Data("no store".utf8), whole.prefix(8192)] {
      try wrong.write(to: URL(fileURLWithPath: last))
      let refused = try await Executable.run("programme", ["restore", "one", "--state", state, "--lang", "en"])
      #expect(refused.status == 1, "\(refused.output)")
      #expect(refused.errors.contains("notification") && refused.errors.contains("Nothing was restored"), "\(refused)")
      #expect(try !isPutBack())
    }
    try whole.write(to: URL(fileURLWithPath: last))
    #expect(try await Executable.run("programme", ["restore", "one", "--state", state]).status == 0)
    #expect(try isPutBack())
  }

  @Test func storesThatWerePutBackByHandBeginANewEpochTogether() async throws {
    let programme = try await RunningProgramme()
    await programme.stop()
    func epochs() throws -> [String?] {
      try ServiceName.allCases.map { service in
        let path = "\(programme.folder.path)/\(service.rawValue)/\(service.rawValue).sqlite"
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Meta.value($0, "epoch") }
      }
    }
    let before = try epochs()
    let plain = try await RunningProgramme(folder: programme.folder)
    await plain.stop()
    #expect(try epochs() == before)
    let restored = try await RunningProgramme(folder: programme.folder, arguments: ["--restored"])
    #expect(try await restored.board("status").status == 4, "there is no backup yet")
    await restored.stop()
    #expect(Set(try epochs() + before).count == 8)
  }
}
