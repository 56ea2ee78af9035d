import Contracts

/// What the year says beside its milestones.
extension MailTexts {
  var agreement: [Phrase] {
    let begins =
      task?.kind == .agreementConfirmed
      ? Phrase(
        sv: "Du och \(other) är överens. Den här överenskommelsen gäller, tills ni gör en ny:",
        en: "You and \(other) agree. This agreement holds until you make another:")
      : Phrase(
        sv: "\(other) föreslår den här överenskommelsen för ert mentorskap:",
        en: "\(other) suggests this agreement for your mentorship:")
    guard let task else { return [begins, mayEnd] }
    var lines: [Phrase] = []
    if let topics = task.topics?.elements, !topics.isEmpty {
      let words = topics.map(WordTexts.topic)
      lines.append(
        Phrase(
          sv: "Inriktning: \(words.map(\.sv).joined(separator: ", "))",
          en: "Direction: \(words.map(\.en).joined(separator: ", "))"))
    }
    if let direction = task.direction { lines.append(Phrase(sv: direction.rawValue, en: direction.rawValue)) }
    if let weeks = task.everyWeeks?.rawValue {
      lines.append(
        weeks == 1
          ? Phrase(sv: "Kontakt: varje vecka", en: "Contact: every week")
          : Phrase(sv: "Kontakt: var \(weeks):e vecka", en: "Contact: every \(weeks) weeks"))
    }
    if let form = task.form.map(WordTexts.form) {
      lines.append(Phrase(sv: "Form: \(form.sv)", en: "Form: \(form.en)"))
    }
    if let meetings = task.meetings?.rawValue {
      lines.append(Phrase(sv: "Träffar under året: \(meetings)", en: "Meetings in the year: \(meetings)"))
    }
    guard !lines.isEmpty else { return [begins, mayEnd] }
    return [
      begins,
      Phrase(sv: lines.map(\.sv).joined(separator: "\n"), en: lines.map(\.en).joined(separator: "\n")), mayEnd,
    ]
  }

  var survey: Phrase {
    switch task?.survey {
    case .start, nil:
      Phrase(
        sv: "Hur väl har starten fungerat för dig och \(other)? Svaret räknas, men ingen ser vem som har svarat vad.",
        en: "How well has the start worked for you and \(other)? The answer is counted; nobody sees who gave it.")
    case .halfWay:
      Phrase(
        sv: "Hur nöjd är du med samtalen mellan dig och \(other) så här långt? Ingen ser vem som har svarat vad.",
        en: "How content are you with the conversations between you and \(other) so far? Nobody sees who answered.")
    case .end:
      Phrase(
        sv: "Hur nöjd är du med mentorskapet mellan dig och \(other)? Ingen ser vem som har svarat vad.",
        en: "How content are you with the mentorship between you and \(other)? Nobody sees who answered.")
    }
  }

  var hold: Phrase {
    switch task?.kind {
    case .resumed:
      Phrase(
        sv: "Mentorskapet mellan dig och \(other) fortsätter. Boka gärna ett samtal.",
        en: "The mentorship between you and \(other) goes on. Do arrange a conversation.")
    case .suspended:
      Phrase(
        sv: "Styrelsen har stoppat mentorskapet mellan dig och \(other) tills vidare, och hör av sig till er båda.",
        en: "The board has suspended the mentorship between you and \(other) for now, and will write to you both.")
    default:
      Phrase(
        sv: "Mentorskapet mellan dig och \(other) vilar\(day.map { " till den \($0.sv)" } ?? ""). Ingen påminner er.",
        en: "The mentorship between you and \(other) rests\(day.map { " until \($0.en)" } ?? ""). Nobody reminds you.")
    }
  }

  var tenderNotice: Phrase {
    Phrase(
      sv: """
        Tala inte med \(other) om upphandlingen som du har anmält. Det gäller alla, vem den andra än är, och säger \
        ingenting om vad någon annan planerar. Allt annat kan ni tala om som förut.
        """,
      en: """
        Please do not talk with \(other) about the tender that you have registered. That holds for everybody, and says \
        nothing of what anybody else plans. All else you can talk about as before.
        """)
  }

  var ending: Phrase {
    switch task?.kind {
    case .endingUndone:
      Phrase(
        sv: "Mentorskapet mellan dig och \(other) fortsätter som förut.",
        en: "The mentorship between you and \(other) goes on as before.")
    case .placeTaken:
      Phrase(
        sv: "Platsen har redan gått till någon annan, så mentorskapet mellan dig och \(other) förblir avslutat.",
        en: "The place has gone to somebody else, so the mentorship between you and \(other) remains ended.")
    case .remainingMonths:
      Phrase(
        sv: """
          Av mentorskapet mellan dig och \(other) är \(task?.months.map { "\($0.rawValue) månader" } ?? "månader") \
          kvar. Vill du ha en ny mentor för dem går du först i nästa matchning.
          """,
        en: """
          Of the mentorship between you and \(other), \(task?.months.map { "\($0.rawValue) months" } ?? "months") \
          remain. If you would like a new mentor for them, you go first in the next matching.
          """)
    default:
      Phrase(
        sv: "Du har svarat att du vill avsluta mentorskapet med \(other). Bekräfta, så är det avslutat.",
        en: "You have answered that you want to end the mentorship with \(other). Confirm, and it has ended.")
    }
  }
}
