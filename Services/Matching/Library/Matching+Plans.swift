import Contracts
import GRDB
import Planner
import Rules
import ServiceRuntime
import Texts

/// Drafts of plans. What is planned here is small enough for one transaction; a whole country is planned from files.
extension Matching {
  private static let greatestPlan = 250_000

  static func makePlan(_ command: MakePlan, _ context: Context) throws -> PlanReply {
    let db = context.db
    let before = try command.after.map { try findDraft($0, context) }
    func members(_ pairs: Bounded<PlanPair>?) -> [PlanDraft.Members] {
      (pairs?.elements ?? []).map { PlanDraft.Members(adept: $0.adept, mentor: $0.mentor) }
    }
    let handling = try Handling(context)
    for pair in members(command.lock) + members(command.forbid) {
      try handling.check(db, pair.mentor, pair.adept)
    }
    let cohort = try cohort(context)
    // What one of the two has declined is not proposed to them again, unless the board locks it.
    let declined = try PlanDraft.Members.declined(db).filter { cohort.pair($0.adept, $0.mentor) != nil }
      .subtracting(before?.locked ?? [])
    let forbidden = (before?.forbidden ?? []).union(declined).subtracting(members(command.lock))
      .union(members(command.forbid))
    let locked = (before?.locked ?? []).subtracting(forbidden).union(members(command.lock))
    let problem = try problem(cohort, locked: locked, named: members(command.lock), forbidden: forbidden)
    let plan: Plan
    let other: Plan
    do {
      plan = try Plan(problem, command.objective.planned)
      other = try Plan(problem, command.objective == .bestScore ? .mostAdepts : .bestScore)
    } catch { throw PlanRefusal.impossible }
    let settled = Set(plan.problem.locked)
    let pairs = plan.pairs.map { pair in
      PlanDraft.Pair(
        adept: cohort.adepts[pair.adept].profile.member, mentor: cohort.mentors[pair.mentor].profile.member,
        score: cohort.scores[pair] ?? 0, isLocked: settled.contains(pair))
    }
    let draft = PlanDraft(
      id: PlanID(unchecked: context.newID("d")), objective: command.objective, made: context.today, pairs: pairs,
      forbidden: forbidden)
    try draft.insert(db, madeBy: context.principal.id)
    try PlanAccount(cohort, plan, other: other, today: context.today).insert(db, draft.id)
    try PlanScores.insert(db, draft.id, cohort, problem)
    return reply(draft, context)
  }

  /// Those who wait and the places that are free, as everything is now.
  static func cohort(_ context: Context) throws -> Cohort {
    let db = context.db
    let adepts = try Profiles.waitingAdepts(db).map {
      Cohort.Person($0, isReturning: try PairHistory.remainingMonths(db, $0.member) != nil, today: context.today)
    }
    let mentors = try Profiles.activeMentors(db, after: "", limit: .max).compactMap { profile -> Cohort.Person? in
      let free = profile.places.rawValue - (try Match.placesTaken(db, mentor: profile.member))
      return free > 0 ? Cohort.Person(profile, places: free, today: context.today) : nil
    }
    guard adepts.count * mentors.count <= greatestPlan else {
      throw PlanRefusal.tooMany(pairs: adepts.count * mentors.count, maximum: greatestPlan)
    }
    return try Cohort(
      mentors: mentors, adepts: adepts, weights: try weights(context), notAgain: try PairHistory.notAgain(db))
  }

  /// - Parameter named: of the locked pairs those that the caller names, who must be there; others may have gone.
  static func problem(
    _ cohort: Cohort, locked: Set<PlanDraft.Members>, named: [PlanDraft.Members] = [],
    forbidden: Set<PlanDraft.Members>
  ) throws -> PlanProblem {
    for pair in named {
      guard let numbers = cohort.pair(pair.adept, pair.mentor), cohort.scores[numbers] != nil else {
        throw PlanRefusal.cannotLock(mentor: pair.mentor, adept: pair.adept)
      }
    }
    func numbers(_ pairs: Set<PlanDraft.Members>) -> Set<Planner.Pair> {
      Set(pairs.compactMap { cohort.pair($0.adept, $0.mentor) })
    }
    do {
      return try PlanProblem(
        scores: cohort.scores, places: cohort.mentors.map(\.places), locked: numbers(locked),
        forbidden: numbers(forbidden))
    } catch { throw PlanRefusal.impossible }
  }

