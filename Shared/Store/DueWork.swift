import Foundation
import GRDB
import Messaging

/// The durable scheduler of all four services: what is to be done at a moment of the calendar, as rows
/// that are claimed and done in one transaction with their effects, so that a crash neither repeats nor
/// skips.
public struct DueWork: Sendable {
  public struct Item: Sendable {
    public let number: Int64
    public let kind: String
    public let key: String
    public let due: Timestamp
    public let payload: Data
    public let failures: Int
    /// The trace of what planned it.
    public let traceparent: String?
  }

  public init() {}

  /// Plans work; one row for each kind and key, so planning it anew moves it.
  public func plan(
    _ db: Database, kind: String, key: String, due: Timestamp, payload: Data, traceparent: String? = nil
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO due_work (kind, key, due_at, payload, traceparent) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (kind, key) DO UPDATE
        SET due_at = excluded.due_at, payload = excluded.payload, traceparent = excluded.traceparent, failures = 0,
          problem = NULL
        """
    ).execute(arguments: [kind, key, due.milliseconds, payload, traceparent])
  }

  /// Plans work unless the same kind and key is planned already, for whatever moment.
  public func planUnlessPlanned(
    _ db: Database, kind: String, key: String, due: Timestamp, payload: Data
  ) throws {
    try db.cachedStatement(
      sql: "INSERT INTO due_work (kind, key, due_at, payload) VALUES (?, ?, ?, ?) ON CONFLICT (kind, key) DO NOTHING"
    ).execute(arguments: [kind, key, due.milliseconds, payload])
  }

  public func cancel(_ db: Database, kind: String, key: String) throws {
    try db.cachedStatement(sql: "DELETE FROM due_work WHERE kind = ? AND key = ?")
      .execute(arguments: [kind, key])
  }

  /// What is due, earliest first. Each kind is read by itself, so that what a closed one has waiting costs nothing.
  ///
  /// - Parameter closed: kinds of which nothing is to be begun.
  public func due(_ db: Database, now: Timestamp, limit: Int, exceptKinds closed: [String] = []) throws -> [Item] {
    let items = try kinds(db, except: closed).flatMap { kind in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT number, kind, key, due_at, payload, failures, traceparent FROM due_work
            WHERE kind = ? AND due_at <= ? ORDER BY due_at, number LIMIT ?
            """), arguments: [kind, now.milliseconds, limit])
    }.map {
      Item(
        number: $0[0], kind: $0[1], key: $0[2], due: Timestamp(milliseconds: $0[3]),
        payload: $0[4], failures: $0[5], traceparent: $0[6])
    }
    return Array(items.sorted { ($0.due, $0.number) < ($1.due, $1.number) }.prefix(limit))
  }

  /// When the earliest work is due, nil where there is none.
  ///
  /// - Parameters:
  ///   - held: numbers of work that is under way or waits for its retry, and does not count.
  ///   - closed: kinds that don't count.
  public func next(
    _ db: Database, except held: Set<Int64> = [], exceptKinds closed: [String] = []
  ) throws -> Timestamp? {
    try kinds(db, except: closed).compactMap { kind in
      try Row.fetchAll(
        db.cachedStatement(sql: "SELECT number, due_at FROM due_work WHERE kind = ? ORDER BY due_at, number LIMIT ?"),
        arguments: [kind, held.count + 1]
      ).first { !held.contains($0[0]) }.map { Timestamp(milliseconds: $0[1]) }
    }.min()
  }

  /// The kinds of which there is work: one look into the index for each.
  private func kinds(_ db: Database, except closed: [String]) throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          WITH RECURSIVE kinds (kind) AS (
            SELECT min(kind) FROM due_work
            UNION ALL
            SELECT (SELECT min(kind) FROM due_work WHERE kind > kinds.kind) FROM kinds WHERE kind IS NOT NULL)
          SELECT kind FROM kinds WHERE kind IS NOT NULL
          """)
    ).filter { !closed.contains($0) }
  }

  /// The work is done: gone, in the transaction of its effects.
  public func finish(_ db: Database, _ item: Item) throws {
    try db.cachedStatement(sql: "DELETE FROM due_work WHERE number = ?").execute(arguments: [item.number])
  }

  /// The work failed; it stays due and is tried again.
  public func fail(_ db: Database, _ item: Item, problem: String) throws {
    try db.execute(
      sql: "UPDATE due_work SET failures = failures + 1, problem = ? WHERE number = ?",
      arguments: [problem, item.number])
  }

  /// How much is due, planned in all, and failing: tried at least three times without success.
  public func counts(_ db: Database, now: Timestamp) throws -> (due: Int, planned: Int, failing: Int) {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT coalesce(sum(due_at <= ?), 0), count(*), coalesce(sum(failures >= 3), 0) FROM due_work
        """, arguments: [now.milliseconds])!
    return (row[0], row[1], row[2])
  }
}
