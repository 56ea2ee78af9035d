import Contracts

/// What membership refuses.
public enum MembershipRefusal: Refusal, Hashable {
  case unknownImport(ImportID)
  case partMissing(number: Int, of: Int)
  case partBeyond(number: Int, of: Int)
  case tooManyParts(number: Int, maximum: Int)
  case importWritten(ImportID)
  case importUnderWay(ImportID)
  case erasureWaits
  case unknownMember(String)
  case wrongPage
  /// What was given of a person is not right: every fault of it.
  case faults([RegisterFault])
  case alreadyRegistered(String, MemberID)
  case addressTaken(String)
  case wrongStep(MoveMember.Step, MemberStatus)
  case reasonMissing(MoveMember.Step)
  case untilMissing
  case untilNotLater(Day)
  case protectedByChair
  case noErasure(MemberID)

  public var code: String {
    switch self {
    case .unknownImport: "import/unknown"
    case .partMissing: "import/part-missing"
    case .partBeyond: "import/part-beyond"
    case .tooManyParts: "import/too-many-parts"
    case .importWritten: "import/written-already"
    case .importUnderWay: "import/under-way"
    case .erasureWaits: "member/erasure-waits"
    case .unknownMember: "member/unknown"
    case .wrongPage: "member/wrong-page"
    case .faults(let faults): faults.first?.code ?? "member/fault"
    case .alreadyRegistered: "member/already-registered"
    case .addressTaken: "member/address-taken"
    case .wrongStep: "member/wrong-step"
    case .reasonMissing: "member/missing-reason"
    case .untilMissing: "member/missing-until"
    case .untilNotLater: "member/until-not-later"
    case .protectedByChair: "member/protected-by-chair"
    case .noErasure: "member/no-erasure"
    }
  }

  public var title: Phrase {
    switch self {
    case .unknownImport: Phrase(sv: "Inläsningen finns inte", en: "There is no such import")
    case .partMissing: Phrase(sv: "En del av filen saknas", en: "A part of the file is missing")
    case .partBeyond: Phrase(sv: "Det finns fler delar än så", en: "There are more parts than that")
    case .tooManyParts: Phrase(sv: "Filen har för många delar", en: "The file has too many parts")
    case .importWritten: Phrase(sv: "Filen är redan inläst", en: "The file has been imported already")
    case .importUnderWay: Phrase(sv: "Filen läses in", en: "The file is being imported")
    case .erasureWaits: Phrase(sv: "En fil läses in", en: "A file is being imported")
    case .unknownMember: Phrase(sv: "Medlemmen finns inte", en: "There is no such member")
    case .wrongPage: Phrase(sv: "Sidan finns inte", en: "There is no such page")
    case .faults: Phrase(sv: "Uppgifterna kan inte tas emot", en: "The details can't be taken")
    case .alreadyRegistered: Phrase(sv: "Personen finns redan i registret", en: "The person is in the register already")
    case .addressTaken: Phrase(sv: "E-postadressen är en annans", en: "The e-mail address is somebody else's")
    case .wrongStep: Phrase(sv: "Det går inte härifrån", en: "That is not possible from here")
    case .reasonMissing: Phrase(sv: "Skälet saknas", en: "The reason is missing")
    case .untilMissing, .untilNotLater: Phrase(sv: "Pausen behöver en dag", en: "The pause needs a day")
    case .noErasure: Phrase(sv: "Ingen radering finns", en: "There is no erasure")
    case .protectedByChair:
      Phrase(sv: "Bara ordföranden kan ta bort skyddet", en: "Only the chair can remove the protection")
    }
  }

