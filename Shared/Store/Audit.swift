import Foundation
import GRDB
import Messaging

/// Who did and who read what, by principal and ids alone: appended in the transaction of the deed, never changed.
///
/// ```
/// seal of a row = SHA-256 (seal of the row before ‖ its fields, each after its length)
/// ```
///
/// A row that is changed, moved or taken out breaks every seal after it. Who can write the file can make a new chain,
/// so whoever wants to be sure keeps the last seal somewhere else, and asks whether it still stands where it stood.
public enum Audit {
  public struct Entry: Sendable, Hashable {
    public let number: Int64
    public let at: Timestamp
    public let principal: String
    public let type: String
    /// Stands for the idempotency key of a command or the id of a question, which somebody may have typed, and named
    /// somebody with.
    public let key: String
    /// Whom or what it concerned.
    public let subject: String?
    public let outcome: String
    public let seal: Data
  }

  static let migration = Store.Migration("messaging-audit") { db in
    try db.execute(
      sql: """
        ALTER TABLE audit ADD COLUMN subject TEXT;
        ALTER TABLE audit ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
        CREATE INDEX audit_subject ON audit (subject, number) WHERE subject IS NOT NULL;
        """)
    var seal = Data()
    for row in try Row.fetchAll(db, sql: "SELECT * FROM audit ORDER BY number") {
      let entry = Entry(row)
      seal = Audit.seal(entry, after: seal)
      try db.execute(sql: "UPDATE audit SET seal = ? WHERE number = ?", arguments: [seal, entry.number])
    }
    try db.execute(
      sql: """
        CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail stays'); END;
        CREATE TRIGGER audit_is_as_written BEFORE UPDATE ON audit BEGIN
          SELECT RAISE(ABORT, 'the audit trail is never changed');
        END;
        """)
  }

  public static func add(
    _ db: Database, at now: Timestamp, principal: String, type: String, key: String, subject: String? = nil,
    outcome: String
  ) throws {
    // The number as AUTOINCREMENT would have it.
    let last = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT seq, (SELECT seal FROM audit ORDER BY number DESC LIMIT 1) FROM sqlite_sequence WHERE name = 'audit'
          """))
    let number = last.map { $0[0] as Int64 + 1 } ?? 1
    let key = SHA256.trace(of: key)
    let entry = Entry(
      number: number, at: now, principal: principal, type: type, key: key, subject: subject, outcome: outcome,
      seal: Data())
    try db.cachedStatement(
      sql: """
        INSERT INTO audit (number, at, principal, type, key, subject, outcome, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      number, now.milliseconds, principal, type, key, subject, outcome,
      seal(entry, after: last.flatMap { $0[1] } ?? Data()),
    ])
  }

  private static func seal(_ entry: Entry, after previous: Data) -> Data {
    var hash = SHA256()
    hash.update(previous)
    for field in [
      String(entry.number), String(entry.at.milliseconds), entry.principal, entry.type, entry.key,
      entry.subject ?? "", entry.outcome,
    ] {
      let bytes = Data(field.utf8)
      hash.update(withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Data($0) })
      hash.update(bytes)
    }
    return hash.finalize()
  }

  // MARK: Read

  /// What a stretch of the trail came to.
  public struct Verified: Sendable, Hashable {
    public init(last: Int64 = 0, seal: Data = Data()) {
      self.last = last
      self.seal = seal
    }

    public var entries = 0
    /// The last entry that was looked at, and its seal: where to go on from.
    public var last: Int64
    public var seal: Data
    /// The first entry whose seal is not right.
    public var broken: Int64?
    /// There are no more.
    public var isAll = false
  }

  /// Checks the entries after one whose seal is known.
  ///
  /// - Parameter number: nought, with an empty seal, for the beginning.
  public static func verify(_ db: Database, after number: Int64, seal: Data, limit: Int) throws -> Verified {
    var verified = Verified(last: number, seal: seal)
    let entries = try page(db, after: number, limit: limit)
    for entry in entries {
      guard entry.number == verified.last + 1, Audit.seal(entry, after: verified.seal) == entry.seal else {
        verified.broken = verified.last + 1
        return verified
      }
      verified.entries += 1
      verified.last = entry.number
      verified.seal = entry.seal
    }
    verified.isAll = entries.count < limit
    // SQLite remembers the highest number that there ever was: what is missing at the end was taken away.
    let highest = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'audit'") ?? 0
    if verified.isAll, verified.last < highest { verified.broken = verified.last + 1 }
    return verified
  }

  /// What the trail says of somebody, for them to read.
  public static func held(_ db: Database, of member: String) throws -> [Erasures.Held] {
    try Row.fetchAll(
      db, sql: "SELECT at, principal, type AS message, outcome FROM audit WHERE subject = ? ORDER BY number",
      arguments: [member]
    ).map { row in
      Erasures.Held(table: "audit", columns: Dictionary(row.map { ($0.0, $0.1) }, uniquingKeysWith: { $1 }))
    }
  }

  /// Entries in their order.
  ///
  /// - Parameter subject: only those that concern it.
  public static func page(_ db: Database, after number: Int64, subject: String? = nil, limit: Int) throws -> [Entry] {
    let condition = subject == nil ? "" : "AND subject = :subject"
    var arguments: StatementArguments = ["number": number, "limit": limit]
    if let subject { arguments += ["subject": subject] }
    return try Row.fetchAll(
      db, sql: "SELECT * FROM audit WHERE number > :number \(condition) ORDER BY number LIMIT :limit",
      arguments: arguments
    ).map(Entry.init)
  }
}

extension Audit.Entry {
  fileprivate init(_ row: Row) {
    self.init(
      number: row["number"], at: Timestamp(milliseconds: row["at"]), principal: row["principal"], type: row["type"],
      key: row["key"], subject: row["subject"], outcome: row["outcome"], seal: row["seal"])
  }
}
