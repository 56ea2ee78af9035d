import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Store
import Synchronization
import Texts

/// That what was deleted is to be made unreadable once the transaction is committed.
final class Scrubbing: Sendable {
  private let asked = Mutex(false)
  var isAsked: Bool { asked.withLock { $0 } }
  func ask() { asked.withLock { $0 = true } }
  func done() { asked.withLock { $0 = false } }
}

extension Worker {
  /// A store that was restored holds again whom it had forgotten: they are erased before anybody is answered. One whose
  /// process ended between an erasure and its cleaning is cleaned.
  func eraseAgain() throws {
    let isRestored = try store.database.read { try Meta.value($0, Meta.restored) } != nil
    // Read at every start, so that a list that can't be is not found out on the day when it is needed.
    let entries = try definition.handlers.personal?.list.entries() ?? []
    if isRestored, let personal = definition.handlers.personal {
      try store.database.write { db in
        for entry in entries { _ = try personal.erase(entry, db) }
      }
      if !entries.isEmpty { scrubbing.ask() }
    }
    let isReported = try store.database.read { db in
      try Bool.fetchOne(
        db, sql: "SELECT NOT EXISTS (SELECT 1 FROM due_work WHERE kind IN (?, ?))",
        arguments: [Handlers.reportErasure.name, Handlers.scrub.name]) ?? true
    }
    if !isReported { scrubbing.ask() }
    scrubWhereAsked()
    if isRestored && scrubbing.isAsked {
      throw StoreError(
        .unreachable, "The restored store could not be cleaned of whom it had erased. See that the disk has room.")
    }
  }

  /// After the commit: rewrites the file without what was deleted, which holds up the worker for as long. What waits for
  /// it is tried again until it is done.
  func scrubWhereAsked() {
    guard scrubbing.isAsked, clock.monotonic() >= scrubsAfter else { return }
    do {
      try store.scrub()
      scrubbing.done()
      // What was on its way may have been erased: the senders begin anew from what is left.
      try renewSenders()
    } catch {
      scrubsAfter = clock.monotonic() + .seconds(5)
      log.error("the store could not be cleaned of what was deleted", metadata: ["error": "\(error)"])
    }
  }

  // MARK: What is held of somebody

  func personalData(_ query: GetPersonalData, _ context: Context) throws -> GetPersonalData.Reply {
    let member = query.member.rawValue
    guard context.principal.memberID ?? member == member else { throw RequestRefusal.anotherMustRead }
    let held =
      try (definition.handlers.personal?.erasures.held(context.db, member: member) ?? [])
      + Erasures.waiting(context.db, about: member) + Audit.held(context.db, of: member)
    var entries: [GetPersonalData.Entry] = []
    var bytes = 0
    for row in held.dropFirst(query.after.rawValue).prefix(Bounded<GetPersonalData.Entry>.maximum) {
      let object = JSONValue.object(row.columns.mapValues { JSONValue(stored: $0) })
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let json = LetterText(String(decoding: try encoder.encode(object), as: UTF8.self))
      bytes += json.rawValue.utf8.count
      // As much as an envelope takes, however JSON escapes it.
      if bytes > 100_000, !entries.isEmpty { break }
      entries.append(GetPersonalData.Entry(table: Code(unchecked: row.table), json: json))
    }
    try context.noteRead(GetPersonalData.type, of: query.member.rawValue)
    return GetPersonalData.Reply(service: definition.name, entries: Bounded(entries), total: Count(held.count))
  }

  // MARK: The audit trail

  /// So many entries are checked at a time: some milliseconds.
  private static let auditStretch = 5_000

  func verifyAudit(_ query: VerifyAudit, _ db: Database) throws -> VerifyAudit.Reply {
    let found = try Audit.verify(
      db, after: Int64(query.after.rawValue), seal: query.seal?.data ?? Data(), limit: Worker.auditStretch)
    return VerifyAudit.Reply(
      entries: Count(found.entries), last: Count(Int(found.last)), seal: found.seal.isEmpty ? nil : HexText(found.seal),
      broken: found.broken.map { Count(Int($0)) }, isAll: found.isAll)
  }

  func listAudit(_ query: ListAudit, _ context: Context) throws -> ListAudit.Reply {
    let entries = try Audit.page(
      context.db, after: Int64(query.after.rawValue), subject: query.subject?.rawValue,
      limit: Bounded<ListAudit.Item>.maximum)
    return ListAudit.Reply(
      entries: Bounded(
        entries.map {
          ListAudit.Item(
            number: Count(Int($0.number)), at: $0.at, principal: Attribute(unchecked: $0.principal),
            message: Code(unchecked: $0.type), subject: $0.subject.map(Attribute.init(unchecked:)),
            outcome: Code(unchecked: $0.outcome), seal: HexText($0.seal))
        }))
  }
}

extension JSONValue {
  /// What a store holds, for a person to read: what is JSON there is shown as such.
  fileprivate init(stored value: DatabaseValue) {
    func text(_ text: String) -> JSONValue {
      guard let first = text.first, "[{".contains(first) else { return .string(text) }
      return (try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))) ?? .string(text)
    }
    switch value.storage {
    case .null: self = .null
    case .int64(let number): self = .integer(Int(number))
    case .double(let number): self = .string("\(number)")
    case .string(let string): self = text(string)
    case .blob(let data): self = String(data: data, encoding: .utf8).map(text) ?? .string("\(data.count) byte")
    }
  }
}
