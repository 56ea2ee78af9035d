import Contracts

/// What the board client says: help, headings, sentences.
public enum BoardTexts {
  // MARK: About the commands

  public static let aboutBoard = Phrase(
    sv: "Styrelsens verktyg för mentorskapsprogrammet.", en: "The board's tool for the mentorship programme.")
  public static let aboutMember = Phrase(sv: "Medlemsregistret.", en: "The register of members.")
  public static let aboutImport = Phrase(
    sv: "Läser in ett register från en CSV-fil, så som Excel sparar den.",
    en: "Imports a register from a CSV file, as Excel saves it.")
  public static let aboutMemberList = Phrase(sv: "Listar medlemmar.", en: "Lists members.")
  public static let aboutMemberShow = Phrase(sv: "Visar en medlem.", en: "Shows a member.")
  public static let aboutMatch = Phrase(
    sv: "Matchningar: par som styrelsen har lagt fram.", en: "Matches: pairs that the board has submitted.")
  public static let aboutSubmit = Phrase(
    sv: "Lägger fram ett par; båda tillfrågas och har 14 dagar på sig.",
    en: "Submits a pair; both are asked and have 14 days.")
  public static let aboutAnswer = Phrase(
    sv: "För in en parts svar på en matchning.", en: "Records one party's answer to a match.")
  public static let aboutWithdraw = Phrase(
    sv: "Tar tillbaka en matchning som inte är aktiv.", en: "Withdraws a match that is not active.")
  public static let aboutMatchList = Phrase(sv: "Listar matchningar.", en: "Lists matches.")
  public static let aboutPlaces = Phrase(
    sv: "Visar hur många platser varje mentor har kvar.", en: "Shows how many places each mentor has left.")
  public static let aboutMentorship = Phrase(
    sv: "Mentorskap: året för ett par.", en: "Mentorships: the year of a pair.")
  public static let aboutMentorshipList = Phrase(sv: "Listar mentorskap.", en: "Lists mentorships.")
  public static let aboutAgree = Phrase(sv: "För in ett pars överenskommelse.", en: "Records a pair's agreement.")
  public static let aboutContact = Phrase(
    sv: "För in en kontakt: när och i vilken form.", en: "Records a contact: when and in what form.")
  public static let aboutEnd = Phrase(sv: "Avslutar ett mentorskap i förtid.", en: "Ends a mentorship early.")
  public static let aboutReport = Phrase(sv: "Programmet i siffror.", en: "The programme in numbers.")
  public static let aboutStatus = Phrase(
    sv: "Visar om allt är väl, och vad som ska göras om inte; slutar då med status 4.",
    en: "Shows whether all is well, and what to do if not; ends with status 4 then.")
  public static let aboutHealth = Phrase(
    sv: "Frågar en tjänst om den fungerar.", en: "Asks a service whether it works.")
  public static let aboutDeadLetter = Phrase(
    sv: "Döda brev: meddelanden mellan tjänster som inte kunde utföras.",
    en: "Dead letters: messages between services that could not be effected.")
  public static let aboutDeadLetterList = Phrase(
    sv: "Listar döda brev med vad som gick fel.", en: "Lists dead letters with what went wrong.")
  public static let aboutDeadLetterShow = Phrase(
    sv: "Visar ett dött brev: vad som gick fel, vad det håller upp och dess innehåll.",
    en: "Shows a dead letter: what went wrong, what it holds back, and its body.")
  public static let aboutReplay = Phrase(sv: "Utför ett dött brev på nytt.", en: "Handles a dead letter once more.")
  public static let aboutDiscard = Phrase(sv: "Kastar ett dött brev.", en: "Throws a dead letter away.")
  public static let aboutCalendar = Phrase(
    sv: "Flyttar tjänsternas virtuella kalender; finns bara i demonstrationer.",
    en: "Moves the services' virtual calendar; exists only in demonstrations.")
  public static let aboutKeys = Phrase(sv: "Nycklar till tjänsterna.", en: "Keys to the services.")
  public static let aboutKeysCreate = Phrase(
    sv: "Skapar en nyckel. Utan namn: tjänsternas, ordförandens och hälsokontrollens.",
    en: "Makes a key. Without a name: the services', the chair's and the probe's.")
  public static let aboutKeysRemove = Phrase(
    sv: "Tar ifrån någon nyckeln; det gäller från nästa meddelande.",
    en: "Takes somebody's key away; it counts from the next message on.")
  public static let aboutContracts = Phrase(
    sv: "Skriver meddelandenas JSON Schema och ett AsyncAPI-dokument.",
    en: "Writes the messages' JSON Schemas and one AsyncAPI document.")

