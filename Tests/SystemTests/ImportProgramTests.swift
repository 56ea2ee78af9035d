import BoardClient
import Contracts
import Foundation
import GRDB
import Register
import TestSupport
import Testing

/// A long import whose service is killed in the middle.
@Suite struct ImportProgramTests {
  private static let count = 3_000

  private func until<Value>(_ read: () async throws -> Value?) async throws -> Value {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      do {
        if let value = try await read() { return value }
      } catch BoardFailure.outOfReach {} catch BoardFailure.unknown {}
      try #require(ContinuousClock.now < deadline, "it took too long")
    }
  }

  @Test func aKilledImportGoesOnAndChangesNothingTheNextTime() async throws {
    let programme = try await RunningProgramme()
    let folder = try TemporaryFolder()
    let file = folder.path + "/register.csv"
    let lines = (1...Self.count).map {
      "Åsa Öberg \($0);asa\($0)@example.se;Lund;adept;asa\(Self.count + 1 - $0)@example.se"
    }
    try Data(("Namn;E-post;Kommun;Roll;Önskemål\n" + lines.joined(separator: "\n")).utf8)
      .write(to: URL(fileURLWithPath: file))
    let rows = try RegisterFile(try Data(contentsOf: URL(fileURLWithPath: file)))

    let connection = try await Connection.open(
      .init(
        principal: "chair", sockets: programme.folder.path + "/sockets", keys: programme.folder.path + "/keys",
        deadline: .seconds(30)))
    let id = ImportID(unchecked: "i-killed")
    let parts = (Self.count + 99) / 100
    for part in 1...parts {
      let rows = rows.rows[(part - 1) * 100..<min(part * 100, Self.count)]
      _ = try await connection.command(
        StageImportRows(importId: id, part: Number(unchecked: part), rows: Bounded(rows)))
    }
    var reply = try await connection.command(
      CommitImport(importId: id, parts: Number(unchecked: parts), mode: .whole, columns: Bounded(rows.columns)))
    while reply.underWay.map({ !$0.isWriting || $0.parts.rawValue == 0 }) ?? false {
      reply = try await connection.ask(GetImport(importId: id))
    }
    // Some of it is written, and some is not.
    let killed = try #require(reply.underWay)
    #expect(killed.isWriting && killed.parts.rawValue > 0 && killed.parts.rawValue < parts)
    let old = try programme.pid(.membership)
    #expect(kill(old, SIGKILL) == 0)
    _ = try await until { try programme.pid(.membership) == old ? nil : true }
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
