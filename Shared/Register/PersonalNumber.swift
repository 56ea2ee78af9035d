/// Swedish personal identity numbers in free text (Skatteverket, SKV 704): `YYMMDD-NNNC` or `YYYYMMDD-NNNC`, with `+`
/// for the hyphen of those over a hundred, and coordination numbers, whose day has 60 added to it (SKV 707).
public enum PersonalNumber {
  /// Whether a text holds one.
  ///
  /// With a century, or with a hyphen or plus sign where it belongs, the shape and the date are enough: a mistyped
  /// number still points at somebody. Ten bare digits, or six and four with a space or anything else between, may as well
  /// be a telephone number (070 123 45 67 has a valid date), so there the check digit has to be right too. So it has where
  /// the date is written in parts, which a date and a time of day are as well.
  public static func isFound(in text: String) -> Bool {
    // Nearly every text has too few digits.
    guard text.unicodeScalars.count(where: mayBeDigit) >= 10 else { return false }
    let runs = runs(of: text)
    return runs.indices.contains { start in
      let (first, rest) = (runs[start], runs[start...].dropFirst())
      if [10, 12].contains(first.digits.count), isOne(first.digits, isHyphened: false) { return true }
      // Up to the last four digits with nothing but separators between.
      for lengths in [[6, 4], [8, 4], [2, 2, 2, 4], [4, 2, 2, 4]] {
        let parts = rest.prefix(lengths.count - 1)
        guard first.digits.count == lengths[0], parts.map(\.digits.count) == Array(lengths.dropFirst()),
          parts.allSatisfy(\.follows), let last = parts.last
        else { continue }
        let digits = first.digits + parts.flatMap(\.digits)
        if lengths.count == 2
          ? isOne(digits, isHyphened: last.isHyphened) : isDated(digits, isHyphened: last.isHyphened)
        {
          return true
        }
      }
      return false
    }
  }

  /// Digits with no other character between.
  private struct Run {
    var digits: [Int] = []
    /// From the run before there are separators alone, such as " - ".
    var follows = false
    /// A hyphen is among them.
    var isHyphened = false
  }

  private static func runs(of text: String) -> [Run] {
    var runs: [Run] = []
    var between: [Character] = []
    // What nobody sees between two digits separates nothing.
    let seen = text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
    for character in String(String.UnicodeScalarView(seen)) {
      guard let digit = digit(character) else {
        between.append(character)
        continue
      }
      if between.isEmpty, !runs.isEmpty {
        runs[runs.count - 1].digits.append(digit)
      } else {
        runs.append(
          Run(
            digits: [digit], follows: between.count <= 3 && between.allSatisfy(isSeparator),
            isHyphened: between.contains(where: hyphens.contains)))
        between = []
      }
    }
    return runs
  }

  private static let hyphens: Set<Character> = [
    "-", "+", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2212}",
  ]

  private static func isSeparator(_ character: Character) -> Bool {
    hyphens.contains(character) || character.isWhitespace || "./_".contains(character)
  }

  private static func isOne(_ digits: [Int], isHyphened: Bool) -> Bool {
    let hasCentury = digits.count == 12
    if hasCentury, !(18...20).contains(digits[0] * 10 + digits[1]) { return false }
    guard isDate(digits) else { return false }
    if hasCentury || isHyphened { return true }
    // So begin all mobile numbers, and whoever is born in 2007 is no supervisor yet.
    return !digits.starts(with: [0, 7]) && Luhn.isValid(digits)
  }

  /// The same where year, month and day stand apart. A date after 2010 is no birth date of anybody here, and what follows
  /// it is a time or a number.
  private static func isDated(_ digits: [Int], isHyphened: Bool) -> Bool {
    let year = digits.prefix(4).reduce(0) { $0 * 10 + $1 }
    let mayBeBorn = digits.count == 12 ? (1900...2010).contains(year) : isHyphened
    return mayBeBorn && isDate(digits) && Luhn.isValid(Array(digits.suffix(10)))
  }

  /// Whether the digits before the last four are a day's.
  private static func isDate(_ digits: [Int]) -> Bool {
    let last = digits.suffix(8).prefix(4)
    let (month, ofDay) = (last.prefix(2).reduce(0) { $0 * 10 + $1 }, last.suffix(2).reduce(0) { $0 * 10 + $1 })
    let day = ofDay > 60 ? ofDay - 60 : ofDay
    let days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...days[month - 1]).contains(day)
  }

  private static func mayBeDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 128 ? (48...57).contains(scalar.value) : scalar.properties.numericType != nil
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
