import Messaging
import TestSupport
import Testing

@Suite struct DeliveryTests {
  /// Everything that was committed is effected, once, in order within its key, whatever happens between.
  /// `SEED=n` replays one.
  @Test(arguments: SeededGenerator.seeds(0..<400))
  func everythingArrivesOnceAndInOrder(seed: UInt64) {
    var simulation = DeliverySimulation(seed: seed)
    simulation.run(steps: 600)
    if let violation = simulation.violation {
      Issue.record("SEED=\(seed): \(violation)\n\(simulation.trace.suffix(40).joined(separator: "\n"))")
    }
    #expect(simulation.effects.count == simulation.items.count)
  }

  @Test(arguments: DeliverySimulation.Sabotage.allCases)
  func aBrokenReceiverIsFoundOut(_ sabotage: DeliverySimulation.Sabotage) {
    let found = (0..<400).contains { seed in
      var simulation = DeliverySimulation(seed: UInt64(seed), sabotage: sabotage)
      simulation.run(steps: 600)
      return simulation.violation != nil
    }
    #expect(found)
  }

  @Test func faultsReallyHappen() {
    var duplicates = 0
    for seed in 0..<50 {
      var simulation = DeliverySimulation(seed: UInt64(seed))
      simulation.run(steps: 600)
      duplicates += simulation.duplicatesSeen
    }
    #expect(duplicates > 100)
  }

  struct Case: Sendable {
    let history: DeliveryHistory
    let sends: Int
    let decision: DeliveryDecision
  }

  @Test(arguments: [
    Case(history: .init(inbox: .absent), sends: 1, decision: .effect),
    Case(history: .init(inbox: .absent), sends: 2, decision: .effectCounted),
    Case(history: .init(inbox: .absent, started: 1, failed: 0), sends: 1, decision: .effectCounted),
    Case(history: .init(inbox: .sameBody), sends: 1, decision: .answer(.done)),
    Case(history: .init(inbox: .otherBody), sends: 9, decision: .answer(.refused)),
    Case(history: .init(inbox: .absent, isKeyHeld: true), sends: 1, decision: .answer(.retry)),
    Case(history: .init(inbox: .absent, started: 2, failed: 0), sends: 3, decision: .effectCounted),
    Case(history: .init(inbox: .absent, started: 3, failed: 0), sends: 4, decision: .bury(crashed: true)),
    Case(history: .init(inbox: .absent, started: 19, failed: 19), sends: 20, decision: .effectCounted),
    Case(history: .init(inbox: .absent, started: 20, failed: 20), sends: 21, decision: .bury(crashed: false)),
  ])
  func decides(_ example: Case) {
    #expect(example.history.decide(sends: example.sends, policy: RetryPolicy()) == example.decision)
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
