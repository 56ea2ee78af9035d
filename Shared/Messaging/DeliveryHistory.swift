/// What the receiver's store knows of one delivery, and so what is to be done with it: the receiving half's
/// decision, without I/O.
///
/// ```
///            ended before, same bytes ────▶ answer done      ended before, other bytes ─▶ answer refused
///            a dead letter here ──────────▶ answer dead
/// delivery ─ past its expiry ─────────────▶ answer expired
///            its key is held here ────────▶ answer retry
///            3 crashes or 20 failures ────▶ bury
///            first send, no attempts ─────▶ attempt          (shares the batch's commit)
///            sent before ─────────────────▶ count ─▶ attempt (the count committed first; then alone)
///            first send, attempts here ───▶ answer retry     (its sender forgot: it comes again as sent before)
/// ```
public struct DeliveryHistory: Sendable, Equatable {
  public enum Inbox: Sendable, Equatable {
    case absent, sameBody, otherBody
    /// Kept as a dead letter that nobody has settled yet.
    case deadLetter
  }

  public enum Decision: Sendable, Equatable {
    case answer(DeliveryVerdict.Kind, after: Duration = .zero)
    /// Run the handler, with the inbox row in the same savepoint.
    case attempt
    /// Commit that an attempt begins, and decide again.
    case count
    /// Keep it as a dead letter, since it ended the process or failed too often.
    case bury(crashed: Bool)
  }

  public var inbox: Inbox
  /// Handlings begun that were counted before they ran, the present one included.
  public var started: Int
  /// Handlings that returned a failure.
  public var failed: Int
  /// An earlier delivery of the same key is a dead letter here.
  public var isKeyHeld: Bool

  public init(inbox: Inbox, started: Int = 0, failed: Int = 0, isKeyHeld: Bool = false) {
    self.inbox = inbox
    self.started = started
    self.failed = failed
    self.isKeyHeld = isKeyHeld
  }

  /// - Parameters:
  ///   - sends: how many times the sender's process has sent it, this time included.
  ///   - isCounted: the present attempt was counted, in a commit of its own.
  ///   - isExpired: it is past its `expirytime`.
  public func decide(sends: Int, isCounted: Bool, isExpired: Bool, policy: RetryPolicy) -> Decision {
    switch inbox {
    case .sameBody: return .answer(.done)
    case .otherBody: return .answer(.refused)
    case .deadLetter: return .answer(.dead)
    case .absent: break
    }
    // Before what its key waits for: after a restore that may be a later one.
    if isExpired { return .answer(.expired) }
    if isKeyHeld { return .answer(.retry, after: .seconds(30)) }
    if failed >= policy.maximumFailures { return .bury(crashed: false) }
    // What began before this attempt and never came to an end.
    let crashed = started - failed - (isCounted ? 1 : 0)
    if crashed >= policy.maximumCrashes { return .bury(crashed: true) }
    if isCounted || (sends == 1 && started == 0) { return .attempt }
    return sends > 1 ? .count : .answer(.retry, after: .milliseconds(1))
  }
}
