import Contracts
import MembershipService
import Messaging
import TestSupport
import Testing
import Texts

@Suite struct MemberListTests {
  private let harness: ServiceHarness

  init() async throws {
    harness = try await ServiceHarness(.membership) { try Membership.service($0) }
  }

  private func read(_ rows: [ImportRow], as id: String = "i-00000001") async throws {
    let id = ImportID(rawValue: id)!
    var part = 0
    for start in stride(from: 0, to: rows.count, by: 100) {
      part += 1
      _ = try await harness.command(
        StageImportRows(
          importId: id, part: Number(rawValue: part)!, rows: Bounded(rows[start..<min(start + 100, rows.count)])))
    }
    let reply = try await harness.command(
      CommitImport(importId: id, parts: Number(rawValue: part)!, mode: .whole))
    #expect(reply.written)
  }

  private func names(search: String? = nil, role: MemberRole? = nil) async throws -> [String] {
    try await harness.ask(ListMembers(search: search.flatMap(SearchText.init(rawValue:)), role: role))
      .members.elements.map(\.name.rawValue)
  }

  private static let few: [ImportRow] = [
    .row(2, name: "Åsa Öberg", email: "asa.oberg@example.se"),
    .row(3, name: "Renée Ek", email: "renee@verksamhet.example", role: "adept"),
    .row(4, name: "Bo O\u{308}man", email: "bo@example.se", role: "båda"),
    .row(5, name: "100 % Per", email: "per_100@example.se"),
    .row(6, name: "Łukasz Sjö–Ek", email: "l@example.se"),
  ]

  @Test(arguments: [
    ("asa", ["Åsa Öberg"]), ("ÅSA", ["Åsa Öberg"]), ("A\u{30A}sa", ["Åsa Öberg"]),
    ("ö", ["Åsa Öberg", "Bo Öman", "Łukasz Sjö–Ek"]), ("renee", ["Renée Ek"]), ("VERKSAMHET", ["Renée Ek"]),
    ("oman", ["Bo Öman"]), (" oberg ", ["Åsa Öberg"]), ("%", ["100 % Per"]), ("_", ["100 % Per"]),
    ("lukasz", ["Łukasz Sjö–Ek"]), ("sjo-ek", ["Łukasz Sjö–Ek"]), ("Sjö—Ek", ["Łukasz Sjö–Ek"]),
    ("nobody", []),
  ])
  func searches(text: String, found: [String]) async throws {
    try await read(Self.few)
    #expect(try await names(search: text) == found)
  }

  @Test func listsByNameAndRole() async throws {
    try await read(Self.few)
    #expect(try await names() == ["100 % Per", "Åsa Öberg", "Bo Öman", "Łukasz Sjö–Ek", "Renée Ek"])
    #expect(try await names(role: .adept) == ["Bo Öman", "Renée Ek"])
    #expect(try await names(role: .mentor) == ["100 % Per", "Åsa Öberg", "Bo Öman", "Łukasz Sjö–Ek"])
    #expect(try await names(role: .both) == ["Bo Öman"])
    #expect(try await names(search: "renee", role: .mentor) == [])
  }

  @Test func pagesThroughNamesakesWithoutGapOrRepeat() async throws {
    try await read((2...252).map { .row($0, name: $0.isMultiple(of: 2) ? "Åsa Öberg" : "Asa Oberg") })
    var seen: [MemberID] = []
    var after: PageToken?
    var pages = 0
    repeat {
      let page = try await harness.ask(ListMembers(search: SearchText(rawValue: "oberg")!, after: after))
      seen += page.members.elements.map(\.id)
      after = page.next
      pages += 1
      // Somebody whose name comes first is registered meanwhile, and moves nobody.
      try await read([.row(2, name: "Aa Oberg", email: "new\(pages)@example.se")], as: "i-1000000\(pages)")
    } while after != nil
    #expect(pages == 3)
    #expect(seen.count == 251)
    #expect(Set(seen).count == 251)
  }

  @Test func aFullPageIsTheLastWhereNothingFollows() async throws {
    try await read((2...101).map { .row($0) })
    let page = try await harness.ask(ListMembers())
    #expect(page.members.elements.count == 100)
    #expect(page.next == nil)
  }

  @Test func showsOneByIdOrAddress() async throws {
    try await read(Self.few)
    let asa = try await harness.ask(GetMember(member: SearchText(rawValue: " Asa.Oberg@EXAMPLE.se ")!)).member
    #expect(asa.name.rawValue == "Åsa Öberg")
    #expect(try await harness.ask(GetMember(member: SearchText(rawValue: asa.id.rawValue)!)).member == asa)
  }

  @Test func saysThatMailsDoNotArriveAndSinceWhen() async throws {
    try await read(Self.few)
    let asa = try await harness.ask(GetMember(member: SearchText(rawValue: "asa.oberg@example.se")!)).member.id
    let shown = SearchText(rawValue: asa.rawValue)!
    #expect(try await harness.ask(GetMember(member: shown)).addressFails == nil)
    for day in [Day(2026, 9, 2)!, Day(2026, 9, 5)!] {
      let failed = AddressFailed(member: asa, code: Code(rawValue: "mail/address-refused")!, day: day)
      try await harness.deliver(failed, from: .notification)
    }
    let fault = try await harness.ask(GetMember(member: shown)).addressFails
    #expect(fault?.since == Day(2026, 9, 2) && fault?.code.rawValue == "mail/address-refused")
    #expect(MemberTexts.addressFails(try #require(fault)).sv.contains("sedan 2026-09-02. Mejlservern tar inte emot"))
    var row = ImportRow(line: Number(rawValue: 1)!)
    row[.email] = Cell(rawValue: "asa@example.se")
    _ = try await harness.command(ChangeMember(member: asa, row: row))
    #expect(try await harness.ask(GetMember(member: shown)).addressFails == nil)
    // What comes late of the former address says nothing about this one.
    for (address, isOfThis) in [("asa.oberg@example.se", false), ("asa@example.se", true)] {
      let failed = AddressFailed(
        member: asa, code: Code(rawValue: "mail/address-refused")!, day: Day(2026, 9, 7)!,
        address: EmailAddress(rawValue: address))
      try await harness.deliver(failed, from: .notification)
      #expect((try await harness.ask(GetMember(member: shown)).addressFails == nil) != isOfThis, "\(address)")
    }
  }

  @Test func refusesWhoAndWhereItDoesNotKnow() async throws {
    let unknown = await #expect(throws: Problem.self) {
      try await harness.ask(GetMember(member: SearchText(rawValue: "bo@example.se")!))
    }
    #expect(unknown?.code == "member/unknown")
    #expect(unknown?.detail.contains("bo@example.se") == true)
    let page = await #expect(throws: Problem.self) {
      try await harness.ask(ListMembers(after: PageToken(rawValue: "nowhere")!))
    }
    #expect(page?.code == "member/wrong-page")
  }
}