  static func editPlan(_ command: EditPlan, _ context: Context) throws -> PlanReply {
    var draft = try findDraft(command.plan, context)
    try draft.check(seen: command.version)
    let handling = try Handling(context)
    for pair in draft.concerned(command.adept, command.other) {
      try handling.check(context.db, pair.mentor, pair.adept)
    }
    try draft.change(command.change, command.adept, command.other) { mentor, adept in
      guard let mentor = try Profiles.find(context.db, mentor), let adept = try Profiles.find(context.db, adept) else {
        return nil
      }
      let explanation = try explain(mentor, adept, context)
      return explanation.competition.outcome == .blocked ? nil : explanation.total
    }
    try draft.update(context.db)
    return reply(draft, context)
  }

  static func publishPlan(_ command: PublishPlan, _ context: Context) throws -> PublishPlan.Reply {
    var draft = try findDraft(command.plan, context)
    try draft.check(seen: command.version)
    if let adept = command.adept {
      guard let pair = draft.pairs.first(where: { $0.adept == adept }) else {
        throw PlanRefusal.notInPlan(adept, draft.id)
      }
      guard pair.match == nil else { throw PlanRefusal.published(adept) }
    }
    let wanted = draft.pairs.indices.filter {
      let pair = draft.pairs[$0]
      return pair.match == nil && (command.adept ?? pair.adept) == pair.adept
        && pair.adept.rawValue > command.after?.rawValue ?? ""
    }
    var (matches, left): ([MatchID], [PublishPlan.Left]) = ([], [])
    let page = wanted.prefix(Bounded<MatchID>.maximum)
    for index in page {
      let pair = draft.pairs[index]
      do {
        let reply = try submitMatch(
          SubmitMatch(mentor: pair.mentor, adept: pair.adept, reason: command.reason), context)
        draft.pairs[index].match = reply.match
        matches.append(reply.match)
      } catch let refusal as MatchRefusal {
        // Refused before anything was written.
        let language = context.language
        left.append(
          PublishPlan.Left(
            adept: pair.adept, mentor: pair.mentor, code: Code(unchecked: refusal.code),
            reason: Sentence("\(refusal.title[language]). \(refusal.detail[language])")))
      }
    }
    try draft.update(context.db)
    return PublishPlan.Reply(
      matches: Bounded(matches), left: Bounded(left),
      next: page.count < wanted.count ? page.last.map { draft.pairs[$0].adept } : nil)
  }

  static func getPlan(_ query: GetPlan, _ context: Context) throws -> GetPlan.Reply {
    guard let id = try query.plan ?? PlanDraft.latest(context.db) else { throw PlanRefusal.none }
    let draft = try findDraft(id, context)
    let handling = try Handling(context)
    let pairs = draft.pairs.filter { $0.adept.rawValue > query.after?.rawValue ?? "" }
    let items = try pairs.prefix(Bounded<GetPlan.Item>.maximum).map { pair in
      GetPlan.Item(
        adept: pair.adept, mentor: pair.mentor,
        score: pair.involves(context.principal.memberID) ? nil : Points(unchecked: pair.score), isLocked: pair.isLocked,
        needsReason: try needsReason(pair, handling, context), match: pair.match)
    }
    return GetPlan.Reply(
      plan: draft.id, objective: draft.objective, made: draft.made, total: reply(draft, context).total,
      pairs: Bounded(items),
      next: pairs.count > items.count ? items.last.map { PageToken(unchecked: $0.adept.rawValue) } : nil,
      version: Number(unchecked: draft.version))
  }

  /// Whether a reason is needed gives away that something was found: not to whom it concerns.
  private static func needsReason(_ pair: PlanDraft.Pair, _ handling: Handling, _ context: Context) throws -> Bool {
    guard let mentor = try Profiles.find(context.db, pair.mentor),
      let adept = try Profiles.find(context.db, pair.adept),
      handling.allows(pair.mentor, pair.adept, mentor, adept)
    else { return false }
    return try explain(mentor, adept, context).competition.outcome == .boardDecides
  }

  static func findDraft(_ id: PlanID, _ context: Context) throws -> PlanDraft {
    guard let draft = try PlanDraft.find(context.db, id) else { throw PlanRefusal.unknown(id) }
    return draft
  }

  private static func reply(_ draft: PlanDraft, _ context: Context) -> PlanReply {
    let others = draft.pairs.filter { !$0.involves(context.principal.memberID) }
    return PlanReply(
      plan: draft.id, pairs: Count(draft.pairs.count), total: Points(unchecked: others.reduce(0) { $0 + $1.score }),
      version: Number(unchecked: draft.version))
  }
}

extension PlanObjective {
  var planned: Objective { self == .bestScore ? .bestScore : .mostAdepts }
}
