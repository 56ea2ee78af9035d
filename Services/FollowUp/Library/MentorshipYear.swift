import Contracts

/// The dates of a mentorship that stand from its first day.
struct MentorshipYear: Sendable, Hashable {
  let starts: Day
  let months: Months

  /// The day by which the two should have made contact.
  var firstContact: Day { starts.adding(days: 14) }

  /// Half the months, rounded up; nil where that is not before the closing talk.
  var halfWay: Day? {
    guard let closingTalk else { return nil }
    let day = starts.adding(months: (months.rawValue + 1) / 2)
    return day < closingTalk ? day : nil
  }

  /// One month before the end; nil for a mentorship of a month, which is closing all the time.
  var closingTalk: Day? { months.rawValue > 1 ? starts.adding(months: months.rawValue - 1) : nil }

  /// The same day of the month as the start, or the last of the month where there is no such day.
  var ends: Day { starts.adding(months: months.rawValue) }
}
