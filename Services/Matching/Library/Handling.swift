import Contracts
import GRDB
import Rules
import ServiceRuntime
import Texts

/// Whether somebody on the board may handle a pair and see what is known of it: nobody who is one of the two, or whom its
/// evidence names, in the tender or among the competitors that it rests on. Whom the two name otherwise does not count:
/// to be refused for every pair with somebody would tell that one is named by them.
struct Handling {
  /// The member id of whoever asks, where they have one.
  var member: String?
  /// What is known of them.
  var profile: Profile?

  func allows(_ mentor: MemberID, _ adept: MemberID, _ mentorProfile: Profile?, _ adeptProfile: Profile?) -> Bool {
    guard let member else { return true }
    guard member != mentor.rawValue, member != adept.rawValue else { return false }
    guard let mentorProfile, let adeptProfile else { return true }
    func facts(_ party: Party) -> ProfileFacts? { (party == .mentor ? mentorProfile : adeptProfile).facts }
    return !Competition(mentor: mentorProfile, adept: adeptProfile).evidence.contains { evidence in
      switch evidence {
      case .sharedTender(let tenders): tenders.contains { profile?.facts?.tenderKeys.contains($0.key) == true }
      case .namedCompetitor(let party):
        facts(party)?.competitors?.elements.contains { $0.rawValue == member } == true
      case .veto(let party): facts(party)?.vetoes?.elements.contains { $0.rawValue == member } == true
      default: false
      }
    }
  }
}

extension Handling {
  /// Of whoever asks.
  init(_ context: Context) throws {
    member = context.principal.memberID
    profile = try member.flatMap { try Profiles.find(context.db, MemberID(unchecked: $0)) }
  }

  /// - Throws: the one refusal for all such cases.
  func check(_ db: Database, _ mentor: MemberID, _ adept: MemberID) throws {
    // Most who ask have no member id, and need not be looked up.
    guard member != nil else { return }
    guard allows(mentor, adept, try Profiles.find(db, mentor), try Profiles.find(db, adept)) else {
      throw MatchRefusal.anotherMustHandle
    }
  }
}

extension ProfileFacts {
  /// Their tenders, as they are compared.
  var tenderKeys: Set<String> { Set((tenders?.elements ?? []).map(\.reference.key)) }
}
