import Contracts
import Rules
import Texts

/// Whether the board may submit a pair, from what is known of the two at the moment of the commit.
struct Submission {
  var mentor: MemberID
  var adept: MemberID
  /// Nil where matching knows no such member.
  var mentorProfile: Profile?
  var adeptProfile: Profile?
  /// The mentor's open matches and running mentorships.
  var placesTaken: Int
  /// The adept's open match or running mentorship.
  var current: Match?
  /// One of the two has asked that they never be matched again.
  var isNotAgain = false
  /// Why the board decides for the pair.
  var reason: Note?
  /// The member id of whoever submits, where they have one, and what is known of them.
  var decider: String?
  var deciderProfile: Profile?
  var responsible: PrincipalName?

  /// - Returns: what the competition rule has found and the reason covers.
  /// - Throws: the first reason against it, from the simplest to put right to the hardest.
  @discardableResult
  func check() throws(MatchRefusal) -> Set<CompetitionRule> {
    guard mentor != adept else { throw .selfMatch(mentor) }
    let handling = Handling(member: decider, profile: deciderProfile)
    guard handling.allows(mentor, adept, mentorProfile, adeptProfile) else { throw .anotherMustHandle }
    guard responsible?.rawValue != mentor.rawValue, responsible?.rawValue != adept.rawValue else {
      throw .responsibleIsParty
    }
    guard let mentorProfile else { throw .unknownMember(.mentor, mentor) }
    guard let adeptProfile else { throw .unknownMember(.adept, adept) }
    guard mentorProfile.role.isMentor else { throw .notMentor(mentor) }
    guard adeptProfile.role.isAdept else { throw .notAdept(adept) }
    guard mentorProfile.status == .active else { throw .inactive(.mentor, mentor) }
    guard adeptProfile.status == .active else { throw .inactive(.adept, adept) }
    if let current {
      throw current.mentor == mentor && current.state.isOpen ? .pairOpen(current.id) : .adeptMatched(adept, current.id)
    }
    let capacity = mentorProfile.places.rawValue
    guard placesTaken < capacity else { throw .noCapacity(mentor, capacity: capacity, taken: placesTaken) }
    let competition = Competition(mentor: mentorProfile, adept: adeptProfile, notAgain: isNotAgain)
    switch competition.outcome {
    case .clear: return []
    case .boardDecides:
      guard reason?.isWritten == true else { throw .reasonNeeded(competition.evidence.map(\.phrase)) }
      return Set(competition.rules)
    case .blocked: throw .blocked(competition.evidence.map(\.phrase))
    }
  }
}

extension Note {
  /// Spaces alone are no reason.
  var isWritten: Bool { rawValue.contains { !$0.isWhitespace } }
}
