import Contracts
import Rules

/// Whether somebody on the board may handle a pair and see what is known of it: nobody who is one of the two, whom one
/// of them names as a competitor or will not be paired with, or who is in the tender that the two have in common.
struct Handling {
  /// The member id of whoever asks, where they have one.
  let member: String?
  /// What is known of them.
  let profile: Profile?

  func allows(_ mentor: MemberID, _ adept: MemberID, _ mentorProfile: Profile?, _ adeptProfile: Profile?) -> Bool {
    guard let member else { return true }
    guard member != mentor.rawValue, member != adept.rawValue else { return false }
    let facts = [mentorProfile, adeptProfile].map { $0?.facts ?? ProfileFacts() }
    let named = facts.flatMap { ($0.competitors?.elements ?? []) + ($0.vetoes?.elements ?? []) }
    let shared = facts.map(\.tenderKeys).reduce(profile?.facts?.tenderKeys ?? []) { $0.intersection($1) }
    return shared.isEmpty && !named.contains { $0.rawValue == member }
  }
}

extension ProfileFacts {
  /// Their tenders, as they are compared.
  var tenderKeys: Set<String> { Set((tenders?.elements ?? []).map(\.reference.key)) }
}
