import Contracts
import Foundation
import GRDB
import Messaging
import Register

/// The register in the store.
struct MemberTable {
  let db: Database

  // MARK: Write

  private static let written = [
    "name", "email", "email_key", "language", "kommun", "organisation_number", "role", "capacity", "years", "topics",
    "status", "since", "paused_until", "reason", "phone", "qualification", "note", "facts", "is_protected",
    "name_folded",
    "search",
  ]
  private static let insertion = """
    INSERT INTO member (id, registered_at, changed_at, \(written.joined(separator: ", ")))
    VALUES (:id, :now, :now, \(written.map { ":\($0)" }.joined(separator: ", ")))
    """
  private static let change = """
    UPDATE member SET changed_at = :now, \(written.map { "\($0) = :\($0)" }.joined(separator: ", ")) WHERE id = :id
    """

  /// - Parameter principal: who has recorded the ground on which the data is held.
  func insert(_ member: Member, at now: Timestamp, by principal: String) throws {
    try db.cachedStatement(sql: MemberTable.insertion).execute(arguments: try arguments(member, now))
    try keepNamed(member)
    try keepBasis(member, at: now, by: principal)
  }

  func update(_ member: Member, before: Member, at now: Timestamp, by principal: String) throws {
    try db.cachedStatement(sql: MemberTable.change).execute(arguments: try arguments(member, now))
    if member.draft.named != before.draft.named {
      try db.cachedStatement(sql: "DELETE FROM naming WHERE member = ?").execute(arguments: [member.id.rawValue])
      try keepNamed(member)
    }
    let (old, new) = (before.draft, member.draft)
    if (old.name, old.email, old.phone) != (new.name, new.email, new.phone) { try keepFormer(before) }
    if member.draft.basis != before.draft.basis { try keepBasis(member, at: now, by: principal) }
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
      "id": member.id.rawValue, "now": now.milliseconds, "name": draft.name.rawValue, "email": draft.email.rawValue,
      "email_key": draft.email.key, "language": draft.language.rawValue, "kommun": draft.kommun.rawValue,
      "organisation_number": draft.organisationNumber?.rawValue, "role": draft.role.rawValue,
      "capacity": draft.capacity?.rawValue, "years": draft.years.rawValue,
      "topics": draft.topics.map(\.rawValue).joined(separator: " "), "status": member.status.rawValue,
      "since": member.since.text, "paused_until": draft.pausedUntil?.text, "reason": draft.reason?.rawValue,
      "phone": draft.phone?.rawValue, "qualification": draft.qualification?.rawValue, "note": draft.note?.rawValue,
      "facts": String(decoding: try EnvelopeCoder.encoder.encode(facts), as: UTF8.self),
      "is_protected": member.isProtected, "name_folded": foldedName,
      "search": foldedName + "\n" + draft.email.rawValue.folded,
    ]
  }

  private func keepBasis(_ member: Member, at now: Timestamp, by principal: String) throws {
    guard let basis = member.draft.basis else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO lawful_basis
        SELECT ?1, 1 + coalesce(max(number), 0), ?2, ?3, ?4, ?5, ?6 FROM lawful_basis WHERE member = ?1
        """
    ).execute(arguments: [
      member.id.rawValue, basis.kind.rawValue, basis.day.text, basis.wording.rawValue, now.milliseconds, principal,
    ])
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

  // MARK: Read

  private static let columns = """
    id, name, email, language, kommun, organisation_number, role, capacity, years, topics, status, is_protected,
    since, paused_until, reason, phone, qualification, note, facts
    """
  private static let bases = """
    SELECT member, kind, day, wording FROM lawful_basis AS latest
    WHERE number = (SELECT max(number) FROM lawful_basis WHERE member = latest.member)
    """

  func all() throws -> [Member] {
    let named = Dictionary(
      grouping: try Row.fetchAll(db, sql: "SELECT member, kind, reference FROM naming ORDER BY member, kind, position")
        .map(Naming.init), by: \.member)
    let bases = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(db, sql: MemberTable.bases).map { ($0[0] as String, LawfulBasis(row: $0)) }
    )
    let decoder = JSONDecoder()
    return try Row.fetchAll(db.cachedStatement(sql: "SELECT \(MemberTable.columns) FROM member"))
      .map { try Member(row: $0, named: named[$0["id"]] ?? [], bases[$0["id"]], decoder) }
  }

  /// The member with this id, or else with this e-mail address.
  func find(_ text: String) throws -> Member? {
    let key = EmailAddress(unchecked: text).key
    return try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(MemberTable.columns) FROM member WHERE id = ? OR email_key = ?"),
      arguments: [key, key]
    ).map(member)
  }

  /// The members with these addresses, by `EmailAddress.key`.
  func with(_ emails: [EmailAddress]) throws -> [String: Member] {
    var found: [String: Member] = [:]
    for email in emails where found[email.key] == nil { found[email.key] = try find(email.key) }
    return found
  }

  /// Whom somebody names, as the register knows them: nil for an id that is nobody's.
  func known(_ reference: MemberReference) throws -> MemberReference? {
    switch reference {
    case .email(let key): try id(ofEmail: key).map(MemberReference.member) ?? reference
    case .member(let id): try has(id) ? reference : nil
    }
  }

  /// Members in the order of their folded names, whole.
  func page(after token: MemberPage?, limit: Int) throws -> [Member] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(MemberTable.columns) FROM member WHERE (name_folded, id) > (?, ?) ORDER BY name_folded, id LIMIT ?
          """), arguments: [token?.foldedName ?? "", token?.id.rawValue ?? "", limit]
    ).map(member)
  }

  private func member(_ row: Row) throws -> Member {
    let id: String = row["id"]
    let named = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT member, kind, reference FROM naming WHERE member = ? ORDER BY kind, position"),
      arguments: [id])
    let basis = try Row.fetchOne(
      db.cachedStatement(sql: MemberTable.bases + " AND member = ?"), arguments: [id])
    return try Member(row: row, named: named.map(Naming.init), basis.map(LawfulBasis.init(row:)), JSONDecoder())
  }

  /// The address of each, for those who are named.
  ///
  /// - Parameter seesProtected: whether that of somebody with protected identity is given too.
  func email(of id: MemberID, seesProtected: Bool = true) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT email FROM member WHERE id = ? AND (is_protected = 0 OR ?)"),
      arguments: [id.rawValue, seesProtected])
  }

  /// The id of the member with an address.
  func id(ofEmail key: String) throws -> MemberID? {
    try String.fetchOne(db.cachedStatement(sql: "SELECT id FROM member WHERE email_key = ?"), arguments: [key])
      .map(MemberID.init(unchecked:))
  }

  func has(_ id: MemberID) throws -> Bool { try email(of: id) != nil }
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

