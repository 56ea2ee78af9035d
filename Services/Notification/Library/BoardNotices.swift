import Contracts
import Foundation
import GRDB

/// What the board is to be told, one for each task.
struct BoardNotices {
  let db: Database

  static let schema = """
    CREATE TABLE board_notice (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      task TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      lines TEXT NOT NULL,
      day TEXT NOT NULL
    ) STRICT;
    """

  func keep(_ task: TellBoard, on day: Day) throws {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO board_notice (task, kind, lines, day) VALUES (?, ?, ?, ?)")
      .execute(arguments: [
        task.task.rawValue, task.kind.rawValue, String(decoding: try JSONEncoder().encode(task.lines), as: UTF8.self),
        day.text,
      ])
  }
}
