import Foundation
import Planner
import TestSupport
import Testing

@testable import PlanCheck

/// A plan's file that was changed in one place is refused, unless what it says is again a best plan with a proof.
@Suite struct MutationTests {
  @Test func aChangedPlanIsRefusedUnlessItIsAlsoBest() throws {
    var (refused, accepted) = (0, 0)
    for seed in SeededGenerator.seeds(0..<150) {
      let random = try RandomProblem(seed: seed, largest: 6)
      for objective in Objective.allCases {
        let plan = try Plan(random.problem, objective)
        let other = try Plan(random.problem, objective == .bestScore ? .mostAdepts : .bestScore)
        let file = PlanFile(plan, other: other)
        try #require(file.flaw(random) == nil, "SEED=\(seed)")
        for (what, changed) in changes(of: file, random) {
          if changed.flaw(random) != nil {
            refused += 1
            continue
          }
          accepted += 1
          #expect(isBest(changed, random), "SEED=\(seed) \(objective): \(what) was changed and nothing noticed")
        }
      }
    }
    print("\(refused) changed plans refused, \(accepted) are best plans too")
    #expect(refused > 1_000 || SeededGenerator.seeds(0..<150).count == 1)
  }

  /// Who is said to have too few mentors is refused where the locked pairs can't be, or are counted twice.
  @Test func aForgedShortageIsRefused() throws {
    let scores = ["a0": ["m0": 1, "m1": 1], "a1": ["m0": 1], "a2": ["m1": 1]]
    func pair(_ adept: String, _ mentor: String) -> PlanFile.Pair { .init(adept: adept, mentor: mentor) }
    func flaw(
      _ adepts: [String], _ mentors: [String], locked: [PlanFile.Pair] = [], forbidden: [PlanFile.Pair] = [],
      places: [String: Int] = [:]
    ) -> PlanFlaw? {
      let file = ShortageFile(locked: locked, forbidden: forbidden, shortage: .init(adepts: adepts, mentors: mentors))
      do throws(PlanFlaw) {
        try check(file, scores: scores, places: places)
        return nil
      } catch { return error }
    }
    let all = ["a0", "a1", "a2"]
    #expect(flaw(all, ["m0", "m1"]) == nil)
    #expect(flaw(all, ["m0", "m1"], locked: [pair("a0", "m0")]) == nil)
    #expect(flaw(all, ["m0", "m1"], places: ["m0": 2]) == .placesSuffice)
    let one = pair("a0", "m0")
    #expect(flaw(all, ["m0", "m1"], locked: [one, one, one], places: ["m0": 2]) == .placesSuffice)
    #expect(
      flaw(all, ["m0", "m1"], locked: [pair("nobody", "m0")], places: ["m0": 2])
        == .noSuchPair(adept: "nobody", mentor: "m0"))
    #expect(flaw(all, ["m0", "m1"], locked: [pair("a1", "m1")]) == .noSuchPair(adept: "a1", mentor: "m1"))
    #expect(flaw(all, ["m0", "m1"], locked: [one, pair("a0", "m1")]) == .matchedTwice(adept: "a0"))
    #expect(flaw(all, ["m0", "m1"], locked: [one, pair("a1", "m0")]) == .tooManyAdepts(mentor: "m0"))
    #expect(flaw(all, ["m0", "m1"], locked: [one], forbidden: [one]) == .forbidden(adept: "a0", mentor: "m0"))
    #expect(flaw(["a1", "a1"], ["m0"]) == .placesSuffice)
  }

  /// A plan that can't be read is no shortage, though it names one.
  @Test func whatIsNoPlanIsRead() throws {
    func answer(_ text: String) -> PlanAnswer? { try? JSONDecoder().decode(PlanAnswer.self, from: Data(text.utf8)) }
    let shortage = #""locked": [], "forbidden": [], "shortage": {"adepts": ["a"], "mentors": [], "places": 0}"#
    let plan =
      #""objective": "best-score", "requireAll": false, "matched": 0, "pairs": [], "certificate": {"adepts": {}, "mentors": {}}"#
    guard case .shortage? = answer("{\(shortage)}") else { return #expect(Bool(false), "no shortage") }
    guard case .plan? = answer("{\(shortage), \(plan), \"total\": 0}") else { return #expect(Bool(false), "no plan") }
    #expect(answer("{\(shortage), \(plan), \"total\": 0.5}") == nil)
    #expect(answer("{\(shortage), \(plan)}") == nil)
    #expect(answer("{\(shortage), \"total\": 0}") == nil)
  }

  /// Every number one up, one down and zeroed; every pair dropped, doubled, given to another mentor or adept; every rule
  /// dropped and every pair made a rule; the other objective.
  private func changes(of file: PlanFile, _ random: RandomProblem) -> [(String, PlanFile)] {
    var changes: [(String, PlanFile)] = []
    func change(_ what: String, _ body: (inout PlanFile) -> Void) {
      var changed = file
      body(&changed)
      changes.append((what, changed))
    }
    func numbers(_ what: String, _ field: WritableKeyPath<PlanFile, Int>) {
      for value in [file[keyPath: field] - 1, file[keyPath: field] + 1, 0, .max, .min]
      where value != file[keyPath: field] { change(what) { $0[keyPath: field] = value } }
    }
    numbers("total", \.total)
    numbers("matched", \.matched)
    for (objective, totals) in file.objectives ?? [:] {
      for value in [totals.total + 1, 0, .min] where value != totals.total {
        change("an objective's total") { $0.objectives?[objective]?.total = value }
      }
      change("an objective's pairs") { $0.objectives?[objective]?.matched += 1 }
      for index in totals.pairs?.indices ?? 0..<0 {
        change("the other's score") { $0.objectives?[objective]?.pairs?[index].score += 1 }
        change("the other's pair dropped") { $0.objectives?[objective]?.pairs?.remove(at: index) }
        change("the other's pair doubled") { $0.objectives?[objective]?.pairs?.append(totals.pairs![index]) }
        for mentor in 0...random.problem.scores.mentors {
          change("the other's mentor") { $0.objectives?[objective]?.pairs?[index].mentor = "m\(mentor)" }
        }
      }
      for id in totals.certificate?.adepts.keys.sorted() ?? [] {
        for by in [-1, 1] {
          change("the other's price") { $0.objectives?[objective]?.certificate?.adepts[id]?.score += by }
        }
        change("the other's price dropped") { $0.objectives?[objective]?.certificate?.adepts[id] = nil }
      }
      for id in totals.certificate?.mentors.keys.sorted() ?? [] {
        for by in [-1, 1] {
          change("the other's price") { $0.objectives?[objective]?.certificate?.mentors[id]?.adepts += by }
        }
        change("the other's price dropped") { $0.objectives?[objective]?.certificate?.mentors[id] = nil }
      }
      guard objective != file.objective else { continue }
      change("the other's prices dropped") { $0.objectives?[objective]?.certificate = nil }
      change("the other's pairs dropped") { $0.objectives?[objective]?.pairs = nil }
    }
    for index in file.pairs.indices {
      numbers("a score", \.pairs[index].score)
      change("a part of a score") {
        $0.pairs[index].parts = [.init(points: file.pairs[index].score), .init(points: 1)]
      }
      change("a pair dropped") { $0.pairs.remove(at: index) }
      change("a pair doubled") { $0.pairs.append(file.pairs[index]) }
      change("a pair forbidden") { $0.forbidden.append(.init(file.pairs[index])) }
      change("a pair locked") { $0.locked.append(.init(file.pairs[index])) }
      for mentor in 0...random.problem.scores.mentors { change("a mentor") { $0.pairs[index].mentor = "m\(mentor)" } }
      for adept in 0...random.problem.scores.adepts { change("an adept") { $0.pairs[index].adept = "a\(adept)" } }
    }
    for id in file.certificate.adepts.keys {
      numbers("an adept's price", \.certificate.adepts[id]!.score)
      numbers("an adept's price", \.certificate.adepts[id]!.adepts)
      change("an adept's price dropped") { $0.certificate.adepts[id] = nil }
    }
    for id in file.certificate.mentors.keys {
      numbers("a mentor's price", \.certificate.mentors[id]!.score)
      numbers("a mentor's price", \.certificate.mentors[id]!.adepts)
      change("a mentor's price dropped") { $0.certificate.mentors[id] = nil }
    }
    for index in file.locked.indices { change("a lock dropped") { $0.locked.remove(at: index) } }
    for index in file.forbidden.indices { change("a ban dropped") { $0.forbidden.remove(at: index) } }
    change("the objective") { $0.objective = file.objective == .bestScore ? .mostAdepts : .bestScore }
    change("requireAll") { $0.requireAll.toggle() }
    return changes
  }

  /// Judges by every plan there is, whatever the prices say.
  private func isBest(_ file: PlanFile, _ random: RandomProblem) -> Bool {
    func pair(_ pair: PlanFile.Pair) -> Planner.Pair {
      .init(adept: Int(pair.adept.dropFirst())!, mentor: Int(pair.mentor.dropFirst())!)
    }
    let objective: Objective = file.objective == .mostAdepts || file.requireAll ? .mostAdepts : .bestScore
    guard
      let problem = try? PlanProblem(
        scores: random.problem.scores, places: random.problem.places, locked: Set(file.locked.map(pair)),
        forbidden: Set(file.forbidden.map(pair)))
    else { return false }
    var mentors = [Int?](repeating: nil, count: problem.scores.adepts)
    for item in file.pairs { mentors[pair(.init(item)).adept] = pair(.init(item)).mentor }
    return BruteForce(problem, objective).bestPlans.contains(mentors)
      && file.total == file.pairs.reduce(0) { $0 + $1.score } && file.matched == file.pairs.count
      && file.objectives?[file.objective]?.total ?? file.total == file.total
      && (file.objectives ?? [:]).allSatisfy { objective, totals in
        guard objective != file.objective else { return totals.matched == file.matched && totals.total == file.total }
        return (try? file.plan(by: objective, totals)).map { isBest($0, random) } ?? false
      }
      && file.pairs.allSatisfy { $0.parts?.reduce(0) { $0 + $1.points } ?? $0.score == $0.score }
      && (!file.requireAll || random.pairs.allSatisfy { mentors[$0.pair.adept] != nil })
  }
}

extension PlanFile.Pair {
  fileprivate init(_ pair: PlanFile.ScoredPair) { self.init(adept: pair.adept, mentor: pair.mentor) }
}
