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

  func keep(_ task: TaskID, of mentorship: MentorshipID, kind: TellMember.Kind, expires: Timestamp) throws {
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO open_task VALUES (?, ?, ?, ?)")
      .execute(arguments: [mentorship.rawValue, task.rawValue, kind.isReminder, expires.milliseconds])
  }

  /// Those that are taken back; also what is past its time, since a calendar can be put back.
  func take(of mentorship: MentorshipID, onlyReminders: Bool) throws -> [TaskID] {
    try String.fetchAll(
      db.cachedStatement(
        sql: "DELETE FROM open_task WHERE mentorship = ? AND is_reminder >= ? RETURNING task"),
      arguments: [mentorship.rawValue, onlyReminders]
    ).sorted().map(TaskID.init(unchecked:))
  }
}
