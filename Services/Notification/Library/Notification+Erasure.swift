import Contracts
import Foundation
import GRDB
import Messaging
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
  ///
  /// What asked for one that is to somebody else and about somebody else is kept, and it is written anew: it only shared
  /// a mail with another, or named the erased in a list. The others of an emptied mail go by themselves.
  func erase(to member: MemberID, naming marks: Marks) throws -> [String] {
    var emptied: [Mail] = []
    var files: [String] = []
    var namesakes: [String: Bool] = [:]
    func isNamesake(_ id: MemberID) throws -> Bool {
      if let known = namesakes[id.rawValue] { return known }
      let name = try AddressBook(db: db).entry(of: id)?.name.rawValue
      namesakes[id.rawValue] = name.flatMap(marks.redacted) != nil
      return namesakes[id.rawValue]!
    }
    try forEach { mail, file in
      // The reader's own address may differ from a mark by the dots over a letter alone.
      let text = MailText.readable(mail.bytes).replacing(mail.recipient.wire, with: "")
      guard try mail.member == member || marks.redacted(text) != nil && !isNamesake(mail.member) else { return }
      emptied.append(mail)
      files.append(file)
    }
    for mail in emptied {
      let isKept = try mail.member != member && mail.order()?.isToBeTold(without: member, marks) == true
      try empty(mail, keepingOrder: isKept)
      for task in try part(from: mail) {
        try DueWork().plan(
          db, kind: Notifier.deliverMail.name, key: task.rawValue, due: .atOnce,
          payload: try EnvelopeCoder.encoder.encode(Notifier.DeliverMail(task: task)))
      }
    }
    return files
  }

  private func empty(_ mail: Mail, keepingOrder isKept: Bool) throws {
    try db.execute(
      sql: """
        UPDATE mail SET subject = '–', recipient = '', bytes = x'', text = '', detail = NULL WHERE number = ?
        """, arguments: [mail.number])
    if isKept { return }
    try db.execute(
      sql: """
        UPDATE mail SET task_body = NULL, carrier = NULL,
          reason = iif(state IN ('queued', 'attempting', 'retrying'), ?, reason),
          state = iif(state IN ('queued', 'attempting', 'retrying'), 'suppressed', state)
        WHERE number = ?
        """, arguments: [MailReason.erased.code, mail.number])
  }

  /// What went with a mail and has not arrived is a mail of its own again.
  ///
  /// - Returns: those that wait.
  private func part(from carrier: Mail) throws -> [TaskID] {
    try db.execute(
      sql: "UPDATE mail SET carrier = NULL WHERE carrier = ? AND state = 'failed'", arguments: [carrier.number])
    return try String.fetchAll(
      db,
      sql: """
        UPDATE mail SET carrier = NULL, state = 'queued', next_attempt_at = NULL
        WHERE carrier = ? AND state IN ('queued', 'attempting', 'retrying') RETURNING task
        """, arguments: [carrier.number]
    ).map(TaskID.init(unchecked:))
  }
}

extension Mails.Order {
  /// Whether it is still to be told when somebody is erased.
  fileprivate func isToBeTold(without member: MemberID, _ marks: Marks) throws -> Bool {
    if case .member(let task) = self, task.to == member || task.about == member { return false }
    return marks.redacted(String(decoding: try body(), as: UTF8.self)) == nil
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
