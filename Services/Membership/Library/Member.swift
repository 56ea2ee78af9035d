import Contracts
import Register

/// A person in the register.
struct Member: Sendable, Hashable {
  let id: MemberID
  var draft: MemberDraft
  var status: MemberStatus

  /// What matching needs to know. Whoever is named by an address that nobody in the register has is left out.
  var profile: Profile {
    draft.profile(of: id, status: status) { reference in
      if case .member(let id) = reference { id } else { nil }
    }
  }

  /// What notification needs to know.
  var address: AddressChanged {
    AddressChanged(member: id, name: draft.name, email: draft.email, language: draft.language)
  }

  var summary: MemberSummary {
    MemberSummary(
      id: id, name: draft.name, email: draft.email, language: draft.language, kommun: draft.kommun,
      organisationNumber: draft.organisationNumber, role: draft.role, capacity: draft.capacity,
      years: draft.years, topics: Bounded(draft.topics), status: status)
  }
}
