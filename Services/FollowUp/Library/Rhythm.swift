import Contracts

/// When a silent pair is reminded: by the rhythm that they have agreed on, resting in July.
enum Rhythm {
  /// Without an agreement: about once a month, as the association recommends.
  static let recommended = CadenceWeeks(unchecked: 4)

  /// The day on which the two are reminded unless they are heard of before it.
  ///
  /// - Parameters:
  ///   - heard: the latest day on which they were heard of or reminded.
  ///   - limit: the closing talk, or the end where there is none: from that day on nobody is reminded.
  /// - Returns: a week of grace after the contact that is missing, moved from July to the first of August;
  ///   nil where that is not before the limit.
  static func reminder(since heard: Day, everyWeeks weeks: CadenceWeeks?, before limit: Day) -> Day? {
    var day = heard.adding(days: 7 * ((weeks ?? recommended).rawValue + 1))
    if day.month == 7, let august = Day(day.year, 8, 1) { day = august }
    return day < limit ? day : nil
  }
}
