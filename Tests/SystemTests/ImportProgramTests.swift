import BoardClient
import Contracts
import Foundation
import GRDB
import Register
import TestSupport
import Testing

/// A long import on the real programs: others are answered meanwhile, and a process that is killed in the middle of it
/// leaves nothing or comes to all.
@Suite struct ImportProgramTests {
  private static let count = 1_500
  private static let parts = 15

  private func until<Value>(_ read: () async throws -> Value?) async throws -> Value {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      do {
        if let value = try await read() { return value }
      } catch BoardFailure.outOfReach {} catch BoardFailure.unknown {}
      try #require(ContinuousClock.now < deadline, "it took too long")
    }
  }

  private func kill(_ service: ServiceName, _ programme: RunningProgramme) async throws {
    let old = try programme.pid(service)
    #expect(Foundation.kill(old, SIGKILL) == 0)
    _ = try await until { try programme.pid(service) == old ? nil : true }
  }

  @Test func aKilledImportLeavesNothingOrComesToAllAndChangesNothingTheNextTime() async throws {
    let programme = try await RunningProgramme()
    let folder = try TemporaryFolder()
    let file = folder.path + "/register.csv"
    // Each names the one as far from the end: those of one part are known when the others come.
    let lines = (1...Self.count).map {
      "Åsa Öberg \($0);asa\($0)@example.se;Lund;adept;asa\(Self.count + 1 - $0)@example.se"
    }
    try Data(("Namn;E-post;Kommun;Roll;Önskemål\n" + lines.joined(separator: "\n")).utf8)
      .write(to: URL(fileURLWithPath: file))
    let register = try RegisterFile(try Data(contentsOf: URL(fileURLWithPath: file)))
    let connection = try await Connection.open(
      .init(
        principal: "chair", sockets: programme.folder.path + "/sockets", keys: programme.folder.path + "/keys",
        deadline: .seconds(30)))
    func stage(_ parts: ClosedRange<Int>, as id: ImportID) async throws {
      for part in parts {
        let rows = register.rows[(part - 1) * 100..<part * 100]
        _ = try await connection.command(
          StageImportRows(importId: id, part: Number(unchecked: part), rows: Bounded(rows)))
      }
    }

    // In the middle of the upload nothing is in the register, before and after.
    try await stage(1...7, as: ImportID(unchecked: "i-uploaded"))
    try await kill(.membership, programme)
    #expect(try await until { try await connection.ask(ListMembers()) }.members.elements.isEmpty)

    // In the middle of the writing some is, so that all will be. Whoever asks meanwhile is answered.
    let id = ImportID(unchecked: "i-killed")
    try await stage(1...Self.parts, as: id)
    var reply = try await connection.command(
      CommitImport(
        importId: id, parts: Number(unchecked: Self.parts), mode: .whole, columns: Bounded(register.columns)))
    while let step = reply.underWay, !step.isWriting || step.parts.rawValue == 0 {
      reply = try await connection.ask(GetImport(importId: id))
    }
    let step = try #require(reply.underWay, "nobody was answered before all was over")
    #expect(step.isWriting && (1..<Self.parts).contains(step.parts.rawValue))
    try await kill(.membership, programme)
    let done = try await until {
      let reply = try await connection.ask(GetImport(importId: id))
      return reply.underWay == nil ? reply : nil
    }
    #expect(done.written && done.registered.rawValue == Self.count && done.refused.rawValue == 0)
    await connection.close()

    let again = try await programme.board("member", "import", file)
    #expect(
      again.output.contains("0 nya, 0 ändrade, \(Self.count) oförändrade, 0 fel"), "\(again.output)\(again.errors)")
    #expect(await programme.stop() == 0)
    #expect(
      try counts(programme.folder.path + "/membership/membership.sqlite") == Array(repeating: Self.count, count: 4))
  }

  /// How many members there are, addresses, people named by id, and how many matching was told of.
  private func counts(_ path: String) throws -> [Int] {
    let store = try DatabaseQueue(path: path)
    defer { try? store.close() }
    return try store.read { db throws -> [Int] in
      try [
        "SELECT count(*) FROM member", "SELECT count(DISTINCT email_key) FROM member",
        "SELECT count(*) FROM naming WHERE reference NOT LIKE '%@%'",
        "SELECT count(*) FROM outbox WHERE type = '\(MemberRegistered.type)'",
      ].map { try Int.fetchOne(db, sql: $0) ?? 0 }
    }
  }
}
