import Contracts

/// What the board client says of people's data, their erasure, and the trace of who did and read what.
public enum PersonalDataTexts {
  public static let aboutData = Phrase(
    sv: "Visa allt som alla tjänster har om en person, till personen själv.",
    en: "Show all that every service holds of a person, for the person to read.")
  public static let aboutErase = Phrase(
    sv: "Radera en person ur alla tjänster; bara ordföranden.", en: "Erase a person from all services; the chair alone."
  )
  public static let aboutAudit = Phrase(sv: "Vem som gjorde och läste vad.", en: "Who did and who read what.")
  public static let aboutVerify = Phrase(
    sv: "Kontrollera att ingen har ändrat spåret.", en: "Check that nobody has changed the trail.")
  public static let aboutAuditList = Phrase(sv: "Visa spåret i en tjänst.", en: "Show the trail of a service.")
  public static let helpYes = Phrase(sv: "Fråga inte först.", en: "Don't ask first.")
  public static let helpService = Phrase(
    sv: "membership, matching, followup eller notification.", en: "membership, matching, followup or notification.")
  public static let helpWitness = Phrase(
    sv: "En fil någon annanstans med de sigill som stod där förra gången; skrivs om när allt stämmer.",
    en: "A file somewhere else with the seals that stood there the last time; rewritten where all is right.")
  public static let notErased = Phrase(sv: "Ingenting raderades.", en: "Nothing was erased.")
  public static let nothing = Phrase(sv: "Ingenting.", en: "Nothing.")
  public static let auditHeadings = BoardTexts.headings(
    ["Nr", "När", "Vem", "Vad", "Om", "Utfall"], ["No", "When", "Who", "What", "About", "Outcome"])

  public static func question(_ member: MemberID) -> Phrase {
    Phrase(
      sv: "\(member.rawValue) raderas ur alla tjänster, och det går inte att ångra. Skriv id:t för att radera:",
      en: "\(member.rawValue) will be erased from all services, and that can't be undone. Type the id to erase:")
  }

  public static func heading(_ service: ServiceName) -> Phrase {
    switch service {
    case .membership: Phrase(sv: "REGISTRET", en: "THE REGISTER")
    case .matching: Phrase(sv: "MATCHNINGEN", en: "THE MATCHING")
    case .followup: Phrase(sv: "UPPFÖLJNINGEN", en: "THE FOLLOW-UP")
    case .notification: Phrase(sv: "UTSKICKEN", en: "THE MAILS")
    }
  }

  public static func incomplete(_ services: [ServiceName]) -> Phrase {
    let names = services.map(\.rawValue).joined(separator: ", ")
    return Phrase(
      sv: "Ofullständigt: \(names) svarade inte. Försök igen när tjänsten är igång.",
      en: "Incomplete: \(names) did not answer. Try again when the service runs.")
  }

  public static func receipt(_ receipt: GetErasure.Reply) -> Phrase {
    func text(_ language: Language) -> String {
      var lines = [
        Phrase(
          sv: "Radering \(receipt.erasure.rawValue) av \(receipt.member.rawValue).",
          en: "Erasure \(receipt.erasure.rawValue) of \(receipt.member.rawValue).")[language]
      ]
      for answer in receipt.answers.elements {
        let tallies = answer.tallies.elements.map { "\($0.place.rawValue) \($0.rows.rawValue)" }.joined(separator: ", ")
        lines.append("\(answer.service.rawValue): \(tallies.isEmpty ? nothing[language] : tallies)")
        if !answer.backups.elements.isEmpty {
          let names = answer.backups.elements.map(\.rawValue).joined(separator: ", ")
          lines.append(
            "  "
              + Phrase(
                sv: "Säkerhetskopior som ännu har uppgifterna: \(names). Återställs en, raderas personen igen.",
                en: "Backups that still hold the data: \(names). If one is restored, the person is erased again.")[
                language])
        }
      }
      lines.append(
        Phrase(
          sv: "Mejl som har kommit fram och filer som någon har exporterat finns kvar där de är: de nås inte härifrån.",
          en: "Mails that have arrived and files that somebody has exported stay where they are: they are out of reach."
        )[language])
      let awaited = receipt.awaited.elements.map(\.rawValue).joined(separator: ", ")
      lines.append(
        awaited.isEmpty
          ? Phrase(sv: "Klar.", en: "Finished.")[language]
          : Phrase(
            sv: "Ofullbordad: \(awaited) har inte svarat än. Det sker när tjänsten är igång; board status visar det.",
            en: "Unfinished: \(awaited) has not answered yet. It will when the service runs; board status shows it.")[
              language])
      return lines.joined(separator: "\n")
    }
    return Phrase(sv: text(.sv), en: text(.en))
  }

  public static func unfinished(_ count: Int) -> Phrase {
    Phrase(
      sv: "\(count) radering\(count == 1 ? " är ofullbordad" : "ar är ofullbordade"): någon tjänst har inte svarat än.",
      en: "\(count) erasure\(count == 1 ? " is" : "s are") unfinished: some service has not answered yet.")
  }

  public static func trail(_ service: ServiceName, _ entries: Int, seal: String?, broken: Int?) -> Phrase {
    if let broken {
      return Phrase(
        sv: "\(service.rawValue): BRUTET vid post \(broken). Posten är inte som den skrevs, eller saknas.",
        en: "\(service.rawValue): BROKEN at entry \(broken). The entry is not as it was written, or is missing.")
    }
    let seal = seal.map { String($0.prefix(16)) } ?? "–"
    return Phrase(
      sv: "\(service.rawValue): \(entries) poster stämmer, sigill \(seal)",
      en: "\(service.rawValue): \(entries) entries are right, seal \(seal)")
  }

  public static func badWitness(_ file: String) -> Phrase {
    Phrase(
      sv: "\(file) har inga sigill. Ange en fil som board audit verify --witness har skrivit, eller en ny.",
      en: "\(file) has no seals. Give a file that board audit verify --witness has written, or a new one.")
  }
}
