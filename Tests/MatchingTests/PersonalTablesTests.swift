import Store
import TestSupport
import Testing

@testable import MatchingService

@Suite struct PersonalTablesTests {
  /// A table that is not named is one that nobody has thought of when somebody is erased.
  @Test func everyTableIsNamed() async throws {
    let harness = try await ServiceHarness(.matching) { try Matching.service($0) }
    let tables = try await harness.tables()
    #expect(tables == Set(Matching.personalTables.map(\.name)))
  }
}
