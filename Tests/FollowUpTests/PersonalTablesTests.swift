import Store
import TestSupport
import Testing
import Texts

@testable import FollowUpService

@Suite struct PersonalTablesTests {
  /// A table that is not named is one that nobody has thought of when somebody is erased.
  @Test func everyTableIsNamed() async throws {
    let harness = try await ServiceHarness(.followup) { try FollowUp.service($0) }
    let tables = try await harness.tables()
    #expect(tables == Set(FollowUp.personalTables.map(\.name)))
  }

  /// What a person is told of theirs is told in words.
  @Test func everyColumnHasWords() async throws {
    let harness = try await ServiceHarness(.followup) { try FollowUp.service($0) }
    for (table, column) in try await harness.toldColumns(FollowUp.personalTables) {
      #expect(HeldDataTexts.table(table) != nil, "\(table)")
      #expect(!HeldDataTexts.isShown(column) || HeldDataTexts.column(column) != nil, "\(table).\(column)")
    }
  }
}
