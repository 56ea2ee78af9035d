import Foundation
import GRDB
import Store
import TestSupport
import Testing

/// What was deleted can't be read in the store's files any more.
@Suite struct ScrubTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    let table = Store.Migration("t", sql: "CREATE TABLE t (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    store = try Store(at: folder.path + "/a.sqlite", service: "matching", migrations: [table])
    // An SQLite that is built with it writes zeros over what is deleted, though not over all: here nothing of that helps.
    try store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = OFF") }
  }

  /// The store's files in which a text stands.
  private func found(_ text: String) throws -> Set<String> {
    Set(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
        FileManager.default.contents(atPath: folder.path + "/" + $0)?.range(of: Data(text.utf8)) != nil
      })
  }

  @Test func nothingThatWasDeletedIsLeft() throws {
    try store.database.write { db in
      for number in 1...500 {
        try db.execute(sql: "INSERT INTO t VALUES (?, ?)", arguments: [number, "Åsa Öberg \(number)"])
      }
    }
    try store.scrub()
    #expect(try found("Åsa Öberg") == ["a.sqlite"])
    try store.database.write { try $0.execute(sql: "DELETE FROM t WHERE number <> 7") }
    try store.database.write { try $0.execute(sql: "UPDATE t SET text = 'Bo Ek'") }
    // Both in the file and in the WAL, by which it was changed.
    #expect(try found("Åsa Öberg") == ["a.sqlite", "a.sqlite-wal"])
    try store.scrub()
    #expect(try found("Åsa Öberg") == [])
    #expect(try found("Bo Ek") == ["a.sqlite"])
  }
}
