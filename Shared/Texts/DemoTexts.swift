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
  public static func submitted(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Styrelsen matchar \(adept) med mentorn \(mentor).",
      en: "The board matches \(adept) with the mentor \(mentor).")
  }
  public static func accepted(_ name: String) -> Phrase { Phrase(sv: "\(name) tackar ja.", en: "\(name) accepts.") }
  public static func declined(_ name: String) -> Phrase { Phrase(sv: "\(name) tackar nej.", en: "\(name) declines.") }
  public static func begins(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Mentorskapet mellan \(mentor) och \(adept) börjar.", en: "The mentorship of \(mentor) and \(adept) begins.")
  }
  public static func agreed(_ mentor: String, _ adept: String, _ topics: String, _ weeks: Int) -> Phrase {
    Phrase(
      sv: "\(mentor) och \(adept) kommer överens: \(topics), var \(weeks):e vecka.",
      en: "\(mentor) and \(adept) agree: \(topics), every \(weeks) weeks.")
  }
  public static func ended(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Mentorskapet mellan \(mentor) och \(adept) avslutas i förtid.",
      en: "The mentorship of \(mentor) and \(adept) ends early.")
  }
  public static func answered(_ name: String, _ answer: Phrase) -> Phrase {
    Phrase(sv: "\(name) svarar: \(answer.sv).", en: "\(name) answers: \(answer.en).")
  }
  public static func paused(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(sv: "\(mentor) och \(adept) vilar ett tag.", en: "\(mentor) and \(adept) rest for a while.")
  }
  public static func suspended(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Styrelsen stoppar mentorskapet mellan \(mentor) och \(adept).",
      en: "The board suspends the mentorship of \(mentor) and \(adept).")
  }
  public static func resumed(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Mentorskapet mellan \(mentor) och \(adept) fortsätter.",
      en: "The mentorship of \(mentor) and \(adept) goes on.")
  }
  public static func undone(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Avslutet mellan \(mentor) och \(adept) ångras.", en: "The ending of \(mentor) and \(adept) is undone.")
  }
  public static func moved(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "\(adept) börjar arbeta där \(mentor) gör; styrelsen får veta det, och mentorskapet väntar.",
      en: "\(adept) begins to work where \(mentor) does; the board is told, and the mentorship waits.")
  }
  public static func decided(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "Styrelsen beslutar att \(mentor) och \(adept) kan fortsätta.",
      en: "The board decides that \(mentor) and \(adept) can go on.")
  }
  public static func tender(_ mentor: String, _ adept: String) -> Phrase {
    Phrase(
      sv: "\(adept) anmäler en upphandling, och påminns om att inte tala med \(mentor) om den.",
      en: "\(adept) registers a tender, and is reminded not to talk with \(mentor) about it.")
  }

  public static func month(running: Int, completed: Int, contacts: Int, reminders: Int, mails: Int) -> Phrase {
    Phrase(
      sv:
        "── \(running) pågår, \(completed) fullföljda; hittills \(contacts) kontakter, \(reminders) påminnelser, \(mails) mejl",
      en:
        "── \(running) running, \(completed) completed; so far \(contacts) contacts, \(reminders) reminders, \(mails) mails"
    )
  }
}
