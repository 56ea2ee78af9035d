import Contracts
import Foundation
import MembershipService
import Messaging
import Register
import TestSupport
import Testing

/// What members say in confidence, and a board member who takes part themselves.
@Suite struct ConfidenceTests {
  @Test func whoeverTakesPartSeesNobodyElsesConfidences() async throws {
    let folder = try TemporaryFolder()
    let chair = try await ServiceHarness(.membership, folder: folder) { try Membership.service($0) }
    func add(_ row: ImportRow) async throws -> MemberID {
      try await chair.command(RegisterMember(row: row.with(.status, "aktiv"))).member
    }
    let own = try await add(.row(1, name: "Karin Berg", email: "karin@example.se").with(.tenders, "SN 2026/7"))
    let other = try await add(
      .row(2, name: "Bo Ek", email: "bo@example.se").with(.tenders, "SN 2026/114").with(
        .competitors, "karin@example.se"
      )
      .with(.vetoes, "karin@example.se").with(.wishes, "karin@example.se").with(.note, "Ring kvällstid"))
    await chair.stop()
    for member in [nil, own] {
      let harness = try await ServiceHarness(
        .membership, folder: folder, principal: Principal(id: "per", role: .chair, memberID: member?.rawValue)
      ) { try Membership.service($0) }
      let row = try #require(try await harness.ask(GetMember(member: SearchText(unchecked: other.rawValue))).row)
      let exported = try await harness.ask(ExportMembers()).rows.elements
      for column in RegisterColumn.confidences {
        #expect((row[column] == nil) == (member != nil), "\(column)")
        #expect(exported.allSatisfy { $0[column] == nil } == (member != nil), "\(column)")
      }
      #expect(row.note != nil)
      let karin = try await harness.ask(GetMember(member: SearchText(unchecked: own.rawValue))).row
      #expect(karin?.tenders?.rawValue == "SN 2026/7")
      // What was not shown is not in the file either, so that an import of it leaves it alone.
      let columns = try RegisterFile(RegisterFile.written(exported, .sv)).columns
      #expect(columns.contains(.tenders) == (member == nil))
      await harness.stop()
    }
  }

  /// What a dry run comes to would tell it too: also by saying that nothing changes.
  @Test func whoeverTakesPartImportsNobodyElsesConfidences() async throws {
    let folder = try TemporaryFolder()
    let chair = try await ServiceHarness(.membership, folder: folder) { try Membership.service($0) }
    func held(_ row: ImportRow) -> ImportRow { row.with(.status, "aktiv").with(.competitors, "cia@example.se") }
    let own = try await chair.command(
      RegisterMember(row: held(.row(1, name: "Karin Berg", email: "karin@example.se")))
    ).member
    _ = try await chair.command(RegisterMember(row: held(.row(2, name: "Bo Ek", email: "bo@example.se"))))
    await chair.stop()
    let karin = try await ServiceHarness(
      .membership, folder: folder, principal: Principal(id: "karin", role: .chair, memberID: own.rawValue)
    ) { try Membership.service($0) }
    // Long enough to be gone through in parts, which know whom they go on for.
    let others = (3...503).map { ImportRow.row($0, email: "member\($0)@example.se") }
    func dryRun(_ number: Int, _ bo: ImportRow, _ columns: [RegisterColumn]) async throws -> CommitImport.Reply {
      let id = ImportID(unchecked: "i-0000000\(number)")
      let rows = [held(.row(1, name: "Karin Berg", email: "karin@example.se")), bo] + others
      for part in 0..<6 {
        _ = try await karin.command(
          StageImportRows(
            importId: id, part: Number(unchecked: part + 1), rows: Bounded(rows.dropFirst(part * 100).prefix(100))))
      }
      var reply = try await karin.command(
        CommitImport(importId: id, parts: Number(unchecked: 6), mode: .dryRun, columns: Bounded(columns)))
      while reply.underWay != nil { reply = try await karin.ask(GetImport(importId: id)) }
      return reply
    }
    for (number, guess) in ["cia@example.se", "dan@example.se"].enumerated() {
      let row = ImportRow.row(2, name: "Bo Ek", email: "bo@example.se").with(.competitors, guess)
      let reply = try await dryRun(number, row, RegisterColumn.required + [.competitors])
      #expect([reply.registered, reply.changed, reply.unchanged, reply.refused].map(\.rawValue) == [501, 0, 1, 1])
      let faults = try await karin.ask(
        GetImportReport(importId: ImportID(unchecked: "i-0000000\(number)"), after: Count(0))
      ).faults.elements
      #expect(faults.map { "\($0.line.rawValue) \($0.code.rawValue)" } == ["2 member/confidence-of-another"])
      let account = try await karin.ask(
        GetImportAccount(importId: ImportID(unchecked: "i-0000000\(number)"), after: Count(0)))
      #expect(account.items.elements.allSatisfy { $0.member == nil })
    }
    let moved = ImportRow.row(2, name: "Bo Ek", email: "bo@example.se", kommun: "Lund")
    #expect(try await dryRun(3, moved, RegisterColumn.required).changed.rawValue == 1)
    await karin.stop()
    // What became of it is for whoever asked.
    let other = try await ServiceHarness(
      .membership, folder: folder, principal: Principal(id: "per", role: .chair, memberID: own.rawValue)
    ) { try Membership.service($0) }
    let id = ImportID(unchecked: "i-00000003")
    #expect(try await refusal { _ = try await other.ask(GetImport(importId: id)) } == "import/unknown")
    #expect(
      try await refusal { _ = try await other.ask(GetImportAccount(importId: id, after: Count(0))) } == "import/unknown"
    )
    await other.stop()
  }

  private func refusal(_ work: () async throws -> Void) async throws -> String? {
    do {
      try await work()
      return nil
    } catch let problem as Problem { return problem.code }
  }

  /// What the other of one's pair has told in confidence stands in all that is held of them.
  @Test func whoeverTakesPartDrawsTheirOwnDataAlone() async throws {
    let folder = try TemporaryFolder()
    let chair = try await ServiceHarness(.membership, folder: folder) { try Membership.service($0) }
    var members: [MemberID] = []
    for (number, name) in ["Karin Berg", "Bo Ek"].enumerated() {
      let row = ImportRow.row(number + 1, name: name, email: "karin\(number)@example.se").with(.status, "aktiv")
      members.append(try await chair.command(RegisterMember(row: row.with(.tenders, "SN 2026/114"))).member)
    }
    await chair.stop()
    let harness = try await ServiceHarness(
      .membership, folder: folder, principal: Principal(id: "karin", role: .chair, memberID: members[0].rawValue)
    ) { try Membership.service($0) }
    #expect(!(try await harness.ask(GetPersonalData(member: members[0])).entries.elements.isEmpty))
    let problem = await #expect(throws: Problem.self) {
      try await harness.ask(GetPersonalData(member: members[1]))
    }
    #expect(problem?.code == "request/another-must-read")
    await harness.stop()
  }
}
