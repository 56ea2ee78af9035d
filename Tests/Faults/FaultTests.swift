import Contracts
import Foundation
import Synchronization
import TestSupport
import Testing

/// The table of faults, each made on the real executables. `FAULTS=long` runs the whole of each row and leaves
/// `REPORT.md`; `SKIP_FAULTS=a,b` passes over rows by a part of their names, out loud; `ONLY_FAULTS=a` runs
/// those rows; `SEED=n` replays the load.
@Suite(.serialized) struct FaultTests {
  static let scale: Fault.Scale = ProcessInfo.processInfo.environment["FAULTS"] == "long" ? .long : .short
  static let only = ProcessInfo.processInfo.environment["ONLY_FAULTS"]?.lowercased()
  private static let skipped = (ProcessInfo.processInfo.environment["SKIP_FAULTS"] ?? "").split(separator: ",")
    .map { $0.trimmingCharacters(in: .whitespaces).lowercased() }.filter { !$0.isEmpty }
  static func isSkipped(_ fault: Fault) -> Bool { skipped.contains(where: fault.name.lowercased().contains) }
  private static let report = FaultReport(seed: Trial.seed)

  @Test(.timeLimit(.minutes(30)), arguments: Fault.table) func nothingIsLostAndNothingHappensTwice(_ fault: Fault)
    async throws
  {
    defer {
      if Self.scale == .long { #expect(throws: Never.self) { try Self.report.write() } }
    }
    if let only = Self.only, !fault.name.lowercased().contains(only) { return }
    if Self.isSkipped(fault) {
      print("SKIPPED by SKIP_FAULTS: \(fault.name)")
      return Self.report.add(fault, .skipped)
    }
    let missing = await fault.needs.asyncMap { await $0.missing() }.compactMap(\.self)
    guard missing.isEmpty else {
      Self.report.add(fault, .failed(missing.joined(separator: "; ")))
      Issue.record("\(fault.name): \(missing.joined(separator: "; ")), or name the row in SKIP_FAULTS")
      return
    }
    do {
      let tally = try await fault.run(Self.scale)
      Self.report.add(fault, .ran(tally))
      for violation in tally.result.violations.prefix(20) {
        Issue.record("SEED=\(Trial.seed) \(fault.name): \(violation)")
      }
      #expect(tally.kills + tally.injected > 0, "\(fault.name) did not happen")
      #expect(tally.result.lost == 0)
    } catch {
      Self.report.add(fault, .failed("\(error)"))
      throw Surprise("SEED=\(Trial.seed) \(fault.name): \(error)")
    }
  }
}

extension Fault: CustomTestStringConvertible {
  var testDescription: String { name }
}

extension Trial.Tally {
  /// One more thing that must hold of this row; `fault` says what is wrong.
  func requiring(_ fault: (Trial.Tally) -> String?) -> Trial.Tally {
    guard let fault = fault(self) else { return self }
    var worse = self
    worse.result.violations.append(fault)
    return worse
  }
}

/// One line a fault, printed when it has run and kept for the report.
final class FaultReport: Sendable {
  enum Outcome: Sendable {
    case ran(Trial.Tally)
    case skipped
    case failed(String)
  }

  private let seed: UInt64
  private let rows = Mutex<[(Fault, Outcome)]>([])

  init(seed: UInt64) { self.seed = seed }

  func add(_ fault: Fault, _ outcome: Outcome) {
    rows.withLock { $0.append((fault, outcome)) }
    FileHandle.standardOutput.write(Data((line(fault, outcome) + "\n").utf8))
  }

  private func line(_ fault: Fault, _ outcome: Outcome) -> String {
    switch outcome {
    case .ran(let tally):
      let result = tally.result
      return "fault: \(fault.name): \(tally.runs) runs, \(tally.kills) kills, \(tally.injected) injected, "
        + "\(result.messages) messages, \(result.acknowledged) acknowledged, \(result.effects) effects, "
        + "\(tally.duplicates) duplicates seen, \(result.dead) dead, \(result.expired) expired, lost: \(result.lost)"
        + (tally.aborts.isEmpty ? "" : ", ABORTED: \(tally.aborts)")
        + (result.violations.isEmpty ? "" : ", VIOLATED: \(result.violations.count)")
    case .skipped: return "fault: \(fault.name): SKIPPED"
    case .failed(let why): return "fault: \(fault.name): FAILED: \(why)"
    }
  }

  /// Writes `REPORT.md` with what has run so far; rows that `ONLY_FAULTS` leaves out stay as they last ran.
  func write() throws {
    var text = """
      # Faults, as last run by `make test-faults`

      Debug builds, the real executables, seed \(seed). What was acknowledged is the tests' own synced log; effects are
      a ledger that triggers write in each effect's transaction. "Duplicates seen" are deliveries that came again and
      changed nothing. Rows are in the order of `Fault.table`.

      | Fault | How it is made | Runs | Kills | Injected | Messages | Acknowledged | Effects | Duplicates seen | Dead | Lost | Violations |
      |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|

      """
    let done = rows.withLock { $0 }
    let path = Executable.project.appendingPathComponent("Tests/Faults/REPORT.md")
    let before = ((try? String(contentsOf: path, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    for fault in Fault.table {
      guard let outcome = done.last(where: { $0.0.name == fault.name })?.1 else {
        let earlier = FaultTests.only == nil ? nil : before.first { $0.hasPrefix("| \(fault.name) |") }
        text += (earlier ?? "| \(fault.name) | \(fault.how) | not run yet |") + "\n"
        continue
      }
      switch outcome {
      case .ran(let tally):
        let r = tally.result
        text +=
          "| \(fault.name) | \(fault.how) | \(tally.runs) | \(tally.kills) | \(tally.injected) | \(r.messages) "
          + "| \(r.acknowledged) | \(r.effects) | \(tally.duplicates) | \(r.dead) | \(r.lost) | \(r.violations.count) |\n"
      case .skipped: text += "| \(fault.name) | SKIPPED by SKIP_FAULTS |\n"
      case .failed(let why): text += "| \(fault.name) | FAILED: \(why) |\n"
      }
    }
    try Data(text.utf8).write(to: path)
  }
}
