import Contracts
import Foundation
import GRDB
import Store
import TestSupport

/// Reads the four stores after a run, and the log of what was acknowledged, and says what does not hold.
///
/// It is SQL over files and shares nothing with the services but the names of the tables and the digest.
struct Checker {
  /// Services whose store was put back to an older one: what was acknowledged since is lost, by promise, and
  /// nothing else.
  var restored: Set<ServiceName> = []
  /// Where mails were sent; nil where they were kept in the Maildir.
  var mailServer: MailServer?

  struct Result: Sendable {
    var violations: [String] = []
    /// Rows of all outboxes.
    var messages = 0
    var acknowledged = 0
    /// Entries of the ledgers that deliveries led to.
    var effects = 0
    /// Deliveries, and what was acknowledged, that have no effect.
    var lost = 0
    /// Outbox rows past their `expirytime`.
    var expired = 0
    var dead = 0
  }

  /// - Parameter kept: so many of the first entries were acknowledged before a restored store's backup.
  func check(state: String, acknowledged path: String, keptFrom kept: Int = 0) throws -> Result {
    var result = Result()
    var stores: [ServiceName: DatabaseQueue] = [:]
    for service in ServiceName.allCases {
      var configuration = Configuration()
      configuration.readonly = true
      stores[service] = try DatabaseQueue(path: Template.store(service, in: state), configuration: configuration)
    }
    defer { for store in stores.values { try? store.close() } }
    for (service, store) in stores {
      try store.read { db in
        for pragma in ["integrity_check", "foreign_key_check"] {
          let found = try Row.fetchAll(db, sql: "PRAGMA \(pragma)").map { "\($0)" }
          if !found.isEmpty && found != ["[integrity_check:\"ok\"]"] {
            result.violations.append("\(service): \(pragma) says \(found)")
          }
        }
      }
    }
    try deliveries(stores, &result)
    try effects(stores, &result)
    try mails(stores, state, &result)
    try ends(stores, &result)
    try acknowledgements(stores, try AcknowledgedLog.read(path), kept, &result)
    return result
  }

  // MARK: Each delivery in one state, at both ends

  private struct Sent {
    let id: String
    let destination: String
    let state: Int
    let hash: Data
  }

  private func deliveries(_ stores: [ServiceName: DatabaseQueue], _ result: inout Result) throws {
    for (sender, store) in stores {
      let rows = try store.read { db in
        try Row.fetchAll(db, sql: "SELECT id, destination, state, body FROM outbox_message").map {
          Sent(id: $0[0], destination: $0[1], state: $0[2], hash: SHA256.hash($0[3]))
        }
      }
      result.messages += rows.count
      for (destination, sent) in Dictionary(grouping: rows, by: \.destination) {
        guard let receiver = ServiceName(rawValue: destination), let inbox = stores[receiver] else { continue }
        let (received, buried) = try inbox.read { db in
          (
            try Dictionary(
              uniqueKeysWithValues: Row.fetchAll(
                db, sql: "SELECT id, hash FROM inbox WHERE source = ?", arguments: [sender.rawValue]
              ).map { ($0[0] as String, $0[1] as Data) }),
            try Row.fetchAll(
              db, sql: "SELECT id, state FROM dead_letter WHERE source = ?", arguments: [sender.rawValue]
            ).reduce(into: [String: Int]()) { $0[$1[0]] = $1[1] }
          )
        }
        for row in sent {
          let way = "\(sender) → \(receiver) \(row.id)"
          switch row.state {
          case 0: result.violations.append("\(way) is still to be sent")
          case 1 where received[row.id] != row.hash, 2 where buried[row.id] == nil:
            result.lost += 1
            result.violations.append("\(way) is settled as received, and its receiver has not received it")
          case 1 where buried[row.id] == 0, 2 where buried[row.id] == 0:
            result.dead += 1
            result.violations.append("\(way) is a dead letter")
          case 2: result.dead += 1
          case 3:
            result.dead += 1
            result.violations.append("\(way) was refused")
          case 4: result.violations.append("\(way) is parked")
          case 5:
            result.expired += 1
            result.violations.append("\(way) has expired")
          default: break
          }
        }
        if !restored.contains(sender) {
          for id in Set(received.keys).subtracting(sent.map(\.id)) {
            result.violations.append("\(receiver) has received \(id), which \(sender) never sent")
          }
        }
      }
    }
  }

  // MARK: Each effect once, in order

  private func ledger(
    _ store: DatabaseQueue, _ what: String, event: String? = nil
  ) throws -> [String: [String]] {
    let rows = try store.read { db in
      try Row.fetchAll(
        db, sql: "SELECT key, value FROM ledger WHERE what = ?1 AND event = coalesce(?2, event) ORDER BY number",
        arguments: [what, event])
    }
    return Dictionary(grouping: rows, by: { $0[0] as String }).mapValues { $0.map { $0[1] } }
  }

