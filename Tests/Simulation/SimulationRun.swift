import Foundation
import TestSupport

/// One seed's story, which can be told again and shrunk.
struct SimulationRun: Sendable {
  let seed: UInt64
  /// How many steps: some go wrong at the end of a short run alone, some after a long story.
  let count: Int
  var sabotage: DeliverySimulation.Sabotage?

  init(seed: UInt64, count: Int? = nil, sabotage: DeliverySimulation.Sabotage? = nil) {
    self.seed = seed
    self.count = count ?? [60, 200, 600, 1_500][Int(seed % 4)]
    self.sabotage = sabotage
  }

  func steps() -> [SimulationStep] {
    SimulationStep.generate(seed: seed, count: count, setting: DeliverySimulation.Setting(seed: seed))
  }

  func perform(_ steps: [SimulationStep]? = nil, isTracing: Bool = false) -> DeliverySimulation {
    var simulation = DeliverySimulation(seed: seed, sabotage: sabotage, isTracing: isTracing)
    simulation.run(steps ?? self.steps())
    return simulation
  }

  /// The steps that are needed for it.
  func shrunkSteps() -> [SimulationStep] {
    shrunk(steps()) { perform($0).violation != nil }
  }

  /// What to show: how to replay it, and the shortest way to it.
  func report() -> String {
    let steps = shrunkSteps()
    let simulation = perform(steps, isTracing: true)
    return """
      SEED=\(seed) STEPS=\(count) swift test --filter DeliveryTests
      \(simulation.violation ?? "")
      \(steps.count) steps lead to it:
      \(simulation.trace.prefix(60).joined(separator: "\n"))
      """
  }
}

/// Many seeds, on all cores.
struct SimulationSweep: CustomStringConvertible {
  private(set) var statistics = SimulationStatistics()
  private(set) var failures: [SimulationRun] = []

  /// - Parameters:
  ///   - total: about so many steps in all; `SEED` alone where it is set.
  ///   - count: the steps of each run, where they are not the seed's own.
  static func run(steps total: Int, each count: Int? = nil) async -> SimulationSweep {
    let seeds = SeededGenerator.seeds(0..<UInt64(max(1, total / 590)))
    let lanes = ProcessInfo.processInfo.activeProcessorCount
    return await withTaskGroup(of: SimulationSweep.self) { group in
      for lane in 0..<lanes {
        group.addTask {
          var own = SimulationSweep()
          for index in stride(from: lane, to: seeds.count, by: lanes) where own.failures.count < 3 {
            own.add(SimulationRun(seed: seeds[index], count: count))
          }
          return own
        }
      }
      return await group.reduce(into: SimulationSweep()) {
        $0.statistics += $1.statistics
        $0.failures += $1.failures
      }
    }
  }

  private mutating func add(_ run: SimulationRun) {
    let simulation = run.perform()
    statistics += simulation.statistics
    statistics.seeds += 1
    statistics.effects += simulation.check.effects
    if simulation.violation != nil { failures.append(run) }
  }

  var description: String {
    """
    simulation: \(statistics.seeds) seeds, \(statistics.steps) steps, \(statistics.messages) messages, \
    \(statistics.effects) effects, \(statistics.duplicates) duplicates, \(statistics.crashes) crashes, \
    \(statistics.drops) drops, \(statistics.restores) restores, \(statistics.letters) dead letters, \
    \(statistics.expired) expired, lost: \(failures.count)
    """
  }
}
