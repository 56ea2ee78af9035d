import Contracts

/// How a pair is, and what has happened to it, in words.
public enum HealthTexts {
  public static func word(_ health: PairHealth) -> Phrase {
    switch health {
    case .inRhythm: Phrase(sv: "i takt", en: "in rhythm")
    case .late: Phrase(sv: "sen", en: "late")
    case .silent: Phrase(sv: "tyst", en: "silent")
    case .askedForHelp: Phrase(sv: "ber om hjälp", en: "asks for help")
    case .disagree: Phrase(sv: "svarar olika", en: "disagree")
    case .notStarted: Phrase(sv: "inte igång", en: "not started")
    case .resting: Phrase(sv: "vilar", en: "resting")
    case .over: Phrase(sv: "över", en: "over")
    }
  }

  public static func rest(_ rest: Rest) -> Phrase {
    switch rest {
    case .paused: Phrase(sv: "pausat", en: "paused")
    case .suspended: Phrase(sv: "stoppat", en: "suspended")
    }
  }

  /// The state with its reason.
  public static func reason(_ health: PairHealth, latest: Day?, weeks: CadenceWeeks?) -> Phrase {
    let word = word(health)
    let rhythm =
      weeks.map { weeks in
        weeks.rawValue == 1
          ? Phrase(sv: "de vill höras varje vecka", en: "they want to talk every week")
          : Phrase(
            sv: "de vill höras var \(weeks.rawValue):e vecka", en: "they want to talk every \(weeks.rawValue) weeks")
      } ?? Phrase(sv: "rekommendationen är en gång i månaden", en: "once a month is recommended")
    let heard =
      latest.map { Phrase(sv: "senaste samtalet var \($0.text)", en: "the latest conversation was on \($0.text)") }
      ?? Phrase(sv: "inget samtal har rapporterats", en: "no conversation has been reported")
    switch health {
    case .inRhythm, .late, .silent, .notStarted:
      return Phrase(sv: "\(word.sv): \(heard.sv), \(rhythm.sv)", en: "\(word.en): \(heard.en), \(rhythm.en)")
    case .disagree:
      return Phrase(
        sv: "\(word.sv): den ena säger att de har talats vid, den andra att de inte har det",
        en: "\(word.en): one says that they have talked, the other that they have not")
    case .askedForHelp, .resting, .over: return word
    }
  }

  public static func entry(_ entry: GetMentorship.Entry, _ who: String?) -> Phrase {
    let who = who ?? "–"
    switch entry.what {
    case .began: return Phrase(sv: "mentorskapet började", en: "the mentorship began")
    case .told:
      let mail = entry.mail.map(WordTexts.mailKind) ?? Phrase(sv: "mejl", en: "mail")
      return Phrase(sv: "till \(who): \(mail.sv)", en: "to \(who): \(mail.en)")
    case .met:
      let form = entry.form.map(WordTexts.form) ?? Phrase(sv: "samtal", en: "conversation")
      return Phrase(sv: "kontakt: \(form.sv)", en: "contact: \(form.en)")
    case .notYet: return Phrase(sv: "\(who): inte än", en: "\(who): not yet")
    case .needHelp: return Phrase(sv: "\(who) ber om hjälp", en: "\(who) asks for help")
    case .wantToEnd: return Phrase(sv: "\(who) vill avsluta", en: "\(who) wants to end it")
    case .proposed: return Phrase(sv: "\(who) föreslår en överenskommelse", en: "\(who) proposes an agreement")
    case .agreed: return Phrase(sv: "överenskommelse", en: "agreement")
    case .discussed: return Phrase(sv: "\(who) vill tala om förslaget", en: "\(who) wants to talk it over")
    case .paused: return Phrase(sv: "pausat", en: "paused")
    case .suspended: return Phrase(sv: "stoppat av styrelsen", en: "suspended by the board")
    case .resumed: return Phrase(sv: "återupptaget", en: "resumed")
    case .completed: return Phrase(sv: "fullföljt", en: "completed")
    case .ended: return Phrase(sv: "avslutat i förtid", en: "ended early")
    case .undone: return Phrase(sv: "avslutet ångrat", en: "the ending was undone")
    case .needsBoard, .boardDone:
      let need = entry.need.map(WordTexts.boardTask) ?? Phrase(sv: "–", en: "–")
      return entry.what == .needsBoard
        ? Phrase(sv: "styrelsen behövs: \(need.sv)", en: "the board is needed: \(need.en)")
        : Phrase(sv: "klart för styrelsen: \(need.sv)", en: "done for the board: \(need.en)")
    case .survey: return Phrase(sv: "\(who) har svarat på enkäten", en: "\(who) has answered the survey")
    case .planned: return Phrase(sv: "nästa steg", en: "the next step")
    }
  }

