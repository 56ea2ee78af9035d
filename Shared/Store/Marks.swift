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
  /// Texts of one length together, the shortest first, so that one pass over a word sees all of them.
  private let texts: [(length: Int, marks: [Mark])]
  private let numbers: [Mark]
  private let longestNumber: Int

  public init(key: Data, _ marks: [Mark]) {
    self.key = key
    all = marks
    texts = Dictionary(grouping: marks.filter { !$0.isNumber }, by: \.length)
      .map { (length: $0.key, marks: $0.value) }.sorted { $0.length < $1.length }
    numbers = marks.filter(\.isNumber)
    longestNumber = numbers.map(\.length).max() ?? 0
  }

  /// Makes marks with a new key.
  ///
  /// - Parameters:
  ///   - texts: a name, an address. What JSON writes of it and a name with the last word first are found too.
  ///   - numbers: telephone numbers, found with and without the code of the country.
  public init(texts: [String], numbers: [String]) {
    let key = Data((0..<32).map { _ in UInt8.random(in: 0...255) })
    var wanted = Set(texts.flatMap(Marks.variants).map { FoldedText($0).scalars })
    wanted.remove([])
    let text = wanted.map { Marks.mark($0, isNumber: false, key) }
    let number = Set(numbers.map(Marks.national)).filter { $0.count > 4 }.map { Marks.mark($0, isNumber: true, key) }
    self.init(key: key, text + number)
  }

  /// What takes the place of a text that was taken out.
  public static let replacement = "•••"

  /// The text without what may not stand in it; nil where nothing of it does.
  public func redacted(_ text: String) -> String? {
    let found = FoldedText(text).scalars.withUnsafeBufferPointer { folded in
      var found: [Range<Int>] = []
      while let range = first(in: folded, from: found.last?.upperBound ?? 0) { found.append(range) }
      return found
    }
    guard !found.isEmpty else { return nil }
    let scalars = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
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

  /// Whether any of the marks stands in a text, whatever its form is.
  func isFound(in text: String) -> Bool {
    FoldedText(text).scalars.withUnsafeBufferPointer { first(in: $0, from: 0) != nil }
  }

  // MARK: How they are found

  // A store of ten thousand members holds some ten million scalars: what is done at each of them is counted in
  // nanoseconds, so here are pointers and no slices.

  /// The first text that may not stand, at a place or after it; of several that begin there, the longest.
  private func first(in folded: UnsafeBufferPointer<UInt32>, from place: Int) -> Range<Int>? {
    var isInWord = place > 0 && FoldedText.isWord(folded[place - 1])
    for start in place..<folded.count {
      let isWord = FoldedText.isWord(folded[start])
      defer { isInWord = isWord }
      // Words are not looked for in the middle of others.
      guard !isInWord, isWord || folded[start] == Marks.plus else { continue }
      var end = endOfText(folded, at: start) ?? start
      if FoldedText.isDigit(folded[start]) || folded[start] == Marks.plus {
        for prefix in Marks.prefixes { end = max(end, endOfNumber(folded, at: start, after: prefix) ?? start) }
      }
      if end > start { return start..<end }
    }
    return nil
  }

  private func endOfText(_ folded: UnsafeBufferPointer<UInt32>, at start: Int) -> Int? {
    var (end, longest) = (start, Int?.none)
    var sum = Filter()
    for (length, marks) in texts {
      guard start + length <= folded.count else { break }
      while end < start + length {
        sum.add(folded[end])
        end += 1
      }
      guard isEndOfWord(folded, end) else { continue }
      if isAny(marks, sum, { folded[start..<end] }) { longest = end }
    }
    return longest
  }

  /// "Berg" is in "Bergs", and not in "Bergström".
  private func isEndOfWord(_ folded: UnsafeBufferPointer<UInt32>, _ end: Int) -> Bool {
    guard end < folded.count, FoldedText.isWord(folded[end - 1]) else { return true }
    let rest = folded[end] == Marks.genitive ? end + 1 : end
    return rest == folded.count || !FoldedText.isWord(folded[rest])
  }

  private func endOfNumber(_ folded: UnsafeBufferPointer<UInt32>, at start: Int, after prefix: [UInt32]) -> Int? {
    var index = start
    /// The next digit, whatever stands before it within a number.
    func next() -> UInt32? {
      while index < folded.count {
        let scalar = folded[index]
        index += 1
        if FoldedText.isDigit(scalar) { return scalar }
        guard Marks.betweenDigits.contains(scalar) else { return nil }
      }
      return nil
    }
    for digit in prefix where next() != digit { return nil }
    var digits: [UInt32] = []
    var sum = Filter()
    var longest: Int?
    while digits.count < longestNumber, let digit = next() {
      if !prefix.isEmpty, digits.isEmpty {
        digits = [48]
        sum.add(48)
      }
      if !prefix.isEmpty, digits.count == 1, digit == 48 { continue }
      digits.append(digit)
      sum.add(digit)
      if isAny(numbers, sum, { digits[...] }), index == folded.count || !FoldedText.isWord(folded[index]) {
        longest = index
      }
    }
    return longest
  }

  /// Whether one of the marks is that of some scalars, which are hashed only where their filter says so.
  private func isAny<Scalars: Collection<UInt32>>(_ marks: [Mark], _ sum: Filter, _ scalars: () -> Scalars) -> Bool {
    marks.contains { mark in
      guard mark.filter == sum.value else { return false }
      let found = scalars()
      return mark.length == found.count && Marks.hash(found, key) == mark.hash
    }
  }

  private static let plus: UInt32 = 0x2B
  private static let genitive: UInt32 = 0x73
  /// "+46 70" and "0046 70" are "070".
  private static let prefixes: [[UInt32]] = [[], [52, 54], [48, 48, 52, 54]]
  private static let betweenDigits = Set(" -()./+\u{A0}".unicodeScalars.map(\.value))

  // MARK: How they are made

  private static func mark(_ folded: [UInt32], isNumber: Bool, _ key: Data) -> Mark {
    var sum = Filter()
    for scalar in folded { sum.add(scalar) }
    return Mark(isNumber: isNumber, length: folded.count, filter: sum.value, hash: hash(folded, key))
  }

  private static func variants(_ text: String) -> [String] {
    let json = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let words = text.split(separator: " ")
    let turned = words.count > 1 ? ["\(words.last!), " + words.dropLast().joined(separator: " ")] : []
    return [text, json, json.replacing("/", with: "\\/")] + turned
  }

  /// The digits of a telephone number as they are dialled within the country.
  private static func national(_ text: String) -> [UInt32] {
    let digits = text.unicodeScalars.map(\.value).filter(FoldedText.isDigit)
    if text.hasPrefix("+46") { return [48] + digits.dropFirst(2).drop { $0 == 48 } }
    if text.hasPrefix("0046") { return [48] + digits.dropFirst(4).drop { $0 == 48 } }
    return digits
  }

  /// Sixteen bits of FNV-1a, summed scalar by scalar.
  private struct Filter {
    private var sum: UInt32 = 0x811C_9DC5
    mutating func add(_ scalar: UInt32) { sum = (sum ^ scalar) &* 0x0100_0193 }
    var value: Int { Int(sum >> 16) }
  }

  private static func hash(_ folded: some Collection<UInt32>, _ key: Data) -> Data {
    var bytes = Data(capacity: folded.count * 4)
    for scalar in folded { withUnsafeBytes(of: scalar.bigEndian) { bytes.append(contentsOf: $0) } }
    return SHA256.authenticationCode(of: bytes, key: key)
  }
}
