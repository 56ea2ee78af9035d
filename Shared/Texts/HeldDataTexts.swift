import Contracts
import Messaging

/// What a service holds of a person, in words for the person to read: its tables, their columns, and what stands in them.
public enum HeldDataTexts {
  /// Nil for a table whose words are missing; a test of each service sees to it that none are.
  public static func table(_ name: String) -> Phrase? { tables[name] }

  /// Nil for a column whose words are missing. What only repeats others in a form for machines is not shown.
  public static func column(_ name: String) -> Phrase? {
    columns[name] ?? RegisterColumn(rawValue: name)?.title
  }

  public static func isShown(_ column: String) -> Bool { !forMachines.contains(column) }

  private static let forMachines: Set<String> = [
    "number", "position", "email_key", "name_folded", "search", "hash", "question", "bytes", "task_body", "course",
    "course",
    "carrier", "file",
  ]

  private static let tables: [String: Phrase] = [
    "member": Phrase(sv: "Dina uppgifter", en: "Your details"),
    "naming": Phrase(sv: "Personer som du har nämnt", en: "People whom you have named"),
    "lawful_basis": Phrase(sv: "Varför uppgifterna får finnas", en: "Why the data may be held"),
    "address_failure": Phrase(sv: "Mejl till dig kommer inte fram", en: "Mails to you do not arrive"),
    "former_identity": Phrase(sv: "Tidigare namn och adress", en: "Former name and address"),
    "erasure": Phrase(sv: "Radering", en: "Erasure"),
    "profile": Phrase(sv: "Det som matchningen bygger på", en: "What the matching builds on"),
    "match": Phrase(sv: "Matchning", en: "Match"),
    "not_again": Phrase(sv: "Ska inte matchas igen", en: "Not to be matched again"),
    "returning_adept": Phrase(sv: "Går före i nästa plan", en: "Goes first in the next plan"),
    "resting_adept": Phrase(sv: "Vill inte ha någon ny mentor", en: "Wants no new mentor"),
    "plan_line": Phrase(sv: "Rad i en plan", en: "Line of a plan"),
    "plan_score": Phrase(sv: "Poäng i en plan", en: "Scores of a plan"),
    "plan_forbidden": Phrase(sv: "Par som en plan inte får ha", en: "Pair that a plan may not have"),
    "plan_pair": Phrase(sv: "Utkast till plan", en: "Draft of a plan"),
    "invitation": Phrase(sv: "Förfrågan om matchning", en: "Invitation to a match"),
    "mentorship": Phrase(sv: "Mentorskap", en: "Mentorship"),
    "contact": Phrase(sv: "Kontakt", en: "Contact"),
    "token": Phrase(sv: "Svar som kan ges från ett mejl", en: "Answer that can be given from a mail"),
    "question": Phrase(sv: "Fråga till dig", en: "Question to you"),
    "survey": Phrase(sv: "Ditt svar på enkäten", en: "Your answer to the survey"),
    "history": Phrase(sv: "Händelse", en: "Event"),
    "board_task": Phrase(sv: "Uppgift för styrelsen", en: "Task for the board"),
    "open_task": Phrase(sv: "Mejl som är på väg", en: "Mail under way"),
    "conflict": Phrase(sv: "Konkurrens har prövats", en: "Competition was looked into"),
    "tender_note": Phrase(
      sv: "Upphandling som du har fått veta något om", en: "Tender that you were told something about"),
    "address": Phrase(sv: "Vart mejl skickas", en: "Where mails are sent"),
    "mail": Phrase(sv: "Mejl", en: "Mail"),
    "declined": Phrase(sv: "Mejl som du har avböjt", en: "Mails that you have declined"),
    "outbox": Phrase(sv: "Väntar på att nå en annan tjänst", en: "Waits for another service"),
    "dead_letter": Phrase(
      sv: "Kunde inte tas emot från en annan tjänst", en: "Could not be received from another service"),
    "audit": Phrase(sv: "Vem som har gjort och läst vad om dig", en: "Who has done and read what about you"),
  ]

