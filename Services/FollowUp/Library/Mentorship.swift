import Contracts

/// The year of a pair, as far as decisions need it.
struct Mentorship: Sendable, Hashable {
  let id: MentorshipID
  let pair: Pair
  let year: MentorshipYear
  var state = MentorshipState.started
  /// The rhythm of their own agreement.
  var everyWeeks: CadenceWeeks?
  /// The day of their latest agreement.
  var agreed: Day?
  var latestContact: Day?
  var isFirstContactTold = false
  var isHalfWayTold = false
  /// How often the two were reminded because they were silent.
  var reminders = 0
  var latestReminder: Day?

  init(id: MentorshipID, pair: Pair, year: MentorshipYear) {
    self.id = id
    self.pair = pair
    self.year = year
  }

  /// They have met or agreed, which takes a meeting.
  var isInTouch: Bool { latestContact != nil || agreed != nil }

  /// The latest day on which they were heard of or reminded.
  var heard: Day { [agreed, latestContact, latestReminder].compactMap(\.self).reduce(year.starts, max) }
}

/// The two of a match or a mentorship.
struct Pair: Sendable, Hashable {
  let mentor: MemberID
  let adept: MemberID

  subscript(party: Party) -> MemberID { party == .mentor ? mentor : adept }
}

extension Party {
  var other: Party { self == .mentor ? .adept : .mentor }
}
