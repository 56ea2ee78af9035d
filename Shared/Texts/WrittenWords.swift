import Contracts

// What people may write for the words of the contracts: each word of `WordTexts` in either language, the
// code, and some that are as plain; in any case, with or without diacritics.

extension Topic {
  /// The topic that a person means; nil where it is none.
  public init?(written text: String) {
    self.init(text, words: WordTexts.topic) { topic in
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
  }
}

extension MemberRole {
  /// The role that a person means; nil where it is none.
  public init?(written text: String) {
    self.init(text, words: WordTexts.role) { $0 == .both ? ["båda", "både", "mentor/adept"] : [] }
  }
}

extension Language {
  /// The language that a person means; nil where it is none.
  public init?(written text: String) {
    self.init(text, words: WordTexts.language) { _ in [] }
  }
}

extension Sector {
  /// The sector that a person means; nil where it is none.
  public init?(written text: String) {
    self.init(text, words: WordTexts.sector) { sector in
      switch sector {
      case .school: ["skolan", "school"]
      case .residentialCare: ["HVB", "boenden"]
      case .healthCare: ["sjukvård", "hälso och sjukvård", "vård"]
      case .civilSociety: ["ideell sektor", "föreningar"]
      case .disabilitySupport: ["LSS", "funktionshinder"]
      case .socialServices, .elderCare, .psychiatry, .corrections, .business: []
      }
    }
  }
}

extension ContactForm {
  /// The form of contact that a person means; nil where it is none.
  public init?(written text: String) {
    self.init(text, words: WordTexts.form) { form in
      switch form {
      case .inPerson: ["på plats", "fysiskt", "fysiskt möte", "möten"]
      case .video: ["digitalt", "video call"]
      case .phone: ["tel"]
      }
    }
  }
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
  /// The status that a person means; nil where it is none.
  public init?(written text: String) {
    self.init(text, words: WordTexts.status) { $0 == .applied ? ["ansökt", "ansökan"] : [] }
  }
}

extension LawfulBasis.Kind {
  /// The ground that a person means; nil where it is none.
  public init?(written text: String) {
    self.init(text, words: WordTexts.basis) { _ in [] }
  }
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
  fileprivate init?(_ text: String, words: (Self) -> Phrase, others: (Self) -> [String]) {
    // Word processors turn the apostrophe.
    let written = text.folded.replacing("’", with: "'")
    let found = Self.allCases.first { value in
      let phrase = words(value)
      return ([value.rawValue, phrase.sv, phrase.en] + others(value)).contains { $0.folded == written }
    }
    guard let found else { return nil }
    self = found
  }
}
