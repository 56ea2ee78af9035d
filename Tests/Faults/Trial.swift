import BoardClient
import Contracts
import Foundation
import TestSupport
import Testing

/// One run: the four services under load, a fault, rest, and the checker's word.
struct Trial: Sendable {
  let services: Services
  let load: Load
  let state: String

  /// What one row of the table comes to; rows of several runs add up.
  struct Tally: Sendable {
    var kills = 0
    var injected = 0
    var runs = 0
    var result = Checker.Result()
    var duplicates = 0
    /// The last words of services that ended by abort(), as a C library's assertion does (libzmq has some on faults
    /// of the system) and no trap of Swift's: told in the row, since the launcher starts them again.
    var aborts: [String] = []
    /// What was acknowledged before the backup that a store was restored from.
    var acknowledgedAtBackup: Int?

    static func + (a: Tally, b: Tally) -> Tally {
      var sum = a
      sum.kills += b.kills
      sum.injected += b.injected
      sum.runs += b.runs
      sum.duplicates += b.duplicates
      sum.aborts += b.aborts
      sum.result.violations += b.result.violations
      sum.result.messages += b.result.messages
      sum.result.acknowledged += b.result.acknowledged
      sum.result.effects += b.result.effects
      sum.result.lost += b.result.lost
      sum.result.expired += b.result.expired
      sum.result.dead += b.result.dead
      return sum
    }
  }

  static let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? .random(in: 1...999_999)

  /// Runs the load while `fault` does its work, waits for rest, ends the services, and checks.
  ///
  /// - Parameters:
  ///   - plan: how each start of a service differs.
  ///   - prepare: called with the state folder, copied from the template, before anything starts.
  ///   - deaths: the exit statuses, or negative signals, with which the fault ends services. Any other is a violation:
  ///     a service that falls by itself is not excused by being started again.
  ///   - isBroken: a promise is broken on purpose, so that it may never come to rest.
  ///   - fault: returns what it injected; the load goes on until it has returned.
  static func run(
    seed: UInt64 = Trial.seed, checker: Checker = Checker(), expected: Set<String> = [], deaths: Set<Int32> = [],
    isBroken: Bool = false,
    plan: @escaping Services.Plan = { _, _ in .plain },
    prepare: (String) async throws -> Void = { _ in },
    fault: @escaping @Sendable (Trial) async throws -> Tally
  ) async throws -> Tally {
    let folder = try TemporaryFolder()
    let state = folder.path + "/s"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    try await Template.copy(to: state)
    try await prepare(state)
    let services = Services(state: state, plan: plan)
    let log = try AcknowledgedLog(folder.path + "/acknowledged")
    let load = Load(log: log, seed: seed, expected: expected)
    let trial = Trial(services: services, load: load, state: state)
    try await services.startAll()
    do {
      // A load that fails ends the fault, too, and is what is told.
      async let working: Void = {
        do { try await load.run(state: state) } catch {
          await services.abandon()
          throw error
        }
      }()
      let outcome: Result<Tally, any Error>
      do { outcome = .success(try await fault(trial)) } catch { outcome = .failure(error) }
      load.stop()
      try await working
      var tally = try outcome.get()
      do { try await Template.quiet(state, within: isBroken ? .seconds(5) : .seconds(120)) } catch {
        if !isBroken { throw error }
      }
      let before = await services.exits
      let statuses = await services.endAll()
      tally.runs = 1
      tally.kills = before.values.joined().count { $0 != 0 }
      tally.duplicates = ServiceName.allCases.reduce(0) { $0 + services.logged($1, "a delivery came again") }
      let found = tally.result.violations
      tally.result = try checker.check(
        state: state, acknowledged: log.path, keptFrom: tally.acknowledgedAtBackup ?? 0)
      tally.result.violations += found
      for (service, statuses) in before {
        for status in statuses where status != 0 && !deaths.contains(status) {
          guard status != -SIGABRT else {
            tally.aborts.append("\(service): \(services.lastWords(service))")
            continue
          }
          tally.result.violations.append("\(service) ended by itself with \(status): \(services.lastWords(service))")
        }
      }
      if statuses.contains(where: { $0 != 0 }) { tally.result.violations.append("ended with \(statuses)") }
      return tally
    } catch {
      await services.endAll(SIGKILL)
      throw error
    }
  }

  /// What the operator does once a fault is mended: replays every dead letter, until there is none.
  ///
  /// - Returns: how many there were.
  func replayDeadLetters() async throws -> Int {
    let connection = try await Template.connect(state)
    let board = Board(connection)
    var replayed = 0
    let deadline = ContinuousClock.now + .seconds(60)
    var isDone = false
    while !isDone && ContinuousClock.now < deadline {
      isDone = true
      for service in ServiceName.allCases {
        do {
          for letter in try await board.deadLetters(of: service, box: .received) {
            isDone = false
            _ = try await connection.command(
              SettleDeadLetter(box: .received, number: letter.number, way: .replay), of: service)
            replayed += 1
          }
        } catch BoardFailure.outOfReach, BoardFailure.unknown {
          isDone = false
        } catch BoardFailure.refused {
          // Something else has to come first.
          isDone = false
        }
      }
    }
    await connection.close()
    return replayed
  }

  /// Asks a service until it has so many dead letters.
  func untilDeadLetters(_ count: Int, of service: ServiceName) async throws {
    let connection = try await Template.connect(state)
    let deadline = ContinuousClock.now + .seconds(120)
    var found = 0
    while found < count && ContinuousClock.now < deadline && !load.isOver {
      do { found = try await Board(connection).deadLetters(of: service, box: .received).count } catch
        BoardFailure.outOfReach, BoardFailure.unknown
      { continue }
      try await Task.sleep(for: .milliseconds(20))
    }
    await connection.close()
    if found < count { throw Surprise("\(service) has \(found) dead letters of \(count)") }
  }
}
