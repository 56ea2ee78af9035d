import Contracts
import Foundation

/// All that a register file says of one person, checked.
struct MemberDraft: Sendable, Hashable {
  var name: PersonName
  var email: EmailAddress
  var language: Language
  var kommun: KommunCode
  var organisationNumber: OrganisationNumber?
  var role: MemberRole
  /// Nil for who is no mentor.
  var capacity: Capacity?
  var years: Years
  /// Each once, in the order of `Topic`.
  var topics: [Topic]

  /// Whether mail goes to the same name and address in the same language.
  func isWrittenTo(like other: MemberDraft) -> Bool {
    (name, email, language) == (other.name, other.email, other.language)
  }
}

extension EmailAddress {
  /// What tells members apart: two addresses that differ in case alone are one.
  var key: String { rawValue.lowercased().precomposedStringWithCanonicalMapping }
}
