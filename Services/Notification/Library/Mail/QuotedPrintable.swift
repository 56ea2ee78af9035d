/// The quoted-printable encoding of a text (RFC 2045, 6.7): lines of at most 76 characters, ended by CRLF.
enum QuotedPrintable {
  static func encode(_ text: String) -> String {
    let unified = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    var lines = unified.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line($0) + "\r\n" }.joined()
  }

  static func escaped(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "=0" + digits : "=" + digits
  }

  private static func line(_ text: Substring) -> String {
    var encoded = ""
    var length = 0
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      let isLast = index == bytes.count - 1
      let piece =
        switch byte {
        // White space at the end of a line may be lost on the way.
        case UInt8(ascii: " "), UInt8(ascii: "\t"): isLast ? escaped(byte) : String(UnicodeScalar(byte))
        case UInt8(ascii: "="): escaped(byte)
        case 0x21...0x7e: String(UnicodeScalar(byte))
        default: escaped(byte)
        }
      if length + piece.utf8.count > 75 {
        encoded += "=\r\n"
        length = 0
      }
      encoded += piece
      length += piece.utf8.count
    }
    return encoded
  }
}
