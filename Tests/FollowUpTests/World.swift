import Contracts
import Foundation
import GRDB
import Messaging
import NotificationService
import ServiceRuntime
import Store
import Synchronization
import TestSupport

@testable import FollowUpService

/// Followup and the notifier as two services, with a calendar that the test sets, ahead and back.
final class World {
  /// What the machines' calendars show.
  final class Calendar: Sendable {
    private let shown: Mutex<Timestamp>
    init(_ day: String) { shown = Mutex(Day(text: day)!.at(hour: 8)) }
    var now: Timestamp { shown.withLock { $0 } }
    var today: Day { Day(of: now) }
    func move(by duration: Duration) { shown.withLock { $0 = $0 + duration } }

    var clock: ServiceClock {
      ServiceClock(
        monotonic: ServiceClock.system.monotonic, wall: { self.now }, sleep: ServiceClock.system.sleep)
    }
  }

  let calendar = Calendar("2026-09-01")
  private let network = MemoryNetwork()
  private(set) var followup: ServiceHarness
  private(set) var notification: ServiceHarness?
  private let notificationFolder: TemporaryFolder

  init() async throws {
    notificationFolder = try TemporaryFolder()
    followup = try await World.followup(network, calendar, folder: nil)
    try await startNotifier()
  }

  private static func followup(
    _ network: MemoryNetwork, _ calendar: Calendar, folder: TemporaryFolder?
  ) async throws -> ServiceHarness {
    try await ServiceHarness(
      .followup, folder: folder, network: network, standIns: [.matching], clock: calendar.clock, FollowUp.service)
  }

  /// The process ends, and another goes on from its store.
  func crashFollowUp() async throws {
    let folder = followup.folder
    await followup.stop()
    followup = try await World.followup(network, calendar, folder: folder)
  }

  func stopNotifier() async {
    await notification?.stop()
    notification = nil
  }

  func startNotifier() async throws {
    guard notification == nil else { return }
    notification = try await ServiceHarness(
      .notification, folder: notificationFolder, principal: Principal(id: "nils", role: .chair), network: network,
      standIns: [.membership], clock: calendar.clock, NotificationService.Notification.service)
  }

  func stop() async {
    await followup.stop()
    await notification?.stop()
  }

  /// Waits until nothing is due and, where the notifier is up, nothing is under way to it.
  func settle() async throws {
    while true {
      let status = try await followup.ask(GetStatus())
      let isSent = notification == nil || status.outboxPending.rawValue == 0
      let isKept = try await notification?.ask(GetStatus()).due.rawValue ?? 0 == 0
      if status.due.rawValue == 0 && isSent && isKept { return }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  struct Told: Sendable, Hashable {
    let sequence: Int64
    let task: String
    let kind: TellMember.Kind
    let party: Party
    let mentorship: String
  }

  /// The tasks after one, in order.
  func told(after sequence: Int64) async throws -> [Told] {
    try await followup.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT sequence, json_extract(CAST(body AS TEXT), '$.data.task') AS task,
            json_extract(CAST(body AS TEXT), '$.data.kind') AS kind,
            json_extract(CAST(body AS TEXT), '$.data.party') AS party,
            json_extract(CAST(body AS TEXT), '$.data.mentorship') AS mentorship
          FROM outbox_message WHERE type = 'followup.tell-member.v1' AND sequence > ? ORDER BY sequence
          """, arguments: [sequence]
      ).map { row in
        Told(
          sequence: row["sequence"], task: row["task"], kind: TellMember.Kind(rawValue: row["kind"])!,
          party: Party(rawValue: row["party"])!, mentorship: row["mentorship"])
      }
    }
  }

  /// What was taken back, or came to be too late, by task.
  func withdrawnOrExpired() async throws -> Set<String> {
    try await followup.read { db in
      Set(
        try String.fetchAll(
          db,
          sql: """
            SELECT value FROM outbox_message AS sent, json_each(CAST(body AS TEXT), '$.data.tasks')
            WHERE sent.type = 'followup.withdraw-tasks.v1'
            UNION SELECT json_extract(CAST(body AS TEXT), '$.data.task') FROM outbox_message
            WHERE type = 'followup.tell-member.v1' AND state = ?
            """, arguments: [Outbox.State.expired.rawValue]))
    }
  }

  /// How many mails the notifier has for each task to a member.
  func mails() async throws -> [String: Int] {
    guard let notification else { return [:] }
    return try await notification.read { db in
      try Row.fetchAll(db, sql: "SELECT task, count(*) AS n FROM mail WHERE member <> 'board' GROUP BY task")
        .reduce(into: [:]) { $0[$1["task"] as String] = $1["n"] as Int }
    }
  }
}