  private static let columns: [String: Phrase] = [
    "id": Phrase(sv: "id", en: "id"), "member": Phrase(sv: "medlem", en: "member"),
    "organisation": Phrase(sv: "organisationsnummer", en: "organisation number"),
    "organisation_number": Phrase(sv: "organisationsnummer", en: "organisation number"),
    "organisationNumber": Phrase(sv: "organisationsnummer", en: "organisation number"),
    "sellsSupervision": RegisterColumn.sellsSupervision.title, "worksIn": RegisterColumn.worksIn.title,
    "spokenLanguages": RegisterColumn.spokenLanguages.title, "waitingSince": RegisterColumn.waitingSince.title,
    "isProtected": RegisterColumn.isProtected.title,
    "ownsOrganisation": Phrase(sv: "anställning", en: "employment"),
    "paused_until": Phrase(sv: "pausad till", en: "paused until"),
    "is_protected": Phrase(sv: "skyddade personuppgifter", en: "protected identity"),
    "registered_at": Phrase(sv: "infördes", en: "entered"), "changed_at": Phrase(sv: "ändrades", en: "changed"),
    "facts": Phrase(sv: "för matchningen", en: "for the matching"), "kind": Phrase(sv: "slag", en: "kind"),
    "reference": Phrase(sv: "vem eller vad", en: "whom or what"), "day": Phrase(sv: "dag", en: "day"),
    "wording": Phrase(sv: "ordalydelse", en: "wording"), "recorded_at": Phrase(sv: "antecknades", en: "recorded"),
    "recorded_by": Phrase(sv: "av", en: "by"), "code": Phrase(sv: "orsak", en: "cause"),
    "begun": Phrase(sv: "påbörjades", en: "begun"), "begun_by": Phrase(sv: "av", en: "by"),
    "awaited": Phrase(sv: "inväntar", en: "waits for"),
    "mentor": Phrase(sv: "mentor", en: "mentor"), "adept": Phrase(sv: "adept", en: "adept"),
    "state": Phrase(sv: "läge", en: "state"), "months": Phrase(sv: "månader", en: "months"),
    "submitted": Phrase(sv: "lades fram", en: "submitted"), "answer_by": Phrase(sv: "svar senast", en: "answer by"),
    "submitted_by": Phrase(sv: "av", en: "by"), "responsible": Phrase(sv: "ansvarig", en: "responsible"),
    "declined_by": Phrase(sv: "avböjdes av", en: "declined by"), "ended": Phrase(sv: "avslutades", en: "ended"),
    "rules": Phrase(sv: "regler", en: "rules"), "is_locked": Phrase(sv: "låst", en: "locked"),
    "score": Phrase(sv: "poäng", en: "score"), "scores": Phrase(sv: "poäng", en: "scores"),
    "plan": Phrase(sv: "plan", en: "plan"),
    "match": Phrase(sv: "matchning", en: "match"),
    "mentor_answered": Phrase(sv: "mentorn har svarat", en: "the mentor has answered"),
    "adept_answered": Phrase(sv: "adepten har svarat", en: "the adept has answered"),
    "mentorship": Phrase(sv: "mentorskap", en: "mentorship"), "starts": Phrase(sv: "börjar", en: "starts"),
    "ends": Phrase(sv: "slutar", en: "ends"),
    "every_weeks": Phrase(sv: "veckor mellan kontakter", en: "weeks between contacts"),
    "agreed": Phrase(sv: "överenskommelse", en: "agreement"), "direction": Phrase(sv: "inriktning", en: "direction"),
    "form": Phrase(sv: "form", en: "form"),
    "first_contact_told": Phrase(sv: "påmint om första kontakten", en: "reminded of the first contact"),
    "half_way_told": Phrase(sv: "halvvägs har meddelats", en: "told of half the year"),
    "reminders": Phrase(sv: "påminnelser", en: "reminders"),
    "latest_reminder": Phrase(sv: "senaste påminnelsen", en: "latest reminder"),
    "ended_by": Phrase(sv: "avslutades av", en: "ended by"),
    "extended": Phrase(sv: "förlängt, månader", en: "extended, months"),
    "party": Phrase(sv: "som", en: "as"), "answer": Phrase(sv: "svar", en: "answer"),
    "occasion": Phrase(sv: "tillfälle", en: "occasion"), "until": Phrase(sv: "till och med", en: "until"),
    "given": Phrase(sv: "ditt svar", en: "your answer"), "moment": Phrase(sv: "när", en: "when"),
    "rating": Phrase(sv: "betyg 1–5", en: "rating 1–5"), "what": Phrase(sv: "vad", en: "what"),
    "mail": Phrase(sv: "mejl", en: "mail"), "need": Phrase(sv: "för styrelsen", en: "for the board"),
    "about": Phrase(sv: "gäller", en: "about"), "opened": Phrase(sv: "uppstod", en: "opened"),
    "due": Phrase(sv: "senast", en: "due"), "owner": Phrase(sv: "ansvarig", en: "owner"),
    "is_escalated": Phrase(sv: "försenad", en: "overdue"), "closed": Phrase(sv: "klar", en: "closed"),
    "task": Phrase(sv: "uppgift", en: "task"), "is_reminder": Phrase(sv: "påminnelse", en: "reminder"),
    "expires": Phrase(sv: "gäller till", en: "valid until"), "recipient": Phrase(sv: "till", en: "to"),
    "subject": Phrase(sv: "ämnesrad", en: "subject"), "text": Phrase(sv: "text", en: "text"),
    "is_small": Phrase(sv: "kan dela brev med andra", en: "may share a letter with others"),
    "attempts": Phrase(sv: "försök", en: "attempts"),
    "unanswered": Phrase(sv: "försök utan känt utfall", en: "attempts with no known outcome"),
    "first_attempt_at": Phrase(sv: "första försöket", en: "first attempt"),
    "next_attempt_at": Phrase(sv: "nästa försök", en: "next attempt"),
    "settled_at": Phrase(sv: "avgjort", en: "settled"),
    "detail": Phrase(sv: "mejlservern svarade", en: "the mail server said"),
    "message": Phrase(sv: "meddelande", en: "message"), "receiver": Phrase(sv: "till", en: "to"),
    "sender": Phrase(sv: "från", en: "from"), "since_at": Phrase(sv: "sedan", en: "since"),
    "body": Phrase(sv: "innehåll", en: "content"), "at": Phrase(sv: "när", en: "when"),
    "principal": Phrase(sv: "vem", en: "who"), "outcome": Phrase(sv: "utfall", en: "outcome"),
  ]

