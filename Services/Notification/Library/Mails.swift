import Contracts
import Foundation
import GRDB
import Messaging
import ServiceRuntime
import Texts

/// The mails, one for each task, in the order in which the tasks came.
///
/// ```
///           ┌────────────── not now ◀──────────────┐
///           ▼                                      │
/// task ─▶ queued ─▶ attempting ─▶ sent | kept    retrying
///           │            └──────▶ failed           ▲
///           ▼                                      │
///      suppressed        attempting ───────────────┘
/// ```
///
/// An attempt that is under way when the process ends is one whose outcome nobody knows: the same bytes go again.
struct Mails {
  let db: Database

  /// A mail as it stands.
  struct Mail {
    let number: Int64
    let task: TaskID
    let kind: MailKind
    let member: MemberID
    let state: MailState
    let recipient: EmailAddress
    let bytes: Data
    let isSmall: Bool
    let carrier: Int64?
    let attempts: Int
    let unanswered: Int
    let firstAttempt: Timestamp?
    fileprivate let body: Data?

    /// What was asked for; nil where that is not kept any more.
    func tellMember() throws -> TellMember? { try body.map { try JSONDecoder().decode(TellMember.self, from: $0) } }
  }

  /// What asked for a mail, and whom it is to.
  struct Order {
    let task: TaskID
    let kind: MailKind
    let member: MemberID
    fileprivate let body: Data?

    init(_ task: TellMember) throws {
      self.task = task.task
      kind = .member(task.kind)
      member = task.to
      body = try JSONEncoder().encode(task)
    }

    init(_ task: TellBoard) {
      self.task = task.task
      kind = .board(task.kind)
      member = Order.board
      body = nil
    }

    init(weekly task: TaskID) {
      self.task = task
      kind = .weekly
      member = Order.board
      body = nil
    }

    /// The board is no member, and has no id of the register's.
    static let board = MemberID(unchecked: "board")
  }

  private static let columns = """
    number, task, kind, member, state, recipient, bytes, is_small, carrier, attempts, unanswered, first_attempt_at,
    task_body
    """

