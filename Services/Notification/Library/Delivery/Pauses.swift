import Synchronization

/// How long nothing is begun while the channel can't be used: twice as long each time, so that a wrong password is not
/// tried until the server locks the account.
///
/// It is forgotten with the process, which begins by trying.
final class Pauses: Sendable {
  static let longest = Duration.seconds(15 * 60)
  private let failures = Mutex(0)

  /// The channel could be used.
  func end() { failures.withLock { $0 = 0 } }

  /// The channel could not be used once more.
  ///
  /// - Parameter first: after the first time.
  func next(first: Duration) -> Duration {
    let count = failures.withLock { count in
      count += 1
      return count
    }
    return min(first * (1 << min(count - 1, 16)), Pauses.longest)
  }
}
