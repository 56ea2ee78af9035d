/// The receiving half's decisions, without I/O: what to do with a delivery, given what the store knows.
///
/// ```
///            effected before, same bytes ─▶ done          effected before, other bytes ─▶ refused
/// delivery ─ its key is held here ────────▶ retry
///            3 crashes or 20 failures ────▶ bury ─▶ dead
///            first send ──────────────────▶ effect         (shares the batch's commit)
///            sent before ─────────────────▶ effectCounted  (attempt committed first, then alone)
/// ```
public enum DeliveryDecision: Sendable, Equatable {
  case answer(DeliveryVerdict.Kind)
  case effect
  case effectCounted
  case bury(crashed: Bool)
}

/// What the receiver's store knows of one delivery.
public struct DeliveryHistory: Sendable, Equatable {
  public enum Inbox: Sendable, Equatable { case absent, sameBody, otherBody }
  public var inbox: Inbox
  /// Handlings begun that were counted before they ran.
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

  /// - Parameter sends: how many times the sender's process has sent it, this time included.
  public func decide(sends: Int, policy: RetryPolicy) -> DeliveryDecision {
    switch inbox {
    case .sameBody: return .answer(.done)
    case .otherBody: return .answer(.refused)
    case .absent: break
    }
    if isKeyHeld { return .answer(.retry) }
    if failed >= policy.maximumFailures { return .bury(crashed: false) }
    if started - failed >= policy.maximumCrashes { return .bury(crashed: true) }
    return sends > 1 || started > 0 ? .effectCounted : .effect
  }
}
