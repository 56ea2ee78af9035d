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
