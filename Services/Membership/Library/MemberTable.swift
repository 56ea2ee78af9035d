import Contracts
import Foundation
import GRDB
import Messaging

/// The register in the store.
struct MemberTable {
  let db: Database

  private static let columns =
    "id, name, email, language, kommun, organisation_number, role, capacity, years, topics, status"

  func insert(_ member: Member, at now: Timestamp) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO member (
          id, name, email, email_key, language, kommun, organisation_number, role, capacity, years, topics,
          status, name_folded, search, registered_at, changed_at)
        VALUES (
          :id, :name, :email, :email_key, :language, :kommun, :organisation_number, :role, :capacity, :years,
          :topics, :status, :name_folded, :search, :now, :now)
        """
    ).execute(arguments: arguments(member, now))
  }

  func update(_ member: Member, at now: Timestamp) throws {
    try db.cachedStatement(
      sql: """
        UPDATE member SET
          name = :name, email = :email, email_key = :email_key, language = :language, kommun = :kommun,
          organisation_number = :organisation_number, role = :role, capacity = :capacity, years = :years,
          topics = :topics, status = :status, name_folded = :name_folded, search = :search, changed_at = :now
        WHERE id = :id
        """
    ).execute(arguments: arguments(member, now))
  }

  func all() throws -> [Member] {
    try Row.fetchAll(db.cachedStatement(sql: "SELECT \(MemberTable.columns) FROM member")).map(Member.init(row:))
  }

  /// The member with this id, or else with this e-mail address.
  func find(_ text: String) throws -> Member? {
    let key = EmailAddress(unchecked: text).key
    return try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT \(MemberTable.columns) FROM member WHERE id = ? OR email_key = ?"),
      arguments: [key, key]
    ).map(Member.init(row:))
  }

  /// Members in the order of their folded names.
  ///
  /// - Parameter search: a part of the name or the e-mail address, folded.
  func page(
    after token: MemberPage?, search: String?, role: MemberRole?, limit: Int
  ) throws -> [Member] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(MemberTable.columns) FROM member
          WHERE (name_folded, id) > (:name, :id) AND instr(search, :search) > 0
            AND (:role IS NULL OR role = :role)
          ORDER BY name_folded, id LIMIT :limit
          """),
      arguments: [
        "name": token?.foldedName ?? "", "id": token?.id.rawValue ?? "", "search": search ?? "",
        "role": role?.rawValue, "limit": limit,
      ]
    ).map(Member.init(row:))
  }

  private func arguments(_ member: Member, _ now: Timestamp) -> StatementArguments {
    let draft = member.draft
    let foldedName = draft.name.rawValue.folded
    return [
      "id": member.id.rawValue, "name": draft.name.rawValue, "email": draft.email.rawValue,
      "email_key": draft.email.key, "language": draft.language.rawValue, "kommun": draft.kommun.rawValue,
      "organisation_number": draft.organisationNumber?.rawValue, "role": draft.role.rawValue,
      "capacity": draft.capacity?.rawValue, "years": draft.years.rawValue,
      "topics": draft.topics.map(\.rawValue).joined(separator: " "), "status": member.status.rawValue,
      "name_folded": foldedName, "search": foldedName + "\n" + draft.email.rawValue.folded,
      "now": now.milliseconds,
    ]
  }
}

extension Member {
  /// A row of the member table, which holds nothing that was not checked.
  fileprivate init(row: Row) {
    id = MemberID(unchecked: row["id"])
    draft = MemberDraft(
      name: PersonName(unchecked: row["name"]), email: EmailAddress(unchecked: row["email"]),
      language: Language(rawValue: row["language"])!, kommun: KommunCode(unchecked: row["kommun"]),
      organisationNumber: (row["organisation_number"] as String?).map(OrganisationNumber.init(unchecked:)),
      role: MemberRole(rawValue: row["role"])!,
      capacity: (row["capacity"] as Int?).map(Capacity.init(unchecked:)), years: Years(unchecked: row["years"]),
      topics: (row["topics"] as String).split(separator: " ").map { Topic(rawValue: String($0))! })
    status = MemberStatus(rawValue: row["status"])!
  }
}
