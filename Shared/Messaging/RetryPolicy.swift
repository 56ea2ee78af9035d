/// Full jitter: a random wait between nothing and a ceiling that doubles from `base` to `cap`
/// (Brooker, "Exponential Backoff And Jitter", AWS 2015).
public struct RetryPolicy: Sendable {
  public var base: Duration
  public var cap: Duration
  /// So many failed handlings make a dead letter.
  public var maximumFailures: Int
  /// So many ended processes make a dead letter.
  public var maximumCrashes: Int

  public init(
    base: Duration = .seconds(1), cap: Duration = .seconds(900), maximumFailures: Int = 20,
    maximumCrashes: Int = 3
  ) {
    self.base = base
    self.cap = cap
    self.maximumFailures = maximumFailures
    self.maximumCrashes = maximumCrashes
  }

  /// The wait after the `failures`-th failure, counted from 1.
  public func delay(
    afterFailures failures: Int, using random: inout some RandomNumberGenerator
  ) -> Duration {
    let exponent = min(max(failures - 1, 0), 30)
    let ceiling = min(cap.milliseconds, base.milliseconds << Int64(exponent))
    return .milliseconds(Int64.random(in: 0...max(1, ceiling), using: &random))
  }

  /// The wait of what was not ready at its `sends`-th delivery: what the handler asked for, or longer as it goes
  /// on, up to a minute.
  public func wait(afterSends sends: Int, atLeast asked: Duration) -> Duration {
    max(asked, min(.seconds(60), base * (1 << min(sends, 6)) / 2))
  }
}
