import Planner
import TestSupport

/// Problems of every kind: square, wide and tall, full and sparse, with ties, zeros, negative and very large scores, one or
/// several places, none at all, locked and forbidden pairs.
struct RandomProblem {
  let problem: PlanProblem
  let pairs: [(pair: Pair, score: Int)]

  init(seed: UInt64, largest: Int) throws {
    var random = SeededGenerator(seed: seed)
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    let (adepts, mentors) = (pick(1...largest), pick(1...largest))
    let density = [100, 100, 60, 30, 10][pick(0...4)]
    let scores: ClosedRange<Int> = [
      1...1_000, 1...3, 0...0, -2...2, -1_000...1_000, -9...0,
      -ScoreTable.greatestScore...ScoreTable.greatestScore,
      ScoreTable.greatestScore - 2...ScoreTable.greatestScore,
    ][pick(0...7)]
    var pairs: [(pair: Pair, score: Int)] = []
    for adept in 0..<adepts {
      for mentor in 0..<mentors where pick(1...100) <= density {
        pairs.append((Pair(adept: adept, mentor: mentor), pick(scores)))
      }
    }
    let places = [1...1, 1...1, 1...5, 0...2, 0...Int.max][pick(0...4)]
    var capacities = (0..<mentors).map { _ in pick(places) }
    var (locked, forbidden): (Set<Pair>, Set<Pair>) = ([], [])
    if pick(0...2) == 0 {
      for (pair, _) in pairs.shuffled(using: &random).prefix(pick(0...3)) {
        if pick(0...1) == 0 {
          forbidden.insert(pair)
        } else if !locked.contains(where: { $0.adept == pair.adept }) {
          locked.insert(pair)
          let taken = locked.count { $0.mentor == pair.mentor }
          capacities[pair.mentor] = max(capacities[pair.mentor], taken)
        }
      }
    }
    self.pairs = pairs
    problem = try PlanProblem(
      scores: ScoreTable(adepts: adepts, mentors: mentors, pairs: pairs.shuffled(using: &random)), places: capacities,
      locked: locked, forbidden: forbidden)
  }

  /// What it is a case of.
  var kinds: [String] {
    let (adepts, mentors, scores) = (problem.scores.adepts, problem.scores.mentors, pairs.map(\.score))
    let greatest = scores.map(\.magnitude).max() ?? 0
    return [
      ("square", adepts == mentors), ("wide", mentors >= 2 * adepts), ("tall", adepts >= 2 * mentors),
      ("sparse", pairs.count * 3 < adepts * mentors), ("tied", scores.count > 3 && Set(scores).count <= 3),
      ("with zeros", scores.contains(0)), ("negative", scores.contains { $0 < 0 }),
      ("of the greatest scores", greatest > ScoreTable.greatestScore / 2),
      ("with several places", problem.places.contains { 2...5 ~= $0 }), ("without places", problem.places.contains(0)),
      ("locked or forbidden", !problem.locked.isEmpty || !problem.forbidden.isEmpty),
    ].filter(\.1).map(\.0)
  }
}
