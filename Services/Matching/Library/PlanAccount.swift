import Contracts
import Foundation
import GRDB
import Messaging
import Planner
import Rules
import ServiceRuntime
import Texts

/// Why a plan is the best, line by line: computed when it is made, and kept as it is told.
struct PlanAccount: Sendable {
  private static let recruits = 3
  /// So many others are named for an adept who could as well have any of them.
  private static let alternatives = 20
  let lines: [GetPlanAccount.Line]

  /// - Parameter other: the best plan by the other objective.
  init(_ cohort: Cohort, _ plan: Plan, other: Plan, today: Day) {
    let adepts = cohort.adepts.map(\.profile.member)
    let mentors = cohort.mentors.map(\.profile.member)
    func line(
      _ what: GetPlanAccount.Line.What, _ change: (inout GetPlanAccount.Line) -> Void
    ) -> GetPlanAccount.Line {
      var line = GetPlanAccount.Line(what)
      change(&line)
      return line
    }
    var lines = [plan, other].map { plan in
      line(.objective) {
        $0.objective = plan.objective == .bestScore ? .bestScore : .mostAdepts
        $0.worth = PlanWorth(adepts: Count(plan.matched), score: Points(unchecked: plan.total))
      }
    }
    let alternatives = plan.alternatives()
    let settled = Set(plan.problem.locked.map(\.adept))
    let reasons = Dictionary(uniqueKeysWithValues: plan.unmatched.map { ($0.adept, $0.reason) })
    for (number, adept) in adepts.enumerated() {
      lines.append(
        line(.adept) {
          $0.adept = adept
          $0.mentor = plan.mentors[number].map { mentors[$0] }
          $0.worth = PlanWorth(plan.adeptPrices[number])
          $0.isLocked = settled.contains(number) ? true : nil
          $0.otherMentor = other.mentors[number].map { mentors[$0] }
          $0.otherWorth = PlanWorth(other.adeptPrices[number])
          $0.mentors = Bounded(alternatives[number].mentors.prefix(PlanAccount.alternatives).map { mentors[$0] })
          $0.orUnmatched = alternatives[number].orUnmatched
          $0.reason = reasons[number].map { Code(unchecked: $0.rawValue) }
          if reasons[number] == .noScores {
            $0.blockedBy = Bounded(
              cohort.blocked(adept: number).sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
                .map { GetPlanAccount.Blocked(rule: $0.key, mentors: Count($0.value)) })
          }
        })
    }
    for (number, mentor) in mentors.enumerated() {
      lines.append(
        line(.mentor) {
          $0.mentor = mentor
          $0.worth = PlanWorth(plan.mentorPrices[number])
          $0.otherWorth = PlanWorth(other.mentorPrices[number])
          $0.places = Count(plan.problem.places[number])
        })
    }
    for pair in plan.blockingPairs.prefix(Bounded<GetPlanAccount.Line>.maximum) {
      lines.append(
        line(.blocking) {
          $0.adept = adepts[pair.adept]
          $0.mentor = mentors[pair.mentor]
          $0.score = Points(unchecked: plan.problem.scores[pair] ?? 0)
        })
    }
    for candidate in RecruitmentCompass(cohort, plan, limit: PlanAccount.recruits, today: today).candidates {
      lines.append(
        line(.recruit) {
          $0.kommun = candidate.kommun.code
          $0.topics = Bounded(candidate.topics)
          $0.forms = Bounded(candidate.forms)
          $0.helps = Count(candidate.helps)
          $0.worth = PlanWorth(candidate.gain)
        })
    }
    if let shortage = plan.shortage ?? other.shortage {
      lines.append(
        line(.shortage) {
          $0.adepts = Bounded(shortage.adepts.map { adepts[$0] })
          $0.mentors = Bounded(shortage.mentors.map { mentors[$0] })
          $0.places = Count(shortage.places)
        })
    }
    self.lines = lines
  }

  func insert(_ db: Database, _ plan: PlanID) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO plan_line (plan, number, adept, mentor, body) VALUES (?, ?, ?, ?, ?)")
    for (number, line) in lines.enumerated() {
      try statement.execute(arguments: [
        plan.rawValue, number, line.adept?.rawValue, line.mentor?.rawValue,
        String(decoding: try EnvelopeCoder.encoder.encode(line), as: UTF8.self),
      ])
    }
  }
}