  // MARK: Help

  public static let helpAs = Phrase(sv: "Vems nyckel som används. HANDSLAG_AS", en: "Whose key is used. HANDSLAG_AS")
  public static let helpSockets = Phrase(
    sv: "Mapp med tjänsternas socketar. HANDSLAG_SOCKETS", en: "Folder of the services' sockets. HANDSLAG_SOCKETS")
  public static let helpKeys = Phrase(sv: "Mapp med nycklarna. HANDSLAG_KEYS", en: "Folder of the keys. HANDSLAG_KEYS")
  public static let helpLanguage = Phrase(
    sv: "Språk: sv eller en. HANDSLAG_LANG", en: "Language: sv or en. HANDSLAG_LANG")
  public static let helpTimeout = Phrase(sv: "Sekunder att vänta på svar.", en: "Seconds to wait for an answer.")
  public static let helpJSON = Phrase(sv: "Svara som JSON.", en: "Answer as JSON.")
  public static let helpFile = Phrase(sv: "CSV-filen.", en: "The CSV file.")
  public static let helpKeepGood = Phrase(
    sv: "Behåll de rätta raderna även om andra är fel.", en: "Keep the good rows even if others are wrong.")
  public static let helpDryRun = Phrase(sv: "Kontrollera bara; ändra ingenting.", en: "Only check; change nothing.")
  public static let helpSearch = Phrase(sv: "En del av namnet eller e-posten.", en: "A part of the name or e-mail.")
  public static let helpRole = Phrase(
    sv: "mentor, adept eller båda; den som är båda är också mentor och adept.",
    en: "mentor, adept or both; who is both is a mentor and an adept too.")
  public static let helpMember = Phrase(sv: "Medlemmens id eller e-post.", en: "The member's id or e-mail.")
  public static let helpMentor = Phrase(sv: "Mentorns id eller e-post.", en: "The mentor's id or e-mail.")
  public static let helpAdept = Phrase(sv: "Adeptens id eller e-post.", en: "The adept's id or e-mail.")
  public static let helpReason = Phrase(
    sv: "Styrelsens skäl, där regeln kräver ett.", en: "The board's reason, where the rule asks for one.")
  public static let helpMonths = Phrase(
    sv: "Månader som återstår, 1 till 12; annars tolv.", en: "Months that remain, 1 to 12; else twelve.")
  public static let helpKey = Phrase(
    sv: "Nyckel mot upprepning: samma nyckel ger samma svar.", en: "Idempotency key: the same key gets the same reply.")
  public static let helpMatch = Phrase(sv: "Matchningens id.", en: "The match's id.")
  public static let helpParty = Phrase(sv: "Vem som svarar: mentor eller adept.", en: "Who answers: mentor or adept.")
  public static let helpAnswer = Phrase(sv: "accept eller decline.", en: "accept or decline.")
  public static let helpState = Phrase(sv: "Bara de som står så.", en: "Only those in this state.")
  public static let helpMentorship = Phrase(
    sv: "Mentorskapets id (samma som matchningens).", en: "The mentorship's id (the match's).")
  public static let helpTopic = Phrase(
    sv: "Ett ämne; kan ges flera gånger.", en: "A topic; may be given several times.")
  public static let helpDirection = Phrase(sv: "Inriktningen med egna ord.", en: "The direction in their own words.")
  public static let helpEveryWeeks = Phrase(sv: "Veckor mellan kontakterna.", en: "Weeks between contacts.")
  public static let helpForm = Phrase(sv: "in-person, video eller phone.", en: "in-person, video or phone.")
  public static let helpDay = Phrase(sv: "Dagen, till exempel 2026-11-24.", en: "The day, such as 2026-11-24.")
  public static let helpBy = Phrase(
    sv: "Vem som avslutar: mentor, adept eller board.", en: "Who ends it: mentor, adept or board.")
  public static let helpEndReason = Phrase(
    sv: "Ett skäl, bara för styrelsen; behövs inte.", en: "A reason, for the board alone; not needed.")
  public static let helpTo = Phrase(sv: "Bara till den här medlemmen.", en: "Only to this member.")
  public static let helpService = Phrase(
    sv: "membership, matching, followup eller notification.", en: "membership, matching, followup or notification.")
  public static let helpLetter = Phrase(sv: "Brevets nummer.", en: "The letter's number.")
  public static let helpSent = Phrase(
    sv: "Brevet ligger i lådan sent: mottagaren tog inte emot det.",
    en: "The letter is in the box sent: its receiver refused it.")
  public static let helpCalendarDay = Phrase(sv: "Dagen att flytta till.", en: "The day to move to.")
  public static let helpPrincipal = Phrase(
    sv: "Ett kort namn av a–z, 0–9 och bindestreck.", en: "A short name of a–z, 0–9 and hyphens.")
  public static let helpKeyRole = Phrase(
    sv: "chair, coordinator, viewer, probe eller service.", en: "chair, coordinator, viewer, probe or service.")
  public static let helpKeyMember = Phrase(sv: "Personens eget medlems-id.", en: "The person's own member id.")
  public static let helpOut = Phrase(sv: "Mappen att skriva i.", en: "The folder to write to.")