  public var detail: Phrase {
    switch self {
    case .unknownImport(let id):
      Phrase(
        sv:
          "Ingenting är uppladdat som \(id.rawValue); det som laddas upp och vad som blev av det sparas i ett dygn. Läs in filen igen.",
        en:
          "Nothing is uploaded as \(id.rawValue); what is uploaded, and what became of it, is kept for a day. Import the file again."
      )
    case .partMissing(let number, let count):
      Phrase(
        sv: "Del \(number) av \(count) har inte laddats upp, och ingenting ändrades. Ladda upp den och försök igen.",
        en: "Part \(number) of \(count) has not been uploaded, and nothing was changed. Upload it and try again.")
    case .partBeyond(let number, let count):
      Phrase(
        sv:
          "Del \(number) är uppladdad men filen sägs ha \(count), och ingenting ändrades. Läs in filen igen, som en ny inläsning.",
        en:
          "Part \(number) has been uploaded but the file is said to have \(count), and nothing was changed. Import the file again, as a new import."
      )
    case .tooManyParts(let number, let maximum):
      Phrase(
        sv: "Del \(number) tas inte emot; en fil har högst \(maximum) delar. Dela filen i flera.",
        en: "Part \(number) is not taken; a file has at most \(maximum) parts. Split the file into several.")
    case .importWritten(let id):
      Phrase(
        sv: "\(id.rawValue) är skriven i registret och tar inte emot mer. Läs in filen igen, som en ny inläsning.",
        en: "\(id.rawValue) is written into the register and takes no more. Import the file again, as a new import.")
    case .importUnderWay(let id):
      Phrase(
        sv: "\(id.rawValue) kontrolleras och skrivs just nu och tar inte emot mer. Vänta tills den är klar.",
        en: "\(id.rawValue) is being checked and written and takes no more. Wait until it is done.")
    case .erasureWaits:
      Phrase(
        sv: "Ingen raderas medan en fil läses in, för personen kan stå i den. Försök igen om några sekunder.",
        en: "Nobody is erased while a file is being imported, since it may hold the person. Try again in some seconds.")
    case .unknownMember(let text):
      Phrase(
        sv: "Ingen medlem har id eller e-post ”\(text)”. Ange det id som board member list visar, eller hela adressen.",
        en: "No member has the id or e-mail “\(text)”. Give the id that board member list shows, or the whole address.")
    case .faults(let faults):
      Phrase(
        sv: faults.map { "\($0.column.title.sv): \($0.reason.sv)" }.joined(separator: " "),
        en: faults.map { "\($0.column.title.en): \($0.reason.en)" }.joined(separator: " "))
    case .alreadyRegistered(let email, let id):
      Phrase(
        sv: "\(email) hör till \(id.rawValue). Ändra med board member change, eller anta igen med board member admit.",
        en:
          "\(email) belongs to \(id.rawValue). Change it with board member change, or admit again with board member admit."
      )
    case .addressTaken(let email):
      Phrase(
        sv: "\(email) hör till en annan medlem, och en adress kan bara höra till en. Ange en annan adress.",
        en: "\(email) belongs to another member, and an address can belong to one only. Give another address.")
    case .wrongStep(let step, let status):
      Phrase(
        sv:
          "Den som är \(WordTexts.status(status).sv) kan inte \(MembershipRefusal.step(step).sv). Det kan den som är \(MembershipRefusal.list(step.from, .sv)).",
        en:
          "Somebody who is \(WordTexts.status(status).en) can't \(MembershipRefusal.step(step).en). Somebody who is \(MembershipRefusal.list(step.from, .en)) can."
      )
    case .reasonMissing:
      Phrase(
        sv: "Skriv med --reason varför, med högst 500 tecken; personen kan få läsa det.",
        en: "Write why with --reason, in at most 500 characters; the person may get to read it.")
    case .untilMissing:
      Phrase(
        sv: "Ange med --until den dag då medlemmen är tillbaka, som 2026-11-24.",
        en: "Give with --until the day when the member is back, such as 2026-11-24.")
    case .untilNotLater(let day):
      Phrase(
        sv: "\(day.text) har redan varit eller är i dag. Ange en senare dag.",
        en: "\(day.text) has been already or is today. Give a later day.")
    case .noErasure(let id):
      Phrase(
        sv: "\(id.rawValue) har inte raderats. Radera med board member erase, eller kontrollera id:t.",
        en: "\(id.rawValue) has not been erased. Erase with board member erase, or check the id.")
    case .protectedByChair:
      Phrase(
        sv: "Medlemmen har skyddade personuppgifter. Be ordföranden, som ser vem det gäller, att ändra det.",
        en: "The member has protected identity. Ask the chair, who sees whom it concerns, to change it.")
    case .wrongPage:
      Phrase(
        sv: "after ska vara det värde next som sidan före gav. Börja annars om från första sidan.",
        en: "after must be the value next that the page before gave. Or begin again from the first page.")
    }
  }
}

