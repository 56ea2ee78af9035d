import Foundation

/// What a person would read in the bytes of a mail: the words that headers encode (RFC 2047) and what bodies do
/// (quoted-printable and base64, RFC 2045) as plain text. Lenient, since it is only searched.
enum MailText {
  static func readable(_ bytes: Data) -> String {
    let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    return quotedPrintable(words(unfolded(text))) + "\n" + base64(text)
  }

  /// Encoded words next to each other are one text, and white space between them is none of it.
  private static func unfolded(_ text: String) -> String {
    text.replacing(/\?=\s+=\?/, with: "?==?").replacing(/\n[ \t]+/, with: " ")
  }

  private static func words(_ text: String) -> String {
    var bytes = Data()
    var rest = text[...]
    while let match = rest.firstMatch(of: /=\?[^?\s]+\?([QqBb])\?([^?]*)\?=/) {
      bytes.append(contentsOf: rest[..<match.range.lowerBound].utf8)
      if match.1.lowercased() == "b" {
        bytes.append(Data(base64Encoded: String(match.2)) ?? Data())
      } else {
        // Its bytes may be half of a letter, whose other half stands in the next word.
        bytes.append(decoded(match.2.replacing("_", with: " ").utf8))
      }
      rest = rest[match.range.upperBound...]
    }
    bytes.append(contentsOf: rest.utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func quotedPrintable(_ text: String) -> String {
    String(decoding: decoded(text.replacing("=\n", with: "").utf8), as: UTF8.self)
  }

  private static func decoded(_ text: some Collection<UInt8>) -> Data {
    let bytes = Array(text)
    var result = Data(capacity: bytes.count)
    var index = 0
    func digit(_ place: Int) -> UInt8? {
      guard place < bytes.count else { return nil }
      return Character(Unicode.Scalar(bytes[place])).hexDigitValue.map { UInt8($0) }
    }
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "="), let high = digit(index + 1), let low = digit(index + 2) {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// What stands in lines of nothing but base64.
  private static func base64(_ text: String) -> String {
    var blocks: [String] = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isCode =
        !line.isEmpty
        && line.utf8.allSatisfy { byte in
          (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || [43, 47, 61].contains(byte)
        }
      if isCode { blocks[blocks.count - 1] += line } else if !blocks.last!.isEmpty { blocks.append("") }
    }
    return blocks.compactMap { Data(base64Encoded: $0) }.map { String(decoding: $0, as: UTF8.self) }
      .joined(separator: "\n")
  }
}
