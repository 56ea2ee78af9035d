import Contracts

/// What mails have in common, around what their templates say.
public enum MailTexts {
  /// What mails are called by, where a person reads their heading.
  public static let programme = Phrase(sv: "Mentorskapet", en: "The mentorship programme")

  public static let regards = Phrase(sv: "Vänliga hälsningar", en: "Kind regards")
  public static let board = Phrase(sv: "Styrelsen", en: "The board")

  /// Before the answers in one step. Following a link only opens a mail or a page: it answers nothing by itself.
  public static let answers = Phrase(sv: "Svara med ett klick", en: "Answer with one click")
  public static let answersByMail = Phrase(
    sv: "Varje länk öppnar ett färdigt mejl. Skicka det, så är svaret lämnat.",
    en: "Each link opens a mail that is written already. Send it, and you have answered.")

  /// Why the reader gets the mail.
  public static func why(_ kind: TellMember.Kind, _ party: Party) -> Phrase {
    let role = party.rawValue
    let aRole = party == .mentor ? "a mentor" : "an adept"
    switch kind {
    case .invitation, .invitationReminder, .matchClosed:
      return Phrase(
        sv: "Du får det här mejlet för att du har anmält intresse som \(role) i föreningens mentorskapsprogram.",
        en:
          "You get this mail because you have applied to take part as \(aRole) in the association's mentorship programme."
      )
    case .completed, .ended, .placeTaken, .remainingMonths:
      return Phrase(
        sv: "Du får det här mejlet för att du har varit \(role) i föreningens mentorskapsprogram.",
        en: "You get this mail because you have been \(aRole) in the association's mentorship programme.")
    default:
      return Phrase(
        sv: "Du får det här mejlet för att du är \(role) i föreningens mentorskapsprogram.",
        en: "You get this mail because you are \(aRole) in the association's mentorship programme.")
    }
  }

  public static let whyBoard = Phrase(
    sv: "Du får det här mejlet för att du samordnar mentorskapsprogrammet.",
    en: "You get this mail because you coordinate the mentorship programme.")

  /// Whom to ask.
  public static func contact(_ name: String?, _ address: String) -> Phrase {
    let who = name.map { "\($0), \(address)" } ?? address
    return Phrase(
      sv: "Frågor? Svara på mejlet eller skriv till \(who), så når du styrelsen.",
      en: "Questions? Answer this mail or write to \(who), and you reach the board.")
  }

  public static let optional = Phrase(
    sv: "Vill du inte ha påminnelser av det här slaget, svara med det, så slutar de komma.",
    en: "If you would rather not have reminders of this kind, answer so, and they stop coming.")

  // MARK: Several in one

  public static func digest(_ count: Int) -> Phrase {
    Phrase(sv: "\(count) påminnelser om mentorskapet", en: "\(count) reminders about the mentorship")
  }
  public static func digestGreeting(_ name: String) -> Phrase {
    Phrase(sv: "Hej \(name)! Här är allt på en gång.", en: "Dear \(name), here is everything at once.")
  }

  // MARK: An agreement

  public static func everyWeeks(_ weeks: Int) -> Phrase {
    weeks == 1
      ? Phrase(sv: "varje vecka", en: "every week") : Phrase(sv: "var \(weeks):e vecka", en: "every \(weeks) weeks")
  }
  public static func months(_ months: Int) -> Phrase {
    Phrase(sv: months == 1 ? "en månad" : "\(months) månader", en: months == 1 ? "one month" : "\(months) months")
  }

  // MARK: In a calendar

  public static func event(_ what: CalendarEvent.What, _ other: String) -> Phrase {
    switch what {
    case .firstContact: Phrase(sv: "Första kontakten med \(other), senast", en: "First contact with \(other), by")
    case .meeting: Phrase(sv: "Träff med \(other)", en: "Meeting with \(other)")
    case .halfWay: Phrase(sv: "Halvvägs i mentorskapet med \(other)", en: "Half-way in the mentorship with \(other)")
    case .closingTalk: Phrase(sv: "Avslutande samtal med \(other)", en: "Closing conversation with \(other)")
    case .end: Phrase(sv: "Mentorskapet med \(other) slutar", en: "The mentorship with \(other) ends")
    }
  }

  // MARK: To the board

  public static func boardSubject(_ kind: TellBoard.Kind, _ count: Int) -> Phrase {
    switch kind {
    case .notice:
      Phrase(sv: "Något nytt väntar på styrelsen", en: "Something new waits for the board")
    case .escalation:
      Phrase(sv: "En styrelseuppgift har gått över tiden", en: "A board task is overdue")
    case .digest:
      Phrase(
        sv: count == 1 ? "En uppgift väntar på styrelsen" : "\(count) uppgifter väntar på styrelsen",
        en: count == 1 ? "One task waits for the board" : "\(count) tasks wait for the board")
    }
  }

  /// One thing to do: whom it is about, what it is, until when, and under which id it is found.
  public static func boardLine(_ who: String, _ kind: BoardTaskKind, _ due: Day, _ id: String) -> Phrase {
    let what = WordTexts.boardTask(kind)
    return Phrase(
      sv: "\(who): \(what.sv). Senast den \(due.inWords.sv). (\(id))",
      en: "\(who): \(what.en). By \(due.inWords.en). (\(id))")
  }
  public static func boardMore(_ count: Int) -> Phrase {
    Phrase(sv: "Och \(count) till. Se: board task list", en: "And \(count) more. See: board task list")
  }
  public static let boardGreeting = Phrase(sv: "Hej!", en: "Hello!")
  public static let boardList = Phrase(
    sv: "Allt som väntar: board task list", en: "All that waits: board task list")
  public static let weekly = Phrase(sv: "Mejlen den här veckan", en: "The mails this week")

