import Foundation
import TestSupport
import Testing

/// Whatever people, services and clocks do to a year, through the notifier: no illegal state, no answer that is taken for
/// another, no task twice, none lost, none of the board's that closes while its reason stands, and no reminder that
/// leaves to somebody whose mentorship rests or is over, or who is erased.
@Suite struct YearPropertyTests {
  @Test func holdsWhateverHappens() async throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["SEEDS"].flatMap(UInt64.init) ?? 6
    let seeds = environment["SEED"].flatMap(UInt64.init).map { [$0] } ?? Array(1...count)
    for seed in seeds {
      var random = SeededGenerator(seed: seed)
      let deeds = YearDeed.sequence(environment["STEPS"].flatMap(Int.init) ?? 90, &random)
      guard let violation = try await Self.violation(deeds) else { continue }
      let least = try await Self.shrink(deeds, like: violation)
      Issue.record("SEED=\(seed): \(violation), after \(least.map(\.description).joined(separator: "; "))")
      return
    }
  }

  /// The deeds without what is not needed for a violation of the same kind.
  private static func shrink(_ deeds: [YearDeed], like found: YearViolation) async throws -> [YearDeed] {
    var least = deeds
    var size = deeds.count / 2
    while size >= 1 {
      var start = 0
      while start < least.count {
        let fewer = Array(least[..<start] + least[min(start + size, least.count)...])
        if try await violation(fewer)?.kind == found.kind { least = fewer } else { start += size }
      }
      size /= 2
    }
    return least
  }

  /// What went wrong; nil where all held.
  private static func violation(_ deeds: [YearDeed]) async throws -> YearViolation? {
    let run = try await YearRun()
    var done: [String] = []
    do {
      for deed in deeds {
        done.append("\(deed)")
        try await run.perform(deed)
      }
      try await run.finish()
    } catch let violation as YearViolation {
      await run.world.stop()
      return YearViolation(description: "\(violation) at \(done.last ?? "the start")")
    }
    await run.world.stop()
    return nil
  }
}

struct YearViolation: Error, CustomStringConvertible {
  let description: String
  /// Its words without those that name a pair or a number: what is shrunk must not become another violation.
  var kind: [Substring] {
    description.components(separatedBy: " at ")[0].split(separator: " ").filter { word in
      !word.contains { $0.isNumber }
    }
  }
}
