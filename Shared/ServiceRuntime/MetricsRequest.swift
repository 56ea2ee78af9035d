/// What a scraper's bytes ask for: a pure function of them, so that anything can be tried on it.
enum MetricsRequest {
  enum Answer: Int, CustomStringConvertible {
    case ok = 200
    case malformed = 400
    case unknownPath = 404
    case otherMethod = 405
    case tooLong = 431
    case unavailable = 503

    /// The reason phrase.
    var description: String {
      switch self {
      case .ok: "OK"
      case .malformed: "Bad Request"
      case .unknownPath: "Not Found"
      case .otherMethod: "Method Not Allowed"
      case .tooLong: "Request Header Fields Too Large"
      case .unavailable: "Service Unavailable"
      }
    }
  }

  /// A scraper's head is a few hundred bytes.
  static let maximumBytes = 8_192
  private static let end = Array("\r\n\r\n".utf8)

  /// Whether no more has to be read: the empty line has come, or more than is ever needed.
  static func isWhole(_ head: [UInt8]) -> Bool {
    head.count > maximumBytes || head.indices.dropLast(end.count - 1).contains { head[$0..<$0 + end.count] == end[...] }
  }

  static func answer(to head: [UInt8]) -> Answer {
    guard head.count <= maximumBytes else { return .tooLong }
    guard isWhole(head), let line = head.split(separator: 0x0d, maxSplits: 1, omittingEmptySubsequences: false).first
    else { return .malformed }
    let words = line.split(separator: 0x20, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard words.count == 3, words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0", words[1].hasPrefix("/"), !words[0].isEmpty
    else { return .malformed }
    guard words[1] == "/metrics" || words[1].hasPrefix("/metrics?") else { return .unknownPath }
    return words[0] == "GET" ? .ok : .otherMethod
  }
}
