import Texts

/// The encoding of a register file, found out from its bytes.
public enum RegisterEncoding: String, Sendable, CaseIterable {
  case utf8, utf16, windows1252

  /// The file's text, without a BOM.
  ///
  /// - Throws: `RegisterRefusal.encoding` with the first line that can't be read.
  public static func decode(_ bytes: [UInt8]) throws(RegisterRefusal) -> (String, RegisterEncoding) {
    if bytes.starts(with: [0xFF, 0xFE]) { return (try utf16(bytes, isBigEndian: false), .utf16) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (try utf16(bytes, isBigEndian: true), .utf16) }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let content = hasMark ? bytes[3...] : bytes[...]
    if let zero = content.firstIndex(of: 0) { throw .encoding(line: line(of: zero, bytes)) }
    if let text = String(validating: content, as: UTF8.self) { return (text, .utf8) }
    if hasMark || looksLikeUTF8(content) { throw .encoding(line: firstBrokenLine(content)) }
    return (try windows1252(bytes), .windows1252)
  }

  private static func line(of index: Int, _ bytes: [UInt8]) -> Int {
    bytes[..<index].count { $0 == UInt8(ascii: "\n") } + 1
  }

  private static func utf16(_ bytes: [UInt8], isBigEndian: Bool) throws(RegisterRefusal) -> String {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index -> UInt16 in
      let high = UInt16(bytes[isBigEndian ? index : index + 1])
      let low = UInt16(bytes[isBigEndian ? index + 1 : index])
      return high << 8 | low
    }
    let newline = UInt16(UInt8(ascii: "\n"))
    guard bytes.count.isMultiple(of: 2) else { throw .encoding(line: units.count { $0 == newline } + 1) }
    if let text = String(validating: units, as: UTF16.self), !units.contains(0) { return text }
    let lines = units.split(separator: newline, omittingEmptySubsequences: false)
    let broken = lines.firstIndex { $0.contains(0) || String(validating: $0, as: UTF16.self) == nil }
    throw .encoding(line: (broken ?? 0) + 1)
  }

  // MARK: UTF-8 that is broken somewhere

  /// Whether there is a Swedish letter in UTF-8: its bytes in Windows-1252 are `Ã` and a symbol, which
  /// nobody writes.
  private static func looksLikeUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == 0xC3 && (0x80...0xBF).contains($1) }
  }

  private static func firstBrokenLine(_ bytes: ArraySlice<UInt8>) -> Int {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
  }

  // MARK: Windows-1252

  /// What stands at 0x80 to 0x9F; zero where nothing does.
  private static let upper: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
  ]

  private static func windows1252(_ bytes: [UInt8]) throws(RegisterRefusal) -> String {
    var scalars = String.UnicodeScalarView()
    for (index, byte) in bytes.enumerated() {
      let value = (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : UInt32(byte)
      let before = index > 0 ? bytes[index - 1] : 0
      let after = index + 1 < bytes.count ? bytes[index + 1] : 0
      guard let scalar = Unicode.Scalar(value), byte < 0x80 || isPlausible(scalar, between: before, after)
      else { throw .encoding(line: line(of: index, bytes)) }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  /// Any bytes at all are Windows-1252, so what can't be meant is refused: the å, ä and ö of DOS and of
  /// old Macintoshes come out as symbols within a word, or as a capital after a small letter.
  private static func isPlausible(_ scalar: Unicode.Scalar, between before: UInt8, _ after: UInt8) -> Bool {
    func isSmall(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    func isLetter(_ byte: UInt8) -> Bool { isSmall(byte | 0x20) }
    switch scalar {
    case "\u{0}", "Œ", "œ", "Ÿ", "ƒ", "ˆ", "˜", "†", "‡", "‰", "×", "÷": return false
    case "Š", "Ž": return !isSmall(before)
    case "š", "ž", "\u{C0}"..."\u{FF}": return true
    case "’", "–", "—", "\u{A0}", "·": return true
    default: return !(isLetter(before) && isLetter(after))
    }
  }
}