extension PlanWorth {
  init(_ worth: Worth) { self.init(adepts: Count(worth.adepts), score: Points(unchecked: worth.score)) }
}

extension Matching {
  static func getPlanAccount(_ query: GetPlanAccount, _ context: Context) throws -> GetPlanAccount.Reply {
    let draft = try findDraft(query.plan, context)
    let own = context.principal.memberID
    let isPlanned = try own.map { try PlanDraft.holds($0, draft.id, context.db) } ?? false
    let size = Bounded<GetPlanAccount.Line>.maximum
    let rows = try Row.fetchAll(
      context.db,
      sql: "SELECT number, body FROM plan_line WHERE plan = ? AND number >= ? ORDER BY number LIMIT ?",
      arguments: [draft.id.rawValue, query.after?.rawValue ?? 0, size + 1])
    let lines = try rows.prefix(size).compactMap { row in
      try JSONDecoder().decode(GetPlanAccount.Line.self, from: Data((row["body"] as String).utf8))
        .shown(to: own, isPlanned: isPlanned)
    }
    return GetPlanAccount.Reply(
      lines: Bounded(lines), next: rows.count > size ? Count(rows[size]["number"] as Int) : nil)
  }

  static func askWhyNot(_ query: AskWhyNot, _ context: Context) throws -> AskWhyNot.Reply {
    guard query.mentor != query.adept else { throw MatchRefusal.selfMatch(query.mentor) }
    try Handling(context).check(context.db, query.mentor, query.adept)
    let draft = try (query.plan ?? PlanDraft.latest(context.db)).map { try findDraft($0, context) }
    let cohort = try cohort(context)
    guard let pair = cohort.pair(query.adept, query.mentor) else {
      if try PairHistory.isResting(context.db, query.adept) { throw PlanRefusal.wantsNone(query.adept) }
      throw PlanRefusal.notWaiting(mentor: query.mentor, adept: query.adept)
    }
    let problem = try problem(cohort, locked: draft?.locked ?? [], forbidden: draft?.forbidden ?? [])
    let plan: Plan
    do { plan = try Plan(problem, (draft?.objective ?? .mostAdepts).planned) } catch { throw PlanRefusal.impossible }
    func mentor(_ number: Int?) -> MemberID? { number.map { cohort.mentors[$0].profile.member } }
    switch plan.whyNot(pair) {
    case .isInPlan: return AskWhyNot.Reply(.isInPlan)
    case .forbidden: return AskWhyNot.Reply(.forbidden)
    case .noOpenPlace: return AskWhyNot.Reply(.noOpenPlace)
    case .noScore:
      var reply = AskWhyNot.Reply(.blocked)
      reply.findings = Bounded(
        cohort.explain(pair).competition.evidence.map { ExplainPair.Finding($0, context.language) })
      return reply
    case .lockedElsewhere(let number):
      var reply = AskWhyNot.Reply(.lockedElsewhere)
      reply.lockedTo = mentor(number)
      return reply
    case .costs(let loss, let moves):
      var reply = AskWhyNot.Reply(.costs)
      reply.cost = PlanWorth(loss)
      reply.moves = Bounded(
        moves.map {
          AskWhyNot.Move(adept: cohort.adepts[$0.adept].profile.member, from: mentor($0.from), to: mentor($0.to))
        })
      return reply
    }
  }
}

extension GetPlanAccount.Line {
  /// The line without what would tell somebody that something was found about a pair of their own, or what it is worth,
  /// to which the other's confidences add; nil where nothing is left. Whoever takes part can be one of those whom a rule
  /// blocks.
  ///
  /// - Parameter isPlanned: whether they are among those who were planned for, so that a sum of all would tell their part.
  fileprivate func shown(to own: String?, isPlanned: Bool) -> GetPlanAccount.Line? {
    guard let own else { return self }
    let isOwn = adept?.rawValue == own || what != .adept && mentor?.rawValue == own
    if what == .blocking, isOwn { return nil }
    var line = self
    line.blockedBy = nil
    if isOwn { (line.reason, line.worth, line.otherWorth) = (nil, nil, nil) }
    if what == .objective, isPlanned { line.worth = nil }
    return line
  }
}

extension ExplainPair.Finding {
  init(_ evidence: Evidence, _ language: Language) {
    self.init(rule: evidence.rule, outcome: evidence.rule.outcome, reason: Sentence(evidence.phrase[language]))
  }
}