  /// What the argument parser says in English only.
  public static let parserWords = [
    Phrase(sv: "ÖVERSIKT: ", en: "OVERVIEW: "), Phrase(sv: "ANVÄNDNING: ", en: "USAGE: "),
    Phrase(sv: "Användning: ", en: "Usage: "), Phrase(sv: "ARGUMENT:", en: "ARGUMENTS:"),
    Phrase(sv: "VAL:", en: "OPTIONS:"), Phrase(sv: "KOMMANDON:", en: "SUBCOMMANDS:"),
    Phrase(sv: "Fel: ", en: "Error: "), Phrase(sv: "Hjälp:  ", en: "Help:  "),
    Phrase(sv: "Visa hjälp.", en: "Show help information."), Phrase(sv: "Visa versionen.", en: "Show the version."),
    Phrase(sv: "(förval: ", en: "(default: "), Phrase(sv: "(värden: ", en: "(values: "),
    Phrase(sv: "Saknar argumentet", en: "Missing expected argument"),
    Phrase(sv: "Okänt val", en: "Unknown option"), Phrase(sv: "Oväntat argument", en: "Unexpected argument"),
    Phrase(sv: "Saknar värde för", en: "Missing value for"),
    Phrase(sv: "  Se '", en: "  See '"), Phrase(sv: "' för mer hjälp.", en: "' for detailed help."),
    Phrase(sv: "' för mer information.", en: "' for more information."),
    Phrase(sv: ". Menade du '", en: ". Did you mean '"), Phrase(sv: "Värdet '", en: "The value '"),
    Phrase(sv: "' kan inte tas emot för '", en: "' is invalid for '"),
    Phrase(sv: "' kan inte tas emot.", en: "' is invalid."),
    Phrase(sv: ". Ange ett av följande:", en: ". Please provide one of the following:"),
    Phrase(sv: ". Ange ett av ", en: ". Please provide one of "),
    Phrase(sv: "' eller '", en: "' or '"), Phrase(sv: "' och '", en: "' and '"),
    Phrase(sv: "Saknar ett av: ", en: "Missing one of: "),
    Phrase(sv: " oväntade argument: ", en: " unexpected arguments: "), Phrase(sv: "Valet '", en: "The option '"),
    Phrase(sv: "' tar inget värde, men '", en: "' does not take any value, but '"),
    Phrase(sv: "' angavs.", en: "' was specified."), Phrase(sv: "Ogiltigt val: ", en: "Invalid option: "),
    Phrase(sv: "Det som sätts med flaggan ", en: "Value to be set with flag "),
    Phrase(sv: " är redan satt med flaggan ", en: " had already been set with flag "),
    Phrase(sv: "   eller: ", en: "   or: "), Phrase(sv: "Kommandot saknas.", en: "Missing required subcommand."),
    Phrase(sv: "Skalet är okänt.", en: "Can't autodetect a supported shell."),
    Phrase(sv: "Det finns inget skript för '", en: "Can't generate completion scripts for '"),
    Phrase(
      sv: "Ange --generate-completion-script=<shell> med ett av:",
      en: "Please use --generate-completion-script=<shell> with one of:"),
  ]

