import Foundation
import GRDB
import Messaging
import Store
import TestSupport
import Testing

@Suite struct BackupTests {
  let folder: TemporaryFolder
  var path: String { folder.path + "/store/matching.sqlite" }
  var backups: Backups { Backups(folder: folder.path + "/backups/matching", kept: 3) }

  static let first = Store.Migration("a", sql: "CREATE TABLE a (x INTEGER) STRICT")
  static let second = Store.Migration("b", sql: "ALTER TABLE a ADD COLUMN y TEXT")

  init() throws { folder = try TemporaryFolder() }

  private func open(_ migrations: [Store.Migration] = [first], isRestored: Bool = false) throws -> Store {
    try Store(at: path, service: "matching", migrations: migrations, isRestored: isRestored, backups: backups)
  }

  private func add(_ store: Store, _ number: Int) throws {
    try store.database.write { try $0.execute(sql: "INSERT INTO a (x) VALUES (?)", arguments: [number]) }
  }

  private func numbers(_ store: Store) throws -> [Int] {
    try store.database.read { try Int.fetchAll($0, sql: "SELECT x FROM a ORDER BY x") }
  }

  @discardableResult
  private func make(_ store: Store, _ name: String, at moment: Int64 = 1_800_000_000_000) throws -> Backups.Backup {
    try store.database.write { try Meta.set($0, Meta.backup, String(moment)) }
    try backups.write(store.database, as: name)
    return try backups.finish(name, service: "matching")
  }

  private func code(_ body: () throws -> Void) -> StoreError.Code? {
    do { try body() } catch { return (error as? StoreError)?.code }
    return nil
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func holdsWhatWasCommittedForTheOwnerAlone() throws {
    let store = try open()
    try add(store, 1)
    try backups.write(store.database, as: "never-finished")
    let backup = try make(store, "one")
    try add(store, 2)
    #expect(try mode(backups.folder) == 0o700 && mode(backup.path) == 0o600)
    #expect(backups.all.map(\.name) == ["one"])
    let proof = try Backups.prove(backup.path, service: "matching")
    #expect(proof.made == Timestamp(milliseconds: 1_800_000_000_000))
    #expect(proof.version == (try store.database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }))
    #expect(try FileManager.default.contentsOfDirectory(atPath: backups.folder) == ["one.sqlite"])
    let copy = try DatabaseQueue(path: backup.path)
    #expect(try copy.read { try Int.fetchAll($0, sql: "SELECT x FROM a") } == [1])
    #expect(try numbers(store) == [1, 2])
  }

  @Test func theOldestGoOnceThereAreEnough() throws {
    let store = try open()
    // A copied file has another date than what it holds.
    for (age, name) in ["d", "c", "b", "a"].enumerated() {
      let made = try make(store, name, at: 1_800_000_000_000 + Int64(age))
      let date = Date(timeIntervalSince1970: 1_700_000_000 - Double(age) * 60)
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: made.path)
    }
    try make(store, "e", at: 1_800_000_000_009)
    #expect(backups.all.map(\.name) == ["b", "a", "e"])
  }

  @Test func aFailedOneLeavesNothingAndRemovesNothing() throws {
    let store = try open()
    try make(store, "one")
    try store.database.write { try $0.execute(sql: "UPDATE meta SET value = 'followup' WHERE name = 'service'") }
    try backups.write(store.database, as: "two")
    #expect(code { try backups.finish("two", service: "matching") } == .backup)
    #expect(try FileManager.default.contentsOfDirectory(atPath: backups.folder) == ["one.sqlite"])
    let nowhere = Backups(folder: "/proc/none", kept: 3)
    #expect(code { try nowhere.write(store.database, as: "three") } == .backup)
  }

  @Test func aRestoreGoesBackInANewEpochAndLaysAsideWhatWasThere() throws {
    let store = try open()
    try add(store, 1)
    let backup = try make(store, "one")
    try add(store, 2)
    func restore() throws -> Store.Restored {
      try Store.restore(path, from: backup.path, service: "matching", known: 1)
    }
    #expect(code { _ = try restore() } == .locked)
    #expect(try numbers(store) == [1, 2])
    try store.close()
    let restored = try restore()
    #expect(restored.made == Timestamp(milliseconds: 1_800_000_000_000))
    let aside = try #require(restored.aside)
    #expect(try FileManager.default.contentsOfDirectory(atPath: aside) == ["matching.sqlite"])
    // Once more within the same second, which lays aside what the first put there.
    let second = try #require(try restore().aside)
    #expect(second != aside)
    #expect(try FileManager.default.contentsOfDirectory(atPath: aside) == ["matching.sqlite"])
    let again = try open()
    #expect(try numbers(again) == [1])
    #expect(again.epoch != store.epoch)
    #expect(try again.database.read { try Meta.value($0, Meta.restored) } == "1")
    try again.close()
    let later = try open()
    #expect(later.epoch == again.epoch, "a new epoch begins once")
    try later.close()
  }

