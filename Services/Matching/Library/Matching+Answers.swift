import Contracts
import ServiceRuntime
import Texts

extension Matching {
  static func answerMatch(_ command: AnswerMatch, _ context: Context) throws -> AnswerMatch.Reply {
    let match = try find(command.match, context)
    return AnswerMatch.Reply(match: match.id, state: try take(command.answer, by: command.party, to: match, context))
  }

  /// Takes one party's answer, whichever way it came.
  ///
  /// - Returns: the state of the match after it.
  static func take(
    _ answer: AnswerMatch.Answer, by party: Party, to match: Match, _ context: Context
  ) throws -> MatchState {
    var match = match
    if match.state.isOpen, answer == .accept { try judge(&match, context) }
    let next = try MatchAnswers.answer(match, by: party, answer, isClear: try isReady(match, context))
    guard next != match.state else { return next }
    switch next {
    case .active: try activate(&match, context)
    case .declined:
      try match.move(context.db, to: next, declinedBy: party)
      try close(match, .declined, context)
    default:
      // Where it is held, both have answered: there is nobody to remind, and nothing that expires.
      if next == .held { try context.cancel(matchExpiry, key: match.id.rawValue) }
      try match.move(context.db, to: next)
      try context.emit(MatchAccepted(match: match.id, by: party), key: match.id.rawValue)
    }
    return next
  }

  /// Both have accepted and nothing is in the way: the mentorship begins today.
  static func activate(_ match: inout Match, _ context: Context) throws {
    match.state = .active
    try match.move(context.db, to: .active)
    try PairHistory.isSettled(context.db, match.adept)
    try context.cancel(matchExpiry, key: match.id.rawValue)
    try context.emit(
      MatchActivated(
        match: match.id, mentor: match.mentor, adept: match.adept, starts: context.today, months: match.months,
        mentorKommun: try Profiles.find(context.db, match.mentor)?.kommun,
        adeptKommun: try Profiles.find(context.db, match.adept)?.kommun),
      key: match.id.rawValue)
  }

  static func withdrawMatch(_ command: WithdrawMatch, _ context: Context) throws -> WithdrawMatch.Reply {
    let match = try findToHandle(command.match, context)
    let next = try MatchAnswers.withdraw(match)
    if next != match.state { try withdraw(match, context) }
    return WithdrawMatch.Reply(match: match.id, state: next)
  }

  static func withdraw(_ match: Match, _ context: Context) throws {
    try match.move(context.db, to: .withdrawn)
    try close(match, .withdrawn, context)
  }

  static func expireMatch(_ id: MatchID, _ context: Context) throws {
    guard let match = try Match.find(context.db, id), match.state.isOpen else { return }
    try match.move(context.db, to: .expired)
    try close(match, .expired, context)
  }

  /// Followup says that the mentorship is over. Said twice, or of a match that a restored store has lost, it
  /// changes nothing.
  static func freePlace(
    _ mentorship: MentorshipID, remaining: Months? = nil, notAgain: Bool = false, _ context: Context
  ) throws -> DeliveryOutcome {
    if var match = try Match.find(context.db, mentorship.match), match.state == .active {
      try match.move(context.db, to: .ended, ended: context.today)
      // Were it undone, all that is found is to be told anew.
      match.open = []
      try match.keepGrounds(context.db)
      try PairHistory.keep(context.db, ended: match, remaining: remaining, notAgain: notAgain)
    }
    return .done
  }

  private static func find(_ id: MatchID, _ context: Context) throws -> Match {
    guard let match = try Match.find(context.db, id) else { throw MatchRefusal.unknownMatch(id) }
    guard !match.involves(context.principal.memberID) else { throw MatchRefusal.anotherMustHandle }
    return match
  }

  /// The same for whoever is to see or decide what is known of the two.
  static func findToHandle(_ id: MatchID, _ context: Context) throws -> Match {
    let match = try find(id, context)
    try Handling(context).check(context.db, match.mentor, match.adept)
    return match
  }

  private static func close(_ match: Match, _ outcome: MatchClosed.Outcome, _ context: Context) throws {
    try context.cancel(matchExpiry, key: match.id.rawValue)
    try context.emit(MatchClosed(match: match.id, outcome: outcome), key: match.id.rawValue)
  }
}
