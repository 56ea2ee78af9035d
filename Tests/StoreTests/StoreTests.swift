import Foundation
import GRDB
import Messaging
import Store
import TestSupport
import Testing

@Suite struct StoreTests {
  let folder: TemporaryFolder
  var path: String { folder.path + "/store/test.sqlite" }

  init() throws { folder = try TemporaryFolder() }

  private func open(
    service: String = "matching", migrations: [Store.Migration] = [], isRestored: Bool = false
  ) throws -> Store {
    try Store(at: path, service: service, migrations: migrations, isRestored: isRestored)
  }

  private func refusal(_ body: () throws -> Void) -> StoreError? {
    do { try body() } catch { return error as? StoreError }
    return nil
  }

  /// The examples of FIPS 180-4's test vectors, and a message of no bytes.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]) func hashesAsTheStandardSays(_ message: String, _ digest: String) {
    let bytes = SHA256.hash(Data(message.utf8))
    #expect(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == digest)
  }

  /// The second test case of RFC 4231.
  @Test func authenticatesAsTheStandardSays() {
    let code = SHA256.authenticationCode(of: Data("what do ya want for nothing?".utf8), key: Data("Jefe".utf8))
    #expect(code.starts(with: [0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e]))
    #expect(code.count == 32)
  }

  @Test func isDurable() throws {
    let store = try open()
    try store.database.read { db throws -> Void in
      #expect(try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal")
      #expect(try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2)
      #expect(try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1)
      #expect(try Int32.fetchOne(db, sql: "PRAGMA application_id") == Store.applicationID)
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/store")
    #expect(attributes[.posixPermissions] as? Int == 0o700)
  }

  @Test func aSecondOpenerIsRefusedInASentence() throws {
    let store = try open()
    let error = refusal { _ = try open() }
    #expect(error?.code == .locked)
    #expect(error?.message.contains("in use by another process") == true)
    withExtendedLifetime(store) {}
  }

  @Test func aNewerStoreIsLeftUntouched() throws {
    try open(migrations: [.init("a", sql: "CREATE TABLE a (x) "), .init("b", sql: "CREATE TABLE b (x)")]).close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let error = refusal { _ = try open(migrations: [.init("a", sql: "CREATE TABLE a (x)")]) }
    #expect(error?.code == .newer)
    #expect(error?.message.contains("newer version") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
  }

  @Test func anothersStoreIsRefused() throws {
    try open(service: "membership").close()
    #expect(refusal { _ = try open(service: "matching") }?.code == .foreign)
  }

  @Test func anotherProgramsFileIsRefused() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/store", withIntermediateDirectories: true)
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "PRAGMA application_id = 17; CREATE TABLE t (x)") }
    try queue.close()
    #expect(refusal { _ = try open() }?.code == .foreign)
  }

  @Test(arguments: [0, 5_000, 20_000])
  func aDamagedStoreIsNotOpened(at offset: Int) throws {
    let store = try open()
    try store.database.write { db throws -> Void in
      for number in 0..<200 {
        try DueWork().plan(
          db, kind: "k", key: "\(number)", due: Timestamp(milliseconds: 0), payload: Data(count: 200))
      }
    }
    try store.close()
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: Data(repeating: 0xA5, count: 4_000))
    try file.close()
    let error = refusal { _ = try open() }
    #expect(error?.code == .corrupt || error?.code == .newer || error?.code == .foreign, "\(String(describing: error))")
  }

  @Test func migratesForwardAndKeepsWhatThereWas() throws {
    let first = Store.Migration("a", sql: "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (7)")
    try open(migrations: [first]).close()
    let store = try open(migrations: [first, .init("b", sql: "ALTER TABLE a ADD COLUMN y TEXT")])
    let kept = try store.database.read { try Int.fetchOne($0, sql: "SELECT x FROM a WHERE y IS NULL") }
    #expect(kept == 7)
  }

  @Test func aRestoredStoreBeginsANewEpochAndKeepsItAfterwards() throws {
    let first = try open()
    let epoch = first.epoch
    try first.close()
    let again = try open()
    #expect(again.epoch == epoch)
    try again.close()
    let restored = try open(isRestored: true)
    #expect(restored.epoch != epoch)
    try restored.close()
    let later = try open()
    #expect(later.epoch == restored.epoch)
  }

  @Test func aFolderThatCantBeMadeIsASentence() throws {
    _ = FileManager.default.createFile(atPath: folder.path + "/store", contents: Data())
    let error = refusal { _ = try open() }
    #expect(error?.code == .unreachable)
  }
}

