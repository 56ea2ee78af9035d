import Contracts
import Texts

extension Setting {
  /// What a setting's text may be, as a check and as words.
  public enum Limits: Sendable {
    /// One line of anything.
    case text
    /// A file or folder.
    case path
    case oneOf([String])
    case number(ClosedRange<Int>)
    /// A calendar day, `2026-09-01`.
    case day
    /// `tcp://HOST:PORT` or `ipc://PATH`.
    case endpoint
    /// An IPv4 address in figures.
    case address

    func allow(_ text: String) -> Bool {
      switch self {
      case .text: Limits.isLine(text, 1...300)
      case .path: Limits.isLine(text, 1...4_000)
      case .oneOf(let choices): choices.contains(text)
      case .number(let range): Int(text).map(range.contains) ?? false
      case .day: Day(text: text) != nil
      case .endpoint: Limits.isEndpoint(text)
      case .address: Limits.isAddress(text)
      }
    }

    /// What is accepted, after "must be".
    public var words: Phrase {
      switch self {
      case .text: Phrase(sv: "text på en rad, högst 300 tecken", en: "text on one line, at most 300 characters")
      case .path: Phrase(sv: "en sökväg", en: "a path")
      case .oneOf(let choices):
        Phrase(sv: "ett av \(choices.joined(separator: ", "))", en: "one of \(choices.joined(separator: ", "))")
      case .number(let range):
        Phrase(
          sv: "ett heltal från \(range.lowerBound) till \(range.upperBound)",
          en: "a whole number from \(range.lowerBound) to \(range.upperBound)")
      case .day: Phrase(sv: "en dag som 2026-09-01", en: "a day such as 2026-09-01")
      case .endpoint:
        Phrase(
          sv: "tcp://VÄRD:PORT eller ipc://SÖKVÄG, till exempel tcp://10.0.0.2:5601",
          en: "tcp://HOST:PORT or ipc://PATH, such as tcp://10.0.0.2:5601")
      case .address: Phrase(sv: "en IPv4-adress som 127.0.0.1", en: "an IPv4 address such as 127.0.0.1")
      }
    }

    private static func isLine(_ text: String, _ length: ClosedRange<Int>) -> Bool {
      Constraint.text(length, .line, example: "").allows(text)
    }

    private static func isEndpoint(_ text: String) -> Bool {
      guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f }) else { return false }
      if text.hasPrefix("ipc://") { return text.utf8.count > "ipc://".utf8.count }
      guard text.hasPrefix("tcp://"), let colon = text.lastIndex(of: ":"),
        let port = Int(text[text.index(after: colon)...])
      else { return false }
      return colon > text.index(text.startIndex, offsetBy: 6) && (1...65_535).contains(port)
    }

    private static func isAddress(_ text: String) -> Bool {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
  }
}