extension MembershipRefusal {
  fileprivate static func step(_ step: MoveMember.Step) -> Phrase {
    switch step {
    case .admit: Phrase(sv: "antas", en: "be admitted")
    case .decline: Phrase(sv: "avböjas", en: "be declined")
    case .withdraw: Phrase(sv: "ta tillbaka sin anmälan", en: "withdraw an application")
    case .pause: Phrase(sv: "pausas", en: "be paused")
    case .resume: Phrase(sv: "återuppta", en: "resume")
    case .leave: Phrase(sv: "utträda", en: "leave")
    }
  }

  fileprivate static func list(_ statuses: [MemberStatus], _ language: Language) -> String {
    let words = statuses.map { WordTexts.status($0)[language] }
    let or = Phrase(sv: "eller", en: "or")[language]
    return words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " \(or) " + words.last!
  }
}

/// What is wrong with one cell of a register file. It is also kept as JSON until the import is forgotten.
public enum RegisterFault: Error, Codable, Sendable, Hashable {
  case missingName
  case nameLength(String)
  case missingEmail
  case wrongEmail(String)
  case repeatedEmail(String, firstLine: Int)
  case missingKommun
  case unknownKommun(String)
  case wrongOrganisationNumber(String)
  case wrongCheckDigit(String)
  /// The number is not repeated: it may be somebody's personal identity number.
  case personalNumber
  case missingRole
  case unknownRole(String)
  case wrongCapacity(String)
  case yearsNotANumber(String)
  case yearsOutOfRange(String)
  case unknownLanguage(String)
  case unknownTopics(RegisterColumn, [String])
  /// The text is not repeated: it holds what looks like somebody's personal identity number.
  case personalNumberIn(RegisterColumn)
  case wrongText(RegisterColumn, String)
  /// Words of a list that are none of the column's.
  case unknownWords(RegisterColumn, [String])
  case tooMany(RegisterColumn, found: Int, maximum: Int)
  case unknownReference(RegisterColumn, String)
  case namesThemselves(RegisterColumn)
  /// A column that another one calls for is empty.
  case missing(RegisterColumn)
  /// An adept has been a supervisor for longer than the board's limit, and there is no reason.
  case beyondLimit(years: Int, limit: Int)
  /// The same of a member who has had another role.
  case becomesAdept(years: Int, limit: Int)
  /// A pause would be over before it begins.
  case untilNotLater(Day)
  /// Whoever has been a member is no applicant again.
  case noWayBack(MemberStatus)
  /// The row is about somebody with protected identity.
  case protectedByChair
  /// The file has a column of what a member says in confidence, and whoever imports it takes part themselves: what it
  /// comes to would tell them what the register holds.
  case confidenceOfAnother(RegisterColumn)

  public var column: RegisterColumn {
    switch self {
    case .missingName, .nameLength: .name
    case .missingEmail, .wrongEmail, .repeatedEmail: .email
    case .missingKommun, .unknownKommun: .kommun
    case .wrongOrganisationNumber, .wrongCheckDigit, .personalNumber: .organisationNumber
    case .missingRole, .unknownRole: .role
    case .wrongCapacity: .capacity
    case .yearsNotANumber, .yearsOutOfRange: .years
    case .unknownLanguage: .language
    case .unknownTopics(let column, _), .personalNumberIn(let column), .wrongText(let column, _),
      .unknownWords(let column, _), .tooMany(let column, _, _), .unknownReference(let column, _),
      .namesThemselves(let column), .missing(let column), .confidenceOfAnother(let column):
      column
    case .beyondLimit, .becomesAdept: .reason
    case .untilNotLater: .pausedUntil
    case .noWayBack: .status
    case .protectedByChair: .isProtected
    }
  }