@Suite struct OutboxTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(at: folder.path + "/s.sqlite", service: "matching", migrations: [])
  }

  private func add(
    _ db: Database, _ outbox: Outbox, _ id: String, key: String = "k", bytes: Int = 100, expires: Timestamp? = nil
  ) throws {
    try outbox.add(
      db, id: id, destination: "followup", key: key, type: "t", expires: expires, added: Timestamp(milliseconds: 1)
    ) { _ in Data(count: bytes) }
  }

  @Test func isBoundedInBytesAndARefusedRowLeavesNothing() throws {
    let outbox = Outbox(limit: 1_000)
    try store.database.write { db throws -> Void in
      for number in 0..<10 { try add(db, outbox, "m\(number)") }
      #expect(throws: StoreError.self) {
        try db.inSavepoint {
          try add(db, outbox, "too-much")
          return .commit
        }
      }
      #expect(try outbox.size(db) == 1_000)
      #expect(try outbox.next(db, destination: "followup", after: 0, limit: 100).count == 10)
      let first = try outbox.next(db, destination: "followup", after: 0, limit: 1)[0]
      try outbox.settle(db, [first], .effected, at: Timestamp(milliseconds: 1))
      try add(db, outbox, "fits-now")
      #expect(try outbox.size(db) == 1_000)
    }
  }

  @Test func whatWaitsIsCountedWhateverHappens() throws {
    let seed = UInt64.random(in: 1...999_999)
    var random = SeededGenerator(seed: seed)
    let outbox = Outbox()
    let problem = Problem(code: "c", title: "t", detail: "d")
    let settlements: [DeliverySender.Settlement] = [
      .effected, .deadAtReceiver, .parked, .expired, .dead(problem),
    ]
    // Read a while ago, so that some have ended since.
    var claimed: [DeliverySender.Item] = []
    try store.database.write { db throws -> Void in
      for number in 0..<600 {
        let doing = Int.random(in: 0..<12, using: &random)
        let waiting = try outbox.next(db, destination: "followup", after: 0, limit: 3)
        let row = Int64.random(in: 1...Int64(number + 1), using: &random)
        switch doing {
        case 0...4:
          let expires = Bool.random(using: &random) ? Timestamp(milliseconds: Int64(number + 5)) : nil
          try add(db, outbox, "m\(number)", bytes: Int.random(in: 1...300, using: &random), expires: expires)
        case 5, 6:
          let settlement = settlements.randomElement(using: &random)!
          try outbox.settle(
            db, doing == 5 ? waiting : claimed, settlement, at: Timestamp(milliseconds: Int64(number)))
        case 7: _ = try outbox.expire(db, now: Timestamp(milliseconds: Int64(number)))
        case 8: try outbox.unpark(db, destination: "followup")
        case 9: try outbox.reopen(db, destination: "followup", epoch: "e\(number)", from: row)
        case 10: try outbox.settleDead(db, sequence: row, again: Bool.random(using: &random))
        default:
          if number % 3 == 0 {
            _ = try Erasures.empty(db, "sequence = ?", [row])
          } else {
            try outbox.prune(db, destination: "followup", settledBefore: Timestamp(milliseconds: Int64(number / 2)))
          }
        }
        let sum = try Int.fetchOne(db, sql: "SELECT coalesce(sum(bytes), 0) FROM outbox WHERE state = 0")
        try #require(try outbox.size(db) == sum, "SEED=\(seed), step \(number): \(doing)")
        if number.isMultiple(of: 7) { claimed = waiting }
      }
    }
  }

  @Test func aMessageOverTheLimitIsRefused() throws {
    try store.database.write { db throws -> Void in
      #expect(throws: StoreError.self) { try add(db, Outbox(), "big", bytes: Envelope.maximumBytes + 1) }
    }
  }

  @Test func whatIsPastItsTimeExpiresAndIsCounted() throws {
    let outbox = Outbox()
    try store.database.write { db throws -> Void in
      try add(db, outbox, "late", expires: Timestamp(milliseconds: 100))
      try add(db, outbox, "later", expires: Timestamp(milliseconds: 200))
      try add(db, outbox, "never")
      let first = try outbox.next(db, destination: "followup", after: 0, limit: 1)[0]
      _ = try outbox.take(db, destination: "followup", [first])
      #expect(try outbox.expire(db, now: Timestamp(milliseconds: 150)) == 0)
      try outbox.settle(db, [first], .expired, at: Timestamp(milliseconds: 150))
      #expect(try outbox.counts(db) == [.pending: 2, .expired: 1])
      #expect(try outbox.size(db) == 200)
    }
  }

  @Test func aNewEpochMakesKeptRowsPendingAgain() throws {
    let outbox = Outbox()
    try store.database.write { db throws -> Void in
      try add(db, outbox, "m")
      try outbox.reopen(db, destination: "followup", epoch: "one", from: 0)
      let item = try outbox.next(db, destination: "followup", after: 0, limit: 1)[0]
      try outbox.settle(db, [item], .effected, at: Timestamp(milliseconds: 1))
      #expect(try outbox.counts(db) == [.effected: 1])
      try outbox.reopen(db, destination: "followup", epoch: "two", from: item.sequence + 1)
      #expect(try outbox.counts(db) == [.effected: 1])
      try outbox.reopen(db, destination: "followup", epoch: "three", from: item.sequence)
      #expect(try outbox.counts(db) == [.pending: 1])
      #expect(try outbox.size(db) == 100)
      // A dead row would hold back what comes again before it.
      try outbox.settle(db, [item], .dead(Problem(code: "c", title: "t", detail: "d")), at: Timestamp(milliseconds: 1))
      try outbox.reopen(db, destination: "followup", epoch: "four", from: item.sequence + 1)
      #expect(try outbox.counts(db) == [.pending: 1])
    }
  }

  @Test func theMarkStaysBelowWhateverCanBeSentAgain() throws {
    let outbox = Outbox()
    try store.database.write { db throws -> Void in
      #expect(try outbox.settledBelow(db) == 1)
      try add(db, outbox, "m")
      let item = try outbox.next(db, destination: "followup", after: 0, limit: 1)[0]
      try outbox.settle(db, [item], .effected, at: Timestamp(milliseconds: 1))
      #expect(try outbox.settledBelow(db) == item.sequence)
      try outbox.prune(db, destination: "followup", settledBefore: Timestamp(milliseconds: 2))
      #expect(try outbox.settledBelow(db) == item.sequence + 1)
    }
  }

  @Test func whatARestoredStoreHoldsAsWaitingMayHaveLeft() throws {
    let outbox = Outbox()
    try store.database.write { db throws -> Void in
      try add(db, outbox, "m", expires: Timestamp(milliseconds: 100))
    }
    try store.close()
    let restored = try Store(
      at: folder.path + "/s.sqlite", service: "matching", migrations: [], isRestored: true)
    try restored.database.write { db throws -> Void in
      #expect(try outbox.expire(db, now: Timestamp(milliseconds: 150)) == 0)
    }
    try restored.close()
  }
}

