import FoundationEssentials

/// Asks services and waits for one reply each, with a deadline.
///
/// A request is sent again, with the same id and key, over each new connection and once a second: a query
/// writes nothing, and a command's key makes repeats harmless.
public actor RequestClient {
  public enum Failure: Error, Sendable, Equatable {
    /// Never connected within the deadline: nothing has happened.
    case unreachable(service: String)
    /// Connected, but no reply in time: whether it was done is unknown. Ask again with the same key.
    case unknown(service: String)
  }

  private struct Waiting {
    let service: String
    let frames: [Data]
    let continuation: CheckedContinuation<Envelope, any Error>
    var isConnected = false
    /// Sent at least once: from then on silence means that the outcome is unknown.
    var wasSent = false
  }

  private let transport: any Transport
  private let coder: EnvelopeCoder
  private var waiting: [String: Waiting] = [:]

  public init(transport: any Transport, types: MessageTypes) {
    self.transport = transport
    coder = EnvelopeCoder(types: types)
  }

  public func start() async throws {
    try await transport.start { [weak self] event in
      guard let self else { return }
      Task { await self.handle(event) }
    }
  }

  /// Sends a request and waits for the envelope that answers it.
  ///
  /// - Throws: `Failure`, or an encoding error.
  public func send(
    _ request: Envelope, to service: String, deadline: Duration
  ) async throws -> Envelope {
    let frames = try Packet.request(coder.encode(request)).frames()
    let timer = Task {
      var left = deadline
      while left > .zero {
        let nap = min(left, .seconds(1))
        try await Task.sleep(for: nap)
        left -= nap
        if left > .zero { self.resend(id: request.id) }
      }
      self.giveUp(id: request.id)
    }
    defer { timer.cancel() }
    return try await withCheckedThrowingContinuation { continuation in
      waiting[request.id] = Waiting(service: service, frames: frames, continuation: continuation)
      transport.announceWhenReachable(service)
    }
  }

  private func resend(id: String) {
    guard let request = waiting[id] else { return }
    if request.isConnected {
      transport.send(request.frames, to: request.service)
    } else {
      transport.announceWhenReachable(request.service)
    }
  }

  private func giveUp(id: String) {
    guard let request = waiting.removeValue(forKey: id) else { return }
    request.continuation.resume(
      throwing: request.wasSent
        ? Failure.unknown(service: request.service) : .unreachable(service: request.service))
  }

  private func handle(_ event: TransportEvent) {
    switch event {
    case .reachable(let service):
      for (id, request) in waiting where request.service == service {
        waiting[id]?.isConnected = true
        waiting[id]?.wasSent = true
        transport.send(request.frames, to: service)
      }
    case .unreachable(let service):
      for (id, request) in waiting where request.service == service {
        waiting[id]?.isConnected = false
      }
      transport.announceWhenReachable(service)
    case .answered(let frames, _):
      guard case .reply(let body)? = try? Packet(frames: frames),
        let reply = try? coder.decode(body), let id = reply.correlationid,
        let request = waiting.removeValue(forKey: id)
      else { return }
      request.continuation.resume(returning: reply)
    case .received, .rejected: break
    }
  }
}
