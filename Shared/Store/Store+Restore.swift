import Foundation
import GRDB
import Messaging

extension Store {
  /// What a restore has done.
  public struct Restored: Sendable {
    /// When the backup was asked for: commands that were given later are lost.
    public let made: Timestamp?
    /// Where the store that was there before lies now; nil where there was none.
    public let aside: String?
  }

  /// Looks whether a restore would be done, and touches no store.
  ///
  /// - Returns: when the backup was asked for; nil in a file that was copied by hand.
  /// - Throws: what `restore` would.
  public static func proveRestore(
    _ path: String, from backup: String, service: String, known: Int
  ) throws -> Timestamp? {
    let (proof, lock) = try provable(path, from: backup, service: service, known: known)
    lock.release()
    return proof.made
  }

  /// Puts a backup in the place of a store whose service is stopped, to be opened in a new epoch, so that the others send
  /// again what it has lost. What was there is laid aside for `asideKept`.
  ///
  /// ```
  /// backup ─▶ .restoring (marked) ─▶ the old store linked aside ─▶ its WAL removed ─▶ .restoring renamed over it
  /// ```
  ///
  /// A crash leaves the old store with its WAL, or the new one, or `.restoring`, with which no store is opened until it
  /// has been restored again.
  ///
  /// - Parameter known: how many migrations this program knows.
  /// - Throws: `StoreError`: `locked` where the service runs, `corrupt` or `newer` where the backup can't be used,
  ///   `unreachable` where it can't be read or there is no room for it.
  public static func restore(_ path: String, from backup: String, service: String, known: Int) throws -> Restored {
    let (proof, lock) = try provable(path, from: backup, service: service, known: known)
    defer { lock.release() }
    let files = FileManager.default
    let folder = (path as NSString).deletingLastPathComponent
    do {
      let part = path + ".restoring.part"
      // Nor may it meet the journal of a restore that was interrupted.
      for suffix in ["", "-journal", "-wal", "-shm"] { try? files.removeItem(atPath: part + suffix) }
      try files.copyItem(atPath: backup, toPath: part)
      try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: part)
      // No store of anybody's yet: it has its name only once it says that it was restored. More is not written, since it
      // may be of an earlier version, and is migrated when it is opened.
      let queue = try DatabaseQueue(path: part)
      try queue.write { db in
        try Meta.set(db, Meta.putBack, "1")
        // For a program of an earlier version, which does not know that mark.
        try Meta.set(db, "epoch", UUID().uuidString.lowercased())
        try Meta.set(db, Meta.restored, "1")
      }
      try queue.close()
      try Backups.sync(part)
      try rename(part, to: interrupted(path))
      try Backups.sync(folder)
      let aside = try layAside(path)
      // It must never meet another file of the store's name.
      for suffix in ["-journal", "-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
        try files.removeItem(atPath: path + suffix)
      }
      try Backups.sync(folder)
      try rename(interrupted(path), to: path)
      try Backups.sync(folder)
      return Restored(made: proof.made, aside: aside)
    } catch { throw StoreError(.unreachable, "The backup \(backup) could not be restored.", cause: "\(error)") }
  }

  /// All that can be known before anything is touched, with the store's lock held.
  private static func provable(
    _ path: String, from backup: String, service: String, known: Int
  ) throws -> (Backups.Proof, FileLock) {
    let files = FileManager.default
    let folder = (path as NSString).deletingLastPathComponent
    guard files.isReadableFile(atPath: backup) else {
      throw StoreError(
        .unreachable, "The backup \(backup) can't be read. Give the name or the path of one that is there.")
    }
    do {
      try files.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw StoreError(.unreachable, "The folder \(folder) for the store can't be made.", cause: "\(error)") }
    let lock = try FileLock(path + ".lock", held: .locked) {
      "The store \(path) is in use. Stop \(service) first, and restore then."
    }
    do {
      let proof = try Backups.prove(backup, service: service)
      guard proof.version <= known + MessagingSchema.migrations.count else {
        throw StoreError(
          .newer,
          "The backup \(backup) was made by a newer version (schema \(proof.version)). Restore with that version.")
      }
      let needed = (try? files.attributesOfItem(atPath: backup)[.size] as? Int) ?? 0
      var disk = statvfs()
      if statvfs(folder, &disk) == 0, Int(disk.f_bavail) * Int(disk.f_frsize) < needed {
        throw StoreError(
          .unreachable,
          "The disk of \(folder) has no room for another \(needed / 1_000_000) MB. Make room, and restore then.")
      }
      return (proof, lock)
    } catch {
      lock.release()
      throw error
    }
  }

  /// There while a restore is under way: what stands beside it may be a store without its WAL.
  static func interrupted(_ path: String) -> String { path + ".restoring" }

  /// Replaces what is there, at once.
  private static func rename(_ path: String, to other: String) throws {
    guard Foundation.rename(path, other) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  private static let asidePrefix = "before-restore-"
  /// So long a store that was laid aside can be had back. Nobody is erased from it, so it is kept no longer than
  /// nightly backups are.
  public static let asideKept = Duration.seconds(14 * 86_400)

  /// The stores that restores have laid aside in a service's folder.
  public static func laidAside(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(asidePrefix) }.sorted()
  }

  /// Removes the stores that were laid aside before a moment.
  ///
  /// - Returns: those that are gone.
  @discardableResult
  public func removeLaidAside(before moment: Timestamp) throws -> [String] {
    let folder = (path as NSString).deletingLastPathComponent
    // The names tell the time, and sort by it.
    let old = Store.laidAside(in: folder).filter { $0 < Store.asidePrefix + moment.asName }
    for name in old { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
    return old
  }

  /// The store as it is, once more, in a folder of its own; nil where there is none.
  private static func layAside(_ path: String) throws -> String? {
    let files = FileManager.default
    guard files.fileExists(atPath: path) else { return nil }
    let first = "\((path as NSString).deletingLastPathComponent)/\(asidePrefix)\(Timestamp.wallClock().asName)"
    var folder = first
    var number = 1
    while files.fileExists(atPath: folder) {
      number += 1
      folder = "\(first)-\(number)"
    }
    try files.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let name = (path as NSString).lastPathComponent
    for suffix in ["", "-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
      let copy = "\(folder)/\(name)\(suffix)"
      do { try files.linkItem(atPath: path + suffix, toPath: copy) } catch {
        // A file system without links.
        try files.copyItem(atPath: path + suffix, toPath: copy)
        try Backups.sync(copy)
      }
    }
    try Backups.sync(folder)
    return folder
  }

  /// Gives the store's epoch: a fresh one where there is none or the store was restored.
  static func beginEpoch(_ db: Database, isRestored isSaid: Bool) throws -> String {
    let isRestored = try isSaid || Meta.value(db, Meta.putBack) != nil
    if !isRestored, let kept = try Meta.value(db, "epoch") { return kept }
    if isRestored { try Outbox.noteAllMayHaveLeft(db) }
    let fresh = UUID().uuidString.lowercased()
    try Meta.set(db, "epoch", fresh)
    if isRestored {
      try Meta.set(db, Meta.restored, "1")
      try Meta.remove(db, Meta.putBack)
    }
    return fresh
  }
}