  /// Everything that happened to each key in one place happened in the other: as often and in the same order.
  private func compare(
    _ what: String, _ expected: [String: [String]], _ found: [String: [String]], _ result: inout Result
  ) {
    for key in Set(expected.keys).union(found.keys).sorted() {
      let (should, did) = (expected[key] ?? [], found[key] ?? [])
      result.effects += did.count
      guard should != did else { continue }
      let missing = Set(should).subtracting(did)
      result.lost += missing.count
      let first = zip(should, did).enumerated().first { $1.0 != $1.1 }?.offset ?? min(should.count, did.count)
      result.violations.append(
        "\(what) of \(key): \(did.count) effects of \(should.count); at \(first) \(did.dropFirst(first).prefix(3)) "
          + "and not \(should.dropFirst(first).prefix(3))")
    }
  }

  private func effects(_ stores: [ServiceName: DatabaseQueue], _ result: inout Result) throws {
    let membership = stores[.membership]!
    let members = try ledger(membership, "member")
    let (ids, names) = try membership.read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT id, email, name FROM member")
      return (
        Dictionary(uniqueKeysWithValues: rows.map { ($0["email"] as String, $0["id"] as String) }),
        Dictionary(uniqueKeysWithValues: rows.map { ($0["email"] as String, $0["name"] as String) })
      )
    }
    // A receiver may know of changes that a restored membership has forgotten, so only the end is compared.
    if restored.contains(.membership) {
      let addresses = try ledger(stores[.notification]!, "address")
      let profiles = try ledger(stores[.matching]!, "profile")
      for (email, name) in names {
        let kommun = members[email]?.last
        if addresses[email]?.last != name || profiles[ids[email]!]?.last != kommun {
          result.violations.append(
            "\(email) is \(addresses[email]?.last ?? "missing") in \(profiles[ids[email]!]?.last ?? "no kommun"), "
              + "not \(name) in \(kommun ?? "none")")
        }
      }
    } else {
      compare(
        "the profile", Dictionary(uniqueKeysWithValues: members.map { (ids[$0] ?? $0, $1) }),
        try ledger(stores[.matching]!, "profile"), &result)
      compare(
        "the address", members.mapValues { kommuner in kommuner.indices.map { "Åsa \($0)" } },
        try ledger(stores[.notification]!, "address"), &result)
    }
    guard !restored.contains(.matching) else { return }
    let matches = try ledger(stores[.matching]!, "match")
    compare(
      // Saved anew when one has answered.
      "the invitation", matches.mapValues { _ in ["0"] },
      try ledger(stores[.followup]!, "invitation").mapValues { $0.filter { $0 == "0" } }, &result)
    compare(
      "the beginning", matches.filter { $1.contains("active") }.mapValues { _ in ["started"] },
      try ledger(stores[.followup]!, "mentorship", event: "INSERT"), &result)
  }

  // MARK: Both sides come to the same end

  /// What matching and followup say of each pair once nothing is under way.
  private func ends(_ stores: [ServiceName: DatabaseQueue], _ result: inout Result) throws {
    guard restored.isDisjoint(with: [.matching, .followup]) else { return }
    func states(_ service: ServiceName, _ sql: String) throws -> [String: String] {
      try stores[service]!.read { db in
        try Row.fetchAll(db, sql: sql).reduce(into: [:]) { $0[$1[0] as String] = $1[1] as String }
      }
    }
    let matches = try states(.matching, "SELECT id, state FROM match")
    let mentorships = try states(.followup, "SELECT id, state FROM mentorship")
    let invitations = try states(
      .followup, "SELECT match, mentor_answered || '' || adept_answered FROM invitation")
    for (match, state) in matches {
      let expected: (invitation: String?, mentorships: Set<String?>)
      switch state {
      case "submitted": expected = ("00", [nil])
      case "accepted-by-mentor": expected = ("10", [nil])
      case "accepted-by-adept": expected = ("01", [nil])
      case "active": expected = (nil, ["started", "agreed", "closing"])
      case "ended": expected = (nil, ["ended", "completed"])
      default: expected = (nil, [nil])
      }
      if invitations[match] != expected.invitation || !expected.mentorships.contains(mentorships[match]) {
        result.violations.append(
          "\(match) is \(state) at matching, and at followup \(mentorships[match] ?? "no mentorship"), "
            + "with the invitation \(invitations[match] ?? "gone")")
      }
    }
  }

  // MARK: Each task one mail

  private func mails(_ stores: [ServiceName: DatabaseQueue], _ state: String, _ result: inout Result) throws {
    let tasks = try stores[.followup]!.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT json_extract(CAST(body AS TEXT), '$.data.task') AS task, state FROM outbox_message
          WHERE type IN ('followup.tell-member.v1', 'followup.tell-board.v1')
          """)
    }
    let due = Set(tasks.filter { $0["state"] as Int == 1 }.map { $0["task"] as String })
    let (mails, ledger) = try stores[.notification]!.read { db in
      (
        // What the notifier tells the board by itself is no task's.
        try Row.fetchAll(db, sql: "SELECT task, state, file, bytes FROM mail WHERE kind <> 'board-weekly'"),
        try Row.fetchAll(
          db, sql: "SELECT key, count(*) AS n FROM ledger WHERE what = 'mail' AND event = 'INSERT' GROUP BY key")
      )
    }
    let written = Set(mails.map { $0["task"] as String })
    for task in due.subtracting(written) {
      result.lost += 1
      result.violations.append("the task \(task) has no mail")
    }
    if !restored.contains(.followup) {
      for task in written.subtracting(due) { result.violations.append("the mail \(task) has no task") }
    }
    for row in ledger where row["n"] as Int != 1 {
      result.violations.append("the mail \(row["key"] as String) was written \(row["n"] as Int) times")
    }
    if let mailServer { return try sent(stores, mailServer, &result) }
    let folder = "\(state)/notification/mail/new"
    let files = Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { !$0.hasPrefix("weekly-") }
    // What was withdrawn before it was sent has no file.
    let wanted = mails.filter { $0["state"] as String != "suppressed" }
    for row in wanted {
      let file: String = row["file"]
      if row["state"] as String != "kept" || !files.contains(file) {
        result.lost += 1
        result.violations.append("the mail \(row["task"] as String) is not in the Maildir")
      } else if !restored.contains(.notification),
        // What was delivered before the restore is not written again, and may bear an older name.
        FileManager.default.contents(atPath: "\(folder)/\(file)") != row["bytes"] as Data
      {
        result.violations.append("the mail \(file) is not whole")
      }
    }
    if !restored.contains(.notification) && files.count != wanted.count {
      let states = Dictionary(mails.map { ($0["file"] as String, $0["state"] as String) }) { $1 }
      let others = files.subtracting(wanted.map { $0["file"] as String }).sorted()
      result.violations.append(
        "\(files.count) files of \(wanted.count) mails: \(others.map { "\($0) is \(states[$0] ?? "no mail")" })")
    }
  }

  /// Each mail that is called sent arrived, and again only where an attempt had no answer; what was refused did not
  /// arrive but by such an attempt.
  private func sent(_ stores: [ServiceName: DatabaseQueue], _ server: MailServer, _ result: inout Result) throws {
    let copies = Dictionary(grouping: try server.taken(), by: { $0.id ?? "" })
    let mails = try stores[.notification]!.read { db in
      try Row.fetchAll(
        db, sql: "SELECT task, state, unanswered FROM mail WHERE state <> 'suppressed' AND carrier IS NULL")
    }
    for row in mails {
      let (task, state, unanswered) = (row["task"] as String, row["state"] as String, row["unanswered"] as Int)
      let own = copies["<\(task)@handslag.local>"] ?? []
      if Set(own.map(\.sha256)).count > 1 { result.violations.append("the mail \(task) came with different bytes") }
      switch state {
      case "sent" where own.isEmpty:
        result.lost += 1
        result.violations.append("the mail \(task) is called sent and did not arrive")
      case "sent" where own.count - 1 > unanswered, "failed" where own.count > unanswered,
        "retrying" where own.count > unanswered:
        result.violations.append("the mail \(task) is \(state), came \(own.count) times, \(unanswered) unanswered")
      case "sent", "failed", "retrying": break
      default:
        result.lost += 1
        result.violations.append("the mail \(task) is \(state)")
      }
    }
  }

  // MARK: What was acknowledged

  private func acknowledgements(
    _ stores: [ServiceName: DatabaseQueue], _ entries: [AcknowledgedLog.Entry], _ kept: Int, _ result: inout Result
  ) throws {
    result.acknowledged = entries.count
    let versions = try ledger(stores[.membership]!, "member").mapValues(Set.init)
    let matches = try ledger(stores[.matching]!, "match").mapValues(Set.init)
    let ended = try ledger(stores[.followup]!, "mentorship").mapValues(Set.init)
    var told: Set<String> = []
    for (index, entry) in entries.enumerated() {
      if case .submitted(let match) = entry { told.insert(match) }
      // What was acknowledged since the backup is lost, and nothing else.
      let restored = index < kept ? [] : restored
      let isKept: Bool
      switch entry {
      case .changed(let email, let version):
        isKept = restored.contains(.membership) || versions[email]?.contains(Load.kommun(version)) == true
      case .submitted(let match): isKept = restored.contains(.matching) || matches[match] != nil
      case .answered(let match, let state):
        isKept = restored.contains(.matching) || matches[match]?.contains(state.rawValue) == true
      case .ended(let mentorship):
        isKept = restored.contains(.followup) || ended[mentorship]?.contains("ended") == true
      }
      if !isKept {
        result.lost += 1
        result.violations.append("acknowledged and gone: \(entry)")
      }
    }
    // Each was asked for until it was answered, so one that nobody was told of was made twice.
    if restored.isEmpty {
      for match in Set(matches.keys).subtracting(told) { result.violations.append("nobody was told of \(match)") }
    }
  }
}