  /// Such as `member/unknown-kommun`; never changes its meaning.
  public var code: String {
    switch self {
    case .missingName: "member/missing-name"
    case .nameLength: "member/name-length"
    case .missingEmail: "member/missing-email"
    case .wrongEmail: "member/wrong-email"
    case .repeatedEmail: "member/repeated-email"
    case .missingKommun: "member/missing-kommun"
    case .unknownKommun: "member/unknown-kommun"
    case .wrongOrganisationNumber: "member/wrong-organisation-number"
    case .wrongCheckDigit: "member/wrong-check-digit"
    case .personalNumber: "member/personal-number"
    case .missingRole: "member/missing-role"
    case .unknownRole: "member/unknown-role"
    case .wrongCapacity: "member/wrong-capacity"
    case .yearsNotANumber: "member/years-not-a-number"
    case .yearsOutOfRange: "member/years-out-of-range"
    case .unknownLanguage: "member/unknown-language"
    case .unknownTopics: "member/unknown-topic"
    case .personalNumberIn: "member/personal-number"
    case .wrongText(let column, _): "member/wrong-\(column.rawValue)"
    case .unknownWords(let column, _): "member/unknown-\(column.rawValue)"
    case .tooMany: "member/too-many"
    case .unknownReference: "member/unknown-reference"
    case .namesThemselves: "member/names-themselves"
    case .missing(let column): "member/missing-\(column.rawValue)"
    case .beyondLimit, .becomesAdept: "member/beyond-limit"
    case .untilNotLater: "member/until-not-later"
    case .noWayBack: "member/no-way-back"
    case .protectedByChair: "member/protected-by-chair"
    case .confidenceOfAnother: "member/confidence-of-another"
    }
  }

