import Contracts

/// What the board client says of the members' commands.
public enum MemberTexts {
  public static let helpCells = Phrase(
    sv: "Kolumn=text för varje uppgift, som Kommun=Lund; Kolumn= tömmer den. Se board member columns.",
    en: "Column=text for each detail, such as Municipality=Lund; Column= empties it. See board member columns.")
  public static let helpStatus = Phrase(sv: "Bara de i detta läge.", en: "Only those with this status.")
  public static let helpTopic = Phrase(
    sv: "Bara de som erbjuder eller önskar ämnet.", en: "Only those who offer or want the topic.")
  public static let helpArea = Phrase(
    sv: "Bara de som bor i kommunen eller länet.", en: "Only those who live in the kommun or county.")
  public static let helpReason = Phrase(
    sv: "Varför; behövs för att avböja, och för en adept över styrelsens gräns.",
    en: "Why; needed to decline, and for an adept beyond the board's limit.")
  public static let helpUntil = Phrase(
    sv: "Dagen då medlemmen är tillbaka, som 2026-11-24.", en: "The day when the member is back, such as 2026-11-24.")
  public static let helpAdmit = Phrase(
    sv: "Anta personen genast, i stället för att ta emot en intresseanmälan.",
    en: "Admit the person at once, instead of receiving an application.")
  public static let helpExportFile = Phrase(sv: "Filen som ska skrivas.", en: "The file to write.")
  public static let helpAdeptYears = Phrase(
    sv: "Fler år i rollen kräver ett skäl för att antas som adept.",
    en: "More years in the role call for a reason to be admitted as an adept.")
  public static let helpRetention = Phrase(
    sv: "Så många månader efter utträdet raderas personen.",
    en: "So many months after they left people are erased.")

  public static let aboutAdd = Phrase(
    sv: "Ta emot en intresseanmälan, eller för in en medlem.", en: "Receive an application, or enter a member.")
  public static let aboutChange = Phrase(sv: "Ändra uppgifter om en medlem.", en: "Change a member's details.")
  public static let aboutExport = Phrase(
    sv: "Skriv registret till en fil som kan läsas in igen.",
    en: "Write the register to a file that can be imported again.")
  public static let aboutColumns = Phrase(
    sv: "Visa vilka kolumner en registerfil kan ha.", en: "Show which columns a register file may have.")
  public static let aboutRules = Phrase(
    sv: "Visa eller ändra vad styrelsen har beslutat om registret.",
    en: "Show or change what the board has decided about the register.")

  public static func aboutStep(_ step: MoveMember.Step) -> Phrase {
    switch step {
    case .admit: Phrase(sv: "Anta den som har anmält sig.", en: "Admit somebody who has applied.")
    case .decline: Phrase(sv: "Avböj en intresseanmälan, med skäl.", en: "Decline an application, with a reason.")
    case .withdraw: Phrase(sv: "Personen tar tillbaka sin anmälan.", en: "The person withdraws the application.")
    case .pause: Phrase(sv: "Pausa en medlem till en dag.", en: "Pause a member until a day.")
    case .resume: Phrase(sv: "Avsluta en paus i förtid.", en: "End a pause early.")
    case .leave: Phrase(sv: "Medlemmen lämnar programmet.", en: "The member leaves the programme.")
    }
  }

  public static func standing(_ reply: MemberStandingReply) -> Phrase {
    let until = reply.until?.text
    let status = WordTexts.status(reply.status)
    return Phrase(
      sv: "\(reply.member.rawValue) är \(status.sv)" + (until.map { " till \($0)" } ?? "") + ".",
      en: "\(reply.member.rawValue) is \(status.en)" + (until.map { " until \($0)" } ?? "") + ".")
  }

  public static func badCell(_ text: String) -> Phrase {
    Phrase(
      sv: "”\(text)” är ingen kolumn med en text. Skriv som Kommun=Lund; board member columns visar kolumnerna.",
      en: "“\(text)” is no column with a text. Write as in Municipality=Lund; board member columns shows the columns.")
  }

  public static func exported(_ rows: Int, hidden: Int, _ file: String) -> Phrase {
    Phrase(
      sv: "\(rows) medlemmar skrevs till \(file)."
        + (hidden > 0 ? " \(hidden) med skyddade personuppgifter utelämnades; bara ordföranden får dem." : ""),
      en: "\(rows) members were written to \(file)."
        + (hidden > 0 ? " \(hidden) with protected identity were left out; only the chair gets them." : ""))
  }

  public static func notWritten(_ file: String) -> Phrase {
    Phrase(
      sv: "\(file) kan inte skrivas. Ange en fil i en mapp som du får skriva i.",
      en: "\(file) can't be written. Give a file in a folder that you may write to.")
  }

  public static func rules(_ rules: RegisterRules) -> Phrase {
    let (years, months) = (rules.adeptYears.rawValue, rules.retentionMonths.rawValue)
    return Phrase(
      sv:
        "En adept med fler än \(years) år i rollen antas bara med skäl. Den som har utträtt raderas efter \(months) månad\(months == 1 ? "" : "er").",
      en:
        "An adept with more than \(years) year\(years == 1 ? "" : "s") in the role is admitted only with a reason. Those who left are erased after \(months) month\(months == 1 ? "" : "s")."
    )
  }

  /// What a dry run would do with a row.
  public static func account(_ item: GetImportAccount.Item) -> Phrase {
    let changes = item.changes.elements.map {
      "\($0.column.rawValue): \($0.from?.rawValue ?? "–") → \($0.to?.rawValue ?? "–")"
    }.joined(separator: "; ")
    guard let member = item.member else {
      return Phrase(
        sv: "Rad \(item.line.rawValue): ny, \(item.name.rawValue)",
        en: "Line \(item.line.rawValue): new, \(item.name.rawValue)")
    }
    return Phrase(
      sv: "Rad \(item.line.rawValue): \(item.name.rawValue) (\(member.rawValue)) ändras: \(changes)",
      en: "Line \(item.line.rawValue): \(item.name.rawValue) (\(member.rawValue)) changes: \(changes)")
  }

  public static let sensitive = Phrase(
    sv: "Skriv inget i anteckningen om hälsa, tro, fack, ursprung eller annat känsligt: medlemmen får läsa den.",
    en:
      "Write nothing in the note about health, faith, unions, origin or anything else that is sensitive: the member may read it."
  )
  public static func addressFails(_ fault: GetMember.AddressFault) -> Phrase {
    let why =
      MailReason(code: fault.code.rawValue)?.sentence ?? Phrase(sv: fault.code.rawValue, en: fault.code.rawValue)
    return Phrase(
      sv: "Mejl till adressen kommer inte fram sedan \(fault.since.text). \(why.sv)",
      en: "Mails to the address have not arrived since \(fault.since.text). \(why.en)")
  }
  public static let hidden = Phrase(sv: "skyddad", en: "protected")
  public static let isProtected = Phrase(
    sv: "Skyddade personuppgifter: bara ordföranden ser adress, telefon och kommun.",
    en: "Protected identity: only the chair sees address, phone and kommun.")
}
