import Foundation
import Messaging
import TestSupport
import Testing

@testable import Simulation

/// The protocol in a seeded simulation. `SIMULATION_STEPS=5000000` takes so many steps in all;
/// `SEED=381 STEPS=600` replays one run.
@Suite struct DeliveryTests {
  @Test func nothingIsLostAndNothingHappensTwice() async {
    let environment = ProcessInfo.processInfo.environment
    let sweep = await SimulationSweep.run(
      steps: environment["SIMULATION_STEPS"].flatMap(Int.init) ?? 60_000, each: environment["STEPS"].flatMap(Int.init))
    for failure in sweep.failures.prefix(2) { Issue.record("\(failure.report())") }
    print(sweep)
  }

  /// The check sees each of these, and what it shows is short and still fails.
  @Test(arguments: DeliverySimulation.Sabotage.allCases)
  func aBrokenPartIsFoundOut(_ sabotage: DeliverySimulation.Sabotage) throws {
    let runs = (0..<4000).lazy.map { sabotage.firstSeed + $0 }.map { SimulationRun(seed: $0, sabotage: sabotage) }
    let run = try #require(runs.first { $0.perform().violation != nil })
    let steps = run.shrunkSteps()
    let violation = try #require(run.perform(steps).violation)
    #expect(steps.count < 40)
    print("\(sabotage): found at seed \(run.seed), in \(steps.count) of \(run.count) steps: \(violation)")
  }

  @Test func faultsReallyHappen() {
    var statistics = SimulationStatistics()
    for seed in 0..<50 {
      statistics += SimulationRun(seed: UInt64(seed)).perform().statistics
    }
    #expect(statistics.duplicates > 100)
    #expect(statistics.crashes > 100)
    #expect(statistics.drops > 100)
    #expect(statistics.restores > 50)
    #expect(statistics.letters > 50)
    #expect(statistics.expired > 10)
  }

  struct Case: Sendable {
    let history: DeliveryHistory
    let sends: Int
    var isCounted = false
    var isExpired = false
    let decision: DeliveryHistory.Decision
  }

  @Test(arguments: [
    Case(history: .init(inbox: .absent), sends: 1, decision: .attempt),
    Case(history: .init(inbox: .absent), sends: 2, decision: .count),
    Case(history: .init(inbox: .absent, started: 1), sends: 2, isCounted: true, decision: .attempt),
    Case(history: .init(inbox: .absent, started: 1), sends: 1, decision: .answer(.retry, after: .milliseconds(1))),
    Case(history: .init(inbox: .sameBody), sends: 1, isExpired: true, decision: .answer(.done)),
    Case(history: .init(inbox: .otherBody), sends: 9, decision: .answer(.refused)),
    Case(history: .init(inbox: .absent, isKeyHeld: true), sends: 1, decision: .answer(.retry, after: .seconds(30))),
    Case(history: .init(inbox: .absent, isKeyHeld: true), sends: 1, isExpired: true, decision: .answer(.expired)),
    Case(history: .init(inbox: .absent), sends: 2, isExpired: true, decision: .answer(.expired)),
    Case(history: .init(inbox: .absent, started: 2), sends: 3, decision: .count),
    Case(history: .init(inbox: .absent, started: 3), sends: 3, isCounted: true, decision: .attempt),
    Case(history: .init(inbox: .absent, started: 3), sends: 4, decision: .bury(crashed: true)),
    Case(history: .init(inbox: .absent, started: 19, failed: 19), sends: 20, decision: .count),
    Case(history: .init(inbox: .absent, started: 20, failed: 20), sends: 21, decision: .bury(crashed: false)),
  ])
  func decides(_ example: Case) {
    #expect(
      example.history.decide(
        sends: example.sends, isCounted: example.isCounted, isExpired: example.isExpired, policy: RetryPolicy())
        == example.decision)
  }

  @Test func retryWaitsBetweenNothingAndACeilingThatDoubles() {
    let policy = RetryPolicy()
    var random = SeededGenerator(seed: 7)
    for failures in 1...40 {
      let ceiling = min(900.0, Double(1 << min(failures - 1, 20)))
      let longest = (0..<200).map { _ in policy.delay(afterFailures: failures, using: &random) }.max()!
      #expect(longest <= .seconds(ceiling))
      #expect(longest > .seconds(ceiling / 2))
    }
  }
}
