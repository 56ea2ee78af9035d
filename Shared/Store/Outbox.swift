import Foundation
import GRDB
import Messaging

/// What this service owes to others: rows written in the transaction of the change that they tell of,
/// kept with their exact bytes until settled and for a while after.
public struct Outbox: Sendable {
  public enum State: Int, Sendable, CaseIterable {
    case pending = 0
    case effected, deadAtReceiver, dead, parked, expired, discarded
    /// Only id and hash are left of it.
    case erased
  }

  /// At most so many bytes may wait.
  private let limit: Int
  public init(limit: Int = 2 * 1024 * 1024 * 1024) { self.limit = limit }

  /// Adds one message for one receiver, inside the caller's transaction. `body` is made from the row's
  /// sequence, which the envelope carries.
  ///
  /// - Throws: `outboxFull`, so that the caller's transaction rolls back and can be tried again once
  ///   something was delivered; `messageTooLarge`, which no retry helps.
  public func add(
    _ db: Database, id: String, destination: String, key: String, type: String,
    expires: Timestamp?, added: Timestamp = .wallClock(), body: (Int64) throws -> Data
  ) throws {
    let sequence = try last(db) + 1
    let bytes = try body(sequence)
    guard bytes.count <= Envelope.maximumBytes else {
      throw StoreError(
        .messageTooLarge, "A message of \(bytes.count) bytes is over the limit of \(Envelope.maximumBytes).")
    }
    try db.cachedStatement(sql: "UPDATE outbox_size SET bytes = bytes + ?1 WHERE bytes + ?1 <= ?2")
      .execute(arguments: [bytes.count, limit])
    guard db.changesCount == 1 else {
      throw StoreError(
        .outboxFull,
        "The outbox holds \(try size(db)) bytes, its limit. It empties once the receiving services are back.")
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO outbox (sequence, id, destination, key, type, bytes, expires_at, added_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [sequence, id, destination, key, type, bytes.count, expires?.milliseconds, added.milliseconds])
    try db.cachedStatement(sql: "INSERT INTO outbox_body (sequence, body) VALUES (?, ?)")
      .execute(arguments: [sequence, bytes])
  }

  /// The sequence of the row that was added last, 0 where there was none.
  public func last(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db.cachedStatement(sql: "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")) ?? 0
  }

  /// How many bytes wait to be delivered.
  public func size(_ db: Database) throws -> Int {
    try Int.fetchOne(db.cachedStatement(sql: "SELECT bytes FROM outbox_size")) ?? 0
  }

  /// After what happens seldom: adding and settling rows count for themselves.
  static func recount(_ db: Database) throws {
    try db.execute(sql: "UPDATE outbox_size SET bytes = (SELECT coalesce(sum(bytes), 0) FROM outbox WHERE state = 0)")
  }

  public func next(
    _ db: Database, destination: String, after: Int64, limit: Int
  ) throws -> [DeliverySender.Item] {
    try items(
      db,
      """
      SELECT sequence, id, key, bytes, added_at FROM outbox
      WHERE destination = ? AND state = 0 AND sequence > ? ORDER BY sequence LIMIT ?
      """, [destination, after, limit])
  }

  public func ofKeys(
    _ db: Database, destination: String, keys: [String], limit: Int
  ) throws -> [DeliverySender.Item] {
    try keys.flatMap {
      try items(
        db,
        """
        SELECT sequence, id, key, bytes, added_at FROM outbox
        WHERE destination = ? AND key = ? AND state = 0
        ORDER BY sequence LIMIT ?
        """, [destination, $0, limit])
    }
  }

  private func items(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [DeliverySender.Item] {
    try Array(
      Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments).map {
        DeliverySender.Item(sequence: $0[0], id: $0[1], key: $0[2], bytes: $0[3], added: $0[4])
      })
  }

  /// The bytes of rows that are about to leave, and a note that they may have, in the transaction before.
  public func take(_ db: Database, destination: String, _ items: [DeliverySender.Item]) throws -> [Data] {
    let rows = Outbox.list(items)
    // Only what can expire: its end is then the receiver's to say.
    try db.cachedStatement(
      sql: """
        INSERT INTO peer (name, sent_through)
        SELECT ?1, last FROM (
          SELECT max(sequence) AS last FROM outbox
          WHERE sequence IN (SELECT value FROM json_each(?2)) AND expires_at IS NOT NULL)
        WHERE last IS NOT NULL
        ON CONFLICT (name) DO UPDATE SET sent_through = excluded.sent_through
        WHERE sent_through < excluded.sent_through
        """
    ).execute(arguments: [destination, rows])
    let bodies = try Row.fetchCursor(
      db.cachedStatement(
        sql: "SELECT sequence, body FROM outbox_body WHERE sequence IN (SELECT value FROM json_each(?))"),
      arguments: [rows])
    var bySequence: [Int64: Data] = [:]
    bySequence.reserveCapacity(items.count)
    while let row = try bodies.next() { bySequence[row[0]] = row[1] }
    return items.compactMap { bySequence[$0.sequence] }
  }

