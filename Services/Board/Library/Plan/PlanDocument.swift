import Contracts
import Planner
import Rules
import Texts

/// A plan as `--json` writes it: the answer, its proof, and the explanations, with everybody by id.
///
/// It names the files that it was made from but doesn't repeat the scores: whoever verifies it does so against those. Both
/// objectives' best plans are proved.
struct PlanDocument: Encodable {
  struct NamedPair: Encodable {
    let adept: String
    let mentor: String

    init(_ pair: Pair, _ question: PlanQuestion) {
      self.init(adept: question.adepts[pair.adept], mentor: question.mentors[pair.mentor])
    }

    init(adept: String, mentor: String) { (self.adept, self.mentor) = (adept, mentor) }
  }
  struct ScoredPair: Encodable {
    let adept: String
    let mentor: String
    let score: Int
    /// Only of the pairs of the plan.
    var locked: Bool?
    var inEveryBestPlan: Bool?
    /// Where the people are known, what the score is made of and what the competition rule says.
    var parts: [PartLine]?
    var outcome: CompetitionOutcome?
    var evidence: [EvidenceLine]?
  }
  struct Certificate: Encodable {
    let adepts: [String: Price]
    let mentors: [String: Price]
  }
  struct Price: Encodable {
    let adepts: Int
    let score: Int
  }
  struct Totals: Encodable {
    let matched: Int
    let total: Int
    /// Of the other objective's plan, which stands nowhere else.
    var pairs: [ScoredPair]?
    var certificate: Certificate?
  }
  struct Alternative: Encodable {
    let adept: String
    let mentors: [String]
    let orUnmatched: Bool
  }
  struct Unmatched: Encodable {
    let adept: String
    let reason: UnmatchedReason
    /// How many mentors each rule blocks for the adept, where that leaves nobody.
    var blockedBy: [String: Int]?
  }
  struct ShortageOfMentors: Encodable {
    let adepts: [String]
    let mentors: [String]
    let places: Int
  }
  /// A new mentor, or one more place with a mentor where only scores are known.
  struct Recruit: Encodable {
    var kommun: String?
    var topics: [Topic]?
    var forms: [ContactForm]?
    /// Like this mentor.
    var mentor: String?
    /// How many of the unmatched adepts such a mentor would help.
    let helps: Int
    /// By how much one place with such a mentor improves the plan.
    let gain: Price
  }

  let objective: Objective
  let requireAll: Bool
  var scores: String?
  var capacities: String?
  var people: PlanSource.People?
  /// What people are called, by id.
  var names: [String: String]?
  let locked: [NamedPair]
  let forbidden: [NamedPair]
  let pairs: [ScoredPair]
  let matched: Int
  let total: Int
  let certificate: Certificate
  /// Both objectives' best plans, side by side.
  let objectives: [String: Totals]
  let alternatives: [Alternative]
  let blockingPairs: [ScoredPair]
  let unmatched: [Unmatched]
  let recruit: [Recruit]
  /// Present where the most that can be matched are not all.
  let shortage: ShortageOfMentors?

