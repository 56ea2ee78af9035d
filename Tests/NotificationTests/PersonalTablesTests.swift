import Store
import TestSupport
import Testing

@testable import NotificationService

@Suite struct PersonalTablesTests {
  /// A table that is not named is one that nobody has thought of when somebody is erased.
  @Test func everyTableIsNamed() async throws {
    let harness = try await ServiceHarness(.notification) { try NotificationService.Notification.service($0) }
    let tables = try await harness.tables()
    #expect(tables == Set(NotificationService.Notification.personalTables.map(\.name)))
  }
}