@Suite struct DueWorkTests {
  @Test func workIsDoneOnceInOrderAndPlanningAnewMovesIt() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/s.sqlite", service: "matching", migrations: [])
    let work = DueWork()
    func at(_ number: Int64) -> Timestamp { Timestamp(milliseconds: number) }
    try store.database.write { db throws -> Void in
      try work.plan(db, kind: "a", key: "1", due: at(300), payload: Data("x".utf8))
      try work.plan(db, kind: "a", key: "2", due: at(200), payload: Data("y".utf8))
      try work.plan(db, kind: "a", key: "1", due: at(100), payload: Data("z".utf8))
      #expect(try work.due(db, now: at(250), limit: 10).map(\.key) == ["1", "2"])
      #expect(try work.next(db) == at(100))
      let first = try work.due(db, now: at(250), limit: 10)[0]
      #expect(first.payload == Data("z".utf8))
      try work.finish(db, first)
      #expect(try work.due(db, now: at(999), limit: 10).map(\.key) == ["2"])
      // Failed work that waits for its retry is not what comes next.
      let second = try work.due(db, now: at(999), limit: 10)[0]
      #expect(try work.next(db, except: [second.number]) == nil)
      #expect(try work.next(db) == at(200))
      try work.cancel(db, kind: "a", key: "2")
      #expect(try work.next(db) == nil)
    }
  }

  @Test func workOfSeveralKindsIsInOneOrderAndAClosedKindIsPassedOver() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/s.sqlite", service: "matching", migrations: [])
    let work = DueWork()
    func at(_ number: Int64) -> Timestamp { Timestamp(milliseconds: number) }
    try store.database.write { db throws -> Void in
      for (number, kind) in ["c", "a", "b", "a", "c"].enumerated() {
        try work.plan(db, kind: kind, key: "\(number)", due: at(Int64(100 * number + 100)), payload: Data())
      }
      #expect(try work.due(db, now: at(400), limit: 10).map(\.key) == ["0", "1", "2", "3"])
      #expect(try work.due(db, now: at(400), limit: 2).map(\.key) == ["0", "1"])
      #expect(try work.due(db, now: at(900), limit: 10, exceptKinds: ["a", "b"]).map(\.key) == ["0", "4"])
      #expect(try work.next(db, exceptKinds: ["c"]) == at(200))
      let first = try work.due(db, now: at(900), limit: 1, exceptKinds: ["c"])[0]
      #expect(try work.next(db, except: [first.number], exceptKinds: ["c"]) == at(300))
      #expect(try work.next(db, exceptKinds: ["a", "b", "c"]) == nil)
    }
  }
}

