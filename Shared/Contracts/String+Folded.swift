import Foundation

extension String {
  /// The text without case and diacritics, as people type when they search: `Åsa Öberg` is `asa oberg`.
  /// Composed and decomposed letters fold alike.
  public var folded: String {
    // Most of what is folded is plain, and is folded often.
    if utf8.allSatisfy({ $0 < 128 }) {
      return String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
    var folded = String.UnicodeScalarView()
    for scalar in lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
    where scalar.properties.generalCategory != .nonspacingMark {
      switch scalar {
      // Letters that Unicode does not take apart.
      case "ø": folded.append("o")
      case "ł": folded.append("l")
      case "đ", "ð": folded.append("d")
      case "ħ": folded.append("h")
      case "ı": folded.append("i")
      case "ŧ": folded.append("t")
      case "æ": folded.append(contentsOf: "ae".unicodeScalars)
      case "œ": folded.append(contentsOf: "oe".unicodeScalars)
      case "þ": folded.append(contentsOf: "th".unicodeScalars)
      case "ß": folded.append(contentsOf: "ss".unicodeScalars)
      // What other keyboards and word processors write for a hyphen and an apostrophe.
      case "\u{2010}"..."\u{2015}", "\u{2212}": folded.append("-")
      case "\u{2018}", "\u{2019}", "\u{2BC}", "\u{B4}": folded.append("'")
      default: folded.append(scalar)
      }
    }
    return String(folded)
  }
}
