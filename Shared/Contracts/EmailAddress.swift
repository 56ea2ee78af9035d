import Foundation

/// An e-mail address as people write it: ASCII, or with other letters in it, composed (RFC 6531).
public struct EmailAddress: Constrained {
  public let rawValue: String
  /// Composes what is not.
  public init(unchecked rawValue: String) {
    self.rawValue = rawValue.isASCII ? rawValue : rawValue.precomposedStringWithCanonicalMapping
  }
  public static let constraint = Constraint.text(5...254, .email, example: "asa.oberg@example.se")

  /// As mail servers take it: the domain in ASCII (RFC 5890), where it has such a form. The same as the address for one
  /// in ASCII.
  public var wire: String {
    guard !rawValue.isASCII, let (local, domain) = EmailAddress.parts(rawValue), let ascii = EmailAddress.ascii(domain)
    else { return rawValue }
    return local + "@" + ascii
  }

  /// Every way in which it may be written: as it is, with the domain in ASCII, and with the domain in its own letters.
  public var spellings: Set<String> {
    guard let (local, domain) = EmailAddress.parts(wire) else { return [rawValue] }
    let labels = domain.lowercased().split(separator: ".", omittingEmptySubsequences: false).map { label in
      label.hasPrefix("xn--") ? Punycode.decode(label.dropFirst(4)) ?? String(label) : String(label)
    }
    return [rawValue, wire, local + "@" + labels.joined(separator: ".")]
  }

  /// What stands before the `@`, and what after it; nil where there is no `@`.
  static func parts(_ text: String) -> (local: String, domain: String)? {
    guard let at = text.unicodeScalars.lastIndex(of: "@") else { return nil }
    let scalars = text.unicodeScalars
    return (String(scalars[..<at]), String(scalars[scalars.index(after: at)...]))
  }

  /// Whether text that isn't ASCII can stand before the `@`: atoms of letters, digits and what else RFC 5322 knows, with
  /// dots between, in at most 64 bytes.
  public static func isLocal(_ text: String) -> Bool {
    text.utf8.count <= 64
      && text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
      && isReadable(text) { "!#$%&'*+/=?^_`{|}~.-".unicodeScalars.contains($0) }
  }

  /// A domain in ASCII: each label with other letters as `xn--` and its Punycode; nil where it can't be one.
  static func ascii(_ domain: String) -> String? {
    let labels = domain.lowercased().precomposedStringWithCanonicalMapping
      .split(separator: ".", omittingEmptySubsequences: false)
    var written: [String] = []
    for label in labels {
      let label = String(label)
      // What looks like a letter and is read as another is none of a domain's (RFC 5892, 2.8).
      guard (1...63).contains(label.unicodeScalars.count), isReadable(label, { $0 == "-" }),
        label.precomposedStringWithCompatibilityMapping == label,
        label.first != "-", label.last != "-", label.isASCII || !label.dropFirst(2).hasPrefix("--")
      else { return nil }
      let ascii = label.isASCII ? label : "xn--" + Punycode.encode(label.unicodeScalars)
      guard ascii.utf8.count <= 63 else { return nil }
      written.append(ascii)
    }
    let ascii = written.joined(separator: ".")
    return ascii.utf8.count <= 255 ? ascii : nil
  }

  /// Letters with their marks, digits, and what else is allowed: nothing that can't be seen, and nothing that is written
  /// from right to left, which would make an address read as another.
  private static func isReadable(_ text: String, _ isAllowed: (Unicode.Scalar) -> Bool) -> Bool {
    var hasLetter = false
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        hasLetter = scalar.properties.isAlphabetic
        guard hasLetter || ("0"..."9").contains(scalar) || isAllowed(scalar) else { return false }
        continue
      }
      guard !scalar.properties.isDefaultIgnorableCodePoint, !isRightToLeft(scalar) else { return false }
      switch scalar.properties.generalCategory {
      case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
        hasLetter = true
      case .nonspacingMark, .spacingMark: guard hasLetter else { return false }
      default: return false
      }
    }
    return true
  }

  /// The blocks that are set apart for such scripts (UAX #9, table 5).
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}

extension String {
  var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
