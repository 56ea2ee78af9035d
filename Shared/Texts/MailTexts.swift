import Contracts

/// What a mail says: subject and body for each thing that a member is told, to each of the two.
///
/// `matchClosed` and `ended` are the same whoever ended it and why: their texts are given nothing from which
/// that could be told. The other's address is told only once both have accepted.
public struct MailTexts: Sendable {
  private let kind: TellMember.Kind
  private let party: Party
  private let reader: String
  let other: String
  private let otherAddress: String
  let day: Phrase?
  /// What the task brings that only some kinds speak of.
  let task: TellMember?
  private let links: [Link]

  /// An answer that the reader can give in one step, and the address to follow for it.
  public struct Link: Sendable {
    let answer: Answer
    let address: String
    public init(_ answer: Answer, _ address: String) {
      self.answer = answer
      self.address = address
    }
  }

  /// - Parameters:
  ///   - party: which of the two the reader is.
  ///   - day: what it means stands at `TellMember.day`; the texts hold without it.
  ///   - task: for the kinds that tell of an agreement or of months.
  public init(
    _ kind: TellMember.Kind, party: Party, reader: PersonName, other: PersonName, otherAddress: EmailAddress,
    day: Day?, task: TellMember? = nil, links: [Link] = []
  ) {
    self.task = task
    self.links = links
    self.kind = kind
    self.party = party
    self.reader = reader.rawValue
    self.other = other.rawValue
    self.otherAddress = otherAddress.rawValue
    self.day = day?.inWords
  }

  public var subject: Phrase {
    switch kind {
    case .invitation:
      toMentor(
        Phrase(sv: "Vill du vara mentor?", en: "Would you like to be a mentor?"),
        toAdept: Phrase(sv: "Vi har ett förslag på mentor till dig", en: "We have a mentor to suggest to you"))
    case .invitationReminder:
      toMentor(
        Phrase(sv: "Påminnelse: vill du vara mentor?", en: "Reminder: would you like to be a mentor?"),
        toAdept: Phrase(
          sv: "Påminnelse: vi har ett förslag på mentor till dig",
          en: "Reminder: we have a mentor to suggest to you"))
    case .matchClosed: Phrase(sv: "Det blev ingen matchning den här gången", en: "No match this time")
    case .welcome: Phrase(sv: "Ert mentorskap börjar", en: "Your mentorship begins")
    case .firstContactReminder: Phrase(sv: "Har ni hunnit höras?", en: "Have the two of you been in touch?")
    case .contactReminder: Phrase(sv: "Dags för ett samtal?", en: "Time for a conversation?")
    case .halfWay: Phrase(sv: "Halvvägs i ert mentorskap", en: "Half-way through your mentorship")
    case .closing: Phrase(sv: "Ert mentorskap närmar sig slutet", en: "Your mentorship is nearing its end")
    case .completed: Phrase(sv: "Tack för det här mentorskapet", en: "Thank you for this mentorship")
    case .ended: Phrase(sv: "Mentorskapet är avslutat", en: "The mentorship has ended")
    case .checkIn: Phrase(sv: "Har ni hörts?", en: "Have the two of you talked?")
    case .agreementToConfirm: Phrase(sv: "Stämmer det här?", en: "Is this what you agree on?")
    case .agreementConfirmed: Phrase(sv: "Er överenskommelse", en: "Your agreement")
    case .survey: Phrase(sv: "En fråga om mentorskapet", en: "One question about the mentorship")
    case .paused: Phrase(sv: "Mentorskapet vilar", en: "The mentorship rests")
    case .resumed: Phrase(sv: "Mentorskapet fortsätter", en: "The mentorship goes on")
    case .suspended: Phrase(sv: "Mentorskapet gör ett uppehåll", en: "The mentorship is suspended")
    case .tenderNotice: Phrase(sv: "Om upphandlingen som du har anmält", en: "About the tender that you registered")
    case .endingToConfirm: Phrase(sv: "Vill du avsluta mentorskapet?", en: "Do you want to end the mentorship?")
    case .endingUndone: Phrase(sv: "Mentorskapet fortsätter", en: "The mentorship goes on")
    case .placeTaken: Phrase(sv: "Det gick inte att ångra", en: "It could not be undone")
    case .remainingMonths: Phrase(sv: "Vill du fortsätta med en ny mentor?", en: "Would you like a new mentor?")
    }
  }