  // MARK: Competition

  public static let aboutExplain = Phrase(
    sv: "Visar ett pars poäng rad för rad, och vad konkurrensregeln säger.",
    en: "Shows the score of a pair line by line, and what the competition rule says.")
  public static let aboutRules = Phrase(
    sv: "Visar konkurrensregeln: vad som spärrar, och vad styrelsen avgör.",
    en: "Shows the competition rule: what blocks, and what the board decides.")
  public static let aboutDecide = Phrase(
    sv: "Låter en matchning gå vidare som konkurrensregeln har lämnat till styrelsen.",
    en: "Lets a match go on that the competition rule has left to the board.")
  public static let helpResponsible = Phrase(
    sv: "Den i styrelsen som ansvarar för matchningen, efter nyckelns namn; annars du.",
    en: "Who on the board is responsible for the match, by the name of their key; else you.")
  public static let ruleHeadings = headings(["Utfall", "När"], ["Outcome", "When"])
  public static let scoreHeadings = headings(["Poäng", "För"], ["Score", "For"])
  public static func rulesVersion(_ version: Int) -> Phrase {
    Phrase(sv: "Version \(version). Det värsta utfallet gäller.", en: "Version \(version). The worst outcome counts.")
  }
  public static func verdict(_ outcome: Phrase) -> Phrase {
    Phrase(sv: "Konkurrensregeln: \(outcome.sv)", en: "Competition rule: \(outcome.en)")
  }

  // MARK: Headings

  public static func headings(_ sv: [String], _ en: [String]) -> Headings { Headings(sv: sv, en: en) }

  /// Column headings in both languages.
  public struct Headings: Sendable {
    let sv: [String]
    let en: [String]
    public subscript(language: Language) -> [String] { language == .sv ? sv : en }
  }

  public static let memberHeadings = headings(
    ["Id", "Namn", "Roll", "Läge", "Kommun", "År", "Platser", "E-post"],
    ["Id", "Name", "Role", "Status", "Kommun", "Years", "Places", "E-mail"])
  public static let matchHeadings = headings(
    ["Id", "Mentor", "Adept", "Läge", "Framlagd", "Svar senast"],
    ["Id", "Mentor", "Adept", "State", "Submitted", "Answer by"])
  public static let placeHeadings = headings(["Id", "Mentor", "Tagna"], ["Id", "Mentor", "Taken"])
  public static let mentorshipHeadings = headings(
    ["Id", "Mentor", "Adept", "Läge", "Börjar", "Slutar", "Kontakter", "Senast", "Hur det går"],
    ["Id", "Mentor", "Adept", "State", "Starts", "Ends", "Contacts", "Latest", "How it goes"])
  public static let statusHeadings = headings(
    ["Tjänst", "Kalender", "Utkorg", "Planerat", "Döda brev", "Misslyckas", "Kopia gjord"],
    ["Service", "Calendar", "Outbox", "Planned", "Dead letters", "Failing", "Latest backup"])
  public static let deadLetterFields = headings(
    ["Brev", "Meddelande", "Id", "Nyckel", "Håller upp", "Dog", "Försök", "Vad som gick fel", "Programmets ord"],
    ["Letter", "Message", "Id", "Key", "Holds back", "Died", "Attempts", "What went wrong", "The program's words"])
  public static let deadLetterHeadings = headings(
    ["Tjänst", "Låda", "Nummer", "Meddelande", "Försök", "Vad som gick fel"],
    ["Service", "Box", "Number", "Message", "Attempts", "What went wrong"])