  /// The bytes of one row, for a person to read.
  public func body(_ db: Database, sequence: Int64) throws -> Data? {
    try Data.fetchOne(db, sql: "SELECT body FROM outbox_body WHERE sequence = ?", arguments: [sequence])
  }

  /// Rows for a statement that takes as many as there are.
  private static func list(_ items: [DeliverySender.Item]) -> String {
    "[" + items.map { String($0.sequence) }.joined(separator: ",") + "]"
  }

  /// Writes the end of rows that came to the same, and gives the state that they are in then.
  @discardableResult
  public func settle(
    _ db: Database, _ items: [DeliverySender.Item], _ settlement: DeliverySender.Settlement,
    at now: Timestamp
  ) throws -> State {
    let state: State
    var problem: String?
    switch settlement {
    case .effected: state = .effected
    case .deadAtReceiver: state = .deadAtReceiver
    case .parked: state = .parked
    case .expired: state = .expired
    case .dead(let cause):
      state = .dead
      problem = "\(cause.code): \(cause.detail)"
    }
    try db.cachedStatement(
      sql: """
        UPDATE outbox SET state = ?, settled_at = ?, problem = ?
        WHERE state = 0 AND sequence IN (SELECT value FROM json_each(?))
        """
    ).execute(arguments: [state.rawValue, now.milliseconds, problem, Outbox.list(items)])
    guard db.changesCount == items.count else {
      // Some were erased meanwhile.
      try Outbox.recount(db)
      return state
    }
    try db.cachedStatement(sql: "UPDATE outbox_size SET bytes = bytes - ?")
      .execute(arguments: [items.reduce(0) { $0 + $1.bytes }])
    return state
  }

  /// Ends what has passed its `expirytime` and never left, and says how many that were. What may have left, or was passed
  /// over for an earlier one of its key, is sent: its receiver knows whether it was effected in time.
  public func expire(_ db: Database, now: Timestamp) throws -> Int {
    try db.cachedStatement(
      sql: """
        UPDATE outbox SET state = 5, settled_at = ? WHERE state = 0 AND expires_at < ?
        AND sequence > coalesce((SELECT sent_through FROM peer WHERE name = destination), 0)
        """
    ).execute(arguments: [now.milliseconds, now.milliseconds])
    let count = db.changesCount
    if count > 0 { try Outbox.recount(db) }
    return count
  }

