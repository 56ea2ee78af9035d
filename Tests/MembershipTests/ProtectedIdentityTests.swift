import Contracts
import Foundation
import MembershipService
import Messaging
import Register
import TestSupport
import Testing

@Suite struct ProtectedIdentityTests {
  /// The same register, as somebody with a role sees it.
  private func asked(_ role: Principal.Role) async throws -> (ServiceHarness, MemberID) {
    let folder = try TemporaryFolder()
    let chair = try await ServiceHarness(.membership, folder: folder) { try Membership.service($0) }
    let hidden = try await chair.command(
      RegisterMember(
        row: .row(1, name: "Åsa Öberg", email: "asa@secret.example", kommun: "Lund")
          .with(.phone, "070-123 45 67").with(.isProtected, "ja").with(.worksIn, "Skåne län")
          .with(.note, "Bor hos Bo").with(.status, "aktiv")))
    _ = try await chair.command(RegisterMember(row: .row(2, name: "Bo Ek", kommun: "Lund").with(.status, "aktiv")))
    await chair.stop()
    let harness = try await ServiceHarness(
      .membership, folder: folder, principal: Principal(id: "someone", role: role)
    ) { try Membership.service($0) }
    return (harness, hidden.member)
  }

  private let traces = ["secret", "1281", "Lund", "070-", "Skåne", "asa@"]

  @Test(arguments: [Principal.Role.coordinator, .viewer])
  func nobodyButTheChairSeesWhereSomebodyIs(role: Principal.Role) async throws {
    let (harness, id) = try await asked(role)
    let page = try await harness.ask(ListMembers(search: SearchText(rawValue: "oberg")!))
    let shown = try await harness.ask(GetMember(member: SearchText(rawValue: id.rawValue)!))
    let text =
      try String(decoding: JSONEncoder().encode(page), as: UTF8.self)
      + String(decoding: JSONEncoder().encode(shown), as: UTF8.self)
    #expect(page.members.elements.map(\.isProtected) == [true])
    #expect(text.contains("Öberg"))
    for trace in traces { #expect(!text.contains(trace), "\(trace) in \(text)") }
    #expect(text.contains("Bor hos Bo") == (role == .coordinator))
    // Nor does a search tell.
    #expect(try await harness.ask(ListMembers(search: SearchText(rawValue: "secret")!)).members.elements.isEmpty)
    let inLund = try await harness.ask(ListMembers(area: Area(rawValue: "1281")!)).members.elements
    #expect(inLund.map(\.name.rawValue) == ["Bo Ek"])
    if role == .coordinator {
      let export = try await harness.ask(ExportMembers())
      #expect(export.rows.elements.map(\.name?.rawValue) == ["Bo Ek"])
      #expect(export.hidden.rawValue == 1)
      var row = ImportRow(line: Number(rawValue: 1)!)
      row[.isProtected] = Cell(rawValue: "nej")
      let problem = await #expect(throws: Problem.self) {
        try await harness.command(ChangeMember(member: id, row: row))
      }
      #expect(problem?.code == "member/protected-by-chair")
      // Nor by a file, which is not told what stands there either.
      let id = ImportID(rawValue: "i-00000001")!
      _ = try await harness.command(
        StageImportRows(
          importId: id, part: Number(rawValue: 1)!,
          rows: Bounded([.row(1, name: "Åsa Öberg", email: "asa@secret.example", kommun: "Malmö")])))
      for mode in [CommitImport.Mode.dryRun, .whole, .good] {
        let reply = try await harness.command(CommitImport(importId: id, parts: Number(rawValue: 1)!, mode: mode))
        #expect(reply.refused.rawValue == 1 && reply.changed.rawValue == 0)
      }
    }
  }

  @Test func theChairSeesAll() async throws {
    let (harness, id) = try await asked(.chair)
    let shown = try await harness.ask(GetMember(member: SearchText(rawValue: id.rawValue)!))
    #expect(shown.member.email.rawValue == "asa@secret.example")
    #expect(shown.row?.phone?.rawValue == "070-123 45 67")
    #expect(try await harness.ask(ListMembers(search: SearchText(rawValue: "secret")!)).members.elements.count == 1)
    #expect(try await harness.ask(ExportMembers()).rows.elements.count == 2)
  }

  @Test(arguments: [
    (Principal.Role.viewer, [EraseMember.type, MoveMember.type, RegisterMember.type, ExportMembers.type]),
    (.coordinator, [EraseMember.type, SetRegisterRules.type, GetPersonalData.type]),
  ])
  func rolesMayNot(role: Principal.Role, types: [String]) {
    for type in types { #expect(Permissions.rule(of: type)?.roles.contains(role) == false, "\(type)") }
  }
}
