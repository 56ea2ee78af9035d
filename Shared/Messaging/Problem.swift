/// A refusal or failure as problem+json (RFC 9457): a stable code (`type` on the wire) for programs, and for people what
/// happened, why, and what would be accepted.
public struct Problem: Error, Codable, Sendable, Hashable {
  /// A stable code such as `match/self-match`. Programs switch on it; it never changes its meaning.
  public var code: String
  /// What was refused, in a few words in the reader's language.
  public var title: String
  /// Why, and what would be accepted, as sentences in the reader's language.
  public var detail: String
  /// True where the same message may succeed later.
  public var retryable: Bool?

  private enum CodingKeys: String, CodingKey {
    case code = "type"
    case title, detail, retryable
  }

  public init(code: String, title: String, detail: String, retryable: Bool? = nil) {
    self.code = code
    self.title = title
    self.detail = detail
    self.retryable = retryable
  }
}
