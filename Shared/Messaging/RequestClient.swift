import FoundationEssentials
import Synchronization

/// Asks services and waits for one reply each, with a deadline.
///
/// A request is sent again, with the same id and key, over each new connection and once a second: a query
/// writes nothing, and a command's key makes repeats harmless.
///
/// Behind a mutex and not an actor: a request is encoded and sent by who asks it, and one timer serves all.
public final class RequestClient: Sendable {
  public enum Failure: Error, Sendable, Equatable {
    /// Never connected within the deadline: nothing has happened.
    case unreachable(service: String)
    /// Connected, but no reply in time: whether it was done is unknown. Ask again with the same key.
    case unknown(service: String)
  }

  private typealias Moment = ContinuousClock.Instant
  private struct Waiting {
    let service: String
    let frames: [Data]
    let deadline: Moment
    let continuation: CheckedContinuation<Envelope, any Error>
    var sendAgainAt: Moment
    /// Sent at least once: from then on silence means that the outcome is unknown.
    var wasSent = false
    var due: Moment { min(deadline, sendAgainAt) }
  }
  private struct State {
    var waiting: [String: Waiting] = [:]
    var connected: Set<String> = []
    var timer: (at: Moment, task: Task<Void, any Error>)?
  }

  private static let sendAgainAfter = Duration.seconds(1)
  private let transport: any Transport
  private let coder: EnvelopeCoder
  private let state = Mutex(State())

  public init(transport: any Transport, types: MessageTypes) {
    self.transport = transport
    coder = EnvelopeCoder(types: types)
  }

  public func start() async throws {
    try await transport.start { [weak self] event in self?.handle(event) }
  }

  /// Sends a request and waits for the envelope that answers it.
  ///
  /// - Throws: `Failure`, or an encoding error.
  public func send(
    _ request: Envelope, to service: String, deadline: Duration
  ) async throws -> Envelope {
    let frames = try Packet.request(coder.encode(request)).frames()
    return try await withCheckedThrowingContinuation { continuation in
      let now = Moment.now
      let isConnected = state.withLock { state in
        let isConnected = state.connected.contains(service)
        let waiting = Waiting(
          service: service, frames: frames, deadline: now + deadline, continuation: continuation,
          sendAgainAt: now + Self.sendAgainAfter, wasSent: isConnected)
        state.waiting[request.id] = waiting
        wake(at: waiting.due, &state)
        return isConnected
      }
      if isConnected { transport.send(frames, to: service) } else { transport.announceWhenReachable(service) }
    }
  }

  // MARK: Arrivals

  /// On the transport's thread, a reply's decoding included: to wake another for it would take longer.
  private func handle(_ event: TransportEvent) {
    switch event {
    case .reachable(let service):
      let requests = state.withLock { state in
        state.connected.insert(service)
        for (id, request) in state.waiting where request.service == service { state.waiting[id]?.wasSent = true }
        return state.waiting.values.filter { $0.service == service }
      }
      for request in requests { transport.send(request.frames, to: service) }
    case .unreachable(let service):
      state.withLock { _ = $0.connected.remove(service) }
      transport.announceWhenReachable(service)
    case .answered(let frames, _):
      guard case .reply(let body)? = try? Packet(frames: frames),
        let reply = try? coder.decode(body), let id = reply.correlationid
      else { return }
      state.withLock { $0.waiting.removeValue(forKey: id) }?.continuation.resume(returning: reply)
    case .received, .rejected: break
    }
  }

  // MARK: Time

  /// Sets the one timer, where it would be too late.
  private func wake(at moment: Moment, _ state: inout State) {
    if let timer = state.timer, timer.at <= moment { return }
    state.timer?.task.cancel()
    let task = Task { [weak self] in
      try await Task.sleep(until: moment, clock: .continuous)
      self?.tick()
    }
    state.timer = (moment, task)
  }

  private func tick() {
    let now = Moment.now
    let (late, again) = state.withLock { state in
      state.timer = nil
      let late = state.waiting.filter { $0.value.deadline <= now }
      for id in late.keys { state.waiting[id] = nil }
      let again = state.waiting.filter { $0.value.sendAgainAt <= now }
      for id in again.keys { state.waiting[id]?.sendAgainAt = now + Self.sendAgainAfter }
      if let next = state.waiting.values.map(\.due).min() { wake(at: next, &state) }
      return (late.values, again.values.map { ($0, isConnected: state.connected.contains($0.service)) })
    }
    for request in late {
      request.continuation.resume(
        throwing: request.wasSent
          ? Failure.unknown(service: request.service) : .unreachable(service: request.service))
    }
    for (request, isConnected) in again {
      if isConnected {
        transport.send(request.frames, to: request.service)
      } else {
        transport.announceWhenReachable(request.service)
      }
    }
  }
}