  // MARK: What stands in a column

  /// A text that a column holds, in words where it is a day, a moment, a choice or a code.
  public static func value(_ text: String, of column: String) -> Phrase {
    if let day = Day(text: text) { return day.inWords }
    return words(text, of: column) ?? Phrase(sv: text, en: text)
  }

  /// The same of a number.
  public static func value(_ number: Int, of column: String) -> Phrase {
    if column.hasPrefix("is_") || column.hasSuffix("_told") || column.hasSuffix("_answered") {
      return WordTexts.answer(number != 0)
    }
    if column.hasSuffix("_at") || ["at", "begun", "expires"].contains(column) {
      let clock = Day.clock(at: Timestamp(milliseconds: Int64(number)))
      return Phrase(sv: clock, en: clock)
    }
    return Phrase(sv: "\(number)", en: "\(number)")
  }

  public static func value(_ isYes: Bool, of column: String) -> Phrase {
    column == "ownsOrganisation" ? WordTexts.employment(ownsOrganisation: isYes) : WordTexts.answer(isYes)
  }

  private static func words(_ text: String, of column: String) -> Phrase? {
    switch column {
    case "language": return Language(rawValue: text).map(WordTexts.language)
    case "kommun": return Kommun.with(code: KommunCode(unchecked: text)).map { Phrase(sv: $0.name, en: $0.name) }
    case "worksIn": return Area(rawValue: text)?.name.map { Phrase(sv: $0, en: $0) }
    case "role": return MemberRole(rawValue: text).map(WordTexts.role)
    case "status": return MemberStatus(rawValue: text).map(WordTexts.status)
    case "topics":
      let topics = text.split(separator: " ").compactMap { Topic(rawValue: String($0)).map(WordTexts.topic) }
      return Phrase(sv: topics.map(\.sv).joined(separator: ", "), en: topics.map(\.en).joined(separator: ", "))
    case "offers", "wants": return Topic(rawValue: text).map(WordTexts.topic)
    case "sectors": return Sector(rawValue: text).map(WordTexts.sector)
    case "spokenLanguages": return SpokenLanguage(rawValue: text).map(SpokenLanguageTexts.name)
    case "form", "forms": return ContactForm(rawValue: text).map(WordTexts.form)
    case "ended_by" where text == "board": return Phrase(sv: "styrelsen", en: "the board")
    case "party", "declined_by", "ended_by": return Party(rawValue: text).map(WordTexts.party)
    case "answer", "given": return Answer(rawValue: text).map(WordTexts.answer)
    case "need": return BoardTaskKind(rawValue: text).map(WordTexts.boardTask)
    case "mail": return TellMember.Kind(rawValue: text).map(WordTexts.mailKind)
    case "code", "reason": return MailReason(code: text)?.sentence
    case "what":
      return GetMentorship.Entry.What(rawValue: text).map { HealthTexts.entry(.init(day: .example, what: $0), nil) }
    case "moment": return SurveyMoment(rawValue: text).map(moment)
    case "state": return state(text)
    case "kind": return kind(text)
    case "outcome": return outcome(text)
    case "message": return messages[text]
    default: return nil
    }
  }

