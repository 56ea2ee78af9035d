import Contracts

extension Constraint {
  /// What is accepted, for a person.
  public var words: Phrase {
    switch limits {
    case .integer(let range):
      Phrase(
        sv: "ett heltal från \(range.lowerBound) till \(range.upperBound)",
        en: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    case .text(let length, let form):
      Phrase(
        sv: "\(length.lowerBound) till \(length.upperBound) tecken \(form.words.sv)",
        en: "\(length.lowerBound) to \(length.upperBound) characters \(form.words.en)")
    }
  }
}

extension TextForm {
  fileprivate var words: Phrase {
    switch self {
    case .line: Phrase(sv: "utan radbrytning och styrtecken", en: "without line breaks or control characters")
    case .prose: Phrase(sv: "utan styrtecken", en: "without control characters")
    case .token: Phrase(sv: "av a till z, 0 till 9 och bindestreck", en: "of a to z, 0 to 9 and hyphens")
    case .digits: Phrase(sv: "av siffror", en: "of digits")
    case .email:
      Phrase(
        sv: "som anna@example.se eller anna.åkesson@exempel.se",
        en: "such as anna@example.se or anna.åkesson@exempel.se")
    case .phone:
      Phrase(
        sv: "av siffror, mellanslag, bindestreck och parenteser, kanske med ett + först",
        en: "of digits, spaces, hyphens and brackets, perhaps with a + first")
    case .organisationNumber: Phrase(sv: "som 556036-0793", en: "such as 556036-0793")
    }
  }
}
