import Contracts
import Foundation
import GRDB
import ServiceRuntime
import Store
import Texts

extension Notification {
  /// Every table of the service, with what becomes of a person's rows.
  static let personalTables = [
    // Replaced by a nobody, so that what others are still to be told can be written.
    PersonalTable("address", rows: "member = :member", .kept, identity: ["name", "email"]),
    // The mails themselves are erased below, since their texts are encoded; that there was one stays for the counts.
    // What a mail says stands in its text; its bytes and its task also have the links that answer for its reader.
    PersonalTable(
      "mail", rows: "member = :member", .kept, confidential: ["bytes", "task_body"],
      identity: ["recipient", "subject", "bytes", "text", "task_body", "detail"]),
    PersonalTable("declined", rows: "member = :member", .deleted), PersonalTable(impersonal: "withdrawal"),
  ]

  static func personalData(_ options: ServiceOptions, _ maildir: Maildir) -> PersonalData {
    PersonalData(.notification, personalTables, options) { db, member, marks in
      try AddressBook(db: db).forget(member)
      let mails = try Mails(db: db).erase(to: member, naming: marks)
      for file in mails { try maildir.remove(file) }
      return ["address": 1, "mail": mails.count, "maildir": mails.count]
    }
  }
}

extension AddressBook {
  /// Whoever is nobody's has no address, and nothing is written to them.
  func forget(_ member: MemberID) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO address (member, name, email, language) VALUES (?, 'N.N', '', 'sv')",
      arguments: [member.rawValue])
  }
}

extension Mails {
  /// Empties the mails to a member, and those that bear a mark, and gives their files. Of somebody who is called the same,
  /// the mails bear their own name, and stay.
  func erase(to member: MemberID, naming marks: Marks) throws -> [String] {
    var files: [String] = []
    let rows = try Row.fetchCursor(db, sql: "SELECT number, task, member, file, bytes FROM mail")
    var numbers: [Int64] = []
    var namesakes: [String: Bool] = [:]
    func isNamesake(_ id: String) throws -> Bool {
      if let known = namesakes[id] { return known }
      let name = try AddressBook(db: db).entry(of: MemberID(unchecked: id))?.name.rawValue
      namesakes[id] = name.flatMap(marks.redacted) != nil
      return namesakes[id]!
    }
    while let row = try rows.next() {
      let isOwn = row["member"] as String == member.rawValue
      guard try isOwn || marks.redacted(MailText.readable(row["bytes"])) != nil && !isNamesake(row["member"]) else {
        continue
      }
      numbers.append(row["number"])
      files.append(row["file"])
    }
    for number in numbers {
      try db.execute(
        sql: """
          UPDATE mail SET subject = '–', recipient = '', bytes = x'', text = '', task_body = NULL, detail = NULL,
            reason = iif(state IN ('queued', 'attempting', 'retrying'), ?, reason),
            state = iif(state IN ('queued', 'attempting', 'retrying'), 'suppressed', state)
          WHERE number = ?
          """, arguments: [MailReason.erased.code, number])
    }
    return files
  }
}

extension Maildir {
  /// Takes a mail away, wherever it lies, read or unread.
  func remove(_ file: String) throws {
    for folder in ["tmp", "new", "cur"] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
      for name in names where name == file || name.hasPrefix(file + ":") {
        try FileManager.default.removeItem(atPath: "\(path)/\(folder)/\(name)")
      }
    }
  }
}
