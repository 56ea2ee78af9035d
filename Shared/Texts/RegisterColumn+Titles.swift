import Contracts

/// What each column of a register file is called, and the headers by which it is known.
extension RegisterColumn {
  public var title: Phrase {
    switch self {
    case .name: Phrase(sv: "namn", en: "name")
    case .email: Phrase(sv: "e-post", en: "e-mail")
    case .phone: Phrase(sv: "telefon", en: "phone")
    case .language: Phrase(sv: "språk", en: "language")
    case .kommun: Phrase(sv: "kommun", en: "kommun")
    case .employment: Phrase(sv: "anställning", en: "employment")
    case .organisationNumber: Phrase(sv: "organisationsnummer", en: "organisation number")
    case .firm: Phrase(sv: "firma", en: "firm")
    case .sellsSupervision: Phrase(sv: "säljer handledning", en: "sells supervision")
    case .worksIn: Phrase(sv: "arbetar i", en: "works in")
    case .sectors: Phrase(sv: "verksamhetsområden", en: "sectors")
    case .years: Phrase(sv: "år som handledare", en: "years")
    case .qualification: Phrase(sv: "utbildning", en: "qualification")
    case .spokenLanguages: Phrase(sv: "handleder på", en: "supervises in")
    case .role: Phrase(sv: "roll", en: "role")
    case .capacity: Phrase(sv: "antal platser", en: "capacity")
    case .topics: Phrase(sv: "ämnen", en: "topics")
    case .offers: Phrase(sv: "erbjuder", en: "offers")
    case .wants: Phrase(sv: "önskar", en: "wants")
    case .forms: Phrase(sv: "kontaktformer", en: "forms")
    case .travels: Phrase(sv: "reser km", en: "travels km")
    case .tenders: Phrase(sv: "upphandlingar", en: "tenders")
    case .competitors: Phrase(sv: "konkurrenter", en: "competitors")
    case .wishes: Phrase(sv: "önskemål", en: "wishes")
    case .vetoes: Phrase(sv: "inte med", en: "not with")
    case .waitingSince: Phrase(sv: "anmäld", en: "applied")
    case .isProtected: Phrase(sv: "skyddade personuppgifter", en: "protected identity")
    case .note: Phrase(sv: "anteckning", en: "note")
    case .status: Phrase(sv: "läge", en: "status")
    case .since: Phrase(sv: "läge sedan", en: "status since")
    case .pausedUntil: Phrase(sv: "pausad till", en: "paused until")
    case .reason: Phrase(sv: "skäl", en: "reason")
    case .basis: Phrase(sv: "rättslig grund", en: "lawful basis")
    }
  }

  /// The headers that are accepted, Swedish and English, in any case and with or without diacritics. The first is
  /// the one that is written in Swedish, the last the one in English.
  public var headers: [String] {
    switch self {
    case .name: ["Namn", "Name"]
    case .email: ["E-post", "E-postadress", "Mejl", "E-mail address", "E-mail"]
    case .phone: ["Telefon", "Telefonnummer", "Mobil", "Phone number", "Phone"]
    case .language: ["Språk", "Language"]
    case .kommun: ["Kommun", "Kommunkod", "Hemkommun", "Municipality"]
    case .employment: ["Anställning", "Employment"]
    case .organisationNumber: ["Organisationsnummer", "Org.nr", "Organisation number"]
    case .firm: ["Firma", "Firmanamn", "Firm name", "Firm"]
    case .sellsSupervision: ["Säljer handledning", "Sells supervision"]
    case .worksIn: ["Arbetar i", "Verksam i", "Works in"]
    case .sectors: ["Verksamhetsområden", "Områden", "Sectors"]
    case .years: ["År som handledare", "Antal år", "År", "Years"]
    case .qualification: ["Utbildning", "Behörighet", "Qualification"]
    case .spokenLanguages: ["Handleder på", "Handledningsspråk", "Supervises in"]
    case .role: ["Roll", "Role"]
    case .capacity: ["Antal platser", "Platser", "Kapacitet", "Capacity"]
    case .topics: ["Ämnen", "Inriktning", "Topics"]
    case .offers: ["Erbjuder", "Offers"]
    case .wants: ["Önskar", "Wants"]
    case .forms: ["Kontaktformer", "Former", "Forms"]
    case .travels: ["Reser km", "Reser", "Travels", "Travels km"]
    case .tenders: ["Upphandlingar", "Tenders"]
    case .competitors: ["Konkurrenter", "Competitors"]
    case .wishes: ["Önskemål", "Wishes"]
    case .vetoes: ["Inte med", "Vetoes", "Not with"]
    case .waitingSince: ["Anmäld", "Anmäld den", "Applied"]
    case .isProtected: ["Skyddade personuppgifter", "Skyddad identitet", "Protected identity"]
    case .note: ["Anteckning", "Anteckningar", "Notes", "Note"]
    case .status: ["Läge", "Status"]
    case .since: ["Läge sedan", "Status since"]
    case .pausedUntil: ["Pausad till", "Paused until"]
    case .reason: ["Skäl", "Reason"]
    case .basis: ["Rättslig grund", "Lawful basis"]
    }
  }