  /// Paragraphs of one line each, with an empty line between them.
  public var body: Phrase {
    let parts =
      [Phrase(sv: "Hej \(reader)!", en: "Dear \(reader),")] + paragraphs + choices + [greeting, why]
    return Phrase(
      sv: parts.map(\.sv).joined(separator: "\n\n"), en: parts.map(\.en).joined(separator: "\n\n"))
  }

  private var paragraphs: [Phrase] {
    switch kind {
    case .invitation: [proposal, whatItIs, topics, noCompetition, answer]
    case .invitationReminder: [noAnswerYet, proposal, answer]
    case .matchClosed: matchClosed
    case .welcome: [begins, role, firstContact, topics, rhythm, mayEnd]
    case .firstContactReminder: firstContactReminder + [mayEnd]
    case .contactReminder: [silence, rhythm, tellOfContact, mayEnd]
    case .halfWay: halfWay + [topics, mayEnd]
    case .closing: closing
    case .completed: completed
    case .ended: ended
    case .checkIn: [silence, tellOfContact, mayEnd]
    case .agreementToConfirm, .agreementConfirmed: agreement
    case .survey: [survey]
    case .paused, .resumed, .suspended: [hold]
    case .tenderNotice: [tenderNotice]
    case .endingToConfirm, .endingUndone, .placeTaken, .remainingMonths: [ending]
    }
  }

  private var choices: [Phrase] {
    links.map { link in
      let answer = WordTexts.answer(link.answer)
      return Phrase(sv: "\(answer.sv):\n\(link.address)", en: "\(answer.en):\n\(link.address)")
    }
  }

  private func toMentor(_ mentor: Phrase, toAdept adept: Phrase) -> Phrase {
    switch party {
    case .mentor: mentor
    case .adept: adept
    }
  }

  // MARK: Before both have answered

  private var proposal: Phrase {
    toMentor(
      Phrase(
        sv: "Styrelsen vill föreslå dig som mentor för \(other), som är ny i rollen som handledare.",
        en: "The board would like to suggest you as mentor to \(other), who is new in the supervisor's role."),
      toAdept: Phrase(
        sv: "Styrelsen vill föreslå \(other) som mentor till dig.",
        en: "The board would like to suggest \(other) as your mentor."))
  }

  private var whatItIs: Phrase {
    Phrase(
      sv: """
        Ett mentorskap är samtal mellan två kollegor: för att utbyta erfarenhet och kunskap, få fler kontakter och \
        bli tryggare i rollen. Det löper i regel i ett år, och samtalen är kostnadsfria.
        """,
      en: """
        A mentorship is conversations between two colleagues: to exchange experience and knowledge, to widen the \
        network, and to feel more confident in the role. It usually runs for a year, and the conversations are free.
        """)
  }

  private var topics: Phrase {
    Phrase(
      sv: """
        Samtalen kan handla om rollen som handledare, men också om att delta i upphandlingar, utveckla sitt företag, \
        ta betalt, skriva avtal, hitta uppdrag och bygga ett nätverk.
        """,
      en: """
        The conversations can be about the supervisor's role, and also about taking part in public tenders, \
        developing one's company, charging, writing contracts, finding assignments and building a network.
        """)
  }

  private var noCompetition: Phrase {
    Phrase(
      sv: """
        Det viktigaste är att ni inte konkurrerar med varandra. Ser du en risk för det, tacka nej eller fråga \
        styrelsen först.
        """,
      en: """
        What matters most is that the two of you do not compete. If you see a risk of that, please decline, or ask \
        the board first.
        """)
  }

