import Foundation
import GRDB
import Messaging

/// What this service has received: one row for each effect, so that none happens twice, the attempts
/// that failed, and the dead letters.
public struct Inbox: Sendable {
  public init() {}

  public static func hash(_ body: Data) -> Data { SHA256.hash(body) }

  public func history(
    _ db: Database, source: String, id: String, key: String, hash: Data
  ) throws -> DeliveryHistory {
    // No row where nothing is known, as of most.
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT * FROM (
            SELECT (SELECT hash FROM inbox WHERE source = ?1 AND id = ?2) AS hash,
              (SELECT started FROM attempt WHERE source = ?1 AND id = ?2) AS started,
              (SELECT failed FROM attempt WHERE source = ?1 AND id = ?2),
              EXISTS (SELECT 1 FROM dead_letter WHERE source = ?1 AND key = ?3 AND state = 0) AS holds,
              EXISTS (SELECT 1 FROM dead_letter WHERE source = ?1 AND id = ?2 AND state = 0))
          WHERE hash IS NOT NULL OR started IS NOT NULL OR holds
          """), arguments: [source, id, key])
    guard let row else { return DeliveryHistory(inbox: .absent) }
    if let known: Data = row[0], !Sabotage.forgetInbox.isOn {
      return DeliveryHistory(inbox: known != hash ? .otherBody : row[4] ? .deadLetter : .sameBody)
    }
    return DeliveryHistory(inbox: .absent, started: row[1] ?? 0, failed: row[2] ?? 0, isKeyHeld: row[3])
  }

  /// Notes that the message has been taken care of, in the transaction of its effect.
  public func record(
    _ db: Database, source: String, id: String, hash: Data, sequence: Int64, at now: Timestamp
  ) throws {
    let verb = Sabotage.forgetInbox.isOn ? "REPLACE" : "INSERT"
    try db.cachedStatement(sql: "\(verb) INTO inbox VALUES (?, ?, ?, ?, ?)")
      .execute(arguments: [source, id, hash, sequence, now.milliseconds])
  }

  /// Forgets the attempts at a message that has been taken care of, in the same transaction.
  public func forgetAttempts(_ db: Database, source: String, id: String) throws {
    try db.cachedStatement(sql: "DELETE FROM attempt WHERE source = ? AND id = ?")
      .execute(arguments: [source, id])
  }

  /// Counts an attempt before it runs, in a commit of its own.
  public func begin(_ db: Database, source: String, id: String) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO attempt VALUES (?, ?, 1, 0, NULL)
        ON CONFLICT (source, id) DO UPDATE SET started = started + 1
        """
    ).execute(arguments: [source, id])
  }

  /// Takes a counted attempt back that ended without a verdict on the message. One that has none left is not kept: its next
  /// may be the last, and is not counted where it is sent for the first time.
  public func unbegin(_ db: Database, source: String, id: String) throws {
    try db.cachedStatement(sql: "UPDATE attempt SET started = started - 1 WHERE source = ? AND id = ?")
      .execute(arguments: [source, id])
    try db.cachedStatement(sql: "DELETE FROM attempt WHERE source = ? AND id = ? AND started = 0")
      .execute(arguments: [source, id])
  }

  /// Counts a failed handling, and gives how many there have been.
  public func fail(
    _ db: Database, source: String, id: String, wasCounted: Bool, problem: String
  ) throws -> Int {
    if !wasCounted { try begin(db, source: source, id: id) }
    try db.cachedStatement(
      sql: "UPDATE attempt SET failed = failed + 1, problem = ? WHERE source = ? AND id = ?"
    ).execute(arguments: [problem, source, id])
    return try Int.fetchOne(
      db, sql: "SELECT failed FROM attempt WHERE source = ? AND id = ?", arguments: [source, id]) ?? 0
  }

  /// What the last failed handling said; empty where none has returned.
  public func lastProblem(_ db: Database, source: String, id: String) throws -> String {
    try String.fetchOne(
      db, sql: "SELECT problem FROM attempt WHERE source = ? AND id = ?", arguments: [source, id]) ?? ""
  }

  /// A delivery that can't be effected: kept whole, for a person to replay or discard.
  public func bury(
    _ db: Database, _ envelope: Envelope, body: Data, hash: Data, problem: String, at now: Timestamp
  ) throws {
    let attempts =
      try Int.fetchOne(
        db, sql: "SELECT started FROM attempt WHERE source = ? AND id = ?",
        arguments: [envelope.source, envelope.id]) ?? 1
    try db.execute(
      sql: """
        INSERT INTO dead_letter (source, id, key, type, body, problem, attempts, died_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (source, id) DO UPDATE
        SET state = 0, problem = excluded.problem, attempts = attempts + excluded.attempts,
            died_at = excluded.died_at
        """,
      arguments: [
        envelope.source, envelope.id, envelope.partitionkey ?? "", envelope.type, body, problem,
        attempts, now.milliseconds,
      ])
    try record(
      db, source: envelope.source, id: envelope.id, hash: hash,
      sequence: envelope.sequence.flatMap { Int64($0) } ?? 0, at: now)
    try forgetAttempts(db, source: envelope.source, id: envelope.id)
  }

  /// Remembers how far a sender has settled and forgotten, so that older rows may be forgotten, and gives the highest
  /// mark so far.
  public func settledBelow(_ db: Database, source: String, _ sequence: Int64) throws -> Int64 {
    try db.cachedStatement(
      sql: """
        INSERT INTO peer (name, settled_below) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET settled_below = excluded.settled_below
        WHERE settled_below < excluded.settled_below
        """
    ).execute(arguments: [source, sequence])
    return try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT settled_below FROM peer WHERE name = ?"), arguments: [source]) ?? 0
  }

  /// Forgets what came from a sender that has forgotten it too, before a moment: what is older than its oldest backup,
  /// restored from which it would send again what it then held as waiting.
  public func prune(_ db: Database, source: String, receivedBefore moment: Timestamp) throws {
    try db.execute(
      sql: """
        DELETE FROM inbox WHERE source = ?1 AND received_at < ?2
        AND sequence < (SELECT settled_below FROM peer WHERE name = ?1)
        """, arguments: [source, moment.milliseconds])
  }

  /// Forgets dead letters that a person has settled and that died before a moment.
  public func pruneSettledLetters(_ db: Database, diedBefore moment: Timestamp) throws {
    try db.execute(
      sql: "DELETE FROM dead_letter WHERE state <> 0 AND died_at < ?", arguments: [moment.milliseconds])
  }
}

