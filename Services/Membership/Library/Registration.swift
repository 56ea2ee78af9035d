import Contracts
import Foundation
import Texts

/// What one row of a register file comes to: a checked draft, or every fault that it has.
struct Registration: Sendable {
  /// Nil where there are faults.
  let draft: MemberDraft?
  /// Also where something else in the row is wrong, so that repeats of it are found.
  let email: EmailAddress?
  let faults: [RegisterFault]

  init(_ row: ImportRow) {
    var faults: [RegisterFault] = []
    func checked<Value>(
      _ cell: Cell?, _ read: (String) throws(RegisterFault) -> Value
    ) -> Value? {
      do throws(RegisterFault) {
        return try read(Registration.plain(cell))
      } catch {
        faults.append(error)
        return nil
      }
    }
    let name = checked(row.name, Registration.name)
    let email = checked(row.email, Registration.email)
    let language = checked(row.language, Registration.language)
    let kommun = checked(row.kommun, Registration.kommun)
    let organisationNumber = checked(row.organisationNumber, Registration.organisationNumber)
    let role = checked(row.role, Registration.role)
    let capacity = role?.isMentor == true ? checked(row.capacity, Registration.capacity) : nil
    let years = checked(row.years, Registration.years)
    let topics = checked(row.topics, Registration.topics)
    self.email = email
    self.faults = faults
    guard faults.isEmpty, let name, let email, let language, let kommun, let organisationNumber, let role,
      let years, let topics
    else {
      draft = nil
      return
    }
    draft = MemberDraft(
      name: name, email: email, language: language, kommun: kommun, organisationNumber: organisationNumber,
      role: role, capacity: capacity, years: years, topics: topics)
  }

  /// Composed, and with one space wherever there is any run of white space.
  private static func plain(_ cell: Cell?) -> String {
    (cell?.rawValue ?? "").precomposedStringWithCanonicalMapping
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Cell by cell

  private static func name(_ text: String) throws(RegisterFault) -> PersonName {
    guard !text.isEmpty else { throw .missingName }
    guard let name = PersonName(rawValue: text) else { throw .nameLength(text) }
    return name
  }

  private static func email(_ text: String) throws(RegisterFault) -> EmailAddress {
    guard !text.isEmpty else { throw .missingEmail }
    guard let email = EmailAddress(rawValue: text) else { throw .wrongEmail(text) }
    return email
  }

  private static func language(_ text: String) throws(RegisterFault) -> Language {
    guard !text.isEmpty else { return .sv }
    guard let language = Language(written: text) else { throw .unknownLanguage(text) }
    return language
  }

  /// A spreadsheet that takes the code for a number drops its leading zero.
  private static func kommun(_ text: String) throws(RegisterFault) -> KommunCode {
    guard !text.isEmpty else { throw .missingKommun }
    let code = KommunCode(rawValue: text.count == 3 ? "0" + text : text)
    guard let kommun = code.flatMap(Kommun.with(code:)) ?? Kommun.named(text) else {
      throw .unknownKommun(text)
    }
    return kommun.code
  }

  /// Ten digits with or without the hyphen, or twelve that begin with 16, as authorities write them. The
  /// third digit is 2 or more, so that no personal identity number passes (Skatteverket, SKV 709); the
  /// last makes Luhn's sum a multiple of ten.
  private static func organisationNumber(_ text: String) throws(RegisterFault) -> OrganisationNumber? {
    guard !text.isEmpty else { return nil }
    var digits = text.filter { $0 != "-" && $0 != " " }
    if digits.count == 12 && digits.hasPrefix("16") { digits.removeFirst(2) }
    let values = digits.utf8.map { Int($0) - 48 }
    guard values.allSatisfy((0...9).contains) else { throw .wrongOrganisationNumber(text) }
    // Twelve digits that begin with a century are a personal identity number too.
    guard values.count != 12 else { throw .personalNumber }
    guard values.count == 10 else { throw .wrongOrganisationNumber(text) }
    guard values[2] >= 2 else { throw .personalNumber }
    let sum = values.enumerated().reduce(0) { sum, digit in
      let weighted = digit.offset.isMultiple(of: 2) ? digit.element * 2 : digit.element
      return sum + weighted / 10 + weighted % 10
    }
    guard sum.isMultiple(of: 10) else { throw .wrongCheckDigit(text) }
    return OrganisationNumber(rawValue: "\(digits.prefix(6))-\(digits.suffix(4))")
  }

  private static func role(_ text: String) throws(RegisterFault) -> MemberRole {
    guard !text.isEmpty else { throw .missingRole }
    guard let role = MemberRole(written: text) else { throw .unknownRole(text) }
    return role
  }

  private static func capacity(_ text: String) throws(RegisterFault) -> Capacity {
    guard !text.isEmpty else { return Capacity(unchecked: 1) }
    guard let number = number(text).flatMap(Int.init(exactly:)), let capacity = Capacity(rawValue: number)
    else { throw .wrongCapacity(text) }
    return capacity
  }

  /// Whole years: seven and a half are seven. An empty cell is none.
  private static func years(_ text: String) throws(RegisterFault) -> Years {
    guard !text.isEmpty else { return Years(unchecked: 0) }
    guard let number = number(text) else { throw .yearsNotANumber(text) }
    guard let years = Int(exactly: number.rounded(.down)).flatMap(Years.init(rawValue:)) else {
      throw .yearsOutOfRange(text)
    }
    return years
  }

  /// A number with a decimal comma or point.
  private static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || [43, 44, 45, 46].contains($0) }) else {
      return nil
    }
    return Double(text.replacing(",", with: "."))
  }

  private static func topics(_ text: String) throws(RegisterFault) -> [Topic] {
    let words = text.split(whereSeparator: { ",;|".contains($0) })
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    let unknown = words.filter { Topic(written: $0) == nil }
    guard unknown.isEmpty else { throw .unknownTopics(unknown) }
    let named = Set(words.compactMap(Topic.init(written:)))
    return Topic.allCases.filter(named.contains)
  }
}