  private var answer: Phrase {
    Phrase(
      sv: """
        Svara på det här mejlet med ja eller nej\(day.map { ", senast den \($0.sv)" } ?? ""). Du behöver inte ge \
        något skäl. När ni båda har sagt ja börjar mentorskapet, och då får ni varandras e-postadresser.
        """,
      en: """
        Please answer this mail with yes or no\(day.map { ", by \($0.en)" } ?? ""). You need not give a reason. Once \
        both of you have said yes the mentorship begins, and you get each other's e-mail addresses.
        """)
  }

  private var noAnswerYet: Phrase {
    Phrase(
      sv: "Vi har skrivit till dig om ett mentorskap och vill gärna veta vad du säger.",
      en: "We have written to you about a mentorship, and would be glad to know what you say.")
  }

  private var matchClosed: [Phrase] {
    [
      Phrase(
        sv: """
          Matchningen mellan dig och \(other) är avslutad, och det blir inget mentorskap av den. Du behöver inte \
          göra något.
          """,
        en: """
          The match between you and \(other) is closed, and will not become a mentorship. There is nothing that you \
          need to do.
          """
      ),
      toMentor(
        Phrase(
          sv: """
            Du finns kvar bland våra mentorer, och vi hör gärna av oss igen. Vill du hellre vänta, svara på det här \
            mejlet.
            """,
          en: """
            You are still among our mentors, and we will be glad to write again. If you would rather wait, answer \
            this mail.
            """
        ),
        toAdept: Phrase(
          sv: """
            Din intresseanmälan finns kvar, och vi söker gärna vidare. Vill du hellre vänta, svara på det här \
            mejlet.
            """,
          en: """
            Your application stands, and we will be glad to look further. If you would rather wait, answer this \
            mail.
            """)
      ),
    ]
  }

  // MARK: The year

  private var begins: Phrase {
    toMentor(
      Phrase(
        sv: "Ni har båda tackat ja. \(other) är nu din adept, och du når din adept på \(otherAddress).",
        en: "Both of you have said yes. \(other) is now your adept; you reach your adept at \(otherAddress)."),
      toAdept: Phrase(
        sv: "Ni har båda tackat ja. \(other) är nu din mentor, och du når din mentor på \(otherAddress).",
        en: "Both of you have said yes. \(other) is now your mentor; you reach your mentor at \(otherAddress)."))
  }

  private var role: Phrase {
    toMentor(
      Phrase(
        sv: """
          Som mentor är du samtalspartner, kontaktskapare och informatör: någon att rådgöra och diskutera med. Du är \
          varken handledare eller terapeut, och mentorskapet är inte handledning på handledning. Du utvecklas själv \
          på köpet.
          """,
        en: """
          As mentor you are a conversation partner, a contact builder and an informer: somebody to consult and to \
          discuss with. You are neither supervisor nor therapist, and mentorship is not supervision of supervision. \
          You develop too.
          """),
      toAdept: Phrase(
        sv: """
          Som adept utvecklas du genom samtal och vägledning. Du ansvarar själv för din utveckling, med stöd av \
          mentorns återkoppling, så ta gärna med dig dina egna frågor.
          """,
        en: """
          As adept you develop through conversation and guidance. You are responsible for your own development, \
          supported by your mentor's feedback, so do bring your own questions.
          """))
  }

  private var firstContact: Phrase {
    Phrase(
      sv: """
        Hör av dig till \(other)\(day.map { ", senast den \($0.sv)" } ?? " så snart du kan"). Bestäm vid den första \
        kontakten inriktning, hur ofta ni ska höras och i vilken form, och berätta det för styrelsen. Vad ni talar \
        om frågar vi aldrig efter.
        """,
      en: """
        Get in touch with \(other)\(day.map { " by \($0.en)" } ?? " as soon as you can"). At the first contact, \
        decide on the direction, how often to be in contact and in what form, and tell the board. What you talk \
        about we never ask.
        """)
  }

