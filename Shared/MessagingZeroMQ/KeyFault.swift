/// Why keys can't be read, made or used, in a sentence of either language. Trying again doesn't help.
public struct KeyFault: Error, Sendable, Hashable, CustomStringConvertible {
  public let sv: String
  public let en: String

  public init(sv: String, en: String) {
    self.sv = sv
    self.en = en
  }

  /// As logs tell it.
  public var description: String { en }
}
