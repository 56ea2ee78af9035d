import Contracts
import GRDB
import Messaging
import Store
import Synchronization
import TestSupport
import Testing

@testable import ServiceRuntime

/// When the end of a delivery is written that its receiver has effected: on a clock that stands still, so that nothing
/// but what the test does leads to it.
@Suite final class EffectedTests: Sendable {
  private let time = Mutex(Duration.zero)
  private let timers = Mutex<[(wait: Duration, end: AsyncStream<Void>.Continuation)]>([])

  @Test func waitsForWhatIsWrittenNext() async throws {
    let harness = try await start()
    _ = try await harness.command(submit())
    try await effected(1, harness)
    #expect(try await states(harness) == [.pending])
    _ = try await harness.command(submit())
    #expect(try await states(harness)[0] == .effected)
    try await effected(2, harness)
    #expect(try await states(harness) == [.effected, .pending])
    await harness.stop()
  }

  @Test(.timeLimit(.minutes(1))) func isWrittenSoonWhereNothingFollows() async throws {
    let harness = try await start()
    _ = try await harness.command(submit())
    try await effected(1, harness)
    #expect(try await states(harness) == [.pending])
    time.withLock { $0 += Effected.patience }
    while timers.withLock({ $0.filter { $0.wait <= Effected.patience }.map { $0.end.finish() }.isEmpty }) {
      try await turn()
    }
    while try await states(harness) != [.effected] { try await turn() }
    await harness.stop()
  }

  @Test func isWrittenBeforeItsStateIsTold() async throws {
    let harness = try await start()
    _ = try await harness.command(submit())
    try await effected(1, harness)
    let status = try await harness.ask(GetStatus())
    #expect((status.outboxPending.rawValue, status.deliveriesEffected.rawValue) == (0, 1))
    await harness.stop()
  }

  /// A refusal undoes what the command did, and nothing else of the transaction.
  @Test func isNotUndoneWithACommand() async throws {
    let harness = try await start()
    _ = try await harness.command(submit())
    try await effected(1, harness)
    let now = await harness.worker.calendar
    let problem = await #expect(throws: Problem.self) { try await harness.command(AdvanceCalendar(to: now)) }
    #expect(problem?.code == "calendar/real")
    #expect(try await states(harness) == [.effected])
    await harness.stop()
  }

  /// What is read of a key in order to be sent has not been sent and effected before.
  @Test func nothingIsSentAgain() async throws {
    let harness = try await start()
    for _ in 1...20 { _ = try await harness.command(submit("one key")) }
    try await effected(20, harness)
    #expect(await harness.worker.counts.to[.followup]?.sent == 20)
    await harness.stop()
  }

  @Test func isWrittenBeforeTheProcessEnds() async throws {
    let harness = try await start()
    _ = try await harness.command(submit())
    try await effected(1, harness)
    await harness.stop()
    let store = try Store(
      at: harness.folder.path + "/matching/matching.sqlite", service: "matching",
      migrations: Counting().definition().migrations)
    #expect(try await store.database.read { try Outbox().counts($0) } == [.effected: 1])
    try store.close()
  }

  private func start() async throws -> ServiceHarness {
    let clock = ServiceClock(
      monotonic: { self.time.withLock { $0 } }, wall: { Timestamp(milliseconds: 1_789_984_800_000) },
      sleep: { wait in
        let (stream, timer) = AsyncStream<Void>.makeStream()
        self.timers.withLock { $0.append((wait, timer)) }
        for await _ in stream {}
        try Task.checkCancellation()
      })
    let harness = try await ServiceHarness(.matching, clock: clock) { _ in Counting().definition() }
    // Getting to know the receivers is written too.
    while await !harness.worker.senders.values.allSatisfy(\.isReady) { await Task.yield() }
    return harness
  }

  /// Lets others go on, within the test's time.
  private func turn() async throws {
    try Task.checkCancellation()
    await Task.yield()
  }

  /// Waits until the receiver's answers have been heard.
  private func effected(_ count: Int, _ harness: ServiceHarness) async throws {
    while await harness.worker.counts.to[.followup]?.settled[.effected] ?? 0 < count { await Task.yield() }
  }

  private func states(_ harness: ServiceHarness) async throws -> [Outbox.State] {
    try await harness.read { db in
      try Int.fetchAll(db, sql: "SELECT state FROM outbox ORDER BY sequence").map { Outbox.State(rawValue: $0)! }
    }
  }
}
