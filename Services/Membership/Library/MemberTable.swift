import Contracts
import Foundation
import GRDB
import Messaging
import Register

/// The register in the store.
struct MemberTable {
  let db: Database

  private static let summaryColumns =
    "id, name, email, language, kommun, organisation_number, role, capacity, years, topics, status"
  private static let columns = summaryColumns + ", phone, qualification, note, facts"

  // MARK: Write

  func insert(_ member: Member, at now: Timestamp) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO member (
          id, name, email, email_key, language, kommun, organisation_number, role, capacity, years, topics,
          status, phone, qualification, note, facts, name_folded, search, registered_at, changed_at)
        VALUES (
          :id, :name, :email, :email_key, :language, :kommun, :organisation_number, :role, :capacity, :years,
          :topics, :status, :phone, :qualification, :note, :facts, :name_folded, :search, :now, :now)
        """
    ).execute(arguments: try arguments(member, now))
    try keepNamed(member)
  }

  func update(_ member: Member, at now: Timestamp) throws {
    try db.cachedStatement(
      sql: """
        UPDATE member SET
          name = :name, email = :email, email_key = :email_key, language = :language, kommun = :kommun,
          organisation_number = :organisation_number, role = :role, capacity = :capacity, years = :years,
          topics = :topics, status = :status, phone = :phone, qualification = :qualification, note = :note,
          facts = :facts, name_folded = :name_folded, search = :search, changed_at = :now
        WHERE id = :id
        """
    ).execute(arguments: try arguments(member, now))
    try db.cachedStatement(sql: "DELETE FROM naming WHERE member = ?").execute(arguments: [member.id.rawValue])
    try keepNamed(member)
  }

  private func arguments(_ member: Member, _ now: Timestamp) throws -> StatementArguments {
    let draft = member.draft
    let foldedName = draft.name.rawValue.folded
    var facts = draft.facts
    // Whom they name stands in a table of its own; here, that they have said so at all.
    facts.competitors = draft.named.competitors.map { _ in Bounded([]) }
    facts.wishes = draft.named.wishes.map { _ in Bounded([]) }
    facts.vetoes = draft.named.vetoes.map { _ in Bounded([]) }
    return [
      "id": member.id.rawValue, "name": draft.name.rawValue, "email": draft.email.rawValue,
      "email_key": draft.email.key, "language": draft.language.rawValue, "kommun": draft.kommun.rawValue,
      "organisation_number": draft.organisationNumber?.rawValue, "role": draft.role.rawValue,
      "capacity": draft.capacity?.rawValue, "years": draft.years.rawValue,
      "topics": draft.topics.map(\.rawValue).joined(separator: " "), "status": member.status.rawValue,
      "phone": draft.phone?.rawValue, "qualification": draft.qualification?.rawValue, "note": draft.note?.rawValue,
      "facts": String(decoding: try EnvelopeCoder.encoder.encode(facts), as: UTF8.self),
      "name_folded": foldedName, "search": foldedName + "\n" + draft.email.rawValue.folded,
      "now": now.milliseconds,
    ]
  }

  // MARK: Whom members name

  private func keepNamed(_ member: Member) throws {
    for (column, path) in NamedPeople.kinds {
      for (position, reference) in (member.draft.named[keyPath: path] ?? []).enumerated() {
        try db.cachedStatement(sql: "INSERT INTO naming VALUES (?, ?, ?, ?)")
          .execute(arguments: [member.id.rawValue, column.rawValue, position, reference.text])
      }
    }
  }

  /// Puts the id of somebody who is in the register now in place of the address by which others name them, and gives
  /// those others.
  func resolve(_ member: Member) throws -> [MemberID] {
    try String.fetchAll(
      db.cachedStatement(sql: "UPDATE naming SET reference = ? WHERE reference = ? RETURNING member"),
      arguments: [member.id.rawValue, member.draft.email.key]
    ).map(MemberID.init(unchecked:))
  }

  private func named(by member: String) throws -> [Naming] {
    try Row.fetchAll(
      db.cachedStatement(sql: "SELECT member, kind, reference FROM naming WHERE member = ? ORDER BY kind, position"),
      arguments: [member]
    ).map(Naming.init)
  }

  // MARK: Read

  func all() throws -> [Member] {
    let named = Dictionary(
      grouping: try Row.fetchAll(db, sql: "SELECT member, kind, reference FROM naming ORDER BY member, kind, position")
        .map(Naming.init), by: \.member)
    let decoder = JSONDecoder()
    return try Row.fetchAll(db.cachedStatement(sql: "SELECT \(MemberTable.columns) FROM member"))
      .map { try Member(row: $0, named: named[$0["id"]] ?? [], decoder) }
  }

  /// The member with this id, or else with this e-mail address.
  func find(_ text: String) throws -> Member? {
    let key = EmailAddress(unchecked: text).key
    return try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT \(MemberTable.columns) FROM member WHERE id = ? OR email_key = ?"),
      arguments: [key, key]
    ).map { try Member(row: $0, named: named(by: $0["id"]), JSONDecoder()) }
  }

  /// Members in the order of their folded names.
  ///
  /// - Parameter search: a part of the name or the e-mail address, folded.
  func page(
    after token: MemberPage?, search: String?, role: MemberRole?, limit: Int
  ) throws -> [MemberSummary] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(MemberTable.summaryColumns) FROM member
          WHERE (name_folded, id) > (:name, :id) AND instr(search, :search) > 0
            AND (:role IS NULL OR role = :role)
          ORDER BY name_folded, id LIMIT :limit
          """),
      arguments: [
        "name": token?.foldedName ?? "", "id": token?.id.rawValue ?? "", "search": search ?? "",
        "role": role?.rawValue, "limit": limit,
      ]
    ).map(MemberSummary.init(row:))
  }
}

