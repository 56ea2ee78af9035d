import Contracts
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
  /// Why the board decides for the pair.
  var reason: Note?
  /// The member id of whoever submits, where they have one.
  var decider: String?

  /// - Throws: the first reason against it, from the simplest to put right to the hardest.
  func check() throws(MatchRefusal) {
    guard mentor != adept else { throw .selfMatch(mentor) }
    guard decider != mentor.rawValue, decider != adept.rawValue else { throw .ownPair }
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
    if let organisation = mentorProfile.organisationNumber, organisation == adeptProfile.organisationNumber,
      !isReasonWritten
    {
      throw .reasonNeeded(organisation)
    }
  }

  /// Spaces alone are no reason.
  private var isReasonWritten: Bool { reason?.rawValue.contains { !$0.isWhitespace } ?? false }
}
