import Foundation
import Messaging
import Synchronization

/// Where in-memory transports meet: the network of a test.
public final class MemoryNetwork: Sendable {
  private struct State {
    var members: [String: MemoryTransport] = [:]
    var authorized: [String: Principal] = [:]
    var waiting: [(service: String, who: MemoryTransport)] = []
  }
  private let state = Mutex(State())
  public init() {}

  func join(_ transport: MemoryTransport) {
    let waiting = state.withLock { state in
      state.members[transport.principal.id] = transport
      let ready = state.waiting.filter { $0.service == transport.principal.id }
      state.waiting.removeAll { $0.service == transport.principal.id }
      return ready
    }
    for (service, who) in waiting { who.report(.reachable(service)) }
  }

  func leave(_ transport: MemoryTransport) {
    state.withLock { state in
      if state.members[transport.principal.id] === transport {
        state.members[transport.principal.id] = nil
      }
    }
  }

  func member(_ name: String) -> MemoryTransport? { state.withLock { $0.members[name] } }

  /// Lets somebody be known who sends nothing.
  public func authorize(_ principal: Principal) { state.withLock { $0.authorized[principal.id] = principal } }

  func principal(named name: String) -> Principal? {
    state.withLock { $0.authorized[name] ?? $0.members[name]?.principal }
  }

  func wait(for service: String, _ who: MemoryTransport) {
    let isThere = state.withLock { state in
      if state.members[service] != nil { return true }
      state.waiting.append((service, who))
      return false
    }
    if isThere { who.report(.reachable(service)) }
  }
}

/// `Transport` within one process, in order and without loss: the same promises as over a live connection.
public final class MemoryTransport: Transport {
  let principal: Principal
  private let network: MemoryNetwork
  private let queue: DispatchQueue
  private let receiver = Mutex<Receiver?>(nil)

  /// A closure by itself would be wrapped once more each time that the mutex hands it out.
  private struct Receiver {
    let receive: @Sendable (TransportEvent) -> Void
  }

  public init(_ principal: Principal, on network: MemoryNetwork) {
    self.principal = principal
    self.network = network
    queue = DispatchQueue(label: "memory.\(principal.id)")
  }

  public func start(_ receive: @escaping @Sendable (TransportEvent) -> Void) async throws {
    receiver.withLock { $0 = Receiver(receive: receive) }
    network.join(self)
  }

  public func stop() async {
    network.leave(self)
    receiver.withLock { $0 = nil }
  }

  public func send(_ frames: [Data], to service: String) {
    guard let peer = network.member(service) else {
      report(.unreachable(service))
      return
    }
    peer.report(.received(frames, from: Origin(principal: principal, route: Data(principal.id.utf8))))
  }

  public func answer(_ frames: [Data], to origin: Origin) {
    network.member(String(decoding: origin.route, as: UTF8.self))?
      .report(.answered(frames, by: principal.id))
  }

  public func principal(named name: String) -> Principal? { network.principal(named: name) }

  public func announceWhenReachable(_ service: String) { network.wait(for: service, self) }

  func report(_ event: TransportEvent) {
    queue.async { self.receiver.withLock { $0 }?.receive(event) }
  }
}
