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

  /// Puts a backup in the place of a store whose service is stopped, in a new epoch, so that the others send again
  /// what it has lost. What was there is laid aside, never deleted.
  ///
  /// A crash leaves either the old store or the whole new one, marked as restored.
  ///
  /// - Parameter known: how many migrations this program knows.
  /// - Throws: `StoreError`: `locked` where the service runs, `corrupt` or `newer` where the backup can't be used.
  public static func restore(_ path: String, from backup: String, service: String, known: Int) throws -> Restored {
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
    defer { lock.release() }
    let proof = try Backups.prove(backup, service: service)
    guard proof.version <= known + MessagingSchema.migrations.count else {
      throw StoreError(
        .newer, "The backup \(backup) was made by a newer version (schema \(proof.version)). Restore with that version."
      )
    }
    do {
      let fresh = path + ".restoring"
      try? files.removeItem(atPath: fresh)
      try files.copyItem(atPath: backup, toPath: fresh)
      try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fresh)
      // No store of anybody's yet: it has its name only once it says that it was restored.
      let queue = try DatabaseQueue(path: fresh)
      try queue.write { db in _ = try beginEpoch(db, isRestored: true) }
      try queue.close()
      try Backups.sync(fresh)
      let aside = try layAside(path)
      try files.moveItem(atPath: fresh, toPath: path)
      try Backups.sync(folder)
      return Restored(made: proof.made, aside: aside)
    } catch { throw StoreError(.unreachable, "The backup \(backup) could not be restored.", cause: "\(error)") }
  }

  /// The WAL first: it must never meet another file of the store's name. Where one file can't be moved, all stay.
  private static func layAside(_ path: String) throws -> String? {
    let files = FileManager.default
    guard files.fileExists(atPath: path) else { return nil }
    let first = "\((path as NSString).deletingLastPathComponent)/before-restore-\(Timestamp.wallClock().asName)"
    var folder = first
    var number = 1
    while files.fileExists(atPath: folder) {
      number += 1
      folder = "\(first)-\(number)"
    }
    try files.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let name = (path as NSString).lastPathComponent
    var moved: [String] = []
    do {
      for suffix in ["-shm", "-wal", ""] where files.fileExists(atPath: path + suffix) {
        try files.moveItem(atPath: path + suffix, toPath: "\(folder)/\(name)\(suffix)")
        moved.append(suffix)
      }
    } catch {
      for suffix in moved.reversed() {
        try files.moveItem(atPath: "\(folder)/\(name)\(suffix)", toPath: path + suffix)
      }
      throw error
    }
    try Backups.sync(folder)
    return folder
  }

  /// Gives the store's epoch: a fresh one where there is none or the store was restored.
  static func beginEpoch(_ db: Database, isRestored: Bool) throws -> String {
    if !isRestored, let kept = try Meta.value(db, "epoch") { return kept }
    // What a backup holds as waiting may have left since.
    if isRestored { try db.execute(sql: "UPDATE outbox SET is_sent = 1 WHERE state = 0") }
    let fresh = UUID().uuidString.lowercased()
    try Meta.set(db, "epoch", fresh)
    if isRestored { try Meta.set(db, Meta.restored, "1") }
    return fresh
  }
}
