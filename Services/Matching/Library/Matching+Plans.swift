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
    let cohort = try Cohort(
      mentors: mentors, adepts: adepts, weights: try weights(context), notAgain: try PairHistory.notAgain(db))
    func numbers(_ pairs: [PlanDraft.Pair]) -> Set<Planner.Pair> {
      Set(pairs.compactMap { cohort.pair($0.adept, $0.mentor) })
    }
    let plan: Plan
    do {
      let pending = (before?.pairs ?? []).filter { $0.match == nil }
      plan = try Plan(
        PlanProblem(
          scores: cohort.scores, places: cohort.mentors.map(\.places),
          locked: numbers(pending.filter { $0.isLocked && !$0.isDropped }),
          forbidden: numbers(pending.filter(\.isDropped))),
        command.objective == .bestScore ? .bestScore : .mostAdepts)
    } catch { throw PlanRefusal.impossible }
    let locked = Set(plan.problem.locked)
    var pairs = plan.pairs.map { pair in
      PlanDraft.Pair(
        adept: cohort.adepts[pair.adept].profile.member, mentor: cohort.mentors[pair.mentor].profile.member,
        score: cohort.scores[pair] ?? 0, isLocked: locked.contains(pair))
    }
    // What was dropped stays known, so that it is not proposed the next time either.
    let proposed = Set(pairs.map(\.adept))
    pairs += (before?.pairs ?? []).filter { $0.isDropped && !proposed.contains($0.adept) }
    let draft = PlanDraft(
      id: PlanID(unchecked: context.newID("d")), objective: command.objective, made: context.today, pairs: pairs)
    try draft.insert(db, madeBy: context.principal.id)
    return reply(draft)
  }

  static func editPlan(_ command: EditPlan, _ context: Context) throws -> PlanReply {
    var draft = try findDraft(command.plan, context)
    try draft.change(command.change, command.adept, command.other) { mentor, adept in
      guard let mentor = try Profiles.find(context.db, mentor), let adept = try Profiles.find(context.db, adept) else {
        return nil
      }
      let explanation = try explain(mentor, adept, context)
      return explanation.competition.outcome == .blocked ? nil : explanation.total
    }
    try draft.update(context.db)
    return reply(draft)
  }

  static func publishPlan(_ command: PublishPlan, _ context: Context) throws -> PublishPlan.Reply {
    var draft = try findDraft(command.plan, context)
    let wanted = draft.pairs.indices.filter {
      let pair = draft.pairs[$0]
      return !pair.isDropped && pair.match == nil && (command.adept ?? pair.adept) == pair.adept
        && pair.adept.rawValue > command.after?.rawValue ?? ""
    }
    if let adept = command.adept, wanted.isEmpty { throw PlanRefusal.notInPlan(adept, draft.id) }
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
        left.append(PublishPlan.Left(adept: pair.adept, mentor: pair.mentor, code: Code(unchecked: refusal.code)))
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
    let own = context.principal.memberID
    let pairs = draft.standing.filter { $0.adept.rawValue > query.after?.rawValue ?? "" }
    let items = try pairs.prefix(Bounded<GetPlan.Item>.maximum).map { pair in
      // Whether a reason is needed gives away that something was found: not to one of the two.
      let isOwn = own == pair.adept.rawValue || own == pair.mentor.rawValue
      return GetPlan.Item(
        adept: pair.adept, mentor: pair.mentor, score: Points(unchecked: pair.score), isLocked: pair.isLocked,
        needsReason: try !isOwn && needsReason(pair, context), match: pair.match)
    }
    return GetPlan.Reply(
      plan: draft.id, objective: draft.objective, made: draft.made, total: reply(draft).total, pairs: Bounded(items),
      next: pairs.count > items.count ? items.last.map { PageToken(unchecked: $0.adept.rawValue) } : nil)
  }

  private static func needsReason(_ pair: PlanDraft.Pair, _ context: Context) throws -> Bool {
    guard let mentor = try Profiles.find(context.db, pair.mentor), let adept = try Profiles.find(context.db, pair.adept)
    else { return false }
    return try explain(mentor, adept, context).competition.outcome == .boardDecides
  }

  private static func findDraft(_ id: PlanID, _ context: Context) throws -> PlanDraft {
    guard let draft = try PlanDraft.find(context.db, id) else { throw PlanRefusal.unknown(id) }
    return draft
  }

  private static func reply(_ draft: PlanDraft) -> PlanReply {
    PlanReply(
      plan: draft.id, pairs: Count(draft.standing.count),
      total: Points(unchecked: draft.standing.reduce(0) { $0 + $1.score }))
  }
}
