import Foundation
import Synchronization
import TestSupport

/// A seeded mutation fuzzer. It keeps what led to an outcome not seen before, and goes on from there.
///
/// The input at hand always stands in a file, so that one that crashes or hangs is there afterwards:
/// `FUZZ_INPUT=FILE swift test --filter FuzzTests` runs it again. `SEED=n` begins with the same numbers, and
/// `FUZZ_SECONDS=300` goes on for longer than the two seconds of an ordinary test run.
struct Fuzzer {
  static let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap(Int.init) ?? 2
  static let input = ProcessInfo.processInfo.environment["FUZZ_INPUT"]

  /// The process may not grow by more than this, whatever it reads.
  static let maximumGrowth = 512 * 1024 * 1024

  struct Outcome: Sendable {
    let seed: UInt64
    let count: Int
    /// How many kinds of outcomes there were.
    let kinds: Int
    /// What went wrong with which file.
    let fault: String?
  }

  let surface: Surface

  func run() throws -> Outcome {
    let seed = SeededGenerator.seeds(0..<1).first.flatMap { $0 == 0 ? nil : $0 } ?? UInt64.random(in: 1..<1_000_000)
    let journal = try Journal(surface, seed)
    let watchdog = Watchdog(journal)
    defer { watchdog.stop() }
    var pool = try surface.seeds()
    var kinds: Set<String> = []
    var count = 0
    let before = Fuzzer.peakBytes()

    func failed(_ fault: any Error) -> Outcome {
      Outcome(seed: seed, count: count, kinds: kinds.count, fault: "\(fault); again with: \(journal.replay)")
    }
    func tryOut(_ bytes: [UInt8]) throws -> Bool {
      journal.write(bytes)
      count += 1
      let kind = try watchdog.watch { try surface.check(bytes) }
      guard Fuzzer.peakBytes(every: count) - before < Fuzzer.maximumGrowth else {
        throw Fault("the process grew by more than \(Fuzzer.maximumGrowth) bytes")
      }
      return kinds.insert(kind).inserted
    }

    for bytes in pool {
      do { _ = try tryOut(bytes) } catch { return failed(error) }
    }
    let end = ContinuousClock.now + .seconds(Fuzzer.seconds)
    while ContinuousClock.now < end {
      var mutation = Mutation(SeededGenerator(seed: seed &+ UInt64(count) &* 0x9E37), pool)
      let bytes = surface.mutate(&mutation)
      do {
        if try tryOut(bytes), pool.count < 4_000, bytes.count < 4_096 { pool.append(bytes) }
      } catch { return failed(error) }
    }
    journal.remove()
    return Outcome(seed: seed, count: count, kinds: kinds.count, fault: nil)
  }

  /// The most memory that this process ever held; read now and then, since it only rises.
  private static func peakBytes(every count: Int = 0) -> Int {
    guard count % 64 == 0 else { return 0 }
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss * 1024
  }
}

/// A property that an input breaks.
struct Fault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The file that holds the input at hand.
final class Journal: Sendable {
  let path: String
  private let file: Int32
  var replay: String { "FUZZ_INPUT=\(path) swift test --filter FuzzTests" }

  init(_ surface: Surface, _ seed: UInt64) throws {
    path = NSTemporaryDirectory() + "handslag-fuzz-\(surface.rawValue)-\(seed)"
    file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { throw Fault("\(path) can't be written") }
    print("fuzz \(surface.rawValue) SEED=\(seed); the input at hand: \(path)")
  }

  deinit { close(file) }

  func write(_ bytes: [UInt8]) {
    _ = pwrite(file, bytes, bytes.count, 0)
    ftruncate(file, off_t(bytes.count))
  }

  func remove() { unlink(path) }
}

/// Ends a process that is stuck on one input, and says on which.
final class Watchdog: Sendable {
  private static let patience = 20
  /// Odd while an input is read.
  private let beats = Mutex(0)
  private let isStopped = Mutex(false)

  init(_ journal: Journal) {
    Thread.detachNewThread { [self] in
      var last = 0
      var stuck = 0
      while !isStopped.withLock({ $0 }) {
        Thread.sleep(forTimeInterval: 1)
        let now = beats.withLock { $0 }
        stuck = now == last && now % 2 == 1 ? stuck + 1 : 0
        last = now
        if stuck >= Watchdog.patience {
          let words = "The input hung for \(Watchdog.patience) s; again with: \(journal.replay)\n"
          FileHandle.standardError.write(Data(words.utf8))
          kill(getpid(), SIGKILL)
        }
      }
    }
  }

  func watch<T>(_ body: () throws -> T) rethrows -> T {
    beats.withLock { $0 += 1 }
    defer { beats.withLock { $0 += 1 } }
    return try body()
  }

  func stop() { isStopped.withLock { $0 = true } }
}
