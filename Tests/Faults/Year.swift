import Contracts
import Foundation
import Synchronization
import TestSupport

/// A run of the demonstration's year, quiet or under fire.
struct Year: Sendable {
  let report: Data
  let kills: Int
  let injected: Int
  let folder: TemporaryFolder

  /// Something done to one service, so long after a step of the demonstration has begun.
  struct Shot: Sendable, CustomStringConvertible {
    enum Kind: String, CaseIterable, Sendable { case kill, stop, restart }
    let kind: Kind
    let service: ServiceName
    let step: Int
    let milliseconds: Int
    var description: String { "\(kind) \(service.rawValue) \(step)+\(milliseconds)ms" }
  }

  static func quiet(seed: UInt64) async throws -> Year { try await run(seed: seed, fire: []) }

  /// Services are killed, stopped for a while and restarted at random, all through the year.
  static func underFire(seed: UInt64, shots: Int = 48) async throws -> Year {
    var random = SeededGenerator(seed: seed)
    // Most happens in the first weeks and around the milestones; quiet days are as likely as any.
    return try await run(
      seed: seed,
      fire: (0..<shots).map { number in
        Shot(
          kind: Int.random(in: 0..<4, using: &random) < 2 ? .kill : Shot.Kind.allCases.randomElement(using: &random)!,
          service: ServiceName.allCases.randomElement(using: &random)!,
          step: Int.random(in: number.isMultiple(of: 2) ? 1..<40 : 40..<400, using: &random),
          milliseconds: Int.random(in: 0..<25, using: &random))
      })
  }

  private static func run(seed: UInt64, fire: [Shot]) async throws -> Year {
    let folder = try TemporaryFolder()
    let state = folder.path + "/demo"
    let process = Process()
    process.executableURL = Executable.folder.appendingPathComponent("programme")
    process.currentDirectoryURL = Executable.project
    process.arguments = [
      "demo", "--seed", "\(seed)", "--state", state, "--report", folder.path + "/report.json", "--steps",
    ]
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    let hits = Mutex<[Shot.Kind]>([])
    let step = Mutex(0)
    let lines = Lines(errors) { line in
      guard line.hasPrefix("step ") else { return }
      let number = step.withLock { count in
        count += 1
        return count
      }
      for shot in fire where shot.step == number {
        after(shot.milliseconds) { if shoot(shot, state) { hits.withLock { $0.append(shot.kind) } } }
      }
    }
    let ended = Ended(process)
    try process.run()
    let status = await ended.status()
    guard status == 0 else {
      let said = lines.all.filter { !$0.hasPrefix("step ") }
      throw Surprise("SEED=\(seed): the demonstration ended with \(status): \(said.suffix(5)), after \(fire)")
    }
    let all = hits.withLock { $0 }
    return Year(
      report: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/report.json")),
      kills: all.count { $0 == .kill }, injected: all.count { $0 != .kill }, folder: folder)
  }

  /// False where the service is not there just now.
  private static func shoot(_ shot: Shot, _ state: String) -> Bool {
    let path = "\(state)/\(shot.service.rawValue)/pid"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let pid = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
    else { return false }
    switch shot.kind {
    case .kill: return kill(pid, SIGKILL) == 0
    case .restart: return kill(pid, SIGTERM) == 0
    case .stop:
      guard kill(pid, SIGSTOP) == 0 else { return false }
      after(200) { kill(pid, SIGCONT) }
      return true
    }
  }

  private static func after(_ milliseconds: Int, _ body: @escaping @Sendable () -> Void) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds), execute: body)
  }
}

extension Fault {
  static let yearUnderFire = Fault(
    name: "a year under fire",
    how: "the demonstration's year, services killed, stopped, restarted at random; the same report"
  ) { scale in
    let environment = ProcessInfo.processInfo.environment
    let count = scale == .short ? 1 : environment["SEEDS"].flatMap(UInt64.init) ?? 20
    let seeds = environment["SEED"].flatMap(UInt64.init).map { [$0] } ?? Array(1...count)
    var tally = Trial.Tally()
    for seed in seeds {
      let quiet = try await Year.quiet(seed: seed)
      let fired = try await Year.underFire(seed: seed)
      tally.runs += 1
      tally.kills += fired.kills
      tally.injected += fired.injected
      if fired.report != quiet.report {
        tally.result.violations.append(
          "SEED=\(seed): the report is \(String(decoding: fired.report, as: UTF8.self)) "
            + "and not \(String(decoding: quiet.report, as: UTF8.self))")
      }
      let mails = try FileManager.default.contentsOfDirectory(atPath: fired.folder.path + "/demo/notification/mail/new")
        // Those to the board are not counted among its report's tasks.
        .filter { name in Party.allCases.contains { name.contains("-\($0.rawValue).") } }
      let report = try JSONDecoder().decode(JSONValue.self, from: fired.report)
      if report["mailsKept"] != .integer(mails.count) || mails.count < 100 {
        tally.result.violations.append("SEED=\(seed): \(mails.count) mails in the Maildir")
      }
      tally.result.effects += mails.count
    }
    return tally
  }
}
