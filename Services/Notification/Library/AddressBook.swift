import Contracts
import GRDB

/// Where and in which language members are written to: this service's own copy, fed by membership.
struct AddressBook {
  struct Entry {
    let name: PersonName
    let email: EmailAddress
    let language: Language
    /// Nil where membership has not told.
    var status: MemberStatus?
    /// The address stands in no mail but as the one that it goes to.
    var isProtected = false
  }

  let db: Database

  func keep(_ change: AddressChanged) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO address (member, name, email, language, status, is_protected) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (member) DO UPDATE
        SET name = excluded.name, email = excluded.email, language = excluded.language, status = excluded.status,
          is_protected = excluded.is_protected
        """
    ).execute(
      arguments: [
        change.member.rawValue, change.name.rawValue, change.email.rawValue, change.language.rawValue,
        change.status?.rawValue, change.isProtected == true,
      ])
  }

  /// Nil where membership has not told of the member yet.
  func entry(of member: MemberID) throws -> Entry? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT name, email, language, status, is_protected FROM address WHERE member = ?"),
      arguments: [member.rawValue]
    ).map {
      Entry(
        name: PersonName(unchecked: $0[0]), email: EmailAddress(unchecked: $0[1]),
        language: Language(rawValue: $0[2]) ?? .sv, status: ($0[3] as String?).flatMap(MemberStatus.init(rawValue:)),
        isProtected: $0[4])
    }
  }
}
