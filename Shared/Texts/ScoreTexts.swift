import Contracts

/// What a score is made of, and what is wrong with a file of weights.
public enum ScoreTexts {
  public static func topic(_ topic: Phrase, rank: Int) -> Phrase {
    Phrase(
      sv: "Mentorn erbjuder adeptens val nummer \(rank): \(topic.sv)",
      en: "The mentor offers the adept's choice number \(rank): \(topic.en)")
  }
  public static func forms(_ forms: [Phrase]) -> Phrase {
    Phrase(sv: "Båda vill ha kontakt per \(list(forms).sv)", en: "Both want contact by \(list(forms).en)")
  }
  public static func distance(_ kilometres: Int) -> Phrase {
    Phrase(sv: "Träffas: \(kilometres) km mellan kommunerna", en: "Meeting: \(kilometres) km between the kommuner")
  }
  public static let distanceUnused = Phrase(
    sv: "Träffas: avståndet används inte (skyddade personuppgifter)",
    en: "Meeting: the distance is not used (protected identity)")
  public static func languages(_ languages: [Phrase]) -> Phrase {
    Phrase(sv: "Gemensamt språk: \(list(languages).sv)", en: "A language in common: \(list(languages).en)")
  }
  public static let noSharedLanguage = Phrase(sv: "Inget gemensamt språk", en: "No language in common")
  public static func experience(_ years: Int) -> Phrase {
    Phrase(sv: "Mentorn har \(years) år mer i rollen", en: "The mentor has \(years) years more in the role")
  }
  public static func sectors(_ sectors: [Phrase]) -> Phrase {
    Phrase(sv: "Båda kan \(list(sectors).sv)", en: "Both know \(list(sectors).en)")
  }
  public static func wish(by party: Party) -> Phrase {
    switch party {
    case .adept: Phrase(sv: "Adepten önskar sig mentorn", en: "The adept wishes for the mentor")
    case .mentor: Phrase(sv: "Mentorn önskar sig adepten", en: "The mentor wishes for the adept")
    }
  }
  public static func waited(_ months: Int) -> Phrase {
    Phrase(sv: "Adepten har väntat \(months) månader", en: "The adept has waited \(months) months")
  }
  public static let returning = Phrase(
    sv: "Adeptens förra mentorskap slutade i förtid", en: "The adept's last mentorship ended early")
  public static let total = Phrase(sv: "Summa", en: "Total")

  private static func list(_ phrases: [Phrase]) -> Phrase {
    Phrase(sv: phrases.map(\.sv).joined(separator: ", "), en: phrases.map(\.en).joined(separator: ", "))
  }
}

/// One thing that is wrong with a file of weights.
public enum WeightFault: Sendable, Hashable {
  /// With where, as far as the reader says.
  case notJSON(String?)
  case notInRange(String, String, ClosedRange<Int>)
  case notAList(String, String, atMost: Int)
  case unknown(String, [String])

  public var phrase: Phrase {
    switch self {
    case .notJSON(let place):
      Phrase(
        sv: "Filen är inte JSON av formen { \"namn\": tal }" + (place.map { ": \($0)" } ?? "."),
        en: "The file is not JSON of the form { \"name\": number }" + (place.map { ": \($0)" } ?? "."))
    case .notInRange(let name, let value, let range):
      Phrase(
        sv: "\(name) är \(value); det som tas emot är ett heltal från \(range.lowerBound) till \(range.upperBound).",
        en: "\(name) is \(value); what is accepted is a whole number from \(range.lowerBound) to \(range.upperBound).")
    case .notAList(let name, let value, let atMost):
      Phrase(
        sv: "\(name) är \(value); det som tas emot är en lista med 1 till \(atMost) heltal.",
        en: "\(name) is \(value); what is accepted is a list of 1 to \(atMost) whole numbers.")
    case .unknown(let name, let names):
      Phrase(
        sv: "\(name) är ingen vikt; vikterna är \(names.joined(separator: ", ")).",
        en: "\(name) is no weight; the weights are \(names.joined(separator: ", ")).")
    }
  }
}
