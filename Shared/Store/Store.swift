import Foundation
import GRDB
import Messaging
import Synchronization

/// One service's SQLite file, opened by the one connection that there ever is.
///
/// SQLite before 3.51.3 can corrupt a WAL when two connections write or checkpoint at once, so a lock
/// on a file beside the store keeps every other process away, and all use goes through `database`.
public final class Store: Sendable {
  /// One step of a service's schema. Never changed once released; a change is a new step.
  public struct Migration: Sendable {
    public let name: String
    public let migrate: @Sendable (Database) throws -> Void
    public init(_ name: String, _ migrate: @escaping @Sendable (Database) throws -> Void) {
      self.name = name
      self.migrate = migrate
    }
    /// A step that is SQL alone.
    public init(_ name: String, sql: String) {
      self.init(name) { try $0.execute(sql: sql) }
    }
  }

  public let path: String
  public let database: DatabaseQueue
  /// New when the store was restored from a backup.
  public let epoch: String
  private let lock: FileLock

  /// "HSLG" as SQLite's application id.
  public static let applicationID: Int32 = 0x4853_4C47

  /// Opens or makes the store, migrates it forward, and proves that its settings are the safe ones.
  ///
  /// - Parameters:
  ///   - path: the file; its folder is made where it is missing, readable by the owner alone.
  ///   - service: whose store it is; another service's is refused.
  ///   - migrations: the service's own schema, in order.
  ///   - isRestored: the file came from a backup: begin a new epoch.
  ///   - backups: where a store of an older version is copied to before it is migrated.
  /// - Throws: `StoreError` in a sentence. A store that is newer, foreign or locked is left untouched.
  public init(
    at path: String, service: String, migrations: [Migration], isRestored: Bool = false, backups: Backups? = nil
  ) throws {
    self.path = path
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StoreError(
        .unreachable, "The folder \(folder) for the store can't be made. Give a folder that this user may write.",
        cause: "\(error)")
    }
    lock = try FileLock(path + ".lock", held: .locked) {
      "The store \(path) is in use by another process. Stop the other \(service) first."
    }
    guard !FileManager.default.fileExists(atPath: Store.interrupted(path)) else {
      throw StoreError(
        .corrupt,
        "A restore of \(path) was interrupted, so the store may lack its latest changes. Restore it again: \(service) restore latest."
      )
    }
    let all = MessagingSchema.migrations + migrations
    try Store.checkHeader(path, known: all.count)

    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    configuration.foreignKeysEnabled = true
    configuration.label = service
    configuration.maximumReaderCount = 1
    // Before GRDB sets WAL up, which writes: what is damaged or newer is left as it is.
    configuration.prepareDatabase { try Store.check($0, path: path, known: all.count) }
    do {
      database = try DatabaseQueue(path: path, configuration: configuration)
      try Store.secure(database)
      if let backups { try Store.backUp(database, to: backups, service: service, before: all.count) }
      var migrator = DatabaseMigrator()
      for migration in all {
        migrator.registerMigration(migration.name, migrate: migration.migrate)
      }
      try migrator.migrate(database)
      try database.write { db in
        try db.execute(sql: "PRAGMA application_id = \(Store.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(all.count)")
      }
      epoch = try database.write { db in
        if let owner = try Meta.value(db, "service"), owner != service {
          throw StoreError(
            .foreign, "The store \(path) belongs to \(owner), not to \(service). Check the configured path.")
        }
        try Meta.set(db, "service", service)
        return try Store.beginEpoch(db, isRestored: isRestored)
      }
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw Store.explain(error, path: path)
    }
  }

  /// Empties the WAL into the file and closes. Nothing may use the store afterwards.
  public func close() throws {
    try? database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try database.close()
    lock.release()
  }

  // MARK: What is checked at open

  /// Reads the version from the file's header, before SQLite may touch the file.
  private static func checkHeader(_ path: String, known: Int) throws {
    guard let file = FileHandle(forReadingAtPath: path) else { return }
    defer { try? file.close() }
    guard let header = try? file.read(upToCount: 100), !header.isEmpty else { return }
    func number(_ offset: Int) -> UInt32 {
      header[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    guard header.count == 100, header.starts(with: Data("SQLite format 3\0".utf8)) else {
      throw corrupt(path, "the header is not SQLite's")
    }
    try check(version: Int(number(60)), application: Int32(bitPattern: number(68)), path, known)
  }

  private static func check(_ db: Database, path: String, known: Int) throws {
    try check(
      version: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
      application: try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0, path, known)
    let fault = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
    if let fault, fault != "ok" { throw corrupt(path, fault) }
  }

  private static func check(
    version: Int, application: Int32, _ path: String, _ known: Int
  ) throws {
    if application != 0 && application != applicationID {
      throw StoreError(.foreign, "The file \(path) is another program's database. Check the configured path.")
    }
    if version > known {
      throw StoreError(
        .newer,
        "The store \(path) was written by a newer version (schema \(version), this program knows \(known)). "
          + "Start the newer version, or restore a backup from before the upgrade.")
    }
  }

  /// GRDB puts NORMAL back when it sets WAL up, so FULL is set afterwards, and everything read back.
  private static func secure(_ database: DatabaseQueue) throws {
    try database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      if Sabotage.synchronousNormal.isOn {
        try db.execute(sql: "PRAGMA synchronous = NORMAL")
        return
      }
      let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
      let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0
      let keys = try Int.fetchOne(db, sql: "PRAGMA foreign_keys") ?? 0
      guard mode == "wal", synchronous == 2, keys == 1 else {
        throw StoreError(
          .unsafeSettings,
          "The store could not be opened durably (journal_mode \(mode), synchronous \(synchronous), foreign_keys \(keys)). "
            + "Put it on a local file system.")
      }
    }
  }

  /// A store that is about to be migrated can be had back as it was.
  private static func backUp(
    _ database: DatabaseQueue, to backups: Backups, service: String, before version: Int
  ) throws {
    let present = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    guard present > 0, present < version else { return }
    let name = "before-schema-\(version)-\(Timestamp.wallClock().asName)"
    try database.write { try Meta.set($0, Meta.backup, String(Timestamp.wallClock().milliseconds)) }
    try backups.write(database, as: name)
    try backups.finish(name, service: service)
  }

  private static func corrupt(_ path: String, _ cause: String) -> StoreError {
    StoreError(
      .corrupt, "The store \(path) is damaged and was not opened for use. Restore it from a backup.", cause: cause)
  }

  private static func explain(_ error: DatabaseError, path: String) -> StoreError {
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: corrupt(path, "\(error)")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      StoreError(
        .locked, "The store \(path) is locked by another program. Close whatever has it open.",
        cause: "\(error)")
    default:
      StoreError(.unreachable, "The store \(path) can't be opened.", cause: "\(error)")
    }
  }
}

/// An exclusive lock that the kernel lets go when the process ends.
public final class FileLock: Sendable {
  private let held = Mutex<Int32>(-1)

  /// - Throws: `StoreError` with the code `held` and the sentence `whenHeld` where another holds it.
  public init(_ path: String, held: StoreError.Code, whenHeld: () -> String) throws {
    let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError(
        .unreachable, "The lock file \(path) can't be made. Give a folder that this user may write.",
        cause: String(cString: strerror(errno)))
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      Foundation.close(descriptor)
      throw StoreError(held, whenHeld())
    }
    self.held.withLock { $0 = descriptor }
  }

  /// Lets go before the process ends.
  public func release() {
    held.withLock { descriptor in
      guard descriptor >= 0 else { return }
      // Closing alone is not enough: a child that is just being started holds a copy until it runs its program.
      flock(descriptor, LOCK_UN)
      Foundation.close(descriptor)
      descriptor = -1
    }
  }

  deinit { release() }
}
