import Contracts
import Messaging

/// The hours of the night in which nobody is written to, by the clocks in Sweden, where the readers are.
struct QuietHours: Sendable, Hashable {
  /// From this hour to that, 0 to 23; over midnight where the first is the later.
  let from: Int
  let to: Int

  /// Reads `21-7`.
  init?(text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let from = parts[0], let to = parts[1], (0...23).contains(from), (0...23).contains(to),
      from != to
    else { return nil }
    self.from = from
    self.to = to
  }

  /// The moment itself, or the end of the quiet hours that it is in.
  func next(_ moment: Timestamp) -> Timestamp {
    let day = Day(of: moment)
    for date in [day, day.adding(days: 1)] {
      // Those that end on the day begin on it, or on the one before.
      let starts = (from < to ? date : date.adding(days: -1)).at(hour: from)
      let ends = date.at(hour: to)
      if starts <= moment, moment < ends { return ends }
    }
    return moment
  }
}
