import Contracts

/// When a pair is asked and reminded: by the cadence of their own agreement, past July and holidays.
struct Rhythm: Sendable, Hashable {
  let weeks: CadenceWeeks
  let restsInJuly: Bool

  /// Without an agreement: about once a month, as the association recommends.
  static let recommended = CadenceWeeks(unchecked: 4)

  /// Days from a check-in to its reminder: a quarter of the cadence, from three days to a week.
  var grace: Int { min(max(3, 7 * weeks.rawValue / 4), 7) }

  /// Days from a check-in until nobody's answer means that the pair is silent: half the cadence.
  var patience: Int { max(2 * grace, 7 * weeks.rawValue / 2) }

  /// The day on which the two are asked unless they are heard of before it.
  func checkIn(since heard: Day) -> Day { rested(heard.adding(days: 7 * weeks.rawValue)) }

  func reminder(of asked: Day) -> Day { rested(asked.adding(days: grace)) }
  func quiet(after asked: Day) -> Day { rested(asked.adding(days: patience)) }

  /// The day after which a pair that has not talked since is late.
  func isLate(since contact: Day, today: Day) -> Bool {
    today > rested(contact.adding(days: 7 * weeks.rawValue + grace))
  }

  /// The first day from this one on that is neither in a July that rests nor a holiday.
  func rested(_ day: Day) -> Day {
    var day = day
    if restsInJuly, day.month == 7, let august = Day(day.year, 8, 1) { day = august }
    return Holidays.after(day)
  }
}