  func has(_ task: TaskID) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM mail WHERE task = ?)"),
      arguments: [task.rawValue]) ?? false
  }

  func find(_ task: TaskID) throws -> Mail? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(Mails.columns) FROM mail WHERE task = ?"), arguments: [task.rawValue]
    ).map(Mail.init(row:))
  }

  // MARK: Writing

  /// Keeps a mail that is written and waits.
  ///
  /// - Throws: `MailFault` where it can't be written.
  func add(
    _ order: Order, to recipient: EmailAddress, _ message: MailMessage, day: Day, isSmall: Bool = false
  ) throws {
    try insert(
      order, to: recipient.rawValue, subject: message.subject, bytes: try message.bytes(),
      text: message.copy ?? message.text, day: day, isSmall: isSmall)
  }

  /// Notes one that is not to be sent, and why.
  func addSuppressed(_ order: Order, _ reason: MailReason, day: Day) throws {
    try insert(order, to: "", subject: "–", bytes: Data(), text: "", day: day, isSmall: false, suppressed: reason)
  }

  private func insert(
    _ order: Order, to recipient: String, subject: String, bytes: Data, text: String, day: Day, isSmall: Bool,
    suppressed reason: MailReason? = nil
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO mail
          (task, kind, member, subject, day, state, file, recipient, bytes, text, task_body, is_small, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        order.task.rawValue, order.kind.rawValue, order.member.rawValue, subject, day.text,
        (reason == nil ? MailState.queued : .suppressed).rawValue, Maildir.fileName(of: order.task), recipient, bytes,
        text, order.body, isSmall, reason?.code,
      ])
  }

  /// Replaces what a mail says before it was ever attempted.
  func rewrite(_ mail: Mail, to recipient: EmailAddress, _ message: MailMessage) throws {
    try db.cachedStatement(sql: "UPDATE mail SET recipient = ?, subject = ?, bytes = ?, text = ? WHERE number = ?")
      .execute(arguments: [
        recipient.rawValue, message.subject, try message.bytes(), message.copy ?? message.text, mail.number,
      ])
  }

  /// An attempt begins: what is written here tells the next process that one was made.
  ///
  /// - Parameter isAfterUnanswered: one was made whose outcome nobody knows.
  func begin(_ mail: Mail, at now: Timestamp, isAfterUnanswered: Bool) throws {
    try db.cachedStatement(
      sql: """
        UPDATE mail SET state = 'attempting', attempts = attempts + 1, unanswered = unanswered + ?,
          first_attempt_at = coalesce(first_attempt_at, ?), next_attempt_at = NULL
        WHERE number = ?
        """
    ).execute(arguments: [isAfterUnanswered, now.milliseconds, mail.number])
  }

  /// It has come to an end: taken, failed or suppressed, with all that share it.
  func end(_ mail: Mail, _ state: MailState, _ reason: MailReason? = nil, _ detail: String? = nil) throws {
    try db.cachedStatement(
      sql: """
        UPDATE mail SET state = ?1, reason = ?2, detail = ?3, next_attempt_at = NULL WHERE number = ?4 OR carrier = ?4
        """
    ).execute(arguments: [state.rawValue, reason?.code, detail.map { String($0.prefix(500)) }, mail.number])
  }

  /// It is tried again.
  func `defer`(_ mail: Mail, until next: Timestamp, _ reason: MailReason, _ detail: String, unanswered: Bool) throws {
    try db.cachedStatement(
      sql: """
        UPDATE mail SET state = 'retrying', reason = ?1, detail = ?2, next_attempt_at = ?3, unanswered = unanswered + ?4
        WHERE number = ?5 OR carrier = ?5
        """
    ).execute(
      arguments: [reason.code, String(detail.prefix(500)), next.milliseconds, unanswered, mail.number])
  }

  /// It waits anew, as if it had just been asked for.
  func queueAgain(_ mail: Mail) throws {
    try db.cachedStatement(
      sql: """
        UPDATE mail SET state = 'queued', reason = NULL, detail = NULL, first_attempt_at = NULL, next_attempt_at = NULL
        WHERE number = ?1 OR carrier = ?1
        """
    ).execute(arguments: [mail.number])
  }

  /// Small mails to the same person that wait, the given one left out.
  func small(besides mail: Mail, limit: Int) throws -> [Mail] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(Mails.columns) FROM mail
          WHERE is_small = 1 AND state = 'queued' AND member = ? AND number <> ? ORDER BY number LIMIT ?
          """), arguments: [mail.member.rawValue, mail.number, limit]
    ).map(Mail.init(row:))
  }

  func carry(_ mails: [Mail], with carrier: Mail) throws {
    for mail in mails {
      try db.cachedStatement(sql: "UPDATE mail SET carrier = ?, is_small = 0 WHERE number = ?")
        .execute(arguments: [carrier.number, mail.number])
    }
    try db.cachedStatement(sql: "UPDATE mail SET is_small = 0 WHERE number = ?").execute(arguments: [carrier.number])
  }

  /// After a restore nobody knows what the lost store had sent meanwhile.
  func doubtAll() throws {
    try db.execute(
      sql: "UPDATE mail SET unanswered = unanswered + 1 WHERE state IN ('queued', 'attempting', 'retrying')")
  }

  // MARK: For the board

  /// At most a page of mails after a number, and the number to go on from where there are more.
  ///
  /// - Parameter reader: who asks, by member id where they have one: what the other of their own pair is told is left out.
  func page(
    to member: MemberID?, state: MailState?, after: Int64, for reader: String?
  ) throws -> (mails: [ListMails.Item], next: Int64?) {
    let limit = Bounded<ListMails.Item>.maximum
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT number, task, kind, member, subject, day, state, reason FROM mail
          WHERE number > ?
            \(member == nil ? "" : "AND member = ?") \(state == nil ? "" : "AND state = ?")
            \(reader == nil ? "" : "AND (member = ? OR \(Mails.about) IS NOT ?)")
          ORDER BY number LIMIT ?
          """),
      arguments: [after]
        + StatementArguments([member?.rawValue, state?.rawValue, reader, reader].compactMap(\.self)) + [limit + 1])
    let mails = try rows.prefix(limit).map {
      ListMails.Item(
        task: TaskID(unchecked: $0["task"]), kind: try $0.stored("kind"),
        to: MemberID(unchecked: $0["member"]), subject: Sentence(unchecked: $0["subject"]),
        state: try $0.stored("state"), day: try $0.storedDay("day"),
        reason: ($0["reason"] as String?).map(Code.init(unchecked:)))
    }
    return (mails, rows.count > limit ? rows[limit - 1]["number"] : nil)
  }

  /// How many to members of each kind stand in each state, in the order of the kinds; none is left out but the empty.
  func tallies() throws -> [GetMailReport.Tally] {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT kind, state, count(*) AS mails FROM mail GROUP BY kind, state"))
    let tallies = try rows.compactMap { row -> GetMailReport.Tally? in
      let mailKind: MailKind = try row.stored("kind")
      guard case .member(let kind) = mailKind else { return nil }
      return GetMailReport.Tally(kind: kind, state: try row.stored("state"), mails: Count(row["mails"]))
    }
    return TellMember.Kind.allCases.flatMap { kind in
      MailState.allCases.flatMap { state in tallies.filter { $0.kind == kind && $0.state == state } }
    }
  }

  /// How many stand in each state, and what the board should know of.
  func figures() throws -> (states: [MailState: Int], unanswered: Int, oldest: Day?, reason: MailReason?) {
    let states = try Row.fetchAll(db.cachedStatement(sql: "SELECT state, count(*) AS mails FROM mail GROUP BY state"))
      .reduce(into: [MailState: Int]()) { $0[try $1.stored("state")] = $1["mails"] }
    let unanswered = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) FROM mail WHERE unanswered > 0 AND carrier IS NULL"))!
    let waiting = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT day, reason FROM mail WHERE state IN ('queued', 'attempting', 'retrying')
          ORDER BY reason IS NULL, number LIMIT 1
          """))
    return (
      states, unanswered, try waiting?.storedDay("day"), (waiting?["reason"] as String?).flatMap(MailReason.init(code:))
    )
  }

  /// Whether a mail, or one that goes with it, is to a member or about them.
  func concerns(_ task: TaskID, _ member: String) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM mail
            WHERE (task = ?1 OR carrier = (SELECT number FROM mail WHERE task = ?1))
              AND (member = ?2 OR \(Mails.about) IS ?2))
          """), arguments: [task.rawValue, member]) ?? false
  }

  /// The other of the pair that a mail is about.
  private static let about = "json_extract(CAST(task_body AS TEXT), '$.about')"

  /// All that is known of one mail.
  func details(_ task: TaskID) throws -> Row? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT mail.*, carried.task AS carried_by, (SELECT count(*) FROM mail AS c WHERE c.carrier = mail.number) AS carries
          FROM mail LEFT JOIN mail AS carried ON carried.number = mail.carrier WHERE mail.task = ?
          """), arguments: [task.rawValue])
  }
}

extension Mails.Mail {
  fileprivate init(row: Row) throws {
    number = row["number"]
    task = TaskID(unchecked: row["task"])
    kind = try row.stored("kind")
    member = MemberID(unchecked: row["member"])
    state = try row.stored("state")
    recipient = EmailAddress(unchecked: row["recipient"])
    bytes = row["bytes"]
    isSmall = row["is_small"]
    carrier = row["carrier"]
    attempts = row["attempts"]
    unanswered = row["unanswered"]
    firstAttempt = (row["first_attempt_at"] as Int64?).map(Timestamp.init(milliseconds:))
    body = row["task_body"]
  }
}
