/// Swedish personal identity numbers in free text (Skatteverket, SKV 704): `YYMMDD-NNNC` or `YYYYMMDD-NNNC`, with `+`
/// for the hyphen of those over a hundred, and coordination numbers, whose day has 60 added to it (SKV 707).
public enum PersonalNumber {
  /// Whether a text holds one.
  ///
  /// With a century, or with a hyphen or plus sign where it belongs, the shape and the date are enough: a mistyped
  /// number still points at somebody. Ten bare digits, or six and four with a space or anything else between, may as well
  /// be a telephone number (070 123 45 67 has a valid date), so there the check digit has to be right too.
  public static func isFound(in text: String) -> Bool {
    // What nobody sees between two digits separates nothing.
    let seen = text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
    let characters = Array(String(String.UnicodeScalarView(seen)))
    var start = 0
    while start < characters.count {
      guard digit(characters[start]) != nil else {
        start += 1
        continue
      }
      var end = start
      while end < characters.count, digit(characters[end]) != nil { end += 1 }
      let run = characters[start..<end].compactMap(digit)
      if run.count == 10 || run.count == 12, isOne(run, separator: nil) { return true }
      if run.count == 6 || run.count == 8, let (separator, rest) = last(characters, end),
        isOne(run + rest, separator: separator)
      {
        return true
      }
      start = end
    }
    return false
  }

  /// The separator at a place and the four digits after it, where no fifth follows.
  private static func last(_ characters: [Character], _ place: Int) -> (Character, [Int])? {
    var place = place
    var separator: Character = " "
    // "811218 - 9876" is written too.
    var length = 0
    while place < characters.count, length < 3, isSeparator(characters[place]) {
      if hyphens.contains(characters[place]) { separator = "-" }
      place += 1
      length += 1
    }
    guard length > 0, place + 4 <= characters.count else { return nil }
    let digits = characters[place..<place + 4].compactMap(digit)
    let isLonger = place + 4 < characters.count && digit(characters[place + 4]) != nil
    return digits.count == 4 && !isLonger ? (separator, digits) : nil
  }

  private static let hyphens: Set<Character> = [
    "-", "+", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2212}",
  ]

  private static func isSeparator(_ character: Character) -> Bool {
    hyphens.contains(character) || character.isWhitespace || "./_".contains(character)
  }

  private static func isOne(_ digits: [Int], separator: Character?) -> Bool {
    let hasCentury = digits.count == 12
    if hasCentury, !(18...20).contains(digits[0] * 10 + digits[1]) { return false }
    let last = Array(digits.suffix(10))
    let month = last[2] * 10 + last[3]
    var day = last[4] * 10 + last[5]
    if day > 60 { day -= 60 }
    let days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...days[month - 1]).contains(day) else { return false }
    let isPlain = separator == nil || separator == " "
    return hasCentury || !isPlain || Luhn.isValid(last)
  }

  /// Digits of any script: a number is one however it is written.
  private static func digit(_ character: Character) -> Int? {
    character.wholeNumberValue.flatMap { character.isNumber && (0...9).contains($0) ? $0 : nil }
  }
}

/// The check digit of organisation numbers and personal identity numbers: every other digit counts twice, from the
/// first, and the sum of all their digits ends in nought.
enum Luhn {
  static func isValid(_ digits: [Int]) -> Bool {
    digits.enumerated().reduce(0) { sum, digit in
      let weighted = digit.offset.isMultiple(of: 2) ? digit.element * 2 : digit.element
      return sum + weighted / 10 + weighted % 10
    }.isMultiple(of: 10)
  }
}
