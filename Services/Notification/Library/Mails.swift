import Contracts
import Foundation
import GRDB
import ServiceRuntime

/// The mails, one for each task, in the order in which the tasks came.
///
/// ```
/// task ─▶ queued ─ written into the Maildir ─▶ kept
/// ```
struct Mails {
  let db: Database

  static let schema = """
    CREATE TABLE mail (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      task TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      member TEXT NOT NULL,
      subject TEXT NOT NULL,
      day TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('queued', 'kept')),
      file TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX mail_member ON mail (member, number);
    CREATE INDEX mail_tally ON mail (kind, state);
    """

  func has(_ task: TaskID) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM mail WHERE task = ?)"),
      arguments: [task.rawValue]) ?? false
  }

  func queue(_ task: TellMember, subject: String, bytes: Data, day: Day) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO mail (task, kind, member, subject, day, state, file, bytes)
        VALUES (?, ?, ?, ?, ?, 'queued', ?, ?)
        """
    ).execute(
      arguments: [
        task.task.rawValue, task.kind.rawValue, task.to.rawValue, subject, day.text,
        Maildir.fileName(of: task.task), bytes,
      ])
  }

  /// What is still to be written for a task, nil where that is done.
  func queued(_ task: TaskID) throws -> (file: String, bytes: Data)? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT file, bytes FROM mail WHERE task = ? AND state = 'queued'"),
      arguments: [task.rawValue]
    ).map { (file: $0[0], bytes: $0[1]) }
  }

  func markKept(_ task: TaskID) throws {
    try db.cachedStatement(sql: "UPDATE mail SET state = 'kept' WHERE task = ?")
      .execute(arguments: [task.rawValue])
  }

  /// At most a page of mails after a number, and the number to go on from where there are more.
  func page(to member: MemberID?, after: Int64) throws -> (mails: [ListMails.Item], next: Int64?) {
    let limit = Bounded<ListMails.Item>.maximum
    let columns = "number, task, kind, member, subject, day, state"
    let rows =
      if let member {
        try Row.fetchAll(
          db.cachedStatement(
            sql: "SELECT \(columns) FROM mail WHERE member = ? AND number > ? ORDER BY number LIMIT ?"),
          arguments: [member.rawValue, after, limit + 1])
      } else {
        try Row.fetchAll(
          db.cachedStatement(sql: "SELECT \(columns) FROM mail WHERE number > ? ORDER BY number LIMIT ?"),
          arguments: [after, limit + 1])
      }
    let mails = try rows.prefix(limit).map {
      ListMails.Item(
        task: TaskID(unchecked: $0["task"]), kind: try $0.stored("kind"),
        to: MemberID(unchecked: $0["member"]), subject: Sentence(unchecked: $0["subject"]),
        state: try $0.stored("state"), day: try $0.storedDay("day"))
    }
    return (mails, rows.count > limit ? rows[limit - 1]["number"] : nil)
  }

  /// How many of each kind stand in each state, in the order of the kinds; none is left out but the empty.
  func tallies() throws -> [GetMailReport.Tally] {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT kind, state, count(*) AS mails FROM mail GROUP BY kind, state"))
    let tallies = try rows.map {
      GetMailReport.Tally(
        kind: try $0.stored("kind"), state: try $0.stored("state"), mails: Count($0["mails"]))
    }
    return TellMember.Kind.allCases.flatMap { kind in
      MailState.allCases.flatMap { state in tallies.filter { $0.kind == kind && $0.state == state } }
    }
  }
}
