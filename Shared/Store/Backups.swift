import Foundation
import GRDB
import Messaging

/// The backups of one service's store: whole SQLite files in a folder of their own, each named, proved and synced
/// before it has its name.
///
/// ```
/// store ── VACUUM INTO, on its own connection ──▶ NAME.part ── proved, synced, renamed ──▶ NAME.sqlite
/// ```
///
/// Writing needs the store's connection and so holds up the worker (about 0.3 s for 100 MB); proving touches only the
/// copy, and is done beside it.
public struct Backups: Sendable {
  /// Readable by the owner alone.
  public let folder: String
  /// So many are kept.
  public let kept: Int

  public struct Backup: Sendable, Hashable {
    public let name: String
    public let path: String
    public let bytes: Int
    /// When it was asked for, as it says itself: copying a file to another machine dates it anew. Where it can't be read,
    /// the file's date.
    public let made: Timestamp
  }

  public init(folder: String, kept: Int) {
    self.folder = folder
    self.kept = kept
  }

  /// Those that are whole, oldest first.
  public var all: [Backup] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".sqlite") }.compactMap { file in
      var info = stat()
      let path = "\(folder)/\(file)"
      guard stat(path, &info) == 0 else { return nil }
      let dated = Timestamp(milliseconds: Int64(info.st_mtim.tv_sec) * 1000 + Int64(info.st_mtim.tv_nsec) / 1_000_000)
      return Backup(
        name: String(file.dropLast(".sqlite".count)), path: path, bytes: Int(info.st_size),
        made: (try? Backups.read(path, Backups.made)) ?? dated)
    }.sorted { ($0.made, $0.name) < ($1.made, $1.name) }
  }

  public subscript(name: String) -> Backup? { all.first { $0.name == name } }

  private func part(_ name: String) -> String { "\(folder)/\(name).part" }

  /// Writes a copy of what is committed, without what was deleted. Outside any transaction.
  ///
  /// - Parameter database: the store's own; a second connection never opens a live store.
  /// - Throws: `StoreError` with the code `backup`; what was there before is left alone.
  public func write(_ database: DatabaseQueue, as name: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      // Also what an earlier process did not finish.
      for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".part") {
        try FileManager.default.removeItem(atPath: "\(folder)/\(file)")
      }
      guard
        FileManager.default.createFile(atPath: part(name), contents: nil, attributes: [.posixPermissions: 0o600])
      else { throw CocoaError(.fileWriteNoPermission) }
      try database.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [part(name)]) }
    } catch {
      try? FileManager.default.removeItem(atPath: part(name))
      throw failure(name, error)
    }
  }

  /// Proves what was written, makes it durable, gives it its name, and removes the oldest beyond those kept.
  ///
  /// - Throws: `StoreError` with the code `backup`; nothing has its name then, and nothing older is removed.
  @discardableResult
  public func finish(_ name: String, service: String) throws -> Backup {
    do {
      _ = try Backups.prove(part(name), service: service)
      try Backups.sync(part(name))
      guard rename(part(name), "\(folder)/\(name).sqlite") == 0 else { throw CocoaError(.fileWriteUnknown) }
      try Backups.sync(folder)
    } catch {
      try? FileManager.default.removeItem(atPath: part(name))
      throw failure(name, error)
    }
    for old in all.dropLast(kept) { try? FileManager.default.removeItem(atPath: old.path) }
    guard let backup = self[name] else { throw failure(name, CocoaError(.fileNoSuchFile)) }
    return backup
  }

  private func failure(_ name: String, _ cause: any Error) -> StoreError {
    StoreError(
      .backup, "The backup \(name) in \(folder) failed. See that the folder may be written and has room.",
      cause: "\(cause)")
  }

  /// What a backup says of itself.
  public struct Proof: Sendable, Hashable {
    /// How many migrations it has seen.
    public let version: Int
    /// When it was asked for; nil in a file that was copied by hand.
    public let made: Timestamp?
  }

  /// Reads the whole of a file that is no live store, and proves that it is a sound store of this service.
  ///
  /// - Throws: `StoreError` with the code `corrupt`, in a sentence.
  public static func prove(_ path: String, service: String) throws -> Proof {
    func refuse(_ why: String) -> StoreError {
      StoreError(.corrupt, "The file \(path) is no sound store of \(service): \(why). Take another backup.")
    }
    do {
      return try read(path) { try proof($0, service: service, refuse) }
    } catch let error as DatabaseError {
      throw refuse(error.message ?? "\(error.resultCode)")
    }
  }

  /// A copy that is no live store is opened to be read alone.
  private static func read<Value>(_ path: String, _ read: (Database) throws -> Value) throws -> Value {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.read(read)
  }

  private static func made(_ db: Database) throws -> Timestamp? {
    try Meta.value(db, Meta.backup).flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))
  }

  private static func proof(_ db: Database, service: String, _ refuse: (String) -> StoreError) throws -> Proof {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Store.applicationID else {
      throw refuse("it is another program's")
    }
    let check = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? ""
    guard check == "ok" else { throw refuse(check) }
    guard let owner = try Meta.value(db, "service"), owner == service else { throw refuse("it is another service's") }
    return Proof(version: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0, made: try made(db))
  }

  /// Until it is on the disk: VACUUM INTO does not wait for that.
  static func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CocoaError(.fileReadNoPermission) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