  private var rhythm: Phrase {
    Phrase(
      sv: """
        Vi rekommenderar kontakt ungefär en gång i månaden och kanske två träffar under året, via video om ni inte \
        kan ses. Ni bestämmer själva.
        """,
      en: """
        We recommend contact about once a month, and perhaps two meetings in person in the year, by video where \
        you cannot meet. It is for the two of you to decide.
        """)
  }

  var mayEnd: Phrase {
    Phrase(
      sv: "Båda har rätt att avsluta kontakten när som helst, utan att säga varför.",
      en: "Either of you may end the contact at any time, without saying why.")
  }

  private var firstContactReminder: [Phrase] {
    [
      Phrase(
        sv: "Vi har inte hört om du och \(other) har haft er första kontakt."
          + (day.map { " Tanken är att ni har den senast den \($0.sv)." } ?? ""),
        en: "We have not heard whether you and \(other) have had your first contact."
          + (day.map { " The idea is that you have it by \($0.en)." } ?? "")),
      Phrase(
        sv: "Om inte: skriv några rader till \(otherAddress), och föreslå en tid. Det behöver inte vara märkvärdigt.",
        en: "If not, write a few lines to \(otherAddress) and suggest a time. It need not be anything grand."),
      Phrase(
        sv: """
          Om ni har hörts: svara på det här mejlet med vilken dag det var, och vad ni kom överens om i fråga om \
          inriktning, hur ofta och i vilken form.
          """,
        en: """
          If you have been in touch, answer this mail with the day, and with what you agreed on: direction, how \
          often, and in what form.
          """),
    ]
  }

  private var silence: Phrase {
    Phrase(
      sv: "Det var ett tag sedan vi hörde om ett samtal mellan dig och \(other). Det kanske är dags att boka ett?",
      en: "It is a while since we heard of a conversation between you and \(other). Perhaps it is time to arrange one?")
  }

  private var tellOfContact: Phrase {
    Phrase(
      sv: "Har ni hörts, svara på det här mejlet med dag och form. Vad ni talade om frågar vi inte efter.",
      en: "If you have talked, answer this mail with the day and the form. What you talked about we do not ask.")
  }

  private var halfWay: [Phrase] {
    [
      Phrase(
        sv: "Du och \(other) har kommit halvvägs." + (day.map { " Mentorskapet löper till den \($0.sv)." } ?? ""),
        en: "You and \(other) are half-way through." + (day.map { " The mentorship runs until \($0.en)." } ?? "")),
      toMentor(
        Phrase(
          sv: """
            Stanna gärna upp tillsammans: passar takten och formen, och vad är viktigast under tiden som är kvar? Ge \
            gärna återkoppling på det du har sett.
            """,
          en: """
            Do pause together: do rhythm and form suit you, and what matters most in the time that is left? Your \
            feedback on what you have seen is worth a lot.
            """),
        toAdept: Phrase(
          sv: """
            Stanna gärna upp tillsammans: har du fått det du hoppades på, och vad är viktigast under tiden som är \
            kvar? Be gärna om återkoppling.
            """,
          en: """
            Do pause together: have you had what you hoped for, and what matters most in the time that is left? Do \
            ask for feedback.
            """)),
    ]
  }

  private var closing: [Phrase] {
    [
      Phrase(
        sv: "Mentorskapet mellan dig och \(other) avslutas \(day.map { "den \($0.sv)" } ?? "snart").",
        en: "The mentorship between you and \(other) ends \(day.map { "on \($0.en)" } ?? "soon")."),
      toMentor(
        Phrase(
          sv: """
            Boka ett sista samtal om ni inte redan har gjort det. Vad har varit till nytta, och vad har du själv \
            fått med dig?
            """,
          en: """
            Arrange a last conversation if you have not done so. What has been of use, and what have you gained \
            yourself?
            """
        ),
        toAdept: Phrase(
          sv: "Boka ett sista samtal om ni inte redan har gjort det. Vad tar du med dig, och vad blir ditt nästa steg?",
          en: """
            Arrange a last conversation if you have not done so. What do you take with you, and what is your next \
            step?
            """
        )),
      Phrase(
        sv: "Att ni hörs efteråt, på egen hand, gläder oss bara.",
        en: "If you stay in touch afterwards, on your own, we are only glad."),
    ]
  }

