import Contracts
import GRDB
import Rules
import ServiceRuntime
import Texts

extension Matching {
  static func keepProfile(_ profile: Profile, _ context: Context) throws -> DeliveryOutcome {
    let before = try Profiles.find(context.db, profile.member)
    try Profiles.keep(context.db, profile)
    // Most changes touch nobody who is in a match.
    for var match in try Match.current(context.db, of: profile.member) {
      try judge(&match, context)
      switch match.state {
      case .active: try noteTenders(of: profile, before: before, in: match, context)
      // Both have accepted, and what was in the way is gone.
      case .held where match.openRules.isEmpty: try activate(&match, context)
      default: break
      }
    }
    return .done
  }

  /// Works the competition rule out anew, keeps what it finds that the board has not decided on, and tells followup when
  /// that is another than before.
  static func judge(_ match: inout Match, _ context: Context) throws {
    guard let competition = try competition(of: match, context) else { return }
    let open = match.undecided(competition)
    guard open != match.openRules else { return }
    match.openRules = open
    try match.keepRules(context.db)
    let rules = Bounded(CompetitionRule.allCases.filter(open.contains))
    let key = match.id.rawValue
    if open.isEmpty {
      try context.emit(ConflictCleared(match: match.id), key: key)
    } else if match.state == .active {
      try context.emit(ConflictFound(match: match.id, outcome: competition.outcome, rules: rules), key: key)
    } else {
      try context.emit(MatchHeld(match: match.id, outcome: competition.outcome, rules: rules), key: key)
    }
  }

  /// What the rule says of a match's two; nil where one of them is erased.
  private static func competition(of match: Match, _ context: Context) throws -> Competition? {
    guard let mentor = try Profiles.find(context.db, match.mentor),
      let adept = try Profiles.find(context.db, match.adept)
    else { return nil }
    return Competition(
      mentor: mentor, adept: adept, notAgain: try PairHistory.isNotAgain(context.db, match.mentor, match.adept))
  }

  /// The tender firewall: whoever registers a tender while in a mentorship is told, whatever the other plans.
  private static func noteTenders(of profile: Profile, before: Profile?, in match: Match, _ context: Context) throws {
    let known = before?.facts?.tenderKeys ?? []
    for tender in profile.facts?.tenders?.elements ?? [] where !known.contains(tender.reference.key) {
      try context.emit(
        TenderNoted(match: match.id, member: profile.member, reference: tender.reference), key: match.id.rawValue)
    }
  }

  static func decideMatch(_ command: DecideMatch, _ context: Context) throws -> DecideMatch.Reply {
    var match = try findToHandle(command.match, context)
    guard let competition = try competition(of: match, context) else { throw MatchRefusal.nothingToDecide(match.id) }
    guard competition.outcome != .blocked else { throw MatchRefusal.blocked(competition.evidence.map(\.phrase)) }
    guard match.state == .held || !match.openRules.isEmpty else { throw MatchRefusal.nothingToDecide(match.id) }
    guard match.state.isOpen || match.state == .active else { throw MatchRefusal.notOpen(match.id, match.state) }
    guard command.reason.isWritten else { throw MatchRefusal.reasonNeeded(competition.evidence.map(\.phrase)) }
    let wasOpen = !match.openRules.isEmpty
    match.decidedRules.formUnion(competition.rules)
    match.openRules = []
    try match.keepRules(context.db, reason: command.reason)
    if wasOpen { try context.emit(ConflictCleared(match: match.id), key: match.id.rawValue) }
    if match.state == .held { try activate(&match, context) }
    return DecideMatch.Reply(match: match.id, state: match.state)
  }

  static func explainPair(_ query: ExplainPair, _ context: Context) throws -> ExplainPair.Reply {
    let db = context.db
    let (mentor, adept) = (try Profiles.find(db, query.mentor), try Profiles.find(db, query.adept))
    let own = context.principal.memberID
    let handling = Handling(member: own, profile: try own.flatMap { try Profiles.find(db, MemberID(unchecked: $0)) })
    guard query.mentor != query.adept else { throw MatchRefusal.selfMatch(query.mentor) }
    guard handling.allows(query.mentor, query.adept, mentor, adept) else { throw MatchRefusal.anotherMustHandle }
    guard let mentor else { throw MatchRefusal.unknownMember(.mentor, query.mentor) }
    guard let adept else { throw MatchRefusal.unknownMember(.adept, query.adept) }
    let explanation = try explain(mentor, adept, context)
    let language = context.language
    return ExplainPair.Reply(
      outcome: explanation.competition.outcome,
      findings: Bounded(
        explanation.competition.evidence.map {
          ExplainPair.Finding(rule: $0.rule, outcome: $0.rule.outcome, reason: Sentence($0.phrase[language]))
        }),
      total: Points(unchecked: explanation.total),
      lines: Bounded(
        explanation.lines.map {
          ExplainPair.Line(
            part: Code(unchecked: $0.part.name), points: Points(unchecked: $0.points),
            reason: Sentence($0.part.phrase[language]))
        }), version: Number(unchecked: try weights(context).version))
  }
}

extension Matching {
  /// What the rule and the scores say of two members as they are today.
  static func explain(_ mentor: Profile, _ adept: Profile, _ context: Context) throws -> Explanation {
    let isReturning = try PairHistory.remainingMonths(context.db, adept.member) != nil
    return Explanation(
      mentor: Cohort.Person(mentor, today: context.today),
      adept: Cohort.Person(adept, isReturning: isReturning, today: context.today), weights: try weights(context),
      notAgain: try PairHistory.isNotAgain(context.db, mentor.member, adept.member))
  }
}

extension Match {
  /// What the rule has found that the board's reason doesn't cover. A reason covers nothing that blocks.
  func undecided(_ competition: Competition) -> Set<CompetitionRule> {
    Set(competition.rules.filter { $0.outcome == .blocked || !decidedRules.contains($0) })
  }
}
