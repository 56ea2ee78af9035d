import Contracts

// What people may write for the words of the contracts: each word of `WordTexts` in either language, the
// code, and some that are as plain; in any case, with or without diacritics.

extension Topic {
  private static let byWord = table(WordTexts.topic) { topic in
    switch topic {
    case .supervisorRole: []
    case .publicTenders: ["upphandling"]
    case .company: []
    case .pricing: ["prissättning", "pricing"]
    case .contracts: []
    case .assignments: ["uppdrag"]
    case .network: ["nätverk"]
    }
  }

  /// The topic that a person means; nil where it is none.
  public init?(written text: String) { self.init(text, among: Topic.byWord) }
}

extension MemberRole {
  private static let byWord = table(WordTexts.role) { $0 == .both ? ["båda", "både", "mentor/adept"] : [] }

  /// The role that a person means; nil where it is none.
  public init?(written text: String) { self.init(text, among: MemberRole.byWord) }
}

extension Language {
  private static let byWord = table(WordTexts.language) { _ in [] }

  /// The language that a person means; nil where it is none.
  public init?(written text: String) { self.init(text, among: Language.byWord) }
}

extension Sector {
  private static let byWord = table(WordTexts.sector) { sector in
    switch sector {
    case .school: ["skolan", "school"]
    case .residentialCare: ["HVB", "boenden"]
    case .healthCare: ["sjukvård", "hälso och sjukvård", "vård"]
    case .civilSociety: ["ideell sektor", "föreningar"]
    case .disabilitySupport: ["LSS", "funktionshinder"]
    case .socialServices, .elderCare, .psychiatry, .corrections, .business: []
    }
  }

  /// The sector that a person means; nil where it is none.
  public init?(written text: String) { self.init(text, among: Sector.byWord) }
}

extension ContactForm {
  private static let byWord = table(WordTexts.form) { form in
    switch form {
    case .inPerson: ["på plats", "fysiskt", "fysiskt möte", "möten"]
    case .video: ["digitalt", "video call"]
    case .phone: ["tel"]
    }
  }

  /// The form of contact that a person means; nil where it is none.
  public init?(written text: String) { self.init(text, among: ContactForm.byWord) }
}

extension SpokenLanguage {
  /// The language that a person means, by its name or its code; nil where it is none.
  public init?(written text: String) {
    if let named = SpokenLanguageTexts.byName[text.folded] {
      self = named
    } else if let code = SpokenLanguage(rawValue: text.lowercased()), code.rawValue.utf8.allSatisfy({ $0 > 96 }) {
      self = code
    } else {
      return nil
    }
  }
}

extension MemberStatus {
  private static let byWord = table(WordTexts.status) { $0 == .applied ? ["ansökt", "ansökan"] : [] }

  /// The status that a person means; nil where it is none.
  public init?(written text: String) { self.init(text, among: MemberStatus.byWord) }
}

extension LawfulBasis.Kind {
  private static let byWord = table(WordTexts.basis) { _ in [] }

  /// The ground that a person means; nil where it is none.
  public init?(written text: String) { self.init(text, among: LawfulBasis.Kind.byWord) }
}

extension Bool {
  /// Yes or no as people write it; nil where it is neither.
  public init?(written text: String) {
    switch text.folded {
    case "ja", "j", "yes", "y", "x", "1", "sant", "true": self = true
    case "nej", "n", "no", "0", "falskt", "false": self = false
    default: return nil
    }
  }
}

/// The words for an empty list, which says something else than an empty cell: nothing is known there.
public enum NoneWord {
  public static let phrase = Phrase(sv: "inga", en: "none")
  public static func isNone(_ text: String) -> Bool {
    ["inga", "ingen", "inget", "none", "no", "nej", "-", "–"].contains(text.folded)
  }
}

extension RawRepresentable where Self: CaseIterable, RawValue == String {
  /// Every word that is accepted, folded, with what it means.
  fileprivate static func table(_ words: (Self) -> Phrase, others: (Self) -> [String]) -> [String: Self] {
    var table: [String: Self] = [:]
    for value in allCases {
      let phrase = words(value)
      for word in [value.rawValue, phrase.sv, phrase.en] + others(value) where table[word.folded] == nil {
        table[word.folded] = value
      }
    }
    return table
  }

  fileprivate init?(_ text: String, among table: [String: Self]) {
    // Word processors turn the apostrophe.
    guard let found = table[text.folded.replacing("’", with: "'")] else { return nil }
    self = found
  }
}
