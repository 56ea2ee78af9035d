import Contracts

/// What followup refuses.
public enum MentorshipRefusal: Refusal, Hashable {
  case unknown(MentorshipID)
  /// Completed or ended.
  case over(MentorshipID, MentorshipState)
  case agreementTooLate(MentorshipID)
  case noTopics
  case ownPair
  case contactInFuture(Day, today: Day)
  case contactBeforeStart(Day, starts: Day)
  /// It rests already; nil until the board says otherwise.
  case resting(MentorshipID, until: Day?)
  case notResting(MentorshipID)
  /// What the competition rule has found is not decided, or can't be.
  case conflictStands(MentorshipID, CompetitionOutcome)
  case pauseTooLong(Day, latest: Day)
  case notEnded(MentorshipID)
  case undoTooLate(MentorshipID)
  /// One of the two has been erased.
  case otherIsGone(MentorshipID)
  case placeTaken
  case periodEndsBeforeItBegins(Day, Day)

  public var code: String {
    switch self {
    case .unknown: "mentorship/unknown"
    case .over: "mentorship/over"
    case .agreementTooLate: "mentorship/agreement-too-late"
    case .noTopics: "mentorship/no-topics"
    case .ownPair: "mentorship/own-pair"
    case .contactInFuture: "mentorship/contact-in-future"
    case .contactBeforeStart: "mentorship/contact-before-start"
    case .resting: "mentorship/resting"
    case .notResting: "mentorship/not-resting"
    case .conflictStands: "mentorship/conflict-stands"
    case .pauseTooLong: "mentorship/pause-too-long"
    case .notEnded: "mentorship/not-ended"
    case .undoTooLate: "mentorship/undo-too-late"
    case .otherIsGone: "mentorship/other-is-gone"
    case .placeTaken: "mentorship/place-taken"
    case .periodEndsBeforeItBegins: "report/ends-before-it-begins"
    }
  }

  public var title: Phrase {
    switch self {
    case .unknown: Phrase(sv: "Mentorskapet finns inte", en: "There is no such mentorship")
    case .over: Phrase(sv: "Mentorskapet är över", en: "The mentorship is over")
    case .agreementTooLate: Phrase(sv: "Överenskommelsen kan inte ändras", en: "The agreement can't be changed")
    case .noTopics: Phrase(sv: "Inriktningen saknas", en: "The direction is missing")
    case .ownPair: MatchRefusal.anotherMustHandle.title
    case .contactInFuture: Phrase(sv: "Kontakten har inte ägt rum", en: "The contact has not taken place")
    case .contactBeforeStart:
      Phrase(sv: "Kontakten är före mentorskapet", en: "The contact is before the mentorship")
    case .resting: Phrase(sv: "Mentorskapet vilar redan", en: "The mentorship rests already")
    case .notResting: Phrase(sv: "Mentorskapet vilar inte", en: "The mentorship does not rest")
    case .conflictStands:
      Phrase(sv: "Regeln om konkurrens står i vägen", en: "The competition rule is in the way")
    case .pauseTooLong: Phrase(sv: "Så länge kan det inte vila", en: "It can't rest for so long")
    case .notEnded: Phrase(sv: "Det finns inget avslut att ångra", en: "There is no ending to undo")
    case .undoTooLate: Phrase(sv: "Det är för sent att ångra", en: "It is too late to undo")
    case .otherIsGone: Phrase(sv: "Den ena finns inte längre kvar", en: "One of the two is no longer there")
    case .placeTaken: Phrase(sv: "Platsen har gått till någon annan", en: "The place has gone to somebody else")
    case .periodEndsBeforeItBegins: Phrase(sv: "Tiden slutar innan den börjar", en: "The time ends before it begins")
    }
  }

