import Foundation

/// Promises that a debug build can be made to break, so that the tests of faults prove that they would notice.
///
/// `HANDSLAG_SABOTAGE=PROGRAM:NAME` breaks one in PROGRAM. Release builds keep every promise.
public enum Sabotage: String, CaseIterable, Sendable {
  /// Answers and acknowledges before the commit.
  case acknowledgeBeforeCommit = "acknowledge-before-commit"
  /// Handles what comes again as if it came for the first time.
  case forgetInbox = "forget-inbox"
  /// Receives and acknowledges one delivery of sixteen without its effect.
  case skipEffects = "skip-effects"
  /// Opens the store with `synchronous = NORMAL`, which a kill survives and a power cut does not.
  case synchronousNormal = "synchronous-normal"

  @inline(__always) public var isOn: Bool {
    #if DEBUG
      return on == self
    #else
      return false
    #endif
  }
}

#if DEBUG
  private let on: Sabotage? = {
    let parts = (ProcessInfo.processInfo.environment["HANDSLAG_SABOTAGE"] ?? "").split(separator: ":")
    guard parts.count == 2, parts[0] == (CommandLine.arguments[0] as NSString).lastPathComponent else { return nil }
    return Sabotage(rawValue: String(parts[1]))
  }()
#endif
