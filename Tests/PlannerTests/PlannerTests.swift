import Planner
import TestSupport
import Testing

@testable import PlanCheck

/// Plans against every possible plan, on problems small enough for that.
@Suite struct PlannerTests {
  static let seeds = SeededGenerator.seeds(0..<600)

  private func each(_ body: (RandomProblem, Plan, BruteForce, Comment) throws -> Void) throws {
    for seed in Self.seeds {
      let random = try RandomProblem(seed: seed, largest: 5)
      for objective in Objective.allCases {
        let plan = try Plan(random.problem, objective)
        try body(random, plan, BruteForce(random.problem, objective), "SEED=\(seed) \(objective)")
      }
    }
  }

  @Test func noPlanIsBetter() throws {
    try each { random, plan, all, seed in
      #expect(plan.worth == all.best, seed)
      #expect(all.bestPlans.contains(plan.mentors), seed)
      #expect(PlanFile(plan).flaw(random) == nil, seed)
    }
  }

  @Test func alternativesAreWhatOtherBestPlansHave() throws {
    try each { _, plan, all, seed in
      let alternatives = plan.alternatives()
      for (adept, present) in plan.mentors.enumerated() {
        let others = Set(all.bestPlans.map { $0[adept] }).subtracting([present])
        #expect(Set(alternatives[adept].mentors) == Set(others.compactMap(\.self)), seed)
        #expect(alternatives[adept].orUnmatched == others.contains(nil), seed)
        #expect(alternatives[adept].isNone == others.isEmpty, seed)
      }
    }
  }

  @Test func whyNotSaysWhatForcingCosts() throws {
    try each { random, plan, all, seed in
      let problem = random.problem
      for adept in 0..<problem.scores.adepts {
        for mentor in 0..<problem.scores.mentors {
          let pair = Pair(adept: adept, mentor: mentor)
          guard case .costs(let loss, let moves) = plan.whyNot(pair) else {
            let isBlocked =
              problem.scores[pair] == nil || problem.forbidden.contains(pair)
              || problem.locked.contains { $0.adept == adept && $0.mentor != mentor }
              || problem.places[mentor] <= problem.locked.count { $0.mentor == mentor }
            #expect(isBlocked || plan.whyNot(pair) == .isInPlan && plan.mentors[adept] == mentor, seed)
            continue
          }
          let forced = BruteForce(problem, plan.objective, forced: pair)
          #expect(plan.worth - loss == forced.best, seed)
          // Those who move make the plan into a best one with the pair.
          var moved = plan.mentors
          for move in moves {
            #expect(moved[move.adept] == move.from, seed)
            moved[move.adept] = move.to
          }
          #expect(forced.bestPlans.contains(moved), seed)
        }
      }
    }
  }

  @Test func recruitingIsWorthWhatAPlanWithTheMentorIs() throws {
    try each { random, plan, all, seed in
      let scores = random.problem.scores
      let recruitment = Recruitment(plan)
      for offer in [1, -1, 700] {
        let offers = (0..<scores.adepts).filter { ($0 + offer) % 2 == 0 }.map { (adept: $0, score: offer * ($0 + 1)) }
        let more = try PlanProblem(
          scores: ScoreTable(
            adepts: scores.adepts, mentors: scores.mentors + 1,
            pairs: random.pairs + offers.map { (Pair(adept: $0.adept, mentor: scores.mentors), $0.score) }),
          places: random.problem.places + [1], locked: Set(random.problem.locked),
          forbidden: Set(random.problem.forbidden))
        let (gain, _) = recruitment.gain(from: offers)
        #expect(plan.worth + gain == BruteForce(more, plan.objective).best, seed)
      }
    }
  }

  @Test func aShortageIsOne() throws {
    try each { random, plan, _, seed in
      let problem = random.problem
      guard let shortage = plan.shortage else {
        #expect(plan.objective == .bestScore || plan.matched == problem.scores.adepts, seed)
        return
      }
      let locked = Set(problem.locked.map(\.adept))
      for adept in shortage.adepts {
        #expect(!locked.contains(adept), seed)
        for mentor in 0..<problem.scores.mentors where !shortage.mentors.contains(mentor) {
          let pair = Pair(adept: adept, mentor: mentor)
          #expect(problem.scores[pair] == nil || problem.forbidden.contains(pair), seed)
        }
      }
      let places = shortage.mentors.map { mentor in
        problem.places[mentor] - problem.locked.count { $0.mentor == mentor }
      }
      #expect(places.reduce(0, +) == shortage.places, seed)
      #expect(shortage.places < shortage.adepts.count, seed)
    }
  }

