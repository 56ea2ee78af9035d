import Contracts

/// Why an answer from a mail is not taken. None says more than whoever has the token knows already.
public enum AnswerRefusal: Refusal, Hashable {
  case unknown
  /// The token stands for another answer.
  case otherAnswer(Answer)
  case tooLate(Day)
  /// What it was about is over.
  case closed
  /// The day of the contact is in the future, or before the mentorship.
  case impossibleDay(Day)

  public var code: String {
    switch self {
    case .unknown: "answer/unknown"
    case .otherAnswer: "answer/other-answer"
    case .tooLate: "answer/too-late"
    case .closed: "answer/closed"
    case .impossibleDay: "answer/impossible-day"
    }
  }

  public var title: Phrase {
    switch self {
    case .unknown: Phrase(sv: "Svaret hör inte till någon fråga", en: "The answer belongs to no question")
    case .otherAnswer: Phrase(sv: "Länken står för ett annat svar", en: "The link stands for another answer")
    case .tooLate: Phrase(sv: "Frågan är inte längre öppen", en: "The question is no longer open")
    case .closed: Phrase(sv: "Det som frågan gällde är över", en: "What it was about is over")
    case .impossibleDay: Phrase(sv: "Dagen stämmer inte", en: "The day can't be right")
    }
  }

  public var detail: Phrase {
    switch self {
    case .unknown:
      Phrase(
        sv: "Ingenting har ändrats. Använd en länk ur det senaste mejlet, eller skriv till styrelsen.",
        en: "Nothing has changed. Use a link from the latest mail, or write to the board.")
    case .otherAnswer(let answer):
      Phrase(
        sv:
          "Länken betyder \(answer.rawValue). Ingenting har ändrats. Ändra inte i ämnesraden, utan följ en annan länk.",
        en: "The link means \(answer.rawValue). Nothing has changed. Leave the subject as it is; follow another link.")
    case .tooLate(let day):
      Phrase(
        sv: "Den kunde besvaras till och med \(day.text). Ingenting har ändrats. Skriv till styrelsen i stället.",
        en: "It could be answered until \(day.text). Nothing has changed. Write to the board instead.")
    case .closed:
      Phrase(
        sv: "Ingenting har ändrats. Skriv till styrelsen om något ska ändras.",
        en: "Nothing has changed. Write to the board if something should.")
    case .impossibleDay(let day):
      Phrase(
        sv: "\(day.text) är i framtiden eller före mentorskapet. Ange en dag till och med i dag, eller ingen.",
        en: "\(day.text) is in the future or before the mentorship. Give a day up to today, or none.")
    }
  }
}
