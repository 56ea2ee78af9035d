import Foundation
import Synchronization

#if DEBUG
  /// In debug builds `HANDSLAG_FAILPOINT=PROGRAM:STEP:N:FILE` ends PROGRAM with SIGKILL the N-th time that it
  /// comes by STEP, and makes FILE so that it happens once. Release builds have no such step.
  private let armed: Armed? = {
    let parts = (ProcessInfo.processInfo.environment["HANDSLAG_FAILPOINT"] ?? "").split(separator: ":").map(String.init)
    guard parts.count == 4, let count = Int(parts[2]),
      parts[0] == (CommandLine.arguments[0] as NSString).lastPathComponent,
      !FileManager.default.fileExists(atPath: parts[3])
    else { return nil }
    return Armed(name: parts[1], countdown: count, file: parts[3])
  }()

  private final class Armed: Sendable {
    let name: String
    private let file: String
    private let countdown: Mutex<Int>

    init(name: String, countdown: Int, file: String) {
      self.name = name
      self.file = file
      self.countdown = Mutex(countdown)
    }

    func pass() {
      let left = countdown.withLock { count in
        count -= 1
        return count
      }
      guard left == 0 else { return }
      _ = FileManager.default.createFile(atPath: file, contents: nil)
      kill(getpid(), SIGKILL)
    }
  }
#endif

#if DEBUG
  /// In debug builds `HANDSLAG_POISON=PROGRAM:TYPE` ends PROGRAM with SIGKILL whenever it handles a delivery of
  /// TYPE: a message that no restart helps, until the program is started without.
  private let poison: String? = {
    let parts = (ProcessInfo.processInfo.environment["HANDSLAG_POISON"] ?? "").split(separator: ":").map(String.init)
    guard parts.count == 2, parts[0] == (CommandLine.arguments[0] as NSString).lastPathComponent else { return nil }
    return parts[1]
  }()
#endif

/// The steps around which a process may be made to die, for tests of what survives.
public enum Failpoint: String, CaseIterable, Sendable {
  case commitBefore = "commit-before"
  case commitAfter = "commit-after"
  case sendBefore = "send-before"
  case sendAfter = "send-after"
  case receive = "receive"
  case effectAfter = "effect-after"
  case answerBefore = "answer-before"
  case answerAfter = "answer-after"
  case settleBefore = "settle-before"
  case settleAfter = "settle-after"

  @inline(__always) public func pass() {
    #if DEBUG
      if let armed, armed.name == rawValue { armed.pass() }
    #endif
  }

  /// Comes by before a delivery of this type is handled.
  @inline(__always) public static func handle(_ type: String) {
    #if DEBUG
      if type == poison { kill(getpid(), SIGKILL) }
    #endif
  }
}