  // MARK: Wrong templates

  /// As many characters as a message has room for.
  public static let templateLimit = 20_000

  /// Whether a line of a template has what nobody sees, and no mail may have in its header.
  public static func hasControl(_ line: some StringProtocol) -> Bool {
    line.unicodeScalars.contains { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7f }
  }

  public static func onLine(_ line: Int, _ fault: TemplateFault) -> Phrase {
    Phrase(sv: "rad \(line): \(fault.sentence.sv)", en: "line \(line): \(fault.sentence.en)")
  }
  /// A file of the board's is not used, and why.
  public static func unusable(_ file: String, _ why: Phrase) -> Phrase {
    Phrase(
      sv: "Mallen \(file) används inte, och föreningens egen text skickas i stället: \(why.sv)",
      en: "The template \(file) is not used, and the association's own text is sent instead: \(why.en)")
  }
  public static func noSuchMail(_ file: String, _ files: [String]) -> Phrase {
    Phrase(
      sv: "Mallen \(file) används inte: det finns inget sådant mejl. Det finns \(files.joined(separator: ", ")).",
      en: "The template \(file) is not used: there is no such mail. There are \(files.joined(separator: ", ")).")
  }
  public static func noFolder(_ path: String) -> Phrase {
    Phrase(
      sv: "Mappen \(path) med mallar går inte att läsa, och föreningens egna texter skickas (HANDSLAG_MAIL_TEMPLATES).",
      en:
        "The folder \(path) of templates can't be read, and the association's own texts are sent (HANDSLAG_MAIL_TEMPLATES)."
    )
  }
  public static let notText = Phrase(
    sv: "filen går inte att läsa som text i UTF-8. Spara den som UTF-8.",
    en: "the file can't be read as text in UTF-8. Save it as UTF-8.")

  public enum TemplateFault: Sendable, Hashable {
    case missingLanguage(Language)
    case noSubject
    case unknownVariable(String, accepted: [String])
    case notATag(String)
    case unbalanced(String)
    case textBeforeLanguage
    case repeatedLanguage(Language)
    case noBody
    case onlyASection(String)
    case control
    case emptySubject
    case emptyText
    case tooLong(limit: Int)

    public var sentence: Phrase {
      switch self {
      case .missingLanguage(let language):
        Phrase(
          sv:
            "texten på \(language == .sv ? "svenska" : "engelska") saknas; den börjar med raden == \(language.rawValue).",
          en:
            "the text in \(language == .sv ? "Swedish" : "English") is missing; it begins with the line == \(language.rawValue)."
        )
      case .noSubject:
        Phrase(
          sv: "den första raden efter språket är ämnet; den är tom.",
          en: "the first line after the language is the subject; it is empty.")
      case .onlyASection(let name):
        Phrase(
          sv: "{{\(name)}} är sant eller falskt, och ingen text; skriv {{#\(name)}}det som då ska stå{{/\(name)}}.",
          en: "{{\(name)}} is true or false, and no text; write {{#\(name)}}what is to stand then{{/\(name)}}.")
      case .control:
        Phrase(
          sv: "det står ett osynligt styrtecken på raden; skriv om den för hand.",
          en: "there is an invisible control character on the line; type it anew.")
      case .emptySubject:
        Phrase(
          sv: "ämnet blir tomt för någon av de två, eller när något saknas; det ska alltid säga något.",
          en:
            "the subject comes out empty for one of the two, or where something is missing; it must always say something."
        )
      case .emptyText:
        Phrase(
          sv: "texten blir tom för någon av de två, eller när något saknas; den ska alltid säga något.",
          en:
            "the text comes out empty for one of the two, or where something is missing; it must always say something.")
      case .tooLong(let limit):
        Phrase(
          sv: "det är för långt; högst \(limit) tecken ryms.", en: "it is too long; at most \(limit) characters fit.")
      case .noBody: Phrase(sv: "det finns ingen text efter ämnet.", en: "there is no text after the subject.")
      case .unknownVariable(let name, let accepted):
        Phrase(
          sv: "{{\(name)}} finns inte i det här mejlet; det som finns är \(accepted.joined(separator: ", ")).",
          en: "{{\(name)}} is not to be had in this mail; what is are \(accepted.joined(separator: ", ")).")
      case .notATag(let text):
        Phrase(
          sv: "\(text) går inte att läsa; skriv {{namn}}, {{#namn}}, {{^namn}} eller {{/namn}}.",
          en: "\(text) can't be read; write {{name}}, {{#name}}, {{^name}} or {{/name}}.")
      case .unbalanced(let name):
        Phrase(
          sv: "{{#\(name)}} och {{/\(name)}} hör ihop; den ena saknas eller står på fel plats.",
          en: "{{#\(name)}} and {{/\(name)}} belong together; one is missing or in the wrong place.")
      case .textBeforeLanguage:
        Phrase(
          sv: "före texten ska det stå vilket språk den är på: == sv eller == en.",
          en: "before a text there must stand its language: == sv or == en.")
      case .repeatedLanguage(let language):
        Phrase(sv: "== \(language.rawValue) står två gånger.", en: "== \(language.rawValue) stands twice.")
      }
    }
  }
}
