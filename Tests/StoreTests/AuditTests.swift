import Foundation
import GRDB
import Messaging
import Store
import TestSupport
import Testing

@Suite struct AuditTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(at: folder.path + "/a.sqlite", service: "membership", migrations: [])
    try store.database.write { db in
      for number in 1...7 {
        try Audit.add(
          db, at: Timestamp(milliseconds: Int64(number)), principal: "karin", type: "t.v1", key: "k-\(number)",
          subject: number.isMultiple(of: 2) ? "m-1" : nil, outcome: "done")
      }
    }
  }

  private func verified(limit: Int = 3) throws -> Audit.Verified {
    try store.database.read { db in
      var found = Audit.Verified(last: 0, seal: Data())
      var entries = 0
      repeat {
        found = try Audit.verify(db, after: found.last, seal: found.seal, limit: limit)
        entries += found.entries
      } while !found.isAll && found.broken == nil
      found.entries = entries
      return found
    }
  }

  @Test(arguments: [1, 3, 7, 8]) func standsAsWritten(limit: Int) throws {
    let found = try verified(limit: limit)
    #expect(found.entries == 7)
    #expect(found.broken == nil)
    #expect(found.seal.count == 32)
  }

  @Test func isNeverChangedThroughTheStore() throws {
    for sql in ["UPDATE audit SET principal = 'bo'", "DELETE FROM audit"] {
      #expect(throws: DatabaseError.self) { try store.database.write { try $0.execute(sql: sql) } }
    }
    #expect(try verified().broken == nil)
  }

  private static let tampering: [(String, Int64)] = [
    ("UPDATE audit SET principal = 'bo' WHERE number = 4", 4),
    ("UPDATE audit SET subject = NULL WHERE number = 2", 2),
    ("UPDATE audit SET principal = 'kari', type = 'nt.v1' WHERE number = 1", 1),
    ("DELETE FROM audit WHERE number = 3", 3), ("DELETE FROM audit WHERE number = 1", 1),
    ("DELETE FROM audit WHERE number >= 6", 6), ("UPDATE audit SET at = 9 WHERE number = 7", 7),
  ]

  /// As somebody does who has the file and a database program.
  @Test(arguments: tampering) func findsTheFirstEntryThatIsNotAsWritten(sql: String, broken: Int64) throws {
    try store.database.write { db in
      try db.execute(sql: "DROP TRIGGER audit_stays; DROP TRIGGER audit_is_as_written; \(sql)")
    }
    #expect(try verified().broken == broken)
  }

  @Test func givesWhatConcernsSomebody() throws {
    let found = try store.database.read { try Audit.page($0, after: 2, subject: "m-1", limit: 9) }
    #expect(found.map(\.number) == [4, 6])
  }
}
