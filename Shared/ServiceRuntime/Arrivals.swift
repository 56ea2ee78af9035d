import Messaging

/// What has arrived and waits for the worker, bounded in number and in bytes.
///
/// A packet that comes when either is full is dropped and counted, as if the network had lost it: a sender repeats
/// its deliveries after the next pong, and a request is repeated by its client until its deadline, after which
/// whether it was done is unknown. What this process asked for itself (answers, connections) is never dropped, since
/// it is bounded by what was asked.
struct Arrivals {
  static let maximumCount = 20_000
  static let maximumBytes = 128 * 1024 * 1024
  /// What a frame costs beyond its bytes.
  static let overhead = 128

  private let limit: Int
  private var events: [TransportEvent] = []
  private var bytes = 0
  private var dropped = 0

  init(maximumBytes: Int = Arrivals.maximumBytes) { limit = maximumBytes }

  /// Adds one event.
  ///
  /// - Returns: whether it is the only one, so that the worker has to be woken.
  mutating func append(_ event: TransportEvent) -> Bool {
    switch event {
    case .received, .rejected:
      guard events.count < Arrivals.maximumCount, bytes + event.size <= limit else {
        dropped += 1
        return false
      }
    case .answered, .reachable, .unreachable: break
    }
    bytes += event.size
    events.append(event)
    return events.count == 1
  }

  /// Removes the first events, and says how many were dropped since it was last asked.
  mutating func take(_ count: Int) -> (events: [TransportEvent], dropped: Int) {
    defer { dropped = 0 }
    let taken = Array(events.prefix(count))
    events.removeFirst(taken.count)
    for event in taken { bytes -= event.size }
    return (taken, dropped)
  }
}

extension TransportEvent {
  fileprivate var size: Int {
    switch self {
    case .received(let frames, _), .answered(let frames, _):
      frames.reduce(0) { $0 + $1.count + Arrivals.overhead }
    case .reachable, .unreachable, .rejected: Arrivals.overhead
    }
  }
}
