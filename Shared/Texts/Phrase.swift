import Contracts

/// Something that a person reads, in both languages. There is no way to write one without the other.
public struct Phrase: Sendable, Hashable {
  public let sv: String
  public let en: String

  public init(sv: String, en: String) {
    self.sv = sv
    self.en = en
  }

  public subscript(language: Language) -> String {
    switch language {
    case .sv: sv
    case .en: en
    }
  }
}

/// Why something was refused: a stable code for programs, and for people what was refused, why, and what
/// would be accepted. Domains conform with a closed enum of their refusals.
public protocol Refusal: Error, Sendable {
  /// Such as `match/self-match`; never changes its meaning.
  var code: String { get }
  /// What was refused, in a few words.
  var title: Phrase { get }
  /// Why, and what would be accepted.
  var detail: Phrase { get }
}
