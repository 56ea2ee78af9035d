import Contracts
import GRDB

/// What followup has taken back: a task that comes later, or again, is not made a mail.
struct Withdrawals {
  let db: Database

  func has(_ task: TaskID) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM withdrawal WHERE task = ?)"),
      arguments: [task.rawValue]) ?? false
  }

  func keep(_ task: TaskID) throws {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO withdrawal (task) VALUES (?)").execute(arguments: [task.rawValue]
    )
  }

  /// It is to be sent after all.
  func drop(_ task: TaskID) throws {
    try db.cachedStatement(sql: "DELETE FROM withdrawal WHERE task = ?").execute(arguments: [task.rawValue])
  }
}