  private static func moment(_ moment: SurveyMoment) -> Phrase {
    switch moment {
    case .start: Phrase(sv: "i början", en: "at the beginning")
    case .halfWay: Phrase(sv: "halvvägs", en: "half-way")
    case .end: Phrase(sv: "i slutet", en: "at the end")
    }
  }

  private static func state(_ text: String) -> Phrase? {
    if let state = MailState(rawValue: text) { return WordTexts.mailState(state) }
    if let state = MatchState(rawValue: text) { return WordTexts.matchState(state) }
    if let state = MentorshipState(rawValue: text) { return WordTexts.mentorshipState(state) }
    return waiting[text]
  }

  private static func kind(_ text: String) -> Phrase? {
    if let column = RegisterColumn(rawValue: text) { return column.title }
    if let kind = LawfulBasis.Kind(rawValue: text) { return WordTexts.basis(kind) }
    if let kind = TellMember.Kind(rawValue: text) { return WordTexts.mailKind(kind) }
    if let kind = BoardTaskKind(rawValue: text) { return WordTexts.boardTask(kind) }
    return questions[text]
  }

  private static func outcome(_ text: String) -> Phrase {
    if text == "read" { return Phrase(sv: "läste", en: "read") }
    if text.contains("/") { return Phrase(sv: "nekades (\(text))", en: "was refused (\(text))") }
    return Phrase(sv: "gjorde", en: "did")
  }

  private static let waiting: [String: Phrase] = [
    "waiting": Phrase(sv: "väntar", en: "waits"),
    "parked": Phrase(sv: "väntar på en nyare version", en: "waits for a newer version"),
    "dead": Phrase(sv: "kom inte fram", en: "did not arrive"),
  ]

  private static let questions: [String: Phrase] = [
    "invitation": Phrase(sv: "förfrågan om matchning", en: "invitation to a match"),
    "check-in": Phrase(sv: "avstämning", en: "check-in"), "welcome": Phrase(sv: "välkomnande", en: "welcome"),
    "agreement": Phrase(sv: "överenskommelse", en: "agreement"), "ending": Phrase(sv: "avslut", en: "ending"),
    "undo": Phrase(sv: "ångra", en: "undo"), "new-mentor": Phrase(sv: "ny mentor", en: "new mentor"),
    "survey": Phrase(sv: "enkät", en: "survey"),
  ]

