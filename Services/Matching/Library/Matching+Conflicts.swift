import Contracts
import GRDB
import Rules
import ServiceRuntime
import Texts

extension Matching {
  static func keepProfile(_ profile: Profile, _ context: Context) throws -> DeliveryOutcome {
    let before = try Profiles.find(context.db, profile.member)
    try Profiles.keep(context.db, profile)
    // Who comes back has applied anew.
    if profile.status == .left { try PairHistory.isSettled(context.db, profile.member) }
    // Most changes touch nobody who is in a match.
    for var match in try Match.current(context.db, of: profile.member) {
      if profile.status == .left, match.state.isOpen {
        try withdraw(match, context)
        continue
      }
      try judge(&match, context)
      switch match.state {
      case .active: try noteTenders(of: profile, before: before, in: match, context)
      // Both have accepted, and what was in the way is gone.
      case .held where try isReady(match, context): try activate(&match, context)
      default: break
      }
    }
    return .done
  }

  /// Works the competition rule out anew, keeps what it finds that the board has not decided on, and tells followup when
  /// there is something new in it, or a rule finds nothing any more.
  static func judge(_ match: inout Match, _ context: Context) throws {
    guard let (competition, grounds) = try findings(match, context) else { return }
    let (open, before) = (match.undecided(grounds), match.open)
    // Were it to begin by itself when a confidence is taken back, that would tell what had been in the way: the board
    // lets it begin.
    if match.state == .held, open.isEmpty, before.contains(where: \.rule.isConfidential) { return }
    guard open != before else { return }
    match.open = open
    try match.keepGrounds(context.db)
    let rules = CompetitionRule.allCases.filter(Set(open.map(\.rule)).contains)
    guard !open.isSubset(of: before) || Set(rules) != Set(before.map(\.rule)) else { return }
    let key = match.id.rawValue
    if open.isEmpty {
      try context.emit(ConflictCleared(match: match.id), key: key)
    } else if match.state == .active {
      try context.emit(
        ConflictFound(match: match.id, outcome: competition.outcome, rules: Bounded(rules)), key: key)
    } else {
      try context.emit(MatchHeld(match: match.id, outcome: competition.outcome, rules: Bounded(rules)), key: key)
    }
  }

  /// What the rule says of a match's two, and all that it finds, also by what they know of each other alone; nil where one
  /// of them is erased.
  private static func findings(
    _ match: Match, _ context: Context
  ) throws -> (competition: Competition, grounds: Set<Ground>)? {
    guard let mentor = try Profiles.find(context.db, match.mentor),
      let adept = try Profiles.find(context.db, match.adept)
    else { return nil }
    let competition = Competition(
      mentor: mentor, adept: adept, notAgain: try PairHistory.isNotAgain(context.db, match.mentor, match.adept))
    return (competition, competition.grounds.union(Competition.grounds(knownToBoth: mentor, adept)))
  }

  /// Whether nothing that the rule finds awaits the board, and both take part.
  static func isReady(_ match: Match, _ context: Context) throws -> Bool {
    guard match.open.isEmpty else { return false }
    return try [match.mentor, match.adept].allSatisfy { try Profiles.find(context.db, $0)?.status == .active }
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
    guard let (competition, grounds) = try findings(match, context) else {
      throw MatchRefusal.nothingToDecide(match.id)
    }
    guard competition.outcome != .blocked else { throw MatchRefusal.blocked(competition.evidence.map(\.phrase)) }
    guard match.state == .held || !match.open.isEmpty else { throw MatchRefusal.nothingToDecide(match.id) }
    guard match.state.isOpen || match.state == .active else { throw MatchRefusal.notOpen(match.id, match.state) }
    guard command.reason.isWritten else { throw MatchRefusal.reasonNeeded(competition.evidence.map(\.phrase)) }
    let wasOpen = !match.open.isEmpty
    match.decided.formUnion(grounds)
    match.open = []
    if match.state == .held { try checkActive(match, context) }
    try match.keepGrounds(context.db, reason: command.reason)
    if wasOpen { try context.emit(ConflictCleared(match: match.id), key: match.id.rawValue) }
    if match.state == .held { try activate(&match, context) }
    return DecideMatch.Reply(match: match.id, state: match.state)
  }

  private static func checkActive(_ match: Match, _ context: Context) throws {
    for (party, member) in [(Party.mentor, match.mentor), (.adept, match.adept)]
    where try Profiles.find(context.db, member)?.status != .active {
      throw MatchRefusal.inactive(party, member)
    }
  }

  static func explainPair(_ query: ExplainPair, _ context: Context) throws -> ExplainPair.Reply {
    let db = context.db
    let (mentor, adept) = (try Profiles.find(db, query.mentor), try Profiles.find(db, query.adept))
    guard query.mentor != query.adept else { throw MatchRefusal.selfMatch(query.mentor) }
    try Handling(context).check(db, query.mentor, query.adept)
    guard let mentor else { throw MatchRefusal.unknownMember(.mentor, query.mentor) }
    guard let adept else { throw MatchRefusal.unknownMember(.adept, query.adept) }
    guard mentor.role.isMentor else { throw MatchRefusal.notMentor(mentor.member) }
    guard adept.role.isAdept else { throw MatchRefusal.notAdept(adept.member) }
    let explanation = try explain(mentor, adept, context)
    let language = context.language
    return ExplainPair.Reply(
      outcome: explanation.competition.outcome,
      findings: Bounded(explanation.competition.evidence.map { ExplainPair.Finding($0, language) }),
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
  /// Those grounds that the board's reason doesn't cover. A reason covers nothing that blocks.
  func undecided(_ grounds: Set<Ground>) -> Set<Ground> {
    grounds.filter { ground in
      ground.rule.outcome == .blocked || !(decided.contains(ground) || decided.contains(Ground(rule: ground.rule)))
    }
  }
}
