import Foundation
import GRDB
import Messaging

/// A table that a service has of its own, and what becomes of a person's rows in it.
public struct PersonalTable: Sendable {
  public enum Erasure: Sendable {
    case deleted
    /// The rows stay, for the statistics; these columns are set anew (an SQL SET clause).
    case changed(String)
    /// The rows stay as they are: they hold ids alone, and texts that are searched in any case.
    case kept
  }
  public let name: String
  /// The person's rows: an SQL condition on `:member`; nil where the table has none of anybody's.
  public let rows: String?
  public let erasure: Erasure
  /// Columns in which others have said something in confidence: they are not told to the person.
  public let confidential: Set<String>
  /// Rows that would by themselves tell of such things: an SQL condition on `:member`.
  public let withheld: String
  /// What is told in place of a column that would: SQL expressions that are never null.
  public let told: [String: String]
  /// Columns that say who somebody is. They go with their row alone: somebody else may be called the same.
  public let identity: Set<String>

  public init(
    _ name: String, rows: String, _ erasure: Erasure, confidential: Set<String> = [], withheld: String = "false",
    told: [String: String] = [:], identity: Set<String> = []
  ) {
    self.name = name
    self.rows = rows
    self.erasure = erasure
    self.confidential = confidential
    self.withheld = withheld
    self.told = told
    self.identity = identity
  }

  /// A table that holds nothing of anybody.
  public init(impersonal name: String) {
    self.name = name
    rows = nil
    erasure = .kept
    confidential = []
    withheld = "false"
    told = [:]
    identity = []
  }
}

/// Takes a person out of a store: their rows as the tables say, and from the texts of all others, the messages that wait
/// or were sent included, what bears their marks.
public struct Erasures: Sendable {
  public let tables: [PersonalTable]
  public init(_ tables: [PersonalTable]) { self.tables = tables }

  static let migration = Store.Migration(
    "messaging-erasure",
    sql: """
      -- Only what waits counts.
      DROP TRIGGER outbox_filled;
      CREATE TRIGGER outbox_filled AFTER UPDATE OF body ON outbox WHEN old.state = 0 AND new.state = 0 BEGIN
        UPDATE outbox_size SET bytes = bytes + length(new.body) - length(old.body);
      END;
      """)

  /// What the messaging tables have, by this type and by the delivery.
  public static let messagingTables: Set<String> = [
    "meta", "outbox", "outbox_body", "outbox_size", "peer", "inbox", "attempt", "dead_letter", "reply", "due_work",
    "audit",
  ]

  /// - Returns: how many rows were touched, by table.
  public func erase(_ db: Database, member: String, _ marks: Marks) throws -> [String: Int] {
    func function(_ name: String, except fields: Set<String>) -> DatabaseFunction {
      DatabaseFunction(name, argumentCount: 1, pure: true) { values in
        switch values[0].storage {
        case .string(let text): return marks.redacted(value: text, except: fields)
        case .blob(let data):
          return String(data: data, encoding: .utf8).flatMap { marks.redacted(value: $0, except: fields) }
            .map { Data($0.utf8) }
        default: return nil
        }
      }
    }
    let redact = function("without_marks", except: [])
    let redactMessage = function("message_without_marks", except: Erasures.identityFields)
    let hash = DatabaseFunction("sha256", argumentCount: 1, pure: true) {
      Data.fromDatabaseValue($0[0]).map(Inbox.hash)
    }
    db.add(function: redact)
    db.add(function: redactMessage)
    db.add(function: hash)
    defer {
      db.remove(function: redact)
      db.remove(function: redactMessage)
      db.remove(function: hash)
    }
    var tallies: [String: Int] = [:]
    func run(_ place: String, _ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
      try db.execute(sql: sql, arguments: arguments)
      if db.changesCount > 0 { tallies[place, default: 0] += db.changesCount }
    }
    let person: StatementArguments = ["member": member]
    // Messages of the person's own, and those that name them: only id and hash are left.
    let named = "key = :member OR message_without_marks(body) IS NOT NULL"
    let outbox = try Erasures.empty(db, named, person)
    if outbox > 0 { tallies["outbox"] = outbox }
    try run(
      "dead_letter", "UPDATE dead_letter SET body = sha256(body), problem = '', state = 3 WHERE \(named)", person)
    for table in tables {
      guard let rows = table.rows else { continue }
      switch table.erasure {
      case .deleted: try run(table.name, "DELETE FROM \"\(table.name)\" WHERE \(rows)", person)
      case .changed(let columns): try run(table.name, "UPDATE \"\(table.name)\" SET \(columns) WHERE \(rows)", person)
      case .kept: break
      }
    }
    for (table, column) in try texts(db) {
      let (function, isOwn) = ("without_marks", tables.contains { $0.name == table })
      let redacted = "\(isOwn ? function : "message_\(function)")(\"\(column)\")"
      try run(table, "UPDATE \"\(table)\" SET \"\(column)\" = \(redacted) WHERE \(redacted) IS NOT NULL")
    }
    return tallies
  }

