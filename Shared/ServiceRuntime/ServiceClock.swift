import Foundation
import Messaging

/// The two times of a service, given to it so that tests can drive them.
///
/// Deadlines, retries and heartbeats are on the monotonic clock; what is due on the calendar, which is the
/// machine's or, in a demonstration, a virtual one that an authenticated command moves.
public struct ServiceClock: Sendable {
  /// Time since some start; never jumps.
  public let monotonic: @Sendable () -> Duration
  /// What the machine's calendar shows.
  public let wall: @Sendable () -> Timestamp
  public let sleep: @Sendable (Duration) async throws -> Void

  public init(
    monotonic: @escaping @Sendable () -> Duration, wall: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.monotonic = monotonic
    self.wall = wall
    self.sleep = sleep
  }

  public static let system: ServiceClock = {
    let start = ContinuousClock.now
    return ServiceClock(
      monotonic: { ContinuousClock.now - start }, wall: { .wallClock() },
      sleep: { try await Task.sleep(for: $0) })
  }()
}