  /// What was found, why it can't be taken, and what would be.
  public var reason: Phrase {
    switch self {
    case .missingName:
      Phrase(sv: "Namnet saknas. Skriv 2 till 80 tecken.", en: "The name is missing. Write 2 to 80 characters.")
    case .nameLength(let found):
      found.quoted(
        sv: { "Namnet \($0) har \(found.unicodeScalars.count) tecken. Skriv 2 till 80." },
        en: { "The name \($0) has \(found.unicodeScalars.count) characters. Write 2 to 80." })
    case .missingEmail:
      Phrase(
        sv: "E-postadressen saknas. Skriv en adress som anna@example.se.",
        en: "The e-mail address is missing. Write an address such as anna@example.se.")
    case .wrongEmail(let found):
      found.quoted(
        sv: {
          """
          \($0) är ingen e-postadress. Skriv en adress som anna@example.se eller anna.åkesson@exempel.se: bokstäver, \
          siffror, punkter och bindestreck, utan mellanslag.
          """
        },
        en: {
          """
          \($0) is no e-mail address. Write an address such as anna@example.se or anna.åkesson@exempel.se: letters, \
          digits, dots and hyphens, without spaces.
          """
        })
    case .repeatedEmail(let found, let line):
      found.quoted(
        sv: { "\($0) står redan på rad \(line). En adress kan bara höra till en medlem; ta bort den ena raden." },
        en: { "\($0) is on line \(line) already. An address can belong to one member only; remove one of the rows." })
    case .missingKommun:
      Phrase(
        sv: "Kommunen saknas. Skriv dess namn eller fyra siffror, som Stockholm eller 0180.",
        en: "The kommun is missing. Write its name or four digits, such as Stockholm or 0180.")
    case .unknownKommun(let found):
      found.quoted(
        sv: { "Det finns ingen kommun \($0). Skriv en kommuns namn eller fyra siffror, som Stockholm eller 0180." },
        en: { "There is no kommun \($0). Write a kommun's name or four digits, such as Stockholm or 0180." })
    case .wrongOrganisationNumber(let found):
      found.quoted(
        sv: { "\($0) är inget organisationsnummer. Skriv tio siffror, som 556036-0793, eller lämna cellen tom." },
        en: { "\($0) is no organisation number. Write ten digits, such as 556036-0793, or leave the cell empty." })
    case .wrongCheckDigit(let found):
      found.quoted(
        sv: { "Kontrollsiffran, den sista, stämmer inte i \($0). Rätta numret eller lämna cellen tom." },
        en: { "The check digit, the last one, is wrong in \($0). Correct the number or leave the cell empty." })
    case .personalNumber:
      Phrase(
        sv:
          "Numret ser ut som ett personnummer, och sådana sparas inte här. En enskild firma har ägarens personnummer: skriv firmans namn i kolumnen firma i stället. I ett organisationsnummer är den tredje siffran minst 2.",
        en:
          "The number looks like a personal identity number, and those are not kept here. A sole trader's number is the owner's own: write the firm's name in the column firm instead. An organisation number's third digit is 2 or more."
      )
    case .missingRole:
      Phrase(
        sv: "Rollen saknas. Skriv mentor, adept eller båda.",
        en: "The role is missing. Write mentor, adept or both.")
    case .unknownRole(let found):
      found.quoted(
        sv: { "\($0) är ingen roll. Skriv mentor, adept eller båda." },
        en: { "\($0) is no role. Write mentor, adept or both." })
    case .wrongCapacity(let found):
      found.quoted(
        sv: { "\($0) kan inte vara antalet platser. Skriv ett heltal från 1 till 5, eller lämna cellen tom för 1." },
        en: { "\($0) can't be the capacity. Write a whole number from 1 to 5, or leave the cell empty for 1." })
    case .yearsNotANumber(let found):
      found.quoted(
        sv: { "\($0) är inget antal år. Skriv ett tal från 0 till 60, som 7 eller 7,5." },
        en: { "\($0) is no number of years. Write a number from 0 to 60, such as 7 or 7.5." })
    case .yearsOutOfRange(let found):
      found.quoted(
        sv: { "\($0) år kan inte stämma. Skriv ett tal från 0 till 60." },
        en: { "\($0) years can't be right. Write a number from 0 to 60." })
    case .unknownLanguage(let found):
      found.quoted(
        sv: {
          "\($0) är inget språk som används här. Skriv svenska eller engelska, eller lämna cellen tom för svenska."
        },
        en: { "\($0) is no language that is used here. Write Swedish or English, or leave the cell empty for Swedish." }
      )
    case .personalNumberIn(let column):
      Phrase(
        sv:
          "Texten i \(column.title.sv) innehåller vad som ser ut som ett personnummer, och sådana sparas inte här. Ta bort det; \(column.accepts.sv).",
        en:
          "The text in \(column.title.en) holds what looks like a personal identity number, and those are not kept here. Remove it; \(column.accepts.en)."
      )
    case .wrongText(let column, let found):
      found.quoted(
        sv: { "\($0) kan inte stå i kolumnen \(column.title.sv). Skriv \(column.accepts.sv)." },
        en: { "\($0) can't stand in the column \(column.title.en). Write \(column.accepts.en)." })
    case .unknownWords(let column, let found):
      found.joined(separator: ", ").quoted(
        sv: { "\($0) är okänt i kolumnen \(column.title.sv). Skriv \(column.accepts.sv)." },
        en: { "\($0) is unknown in the column \(column.title.en). Write \(column.accepts.en)." })
    case .tooMany(let column, let found, let maximum):
      Phrase(
        sv: "Det står \(found) i kolumnen \(column.title.sv). Skriv högst \(maximum).",
        en: "There are \(found) in the column \(column.title.en). Write \(maximum) at most.")
    case .unknownReference(let column, let found):
      found.quoted(
        sv: {
          "Ingen medlem har id \($0), som står i kolumnen \(column.title.sv). Skriv ett id som board member list visar, eller en e-postadress."
        },
        en: {
          "No member has the id \($0), which stands in the column \(column.title.en). Write an id that board member list shows, or an e-mail address."
        })
    case .namesThemselves(let column):
      Phrase(
        sv: "Medlemmen nämner sig själv i kolumnen \(column.title.sv). Skriv \(column.accepts.sv), av andra.",
        en: "The member names themselves in the column \(column.title.en). Write \(column.accepts.en), of others.")
    case .missing(let column):
      Phrase(
        sv: "Kolumnen \(column.title.sv) är tom. Skriv \(column.accepts.sv).",
        en: "The column \(column.title.en) is empty. Write \(column.accepts.en).")
    case .beyondLimit(let years, let limit):
      Phrase(
        sv:
          "\(years) år som handledare är fler än de \(limit) som styrelsen har satt som gräns för en adept. Skriv ett skäl att anta personen ändå, eller läget anmäld.",
        en:
          "\(years) years as a supervisor are more than the \(limit) that the board has set as the limit for an adept. Write a reason for admitting the person all the same, or the status applied."
      )
    case .becomesAdept(let years, let limit):
      Phrase(
        sv:
          "\(years) år som handledare är fler än de \(limit) som styrelsen har satt som gräns för en adept. Skriv ett skäl till bytet, eller låt rollen vara.",
        en:
          "\(years) years as a supervisor are more than the \(limit) that the board has set as the limit for an adept. Write a reason for the change, or leave the role as it is."
      )
    case .untilNotLater(let day):
      Phrase(
        sv: "\(day.text) har redan varit eller är i dag. Skriv en senare dag, eller läget aktiv.",
        en: "\(day.text) has been already or is today. Write a later day, or the status active.")
    case .protectedByChair:
      Phrase(
        sv:
          "Personen har skyddade personuppgifter, som bara ordföranden läser in. Ta bort raden, eller låt ordföranden.",
        en: "The person has a protected identity, which only the chair imports. Remove the row, or let the chair do it."
      )
    case .confidenceOfAnother(let column):
      Phrase(
        sv:
          "Personen finns i registret, och kolumnen \(column.title.sv) är sagd i förtroende: den som själv deltar läser inte in den för andra. Ta bort kolumnen, eller låt någon i styrelsen läsa in filen som inte deltar.",
        en:
          "The person is in the register, and the column \(column.title.en) is said in confidence: nobody who takes part themselves imports it for others. Remove the column, or let somebody on the board import the file who does not take part."
      )
    case .noWayBack(let status):
      Phrase(
        sv:
          "Den som är eller har varit medlem kan inte bli \(WordTexts.status(status).sv). Skriv aktiv, pausad eller utträdd.",
        en: "Whoever is or has been a member can't become \(WordTexts.status(status).en). Write active, paused or left."
      )
    case .unknownTopics(_, let found):
      found.joined(separator: ", ").quoted(
        sv: { "\($0) finns inte bland ämnena. Skriv ett eller flera av: \(RegisterFault.topics(.sv))." },
        en: { "\($0) is not among the topics. Write one or more of: \(RegisterFault.topics(.en))." })
    }
  }

  private static func topics(_ language: Language) -> String {
    Topic.allCases.map { WordTexts.topic($0)[language] }.joined(separator: ", ")
  }
}

extension String {
  /// A phrase about what was found in a cell, which is cut where it would fill the sentence.
  fileprivate func quoted(sv: (String) -> String, en: (String) -> String) -> Phrase {
    let found = count > 80 ? prefix(79) + "…" : self[...]
    return Phrase(sv: sv("”\(found)”"), en: en("“\(found)”"))
  }
}
