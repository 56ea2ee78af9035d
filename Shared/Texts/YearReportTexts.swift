import Contracts

/// The yearly report.
public enum YearReportTexts {
  public static func title(_ from: Day, _ to: Day) -> Phrase {
    Phrase(
      sv: "Mentorskapsprogrammet, \(from.inWords.sv) till \(to.inWords.sv)",
      en: "The mentorship programme, \(from.inWords.en) to \(to.inWords.en)")
  }
  public static func columns(_ language: Language) -> [String] {
    switch language {
    case .sv: ["Avsnitt", "Uppgift", "Värde"]
    case .en: ["Section", "Figure", "Value"]
    }
  }
  public static let none = Phrase(sv: "–", en: "–")
  public static let tooFew = Phrase(sv: "färre än fem svar", en: "fewer than five answers")
  public static let notWholeYears = Phrase(
    sv: "visas för hela kalenderår som är slut", en: "told of whole calendar years that are over")
  public static let withheld = Phrase(
    sv: "Vad någon har svarat i en enkät ser ingen. Medelvärden visas för hela kalenderår som är slut, avrundade till "
      + "halva steg, och inte av färre än fem svar.",
    en: "What somebody has answered to a survey nobody sees. Means are told of whole calendar years that are over, "
      + "to the nearest half, and not of fewer than five answers.")
  public static let pairs = Phrase(sv: "Par", en: "Pairs")
  public static let ran = Phrase(sv: "Pågick under tiden", en: "Ran in the time")
  public static let begun = Phrase(sv: "Började", en: "Began")
  public static let completed = Phrase(sv: "Fullföljdes", en: "Completed")
  public static let endedEarly = Phrase(sv: "Avslutades i förtid", en: "Ended early")
  public static let agreements = Phrase(sv: "Överenskommelser", en: "Agreements")
  public static let daysToMatch = Phrase(
    sv: "Dagar från förslag till början (median)", en: "Days from suggestion to start (median)")
  public static let contacts = Phrase(sv: "Kontakter", en: "Contacts")
  public static let all = Phrase(sv: "Kontakter i allt", en: "Contacts in all")
  public static let meetings = Phrase(sv: "Därav träffar", en: "Of these in person")
  public static let daysToFirstContact = Phrase(
    sv: "Dagar till första kontakten (median)", en: "Days to the first contact (median)")
  public static let contactsByMonth = Phrase(sv: "Kontakter per månad", en: "Contacts by month")
  public static let surveys = Phrase(sv: "Enkäter", en: "Surveys")
  public static let board = Phrase(sv: "Styrelsens arbete", en: "What the board did")
  public static let daysToClose = Phrase(sv: "Dagar till klart (median)", en: "Days until done (median)")
  public static let contactChart = Phrase(
    sv: "Kontakter per månad, mörkt för träffar", en: "Contacts by month, dark for in person")
  public static let surveyChart = Phrase(sv: "Så nöjda var de, från 1 till 5", en: "How content they were, from 1 to 5")

  public static func moment(_ moment: SurveyMoment) -> Phrase {
    switch moment {
    case .start: Phrase(sv: "Starten", en: "The start")
    case .halfWay: Phrase(sv: "Halvvägs", en: "Half-way")
    case .end: Phrase(sv: "Slutet", en: "The end")
    }
  }
  public static func answers(_ moment: Phrase) -> Phrase {
    Phrase(sv: "\(moment.sv): svar", en: "\(moment.en): answers")
  }
  public static func mean(_ moment: Phrase) -> Phrase {
    Phrase(sv: "\(moment.sv): medelvärde av 1–5", en: "\(moment.en): mean of 1–5")
  }
  public static func opened(_ kind: Phrase) -> Phrase { Phrase(sv: "\(kind.sv): uppgifter", en: "\(kind.en): tasks") }
  public static func closed(_ kind: Phrase) -> Phrase { Phrase(sv: "\(kind.sv): klara", en: "\(kind.en): done") }
  public static func escalated(_ kind: Phrase) -> Phrase {
    Phrase(sv: "\(kind.sv): försenade", en: "\(kind.en): overdue")
  }

  public static let helpFrom = Phrase(
    sv: "Rapport över ett år från den här dagen.", en: "A report of a year from this day.")
  public static let helpTo = Phrase(sv: "Sista dagen, om det inte är ett år.", en: "The last day, if not of a year.")
  public static let helpCSV = Phrase(sv: "Skriv rapporten som CSV i den här filen.", en: "Write the report as CSV.")
  public static let helpHTML = Phrase(
    sv: "Skriv rapporten som en webbsida med diagram.", en: "Write the report as a web page with charts.")
  public static let fromMissing = Phrase(
    sv: "--to, --csv och --html hör till --from.", en: "--to, --csv and --html belong to --from.")
}
