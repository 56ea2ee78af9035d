import Contracts

/// The dates of a mentorship that stand from its first day.
struct MentorshipYear: Sendable, Hashable {
  let starts: Day
  let months: Months
  /// Months that the board has added for time that was lost.
  var extended = 0

  /// The day by which the two should have made contact.
  var firstContact: Day { starts.adding(days: 14) }

  /// When they are asked how the start was; nil where that is not before half-way.
  var startSurvey: Day? {
    let day = starts.adding(months: 1)
    return halfWay.map { day < $0 } ?? false ? day : nil
  }

  /// Half the months, rounded up; nil where that is not before the closing talk.
  var halfWay: Day? {
    guard let closingTalk else { return nil }
    let day = starts.adding(months: (months.rawValue + 1) / 2)
    return day < closingTalk ? day : nil
  }

  /// One month before the end; nil for a mentorship of a month, which is closing all the time.
  var closingTalk: Day? { months.rawValue > 1 ? starts.adding(months: months.rawValue + extended - 1) : nil }

  /// The same day of the month as the start, or the last of the month where there is no such day.
  var ends: Day { starts.adding(months: months.rawValue + extended) }

  /// The whole months that are left on a day: what an adept can be offered with a new mentor.
  func remaining(on day: Day) -> Months? {
    Months(rawValue: (0...12).last { day.adding(months: $0) <= ends } ?? 0)
  }

  /// Meetings in person, spread over the time from the agreement to the closing talk.
  func meetings(_ count: Meetings, from agreed: Day) -> [Day] {
    let days = agreed.days(until: closingTalk ?? ends)
    guard days > 0, count.rawValue > 0 else { return [] }
    return (1...count.rawValue).map { agreed.adding(days: days * $0 / (count.rawValue + 1)) }
  }
}