  public static let theBoard = Phrase(sv: "styrelsen", en: "the board")
  public static func ended(_ who: String, _ reason: String?) -> Phrase {
    let why = reason.map { Phrase(sv: ": \($0)", en: ": \($0)") } ?? Phrase(sv: ", utan skäl", en: ", without a reason")
    return Phrase(
      sv: "Avslutat av \(who)\(why.sv) (bara för styrelsen)", en: "Ended by \(who)\(why.en) (for the board alone)")
  }
  public static func suspended(_ reason: String) -> Phrase {
    Phrase(sv: "Stoppat: \(reason) (bara för styrelsen)", en: "Suspended: \(reason) (for the board alone)")
  }

  public static func earlier(_ count: Int) -> Phrase {
    Phrase(sv: "(\(count) tidigare händelser visas inte)", en: "(\(count) earlier entries are not shown)")
  }

  public static func outcome(_ outcome: AnswerByToken.Reply.Outcome, _ answer: Answer) -> Phrase {
    let word = WordTexts.answer(answer)
    switch outcome {
    case .taken: return Phrase(sv: "Mottaget: \(word.sv).", en: "Taken: \(word.en).")
    case .already: return Phrase(sv: "Svaret var redan mottaget: \(word.sv).", en: "Taken before: \(word.en).")
    case .toConfirm:
      return Phrase(
        sv: "Ett mejl ber om bekräftelse; ingenting har ändrats än.",
        en: "A mail asks for confirmation; nothing has changed yet.")
    }
  }

  public static func carried(_ count: Int, _ left: Int) -> Phrase {
    Phrase(
      sv: "\(count) svar mottagna; \(left) andra mejl ligger kvar olästa.",
      en: "\(count) answers taken; \(left) other mails are left unread.")
  }

  public static func noMaildir(_ path: String) -> Phrase {
    Phrase(
      sv: "\(path) är ingen Maildir. Ange en mapp som har mappen new.",
      en: "\(path) is no Maildir. Give a folder that has the folder new.")
  }
}

/// What the board has to do, why, and the one command that does it.
public enum BoardTaskTexts {
  public static func what(_ kind: BoardTaskKind, _ about: String, _ other: String) -> Phrase {
    switch kind {
    case .notStarted:
      Phrase(sv: "\(about) och \(other) har inte kommit igång", en: "\(about) and \(other) have not started")
    case .silent: Phrase(sv: "\(about) och \(other) är tysta", en: "\(about) and \(other) are silent")
    case .help: Phrase(sv: "\(about) ber om hjälp", en: "\(about) asks for help")
    case .disagree: Phrase(sv: "\(about) och \(other) svarar olika", en: "\(about) and \(other) answer differently")
    case .agreement:
      Phrase(sv: "\(about) och \(other) är inte överens än", en: "\(about) and \(other) have not agreed yet")
    case .conflict:
      Phrase(sv: "\(about) och \(other) kan konkurrera", en: "\(about) and \(other) may be in competition")
    case .matchHeld:
      Phrase(
        sv: "\(about) och \(other) kan konkurrera, och har inte börjat än",
        en: "\(about) and \(other) may be in competition, and have not begun")
    case .mailBounces: Phrase(sv: "Mejl till \(about) kommer inte fram", en: "Mail to \(about) does not arrive")
    case .mailFails: Phrase(sv: "Ett mejl till \(about) kom inte fram", en: "A mail to \(about) did not arrive")
    case .newMentor: Phrase(sv: "\(about) vill ha en ny mentor", en: "\(about) wants a new mentor")
    }
  }

  public static func toDo(_ kind: BoardTaskKind) -> Phrase {
    switch kind {
    case .notStarted, .silent:
      Phrase(
        sv: "Ring dem och hör hur det går. Har de talats vid: skriv in det.",
        en: "Call them and hear how it goes. If they have talked, record it.")
    case .help: Phrase(sv: "Ring och hör vad som behövs.", en: "Call and hear what is needed.")
    case .disagree:
      Phrase(
        sv: "Den ena säger att de har talats vid, den andra inte. Hör med båda.",
        en: "One says that they have talked, the other not. Ask both.")
    case .agreement:
      Phrase(
        sv: "Hjälp dem att enas, och skriv in vad de kommer fram till.",
        en: "Help them to agree, and record what they come to.")
    case .conflict:
      Phrase(
        sv: "Regeln om konkurrens har funnit något; board match explain säger vad. Besluta om det kan fortsätta.",
        en: "The competition rule has found something; board match explain says what. Decide whether it can go on.")
    case .matchHeld:
      Phrase(
        sv: "Regeln om konkurrens har funnit något; board match explain säger vad. Besluta om de kan börja.",
        en: "The competition rule has found something; board match explain says what. Decide whether they can begin.")
    case .mailBounces:
      Phrase(
        sv: "Ta reda på den rätta adressen och rätta registret.", en: "Find the right address and correct the register."
      )
    case .mailFails:
      Phrase(
        sv: "Se varför med board mail list --state failed och board mail show. Skicka på nytt, eller ring.",
        en: "See why with board mail list --state failed and board mail show. Send it anew, or call.")
    case .newMentor:
      Phrase(sv: "Ta med adepten först i nästa plan.", en: "Put the adept first in the next plan.")
    }
  }

