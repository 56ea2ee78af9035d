import Contracts
import Texts

/// What a month comes to, from the mails that came and the answers that were given.
struct Chronicle {
  private var mails: [TellMember.Kind: Int] = [:]
  private var answers: [Answer: Int] = [:]
  private var asked: [SurveyMoment: Int] = [:]
  private var answered: [SurveyMoment: Int] = [:]
  private var toBoard: [TellBoard.Kind: Int] = [:]
  private var dated = 0
  private var cancelled = 0
  /// Days on which anybody was asked or reminded whether they have talked, or how they find it.
  private var busy: Set<Day> = []
  /// It knows of the whole month so far, and not only of the days since the year was gone on with.
  var isWhole = true
  /// Board tasks whose reason went away by itself.
  var settledThemselves = 0

  mutating func note(_ letter: Correspondence.Letter, on day: Day) {
    mails[letter.kind, default: 0] += 1
    if let moment = Chronicle.moment(letter) { asked[moment, default: 0] += 1 }
    if letter.dates.contains(where: { !$0.isCancelled }) { dated += 1 }
    if letter.dates.contains(where: \.isCancelled) { cancelled += 1 }
    switch letter.kind {
    case .firstContactReminder, .checkIn, .contactReminder, .survey, .halfWay: busy.insert(day)
    default: break
    }
  }

  mutating func note(_ kinds: [TellBoard.Kind]) { for kind in kinds { toBoard[kind, default: 0] += 1 } }

  mutating func note(_ answer: Answer, to letter: Correspondence.Letter) {
    if let moment = Chronicle.moment(letter) {
      answered[moment, default: 0] += 1
    } else {
      answers[answer, default: 0] += 1
    }
  }

  private static func moment(_ letter: Correspondence.Letter) -> SurveyMoment? {
    letter.kind == .survey ? SurveyMoment(rawValue: String(letter.about.dropFirst("survey-".count))) : nil
  }

  /// A line for each thing that there was, and then for the days that were left in peace.
  ///
  /// - Parameter last: the last day that it knows of; of a month that is not over nobody can say what was quiet.
  func lines(until last: Day) -> [Phrase] {
    var lines: [Phrase] = []
    func count(_ kind: TellMember.Kind) -> Int { mails[kind] ?? 0 }
    let (invitations, reminders) = (count(.invitation), count(.invitationReminder))
    if invitations + reminders > 0 { lines.append(DemoTexts.invitations(invitations, reminders)) }
    if count(.welcome) > 0 { lines.append(DemoTexts.welcomes(count(.welcome))) }
    if count(.firstContactReminder) > 0 { lines.append(DemoTexts.firstContacts(count(.firstContactReminder))) }
    if count(.checkIn) + count(.contactReminder) > 0 {
      let met = answers.filter { $0.key.form != nil }.values.reduce(0, +)
      func count(_ answer: Answer) -> Int { answers[answer] ?? 0 }
      lines.append(
        DemoTexts.checkIns(
          mails[.checkIn] ?? 0, mails[.contactReminder] ?? 0, met: met, notYet: count(.notYet),
          help: count(.needHelp), end: count(.wantToEnd)))
    }
    if count(.halfWay) > 0 { lines.append(DemoTexts.halfWay(count(.halfWay))) }
    if count(.closing) > 0 { lines.append(DemoTexts.closing(count(.closing))) }
    for moment in SurveyMoment.allCases {
      guard let asked = asked[moment] else { continue }
      lines.append(DemoTexts.survey(YearReportTexts.moment(moment), asked, answered[moment] ?? 0))
    }
    if dated + cancelled > 0 { lines.append(DemoTexts.calendar(dated, cancelled)) }
    let new = toBoard[.notice] ?? 0
    if new + settledThemselves + (toBoard[.digest] ?? 0) > 0 {
      lines.append(
        DemoTexts.toBoard(
          new, overdue: toBoard[.escalation] ?? 0, mornings: toBoard[.digest] ?? 0, byThemselves: settledThemselves))
    }
    guard isWhole, last.adding(days: 1).month != last.month else { return lines }
    if last.month == 7, busy.isEmpty { lines.append(DemoTexts.quietJuly) }
    if last.month == 12, busy.allSatisfy({ ![24, 25, 26, 31].contains($0.day) }) {
      lines.append(DemoTexts.quietChristmas)
    }
    return lines
  }
}
