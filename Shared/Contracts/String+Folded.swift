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
      case "ø": folded.append("o")
      case "æ": folded.append(contentsOf: "ae".unicodeScalars)
      case "ß": folded.append(contentsOf: "ss".unicodeScalars)
      default: folded.append(scalar)
      }
    }
    return String(folded)
  }
}
