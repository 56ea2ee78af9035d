import Contracts

/// What the competition rule says, to a board member.
public enum CompetitionTexts {
  public static func outcome(_ outcome: CompetitionOutcome) -> Phrase {
    switch outcome {
    case .clear: Phrase(sv: "utan hinder", en: "clear")
    case .boardDecides: Phrase(sv: "styrelsen avgör", en: "board decides")
    case .blocked: Phrase(sv: "spärrat", en: "blocked")
    }
  }

  /// What a rule looks at, for the table of rules.
  public static func rule(_ rule: CompetitionRule) -> Phrase {
    switch rule {
    case .sharedTender:
      Phrase(sv: "båda är med i eller planerar samma upphandling", en: "both are in or plan the same tender")
    case .namedCompetitor:
      Phrase(sv: "en av dem namnger den andra som konkurrent", en: "one names the other a competitor")
    case .veto: Phrase(sv: "en av dem vill inte paras med den andra", en: "one will not be paired with the other")
    case .notAgain:
      Phrase(
        sv: "en av dem har bett att inte matchas med den andra igen",
        en: "one has asked not to be matched with the other again")
    case .sameMarket:
      Phrase(
        sv: "båda säljer handledning, i samma kommun och verksamhetsområde",
        en: "both sell supervision, in the same kommun and sector")
    case .sharedKommun:
      Phrase(
        sv: "båda säljer handledning i samma kommun, men i olika verksamhetsområden",
        en: "both sell supervision in the same kommun, but in different sectors")
    case .sameOrganisation:
      Phrase(
        sv: "samma organisation, eller den ena är anställd hos den andra",
        en: "same organisation, or one employs the other")
    case .experience:
      Phrase(
        sv: "mentorn har inte fler år i rollen än adepten",
        en: "the mentor has no more years in the role than the adept")
    case .missingFact:
      Phrase(sv: "en uppgift saknas som kunde ändra utfallet", en: "a fact is missing that could change the outcome")
    }
  }

  // MARK: Evidence

  public static func sharedTender(_ tenders: [String]) -> Phrase {
    let list = tenders.joined(separator: ", ")
    return Phrase(
      sv: "Båda är med i eller planerar upphandlingen \(list).", en: "Both are in or plan the tender \(list).")
  }
  public static func namedCompetitor(by party: Party) -> Phrase {
    switch party {
    case .mentor: Phrase(sv: "Mentorn namnger adepten som konkurrent.", en: "The mentor names the adept a competitor.")
    case .adept: Phrase(sv: "Adepten namnger mentorn som konkurrent.", en: "The adept names the mentor a competitor.")
    }
  }
  public static func veto(by party: Party) -> Phrase {
    switch party {
    case .mentor:
      Phrase(sv: "Mentorn vill inte paras med adepten.", en: "The mentor will not be paired with the adept.")
    case .adept: Phrase(sv: "Adepten vill inte paras med mentorn.", en: "The adept will not be paired with the mentor.")
    }
  }
  public static let notAgain = Phrase(
    sv: "De har haft ett mentorskap, och en av dem har bett att de inte matchas igen.",
    en: "They have had a mentorship, and one of them has asked that they not be matched again.")

  /// - Parameter kommuner: empty where they may not be named.
  public static func sameMarket(_ kommuner: [String], _ sectors: [Phrase]) -> Phrase {
    let place = places(kommuner)
    return Phrase(
      sv: "Båda säljer handledning i \(place.sv), och båda inom \(sectors.map(\.sv).joined(separator: ", ")).",
      en: "Both sell supervision in \(place.en), and both in \(sectors.map(\.en).joined(separator: ", ")).")
  }
  public static func sharedKommun(_ kommuner: [String]) -> Phrase {
    let place = places(kommuner)
    return Phrase(
      sv: "Båda säljer handledning i \(place.sv); inget gemensamt verksamhetsområde är känt.",
      en: "Both sell supervision in \(place.en); no sector in common is known.")
  }
  private static func places(_ names: [String]) -> Phrase {
    guard !names.isEmpty else { return Phrase(sv: "samma kommun", en: "the same kommun") }
    let list = names.joined(separator: ", ")
    return Phrase(sv: list, en: list)
  }
  public static let sameOrganisation = Phrase(
    sv: "Båda hör till samma organisation eller firma.", en: "Both belong to the same organisation or firm.")
  public static func employer(_ party: Party) -> Phrase {
    switch party {
    case .mentor:
      Phrase(sv: "Adepten är anställd i mentorns företag.", en: "The adept is employed in the mentor's company.")
    case .adept:
      Phrase(sv: "Mentorn är anställd i adeptens företag.", en: "The mentor is employed in the adept's company.")
    }
  }
  public static func experience(mentor: Int, adept: Int) -> Phrase {
    Phrase(
      sv: "Mentorn har \(mentor) år i rollen och adepten \(adept); mentorn behöver ha fler.",
      en: "The mentor has \(mentor) years in the role and the adept \(adept); the mentor needs more.")
  }

  public static func missing(_ what: Phrase, of party: Party) -> Phrase {
    switch party {
    case .mentor:
      Phrase(
        sv: "Mentorn har inte uppgett \(what.sv), vilket kunde ändra utfallet.",
        en: "The mentor has not told \(what.en), which could change the outcome.")
    case .adept:
      Phrase(
        sv: "Adepten har inte uppgett \(what.sv), vilket kunde ändra utfallet.",
        en: "The adept has not told \(what.en), which could change the outcome.")
    }
  }
  public static let organisation = Phrase(
    sv: "ett organisationsnummer eller en firma som kan jämföras med den andras",
    en: "an organisation number or firm that can be compared with the other's")
  public static let sells = Phrase(sv: "om hen säljer handledning", en: "whether they sell supervision")
  public static let worksIn = Phrase(sv: "var hen arbetar", en: "where they work")
  public static let sectors = Phrase(sv: "sina verksamhetsområden", en: "their sectors")
  public static let tenders = Phrase(sv: "sina upphandlingar", en: "their tenders")
}
