import Contracts
import Foundation
import Texts

/// Reads one cell of each column, or says what is wrong with it.
enum CellReader {
  /// Composed, without what turns the direction of writing or can't be seen, and with one space wherever there is any run
  /// of white space; line ends stay in a text that has lines.
  static func plain(_ cell: Cell?, keepsLines: Bool = false) -> String {
    guard let cell else { return "" }
    let isPlain = cell.rawValue.utf8.allSatisfy { (33..<127).contains($0) }
    if isPlain { return cell.rawValue }
    let seen = cell.rawValue.unicodeScalars.filter { !isUnseen($0) }
    let text = String(String.UnicodeScalarView(seen)).precomposedStringWithCanonicalMapping
    guard keepsLines else { return text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.joined(separator: "\n")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Controls of direction (UAX #9), by which a name can be made to read as another, and what has no width. The joiners
  /// of some scripts stay.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0xAD else { return false }
    return scalar.properties.isBidiControl || [0xAD, 0x200B, 0x2060, 0xFEFF].contains(scalar.value)
  }

  // MARK: Who

  static func name(_ text: String, _: RegisterColumn) throws(RegisterFault) -> PersonName {
    guard !text.isEmpty else { throw .missingName }
    guard let name = PersonName(rawValue: text) else { throw .nameLength(text) }
    return name
  }

  static func email(_ text: String, _: RegisterColumn) throws(RegisterFault) -> EmailAddress {
    guard !text.isEmpty else { throw .missingEmail }
    guard let email = EmailAddress(rawValue: text) else { throw .wrongEmail(text) }
    return email
  }

  static func phone(_ text: String, _ column: RegisterColumn) throws(RegisterFault) -> PhoneNumber? {
    guard !text.isEmpty else { return nil }
    guard let phone = PhoneNumber(rawValue: text), (5...15).contains(text.count(where: \.isNumber)) else {
      throw .wrongText(column, text)
    }
    return phone
  }

  static func language(_ text: String, _: RegisterColumn) throws(RegisterFault) -> Language {
    guard !text.isEmpty else { return .sv }
    guard let language = Language(written: text) else { throw .unknownLanguage(text) }
    return language
  }

  /// A spreadsheet that takes the code for a number drops its leading zero.
  static func kommun(_ text: String, _: RegisterColumn) throws(RegisterFault) -> KommunCode {
    guard !text.isEmpty else { throw .missingKommun }
    let code = KommunCode(rawValue: text.count == 3 ? "0" + text : text)
    guard let kommun = code.flatMap(Kommun.with(code:)) ?? Kommun.named(text) else {
      throw .unknownKommun(text)
    }
    return kommun.code
  }

  // MARK: Work

  static func employment(_ text: String, _ column: RegisterColumn) throws(RegisterFault) -> Bool? {
    guard !text.isEmpty else { return nil }
    switch text.folded {
    case "eget foretag", "egen foretagare", "egenforetagare", "egen", "enskild firma", "own company", "own",
      "self-employed":
      return true
    case "anstalld", "anstallning", "employed", "employee": return false
    default: throw .wrongText(column, text)
    }
  }

  /// Ten digits with or without the hyphen, or twelve that begin with 16, as authorities write them. The
  /// third digit is 2 or more, so that no personal identity number passes (Skatteverket, SKV 709); the
  /// last makes Luhn's sum a multiple of ten.
  static func organisationNumber(_ text: String, _: RegisterColumn) throws(RegisterFault) -> OrganisationNumber? {
    guard !text.isEmpty else { return nil }
    var digits = text.filter { $0 != "-" && $0 != " " }
    if digits.count == 12 && digits.hasPrefix("16") { digits.removeFirst(2) }
    let values = digits.utf8.map { Int($0) - 48 }
    guard values.allSatisfy((0...9).contains) else { throw .wrongOrganisationNumber(text) }
    // Twelve digits that begin with a century are a personal identity number too.
    guard values.count != 12 else { throw .personalNumber }
    guard values.count == 10 else { throw .wrongOrganisationNumber(text) }
    guard values[2] >= 2 else { throw .personalNumber }
    guard Luhn.isValid(values) else { throw .wrongCheckDigit(text) }
    return OrganisationNumber(rawValue: "\(digits.prefix(6))-\(digits.suffix(4))")
  }

  // MARK: The programme

  static func role(_ text: String, _: RegisterColumn) throws(RegisterFault) -> MemberRole {
    guard !text.isEmpty else { throw .missingRole }
    guard let role = MemberRole(written: text) else { throw .unknownRole(text) }
    return role
  }

  static func capacity(_ text: String, _: RegisterColumn) throws(RegisterFault) -> Capacity {
    guard !text.isEmpty else { return Capacity(unchecked: 1) }
    guard let number = number(text).flatMap(Int.init(exactly:)), let capacity = Capacity(rawValue: number)
    else { throw .wrongCapacity(text) }
    return capacity
  }

  /// Whole years: seven and a half are seven. An empty cell is none.
  static func years(_ text: String, _: RegisterColumn) throws(RegisterFault) -> Years {
    guard !text.isEmpty else { return Years(unchecked: 0) }
    guard let number = number(text) else { throw .yearsNotANumber(text) }
    guard let years = Int(exactly: number.rounded(.down)).flatMap(Years.init(rawValue:)) else {
      throw .yearsOutOfRange(text)
    }
    return years
  }

  static func kilometres(_ text: String, _ column: RegisterColumn) throws(RegisterFault) -> Kilometres? {
    guard !text.isEmpty else { return nil }
    let digits = text.folded.hasSuffix("km") ? text.dropLast(2).trimmingCharacters(in: .whitespaces) : text
    guard let kilometres = number(digits).flatMap(Int.init(exactly:)).flatMap(Kilometres.init(rawValue:)) else {
      throw .wrongText(column, text)
    }
    return kilometres
  }

  /// A number with a decimal comma or point.
  private static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || [43, 44, 45, 46].contains($0) }) else {
      return nil
    }
    return Double(text.replacing(",", with: "."))
  }

  static func topics(_ text: String, _ column: RegisterColumn) throws(RegisterFault) -> Bounded<Topic>? {
    do throws(RegisterFault) {
      return try words(text, column, Topic.init(written:))
    } catch .unknownWords(_, let words) {
      throw .unknownTopics(column, words)
    }
  }

  static func answer(_ text: String, _ column: RegisterColumn) throws(RegisterFault) -> Bool? {
    guard !text.isEmpty else { return nil }
    guard let answer = Bool(written: text) else { throw .wrongText(column, text) }
    return answer
  }

  static func day(_ text: String, _ column: RegisterColumn) throws(RegisterFault) -> Day? {
    guard !text.isEmpty else { return nil }
    guard let day = Day(text: text) else { throw .wrongText(column, text) }
    return day
  }

  /// Tenders with semicolons between; in each its reference, and after commas its buyer and its closing day.
  static func tenders(_ text: String, _ column: RegisterColumn) throws(RegisterFault) -> Bounded<Tender>? {
    guard !text.isEmpty else { return nil }
    guard !NoneWord.isNone(text) else { return Bounded([]) }
    var tenders: [Tender] = []
    for written in parts(text, ";|") {
      let parts = parts(written, ",")
      guard let first = parts.first, let reference = TenderReference(rawValue: first) else {
        throw .wrongText(column, written)
      }
      let day = parts.last.flatMap(Day.init(text:))
      let words = parts.dropFirst().dropLast(day == nil || parts.count == 1 ? 0 : 1).joined(separator: ", ")
      let buyer = BuyerName(rawValue: words)
      guard words.isEmpty || buyer != nil, parts.count == 1 || day != nil || buyer != nil else {
        throw .wrongText(column, written)
      }
      tenders.append(Tender(reference: reference, buyer: buyer, closes: parts.count == 1 ? nil : day))
    }
    return try bounded(tenders, column)
  }

  static func references(
    _ text: String, _ column: RegisterColumn, of email: EmailAddress?
  ) throws(RegisterFault) -> [MemberReference]? {
    guard !text.isEmpty else { return nil }
    guard !NoneWord.isNone(text) else { return [] }
    let parts = parts(text, ",;| ")
    let unknown = parts.filter { MemberReference(written: $0) == nil }
    guard unknown.isEmpty else { throw .unknownWords(column, unknown) }
    let people = unique(parts.compactMap(MemberReference.init(written:)))
    if let email, people.contains(.email(email.key)) { throw .namesThemselves(column) }
    guard people.count <= Bounded<MemberID>.maximum else {
      throw .tooMany(column, found: people.count, maximum: Bounded<MemberID>.maximum)
    }
    return people
  }

  static func status(_ text: String, _ column: RegisterColumn) throws(RegisterFault) -> MemberStatus? {
    guard !text.isEmpty else { return nil }
    guard let status = MemberStatus(written: text) else { throw .wrongText(column, text) }
    return status
  }

  /// The ground, the day and the version of the wording, with commas between.
  static func basis(_ text: String, _ column: RegisterColumn) throws(RegisterFault) -> LawfulBasis? {
    guard !text.isEmpty else { return nil }
    let parts = parts(text, ",")
    guard parts.count == 3, let kind = LawfulBasis.Kind(written: parts[0]), let day = Day(text: parts[1]),
      let wording = WordingVersion(rawValue: parts[2])
    else { throw .wrongText(column, text) }
    return LawfulBasis(kind: kind, day: day, wording: wording)
  }

  // MARK: Texts and lists

  static func text<Value: Constrained>(
    _ text: String, _ column: RegisterColumn
  ) throws(RegisterFault) -> Value? where Value.RawValue == String {
    guard !text.isEmpty else { return nil }
    guard let value = Value(rawValue: text) else { throw .wrongText(column, text) }
    return value
  }

  /// The words of a list, each once, in the order in which they stand. Nil for an empty cell, which says nothing;
  /// the word for none is an empty list.
  static func words<Value: Hashable>(
    _ text: String, _ column: RegisterColumn, _ read: (String) -> Value?
  ) throws(RegisterFault) -> Bounded<Value>? {
    guard !text.isEmpty else { return nil }
    guard !NoneWord.isNone(text) else { return Bounded([]) }
    let words = parts(text, ",;|")
    let values = words.map(read)
    let unknown = zip(words, values).filter { $0.1 == nil }.map(\.0)
    guard unknown.isEmpty else { throw .unknownWords(column, unknown) }
    return try bounded(unique(values.compactMap { $0 }), column)
  }

  private static func parts(_ text: String, _ separators: String) -> [String] {
    text.split(whereSeparator: { separators.contains($0) })
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  private static func unique<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }

  private static func bounded<Value>(
    _ values: [Value], _ column: RegisterColumn
  ) throws(RegisterFault) -> Bounded<Value>? {
    guard values.count <= Bounded<Value>.maximum else {
      throw .tooMany(column, found: values.count, maximum: Bounded<Value>.maximum)
    }
    return Bounded(values)
  }
}
