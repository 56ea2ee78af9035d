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

  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
  private static let plainStyle = Date.ISO8601FormatStyle()

  /// RFC 3339 in UTC with milliseconds, such as `2026-11-24T08:00:00.000Z`.
  public var text: String { date.formatted(Timestamp.style) }

  /// Reads RFC 3339, with or without fractions of a second; nil where it is something else.
  public init?(text: String) {
    guard text.utf8.count <= 40,
      let date = (try? Timestamp.style.parse(text)) ?? (try? Timestamp.plainStyle.parse(text))
    else { return nil }
    milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
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
