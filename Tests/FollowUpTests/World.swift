import Contracts
import Foundation
import GRDB
import Messaging
import ServiceRuntime
import Store
import Synchronization
import TestSupport

@testable import FollowUpService
@testable import NotificationService

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

  /// A Maildir that takes nothing to some addresses, as a mail server says of them that there is nobody.
  final class Post: Channel {
    private let maildir: Maildir
    private let nobodys: Nobodys

    init(_ maildir: Maildir, _ nobodys: Nobodys) {
      self.maildir = maildir
      self.nobodys = nobodys
    }

    var taken: MailState { maildir.taken }
    var isIdempotent: Bool { maildir.isIdempotent }
    var atOnce: Int { maildir.atOnce }
    var interval: Duration { maildir.interval }
    var server: String? { maildir.server }

    func deliver(_ letter: Letter) async -> Attempt {
      nobodys.contains(letter.recipient.rawValue)
        ? .never(.addressRefused, "550", isOfAddress: true) : await maildir.deliver(letter)
    }
  }

  /// The addresses at which there is nobody.
  final class Nobodys: Sendable {
    private let addresses = Mutex<Set<String>>([])
    func contains(_ address: String) -> Bool { addresses.withLock { $0.contains(address) } }
    func insert(_ address: String) { addresses.withLock { _ = $0.insert(address) } }
  }

  let nobodys = Nobodys()
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
      .followup, folder: folder, network: network, standIns: [.matching, .membership], clock: calendar.clock,
      FollowUp.service)
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
      standIns: [], clock: calendar.clock
    ) { [nobodys] options in
      // Reminders wait half an hour for each other: what is withdrawn meanwhile is not to leave.
      var settings = try MailSettings(["HANDSLAG_DIGEST_MINUTES": "30"])
      settings.isWeekly = false
      let post = Post(Maildir(path: options.path(.notification, "mail")), nobodys)
      return NotificationService.Notification.service(try Notifier(settings: settings, channel: post), options)
    }
    await followup.greet(.notification)
  }

  /// The process ends while it works, and another goes on.
  func crashNotifier() async throws {
    guard notification != nil else { return }
    await stopNotifier()
    try await startNotifier()
  }

  func stop() async {
    await followup.stop()
    await notification?.stop()
  }

  /// Waits until nothing is due and, where the notifier is up, nothing is under way to it or from it.
  func settle() async throws {
    while true {
      let status = try await followup.ask(GetStatus())
      let isSent = notification == nil || status.outboxPending.rawValue == 0
      let notifier = try await notification?.ask(GetStatus())
      let isKept = notifier.map { $0.due.rawValue == 0 && $0.outboxPending.rawValue == 0 } ?? true
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
    /// When it is no longer worth telling.
    let expires: String?
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
            json_extract(CAST(body AS TEXT), '$.data.mentorship') AS mentorship,
            json_extract(CAST(body AS TEXT), '$.expirytime') AS expires
          FROM outbox_message WHERE type = 'followup.tell-member.v1' AND sequence > ? ORDER BY sequence
          """, arguments: [sequence]
      ).map { row in
        Told(
          sequence: row["sequence"], task: row["task"], kind: TellMember.Kind(rawValue: row["kind"])!,
          party: Party(rawValue: row["party"])!, mentorship: row["mentorship"], expires: row["expires"])
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

  /// The mails that the notifier has for the tasks to members, and how each stands.
  func mails() async throws -> [(task: String, state: MailState)] {
    guard let notification else { return [] }
    return try await notification.read { db in
      try Row.fetchAll(db, sql: "SELECT task, state FROM mail WHERE member <> 'board' ORDER BY number")
        .map { ($0["task"], MailState(rawValue: $0["state"])!) }
    }
  }
}
