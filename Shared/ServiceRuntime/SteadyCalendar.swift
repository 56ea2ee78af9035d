import Messaging

/// The calendar by which things expire and are forgotten: where the machine's has jumped, it is not believed for
/// an hour, so that a clock set wrong for a moment throws nothing away.
///
/// What is due is done by the calendar as it is; it can be put right. What has expired is gone.
struct SteadyCalendar {
  /// More than a machine's clock is off by between two looks at it, and less than matters to anything that expires.
  static let tolerance = Duration.seconds(600)
  static let suspicion = Duration.seconds(3_600)

  /// How long a service may have been away before its first look is a jump.
  static let absence = Duration.seconds(86_400)

  private var seen: (wall: Timestamp, monotonic: Duration)?
  private let lastSeen: Timestamp?
  private var suspectUntil: Duration?

  /// - Parameter lastSeen: what the calendar last showed to an earlier process of the service, where that is known.
  init(lastSeen: Timestamp? = nil) { self.lastSeen = lastSeen }

  enum Reading: Equatable {
    case believed(Timestamp)
    /// Said once for each jump.
    case jumped(by: Duration)
    case suspect
  }

  /// - Parameter monotonic: since some start; never jumps.
  mutating func read(wall: Timestamp, monotonic: Duration) -> Reading {
    defer { seen = (wall, monotonic) }
    let jump: Duration
    let limit: Duration
    if let seen {
      jump = .milliseconds(wall.milliseconds - seen.wall.milliseconds) - (monotonic - seen.monotonic)
      limit = Self.tolerance
    } else {
      jump = .milliseconds(wall.milliseconds - (lastSeen ?? wall).milliseconds)
      limit = Self.absence
    }
    if jump > limit || jump < .zero - Self.tolerance {
      suspectUntil = monotonic + Self.suspicion
      return .jumped(by: jump)
    }
    if let suspectUntil, monotonic < suspectUntil { return .suspect }
    suspectUntil = nil
    return .believed(wall)
  }
}
