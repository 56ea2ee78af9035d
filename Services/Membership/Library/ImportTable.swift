import Contracts
import Foundation
import GRDB
import Messaging
import Store
import Texts

/// Uploaded register files in the store, and what was wrong with them.
struct ImportTable {
  let db: Database

  /// Whether an import is written already; nil where there is none.
  func isWritten(_ id: ImportID) throws -> Bool? {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT is_written FROM import WHERE id = ?"), arguments: [id.rawValue])
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

  /// All rows in the order of their parts.
  func rows(_ id: ImportID) throws -> [ImportRow] {
    let decoder = JSONDecoder()
    return try Data.fetchAll(
      db.cachedStatement(sql: "SELECT rows FROM import_part WHERE import_id = ? ORDER BY part"),
      arguments: [id.rawValue]
    ).flatMap { try decoder.decode([ImportRow].self, from: $0) }
  }

  /// The rows are in the register now: they are not needed any more.
  func markWritten(_ id: ImportID) throws {
    try db.execute(sql: "UPDATE import SET is_written = 1 WHERE id = ?", arguments: [id.rawValue])
    try db.execute(sql: "DELETE FROM import_part WHERE import_id = ?", arguments: [id.rawValue])
  }

  /// Puts the faults of the latest check in place of those before.
  func replaceFaults(_ id: ImportID, _ faults: [ImportPlan.PlacedFault]) throws {
    try db.execute(sql: "DELETE FROM import_fault WHERE import_id = ?", arguments: [id.rawValue])
    let statement = try db.cachedStatement(
      sql: "INSERT INTO import_fault (import_id, position, line, fault) VALUES (?, ?, ?, ?)")
    for (position, placed) in faults.enumerated() {
      try statement.execute(
        arguments: [
          id.rawValue, position, placed.line.rawValue, try EnvelopeCoder.encoder.encode(placed.fault),
        ])
    }
  }

  /// Puts the account of the latest dry run in place of those before.
  func replaceAccount(_ id: ImportID, _ items: [GetImportAccount.Item]) throws {
    try db.execute(sql: "DELETE FROM import_outcome WHERE import_id = ?", arguments: [id.rawValue])
    let statement = try db.cachedStatement(
      sql: "INSERT INTO import_outcome (import_id, position, outcome) VALUES (?, ?, ?)")
    for (position, item) in items.enumerated() {
      try statement.execute(arguments: [id.rawValue, position, try EnvelopeCoder.encoder.encode(item)])
    }
  }

  /// A page of the account, in the order of the file, of no more bytes than go into an envelope; and how many there are.
  func account(_ id: ImportID, after count: Int, limit: Int) throws -> (items: [GetImportAccount.Item], total: Int) {
    let total =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM import_outcome WHERE import_id = ?", arguments: [id.rawValue]) ?? 0
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
