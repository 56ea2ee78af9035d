import Contracts
import Messaging
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
  /// Of whoever submits.
  var handling = Handling()
  /// Who is to be responsible, as the authorised keys have them; nil where nobody has a key of that name.
  var responsible: Principal?

  /// - Returns: what the competition rule has found and the reason covers.
  /// - Throws: the first reason against it, from the simplest to put right to the hardest.
  @discardableResult
  func check() throws(MatchRefusal) -> Set<Ground> {
    guard mentor != adept else { throw .selfMatch(mentor) }
    guard handling.allows(mentor, adept, mentorProfile, adeptProfile) else { throw .anotherMustHandle }
    guard let responsible, responsible.role.isOnBoard else { throw .unknownResponsible }
    guard responsible.memberID != mentor.rawValue, responsible.memberID != adept.rawValue else {
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
      return competition.grounds
    case .blocked: throw .blocked(competition.evidence.map(\.phrase))
    }
  }
}

extension Principal.Role {
  /// Whether it may match and follow up.
  fileprivate var isOnBoard: Bool { self == .chair || self == .coordinator }
}

extension Note {
  /// Spaces alone are no reason.
  var isWritten: Bool { rawValue.contains { !$0.isWhitespace } }
}