  // MARK: Answers

  public static func members(_ count: Int) -> Phrase {
    Phrase(sv: count == 1 ? "1 medlem" : "\(count) medlemmar", en: count == 1 ? "1 member" : "\(count) members")
  }
  public static func matches(_ count: Int) -> Phrase {
    Phrase(sv: count == 1 ? "1 matchning" : "\(count) matchningar", en: count == 1 ? "1 match" : "\(count) matches")
  }
  public static func mentorships(_ count: Int) -> Phrase {
    Phrase(sv: "\(count) mentorskap", en: count == 1 ? "1 mentorship" : "\(count) mentorships")
  }
  public static func mails(_ count: Int) -> Phrase {
    Phrase(sv: "\(count) mejl", en: count == 1 ? "1 mail" : "\(count) mails")
  }
  public static func submitted(_ match: String, _ answerBy: String) -> Phrase {
    Phrase(
      sv: "Matchningen \(match) är framlagd. Båda får mejl och kan svara till och med \(answerBy).",
      en: "The match \(match) is submitted. Both get a mail and can answer until \(answerBy).")
  }
  public static func ignoredColumns(_ names: [String]) -> Phrase {
    let list = names.joined(separator: ", ")
    return Phrase(sv: "Kolumner som inte används: \(list)", en: "Columns that are not used: \(list)")
  }
  public static func fault(_ line: Int, _ column: String, _ reason: String) -> Phrase {
    Phrase(sv: "Rad \(line), \(column): \(reason)", en: "Line \(line), \(column): \(reason)")
  }
  public static let uploading = Phrase(sv: "laddas upp", en: "uploaded")
  public static let checking = Phrase(sv: "kontrolleras", en: "checked")
  public static let writing = Phrase(sv: "skrivs", en: "written")
  public static func imported(
    registered: Int, changed: Int, unchanged: Int, refused: Int, written: Bool, isDryRun: Bool
  ) -> Phrase {
    let sv = "\(registered) nya, \(changed) ändrade, \(unchanged) oförändrade, \(refused) fel"
    let en = "\(registered) new, \(changed) changed, \(unchanged) unchanged, \(refused) wrong"
    if written { return Phrase(sv: "Registret är inläst: \(sv).", en: "The register is imported: \(en).") }
    if isDryRun {
      return Phrase(
        sv: "Ingenting är ändrat. Så hade det blivit: \(sv).", en: "Nothing is changed. It would have been: \(en).")
    }
    return Phrase(
      sv: "Ingenting är inläst: \(sv). Rätta raderna, eller läs in de rätta med --keep-good.",
      en: "Nothing is imported: \(en). Mend the rows, or import the good ones with --keep-good.")
  }
  public static func isFull(_ service: String) -> Phrase {
    Phrase(
      sv:
        "Disken är full för \(service): inget nytt sparas. Frigör utrymme, så fortsätter allt av sig självt; inget är förlorat.",
      en:
        "The disk is full for \(service): nothing new is saved. Make room, and all goes on by itself; nothing is lost.")
  }
  public static let allWell = Phrase(sv: "Allt är väl.", en: "All is well.")
  public static let outOfReachShort = Phrase(sv: "nås inte", en: "out of reach")
  public static func healthy(_ service: String) -> Phrase {
    Phrase(sv: "\(service) fungerar.", en: "\(service) works.")
  }
  public static func hasDeadLetters(_ service: String, _ count: Int) -> Phrase {
    Phrase(
      sv: "\(service) har \(count) döda brev. Se: board dead-letter list",
      en: "\(service) has \(count) dead letters. See: board dead-letter list")
  }
  public static func hasParked(_ service: String, _ count: Int) -> Phrase {
    Phrase(
      sv: "\(service) har \(count) meddelanden som mottagaren inte känner till än. Uppgradera mottagaren.",
      en: "\(service) has \(count) messages that their receiver doesn't know yet. Upgrade the receiver.")
  }
  public static func hasFailing(_ service: String, _ count: Int) -> Phrase {
    Phrase(
      sv: "\(service) har \(count) planerade arbeten som inte lyckas och försöks igen. Se tjänstens logg.",
      en: "\(service) has \(count) pieces of planned work that keep failing and are tried again. See the service's log."
    )
  }
  public static func letterSettled(_ number: Int) -> Phrase {
    Phrase(sv: "Brev \(number) är avklarat.", en: "Letter \(number) is settled.")
  }
  public static func letterReceived(_ number: Int, by service: String, from peer: String) -> Phrase {
    Phrase(
      sv: "nummer \(number) hos \(service), mottaget från \(peer)",
      en: "number \(number) at \(service), received from \(peer)")
  }
  public static func letterSent(_ number: Int, by service: String, to peer: String) -> Phrase {
    Phrase(
      sv: "nummer \(number) hos \(service), sänt till \(peer)", en: "number \(number) at \(service), sent to \(peer)")
  }
  public static func holdsBack(_ count: Int) -> Phrase {
    Phrase(
      sv: count == 1 ? "1 senare meddelande med samma nyckel" : "\(count) senare meddelanden med samma nyckel",
      en: count == 1 ? "1 later message of the same key" : "\(count) later messages of the same key")
  }
  public static func holdsBackUnknown(_ service: String) -> Phrase {
    Phrase(sv: "okänt, \(service) nås inte", en: "unknown, \(service) is out of reach")
  }
  public static func settleWith(replay: String, discard: String) -> Phrase {
    Phrase(
      sv: "När felet är rättat: \(replay)\nFör att kasta det utan att det utförs: \(discard)",
      en: "Once the fault is mended: \(replay)\nTo throw it away without its being done: \(discard)")
  }
  public static let noDeadLetters = Phrase(sv: "Det finns inga döda brev.", en: "There are no dead letters.")
  public static func keyMade(_ name: String, _ role: String) -> Phrase {
    Phrase(sv: "\(name) har fått en nyckel med rollen \(role).", en: "\(name) has got a key with the role \(role).")
  }
  public static func keyKept(_ name: String, _ role: String) -> Phrase {
    Phrase(
      sv: "\(name) har redan en nyckel med rollen \(role).", en: "\(name) already has a key with the role \(role).")
  }
  public static func keyRemoved(_ name: String) -> Phrase {
    Phrase(
      sv: "\(name) har ingen nyckel längre. Gör en ny med: board keys create",
      en: "\(name) has no key any more. Make a new one with: board keys create")
  }
  public static func noKey(_ name: String, _ folder: String) -> Phrase {
    Phrase(sv: "\(name) har ingen nyckel i \(folder).", en: "\(name) has no key in \(folder).")
  }
  public static func contractsWritten(_ count: Int, _ folder: String) -> Phrase {
    Phrase(sv: "\(count) filer skrivna i \(folder).", en: "\(count) files written to \(folder).")
  }

