import Foundation

/// Finds texts that may no longer stand anywhere, in any case, with or without diacritics, composed or decomposed, and
/// takes them out, without knowing what they are: by their lengths and keyed hashes.
///
/// Whoever erases makes them; other services, and a restored store, find by them.
public struct Marks: Sendable {
  /// One text that may not stand.
  public struct Mark: Sendable, Hashable {
    /// A number: found by its digits, whatever stands between them.
    public let isNumber: Bool
    /// In scalars, or digits.
    public let length: Int
    /// Sixteen bits, by which nearly all that is something else is passed over.
    public let filter: Int
    public let hash: Data

    public init(isNumber: Bool, length: Int, filter: Int, hash: Data) {
      self.isNumber = isNumber
      self.length = length
      self.filter = filter
      self.hash = hash
    }
  }

  public let key: Data
  public let all: [Mark]

  public init(key: Data, _ marks: [Mark]) {
    self.key = key
    all = marks
  }

  /// Makes marks with a new key.
  ///
  /// - Parameters:
  ///   - texts: a name, an address. What JSON writes of it and a name with the last word first are found too.
  ///   - numbers: telephone numbers, found with and without the code of the country.
  public init(texts: [String], numbers: [String]) {
    let key = Data((0..<32).map { _ in UInt8.random(in: 0...255) })
    var wanted = Set(texts.flatMap(Marks.variants).map(Marks.folded))
    wanted.remove([])
    let text = wanted.map { Marks.mark($0, isNumber: false, key) }
    let number = Set(numbers.map(Marks.national)).filter { $0.count > 4 }.map { Marks.mark($0, isNumber: true, key) }
    self.init(key: key, text + number)
  }

  /// What takes the place of a text that was taken out.
  public static let replacement = "•••"

  /// The text without what may not stand in it; nil where nothing of it does.
  public func redacted(_ text: String) -> String? {
    let scalars = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
    let folded = scalars.map(Marks.fold)
    var found: [Range<Int>] = []
    var index = 0
    while index < folded.count {
      if let end = end(of: folded, at: index) {
        found.append(index..<end)
        index = end
      } else {
        index += 1
      }
    }
    guard !found.isEmpty else { return nil }
    var result = String.UnicodeScalarView()
    var next = 0
    for range in found {
      result.append(contentsOf: scalars[next..<range.lowerBound])
      result.append(contentsOf: Marks.replacement.unicodeScalars)
      next = range.upperBound
    }
    result.append(contentsOf: scalars[next...])
    return String(result)
  }

  /// Where a text that may not stand ends, that begins at a place.
  private func end(of folded: [UInt32], at start: Int) -> Int? {
    // Words are not looked for in the middle of others.
    guard Marks.isWord(folded[start]) || folded[start] == 0x2B, start == 0 || !Marks.isWord(folded[start - 1]) else {
      return nil
    }
    for mark in all {
      if mark.isNumber {
        if let end = endOfNumber(mark, folded, at: start) { return end }
      } else if start + mark.length <= folded.count {
        let end = start + mark.length
        let window = folded[start..<end]
        // "Berg" is in "Bergs", and not in "Bergström".
        let rest = folded[end...].first == 0x73 ? folded[(end + 1)...] : folded[end...]
        guard rest.first.map({ !Marks.isWord($0) }) ?? true || !Marks.isWord(folded[end - 1]) else { continue }
        if Marks.filter(window) == mark.filter, Marks.hash(window, key) == mark.hash { return end }
      }
    }
    return nil
  }

  private func endOfNumber(_ mark: Mark, _ folded: [UInt32], at start: Int) -> Int? {
    guard (48...57).contains(folded[start]) || folded[start] == 0x2B else { return nil }
    var digits: [UInt32] = []
    var ends: [Int] = []
    var index = start
    while index < folded.count, digits.count < mark.length + 3 {
      if (48...57).contains(folded[index]) {
        digits.append(folded[index])
        ends.append(index + 1)
      } else if !" -()./+\u{A0}".unicodeScalars.contains(where: { $0.value == folded[index] }) {
        break
      }
      index += 1
    }
    // "+46 70" and "0046 70" are "070".
    for prefix in [[], [52, 54], [48, 48, 52, 54]] as [[UInt32]] where digits.starts(with: prefix) {
      let rest = digits.dropFirst(prefix.count)
      let national =
        prefix.isEmpty ? Array(rest.prefix(mark.length)) : [48] + rest.drop { $0 == 48 }.prefix(mark.length - 1)
      guard national.count == mark.length, Marks.filter(national[...]) == mark.filter,
        Marks.hash(national[...], key) == mark.hash
      else { continue }
      let used =
        digits.count - rest.count + (prefix.isEmpty ? mark.length : mark.length - 1)
        + (prefix.isEmpty ? 0 : rest.prefix { $0 == 48 }.count)
      let end = ends[min(used, ends.count) - 1]
      guard end == folded.count || !Marks.isWord(folded[end]) else { continue }
      return end
    }
    return nil
  }

  // MARK: How texts are compared

  private static func mark(_ folded: [UInt32], isNumber: Bool, _ key: Data) -> Mark {
    Mark(isNumber: isNumber, length: folded.count, filter: filter(folded[...]), hash: hash(folded[...], key))
  }

  private static func variants(_ text: String) -> [String] {
    let json = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let words = text.split(separator: " ")
    let turned = words.count > 1 ? ["\(words.last!), " + words.dropLast().joined(separator: " ")] : []
    return [text, json, json.replacing("/", with: "\\/")] + turned
  }

  private static func folded(_ text: String) -> [UInt32] {
    text.precomposedStringWithCanonicalMapping.unicodeScalars.map(fold)
  }

  /// A letter without case and marks; one scalar for one, so that places stay what they are.
  private static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    if scalar.value < 128 { return (65...90).contains(scalar.value) ? scalar.value + 32 : scalar.value }
    let lower = scalar.properties.lowercaseMapping
    return String(lower).decomposedStringWithCanonicalMapping.unicodeScalars.first!.value
  }

  private static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < 128 { return (48...57).contains(scalar) || (97...122).contains(scalar) }
    return Unicode.Scalar(scalar).map { $0.properties.isAlphabetic } ?? false
  }

  /// The digits of a telephone number as they are dialled within the country.
  private static func national(_ text: String) -> [UInt32] {
    let digits = text.unicodeScalars.map(\.value).filter { (48...57).contains($0) }
    if text.hasPrefix("+46") { return [48] + digits.dropFirst(2).drop { $0 == 48 } }
    if text.hasPrefix("0046") { return [48] + digits.dropFirst(4).drop { $0 == 48 } }
    return digits
  }

  private static func filter(_ folded: ArraySlice<UInt32>) -> Int {
    var sum: UInt32 = 0x811C_9DC5
    for scalar in folded { sum = (sum ^ scalar) &* 0x0100_0193 }
    return Int(sum >> 16)
  }

  private static func hash(_ folded: ArraySlice<UInt32>, _ key: Data) -> Data {
    var bytes = Data(capacity: folded.count * 4)
    for scalar in folded { withUnsafeBytes(of: scalar.bigEndian) { bytes.append(contentsOf: $0) } }
    return SHA256.authenticationCode(of: bytes, key: key)
  }
}
