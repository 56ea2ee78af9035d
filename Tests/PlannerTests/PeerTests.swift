import Foundation
import Planner
import TestSupport
import Testing

@testable import PlanCheck

/// Thousands of random problems, solved again by SciPy and OR-tools. `PLANS=100000` for more of them.
@Suite struct PeerTests {
  private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// An ordinary run, and what goes to the other solvers at a time.
  private static let usual: UInt64 = 3_000
  private static let count = ProcessInfo.processInfo.environment["PLANS"].flatMap(UInt64.init) ?? usual

  @Test func totalsAreThoseOfOtherSolversAndEveryProofHolds() throws {
    let seeds = SeededGenerator.seeds(0..<Self.count)
    var kinds: [String: Int] = [:]
    for start in stride(from: 0, to: seeds.count, by: Int(Self.usual)) {
      try compare(seeds[start..<min(start + Int(Self.usual), seeds.count)], &kinds)
    }
    print(
      "of \(seeds.count): " + kinds.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    #expect(kinds.count == 12 && kinds.values.allSatisfy { $0 > 10 } || seeds.count == 1, "\(kinds)")
  }

  private func compare(_ seeds: ArraySlice<UInt64>, _ kinds: inout [String: Int]) throws {
    let folder = try TemporaryFolder()
    var lines = ""
    for seed in seeds {
      let random = try RandomProblem(seed: seed, largest: seed % 30 == 0 ? 160 : 14)
      for kind in random.kinds { kinds[kind, default: 0] += 1 }
      var answers: [[Int]] = []
      for objective in Objective.allCases {
        let plan = try Plan(random.problem, objective)
        #expect(PlanFile(plan).flaw(random) == nil, "SEED=\(seed) \(objective)")
        if plan.shortage != nil { kinds["infeasible for all", default: 0] += 1 }
        if plan.matched == random.problem.scores.adepts, objective == .mostAdepts {
          #expect(PlanFile(plan, requireAll: true).flaw(random) == nil, "SEED=\(seed)")
        }
        let locked = random.problem.locked
        answers.append([
          plan.matched - locked.count, plan.total - locked.reduce(0) { $0 + random.problem.scores[$1]! },
        ])
      }
      lines += line(random, seed, answers) + "\n"
    }
    let file = folder.path + "/problems"
    try Data(lines.utf8).write(to: URL(fileURLWithPath: file))
    let process = Process()
    process.executableURL = Self.project.appendingPathComponent(".venv/bin/python")
    process.arguments = [Self.project.appendingPathComponent("Tests/PlannerTests/peer.py").path, file]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    print(text.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(process.terminationStatus == 0, "\(text)")
  }

  /// The problem without what is settled: locked adepts, their places, and forbidden pairs.
  private func line(_ random: RandomProblem, _ seed: UInt64, _ answers: [[Int]]) -> String {
    let problem = random.problem
    let locked = Set(problem.locked.map(\.adept))
    let pairs = random.pairs.filter { !locked.contains($0.pair.adept) && !problem.forbidden.contains($0.pair) }
    let places = problem.places.enumerated().map { mentor, places in
      min(places - problem.locked.count { $0.mentor == mentor }, 1_000)
    }
    return """
      {"seed": \(seed), "adepts": \(problem.scores.adepts), "places": \(places), \
      "pairs": \(pairs.map { [$0.pair.adept, $0.pair.mentor, $0.score] }), \
      "bestScore": \(answers[0]), "mostAdepts": \(answers[1])}
      """
  }
}