  /// What concerns one person in the trail, and what services tell each other of one.
  private static let messages: [String: Phrase] = [
    RegisterMember.type: Phrase(sv: "förde in dig", en: "entered you"),
    ChangeMember.type: Phrase(sv: "ändrade dina uppgifter", en: "changed your details"),
    MoveMember.type: Phrase(sv: "ändrade ditt läge", en: "changed your status"),
    EraseMember.type: Phrase(sv: "raderade dig", en: "erased you"),
    GetPersonalData.type: Phrase(sv: "tog fram allt om dig", en: "got all about you"),
    GetMember.type: Phrase(sv: "dina uppgifter", en: "your details"),
    ExplainPair.type: Phrase(
      sv: "poäng och konkurrens för ett par med dig", en: "score and competition of a pair with you"),
    GetMentorship.type: Phrase(sv: "ditt mentorskap", en: "your mentorship"),
    ListMails.type: Phrase(sv: "listan över mejl till dig", en: "the list of mails to you"),
    GetMail.type: Phrase(sv: "ett mejl till dig", en: "a mail to you"),
    PreviewMail.type: Phrase(sv: "hur ett mejl till dig skulle se ut", en: "what a mail to you would look like"),
    GetDeadLetter.type: Phrase(sv: "ett meddelande om dig", en: "a message about you"),
    MemberRegistered.type: Phrase(sv: "att du är medlem", en: "that you are a member"),
    MemberChanged.type: Phrase(sv: "att dina uppgifter är ändrade", en: "that your details are changed"),
    AddressChanged.type: Phrase(sv: "vart mejl till dig skickas", en: "where mails to you are sent"),
    AddressFailed.type: Phrase(sv: "att mejl till dig inte kommer fram", en: "that mails to you do not arrive"),
    ForgetMember.type: Phrase(sv: "att du ska raderas", en: "that you are to be erased"),
    TellMember.type: Phrase(sv: "ett mejl till dig", en: "a mail to you"),
    TellBoard.type: Phrase(sv: "ett mejl till styrelsen", en: "a mail to the board"),
    MailFailed.type: Phrase(sv: "att ett mejl inte kom fram", en: "that a mail did not arrive"),
    MatchSubmitted.type: Phrase(sv: "en matchning med dig", en: "a match with you"),
    MatchAccepted.type: Phrase(sv: "att en matchning är besvarad", en: "that a match is answered"),
    MatchActivated.type: Phrase(sv: "att ett mentorskap börjar", en: "that a mentorship begins"),
    MatchClosed.type: Phrase(sv: "att en matchning är avslutad", en: "that a match is closed"),
    MatchHeld.type: Phrase(sv: "att en matchning väntar på styrelsen", en: "that a match waits for the board"),
    ConflictFound.type: Phrase(sv: "att konkurrens har prövats", en: "that competition was looked into"),
    ConflictCleared.type: Phrase(sv: "att konkurrens inte finns längre", en: "that there is no competition any more"),
    TenderNoted.type: Phrase(sv: "en upphandling", en: "a tender"),
    MentorshipEnded.type: Phrase(sv: "att ett mentorskap är avslutat", en: "that a mentorship has ended"),
    MentorshipCompleted.type: Phrase(sv: "att ett mentorskap är fullföljt", en: "that a mentorship is completed"),
    InvitationAnswered.type: Phrase(sv: "ditt svar på en förfrågan", en: "your answer to an invitation"),
    ReclaimPlace.type: Phrase(sv: "att ett avslut ska ångras", en: "that an ending is to be undone"),
    PlaceReclaimed.type: Phrase(sv: "att ett avslut är ångrat", en: "that an ending is undone"),
    WithdrawTasks.type: Phrase(sv: "att mejl inte behövs", en: "that mails are not needed"),
  ]

  // MARK: The page

  public static func title(_ name: String, _ member: MemberID, _ day: Day) -> Phrase {
    Phrase(
      sv: "Det som mentorskapsprogrammet har om \(name) (\(member.rawValue)), \(day.inWords.sv)",
      en: "What the mentorship programme holds of \(name) (\(member.rawValue)), \(day.inWords.en)")
  }

  public static let notShown = Phrase(
    sv:
      "Det som andra har sagt i förtroende visas inte. Att du har funnits med i en lista som någon läste står inte här. Uppgifterna i den form som datorn har dem ges med --json.",
    en:
      "What others have said in confidence is not shown. That you were in a list that somebody read does not stand here. The data as the machine has it is given by --json."
  )

  public static let you = Phrase(sv: "du", en: "you")
}
