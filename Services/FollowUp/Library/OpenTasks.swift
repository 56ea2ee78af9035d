import Contracts
import GRDB
import Messaging

/// The tasks that the notifier may not have sent yet, as far as they would be taken back.
struct OpenTasks {
  let db: Database

  static let schema = """
    CREATE TABLE open_task (
      mentorship TEXT NOT NULL,
      task TEXT NOT NULL,
      is_reminder INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      PRIMARY KEY (mentorship, task)
    ) STRICT, WITHOUT ROWID;
    """

  /// Keeps one, and forgets those of the same mentorship that have expired.
  func keep(_ task: TaskID, of mentorship: MentorshipID, kind: TellMember.Kind, expires: Timestamp) throws {
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO open_task VALUES (?, ?, ?, ?)")
      .execute(arguments: [mentorship.rawValue, task.rawValue, kind.isReminder, expires.milliseconds])
  }

  func forget(of mentorship: MentorshipID, now: Timestamp) throws {
    try db.cachedStatement(sql: "DELETE FROM open_task WHERE mentorship = ? AND expires <= ?")
      .execute(arguments: [mentorship.rawValue, now.milliseconds])
  }

  func take(of mentorship: MentorshipID, onlyReminders: Bool, now: Timestamp) throws -> [TaskID] {
    try forget(of: mentorship, now: now)
    return try String.fetchAll(
      db.cachedStatement(
        sql: "DELETE FROM open_task WHERE mentorship = ? AND is_reminder >= ? RETURNING task"),
      arguments: [mentorship.rawValue, onlyReminders]
    ).sorted().map(TaskID.init(unchecked:))
  }
}