/// A message that could not be effected, as the board client shows it.
public struct DeadLetter: Sendable {
  public let number: Int64
  public let source: String
  public let id: String
  public let key: String
  public let type: String
  public let problem: String
  public let attempts: Int
  public let diedAt: Timestamp
  public let body: Data

  public static func count(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM dead_letter WHERE state = 0") ?? 0
  }

  /// Those with a higher number than `after`, in order.
  public static func page(_ db: Database, after: Int64, limit: Int) throws -> [DeadLetter] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM dead_letter WHERE state = 0 AND number > ? ORDER BY number LIMIT ?",
      arguments: [after, limit]
    ).map(DeadLetter.init)
  }

  public static func find(_ db: Database, number: Int64) throws -> DeadLetter? {
    try Row.fetchOne(
      db, sql: "SELECT * FROM dead_letter WHERE state = 0 AND number = ?", arguments: [number]
    ).map(DeadLetter.init)
  }

  /// Marks it replayed or discarded; later messages of its key go on.
  public static func close(_ db: Database, number: Int64, replayed: Bool) throws {
    try db.execute(
      sql: "UPDATE dead_letter SET state = ? WHERE number = ?", arguments: [replayed ? 1 : 2, number])
  }

  private init(_ row: Row) {
    number = row["number"]
    source = row["source"]
    id = row["id"]
    key = row["key"]
    type = row["type"]
    problem = row["problem"]
    attempts = row["attempts"]
    diedAt = Timestamp(milliseconds: row["died_at"])
    body = row["body"]
  }
}
