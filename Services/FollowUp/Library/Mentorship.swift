import Contracts

/// The year of a pair, as far as decisions need it.
struct Mentorship: Sendable, Hashable {
  let id: MentorshipID
  let pair: Pair
  var year: MentorshipYear
  var state = MentorshipState.started
  /// The day of their latest agreement.
  var agreed: Day?
  var latestContact: Day?
  var isHalfWayTold = false
  /// How often one of the two was reminded because they were silent.
  var reminders = 0
  var course = Course()

  init(id: MentorshipID, pair: Pair, year: MentorshipYear) {
    self.id = id
    self.pair = pair
    self.year = year
  }

  /// They have met or agreed, which takes a meeting.
  var isInTouch: Bool { latestContact != nil || agreed != nil }

  /// The latest day on which they were heard of or asked.
  var heard: Day {
    [agreed, latestContact, course.checkIn?.asked, course.resumed].compactMap(\.self).reduce(year.starts, max)
  }

  var rhythm: Rhythm {
    Rhythm(
      weeks: course.agreement?.everyWeeks ?? Rhythm.recommended, restsInJuly: course.agreement?.restsInJuly ?? true)
  }

  /// They have talked since the latest check-in was asked.
  var hasTalkedSinceAsked: Bool {
    guard let checkIn = course.checkIn else { return false }
    return checkIn.contact != nil || hasTalked(since: checkIn.asked)
  }

  /// They have talked, or agreed, which takes talking, on a day or after it.
  func hasTalked(since day: Day) -> Bool { [latestContact, agreed].contains { $0.map { $0 >= day } ?? false } }
}

/// The two of a match or a mentorship.
struct Pair: Sendable, Hashable {
  let mentor: MemberID
  let adept: MemberID

  subscript(party: Party) -> MemberID { party == .mentor ? mentor : adept }

  /// Whether a member, given by id, is one of the two.
  func has(_ member: String?) -> Bool { member == mentor.rawValue || member == adept.rawValue }
}

extension Party {
  var other: Party { self == .mentor ? .adept : .mentor }
}
