import Foundation
import Messaging

/// A value whose limits are declared once, with its type: the JSON Schema and the check at the socket are
/// both read from `constraint`.
public protocol Constrained: RawRepresentable, Codable, Sendable, Hashable, Described
where RawValue: Codable & Sendable & Hashable {
  static var constraint: Constraint<RawValue> { get }
  /// Makes a value that the constraint is known to allow.
  init(unchecked rawValue: RawValue)
}

/// What a type looks like in a schema, and one valid value of it.
public protocol Described {
  static var schema: JSONValue { get }
  static var example: Self { get }
}

/// The limits of a raw value, as a check, as a schema and as words.
public struct Constraint<Raw: Sendable>: Sendable {
  public let schema: JSONValue
  public let example: Raw
  public let limits: ConstraintLimits
  /// What is accepted, in English for a programmer: "1 to 80 characters without line breaks". A person is told in
  /// `Texts`.
  public let accepts: String
  public let allows: @Sendable (Raw) -> Bool
}

/// What a constraint allows, for those who tell it in words.
public enum ConstraintLimits: Sendable, Hashable {
  case integer(ClosedRange<Int>)
  /// So many Unicode scalars of a form.
  case text(ClosedRange<Int>, TextForm)
}

/// What a text is made of.
public enum TextForm: Sendable, Hashable {
  case line, prose, token, digits, email, phone, organisationNumber
}

extension Constraint where Raw == Int {
  public static func integer(_ range: ClosedRange<Int>) -> Constraint {
    Constraint(
      schema: ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)],
      example: range.lowerBound, limits: .integer(range),
      accepts: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      allows: { range.contains($0) })
  }
}

extension Constraint where Raw == String {
  /// What a text is made of: a pattern for the schema and the same as a check, side by side.
  public struct Form: Sendable {
    let name: TextForm
    let pattern: String
    let words: String
    let allows: @Sendable (String) -> Bool

    /// One line of anything.
    public static let line = Form(
      name: .line, pattern: #"^[^\u0000-\u001f\u007f]+$"#, words: "without line breaks or control characters"
    ) {
      !$0.isEmpty && $0.unicodeScalars.allSatisfy { $0.value > 0x1f && $0.value != 0x7f }
    }
    /// Anything that a person types, line breaks and tabs included.
    public static let prose = Form(
      name: .prose, pattern: #"^[^\u0000-\u0008\u000b-\u001f\u007f]+$"#, words: "without control characters"
    ) {
      !$0.isEmpty
        && $0.unicodeScalars.allSatisfy {
          ($0.value > 0x1f && $0.value != 0x7f) || $0.value == 0x0a || $0.value == 0x09
        }
    }
    /// What ids and keys are made of.
    public static let token = Form(name: .token, pattern: "^[a-z0-9-]+$", words: "of a to z, 0 to 9 and hyphens") {
      !$0.isEmpty && $0.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
    public static let digits = Form(name: .digits, pattern: "^[0-9]+$", words: "of digits") {
      !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) }
    }
    /// One `@`, before it letters, digits and what RFC 5322 knows, after it labels of letters, digits and inner hyphens.
    ///
    /// The pattern, which every validator is to understand, lets some signs through that are no letters; the check does
    /// not.
    public static let email: Form = {
      let local =
        #"[^\u0000-\u0020\u0022\u0028\u0029\u002c\u003a-\u003c\u003e\u0040\u005b-\u005d\u007f-\u00a9\u2000-\u206f\u3000\ufeff]+"#
      let inner = #"[^\u0000-\u002c\u002e\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u2000-\u206f\u3000\ufeff]"#
      let outer = #"[^\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u2000-\u206f\u3000\ufeff]"#
      let label = "\(outer)(\(inner)*\(outer))?"
      return Form(
        name: .email, pattern: "^\(local)@(\(label)\\.)+\(label)$",
        words: "such as anna@example.se or anna.åkesson@exempel.se"
      ) { $0.isASCII ? isPlainEmail($0) : isInternationalEmail($0) }
    }()

