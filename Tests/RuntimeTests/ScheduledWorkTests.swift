import Contracts
import GRDB
import Messaging
import TestSupport
import Testing

@Suite struct ScheduledWorkTests {
  @Test func isDoneOnceOnItsDayWhateverTheCalendarJumps() async throws {
    let harness = try await ServiceHarness(.matching, day: "2026-09-01") { _ in Counting().definition() }
    let match = try await harness.command(submit()).match.rawValue
    try await harness.advance(to: "2026-09-05")
    #expect(try await harness.effects() == [match])
    try await harness.advance(to: "2028-01-01")
    #expect(try await harness.effects() == [match, "due \(match)"])
    let at = try await harness.read { try Int64.fetchOne($0, sql: "SELECT max(at) FROM effect") }
    #expect(at == Day(text: "2026-09-06")!.at(hour: 6).milliseconds)
    let backwards = await #expect(throws: Problem.self) { try await harness.advance(to: "2027-01-01") }
    #expect(backwards?.code == "calendar/backwards")
    await harness.stop()
  }

  @Test func isClaimedInTheTransactionOfItsEffects() async throws {
    let counting = Counting()
    counting.breaking.withLock { _ = $0.insert(Counting.reminder.name) }
    let first = try await ServiceHarness(.matching, day: "2026-09-01") { _ in counting.definition() }
    let match = try await first.command(submit()).match.rawValue
    _ = try await first.command(AdvanceCalendar(to: Day(text: "2026-09-06")!.at(hour: 6)))
    #expect(try await first.ask(GetStatus()).due.rawValue == 1, "what fails stays due")
    #expect(try await first.effects() == [match], "and leaves nothing behind")
    await first.stop()
    counting.breaking.withLock { $0 = [] }
    let second = try await ServiceHarness(.matching, day: "2026-09-01", folder: first.folder) { _ in
      counting.definition()
    }
    _ = try await second.status { $0.due.rawValue == 0 }
    #expect(try await second.effects() == [match, "due \(match)"])
    await second.stop()
  }

  @Test func theCalendarIsKeptAcrossARestart() async throws {
    let first = try await ServiceHarness(.matching, day: "2026-09-01") { _ in Counting().definition() }
    try await first.advance(to: "2026-12-24")
    await first.stop()
    let second = try await ServiceHarness(.matching, day: "2026-09-01", folder: first.folder) { _ in
      Counting().definition()
    }
    #expect(try await second.ask(GetStatus()).calendar == Day(text: "2026-12-24")!.at(hour: 6))
    await second.stop()
  }
}
