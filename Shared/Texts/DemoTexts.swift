import Contracts

/// What the programme that starts the services says, and the demonstration.
public enum DemoTexts {
  public static let aboutProgramme = Phrase(
    sv: "Startar de fyra tjänsterna tillsammans.", en: "Starts the four services together.")
  public static let aboutRun = Phrase(
    sv: "Startar tjänsterna för användning, tills du trycker Ctrl-C.",
    en: "Starts the services for use, until you press Ctrl-C.")
  public static let aboutDemo = Phrase(
    sv: "Kör ett helt programår på en virtuell kalender.", en: "Runs a whole programme year on a virtual calendar.")
  public static let helpState = Phrase(sv: "Mapp för allt som sparas.", en: "Folder for all that is kept.")
  public static let helpVirtualCalendar = Phrase(
    sv: "Starta med en virtuell kalender på den här dagen.", en: "Start with a virtual calendar on this day.")
  public static let helpDemoState = Phrase(
    sv: "Demonstrationens mapp; den börjas om.", en: "The demonstration's folder; it is begun anew.")
  public static let helpRegister = Phrase(sv: "Registret som läses in.", en: "The register to import.")
  public static let helpSeed = Phrase(sv: "Samma frö ger samma år.", en: "The same seed gives the same year.")
  public static let helpReportFile = Phrase(
    sv: "Skriv rapporten som JSON i den här filen.", en: "Write the report as JSON to this file.")
  public static let helpNoAnswers = Phrase(
    sv: "Ingen svarar på mejl: en återställd tjänst känner inte de koder som gavs efter kopian.",
    en: "Nobody answers mails: a restored service does not know the tokens that came after its backup.")
  public static let helpSteps = Phrase(
    sv: "Skriv varje steg till standard error.", en: "Write each step to standard error.")

  public static let helpGoOn = Phrase(
    sv: "Gå vidare i mappens år, till exempel efter en återställning.",
    en: "Go on with the folder's year, after a restore for instance.")
  public static let helpUntil = Phrase(
    sv: "Sluta efter den här dagen, till exempel 2026-12-24.", en: "Stop after this day, such as 2026-12-24.")

  public static let didNotStart = Phrase(
    sv: "Tjänsterna startade inte; skälet står ovan.", en: "The services did not start; the reason stands above.")
  public static let stopping = Phrase(sv: "Tjänsterna avslutas.", en: "The services are stopping.")

  public static func alreadyRunning(_ state: String) -> Phrase {
    Phrase(
      sv: "Tjänsterna körs redan med \(state). Avsluta dem först, eller ange en annan mapp med --state.",
      en: "The services are running on \(state) already. End them first, or give another folder with --state.")
  }

  public static func notADemonstration(_ folder: String) -> Phrase {
    Phrase(
      sv: "Mappen \(folder) är ingen demonstration och rörs inte. Ange en annan med --state.",
      en: "The folder \(folder) is no demonstration and is left alone. Give another with --state.")
  }

  public static func running(_ programs: String, _ state: String) -> Phrase {
    let board = "\(programs)/board"
    let options = "--sockets \(state)/sockets --keys \(state)/keys"
    return Phrase(
      sv: """
        De fyra tjänsterna är igång. Allt sparas i \(state). Skriv i ett annat fönster, till exempel:

          \(board) status \(options)
          \(board) member import REGISTER.csv \(options)
          \(board) match submit --mentor E-POST --adept E-POST \(options)
          \(board) help

        Ctrl-C avslutar.
        """,
      en: """
        The four services are running. Everything is kept in \(state). Type in another window, for instance:

          \(board) status \(options)
          \(board) member import REGISTER.csv \(options)
          \(board) match submit --mentor E-MAIL --adept E-MAIL \(options)
          \(board) help

        Ctrl-C ends it.
        """)
  }

  public static func goOn(_ programs: String, _ state: String, _ day: String) -> Phrase {
    let run = "\(programs)/programme run --state \(state) --virtual-calendar \(day)"
    let board = "\(programs)/board"
    let options = "--sockets \(state)/sockets --keys \(state)/keys --json"
    return Phrase(
      sv: """
        Allt finns kvar i \(state); mejlen ligger i \(state)/notification/mail/new. Se efter själv:

          \(run)
          \(board) report \(options)
          \(board) mentorship list \(options)
          \(board) mail list \(options)
        """,
      en: """
        Everything is kept in \(state); the mails are in \(state)/notification/mail/new. See for yourself:

          \(run)
          \(board) report \(options)
          \(board) mentorship list \(options)
          \(board) mail list \(options)
        """)
  }

