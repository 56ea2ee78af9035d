import Foundation
import Planner

/// `bench-plan dense N SEED HIGHEST [RUNS]` or `bench-plan sparse ADEPTS MENTORS SEED [RUNS]`: makes the scores in memory,
/// plans once or RUNS times, and prints the total and the milliseconds of each as JSON. `peers.py` makes the same scores
/// and gives them to other solvers.
@main struct Main {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().map { $0 }
    let numbers = arguments.dropFirst().compactMap { Int($0) }
    let objective = arguments.contains("most-adepts") ? Objective.mostAdepts : .bestScore
    let problem: PlanProblem
    if arguments.first == "dense", 3...4 ~= numbers.count {
      problem = try dense(numbers[0], seed: UInt64(numbers[1]), highest: numbers[2])
    } else if arguments.first == "sparse", 3...4 ~= numbers.count {
      problem = try sparse(numbers[0], numbers[1], seed: UInt64(numbers[2]))
    } else {
      print("bench-plan dense N SEED HIGHEST [RUNS] | bench-plan sparse ADEPTS MENTORS SEED [RUNS]  [most-adepts]")
      exit(2)
    }
    for _ in 0..<(numbers.count == 4 ? numbers[3] : 1) {
      let start = ContinuousClock.now
      let plan = try Plan(problem, objective)
      let time = ContinuousClock.now - start
      print("{\"total\": \(plan.total), \"matched\": \(plan.matched), \"ms\": \(time / .milliseconds(1))}")
    }
  }

  /// Scores of 1 to `highest`; with 0, adept and mentor number multiplied, where everybody wants the same mentors.
  static func dense(_ count: Int, seed: UInt64, highest: Int) throws -> PlanProblem {
    let matrix = (0..<count * count).map { position -> Int in
      if highest == 0 { return (position / count + 1) * (position % count + 1) }
      return Int(mix(seed &+ UInt64(position)) % UInt64(highest)) + 1
    }
    return try PlanProblem(scores: ScoreTable(matrix: matrix, mentors: count))
  }

  /// Fifty draws for each adept, of which a repeated mentor counts once; scores of 1 to 1,000; one to five places.
  static func sparse(_ adepts: Int, _ mentors: Int, seed: UInt64) throws -> PlanProblem {
    var pairs: [(pair: Pair, score: Int)] = []
    for adept in 0..<adepts {
      var seen: Set<Int> = []
      for draw in 0..<50 {
        let random = mix(seed &+ UInt64(adept * 50 + draw))
        let mentor = Int((random >> 32) % UInt64(mentors))
        guard seen.insert(mentor).inserted else { continue }
        pairs.append((Pair(adept: adept, mentor: mentor), Int(random & 0xFFFF_FFFF) % 1_000 + 1))
      }
    }
    let places = (0..<mentors).map { Int(mix(seed &+ 0x1_0000_0000 &+ UInt64($0)) % 5) + 1 }
    return try PlanProblem(scores: ScoreTable(adepts: adepts, mentors: mentors, pairs: pairs), places: places)
  }

  /// splitmix64 of a counter (Steele, Lea, Flood, 2014), so that an array library can make all at once.
  static func mix(_ counter: UInt64) -> UInt64 {
    var z = (counter &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
