import Contracts
import Foundation
import GRDB
import Messaging
import Register
import Store
import Texts

/// Uploaded register files in the store, and what was wrong with them.
struct ImportTable {
  let db: Database

  enum State {
    /// Uploaded, and perhaps checked.
    case staged
    case underWay(ImportRun)
    case written
  }

  /// Nil where there is no such import.
  func state(_ id: ImportID) throws -> State? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT is_written, run FROM import WHERE id = ?"), arguments: [id.rawValue]
    ).map { row in
      if row[0] as Bool { return .written }
      guard let run = try ImportTable.run(row[1]), !run.isOver else { return .staged }
      return .underWay(run)
    }
  }

  /// The latest run of an import, over or not.
  func run(_ id: ImportID) throws -> ImportRun? {
    try ImportTable.run(String.fetchOne(db, sql: "SELECT run FROM import WHERE id = ?", arguments: [id.rawValue]))
  }

  private static func run(_ json: String?) throws -> ImportRun? {
    try json.map { try JSONDecoder().decode(ImportRun.self, from: Data($0.utf8)) }
  }

  /// Keeps how far it has come; what a pass has found is put away before the next one.
  func keep(_ id: ImportID, _ run: ImportRun) throws {
    try db.cachedStatement(sql: "UPDATE import SET run = ? WHERE id = ?").execute(arguments: [
      String(decoding: try EnvelopeCoder.encoder.encode(run), as: UTF8.self), id.rawValue,
    ])
    guard run.done == 0 else { return }
    for table in ["import_fault", "import_outcome", "import_address"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE import_id = ?", arguments: [id.rawValue])
    }
  }

  /// Whether an import is being gone through that may write.
  func isAnyUnderWay() throws -> Bool {
    try String.fetchAll(db, sql: "SELECT run FROM import WHERE is_written = 0 AND run IS NOT NULL").contains {
      try ImportTable.run($0)?.isOver == false
    }
  }

  /// Keeps a part; the same number again replaces it.
  func stage(_ id: ImportID, part: Number, _ rows: [ImportRow]) throws {
    try db.cachedStatement(sql: "INSERT INTO import (id, is_written) VALUES (?, 0) ON CONFLICT DO NOTHING")
      .execute(arguments: [id.rawValue])
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO import_part (import_id, part, rows) VALUES (?, ?, ?)"
    ).execute(arguments: [id.rawValue, part.rawValue, try EnvelopeCoder.encoder.encode(rows)])
  }

  /// The numbers of the parts that are there, in order.
  func parts(_ id: ImportID) throws -> [Int] {
    try Int.fetchAll(
      db.cachedStatement(sql: "SELECT part FROM import_part WHERE import_id = ? ORDER BY part"),
      arguments: [id.rawValue])
  }

  func rows(_ id: ImportID, part: Int) throws -> [ImportRow] {
    try Data.fetchOne(
      db.cachedStatement(sql: "SELECT rows FROM import_part WHERE import_id = ? AND part = ?"),
      arguments: [id.rawValue, part]
    ).map { try JSONDecoder().decode([ImportRow].self, from: $0) } ?? []
  }

  /// Notes the addresses in rows that have not been gone through in this pass, and gives the line on which the file has
  /// one first, by the index of the row that has it again.
  func noteAddresses(_ id: ImportID, _ rows: [ImportRow]) throws -> [Int: Number] {
    var repeats: [Int: Number] = [:]
    for (index, row) in rows.enumerated() {
      guard let key = Registration.email(of: row)?.key else { continue }
      try db.cachedStatement(sql: "INSERT INTO import_address VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .execute(arguments: [id.rawValue, key, row.line.rawValue])
      if db.changesCount == 0 {
        repeats[index] = try Int.fetchOne(
          db.cachedStatement(sql: "SELECT line FROM import_address WHERE import_id = ? AND email_key = ?"),
          arguments: [id.rawValue, key]
        ).map(Number.init(unchecked:))
      }
    }
    return repeats
  }

  /// The rows are in the register now: they are not needed any more.
  func markWritten(_ id: ImportID) throws {
    try db.execute(sql: "UPDATE import SET is_written = 1 WHERE id = ?", arguments: [id.rawValue])
    for table in ["import_part", "import_address"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE import_id = ?", arguments: [id.rawValue])
    }
  }

  /// Adds the faults of some rows to those before.
  func add(_ id: ImportID, _ faults: [ImportPlan.PlacedFault]) throws {
    let first = try countFaults(id)
    let statement = try db.cachedStatement(
      sql: "INSERT INTO import_fault (import_id, position, line, fault) VALUES (?, ?, ?, ?)")
    for (position, placed) in faults.enumerated() {
      try statement.execute(
        arguments: [
          id.rawValue, first + position, placed.line.rawValue, try EnvelopeCoder.encoder.encode(placed.fault),
        ])
    }
  }

  /// Adds to the account of a dry run.
  func add(_ id: ImportID, _ items: [GetImportAccount.Item]) throws {
    let first = try countOutcomes(id)
    let statement = try db.cachedStatement(
      sql: "INSERT INTO import_outcome (import_id, position, outcome) VALUES (?, ?, ?)")
    for (position, item) in items.enumerated() {
      try statement.execute(arguments: [id.rawValue, first + position, try EnvelopeCoder.encoder.encode(item)])
    }
  }

  private func countOutcomes(_ id: ImportID) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) FROM import_outcome WHERE import_id = ?"), arguments: [id.rawValue]) ?? 0
  }

  /// A page of the account, in the order of the file, of no more bytes than go into an envelope; and how many there are.
  func account(_ id: ImportID, after count: Int, limit: Int) throws -> (items: [GetImportAccount.Item], total: Int) {
    let total = try countOutcomes(id)
    var bytes = 0
    let page = try Data.fetchAll(
      db.cachedStatement(
        sql: "SELECT outcome FROM import_outcome WHERE import_id = ? AND position >= ? ORDER BY position LIMIT ?"),
      arguments: [id.rawValue, count, limit]
    ).prefix { outcome in
      defer { bytes += outcome.count }
      return bytes < 100_000
    }
    return (try page.map { try JSONDecoder().decode(GetImportAccount.Item.self, from: $0) }, total)
  }

  /// Faults in the order of the file.
  func faults(_ id: ImportID, after count: Int, limit: Int) throws -> [ImportPlan.PlacedFault] {
    let decoder = JSONDecoder()
    return try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT line, fault FROM import_fault WHERE import_id = ? AND position >= ?
          ORDER BY position LIMIT ?
          """), arguments: [id.rawValue, count, limit]
    ).map {
      ImportPlan.PlacedFault(
        line: Number(unchecked: $0[0]), fault: try decoder.decode(RegisterFault.self, from: $0[1]))
    }
  }

  func countFaults(_ id: ImportID) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) FROM import_fault WHERE import_id = ?"),
      arguments: [id.rawValue]) ?? 0
  }

  /// Deletes every import whose rows or faults bear a mark.
  func forgetAll(naming marks: Marks) throws {
    for id in try String.fetchAll(db, sql: "SELECT id FROM import") {
      let parts = try Data.fetchAll(
        db,
        sql: """
          SELECT rows FROM import_part WHERE import_id = ?1 UNION ALL SELECT fault FROM import_fault WHERE import_id = ?1
          UNION ALL SELECT outcome FROM import_outcome WHERE import_id = ?1
          """, arguments: [id])
      if parts.contains(where: marks.areFound) {
        try forget(ImportID(unchecked: id))
      }
    }
  }

  /// Deletes an import with its rows and faults, which hold what the register may not.
  func forget(_ id: ImportID) throws {
    try db.execute(sql: "DELETE FROM import WHERE id = ?", arguments: [id.rawValue])
  }
}