  // MARK: What went wrong on this side

  public static func outOfReach(_ service: String) -> Phrase {
    Phrase(
      sv: "Tjänsten \(service) nås inte; ingenting har hänt. Starta den, eller kontrollera --sockets.",
      en: "The service \(service) is out of reach; nothing has happened. Start it, or check --sockets.")
  }
  public static func unknownOutcome(_ service: String, _ key: String) -> Phrase {
    Phrase(
      sv:
        "\(service) svarade inte i tid; det är okänt om det blev gjort. Fråga igen med --key \(key), så görs det högst en gång.",
      en:
        "\(service) did not answer in time; whether it was done is unknown. Ask again with --key \(key), and it is done at most once."
    )
  }
  public static func noAnswer(_ service: String) -> Phrase {
    Phrase(sv: "\(service) svarade inte i tid. Fråga igen.", en: "\(service) did not answer in time. Ask again.")
  }
  public static func noFile(_ path: String) -> Phrase {
    Phrase(
      sv: "Filen \(path) kan inte läsas. Ange en fil som finns.",
      en: "The file \(path) can't be read. Give a file that exists.")
  }
  public static func cannotWrite(_ path: String) -> Phrase {
    Phrase(
      sv: "\(path) kan inte skrivas. Ange en mapp som får skrivas.",
      en: "\(path) can't be written. Give a folder that may be written.")
  }
  public static func badArgument(_ name: String, _ value: String, _ accepts: String) -> Phrase {
    Phrase(
      sv: "\(name) är \"\(value)\"; det som tas emot är \(accepts).",
      en: "\(name) is \"\(value)\"; what is accepted is \(accepts).")
  }
  public static func badReference(_ value: String) -> Phrase {
    Phrase(
      sv: "\"\(value)\" är varken ett medlems-id eller en e-postadress.",
      en: "\"\(value)\" is neither a member id nor an e-mail address.")
  }

