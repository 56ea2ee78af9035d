import Messaging

/// The calendar by which things expire and are forgotten: where the machine's has jumped, it is not believed for
/// an hour, so that a clock set wrong for a moment throws nothing away.
///
/// What is due is done by the calendar as it is; it can be put right. What has expired is gone.
struct SteadyCalendar {
  /// More than a machine's clock is off by between two looks at it, and less than matters to anything that expires.
  static let tolerance = Duration.seconds(600)
  static let suspicion = Duration.seconds(3_600)

  private var seen: (wall: Timestamp, monotonic: Duration)?
  private var suspectUntil: Duration?

  enum Reading: Equatable {
    case believed(Timestamp)
    /// Said once for each jump.
    case jumped(by: Duration)
    case suspect
  }

  /// - Parameter monotonic: since some start; never jumps.
  mutating func read(wall: Timestamp, monotonic: Duration) -> Reading {
    defer { seen = (wall, monotonic) }
    if let seen {
      let jump = .milliseconds(wall.milliseconds - seen.wall.milliseconds) - (monotonic - seen.monotonic)
      if jump > Self.tolerance || jump < .zero - Self.tolerance {
        suspectUntil = monotonic + Self.suspicion
        return .jumped(by: jump)
      }
    }
    if let suspectUntil, monotonic < suspectUntil { return .suspect }
    suspectUntil = nil
    return .believed(wall)
  }
}