  @Test func aRestoreIsProvedWithoutTouchingAnything() throws {
    let store = try open()
    try add(store, 1)
    let backup = try make(store, "one")
    func prove() throws -> Timestamp? {
      try Store.proveRestore(path, from: backup.path, service: "matching", known: 1)
    }
    #expect(code { _ = try prove() } == .locked)
    try add(store, 2)
    try store.close()
    #expect(try prove() == Timestamp(milliseconds: 1_800_000_000_000))
    #expect(code { _ = try Store.proveRestore(path, from: backup.path, service: "matching", known: 0) } == .newer)
    let again = try open()
    #expect(try numbers(again) == [1, 2] && again.epoch == store.epoch)
    try again.close()
  }

  @Test func whatWasLaidAsideGoesInTime() throws {
    let store = try open()
    let backup = try make(store, "one")
    try store.close()
    for _ in 0..<2 { _ = try Store.restore(path, from: backup.path, service: "matching", known: 1) }
    let aside = folder.path + "/store"
    #expect(Store.laidAside(in: aside).count == 2)
    let again = try open()
    let now = Timestamp.wallClock()
    #expect(try again.removeLaidAside(before: now + .seconds(-60)).isEmpty)
    #expect(try again.removeLaidAside(before: now + .seconds(60)).count == 2)
    #expect(Store.laidAside(in: aside).isEmpty)
    try again.close()
  }

  /// What a crash in its middle leaves: never a store that lacks what was committed and says nothing.
  @Test func anInterruptedRestoreIsNotOpenedUntilItIsDoneAgain() throws {
    let store = try open()
    try add(store, 1)
    let backup = try make(store, "one")
    try add(store, 2)
    // Killed, so that the latest is in the WAL alone, and restored until just before the last step.
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: path + ".kept" + suffix)
    }
    try store.close()
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: path + ".kept", toPath: path)
    try FileManager.default.moveItem(atPath: path + ".kept-wal", toPath: path + "-wal")
    try FileManager.default.copyItem(atPath: backup.path, toPath: path + ".restoring")
    #expect(code { _ = try open() } == .corrupt)
    let aside = try #require(try Store.restore(path, from: backup.path, service: "matching", known: 1).aside)
    let again = try open()
    #expect(try numbers(again) == [1])
    try again.close()
    let before = try DatabaseQueue(path: aside + "/matching.sqlite")
    #expect(try before.read { try Int.fetchAll($0, sql: "SELECT x FROM a ORDER BY x") } == [1, 2])
  }

  @Test func aRestoreOntoAnEmptyMachine() throws {
    let store = try open()
    try add(store, 7)
    let backup = try make(store, "one")
    try store.close()
    try FileManager.default.removeItem(atPath: folder.path + "/store")
    #expect(try Store.restore(path, from: backup.path, service: "matching", known: 1).aside == nil)
    let again = try open()
    #expect(try numbers(again) == [7])
    #expect(try mode(path) == 0o600)
    try again.close()
  }

  @Test func whatIsNoBackupOfThisServiceIsRefusedAndNothingIsTouched() throws {
    let store = try open()
    try add(store, 1)
    let good = try make(store, "one")
    try store.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    var bytes = try Data(contentsOf: URL(fileURLWithPath: good.path))
    #expect(code { _ = try Store.restore(path, from: good.path, service: "followup", known: 1) } == .corrupt)
    #expect(code { _ = try Store.restore(path, from: good.path, service: "matching", known: 0) } == .newer)
    #expect(code { _ = try Store.restore(path, from: folder.path + "/none", service: "matching", known: 1) } != nil)
    for index in 4096..<4200 { bytes[index] ^= 0x5A }
    let broken = folder.path + "/broken.sqlite"
    try bytes.write(to: URL(fileURLWithPath: broken))
    #expect(code { _ = try Store.restore(path, from: broken, service: "matching", known: 1) } == .corrupt)
    try Data("no store".utf8).write(to: URL(fileURLWithPath: broken))
    #expect(code { _ = try Store.restore(path, from: broken, service: "matching", known: 1) } == .corrupt)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func aStoreIsBackedUpBeforeItIsMigrated() throws {
    let old = try open()
    #expect(backups.all.isEmpty, "a new store has nothing to keep")
    try add(old, 7)
    try old.close()
    try open().close()
    #expect(backups.all.isEmpty, "nothing was migrated")
    let new = try open([Self.first, Self.second])
    let kept = try #require(backups.all.first)
    #expect(backups.all.count == 1 && kept.name.hasPrefix("before-schema-"))
    try new.close()
    _ = try Store.restore(path, from: kept.path, service: "matching", known: 1)
    let back = try open()
    #expect(try numbers(back) == [7])
    try back.close()
  }

  /// Between its fork and its exec, a child that another thread starts has all descriptors of its parent.
  @Test func aStoreThatWasClosedIsFreeThoughAChildStillHoldsItsLockFile() throws {
    let store = try open()
    let copies = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }.filter {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path + ".lock"
    }.map { dup($0) }
    #expect(copies.count == 1)
    try store.close()
    try open().close()
    for copy in copies { close(copy) }
  }
}