  /// What a backup holds as waiting may have left since.
  static func noteAllMayHaveLeft(_ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO peer (name, sent_through) SELECT destination, max(sequence) FROM outbox WHERE true GROUP BY destination
        ON CONFLICT (name) DO UPDATE SET sent_through = excluded.sent_through
        """)
  }

  /// What a receiver parked becomes pending again, since it is another now.
  public func unpark(_ db: Database, destination: String) throws {
    try revive(db, "destination = ? AND state = 4", [destination])
  }

  /// Settled rows still kept become pending again, since the receiver's store may have lost them; what it has not
  /// lost it answers as done before. So do dead ones: they would hold back what comes again before them.
  ///
  /// - Parameter sequence: what is below it the receiver had and may have forgotten.
  public func reopen(_ db: Database, destination: String, epoch: String, from sequence: Int64) throws {
    let known = try String.fetchOne(
      db, sql: "SELECT epoch FROM peer WHERE name = ?", arguments: [destination])
    try db.execute(
      sql: "INSERT INTO peer (name, epoch) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch",
      arguments: [destination, epoch])
    if known != nil {
      try revive(db, "destination = ? AND (state IN (1, 2) AND sequence >= ? OR state = 3)", [destination, sequence])
    }
  }

  private func revive(
    _ db: Database, _ condition: String, _ arguments: StatementArguments
  ) throws {
    try db.execute(
      sql: "UPDATE outbox SET state = 0, settled_at = NULL, problem = NULL WHERE \(condition)",
      arguments: arguments)
    try Outbox.recount(db)
  }

  /// What a sender must know when it starts.
  public func resume(
    _ db: Database, destination: String, at now: Duration = .zero
  ) throws -> DeliverySender {
    func keys(_ state: State) throws -> Set<String> {
      try String.fetchSet(
        db,
        sql: "SELECT DISTINCT key FROM outbox WHERE destination = ? AND state = ? AND state IN (3, 4)",
        arguments: [destination, state.rawValue])
    }
    let epoch = try String.fetchOne(
      db, sql: "SELECT epoch FROM peer WHERE name = ?", arguments: [destination])
    return DeliverySender(epoch: epoch, blocked: try keys(.dead), parked: try keys(.parked), at: now)
  }

  /// Every row below it is settled and forgotten: told to a receiver, which may then forget too. A row that is settled
  /// and kept may be sent again, after a restore.
  public func settledBelow(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT coalesce(
            (SELECT min(sequence) FROM outbox), (SELECT seq + 1 FROM sqlite_sequence WHERE name = 'outbox'), 1)
          """)) ?? 1
  }

  // MARK: The dead

  /// A row that its receiver refused to receive.
  public struct DeadRow: Sendable {
    public let sequence: Int64
    public let id: String
    public let destination: String
    public let key: String
    public let type: String
    public let problem: String
    public let diedAt: Timestamp
  }

  /// Those with a higher sequence than `after`, in order.
  public func dead(_ db: Database, after: Int64, limit: Int) throws -> [DeadRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT sequence, id, destination, key, type, coalesce(problem, ''), coalesce(settled_at, 0) FROM outbox
        WHERE state = 3 AND sequence > ? ORDER BY sequence LIMIT ?
        """, arguments: [after, limit]
    ).map {
      DeadRow(
        sequence: $0[0], id: $0[1], destination: $0[2], key: $0[3], type: $0[4], problem: $0[5],
        diedAt: Timestamp(milliseconds: $0[6]))
    }
  }

  /// The dead row with this sequence.
  public func dead(_ db: Database, sequence: Int64) throws -> DeadRow? {
    try dead(db, after: sequence - 1, limit: 1).first { $0.sequence == sequence }
  }

  /// Whether a dead row holds back the later ones of a key.
  public func isBlocked(_ db: Database, destination: String, key: String) throws -> Bool {
    try Int.fetchOne(
      db, sql: "SELECT 1 FROM outbox WHERE destination = ? AND key = ? AND state = 3 AND state IN (3, 4)",
      arguments: [destination, key]) != nil
  }

  /// How many rows of a key wait for their receiver.
  public func waiting(_ db: Database, destination: String, key: String) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM outbox WHERE destination = ? AND key = ? AND state = 0",
      arguments: [destination, key]) ?? 0
  }

  /// Sends a dead row again, or throws it away. The sender must be told that its key is unblocked.
  public func settleDead(_ db: Database, sequence: Int64, again: Bool) throws {
    try db.execute(
      sql: "UPDATE outbox SET state = ? WHERE sequence = ? AND state = 3",
      arguments: [again ? State.pending.rawValue : State.discarded.rawValue, sequence])
    try Outbox.recount(db)
  }

  /// How many rows are in each state.
  public func counts(_ db: Database) throws -> [State: Int] {
    let rows = try Row.fetchAll(db, sql: "SELECT state, count(*) FROM outbox GROUP BY state")
    return Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in
        State(rawValue: row[0]).map { ($0, row[1] as Int) }
      })
  }

  /// What waits for a receiver or is stuck, and since when the first waits; without reading what is settled.
  public func waiting(
    _ db: Database, destination: String
  ) throws -> (pending: Int, parked: Int, dead: Int, oldest: Timestamp?) {
    let stuck = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT state, count(*) FROM outbox WHERE state IN (3, 4) AND destination = ? GROUP BY state"),
      arguments: [destination])
    func count(_ state: State) -> Int { stuck.first { ($0[0] as Int) == state.rawValue }.map { $0[1] as Int } ?? 0 }
    let pending = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) FROM outbox WHERE destination = ? AND state = 0"),
      arguments: [destination])
    let oldest = try Int64.fetchOne(
      db.cachedStatement(
        sql: "SELECT added_at FROM outbox WHERE destination = ? AND state = 0 ORDER BY sequence LIMIT 1"),
      arguments: [destination])
    return (
      pending ?? 0, count(.parked), count(.dead), oldest.flatMap { $0 > 0 ? Timestamp(milliseconds: $0) : nil }
    )
  }

  /// Forgets what was settled before a moment: what is older than the oldest backup that the receiver may yet be
  /// restored from. Called while in touch with it, so that no restore has gone unheard of.
  public func prune(_ db: Database, destination: String, settledBefore moment: Timestamp) throws {
    // What was settled before was added before, and stands before what was added later: no other row is read.
    try db.execute(
      sql: """
        DELETE FROM outbox WHERE destination = ?1 AND state IN (1, 2, 5, 6, 7) AND settled_at < ?2
        AND sequence < coalesce(
          (SELECT sequence FROM outbox WHERE added_at >= ?2 ORDER BY sequence LIMIT 1), 9223372036854775807)
        """, arguments: [destination, moment.milliseconds])
  }
}