  /// The header that is written in a file.
  public func header(_ language: Language) -> String {
    switch language {
    case .sv: headers.first!
    case .en: headers.last!
    }
  }

  /// What may stand in a cell, for whoever fills a file in.
  public var accepts: Phrase {
    switch self {
    case .name: Phrase(sv: "2 till 80 tecken", en: "2 to 80 characters")
    case .email: Phrase(sv: "en adress som anna@example.se", en: "an address such as anna@example.se")
    case .phone: Phrase(sv: "ett nummer som 070-123 45 67", en: "a number such as 070-123 45 67")
    case .language:
      Phrase(
        sv: "svenska eller engelska: språket i mejlen; tom är svenska",
        en: "Swedish or English: the language of mails; empty is Swedish")
    case .kommun:
      Phrase(sv: "namn eller fyra siffror, som Stockholm eller 0180", en: "a name or four digits, such as 0180")
    case .employment: Phrase(sv: "eget företag eller anställd", en: "own company or employed")
    case .organisationNumber:
      Phrase(
        sv: "tio siffror, som 556036-0793; enskild firma skriver i stället firmans namn",
        en: "ten digits, such as 556036-0793; a sole trader gives the firm's name instead")
    case .firm: Phrase(sv: "firmans namn, 2 till 100 tecken", en: "the firm's name, 2 to 100 characters")
    case .sellsSupervision, .isProtected: Phrase(sv: "ja eller nej", en: "yes or no")
    case .worksIn:
      Phrase(
        sv: "kommuner och hela län, som Lund, 1280, Hallands län",
        en: "kommuner and whole counties, such as Lund, 1280, Hallands län")
    case .sectors: RegisterColumn.words(Sector.allCases.map(WordTexts.sector))
    case .years: Phrase(sv: "ett tal från 0 till 60", en: "a number from 0 to 60")
    case .qualification: Phrase(sv: "högst 200 tecken", en: "at most 200 characters")
    case .spokenLanguages:
      Phrase(sv: "språk eller språkkoder, som svenska, fi", en: "languages or their codes, such as Swedish, fi")
    case .role: Phrase(sv: "mentor, adept eller båda", en: "mentor, adept or both")
    case .capacity: Phrase(sv: "1 till 5; tom är 1", en: "1 to 5; empty is 1")
    case .topics, .offers, .wants:
      Phrase(sv: "det viktigaste först, av: ", en: "the most important first, of: ")
        + RegisterColumn.words(Topic.allCases.map(WordTexts.topic))
    case .forms: RegisterColumn.words(ContactForm.allCases.map(WordTexts.form))
    case .travels: Phrase(sv: "hela kilometer, 0 till 2000", en: "whole kilometres, 0 to 2000")
    case .tenders:
      Phrase(
        sv: "referens, beställare, sista dag; flera skiljs med semikolon: SN 2026/114, Uppsala kommun, 2026-12-01",
        en: "reference, buyer, closing day; several with semicolons between: SN 2026/114, Uppsala kommun, 2026-12-01")
    case .competitors, .wishes, .vetoes:
      Phrase(
        sv: "e-postadresser eller medlemmars id, med komma emellan",
        en: "e-mail addresses or members' ids, with commas between")
    case .status: RegisterColumn.words(MemberStatus.allCases.map(WordTexts.status))
    case .reason:
      Phrase(
        sv: "varför någon antogs eller avböjdes, högst 500 tecken",
        en: "why somebody was admitted or declined, at most 500 characters")
    case .basis:
      Phrase(
        sv: "samtycke, avtal eller berättigat intresse, dag och ordalydelsens version: samtycke, 2026-08-17, 2026-1",
        en: "consent, contract or legitimate interest, day and version of the wording: consent, 2026-08-17, 2026-1")
    case .waitingSince, .since, .pausedUntil: Phrase(sv: "en dag som 2026-11-24", en: "a day such as 2026-11-24")
    case .note:
      Phrase(
        sv: "högst 500 tecken; skriv inget om hälsa, tro, fack eller annat känsligt",
        en: "at most 500 characters; write nothing about health, faith, unions or anything else that is sensitive")
    }
  }

  private static func words(_ phrases: [Phrase]) -> Phrase {
    Phrase(sv: phrases.map(\.sv).joined(separator: ", "), en: phrases.map(\.en).joined(separator: ", "))
  }

  /// The column that a file's header names; nil where it is none of them.
  public init?(header: String) {
    guard let column = RegisterColumn.byKey[RegisterColumn.key(header)] else { return nil }
    self = column
  }

  private static let byKey = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { column in
      Set((column.headers + [column.title.sv, column.title.en]).map(key)).map { ($0, column) }
    })

  /// Hyphens, dots and spaces don't tell headers apart.
  private static func key(_ header: String) -> String {
    header.folded.filter { $0.isLetter || $0.isNumber }
  }
}

extension Phrase {
  static func + (left: Phrase, right: Phrase) -> Phrase {
    Phrase(sv: left.sv + right.sv, en: left.en + right.en)
  }
}