@Suite struct ForgettingTests {
  @Test func onlyWhatIsSettledAndOldIsForgotten() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/s.sqlite", service: "matching", migrations: [])
    func at(_ number: Int64) -> Timestamp { Timestamp(milliseconds: number) }
    try store.database.write { db throws -> Void in
      let outbox = Outbox()
      for id in ["old", "new", "waiting"] {
        try outbox.add(db, id: id, destination: "followup", key: id, type: "t", expires: nil, added: at(50)) { _ in
          Data(count: 9)
        }
      }
      let items = try outbox.next(db, destination: "followup", after: 0, limit: 9)
      try outbox.settle(db, [items[0]], .effected, at: at(100))
      try outbox.settle(db, [items[1]], .effected, at: at(300))
      try outbox.prune(db, destination: "elsewhere", settledBefore: at(200))
      #expect(try outbox.counts(db)[.effected] == 2)
      try outbox.prune(db, destination: "followup", settledBefore: at(200))
      #expect(try String.fetchAll(db, sql: "SELECT id FROM outbox ORDER BY sequence") == ["new", "waiting"])

      // The sender may send again what is not below its settled mark, however old.
      let inbox = Inbox()
      for (id, sequence) in [("a", Int64(1)), ("b", 2), ("c", 3)] {
        try inbox.record(db, source: "s", id: id, hash: Data([1]), sequence: sequence, at: at(id == "b" ? 300 : 100))
      }
      #expect(try inbox.settledBelow(db, source: "s", 3) == 3)
      #expect(try inbox.settledBelow(db, source: "s", 2) == 3)
      try inbox.prune(db, source: "another", receivedBefore: at(200))
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM inbox") == 3)
      try inbox.prune(db, source: "s", receivedBefore: at(200))
      #expect(try String.fetchAll(db, sql: "SELECT id FROM inbox ORDER BY id") == ["b", "c"])

      let replies = Replies()
      try replies.keep(db, principal: "p", type: "t", key: "old", hash: Data([1]), body: Data([2]), at: at(100))
      try replies.keep(db, principal: "p", type: "t", key: "new", hash: Data([1]), body: Data([2]), at: at(300))
      try replies.prune(db, before: at(200))
      #expect(try replies.find(db, principal: "p", type: "t", key: "old", hash: Data([1])) == .none)
      #expect(try replies.find(db, principal: "p", type: "t", key: "new", hash: Data([1])) == .reply(Data([2])))
      #expect(try replies.find(db, principal: "p", type: "t", key: "new", hash: Data([3])) == .otherBody)
    }
  }
}