  // MARK: The report

  public static let reportTitle = Phrase(
    sv: "Mentorskapsprogrammet i siffror", en: "The mentorship programme in numbers")
  public static let reportMembers = Phrase(sv: "Medlemmar i registret", en: "Members in the register")
  public static func reportMatches(_ state: Phrase) -> Phrase {
    Phrase(sv: "Matchningar: \(state.sv)", en: "Matches: \(state.en)")
  }
  public static let reportMentorships = Phrase(sv: "Mentorskap som har börjat", en: "Mentorships that have begun")
  public static let reportRunning = Phrase(sv: "– pågår", en: "– running")
  public static let reportCompleted = Phrase(sv: "– fullföljda", en: "– completed")
  public static let reportEndedEarly = Phrase(sv: "– avslutade i förtid", en: "– ended early")
  public static let reportAgreements = Phrase(sv: "Överenskommelser", en: "Agreements")
  public static let reportContacts = Phrase(sv: "Kontakter", en: "Contacts")
  public static let reportMeetings = Phrase(sv: "– varav möten", en: "– of which meetings in person")
  public static let reportReminders = Phrase(sv: "Påminnelser om kontakt", en: "Reminders of contact")
  public static func reportTasks(_ kind: Phrase) -> Phrase {
    Phrase(sv: "Uppgifter: \(kind.sv)", en: "Tasks: \(kind.en)")
  }
  public static let reportTasksInAll = Phrase(sv: "Uppgifter i allt", en: "Tasks in all")
  public static let reportMailsSent = Phrase(sv: "Mejl skickade", en: "Mails sent")
  public static let reportMailsKept = Phrase(sv: "Mejl sparade på den här datorn", en: "Mails kept on this machine")
  public static let reportPending = Phrase(sv: "Kvar i någon utkorg", en: "Left in any outbox")
  public static let reportDead = Phrase(
    sv: "Döda brev och arbete som inte lyckas", en: "Dead letters and work that keeps failing")
  public static let reportAddsUp = Phrase(
    sv: "Allt går ihop: varje uppgift är ett mejl, och ingenting ligger kvar.",
    en: "It adds up: each task is a mail, and nothing is left over.")
  public static let reportDoesNotAddUp = Phrase(
    sv: "Det går inte ihop: jämför uppgifter och mejl ovan, och se board status.",
    en: "It does not add up: compare tasks and mails above, and see board status.")
}
