import FoundationEssentials

/// Moves frames between processes and promises nothing: what is durable is in the stores.
///
/// One instance a process. It may lose, repeat, delay and reorder between connections; within one
/// connection it keeps the order. Both implementations (ZeroMQ and in memory) pass one suite of tests.
public protocol Transport: Sendable {
  /// The thread that events come on, where the transport has one of its own: whoever works on it is reached
  /// without waking another.
  var executor: (any SerialExecutor)? { get }

  /// Queues frames for a service. Where it can't be reached now, `unreachable` is reported, the frames
  /// are gone, and `reachable` follows once there is a connection. `unreachable` is reported too when a
  /// connection ends.
  func send(_ frames: [Data], to service: String)

  /// Queues frames for whoever sent the message that came from `origin`.
  func answer(_ frames: [Data], to origin: Origin)

  /// Connects to the service. `reachable` is reported at once where there is a connection, and anyhow
  /// whenever a new one is made.
  func announceWhenReachable(_ service: String)

  /// Begins to receive. Events come one at a time, from the transport's own thread: return fast, or work
  /// on `executor`.
  func start(_ receive: @escaping @Sendable (TransportEvent) -> Void) async throws

  /// Who goes by a name, of those who may send to this process; nil where nobody does.
  func principal(named name: String) -> Principal?

  /// Sends nothing more and closes. Frames that wait are dropped.
  func stop() async
}

extension Transport {
  public var executor: (any SerialExecutor)? { nil }
}

/// Whom a message came from: the authenticated principal, and the way back.
public struct Origin: Sendable, Hashable {
  public let principal: Principal
  public let route: Data

  public init(principal: Principal, route: Data) {
    self.principal = principal
    self.route = route
  }
}

public enum TransportEvent: Sendable {
  /// A message from a client of this process's own socket.
  case received([Data], from: Origin)
  /// A message back from a service that this process sends to.
  case answered([Data], by: String)
  case reachable(String)
  case unreachable(String)
  /// A message that could not even be attributed: counted.
  case rejected(reason: String)
}