  init(_ question: PlanQuestion, _ plan: Plan, other: Plan) {
    let problem = plan.problem
    let (adepts, mentors, cohort) = (question.adepts, question.mentors, question.cohort)
    func scored(_ pair: Pair) -> ScoredPair {
      ScoredPair(adept: adepts[pair.adept], mentor: mentors[pair.mentor], score: problem.scores[pair] ?? 0)
    }
    func prices(_ names: [String], _ prices: [Worth]) -> [String: Price] {
      Dictionary(uniqueKeysWithValues: zip(names, prices.map(Price.init)))
    }
    let alternatives = plan.alternatives()
    let settled = Set(problem.locked)
    objective = plan.objective
    requireAll = question.requireAll
    switch question.source {
    case .scores(let path, let capacities): (scores, self.capacities) = (path, capacities)
    case .people(let people):
      self.people = people
      names = Dictionary((adepts + mentors).map { ($0, question.name($0)) }) { first, _ in first }
    }
    locked = problem.locked.map { NamedPair($0, question) }
    forbidden = problem.forbidden.map { NamedPair($0, question) }
    pairs = plan.pairs.map { pair in
      var item = scored(pair)
      item.locked = settled.contains(pair)
      item.inEveryBestPlan = alternatives[pair.adept].isNone
      if let explanation = cohort?.explain(pair) {
        item.parts = explanation.lines.map(PartLine.init)
        item.outcome = explanation.competition.outcome
        item.evidence = explanation.competition.evidence.map(EvidenceLine.init)
      }
      return item
    }
    matched = plan.matched
    total = plan.total
    func certificate(_ plan: Plan) -> Certificate {
      Certificate(adepts: prices(adepts, plan.adeptPrices), mentors: prices(mentors, plan.mentorPrices))
    }
    self.certificate = certificate(plan)
    objectives = [
      plan.objective.rawValue: Totals(matched: plan.matched, total: plan.total),
      other.objective.rawValue: Totals(
        matched: other.matched, total: other.total, pairs: other.pairs.map(scored), certificate: certificate(other)),
    ]
    self.alternatives = alternatives.enumerated().filter { !$0.element.isNone }.map { adept, others in
      Alternative(adept: adepts[adept], mentors: others.mentors.map { mentors[$0] }, orUnmatched: others.orUnmatched)
    }
    blockingPairs = plan.blockingPairs.map(scored)
    unmatched = plan.unmatched.map { adept, reason in
      Unmatched(
        adept: adepts[adept], reason: reason,
        blockedBy: reason == .noScores
          ? cohort.map {
            Dictionary(uniqueKeysWithValues: $0.blocked(adept: adept).map { ($0.key.rawValue, $0.value) })
          }
          : nil)
    }
    recruit = Recruit.best(question, plan)
    shortage = (plan.shortage ?? other.shortage).map { ShortageOfMentors($0, question) }
  }
}

/// A line of a score.
struct PartLine: Encodable {
  let part: String
  let points: Int
  let reason: String

  init(_ line: (part: ScorePart, points: Int)) {
    part = line.part.name
    points = line.points
    reason = line.part.phrase[BoardLanguage.current]
  }
}

/// What one rule has found.
struct EvidenceLine: Encodable {
  let rule: CompetitionRule
  let outcome: CompetitionOutcome
  let reason: String

  init(_ evidence: Evidence) {
    rule = evidence.rule
    outcome = evidence.rule.outcome
    reason = evidence.phrase[BoardLanguage.current]
  }
}

extension PlanDocument.Price {
  init(_ worth: Worth) { self.init(adepts: worth.adepts, score: worth.score) }
}

extension PlanDocument.ShortageOfMentors {
  init(_ shortage: Shortage, _ question: PlanQuestion) {
    self.init(
      adepts: shortage.adepts.map { question.adepts[$0] }, mentors: shortage.mentors.map { question.mentors[$0] },
      places: shortage.places)
  }
}

extension PlanDocument.Recruit {
  private static let limit = 3

  static func best(_ question: PlanQuestion, _ plan: Plan) -> [PlanDocument.Recruit] {
    if let cohort = question.cohort, case .people(let people) = question.source {
      return RecruitmentCompass(cohort, plan, limit: limit, today: people.day).candidates.map {
        PlanDocument.Recruit(
          kommun: $0.kommun.name, topics: $0.topics, forms: $0.forms, helps: $0.helps, gain: .init($0.gain))
      }
    }
    return plan.onePlaceMore.enumerated().map { (mentor: $0.offset, helps: $0.element.helps, gain: $0.element.gain) }
      .filter { $0.gain > .zero }
      .sorted { ($0.helps, $0.gain.adepts, $0.gain.score) > ($1.helps, $1.gain.adepts, $1.gain.score) }
      .prefix(limit)
      .map { PlanDocument.Recruit(mentor: question.mentors[$0.mentor], helps: $0.helps, gain: .init($0.gain)) }
  }
}
