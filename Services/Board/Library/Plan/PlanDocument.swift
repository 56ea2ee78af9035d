import Planner

/// A plan as `--json` writes it: the answer, its proof, and the explanations, with everybody by name.
///
/// It names the files that it was made from but doesn't repeat the scores: whoever verifies it does so against those.
struct PlanDocument: Encodable {
  struct NamedPair: Encodable {
    let adept: String
    let mentor: String
  }
  struct ScoredPair: Encodable {
    let adept: String
    let mentor: String
    let score: Int
    /// Only of the pairs of the plan.
    var locked: Bool?
    var inEveryBestPlan: Bool?
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
  }
  struct Alternative: Encodable {
    let adept: String
    let mentors: [String]
    let orUnmatched: Bool
  }
  struct Unmatched: Encodable {
    let adept: String
    let reason: UnmatchedReason
  }
  struct ShortageOfMentors: Encodable {
    let adepts: [String]
    let mentors: [String]
    let places: Int
  }

  let objective: Objective
  let requireAll: Bool
  let scores: String
  let capacities: String?
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
  /// Present where the most that can be matched are not all.
  let shortage: ShortageOfMentors?

  init(_ question: PlanQuestion, _ plan: Plan, other: Plan) {
    let (problem, file) = (plan.problem, question.file)
    func named(_ pair: Pair) -> NamedPair {
      NamedPair(adept: file.adepts[pair.adept], mentor: file.mentors[pair.mentor])
    }
    func scored(_ pair: Pair) -> ScoredPair {
      ScoredPair(
        adept: file.adepts[pair.adept], mentor: file.mentors[pair.mentor], score: problem.scores[pair] ?? 0)
    }
    func prices(_ names: [String], _ prices: [Worth]) -> [String: Price] {
      Dictionary(uniqueKeysWithValues: zip(names, prices.map { Price(adepts: $0.adepts, score: $0.score) }))
    }
    let alternatives = plan.alternatives()
    let settled = Set(problem.locked)
    objective = plan.objective
    requireAll = question.requireAll
    scores = question.scores
    capacities = question.capacities
    locked = problem.locked.map(named)
    forbidden = problem.forbidden.map(named)
    pairs = plan.pairs.map { pair in
      var item = scored(pair)
      item.locked = settled.contains(pair)
      item.inEveryBestPlan = alternatives[pair.adept].isNone
      return item
    }
    matched = plan.matched
    total = plan.total
    certificate = Certificate(
      adepts: prices(file.adepts, plan.adeptPrices), mentors: prices(file.mentors, plan.mentorPrices))
    objectives = Dictionary(
      uniqueKeysWithValues: [plan, other].map {
        ($0.objective.rawValue, Totals(matched: $0.matched, total: $0.total))
      })
    self.alternatives = alternatives.enumerated().filter { !$0.element.isNone }.map { adept, others in
      Alternative(
        adept: file.adepts[adept], mentors: others.mentors.map { file.mentors[$0] }, orUnmatched: others.orUnmatched)
    }
    blockingPairs = plan.blockingPairs.map(scored)
    unmatched = plan.unmatched.map { Unmatched(adept: file.adepts[$0.adept], reason: $0.reason) }
    shortage = (plan.shortage ?? other.shortage).map { ShortageOfMentors($0, file) }
  }
}

extension PlanDocument.ShortageOfMentors {
  init(_ shortage: Shortage, _ file: ScoreFile) {
    self.init(
      adepts: shortage.adepts.map { file.adepts[$0] }, mentors: shortage.mentors.map { file.mentors[$0] },
      places: shortage.places)
  }
}