  public static func begins(_ seed: UInt64) -> Phrase {
    Phrase(
      sv: "Ett programår, från 1 september, med frö \(seed). Kalendern är virtuell, allt annat är på riktigt.",
      en: "A programme year from 1 September, with seed \(seed). The calendar is virtual, all else is real.")
  }
  public static let sameOrganisationReason = Phrase(
    sv: "De arbetar i olika delar av organisationen och konkurrerar inte.",
    en: "They work in different parts of the organisation and don't compete.")
  public static let privateReason = Phrase(
    sv: "Vi arbetar på för olika sätt.", en: "Our ways of working differ too much.")

  // MARK: What happens

  public static func submitted(_ pairs: [(mentor: String, adept: String)]) -> Phrase {
    Phrase(
      sv: "Styrelsen matchar \(pairs.map { "\($0.adept) med mentorn \($0.mentor)" }.joined(separator: ", och ")).",
      en: "The board matches \(pairs.map { "\($0.adept) with the mentor \($0.mentor)" }.joined(separator: ", and ")).")
  }
  public static func pair(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(sv: "\(mentor) och \(adept)", en: "\(mentor) and \(adept)")
  }
  private static func list(_ pairs: [Phrase]) -> Phrase {
    Phrase(sv: pairs.map(\.sv).joined(separator: "; "), en: pairs.map(\.en).joined(separator: "; "))
  }
  public static func declined(_ name: String, _ other: String) -> Phrase {
    Phrase(sv: "\(name) tackar nej till \(other).", en: "\(name) declines \(other).")
  }
  public static func matchClosed(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "\(adept) svarar inte i tid; \(mentor) får höra att matchningen inte blev av.",
      en: "\(adept) does not answer in time; \(mentor) hears that the match did not come about.")
  }
  public static func begin(_ pairs: [Phrase]) -> Phrase {
    Phrase(
      sv: "\(list(pairs).sv) har tackat ja, och deras år börjar.",
      en: "\(list(pairs).en) have accepted, and their year begins.")
  }
  public static func agreed(_ mentor: String, _ adept: String, _ topics: [Phrase], _ weeks: Int) -> Phrase {
    Phrase(
      sv: "\(mentor) och \(adept) kommer överens: \(topics.map(\.sv).joined(separator: ", ")), var \(weeks):e vecka.",
      en: "\(mentor) and \(adept) agree: \(topics.map(\.en).joined(separator: ", ")), every \(weeks) weeks.")
  }
  public static func answered(_ name: String, _ answer: Phrase) -> Phrase {
    Phrase(sv: "\(name) svarar: \(answer.sv).", en: "\(name) answers: \(answer.en).")
  }
  public static func ends(_ name: String, _ other: String) -> Phrase {
    Phrase(
      sv: "\(name) avslutar i förtid, utan att behöva säga varför. \(other) får veta det i morgon.",
      en: "\(name) ends early, and need not say why. \(other) will be told tomorrow.")
  }
  public static func otherIsTold(_ name: String) -> Phrase {
    Phrase(
      sv: "\(name) får veta att mentorskapet är slut, utan att något skäl anges och utan att någon får skulden.",
      en: "\(name) is told that the mentorship is over, without reason or blame.")
  }
  public static func parts(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv:
        "\(adept) avslutar, låter \(mentor) veta det genast, vill inte matchas med \(mentor) igen, och säger varför till "
        + "styrelsen.",
      en: "\(adept) ends it, lets \(mentor) know at once, never wants that match again, and tells the board why.")
  }
  public static func undone(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Avslutet är ångrat: \(mentor) och \(adept) fortsätter.",
      en: "The ending is undone: \(mentor) and \(adept) go on.")
  }
  public static func placeTaken(_ name: String, _ other: String) -> Phrase {
    Phrase(
      sv: "\(name) får veta att platsen redan har gått till någon annan än \(other).",
      en: "\(name) is told that the place has gone to somebody else than \(other).")
  }
  public static func undoRefused(_ mentor: String, _ adept: String, _ title: String) -> Phrase {
    Phrase(
      sv: "\(adept) vill ångra sitt avslut efter tre dagar. Nej: \(title).",
      en: "\(adept) wants to undo the ending after three days. No: \(title).")
  }
  public static func submitRefused(_ mentor: String, _ adept: String, _ title: String) -> Phrase {
    Phrase(
      sv: "Någon i styrelsen vill matcha \(adept) med \(mentor) igen. Nej: \(title).",
      en: "Somebody on the board wants to match \(adept) with \(mentor) again. No: \(title).")
  }
  public static func pausedByMentor(_ mentor: String, _ adept: String, _ until: Day) -> Phrase {
    Phrase(
      sv: "\(mentor) vill vila; mentorskapet med \(adept) är pausat till \(until.text).",
      en: "\(mentor) wants to rest; the mentorship with \(adept) is paused until \(until.text).")
  }
  public static func pausedByBoard(_ mentor: String, _ adept: String, _ until: Day) -> Phrase {
    Phrase(
      sv: "Styrelsen låter \(mentor) och \(adept) vila till \(until.text).",
      en: "The board lets \(mentor) and \(adept) rest until \(until.text).")
  }
  public static func resumedByItself(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "\(mentor) och \(adept) har vilat, och fortsätter.", en: "\(mentor) and \(adept) have rested, and go on.")
  }
  public static func suspended(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Styrelsen stoppar mentorskapet mellan \(mentor) och \(adept) tills vidare.",
      en: "The board suspends the mentorship of \(mentor) and \(adept) for now.")
  }
  public static func resumedLonger(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "\(mentor) och \(adept) fortsätter; styrelsen förlänger med en månad för tiden som gick förlorad.",
      en: "\(mentor) and \(adept) go on; the board extends it by a month for the time that was lost.")
  }
  public static func moved(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "\(adept) börjar arbeta på samma arbetsplats som \(mentor).",
      en: "\(adept) begins to work where \(mentor) does.")
  }
  public static func movedAndWaits(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "\(adept) får veta att mentorskapet med \(mentor) gör ett uppehåll.",
      en: "\(adept) is told that the mentorship with \(mentor) is suspended for now.")
  }
  public static func decided(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Styrelsen beslutar att \(mentor) och \(adept) kan fortsätta.",
      en: "The board decides that \(mentor) and \(adept) can go on.")
  }
  public static func tender(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(sv: "\(adept) anmäler en upphandling.", en: "\(adept) registers a tender.")
  }
  public static func tenderReminded(_ name: String, _ other: String) -> Phrase {
    Phrase(
      sv: "\(name) påminns om att inte tala med \(other) om upphandlingen.",
      en: "\(name) is reminded not to talk with \(other) about the tender.")
  }
  public static func complete(_ pairs: [Phrase]) -> Phrase {
    Phrase(
      sv: "\(list(pairs).sv) har fullföljt sitt år, och var och en får sitt intyg.",
      en: "\(list(pairs).en) have completed their year, and each gets a certificate.")
  }
  public static func noCertificate(_ name: String) -> Phrase {
    Phrase(
      sv: "\(name) får inget intyg: inget samtal har rapporterats.",
      en: "\(name) gets no certificate: no conversation has been reported.")
  }
  public static func date(_ name: String, _ summary: String, _ day: Day, _ place: String) -> Phrase {
    Phrase(
      sv: "I kalendern hos \(name): \(summary), \(day.text), \(place) (mitt emellan).",
      en: "In the calendar of \(name): \(summary), \(day.text), \(place) (half-way between the two).")
  }
  public static func cancelledDate(_ name: String, _ summary: String, _ day: Day) -> Phrase {
    Phrase(
      sv: "Tas bort ur kalendern hos \(name): \(summary), \(day.text).",
      en: "From the calendar of \(name) is taken: \(summary), \(day.text).")
  }
  /// - Parameter isDone: false where nothing but the task is done with.
  public static func seenTo(_ what: Phrase, _ toDo: Phrase?, isDone: Bool) -> Phrase {
    Phrase(
      sv: "Söndag kväll: \(what.sv). \(toDo.map { $0.sv + " " } ?? "")\(isDone ? "Klart." : "Uppgiften stängs.")",
      en: "Sunday evening: \(what.en). \(toDo.map { $0.en + " " } ?? "")\(isDone ? "Done." : "The task is closed.")")
  }
  public static func settledItself(_ what: Phrase) -> Phrase {
    Phrase(
      sv: "Styrelsen såg att \(what.sv); uppgiften stängdes av sig själv.",
      en: "The board saw that \(what.en); the task closed by itself.")
  }
  public static let crashed = Phrase(
    sv: "Uppföljningen blir strömlös. Den har startat igen, och ingen tjänst har något kvar att göra.",
    en: "The follow-up loses power. It has started again, and no service has anything left to do.")
  public static func notStartedAgain(_ service: String) -> Phrase {
    Phrase(
      sv: "Tjänsten \(service) avslutades men startades inte igen. Se dess logg i mappen log.",
      en: "The service \(service) was ended but not started again. See its log in the folder log.")
  }

  // MARK: What a month comes to

  /// - Parameter standing: how many pairs are how.
  public static func month(
    running: Int, _ standing: [(Phrase, Int)], completed: Int, contacts: Int, mails: Int
  ) -> Phrase {
    func list(_ language: Language) -> String {
      standing.isEmpty ? "" : " (\(standing.map { "\($0.0[language]) \($0.1)" }.joined(separator: ", ")))"
    }
    return Phrase(
      sv:
        "── \(running) mentorskap pågår\(list(.sv)), \(completed) har fullföljt; hittills \(contacts) kontakter, \(mails) mejl",
      en:
        "── \(running) pairs run\(list(.en)), \(completed) have completed; so far \(contacts) contacts, \(mails) mails"
    )
  }
  public static func invitations(_ asked: Int, _ reminded: Int) -> Phrase {
    Phrase(
      sv: "Matchning: \(asked) tillfrågas, \(reminded) påminnelser om att svara",
      en: "Matches: \(asked) are asked, \(reminded) reminders to answer")
  }
  public static func welcomes(_ count: Int) -> Phrase {
    Phrase(
      sv: "Välkommen: \(count) får läsa om sin roll, ämnena, rytmen och rätten att avsluta",
      en: "Welcome: \(count) read of their role, the topics, the rhythm and the right to end it")
  }
  public static func firstContacts(_ count: Int) -> Phrase {
    Phrase(
      sv: "Första kontakten: \(count) påminns efter fjorton dagar",
      en: "First contact: \(count) are reminded after fourteen days")
  }
  public static func checkIns(
    _ asked: Int, _ reminded: Int, met: Int, notYet: Int, help: Int, end: Int
  ) -> Phrase {
    func more(_ count: Int, _ words: String) -> String { count > 0 ? ", \(count) \(words)" : "" }
    return Phrase(
      sv: "Avstämning: \(asked) frågor, \(reminded) påminnelser. Svar: \(met) har talats vid, \(notYet) inte än"
        + more(help, "vill ha hjälp") + more(end, "vill avsluta"),
      en: "Check-in: \(asked) questions, \(reminded) reminders. Answers: \(met) have talked, \(notYet) not yet"
        + more(help, "would like help") + more(end, "want to end it"))
  }
  public static func halfWay(_ count: Int) -> Phrase {
    Phrase(
      sv: "Halvvägs: \(count) ser tillbaka och framåt efter sex månader",
      en: "Half-way: \(count) look back and ahead after six months")
  }
  public static func closing(_ count: Int) -> Phrase {
    Phrase(
      sv: "Elfte månaden: \(count) påminns om ett avslutande samtal",
      en: "Month eleven: \(count) are reminded of a closing talk")
  }
  public static func survey(_ moment: Phrase, _ asked: Int, _ answered: Int) -> Phrase {
    Phrase(
      sv: "Enkät, \(moment.sv.lowercased()): \(asked) tillfrågade, \(answered) svar",
      en: "Survey, \(moment.en.lowercased()): \(asked) asked, \(answered) answers")
  }
  public static func calendar(_ dated: Int, _ cancelled: Int) -> Phrase {
    Phrase(
      sv: "Kalendern: \(dated) mejl med datum (.ics), \(cancelled) som avbokar",
      en: "Calendar: \(dated) mails with dates (.ics), \(cancelled) that cancel some")
  }
  public static func toBoard(_ new: Int, overdue: Int, mornings: Int, byThemselves: Int) -> Phrase {
    Phrase(
      sv: "Styrelsen: nya uppgifter \(new), försenade \(overdue), morgonmejl \(mornings), stängdes av sig själva "
        + "\(byThemselves)",
      en: "The board: new tasks \(new), overdue \(overdue), mails in the morning \(mornings), closed by themselves "
        + "\(byThemselves)")
  }
  public static let quietJuly = Phrase(
    sv: "Juli vilar: ingen fick en fråga eller en påminnelse om hur det går",
    en: "July rests: nobody was asked how it goes, or reminded of it")
  public static let quietChristmas = Phrase(
    sv: "Jul och nyårsafton: ingen fick en fråga eller en påminnelse om hur det går",
    en: "Christmas and New Year's Eve: nobody was asked how it goes, or reminded of it")
  public static func reportFiles(_ csv: String, _ html: String) -> Phrase {
    Phrase(
      sv: "Samma rapport som CSV i \(csv), och som sida med diagram i \(html).",
      en: "The same report as CSV in \(csv), and as a page with charts in \(html).")
  }
}