  @Test func unmatchedAreExplainedAndBlockingPairsBlock() throws {
    try each { random, plan, _, seed in
      let problem = random.problem
      #expect(plan.unmatched.map(\.adept) == plan.mentors.indices.filter { plan.mentors[$0] == nil }, seed)
      for (adept, reason) in plan.unmatched {
        let own = random.pairs.filter { $0.pair.adept == adept }
        let open = own.filter { !problem.forbidden.contains($0.pair) }
        let free = open.filter { pair, _ in
          problem.places[pair.mentor] > problem.locked.count { $0.mentor == pair.mentor }
        }
        let wanted = free.filter { $0.score > 0 || plan.objective == .mostAdepts }
        let expected: UnmatchedReason =
          own.isEmpty
          ? .noScores : open.isEmpty ? .forbidden : free.isEmpty ? .noOpenPlace : wanted.isEmpty ? .worthless : .outbid
        #expect(reason == expected, seed)
      }
      let locked = Set(problem.locked.map(\.adept))
      let expected = random.pairs.filter { pair, score in
        if locked.contains(pair.adept) || problem.forbidden.contains(pair) { return false }
        if score <= 0 && plan.objective == .bestScore { return false }
        if let present = plan.mentors[pair.adept] {
          guard score > problem.scores[Pair(adept: pair.adept, mentor: present)]! else { return false }
        }
        let holders = plan.mentors.indices.filter { plan.mentors[$0] == pair.mentor }
        return holders.count < problem.places[pair.mentor]
          || holders.contains {
            !locked.contains($0) && problem.scores[Pair(adept: $0, mentor: pair.mentor)]! < score
          }
      }
      #expect(plan.blockingPairs == expected.map(\.pair).sorted(), seed)
    }
  }

  @Test func aPlanDoesNotDependOnTheOrderOfThePairs() throws {
    for seed in Self.seeds {
      let random = try RandomProblem(seed: seed, largest: 12)
      let sorted = try PlanProblem(
        scores: ScoreTable(
          adepts: random.problem.scores.adepts, mentors: random.problem.scores.mentors, pairs: random.pairs),
        places: random.problem.places, locked: Set(random.problem.locked), forbidden: Set(random.problem.forbidden))
      for objective in Objective.allCases {
        let (one, other) = (try Plan(random.problem, objective), try Plan(sorted, objective))
        #expect(one.mentors == other.mentors, "SEED=\(seed)")
        #expect(one.adeptPrices == other.adeptPrices, "SEED=\(seed)")
      }
    }
  }

  // MARK: Refusals

  private func expect(_ expected: PlanFault, _ body: () throws -> Void) {
    var fault: PlanFault?
    do { try body() } catch let error as PlanFault { fault = error } catch { Issue.record(error) }
    #expect(fault == expected)
  }

  @Test func whatCannotBePlannedIsRefused() throws {
    let pair = Pair(adept: 0, mentor: 0)
    for score in [ScoreTable.greatestScore + 1, -ScoreTable.greatestScore - 1, .max, .min] {
      expect(.scoreTooLarge(pair, score)) { _ = try ScoreTable(matrix: [score], mentors: 1) }
      expect(.scoreTooLarge(pair, score)) { _ = try ScoreTable(adepts: 1, mentors: 1, pairs: [(pair, score)]) }
    }
    expect(.repeatedPair(pair)) { _ = try ScoreTable(adepts: 2, mentors: 1, pairs: [(pair, 1), (pair, 1)]) }
    let scores = try ScoreTable(matrix: [1, 2, 3, 4], mentors: 2)
    let other = Pair(adept: 0, mentor: 1)
    expect(.lockedTwice(other)) { _ = try PlanProblem(scores: scores, locked: [pair, other]) }
    expect(.lockedAndForbidden(pair)) { _ = try PlanProblem(scores: scores, locked: [pair], forbidden: [pair]) }
    expect(.lockedBeyondPlaces(mentor: 0, places: 1)) {
      _ = try PlanProblem(scores: scores, locked: [pair, Pair(adept: 1, mentor: 0)])
    }
    let sparse = try ScoreTable(adepts: 1, mentors: 2, pairs: [(pair, 1)])
    expect(.lockedWithoutScore(other)) { _ = try PlanProblem(scores: sparse, locked: [other]) }
  }

  @Test func nobodyAndNothingArePlanned() throws {
    for (adepts, mentors) in [(0, 0), (0, 2), (2, 0), (2, 2)] {
      let problem = try PlanProblem(scores: ScoreTable(adepts: adepts, mentors: mentors, pairs: []))
      for objective in Objective.allCases {
        let plan = try Plan(problem, objective)
        #expect(plan.matched == 0 && plan.total == 0)
        #expect(plan.unmatched.map(\.reason) == Array(repeating: .noScores, count: adepts))
        #expect(plan.alternatives().count { !$0.isNone } == 0)
        #expect(Recruitment(plan).gain(from: adepts > 0 ? [(0, 5)] : []).gain.score == (adepts > 0 ? 5 : 0))
      }
    }
  }
}
