import Contracts
import ServiceRuntime
import Texts

extension Matching {
  /// Both have the whole of so many days after the submission to answer.
  static let daysToAnswer = 14

  static let matchExpiry = DueKind<MatchID>("match-expiry")

  static func submitMatch(_ command: SubmitMatch, _ context: Context) throws -> SubmitMatch.Reply {
    let db = context.db
    let responsible = command.responsible.map { context.principal(named: $0.rawValue) } ?? context.principal
    let decided = try Submission(
      mentor: command.mentor, adept: command.adept,
      mentorProfile: try Profiles.find(db, command.mentor), adeptProfile: try Profiles.find(db, command.adept),
      placesTaken: try Match.placesTaken(db, mentor: command.mentor),
      current: try Match.current(db, adept: command.adept),
      isNotAgain: try PairHistory.isNotAgain(db, command.mentor, command.adept), reason: command.reason,
      handling: try Handling(context), responsible: responsible
    ).check()

    let remaining = try PairHistory.remainingMonths(db, command.adept)
    let match = Match(
      id: MatchID(unchecked: context.newID("p")), mentor: command.mentor, adept: command.adept, state: .submitted,
      months: command.months ?? remaining ?? Months(unchecked: 12), submitted: context.today,
      answerBy: context.today.adding(days: daysToAnswer),
      responsible: responsible.map { PrincipalName(unchecked: $0.id) }, decided: decided)
    try match.insert(db, reason: command.reason, submittedBy: context.principal.id)
    try context.plan(matchExpiry, key: match.id.rawValue, at: match.answerBy.adding(days: 1).at(hour: 6), match.id)
    try context.emit(
      MatchSubmitted(
        match: match.id, mentor: match.mentor, adept: match.adept, submitted: match.submitted,
        answerBy: match.answerBy),
      key: match.id.rawValue)
    return SubmitMatch.Reply(match: match.id, answerBy: match.answerBy)
  }
}
