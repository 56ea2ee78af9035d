import Store
import TestSupport
import Testing

@testable import FollowUpService

@Suite struct PersonalTablesTests {
  /// A table that is not named is one that nobody has thought of when somebody is erased.
  @Test func everyTableIsNamed() async throws {
    let harness = try await ServiceHarness(.followup) { try FollowUp.service($0) }
    let tables = try await harness.tables()
    #expect(tables == Set(FollowUp.personalTables.map(\.name)))
  }
}
