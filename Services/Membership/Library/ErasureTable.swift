import Contracts
import Foundation
import GRDB
import Messaging
import Store

/// Erasures and who has answered.
struct ErasureTable {
  let db: Database

  func begin(_ entry: ErasureList.Entry, at now: Timestamp, by principal: String) throws {
    let awaited = ServiceName.allCases.map(\.rawValue).joined(separator: " ")
    try db.execute(
      sql: "INSERT INTO erasure (member, id, begun, begun_by, awaited) VALUES (?, ?, ?, ?, ?)",
      arguments: [entry.member, entry.erasure, now.milliseconds, principal, awaited])
  }

  /// Keeps an answer; the same service's later one replaces it.
  func answer(_ report: ErasureReport) throws {
    guard let awaited = try awaited(report.member) else { return }
    try db.execute(
      sql: "INSERT OR REPLACE INTO erasure_answer VALUES (?, ?, ?)",
      arguments: [
        report.member.rawValue, report.service.rawValue, try EnvelopeCoder.encoder.encode(report),
      ])
    let rest = awaited.filter { $0 != report.service }.map(\.rawValue).joined(separator: " ")
    try db.execute(
      sql: "UPDATE erasure SET awaited = ? WHERE member = ?", arguments: [rest, report.member.rawValue])
  }

  private func awaited(_ member: MemberID) throws -> [ServiceName]? {
    try String.fetchOne(db, sql: "SELECT awaited FROM erasure WHERE member = ?", arguments: [member.rawValue])
      .map { $0.split(separator: " ").compactMap { ServiceName(rawValue: String($0)) } }
  }

  func find(_ member: MemberID) throws -> GetErasure.Reply? {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT id, begun FROM erasure WHERE member = ?", arguments: [member.rawValue])
    else { return nil }
    let answers = try Data.fetchAll(
      db, sql: "SELECT report FROM erasure_answer WHERE member = ? ORDER BY service", arguments: [member.rawValue]
    ).map { try JSONDecoder().decode(ErasureReport.self, from: $0) }
    return GetErasure.Reply(
      erasure: ErasureID(unchecked: row[0]), member: member, begun: Timestamp(milliseconds: row[1]),
      answers: Bounded(answers), awaited: Bounded(try awaited(member) ?? []))
  }

  static func countUnfinished(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM erasure WHERE awaited <> ''") ?? 0
  }
}

extension MemberTable {
  /// Every name, address and number by which the member is or was known here.
  func identities(of member: Member) throws -> (texts: [String], numbers: [String]) {
    let former = try Row.fetchAll(
      db, sql: "SELECT name, email, phone FROM former_identity WHERE member = ?", arguments: [member.id.rawValue])
    let draft = member.draft
    let addresses = [draft.email] + former.map { EmailAddress(unchecked: $0[1]) }
    return (
      [draft.name.rawValue] + former.map { $0[0] as String } + addresses.flatMap(\.spellings),
      ([draft.phone?.rawValue] + former.map { $0[2] as String? }).compactMap { $0 }
    )
  }

  /// Keeps how somebody was called and reached until now, to find it everywhere when they are erased.
  func keepFormer(_ member: Member) throws {
    let draft = member.draft
    try db.execute(
      sql: "INSERT OR IGNORE INTO former_identity VALUES (?, ?, ?, ?)",
      arguments: [member.id.rawValue, draft.name.rawValue, draft.email.rawValue, draft.phone?.rawValue])
  }

  func namers(of member: MemberID) throws -> [MemberID] {
    try String.fetchAll(
      db, sql: "SELECT DISTINCT member FROM naming WHERE reference = ? ORDER BY member", arguments: [member.rawValue]
    ).map(MemberID.init(unchecked:))
  }
}