/// A row of the naming table.
private struct Naming {
  let member: String
  let kind: RegisterColumn
  let reference: MemberReference

  init(_ row: Row) {
    member = row["member"]
    kind = RegisterColumn(rawValue: row["kind"])!
    let text: String = row["reference"]
    reference = text.contains("@") ? .email(text) : .member(MemberID(unchecked: text))
  }
}

extension MemberSummary {
  /// A row of the member table, which holds nothing that was not checked.
  fileprivate init(row: Row) {
    self.init(
      id: MemberID(unchecked: row["id"]), name: PersonName(unchecked: row["name"]),
      email: EmailAddress(unchecked: row["email"]), language: Language(rawValue: row["language"])!,
      kommun: KommunCode(unchecked: row["kommun"]),
      organisationNumber: (row["organisation_number"] as String?).map(OrganisationNumber.init(unchecked:)),
      role: MemberRole(rawValue: row["role"])!, capacity: (row["capacity"] as Int?).map(Capacity.init(unchecked:)),
      years: Years(unchecked: row["years"]),
      topics: Bounded((row["topics"] as String).split(separator: " ").map { Topic(rawValue: String($0))! }),
      status: MemberStatus(rawValue: row["status"])!)
  }
}

extension Member {
  fileprivate init(row: Row, named: [Naming], _ decoder: JSONDecoder) throws {
    let summary = MemberSummary(row: row)
    id = summary.id
    status = summary.status
    draft = MemberDraft(
      name: summary.name, email: summary.email, language: summary.language, kommun: summary.kommun,
      role: summary.role, years: summary.years)
    draft.organisationNumber = summary.organisationNumber
    draft.capacity = summary.capacity
    draft.phone = (row["phone"] as String?).map(PhoneNumber.init(unchecked:))
    draft.qualification = (row["qualification"] as String?).map(Qualification.init(unchecked:))
    draft.note = (row["note"] as String?).map(Note.init(unchecked:))
    var facts = try decoder.decode(ProfileFacts.self, from: Data((row["facts"] as String).utf8))
    func references(_ kind: RegisterColumn) -> [MemberReference] { named.filter { $0.kind == kind }.map(\.reference) }
    draft.named.competitors = facts.competitors.map { _ in references(.competitors) }
    draft.named.wishes = facts.wishes.map { _ in references(.wishes) }
    draft.named.vetoes = facts.vetoes.map { _ in references(.vetoes) }
    facts.competitors = nil
    facts.wishes = nil
    facts.vetoes = nil
    draft.facts = facts
  }
}
