import Contracts
import Foundation
import GRDB
import Messaging
import Store
import TestSupport
import Testing

@testable import ServiceRuntime

@Suite struct MetricsTests {
  private func lines(_ harness: ServiceHarness) async throws -> [Substring] {
    try await harness.ask(GetMetrics()).text.rawValue.split(separator: "\n")
  }

  @Test func countWhatWasAskedDeliveredAndDone() async throws {
    let service = Counting()
    let harness = try await ServiceHarness(.matching) { _ in service.definition() }
    _ = try await harness.command(submit())
    _ = try? await harness.command(submit("refuse"))
    _ = try? await harness.command(submit("break"))
    _ = try await harness.status { $0.deliveriesEffected.rawValue == 1 }
    try await harness.deliver(registered("m-one"), from: .membership)
    service.outcomes.withLock { $0["m-two"] = .reject(reason: "no") }
    try await harness.deliver(registered("m-two"), from: .membership, key: "other")
    await harness.refuseDeliveries(at: .followup, true)
    _ = try await harness.command(submit("to be refused"))
    _ = try await harness.status { $0.outboxDead.rawValue == 1 }
    try await harness.advance(to: "2026-09-30")
    let lines = try await lines(harness)
    let type = #"type="matching.submit-match.v1""#
    for line in [
      #"handslag_requests_total{service="matching",\#(type),outcome="done"} 2"#,
      #"handslag_requests_total{service="matching",\#(type),outcome="refused"} 1"#,
      #"handslag_requests_total{service="matching",\#(type),outcome="failed"} 1"#,
      #"handslag_request_seconds_count{service="matching",\#(type)} 4"#,
      #"handslag_request_seconds_bucket{service="matching",\#(type),le="+Inf"} 4"#,
      #"handslag_deliveries_received_total{service="matching",verdict="done"} 1"#,
      #"handslag_deliveries_received_total{service="matching",verdict="dead"} 1"#,
      #"handslag_dead_letters{service="matching"} 1"#,
      #"handslag_deliveries_settled_total{service="matching",to="followup",state="effected"} 1"#,
      #"handslag_outbox_rows{service="matching",to="followup",state="dead"} 1"#,
      #"handslag_outbox_oldest_seconds{service="matching",to="followup"} 0"#,
      #"handslag_delivery_seconds_count{service="matching",to="followup"} 1"#,
      #"handslag_receiver_reachable{service="matching",to="followup"} 1"#,
      #"handslag_work_total{service="matching",kind="reminder",outcome="done"} 2"#,
      #"handslag_disk_full{service="matching"} 0"#,
    ] { #expect(lines.contains(line[...]), "\(line) in\n\(lines.joined(separator: "\n"))") }
    await harness.stop()
  }

  /// A bucket counts what is at or below its bound, so they rise, and the last is the count.
  @Test func bucketsRise() {
    var histogram = Histogram(bounds: [1, 2])
    for value in [0.5, 1, 1.5, 9] { histogram.add(value) }
    var text = Exposition(service: "s")
    text.addHistograms(.latency, [([MetricLabel("to", "a\"\\\n")], histogram)])
    let labels = #"service="s",to="a\"\\\n""#
    #expect(
      text.text.split(separator: "\n").dropFirst(2) == [
        "handslag_delivery_seconds_bucket{\(labels),le=\"1.0\"} 2",
        "handslag_delivery_seconds_bucket{\(labels),le=\"2.0\"} 3",
        "handslag_delivery_seconds_bucket{\(labels),le=\"+Inf\"} 4",
        "handslag_delivery_seconds_sum{\(labels)} 12", "handslag_delivery_seconds_count{\(labels)} 4",
      ])
  }

  @Test func whatAStrangerCallsThingsIsNoLabel() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    let envelope =
      #"{"specversion":"1.0","id":"odd","source":"stranger","time":"2026-11-24T08:00:00Z","type":"anna@example.se","#
      + #""traceparent":"00-anna-at-example","data":{}}"#
    _ = try await harness.answer(to: Data(envelope.utf8))
    let text = try await harness.ask(GetMetrics()).text.rawValue
    #expect(!text.contains("anna") && text.contains(#"type="unknown",outcome="refused"} 1"#))
    await harness.stop()
  }
}

/// What is kept for a restore: as long as the oldest backup of the service that might be restored.
@Suite struct RetentionTests {
  @Test func settledRowsStayAsLongAsTheirReceiversOldestBackup() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    func forget(oldestBackupDaysAgo days: Int64?) async throws {
      let backup = days.map { Timestamp.wallClock().milliseconds - $0 * 86_400_000 }
      try await harness.worker.forget(asIf: .followup, keepsABackupOf: backup)
    }
    func rows() async throws -> Int {
      try await harness.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM outbox") ?? 0 }
    }
    _ = try await harness.command(submit())
    _ = try await harness.status { $0.deliveriesEffected.rawValue == 1 }
    try await harness.worker.store.database.write {
      try $0.execute(
        sql: "UPDATE outbox SET added_at = ?1, settled_at = ?1",
        arguments: [Timestamp.wallClock().milliseconds - 40 * 86_400_000])
    }
    try await forget(oldestBackupDaysAgo: 50)
    #expect(try await rows() == 1)
    try await forget(oldestBackupDaysAgo: 40)
    #expect(try await rows() == 1, "clocks may differ by a day")
    try await forget(oldestBackupDaysAgo: 10)
    #expect(try await rows() == 0)
    await harness.stop()
  }

  @Test func whatWasReceivedStaysAsLongAsItsSendersOldestBackup() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    try await harness.deliver(registered("m-one"), from: .membership)
    let now = Timestamp.wallClock().milliseconds
    try await harness.worker.store.database.write { db in
      try db.execute(sql: "UPDATE inbox SET received_at = ?", arguments: [now - 80 * 86_400_000])
      _ = try Inbox().settledBelow(db, source: "membership", 9)
    }
    func rows() async throws -> Int {
      try await harness.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM inbox") ?? 0 }
    }
    try await harness.worker.forget(asIf: .notification, keepsABackupOf: nil)
    #expect(try await rows() == 1, "nothing was heard from membership")
    try await harness.worker.forget(asIf: .membership, keepsABackupOf: now - 100 * 86_400_000)
    #expect(try await rows() == 1)
    try await harness.worker.forget(asIf: .membership, keepsABackupOf: nil)
    #expect(try await rows() == 0)
    await harness.stop()
  }
}

extension Worker {
  /// Forgets at once what may be forgotten, having heard this of one other service.
  fileprivate func forget(asIf service: ServiceName, keepsABackupOf moment: Int64?) throws {
    oldestBackupOfPeers = [service.rawValue: moment.map(Timestamp.init(milliseconds:))]
    forgotAt = nil
    try store.database.write { try forget($0) }
  }
}
