import Foundation
import Messaging

/// A day of the calendar in Sweden, without a time.
public struct Day: Sendable, Hashable, Comparable, Described {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nil where there is no such day, or where it is outside 1900 to 2199.
  public init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1900...2199).contains(year), CivilDate(year: year, month: month, day: day) != nil else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2026-11-24`.
  public init?(text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count == 10, parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2]), text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 45 })
    else { return nil }
    self.init(year, month, day)
  }

  public var text: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  public static func < (left: Day, right: Day) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  // MARK: Arithmetic on the calendar

  /// The same day so many months later; the last of the month where there is no such day.
  public func adding(months: Int) -> Day {
    let count = year * 12 + month - 1 + months
    let (year, month) = (count / 12, count % 12 + 1)
    return Day(year: year, month: month, day: min(day, CivilDate.length(year, month))).clamped
  }

  public func adding(days: Int) -> Day { Day(number: number + days).clamped }

  /// How many days it is until another.
  public func days(until other: Day) -> Int { other.number - number }

  /// Days since 1970-01-01.
  private var number: Int { CivilDate(year: year, month: month, day: day)!.number }

  private init(number: Int) {
    let date = CivilDate(number: number)
    self.init(year: date.year, month: date.month, day: date.day)
  }

  // MARK: Moments in Sweden

  private static let stockholm: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    guard let zone = TimeZone(identifier: "Europe/Stockholm") else {
      preconditionFailure("the time zone Europe/Stockholm is missing: install tzdata")
    }
    calendar.timeZone = zone
    return calendar
  }()

  private static let first = Day(year: 1900, month: 1, day: 1)
  private static let last = Day(year: 2199, month: 12, day: 31)

  /// The nearest day that there is: a clock or a calendar that shows anything else is wrong.
  private var clamped: Day { min(max(self, Day.first), Day.last) }

  /// The day that it is in Sweden at a moment.
  public init(of moment: Timestamp) {
    let parts = Day.stockholm.dateComponents([.year, .month, .day], from: moment.date)
    self = Day(year: parts.year!, month: parts.month!, day: parts.day!).clamped
  }

  /// The moment when a clock in Sweden shows this hour of the day; right across daylight saving.
  public func at(hour: Int) -> Timestamp {
    let parts = DateComponents(year: year, month: month, day: day, hour: hour)
    let date = Day.stockholm.date(from: parts)!
    return Timestamp(milliseconds: Int64(date.timeIntervalSince1970) * 1000)
  }

  /// What calendar and clock in Sweden show at a moment, for people: `2026-11-24 09:05:00`.
  public static func clock(at moment: Timestamp) -> String {
    let time = stockholm.dateComponents([.hour, .minute, .second], from: moment.date)
    let parts = [time.hour!, time.minute!, time.second!].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(Day(of: moment).text) \(parts.joined(separator: ":"))"
  }

  // MARK: Described

  public static var schema: JSONValue {
    ["type": "string", "format": "date", "pattern": "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"]
  }
  public static var example: Day { Day(year: 2026, month: 9, day: 21) }
}

extension Day: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let value = Day(text: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "must be a day such as 2026-11-24"))
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