    private static func isInternationalEmail(_ text: String) -> Bool {
      guard let (local, domain) = EmailAddress.parts(text.precomposedStringWithCanonicalMapping) else { return false }
      return EmailAddress.isLocal(local) && domain.contains(".")
        && EmailAddress.ascii(domain).map { local.utf8.count + 1 + $0.utf8.count <= 254 } ?? false
    }

    private static func isPlainEmail(_ text: String) -> Bool {
      func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      }
      let special = Set("!#$%&'*+/=?^_`{|}~.-".utf8)
      let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty,
        parts[0].allSatisfy({ isAlphanumeric($0) || special.contains($0) })
      else { return false }
      let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      return labels.count >= 2
        && labels.allSatisfy { label in
          guard let first = label.first, let last = label.last else { return false }
          return isAlphanumeric(first) && isAlphanumeric(last)
            && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
    }
    public static let phone = Form(
      name: .phone, pattern: #"^[+]?[0-9 ()-]+$"#,
      words: "of digits, spaces, hyphens and brackets, perhaps with a + first"
    ) {
      let rest = $0.hasPrefix("+") ? $0.dropFirst() : $0[...]
      return !rest.isEmpty && rest.utf8.allSatisfy { (48...57).contains($0) || [32, 40, 41, 45].contains($0) }
    }
    /// Swedish organisation numbers: six digits, a hyphen, four digits.
    public static let organisationNumber = Form(
      name: .organisationNumber, pattern: "^[0-9]{6}-[0-9]{4}$", words: "such as 556036-0793"
    ) {
      let bytes = Array($0.utf8)
      return bytes.count == 11 && bytes[6] == 45
        && bytes.enumerated().allSatisfy { $0.offset == 6 || (48...57).contains($0.element) }
    }
  }

  /// Text of so many Unicode scalars (JSON Schema counts the same).
  public static func text(
    _ length: ClosedRange<Int>, _ form: Form, format: String? = nil, example: String
  ) -> Constraint {
    var schema: JSONValue = [
      "type": "string", "minLength": .integer(length.lowerBound),
      "maxLength": .integer(length.upperBound), "pattern": .string(form.pattern),
    ]
    if let format { schema["format"] = .string(format) }
    return Constraint(
      schema: schema, example: example, limits: .text(length, form.name),
      accepts: "\(length.lowerBound) to \(length.upperBound) characters \(form.words)",
      allows: { length.contains($0.unicodeScalars.count) && form.allows($0) })
  }
}

extension Constrained {
  public static var schema: JSONValue { constraint.schema }
  public static var example: Self { Self(unchecked: constraint.example) }

  /// Nil where the constraint does not allow the value.
  public init?(rawValue: RawValue) {
    guard Self.constraint.allows(rawValue) else { return nil }
    self.init(unchecked: rawValue)
  }

  public init(from decoder: any Decoder) throws {
    let raw = try decoder.singleValueContainer().decode(RawValue.self)
    guard let value = Self(rawValue: raw) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "must be \(Self.constraint.accepts)"))
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// At most a hundred of something: what is longer is read by page or sent in parts.
public struct Bounded<Element: Codable & Sendable>: Codable, Sendable {
  public static var maximum: Int { 100 }
  public let elements: [Element]

  /// Keeps the first hundred; whoever makes it cuts pages beforehand.
  public init(_ elements: some Sequence<Element>) {
    self.elements = Array(elements.prefix(Self.maximum))
  }

  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    var elements: [Element] = []
    while !container.isAtEnd {
      guard elements.count < Self.maximum else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "must have at most \(Self.maximum) elements"))
      }
      elements.append(try container.decode(Element.self))
    }
    self.elements = elements
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for element in elements { try container.encode(element) }
  }
}

extension Bounded: Equatable where Element: Equatable {}
extension Bounded: Hashable where Element: Hashable {}

extension Timestamp: Described {
  public static var schema: JSONValue { ["type": "string", "format": "date-time", "maxLength": 40] }
  public static var example: Timestamp { Timestamp(milliseconds: 1_789_984_800_000) }
}
