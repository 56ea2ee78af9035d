import Contracts
import Store
import TestSupport
import Testing
import Texts

@testable import MatchingService

@Suite struct PersonalTablesTests {
  /// A table that is not named is one that nobody has thought of when somebody is erased.
  @Test func everyTableIsNamed() async throws {
    let harness = try await ServiceHarness(.matching) { try Matching.service($0) }
    let tables = try await harness.tables()
    #expect(tables == Set(Matching.personalTables.map(\.name)))
  }

  @Test func whoeverReadsOfPeopleIsNoted() async throws {
    let harness = try await ServiceHarness(.matching) { try Matching.service($0) }
    _ = try await harness.ask(ListMatches())
    _ = try await harness.ask(ListMentorPlaces())
    let (mentor, adept) = (MemberID(rawValue: "m-00000001")!, MemberID(rawValue: "m-00000002")!)
    for (member, role) in [(mentor, MemberRole.mentor), (adept, .adept)] {
      let profile = Profile(
        member: member, kommun: KommunCode(rawValue: "1281")!, organisationNumber: nil, role: role, capacity: nil,
        years: Years(rawValue: 3)!, topics: Bounded([]), status: .active)
      try await harness.deliver(MemberRegistered(profile: profile), from: .membership)
    }
    _ = try await harness.ask(ExplainPair(mentor: mentor, adept: adept))
    let trail = try await harness.ask(ListAudit()).entries.elements.map {
      "\($0.message.rawValue) \($0.subject?.rawValue ?? "–") \($0.outcome.rawValue)"
    }
    #expect(
      trail == [
        "\(ListMatches.type) – read", "\(ListMentorPlaces.type) – read", "\(ExplainPair.type) m-00000001 read",
        "\(ExplainPair.type) m-00000002 read",
      ])
  }

  /// What a person is told of theirs is told in words.
  @Test func everyColumnHasWords() async throws {
    let harness = try await ServiceHarness(.matching) { try Matching.service($0) }
    for (table, column) in try await harness.toldColumns(Matching.personalTables) {
      #expect(HeldDataTexts.table(table) != nil, "\(table)")
      #expect(!HeldDataTexts.isShown(column) || HeldDataTexts.column(column) != nil, "\(table).\(column)")
    }
  }
}
