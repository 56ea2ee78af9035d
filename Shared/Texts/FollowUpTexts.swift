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

  public var code: String {
    switch self {
    case .unknown: "mentorship/unknown"
    case .over: "mentorship/over"
    case .agreementTooLate: "mentorship/agreement-too-late"
    case .noTopics: "mentorship/no-topics"
    case .ownPair: "mentorship/own-pair"
    case .contactInFuture: "mentorship/contact-in-future"
    case .contactBeforeStart: "mentorship/contact-before-start"
    }
  }

  public var title: Phrase {
    switch self {
    case .unknown: Phrase(sv: "Mentorskapet finns inte", en: "There is no such mentorship")
    case .over: Phrase(sv: "Mentorskapet är över", en: "The mentorship is over")
    case .agreementTooLate: Phrase(sv: "Överenskommelsen kan inte ändras", en: "The agreement can't be changed")
    case .noTopics: Phrase(sv: "Inriktningen saknas", en: "The direction is missing")
    case .ownPair: Phrase(sv: "Du är själv en av de två", en: "You are one of the two yourself")
    case .contactInFuture: Phrase(sv: "Kontakten har inte ägt rum", en: "The contact has not taken place")
    case .contactBeforeStart:
      Phrase(sv: "Kontakten är före mentorskapet", en: "The contact is before the mentorship")
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
    case .ownPair:
      Phrase(
        sv: "Ingen handlägger ett par som de själva ingår i. Be någon annan i styrelsen att göra det.",
        en: "Nobody handles a pair that they are in. Ask somebody else on the board to do it.")
    case .contactInFuture(let day, let today):
      Phrase(
        sv: "\(day.text) har inte varit än. Ange en dag till och med i dag, \(today.text).",
        en: "\(day.text) is still to come. Give a day up to and including today, \(today.text).")
    case .contactBeforeStart(let day, let starts):
      Phrase(
        sv: "\(day.text) är före mentorskapets början. Ange en dag från och med \(starts.text).",
        en: "\(day.text) is before the mentorship began. Give a day from \(starts.text) on.")
    }
  }
}