  /// What to type. The same in both languages.
  ///
  /// - Parameter outcome: of what the competition rule has found; what it blocks, no reason lets go on.
  public static func command(
    _ kind: BoardTaskKind, _ task: BoardTaskID, _ mentorship: MentorshipID?, _ outcome: CompetitionOutcome? = nil
  ) -> String {
    let id = mentorship?.rawValue ?? "MENTORSHIP"
    return switch kind {
    case .notStarted, .silent, .disagree: "board mentorship contact \(id) --day YYYY-MM-DD"
    case .agreement: "board mentorship agree \(id) --topic TOPIC"
    case .conflict where outcome == .blocked: "board mentorship end \(id) --by board"
    case .matchHeld where outcome == .blocked: "board match withdraw \(id)"
    case .conflict, .matchHeld: "board match decide \(id) --reason TEXT"
    case .help, .mailBounces, .mailFails, .newMentor: "board task close \(task.rawValue)"
    }
  }

  public static func owner(_ owner: String, _ opened: Day) -> Phrase {
    Phrase(sv: "(\(owner), sedan \(opened.text))", en: "(\(owner), since \(opened.text))")
  }

  public static func count(_ open: Int) -> Phrase {
    open == 0
      ? Phrase(sv: "Ingenting behöver styrelsen just nu.", en: "Nothing needs the board just now.")
      : Phrase(sv: "\(open) att göra; ! är försenat.", en: "\(open) to do; ! is overdue.")
  }

  public static func taken(_ task: BoardTaskID) -> Phrase {
    Phrase(sv: "\(task.rawValue) är din.", en: "\(task.rawValue) is yours.")
  }

  public static func done(_ task: BoardTaskID) -> Phrase {
    Phrase(sv: "\(task.rawValue) är klar.", en: "\(task.rawValue) is done.")
  }
}

/// Help for the commands of the year.
public enum FollowUpHelp {
  public static let aboutPropose = Phrase(
    sv: "Skriv in en parts förslag till överenskommelse; den andra tillfrågas.",
    en: "Record one party's proposal of an agreement; the other is asked.")
  public static let aboutPause = Phrase(
    sv: "Låt mentorskapet vila till en dag.", en: "Let the mentorship rest until a day.")
  public static let aboutSuspend = Phrase(
    sv: "Stoppa mentorskapet tills vidare.", en: "Suspend the mentorship for now.")
  public static let aboutResume = Phrase(sv: "Återuppta det som vilar.", en: "Resume what rests.")
  public static let aboutUndo = Phrase(sv: "Ångra ett avslut inom 24 timmar.", en: "Undo an ending within 24 hours.")
  public static let undoAsked = Phrase(
    sv:
      "Frågan är ställd: är platsen ledig än fortsätter mentorskapet. Besked kommer i ett mejl, och i board mentorship show.",
    en:
      "It has been asked: if the place is still free, the mentorship goes on. A mail tells, and board mentorship show.")
  public static let aboutShow = Phrase(sv: "Hela året för ett par, ritat.", en: "The whole year of a pair, drawn.")
  public static let aboutTask = Phrase(sv: "Vad styrelsen har att göra.", en: "What the board has to do.")
  public static let aboutTaskList = Phrase(
    sv: "Det som är öppet, mest brådskande först.", en: "What is open, most urgent first.")
  public static let aboutTaskTake = Phrase(sv: "Ta en uppgift.", en: "Take a task.")
  public static let aboutTaskClose = Phrase(sv: "Stäng en uppgift som är gjord.", en: "Close a task that is done.")
  public static let aboutAnswer = Phrase(
    sv: "Lämna ett svar ur ett mejl, eller alla svar i en Maildir.",
    en: "Give an answer from a mail, or all the answers in a Maildir.")
  public static let party = Phrase(sv: "mentor eller adept.", en: "mentor or adept.")
  public static let by = Phrase(sv: "mentor, adept eller board.", en: "mentor, adept or board.")
  public static let until = Phrase(sv: "Sista dagen, till exempel 2027-03-01.", en: "The last day, such as 2027-03-01.")
  public static let meetings = Phrase(
    sv: "Träffar under året; två om inget anges.", en: "Meetings in the year; two if absent.")
  public static let worksInJuly = Phrase(sv: "De vilar inte i juli.", en: "They don't rest in July.")
  public static let extendBy = Phrase(sv: "Månader att lägga till.", en: "Months to add.")
  public static let tellNow = Phrase(sv: "Säg det till den andra nu.", en: "Tell the other now.")
  public static let doNotMatchAgain = Phrase(sv: "Matcha dem aldrig igen.", en: "Never match them again.")
  public static let all = Phrase(sv: "Visa även det som är klart.", en: "Show what is done too.")
  public static let task = Phrase(sv: "Uppgiftens id.", en: "The task's id.")
  public static let token = Phrase(sv: "Koden ur mejlet.", en: "The token from the mail.")
  public static let maildir = Phrase(sv: "Maildir med svaren.", en: "A Maildir with the answers.")
  public static let tokenOrMaildir = Phrase(
    sv: "Ange antingen en kod eller --maildir.", en: "Give either a token or --maildir.")
}