  /// Leaves id and hash alone of messages, sent or not.
  ///
  /// - Parameter condition: of SQL, on `outbox_message`.
  /// - Returns: how many they were.
  public static func empty(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws -> Int {
    let bodies = try Row.fetchAll(
      db, sql: "SELECT sequence, body FROM outbox_message WHERE state <> 7 AND (\(condition))", arguments: arguments)
    for row in bodies {
      let sequence: Int64 = row[0]
      try db.execute(
        sql: "UPDATE outbox_body SET body = ? WHERE sequence = ?", arguments: [Inbox.hash(row[1]), sequence])
      try db.execute(
        sql: """
          UPDATE outbox SET state = 7, settled_at = coalesce(settled_at, unixepoch() * 1000), problem = NULL
          WHERE sequence = ?
          """, arguments: [sequence])
    }
    if !bodies.isEmpty { try Outbox.recount(db) }
    return bodies.count
  }

  /// What a message says of the person whom it is about. Of the erased it goes with their messages, by their key.
  private static let identityFields: Set<String> = ["name", "email", "phone"]

  /// Every column of texts or bytes, but for what says who somebody is, for keys and hashes, for the outbox and the dead
  /// letters, and for the audit trail, which holds none of anybody's.
  private func texts(_ db: Database) throws -> [(table: String, column: String)] {
    let identity = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.identity) })
    return try Row.fetchAll(
      db,
      sql: """
        SELECT t.name, c.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
          AND t.name NOT IN ('grdb_migrations', 'audit', 'meta', 'outbox', 'outbox_body', 'dead_letter', 'inbox', 'peer')
          AND c.type IN ('TEXT', 'BLOB') AND c.name <> 'hash' AND c.pk = 0
        ORDER BY t.name, c.cid
        """
    ).map { ($0[0], $0[1]) }.filter { !(identity[$0.0]?.contains($0.1) ?? false) }
  }

  /// A row of the service's own that is about somebody: what its columns hold, but for nothing.
  public struct Held: Sendable {
    public let table: String
    public let columns: [String: DatabaseValue]
  }

  /// What waits for another service, or could not be received from one, and is about the person or to them; its content
  /// where it is about nobody else. What only names them is somebody else's, and may be said in confidence.
  public static func waiting(_ db: Database, about member: String) throws -> [Held] {
    func held(_ table: String, _ sql: String) throws -> [Held] {
      try Row.fetchAll(db, sql: sql, arguments: ["member": member]).map { row in
        Held(
          table: table, columns: Dictionary(row.filter { !$0.1.isNull }.map { ($0.0, $0.1) }, uniquingKeysWith: { $1 }))
      }
    }
    let content = "CASE WHEN key = :member THEN CAST(body AS TEXT) END AS body"
    let text = "CAST(body AS TEXT)"
    let isTheirs = "(key = :member OR iif(json_valid(\(text)), json_extract(\(text), '$.data.to'), NULL) = :member)"
    return try held(
      "outbox",
      """
      SELECT type AS message, destination AS receiver, nullif(added_at, 0) AS since_at,
        CASE state WHEN 3 THEN 'dead' WHEN 4 THEN 'parked' ELSE 'waiting' END AS state, \(content)
      FROM outbox_message WHERE state IN (0, 3, 4) AND \(isTheirs) ORDER BY sequence
      """)
      + held(
        "dead_letter",
        """
        SELECT type AS message, source AS sender, died_at AS since_at, \(content)
        FROM dead_letter WHERE state = 0 AND \(isTheirs) ORDER BY number
        """)
  }

  /// The person's rows in the service's own tables, without what others have said in confidence.
  public func held(_ db: Database, member: String) throws -> [Held] {
    var held: [Held] = []
    for table in tables {
      guard let rows = table.rows else { continue }
      // Of two columns of one name the later is kept.
      let told = table.told.map { ", \($0.value) AS \"\($0.key)\"" }.joined()
      let found = try Row.fetchAll(
        db,
        sql: "SELECT *\(told) FROM \"\(table.name)\" WHERE (\(rows)) AND NOT (\(table.withheld))",
        arguments: ["member": member])
      for row in found {
        var columns: [String: DatabaseValue] = [:]
        for (name, value) in row where !value.isNull && !table.confidential.contains(name) { columns[name] = value }
        held.append(Held(table: table.name, columns: columns))
      }
    }
    return held
  }
}

extension Store {
  /// Makes what was deleted unreadable: the file is written anew without it, and the WAL emptied. Outside any
  /// transaction; holds up whoever waits for the store.
  public func scrub() throws {
    try database.writeWithoutTransaction { db in
      try db.execute(sql: "VACUUM")
      let isBusy = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? 1
      guard isBusy == 0 else { throw DatabaseError(resultCode: .SQLITE_BUSY) }
    }
  }
}