extension LawfulBasis {
  fileprivate init(row: Row) {
    self.init(
      kind: Kind(rawValue: row["kind"])!, day: Day(text: row["day"])!,
      wording: WordingVersion(unchecked: row["wording"]))
  }
}

extension MemberSummary {
  /// A row of the member table, which holds nothing that was not checked.
  init(row: Row) {
    self.init(
      id: MemberID(unchecked: row["id"]), name: PersonName(unchecked: row["name"]),
      email: EmailAddress(unchecked: row["email"]), language: Language(rawValue: row["language"])!,
      kommun: KommunCode(unchecked: row["kommun"]),
      organisationNumber: (row["organisation_number"] as String?).map(OrganisationNumber.init(unchecked:)),
      role: MemberRole(rawValue: row["role"])!, capacity: (row["capacity"] as Int?).map(Capacity.init(unchecked:)),
      years: Years(unchecked: row["years"]),
      topics: Bounded((row["topics"] as String).split(separator: " ").map { Topic(rawValue: String($0))! }),
      status: MemberStatus(rawValue: row["status"])!, isProtected: row["is_protected"] ? true : nil)
  }
}

extension Member {
  fileprivate init(row: Row, named: [Naming], _ basis: LawfulBasis?, _ decoder: JSONDecoder) throws {
    let summary = MemberSummary(row: row)
    var draft = MemberDraft(
      name: summary.name, email: summary.email, language: summary.language, kommun: summary.kommun,
      role: summary.role, years: summary.years)
    draft.organisationNumber = summary.organisationNumber
    draft.capacity = summary.capacity
    draft.phone = (row["phone"] as String?).map(PhoneNumber.init(unchecked:))
    draft.qualification = (row["qualification"] as String?).map(Qualification.init(unchecked:))
    draft.note = (row["note"] as String?).map(Note.init(unchecked:))
    draft.status = summary.status
    draft.since = Day(text: row["since"])
    draft.pausedUntil = (row["paused_until"] as String?).flatMap(Day.init(text:))
    draft.reason = (row["reason"] as String?).map(Note.init(unchecked:))
    draft.basis = basis
    var facts = try decoder.decode(ProfileFacts.self, from: Data((row["facts"] as String).utf8))
    func references(_ kind: RegisterColumn) -> [MemberReference] { named.filter { $0.kind == kind }.map(\.reference) }
    draft.named.competitors = facts.competitors.map { _ in references(.competitors) }
    draft.named.wishes = facts.wishes.map { _ in references(.wishes) }
    draft.named.vetoes = facts.vetoes.map { _ in references(.vetoes) }
    facts.competitors = nil
    facts.wishes = nil
    facts.vetoes = nil
    draft.facts = facts
    self.init(id: summary.id, stored: draft)
  }
}
