import Contracts
import Foundation
import GRDB
import Messaging
import MessagingZeroMQ
import Store

/// What a service holds of people, and how it tells and erases it.
public struct PersonalData: Sendable {
  let service: ServiceName
  public let erasures: Erasures
  public let list: ErasureList
  /// What is held outside the service's tables, or in ways that only the service reads: erased in the same transaction.
  let besides: @Sendable (Database, MemberID, Marks) throws -> [String: Int]
  /// The copies of the store that there are.
  let backups: @Sendable () -> [String]

  public init(
    _ service: ServiceName, _ tables: [PersonalTable], _ options: ServiceOptions,
    besides: @escaping @Sendable (Database, MemberID, Marks) throws -> [String: Int] = { _, _, _ in [:] }
  ) {
    self.service = service
    erasures = Erasures(tables)
    self.besides = besides
    let kept = options.backups(of: service)
    let key = ErasureKey(path: KeyFolder(path: options[.keys]).erasureKeyPath(service.rawValue))
    list = ErasureList(options.path(service, "erasures"), kept.folder + "/erasures", key: key)
    let folder = options.path(service, "")
    backups = {
      // What a restore has laid aside is a copy too.
      return kept.all.map(\.name) + Store.laidAside(in: folder)
    }
  }

  /// Erases within the open transaction, and notes it outside the store first.
  func erase(_ entry: ErasureList.Entry, _ db: Database) throws -> [String: Int] {
    try list.add(entry)
    let member = MemberID(unchecked: entry.member)
    let marks = entry.asMarks
    return try besides(db, member, marks).merging(erasures.erase(db, member: entry.member, marks)) { $0 + $1 }
  }
}

/// What an erasure came to, until the store is scrubbed and it can be told.
struct PendingReport: Codable, Sendable {
  let erasure: ErasureID
  let member: MemberID
  let tallies: [String: Int]
}

extension Handlers {
  /// Due until the store's files are clean.
  static let scrub = DueKind<Bool>("scrub")
  static let reportErasure = DueKind<PendingReport>("report-erasure")

  /// Declares what the service holds of people. Every table of the service is named: a test sees to it.
  ///
  /// - Parameter report: tells what an erasure came to, once nothing of it can be read in the store's files.
  public mutating func personalData(
    _ data: PersonalData, report: @escaping @Sendable (ErasureReport, Context) throws -> Void
  ) {
    personal = data
    due(Handlers.scrub) { try $1.checkScrubbed() }
    due(Handlers.reportErasure) { pending, context in
      try context.checkScrubbed()
      let tallies = pending.tallies.sorted { $0.key < $1.key }.map {
        ErasureReport.Tally(place: Code(unchecked: $0.key), rows: Count($0.value))
      }
      try report(
        ErasureReport(
          erasure: pending.erasure, member: pending.member, service: data.service, done: context.now,
          tallies: Bounded(tallies), backups: Bounded(data.backups().map { Sentence($0) })), context)
    }
  }

  /// The same for a service that erases when membership asks for it, and answers with a message of its own.
  ///
  /// - Parameter end: ends what the person still takes part in, before they are erased.
  public mutating func personalData<Answer: ForgottenAnswer>(
    _ data: PersonalData, answeredBy: Answer.Type,
    ending end: @escaping @Sendable (MemberID, Context) throws -> Void = { _, _ in }
  ) {
    personalData(data) { report, context in
      try context.emit(Answer(report: report), key: report.member.rawValue)
    }
    delivery(ForgetMember.self) { task, context in
      guard let entry = ErasureList.Entry(task) else { return .reject(reason: "the marks are no bytes") }
      try end(task.member, context)
      try context.erase(entry, data)
      return .done
    }
  }
}

extension Context {
  /// Erases somebody from this service; what it came to is reported once the store's files are clean.
  public func erase(_ entry: ErasureList.Entry, _ data: PersonalData) throws {
    let tallies = try data.erase(entry, db)
    let erasure = ErasureID(unchecked: entry.erasure)
    try plan(
      Handlers.reportErasure, key: entry.erasure, at: .atOnce,
      PendingReport(erasure: erasure, member: MemberID(unchecked: entry.member), tallies: tallies))
    scrubbing.ask()
  }

  /// Takes back what was sent under a key: only ids and hashes are left of it, also in the store's files.
  public func forgetSent(_ type: String, key: String) throws {
    guard try Erasures.empty(db, "type = ? AND key = ?", [type, key]) > 0 else { return }
    try plan(Handlers.scrub, key: "", at: .atOnce, true)
    scrubbing.ask()
  }

  /// - Throws: where deleted data may still be read in the store's files; the work is then tried again.
  fileprivate func checkScrubbed() throws {
    if scrubbing.isAsked { throw StoreError(.unreachable, "The store has not been cleaned of what was deleted yet.") }
  }
}

extension ErasureList.Entry {
  /// Nil where the marks are no bytes.
  public init?(_ task: ForgetMember) {
    guard let key = task.key.data else { return nil }
    let marks = task.marks.elements.compactMap { mark in
      mark.hash.data.map {
        Marks.Mark(isNumber: mark.isNumber, length: mark.length.rawValue, filter: mark.filter.rawValue, hash: $0)
      }
    }
    guard marks.count == task.marks.elements.count else { return nil }
    self.init(erasure: task.erasure.rawValue, member: task.member.rawValue, Marks(key: key, marks))
  }

  public var task: ForgetMember {
    ForgetMember(
      erasure: ErasureID(unchecked: erasure), member: MemberID(unchecked: member), key: HexText(key),
      marks: Bounded(
        marks.map {
          ErasureMark(
            isNumber: $0.isNumber, length: Number(unchecked: $0.length), filter: Count($0.filter),
            hash: HexText($0.hash))
        }))
  }
}
