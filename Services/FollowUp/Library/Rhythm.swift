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

  /// Counted from the reminder, so that a July in between can't put one before the other.
  func quiet(after asked: Day) -> Day { rested(reminder(of: asked).adding(days: patience - grace)) }

  /// Whether the day is past on which a pair that has not talked since ought to have, asked and reminded.
  func isLate(since contact: Day, today: Day) -> Bool { today > reminder(of: checkIn(since: contact)) }

  /// The first day from this one on that is neither in a July that rests nor a holiday.
  ///
  /// The days of July are drawn together, two to one, into the first half of August: in their order, and so that no
  /// night carries the work of a month.
  func rested(_ day: Day) -> Day {
    var day = day
    if restsInJuly, day.month == 7, let august = Day(day.year, 8, (day.day + 1) / 2) { day = august }
    return Holidays.after(day)
  }
}
