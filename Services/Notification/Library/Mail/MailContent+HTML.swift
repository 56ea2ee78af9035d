import Contracts
import Texts

extension MailContent {
  /// As a page that is read on a phone as on a desk, in the light and in the dark. Nothing is fetched from anywhere, so
  /// that reading it tells nobody.
  var html: String {
    var body = "<p class=\"mark\">\(MailContent.escaped(MailTexts.programme[language]))</p>\n"
    if let greeting { body += paragraph(greeting) }
    for section in sections {
      if let title = section.title { body += "<h2>\(MailContent.escaped(title))</h2>\n" }
      for text in section.paragraphs { body += paragraph(text) }
      guard !section.choices.isEmpty else { continue }
      body += "<p class=\"ask\">\(MailContent.escaped(MailTexts.answers[language]))</p>\n"
      for choice in section.choices {
        body +=
          "<p class=\"choice\"><a href=\"\(MailContent.escaped(choice.address))\">\(MailContent.escaped(choice.label))</a></p>\n"
      }
      if section.isAnsweredByMail {
        body += "<p class=\"hint\">\(MailContent.escaped(MailTexts.answersByMail[language]))</p>\n"
      }
    }
    body += paragraph(MailTexts.regards[language] + "\n" + signature)
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
      <title>\(MailContent.escaped(subject))</title>
      <style>
      \(MailContent.style)
      </style>
      </head>
      <body>
      <div class="page">
      <div class="sheet">
      \(body)</div>
      <div class="notes">
      \(notes.map(paragraph).joined())</div>
      </div>
      </body>
      </html>

      """
  }

  private func paragraph(_ text: String) -> String {
    var html = ""
    var rest = text[...]
    while let (range, address) = firstAddress(in: rest, of: text) {
      html += MailContent.escaped(rest[..<range.lowerBound])
      let link = MailContent.percentEncoded(EmailAddress(unchecked: address).wire)
      html += "<a href=\"mailto:\(link)\">\(MailContent.escaped(address))</a>"
      rest = rest[range.upperBound...]
    }
    html += MailContent.escaped(rest)
    return "<p>\(html.replacing("\n", with: "<br>"))</p>\n"
  }

  /// The first of the addresses that stands by itself: `anna@example.se` is not in `hanna@example.se`.
  private func firstAddress(in rest: Substring, of text: String) -> (range: Range<String.Index>, address: String)? {
    // Whoever is erased has none.
    addresses.filter { !$0.isEmpty }.flatMap { address in rest.ranges(of: address).map { ($0, address) } }
      .filter { MailContent.isApart($0.0, in: text) }
      // Of two that begin at the same place, the longer.
      .min { ($0.0.lowerBound, $1.0.upperBound) < ($1.0.lowerBound, $0.0.upperBound) }
  }

  /// Whether nothing around a place in a text makes a longer address of it. A full stop may end the sentence.
  private static func isApart(_ range: Range<String.Index>, in text: String) -> Bool {
    func isWord(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || "-_@".contains(character)
    }
    var after = text[range.upperBound...]
    if after.first == "." { after = after.dropFirst() }
    let before = text[..<range.lowerBound].last
    // Nearly anything may stand before the at sign (RFC 5322, 3.2.3).
    let isLonger = before.map { isWord($0) || $0 == "." || $0.utf8.allSatisfy(HeaderField.isAtomText) } ?? false
    return !isLonger && !(after.first.map(isWord) ?? false)
  }

  /// So that nothing in a text is taken for markup, in an attribute either.
  static func escaped(_ text: some StringProtocol) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// RFC 3986, 2.3: all but the unreserved characters, and the `@` of an address.
  static func percentEncoded(_ text: String) -> String {
    text.utf8.map { byte in
      HeaderField.isAlphanumeric(byte) || "-._~@".utf8.contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + QuotedPrintable.escaped(byte).dropFirst()
    }.joined()
  }

  private static let style = """
    :root { color-scheme: light dark; supported-color-schemes: light dark; }
    body { margin: 0; background: #f3efe8; color: #2a2521; }
    body, p, a, h2 { font-family: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
    .page { max-width: 36em; margin: 0 auto; padding: 16px 12px 28px; font-size: 17px; line-height: 1.55; }
    .sheet { background: #fffdf9; border-radius: 14px; padding: 22px 22px 12px; overflow-wrap: anywhere; }
    p { margin: 0 0 1em; }
    h2 { font-size: 1.1em; margin: 1.6em 0 .6em; }
    a { color: #1f5c4d; }
    .mark { font-size: 14px; font-weight: 600; letter-spacing: .04em; color: #1f5c4d; }
    .ask { font-weight: 600; margin: 1.4em 0 .6em; }
    .choice { margin: 0 0 10px; }
    .choice a { display: block; padding: 12px 16px; border-radius: 10px; background: #1f5c4d; color: #ffffff;
      text-decoration: none; font-weight: 600; text-align: center; }
    .hint { font-size: 14px; color: #655c54; }
    .notes { padding: 16px 22px 0; font-size: 14px; color: #5f564e; overflow-wrap: anywhere; }
    .notes p { margin: 0 0 .6em; }
    @media (prefers-color-scheme: dark) {
      body { background: #171513; color: #ece6dd; }
      .sheet { background: #221f1c; }
      a, .mark { color: #8fd0ba; }
      .choice a { background: #8fd0ba; color: #10231d; }
      .hint, .notes { color: #b5aca1; }
    }
    """
}