  public var detail: Phrase {
    switch self {
    case .unknown(let mentorship):
      Phrase(
        sv: "Inget mentorskap har id \(mentorship.rawValue). Ange ett id från board mentorship list.",
        en: "No mentorship has the id \(mentorship.rawValue). Give an id from board mentorship list.")
    case .over(let mentorship, .completed):
      Phrase(
        sv: "\(mentorship.rawValue) är fullföljt. Bara ett pågående mentorskap kan ändras.",
        en: "\(mentorship.rawValue) is completed. Only a running mentorship can be changed.")
    case .over(let mentorship, _):
      Phrase(
        sv: "\(mentorship.rawValue) är avslutat. Bara ett pågående mentorskap kan ändras.",
        en: "\(mentorship.rawValue) has ended. Only a running mentorship can be changed.")
    case .agreementTooLate(let mentorship):
      Phrase(
        sv: "\(mentorship.rawValue) är i sin sista månad. En överenskommelse kan göras och ändras fram till dess.",
        en: "\(mentorship.rawValue) is in its last month. An agreement can be made and changed until then.")
    case .noTopics:
      Phrase(
        sv: "En överenskommelse handlar om något. Ange minst ett ämne.",
        en: "An agreement is about something. Give at least one topic.")
    case .ownPair: MatchRefusal.anotherMustHandle.detail
    case .contactInFuture(let day, let today):
      Phrase(
        sv: "\(day.text) har inte varit än. Ange en dag till och med i dag, \(today.text).",
        en: "\(day.text) is still to come. Give a day up to and including today, \(today.text).")
    case .contactBeforeStart(let day, let starts):
      Phrase(
        sv: "\(day.text) är före mentorskapets början. Ange en dag från och med \(starts.text).",
        en: "\(day.text) is before the mentorship began. Give a day from \(starts.text) on.")
    case .resting(let mentorship, let until?):
      Phrase(
        sv: "\(mentorship.rawValue) vilar till \(until.text). Återuppta det först, eller vänta till dess.",
        en: "\(mentorship.rawValue) rests until \(until.text). Resume it first, or wait until then.")
    case .resting(let mentorship, nil):
      Phrase(
        sv: "\(mentorship.rawValue) är stoppat av styrelsen. Återuppta det först.",
        en: "\(mentorship.rawValue) is suspended by the board. Resume it first.")
    case .notResting(let mentorship):
      Phrase(
        sv: "\(mentorship.rawValue) pågår. Bara det som är pausat eller stoppat kan återupptas.",
        en: "\(mentorship.rawValue) is running. Only what is paused or suspended can be resumed.")
    case .conflictStands(let mentorship, let outcome): ConflictTexts.decideFirst(mentorship, outcome)
    case .pauseTooLong(let day, let latest):
      Phrase(
        sv: "\(day.text) går inte. Ange en dag efter i dag och senast \(latest.text).",
        en: "\(day.text) is not possible. Give a day after today and no later than \(latest.text).")
    case .notEnded(let mentorship):
      Phrase(
        sv: "\(mentorship.rawValue) är inte avslutat i förtid. Bara ett avslut kan ångras.",
        en: "\(mentorship.rawValue) has not ended early. Only an ending can be undone.")
    case .undoTooLate(let mentorship):
      Phrase(
        sv: "\(mentorship.rawValue) avslutades för mer än 24 timmar sedan. Matcha de två på nytt i stället.",
        en: "\(mentorship.rawValue) ended more than 24 hours ago. Match the two anew instead.")
    case .otherIsGone(let mentorship):
      Phrase(
        sv: "En av de två i \(mentorship.rawValue) är raderad ur registret. Matcha den andra på nytt i stället.",
        en: "One of the two of \(mentorship.rawValue) is erased from the register. Match the other anew instead.")
    case .placeTaken:
      Phrase(
        sv: "Adepten har fått ett nytt förslag. Ta tillbaka det först, om de två ska fortsätta.",
        en: "The adept has been offered another place. Withdraw that first, if the two are to go on.")
    case .periodEndsBeforeItBegins(let from, let to):
      Phrase(
        sv: "\(to.text) är före \(from.text). Ange en sista dag som är den första eller senare.",
        en: "\(to.text) is before \(from.text). Give a last day that is the first or later.")
    }
  }
}

/// Why the board's task is not taken or closed.
public enum BoardTaskRefusal: Refusal, Hashable {
  case unknown(BoardTaskID)
  case closed(BoardTaskID, Day)
  case undecided(MentorshipID, CompetitionOutcome)

  public var code: String {
    switch self {
    case .unknown: "board-task/unknown"
    case .closed: "board-task/closed"
    case .undecided: "board-task/undecided"
    }
  }

  public var title: Phrase {
    switch self {
    case .unknown: Phrase(sv: "Uppgiften finns inte", en: "There is no such task")
    case .closed: Phrase(sv: "Uppgiften är klar", en: "The task is done")
    case .undecided: Phrase(sv: "Det är inte avgjort än", en: "It is not decided yet")
    }
  }

  public var detail: Phrase {
    switch self {
    case .unknown(let task):
      Phrase(
        sv: "Ingen uppgift har id \(task.rawValue). Ange ett id från board task list.",
        en: "No task has the id \(task.rawValue). Give an id from board task list.")
    case .closed(let task, let day):
      Phrase(
        sv: "\(task.rawValue) stängdes \(day.text). board task list visar de öppna.",
        en: "\(task.rawValue) was closed on \(day.text). board task list shows the open ones.")
    case .undecided(let mentorship, let outcome): ConflictTexts.decideFirst(mentorship, outcome)
    }
  }
}

private enum ConflictTexts {
  /// What is possible while the competition rule finds something about a mentorship.
  static func decideFirst(_ mentorship: MentorshipID, _ outcome: CompetitionOutcome) -> Phrase {
    let id = mentorship.rawValue
    return outcome == .blocked
      ? Phrase(
        sv: "Regeln spärrar paret. Avsluta med board mentorship end \(id) --by board, eller rätta uppgifterna i "
          + "registret om de är fel; det som inte längre är spärrat går vidare.",
        en: "The rule blocks the pair. End it with board mentorship end \(id) --by board, or put the facts in the "
          + "register right if they are wrong; what is not blocked any more can go on.")
      : Phrase(
        sv: "Styrelsen avgör: ange ett skriftligt skäl med board match decide \(id) --reason.",
        en: "The board decides: give a written reason with board match decide \(id) --reason.")
  }
}
