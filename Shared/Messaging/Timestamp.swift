import FoundationEssentials

/// A moment as milliseconds since 1970 in UTC: what stores keep, and what the wire shows as RFC 3339.
public struct Timestamp: Sendable, Hashable, Comparable {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  public static func + (left: Timestamp, right: Duration) -> Timestamp {
    Timestamp(milliseconds: left.milliseconds + right.milliseconds)
  }

  /// The moment that the machine's clock shows.
  public static func wallClock() -> Timestamp {
    Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }

  public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

  // Foundation's own formatter cuts a moment down to the millisecond below what a Double holds, so most would lose
  // one each time that they are written; and its parser takes 30 February.

  private static let first = CivilDate(year: 0, month: 1, day: 1)!.number
  private static let last = CivilDate(year: 9999, month: 12, day: 31)!.number

  /// RFC 3339 in UTC with milliseconds, such as `2026-11-24T08:00:00.000Z`; the nearest that four digits can name
  /// where the year is another.
  public var text: String {
    let span = Int64(Timestamp.first) * 86_400_000...(Int64(Timestamp.last) + 1) * 86_400_000 - 1
    let moment = Int(min(max(milliseconds, span.lowerBound), span.upperBound))
    let date = CivilDate(number: (moment - (moment >= 0 ? 0 : 86_399_999)) / 86_400_000)
    let time = moment - date.number * 86_400_000
    return String(unsafeUninitializedCapacity: 24) { text in
      var end = 0
      func add(_ number: Int, digits: Int, then mark: Unicode.Scalar) {
        var rest = number
        for index in (end..<end + digits).reversed() {
          text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
        text[end + digits] = UInt8(ascii: mark)
        end += digits + 1
      }
      add(date.year, digits: 4, then: "-")
      add(date.month, digits: 2, then: "-")
      add(date.day, digits: 2, then: "T")
      add(time / 3_600_000, digits: 2, then: ":")
      add(time / 60_000 % 60, digits: 2, then: ":")
      add(time / 1000 % 60, digits: 2, then: ".")
      add(time % 1000, digits: 3, then: "Z")
      return end
    }
  }

  /// As a name of files that sorts by time: `20261124t080000z`.
  public var asName: String { text.prefix(19).lowercased().filter { $0 != "-" && $0 != ":" } + "z" }

  /// Reads RFC 3339, with or without fractions of a second, which are cut to milliseconds; nil where it is something
  /// else. A leap second is the first of the next minute.
  public init?(text: String) {
    var rest = Array(text.utf8)[...]
    guard rest.count <= 40 else { return nil }
    func digits(_ count: Int) -> Int? {
      let head = rest.prefix(count)
      guard head.count == count, head.allSatisfy({ (48...57).contains($0) }) else { return nil }
      rest = rest.dropFirst(count)
      return head.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
    func take(_ characters: String) -> UInt8? {
      guard let first = rest.first, characters.utf8.contains(first) else { return nil }
      return rest.removeFirst()
    }
    guard let year = digits(4), take("-") != nil, let month = digits(2), take("-") != nil, let day = digits(2),
      let date = CivilDate(year: year, month: month, day: day), take("Tt") != nil,
      let hour = digits(2), hour < 24, take(":") != nil, let minute = digits(2), minute < 60, take(":") != nil,
      let second = digits(2), second <= 60
    else { return nil }
    var fraction = 0
    if take(".") != nil {
      let found = rest.prefix { (48...57).contains($0) }
      guard !found.isEmpty else { return nil }
      rest = rest.dropFirst(found.count)
      for (digit, worth) in zip(found, [100, 10, 1]) { fraction += Int(digit - 48) * worth }
    }
    var offset = 0
    if let sign = take("+-") {
      guard let hours = digits(2), hours < 24, take(":") != nil, let minutes = digits(2), minutes < 60 else {
        return nil
      }
      offset = (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    } else if take("Zz") == nil {
      return nil
    }
    guard rest.isEmpty else { return nil }
    let minutes = date.number * 1440 + hour * 60 + minute - offset
    milliseconds = Int64((minutes * 60 + second) * 1000 + fraction)
  }
}

extension Timestamp: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let value = Timestamp(text: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not an RFC 3339 date and time"))
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension Duration {
  /// Whole milliseconds, rounded down.
  public var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
