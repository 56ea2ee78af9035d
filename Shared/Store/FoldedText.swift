import Foundation

/// A text as marks are compared with it: composed, and each scalar without case and diacritics. One stands for one of the
/// composed text, so that places are the same in both.
struct FoldedText {
  let scalars: [UInt32]

  init(_ text: String) {
    var text = text
    scalars =
      text.withUTF8(FoldedText.plain)
      ?? text.precomposedStringWithCanonicalMapping.unicodeScalars.map(FoldedText.fold)
  }

  /// Whether a folded scalar is part of a word.
  static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < limit { return words[Int(scalar)] }
    return Unicode.Scalar(scalar).map { $0.properties.isAlphabetic } ?? false
  }

  static func isDigit(_ scalar: UInt32) -> Bool { (48...57).contains(scalar) }

  private static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    scalar.value < limit ? folds[Int(scalar.value)] : withoutCaseAndMarks(scalar)
  }

  private static func withoutCaseAndMarks(_ scalar: Unicode.Scalar) -> UInt32 {
    let letter = scalar.properties.lowercaseMapping.decomposedStringWithCanonicalMapping.unicodeScalars.first!
    return (others[letter] ?? letter).value
  }

  /// Letters that Unicode does not take apart, and what word processors make of hyphens and apostrophes.
  private static let others: [Unicode.Scalar: Unicode.Scalar] = [
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "\u{2212}": "-", "\u{2010}": "-",
    "\u{2011}": "-", "\u{2012}": "-", "\u{2013}": "-", "\u{2014}": "-", "\u{2015}": "-", "\u{2018}": "'",
    "\u{2019}": "'", "\u{2BC}": "'", "\u{B4}": "'",
  ]

  // MARK: What nearly every text is made of

  /// The scalars below it stay what they are when a text is composed (Unicode's NFC_Quick_Check); those that compose with
  /// them lie above.
  private static let limit: UInt32 = 0x300
  private static let folds = (0..<limit).map { withoutCaseAndMarks(Unicode.Scalar($0)!) }
  private static let punctuation = (UInt32(0x2000)..<0x2040).map { withoutCaseAndMarks(Unicode.Scalar($0)!) }
  private static let words = (0..<limit).map {
    $0 < 128 ? isDigit($0) || (97...122).contains($0) : Unicode.Scalar($0)!.properties.isAlphabetic
  }

  /// The folded scalars of UTF-8 that needs no composing: of European languages, with dashes and quotation marks
  /// (U+2010 to U+203F). Nil where anything else stands in it.
  private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32]? {
    guard let base = bytes.baseAddress else { return [] }
    var index = 0
    let scalars = [UInt32](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      guard let folded = buffer.baseAddress else { return }
      folds.withUnsafeBufferPointer { folds in
        while index < bytes.count {
          let byte = base[index]
          if byte < 0x80 {
            folded[count] = folds[Int(byte)]
            index += 1
          } else if (0xC2...0xCB).contains(byte), index + 1 < bytes.count, base[index + 1] & 0xC0 == 0x80 {
            folded[count] = folds[Int(byte & 0x1F) << 6 | Int(base[index + 1] & 0x3F)]
            index += 2
          } else if byte == 0xE2, index + 2 < bytes.count, base[index + 1] == 0x80,
            (0x90...0xBF).contains(base[index + 2])
          {
            folded[count] = punctuation[Int(base[index + 2] & 0x3F)]
            index += 3
          } else {
            return
          }
          count += 1
        }
      }
    }
    return index == bytes.count ? scalars : nil
  }
}
