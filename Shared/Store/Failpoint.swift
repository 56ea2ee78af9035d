import Foundation
import Synchronization

#if DEBUG
  /// In debug builds `HANDSLAG_FAILPOINT=NAME:N` ends the process with SIGKILL the N-th time it comes by
  /// the step of that name. Release builds have no such step.
  private let armed: Armed? = {
    guard let text = ProcessInfo.processInfo.environment["HANDSLAG_FAILPOINT"] else { return nil }
    let parts = text.split(separator: ":")
    guard parts.count == 2, let count = Int(parts[1]) else { return nil }
    return Armed(name: String(parts[0]), countdown: count)
  }()

  private final class Armed: Sendable {
    let name: String
    private let countdown: Mutex<Int>

    init(name: String, countdown: Int) {
      self.name = name
      self.countdown = Mutex(countdown)
    }

    func pass() {
      let left = countdown.withLock { count in
        count -= 1
        return count
      }
      if left == 0 { kill(getpid(), SIGKILL) }
    }
  }
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
}
