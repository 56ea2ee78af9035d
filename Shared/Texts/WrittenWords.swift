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
