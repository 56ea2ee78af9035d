import Foundation
import Planner
import TestSupport
import Testing

@testable import PlanCheck

/// Thousands of random problems, solved again by SciPy and OR-tools, in one process.
@Suite struct PeerTests {
  private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func totalsAreThoseOfOtherSolversAndEveryProofHolds() throws {
    let folder = try TemporaryFolder()
    var lines = ""
    for seed in SeededGenerator.seeds(0..<3_000) {
      let random = try RandomProblem(seed: seed, largest: seed % 30 == 0 ? 160 : 14)
      var answers: [[Int]] = []
      for objective in Objective.allCases {
        let plan = try Plan(random.problem, objective)
        #expect(PlanFile(plan).flaw(random) == nil, "SEED=\(seed) \(objective)")
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
    print(text)
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
