import Contracts

/// A column of a register file: what it is called, and the headers by which it is known.
public enum RegisterColumn: String, Codable, Sendable, CaseIterable {
  case name, email, language, kommun, organisationNumber, role, capacity, years, topics

  /// The columns without which a file can't be read.
  public static let required: [RegisterColumn] = [.name, .email, .kommun, .role]

  public var title: Phrase {
    switch self {
    case .name: Phrase(sv: "namn", en: "name")
    case .email: Phrase(sv: "e-post", en: "e-mail")
    case .language: Phrase(sv: "språk", en: "language")
    case .kommun: Phrase(sv: "kommun", en: "kommun")
    case .organisationNumber: Phrase(sv: "organisationsnummer", en: "organisation number")
    case .role: Phrase(sv: "roll", en: "role")
    case .capacity: Phrase(sv: "antal platser", en: "capacity")
    case .years: Phrase(sv: "år som handledare", en: "years")
    case .topics: Phrase(sv: "ämnen", en: "topics")
    }
  }

  /// The headers that are accepted, Swedish and English, in any case and with or without diacritics.
  public var headers: [String] {
    switch self {
    case .name: ["Namn", "Name"]
    case .email: ["E-post", "E-postadress", "Mejl", "E-mail", "E-mail address"]
    case .language: ["Språk", "Language"]
    case .kommun: ["Kommun", "Kommunkod", "Municipality"]
    case .organisationNumber: ["Organisationsnummer", "Org.nr", "Organisation number"]
    case .role: ["Roll", "Role"]
    case .capacity: ["Antal platser", "Platser", "Kapacitet", "Capacity"]
    case .years: ["År som handledare", "Antal år", "År", "Years"]
    case .topics: ["Ämnen", "Inriktning", "Topics"]
    }
  }

  /// The column that a file's header names; nil where it is none of them.
  public init?(header: String) {
    guard let column = RegisterColumn.byKey[RegisterColumn.key(header)] else { return nil }
    self = column
  }

  private static let byKey = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { column in Set(column.headers.map(key)).map { ($0, column) } })

  /// Hyphens, dots and spaces don't tell headers apart.
  private static func key(_ header: String) -> String {
    header.folded.filter { $0.isLetter || $0.isNumber }
  }
}