  // MARK: Afterwards

  private var completed: [Phrase] {
    [
      Phrase(
        sv: "Mentorskapet mellan dig och \(other) är genomfört" + (day.map { " och slutade den \($0.sv)." } ?? "."),
        en: "The mentorship between you and \(other) is completed" + (day.map { "; it ran until \($0.en)." } ?? ".")),
      toMentor(
        Phrase(
          sv: """
            Tack för att du har delat med dig av din erfarenhet. Vi hoppas att det har gett något även till dig. Vill \
            du bli mentor för någon ny, svara på det här mejlet.
            """,
          en: """
            Thank you for sharing your experience. We hope that it has given you something too. If you would like to \
            be a mentor to somebody new, answer this mail.
            """),
        toAdept: Phrase(
          sv: """
            Vi hoppas att samtalen har gett dig kunskap, trygghet och fler kontakter. Kanske vill du själv bli mentor \
            en dag?
            """,
          en: """
            We hope that the conversations have given you knowledge, confidence and more contacts. Perhaps one day \
            you would like to be a mentor yourself?
            """)),
      Phrase(
        sv: "Berätta gärna för styrelsen vad som fungerade och vad som kan bli bättre.",
        en: "The board would be glad to hear what worked, and what could be better."),
    ]
  }

  private var ended: [Phrase] {
    [
      Phrase(
        sv: "Mentorskapet mellan dig och \(other) är avslutat. Du behöver inte göra något.",
        en: "The mentorship between you and \(other) has ended. There is nothing that you need to do."),
      toMentor(
        Phrase(
          sv: "Tack för din tid. Vill du bli mentor för någon ny, nu eller senare, svara på det här mejlet.",
          en: """
            Thank you for your time. If you would like to be a mentor to somebody new, now or later, answer this \
            mail.
            """
        ),
        toAdept: Phrase(
          sv: "Vill du fortsätta med en ny mentor under de månader som är kvar, svara på det här mejlet.",
          en: "If you would like to go on with a new mentor for the months that remain, answer this mail.")),
    ]
  }

  // MARK: In every mail

  private var greeting: Phrase {
    Phrase(sv: "Vänliga hälsningar\nStyrelsen", en: "Kind regards\nThe board")
  }

  private var why: Phrase {
    let role = party.rawValue
    let reason =
      switch kind {
      case .invitation, .invitationReminder, .matchClosed:
        Phrase(
          sv: "du har anmält intresse som \(role) i föreningens mentorskapsprogram",
          en: "you have applied to take part as \(role) in the association's mentorship programme")
      case .welcome, .firstContactReminder, .contactReminder, .halfWay, .closing, .checkIn, .agreementToConfirm,
        .agreementConfirmed, .survey, .paused, .resumed, .suspended, .tenderNotice, .endingToConfirm, .endingUndone:
        Phrase(
          sv: "du är \(role) i föreningens mentorskapsprogram",
          en: "you are \(role) in the association's mentorship programme")
      case .completed, .ended, .placeTaken, .remainingMonths:
        Phrase(
          sv: "du har varit \(role) i föreningens mentorskapsprogram",
          en: "you have been \(role) in the association's mentorship programme")
      }
    return Phrase(
      sv: "Du får det här mejlet för att \(reason.sv). Svara på det, så når du styrelsen.",
      en: "You get this mail because \(reason.en). Answer it, and you reach the board.")
  }
}
