/// How text becomes a header field: quoting, encoded words (RFC 2047) and folding (RFC 5322, 2.2.3).
enum HeaderField {
  /// Lines are folded to this where what they hold can be parted: RFC 2047 wants no line with an encoded
  /// word to be longer, and RFC 5322 would like 78.
  static let lineLength = 76
  /// So that an encoded word fits on the first line after any field name used here.
  private static let wordLength = 64
  private static let wordStart = "=?UTF-8?Q?"
  private static let wordEnd = "?="

  /// A whole field, folded between its tokens, with CRLF at its end.
  static func field(_ name: String, _ tokens: [String]) -> String {
    var text = "\(name):"
    var length = text.utf8.count
    for (index, token) in tokens.enumerated() {
      if index > 0, length + 1 + token.utf8.count > lineLength {
        text += "\r\n"
        length = 0
      }
      text += " " + token
      length += 1 + token.utf8.count
    }
    return text + "\r\n"
  }

  /// Free text such as a subject: its words where they are plain, else encoded words.
  static func text(_ value: String) -> [String] {
    let words = value.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let isPlain = words.allSatisfy { !$0.isEmpty && $0.utf8.count <= wordLength } && isPrintable(value)
    return isPlain ? words : encodedWords(value)
  }

  /// A name before an address: quoted where it is plain, else encoded words.
  static func phrase(_ value: String) -> [String] {
    let quoted = quoted(value)
    return isPrintable(value) && quoted.utf8.count <= wordLength ? [quoted] : encodedWords(value)
  }

  /// A quoted string; `value` must be printable ASCII.
  static func quoted(_ value: String) -> String {
    "\"" + value.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }

  /// Encoded words in the Q encoding. A character is never split between two, so that each can be read by
  /// itself; one that is too long for a word is split between its scalars.
  static func encodedWords(_ value: String) -> [String] {
    let room = wordLength - wordStart.utf8.count - wordEnd.utf8.count
    var words: [String] = []
    var word = ""
    func encode(_ text: String) -> String { text.utf8.map(encodedByte).joined() }
    let pieces = value.flatMap { character in
      let whole = encode(String(character))
      return whole.utf8.count <= room ? [whole] : character.unicodeScalars.map { encode(String($0)) }
    }
    for piece in pieces {
      if word.utf8.count + piece.utf8.count > room {
        words.append(word)
        word = ""
      }
      word += piece
    }
    return (words + [word]).map { wordStart + $0 + wordEnd }
  }

  /// - Throws: `MailFault` where the value would end its line or hide something in it.
  static func checkLine(_ value: String, _ field: String) throws {
    guard value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
      throw MailFault(field: field, reason: .control)
    }
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// What an atom is made of (RFC 5322, 3.2.3).
  static func isAtomText(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  /// Printable ASCII that no reader takes for an encoded word.
  private static func isPrintable(_ value: String) -> Bool {
    value.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !value.contains("=?")
  }

  /// The Q encoding as it may stand in a name as well (RFC 2047, 5.3).
  private static func encodedByte(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: " "): "_"
    case let byte where isAlphanumeric(byte) || "!*+-/".utf8.contains(byte):
      String(UnicodeScalar(byte))
    default: QuotedPrintable.escaped(byte)
    }
  }
}
