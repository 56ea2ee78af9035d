import Contracts
import Foundation
import GRDB
import Store
import TestSupport
import Testing

/// Stores that were written by the programs of 24 November 2026, up to 10 September of a demonstration's year: the present
/// ones back them up, migrate them, and go on with the year.
@Suite struct UpgradeTests {
  let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    let stores = Executable.project.path + "/Tests/SystemTests/Stores/2026-11-24.tar.gz"
    let unpacked = try await Executable.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["tar", "-xzf", stores, "-C", folder.path])
    try #require(unpacked.status == 0, "\(unpacked.errors)")
  }

  private func number(_ service: ServiceName, _ sql: String) throws -> Int {
    let queue = try DatabaseQueue(path: "\(folder.path)/\(service.rawValue)/\(service.rawValue).sqlite")
    defer { try? queue.close() }
    return try queue.read { try Int.fetchOne($0, sql: sql) ?? 0 }
  }

  private func versions() throws -> [Int] {
    try ServiceName.allCases.map { try number($0, "PRAGMA user_version") }
  }

  @Test func aYearThatAnEarlierVersionBeganIsGoneOnWith() async throws {
    let old = try versions()
    let counts = ["member": ServiceName.membership, "match": .matching, "mentorship": .followup, "mail": .notification]
    func rows() throws -> [String: Int] {
      try counts.reduce(into: [:]) { $0[$1.key] = try number($1.value, "SELECT count(*) FROM \($1.key)") }
    }
    let before = try rows()
    #expect(before.values.allSatisfy { $0 > 0 })

    let programme = try await RunningProgramme(folder: folder, arguments: ["--virtual-calendar", "2026-09-01"])
    // Everything that is due until the spring, check-ins, reminders and their mails, is done by the present version.
    let moved = try await programme.board("calendar", "2027-03-01")
    #expect(moved.status == 0, "\(moved.errors)")
    var statuses: [GetStatus.Reply] = []
    repeat {
      let told = try await programme.board("status", "--json")
      statuses = try JSONDecoder().decode([GetStatus.Reply].self, from: Data(told.output.utf8))
    } while statuses.contains(where: { $0.outboxPending.rawValue + $0.due.rawValue > 0 })
    #expect(statuses.count == 4)
    for status in statuses {
      #expect(
        status.deadLetters.rawValue + status.outboxDead.rawValue + status.failing.rawValue == 0, "\(status.service)")
    }
    #expect(await programme.stop() == 0)

    let after = try rows()
    for kept in ["member", "match", "mentorship"] { #expect(after[kept] == before[kept], "\(kept)") }
    #expect(after["mail"]! > before["mail"]!)
    for (service, versions) in zip(ServiceName.allCases, zip(old, try versions())) {
      #expect(versions.1 > versions.0, "the stores of \(service) are too new to try a migration")
      let backups = Backups(folder: "\(folder.path)/backups/\(service.rawValue)", kept: 14).all
      #expect(backups.count == 1 && backups.first?.name.hasPrefix("before-schema-\(versions.1)-") == true)
      let proof = try Backups.prove(try #require(backups.first).path, service: service.rawValue)
      #expect(proof.version == versions.0 && proof.made != nil)
    }

    // What the migration of one has made can be undone, and comes to the same again.
    let back = try await Executable.run("followup", ["restore", "latest", "--state", folder.path])
    #expect(back.status == 0, "\(back.errors)")
    #expect(try versions()[2] == old[2])
    let again = try await RunningProgramme(folder: folder, arguments: ["--virtual-calendar", "2026-09-01"])
    #expect(try await again.board("mentorship", "list").status == 0)
    #expect(await again.stop() == 0)
    #expect(try number(.followup, "SELECT count(*) FROM mentorship") == before["mentorship"])
  }
}
