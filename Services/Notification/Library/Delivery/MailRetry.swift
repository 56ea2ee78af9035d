import Messaging

/// When a mail that was not taken is tried again: after a minute, and twice as long each time up to four hours, half of
/// it at random, until four days have passed (RFC 5321, 4.5.4.1 asks for four to five).
struct MailRetry: Sendable {
  var base = Duration.seconds(60)
  var cap = Duration.seconds(4 * 3600)
  var patience = Duration.seconds(4 * 86_400)
  /// So long nothing is begun when the channel itself could not be used.
  var rest = Duration.seconds(10)

  /// - Parameters:
  ///   - attempts: how many there were, from 1.
  ///   - first: when the first was made.
  /// - Returns: nil where it is given up.
  func next(
    after attempts: Int, first: Timestamp, now: Timestamp, using random: inout some RandomNumberGenerator
  ) -> Timestamp? {
    let ceiling = min(cap.milliseconds, base.milliseconds << Int64(min(max(attempts - 1, 0), 30)))
    let moment = now + .milliseconds(Int64.random(in: ceiling / 2...ceiling, using: &random))
    let end = first + patience
    // The last attempt is made when the time is over, and not half a wait before.
    if now >= end { return nil }
    return min(moment, end)
  }
}
