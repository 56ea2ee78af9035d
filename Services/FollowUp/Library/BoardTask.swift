import Contracts
import GRDB
import ServiceRuntime

/// Something that a person on the board must do.
///
/// ```
///   open ──▶ escalated once, when its day has passed ──▶ in each morning's digest
///     └──────────────┴── the reason is gone, or the board has done it ──▶ closed
/// ```
struct BoardTask: Sendable, Hashable {
  var id: BoardTaskID
  var kind: BoardTaskKind
  var mentorship: MentorshipID?
  var about: MemberID?
  var opened: Day
  var due: Day
  var owner: String
  var isEscalated = false
  var closed: Day?

  /// Days that the board has for each.
  static func days(for kind: BoardTaskKind) -> Int {
    switch kind {
    case .help, .conflict, .matchHeld: 3
    case .notStarted, .silent, .disagree, .agreement, .mailBounces: 7
    case .newMentor: 14
    }
  }

  /// Who owns what nobody has taken.
  static let firstOwner = "chair"
}

extension BoardTask {
  static let schema = """
    CREATE TABLE board_task (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      mentorship TEXT,
      about TEXT,
      opened TEXT NOT NULL,
      due TEXT NOT NULL,
      owner TEXT NOT NULL,
      is_escalated INTEGER NOT NULL,
      closed TEXT
    ) STRICT;
    CREATE INDEX board_task_open ON board_task (due, number) WHERE closed IS NULL;
    CREATE INDEX board_task_mentorship ON board_task (mentorship) WHERE closed IS NULL;
    """

  init(_ row: Row) throws {
    self.init(
      id: try row.stored("id"), kind: try row.stored("kind"), mentorship: try row.storedIfAny("mentorship"),
      about: try row.storedIfAny("about"), opened: try row.storedDay("opened"), due: try row.storedDay("due"),
      owner: row["owner"], isEscalated: row["is_escalated"], closed: try row.storedDayIfAny("closed"))
  }

  static func find(_ db: Database, _ id: BoardTaskID) throws -> BoardTask? {
    try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM board_task WHERE id = ?"), arguments: [id.rawValue])
      .map(BoardTask.init)
  }

  static func open(_ db: Database, of mentorship: MentorshipID) throws -> [BoardTask] {
    try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM board_task WHERE mentorship = ? AND closed IS NULL ORDER BY number"),
      arguments: [mentorship.rawValue]
    ).map(BoardTask.init)
  }

  static func open(_ db: Database, _ kind: BoardTaskKind, about member: MemberID) throws -> [BoardTask] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT * FROM board_task WHERE closed IS NULL AND kind = ? AND about = ? ORDER BY number"),
      arguments: [kind.rawValue, member.rawValue]
    ).map(BoardTask.init)
  }

  /// Open tasks whose escalation has been told, the oldest first.
  static func overdue(_ db: Database, limit: Int) throws -> (tasks: [BoardTask], count: Int) {
    let open = "FROM board_task WHERE closed IS NULL AND is_escalated"
    let tasks = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * \(open) ORDER BY due, number LIMIT ?"), arguments: [limit]
    ).map(BoardTask.init)
    return (tasks, try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) \(open)")) ?? 0)
  }

  /// How many tasks of this kind the mentorship, or the member, has had: its id is told apart by it.
  static func count(_ db: Database, _ kind: BoardTaskKind, _ subject: String) throws -> Int {
    // A range of the index; a pattern that is bound would be planned anew each time. A dot follows the hyphen.
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) FROM board_task WHERE id > ?1 || '-' AND id < ?1 || '.'"),
      arguments: ["\(subject)-\(kind.rawValue)"]) ?? 0
  }

  func save(_ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO board_task (id, kind, mentorship, about, opened, due, owner, is_escalated, closed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE
        SET owner = excluded.owner, is_escalated = excluded.is_escalated, closed = excluded.closed
        """
    ).execute(arguments: [
      id.rawValue, kind.rawValue, mentorship?.rawValue, about?.rawValue, opened.text, due.text, owner, isEscalated,
      closed?.text,
    ])
  }
}
