/// Why a store can't be used, in a sentence for whoever operates it.
///
/// None of them is helped by trying again without doing what the sentence says, `locked` excepted.
public struct StoreError: Error, Sendable, CustomStringConvertible {
  public struct Code: Sendable, Hashable, RawRepresentable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let locked = Code(rawValue: "store-locked")
    public static let newer = Code(rawValue: "store-newer")
    public static let foreign = Code(rawValue: "store-foreign")
    public static let corrupt = Code(rawValue: "store-corrupt")
    public static let unsafeSettings = Code(rawValue: "store-unsafe-settings")
    public static let unreachable = Code(rawValue: "store-unreachable")
    public static let backup = Code(rawValue: "store-backup")
    public static let outboxFull = Code(rawValue: "outbox-full")
    public static let messageTooLarge = Code(rawValue: "message-too-large")
  }

  public let code: Code
  public let message: String
  public let cause: String?
  public var isRetryable: Bool { code == .locked || code == .outboxFull }

  public init(_ code: Code, _ message: String, cause: String? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  public var description: String { cause.map { "\(message) (\($0))" } ?? message }
}
