import Foundation
import Messaging
import Synchronization
import ZeroMQ

/// `Transport` over ZeroMQ: one ROUTER that others connect to, one DEALER for each service that this
/// process sends to, CURVE on all of them, and the ZAP handler that says who a key belongs to.
///
/// An actor whose executor is the poll thread, so every socket is touched by that thread alone.
public actor ZeroMQTransport: Transport {
  public struct Configuration: Sendable {
    public var keys: CurveKeys
    /// Where to listen; nil for a client.
    public var endpoint: Endpoint?
    /// Who may connect; needed where it listens.
    public var authorizedKeys: AuthorizedKeys?
    /// Where a service that may be sent to listens, and its public key; nil where there is none (now). Asked
    /// at each send, so that a replaced key is used and a removed one ends the connection.
    public var peer: @Sendable (String) -> Peer?

    public init(
      keys: CurveKeys, endpoint: Endpoint? = nil, authorizedKeys: AuthorizedKeys? = nil,
      peer: @escaping @Sendable (String) -> Peer?
    ) {
      self.keys = keys
      self.endpoint = endpoint
      self.authorizedKeys = authorizedKeys
      self.peer = peer
    }
  }

  private enum Outgoing: Sendable {
    case send([Data], String)
    case answer([Data], Origin)
    case announce(String)
  }

  private let thread: PollThread
  private let configuration: Configuration
  private nonisolated let outgoing = Mutex<[Outgoing]>([])
  private var context: Context?
  private var router: Socket?
  private var zap: Socket?
  private struct Dealer {
    let peer: Peer
    let socket: Socket
    let monitor: Socket
    var isConnected = false
  }
  private var dealers: [String: Dealer] = [:]
  private var connections = 0
  private var receive: (@Sendable (TransportEvent) -> Void)?
  private var isStopped = false
  private var monitor: Socket?
  private var selfCheck: CheckedContinuation<Socket.Connection?, Never>?

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  public nonisolated var executor: (any SerialExecutor)? { thread }

  /// A client's task that prefers it asks and is answered without waking another thread.
  public nonisolated var taskExecutor: any TaskExecutor { thread }

  public init(_ configuration: Configuration) {
    self.configuration = configuration
    thread = PollThread(name: "sockets")
  }

  deinit { thread.stop() }

  // MARK: Transport

  public nonisolated func send(_ frames: [Data], to service: String) {
    enqueue(.send(frames, service))
  }

  public nonisolated func answer(_ frames: [Data], to origin: Origin) {
    enqueue(.answer(frames, origin))
  }

  public nonisolated func announceWhenReachable(_ service: String) {
    enqueue(.announce(service))
  }

  public nonisolated func principal(named name: String) -> Principal? {
    configuration.authorizedKeys?.principal(named: name)
  }

  /// Binds, connects, and proves that a stranger is refused.
  ///
  /// - Throws: `TransportError` in a sentence, or `ZeroMQError`.
  public func start(_ receive: @escaping @Sendable (TransportEvent) -> Void) async throws {
    self.receive = receive
    let context = Context()
    self.context = context
    if let endpoint = configuration.endpoint {
      try startZAP(context)
      try bind(endpoint, context)
      try await refuseStrangers(endpoint, context)
    }
    flush()
  }

  public func stop() {
    isStopped = true
    receive = nil
    for socket in [router, zap].compactMap({ $0 }) { thread.unwatch(socket) }
    for dealer in dealers.values { close(dealer) }
    router = nil
    zap = nil
    dealers = [:]
    context = nil
    if let path = configuration.endpoint?.path { unlink(path) }
  }

  // MARK: Sending

  private nonisolated func enqueue(_ item: Outgoing) {
    let wasEmpty = outgoing.withLock {
      $0.append(item)
      return $0.count == 1
    }
    if wasEmpty { thread.perform { [weak self] in self?.assumeIsolated { $0.flush() } } }
  }

  private func flush() {
    guard !isStopped, context != nil else { return }
    let items = outgoing.withLock { items in
      let all = items
      items = []
      return all
    }
    for item in items {
      switch item {
      case .answer(let frames, let origin):
        // A peer that has gone asks again; there is nobody to tell.
        try? router?.send([origin.route] + frames)
      case .send(let frames, let service):
        do {
          try dealer(service).socket.send(frames)
        } catch {
          receive?(.unreachable(service))
        }
      case .announce(let service):
        // Not where it takes nothing: a send that fails leads here, and to say so would lead to the next send, without
        // end. The connection's end may not have been heard of yet, or its queue is full.
        if let dealer = try? dealer(service), dealer.isConnected, dealer.socket.hasRoom() {
          receive?(.reachable(service))
        }
      }
    }
  }

  private func dealer(_ service: String) throws -> Dealer {
    let peer = configuration.peer(service)
    if let dealer = dealers[service] {
      if dealer.peer == peer { return dealer }
      close(dealer)
      dealers[service] = nil
    }
    guard let context, let peer else {
      throw TransportError(.unknownPeer, "No endpoint is configured for \(service).")
    }
    try peer.endpoint.check()
    let socket = try Socket(context, .dealer)
    try Settings.connect(socket, keys: configuration.keys, serverKey: peer.publicKey)
    connections += 1
    let dealer = Dealer(peer: peer, socket: socket, monitor: try socket.monitor(named: "\(service)-\(connections)"))
    dealers[service] = dealer
    thread.watch(socket, onReadable: { [unowned self] in assumeIsolated { $0.readable(service) } })
    thread.watch(
      dealer.monitor, onReadable: { [unowned self] in assumeIsolated { $0.connectionChanged(service) } })
    try socket.connect(peer.endpoint.text)
    return dealer
  }

  private func close(_ dealer: Dealer) {
    dealer.socket.stopMonitoring()
    thread.unwatch(dealer.monitor)
    thread.unwatch(dealer.socket)
  }

  /// Each new connection is reported, so that what was on its way over the old one is asked about at once, and
  /// its end, so that nobody takes it for one that is there.
  private func connectionChanged(_ service: String) {
    while let change = try? dealers[service]?.monitor.receiveConnection() {
      let wasConnected = dealers[service]?.isConnected == true
      dealers[service]?.isConnected = change == .succeeded
      if change == .succeeded {
        receive?(.reachable(service))
      } else if wasConnected {
        receive?(.unreachable(service))
      }
    }
  }

  // MARK: Receiving

  /// So many messages are taken from one socket before the others get their turn.
  private static let turn = 256

  private func readable(_ service: String) {
    guard let socket = dealers[service]?.socket else { return }
    for _ in 0..<Self.turn {
      guard let message = try? socket.receive() else { return }
      receive?(.answered(message.frames, by: service))
    }
  }

  private func routerReadable() {
    guard let router, let keys = configuration.authorizedKeys else { return }
    for _ in 0..<Self.turn {
      guard let message = try? router.receive() else { return }
      guard let route = message.frames.first, message.frames.count > 1 else {
        receive?(.rejected(reason: "too few or too many frames"))
        continue
      }
      // Looked up for each message, so that a removed key is cut off mid-connection.
      guard let key = message.userID, let principal = keys.principal(ofKey: key) else {
        receive?(.rejected(reason: "a key that is not authorised any more"))
        continue
      }
      receive?(
        .received(
          Array(message.frames.dropFirst()), from: Origin(principal: principal, route: route)))
    }
  }

  // MARK: ZAP (ZeroMQ RFC 27)

  private func startZAP(_ context: Context) throws {
    let socket = try Socket(context, .reply)
    try socket.set(.linger, 0)
    try socket.bind("inproc://zeromq.zap.01")
    zap = socket
    thread.watch(socket, onReadable: { [unowned self] in assumeIsolated { $0.authenticate() } })
  }

  private func authenticate() {
    while let zap, let request = try? zap.receive() {
      let frames = request.frames
      guard frames.count >= 2 else { continue }
      func reply(_ status: String, _ text: String, user: String) {
        let parts = [Data("1.0".utf8), frames[1], Data(status.utf8), Data(text.utf8), Data(user.utf8), Data()]
        try? zap.send(parts)
      }
      guard frames.count == 7, frames[0] == Data("1.0".utf8), frames[5] == Data("CURVE".utf8),
        frames[2] == Data(Settings.zapDomain.utf8), let key = CurveKeys.text(ofKey: frames[6]),
        configuration.authorizedKeys?.principal(ofKey: key) != nil
      else {
        reply("400", "not authorised", user: "")
        continue
      }
      reply("200", "OK", user: key)
    }
  }

  // MARK: Binding

  private func bind(_ endpoint: Endpoint, _ context: Context) throws {
    try endpoint.check()
    if let path = endpoint.path { try prepareFolder(of: path) }
    let socket = try Socket(context, .router)
    try Settings.serve(socket, keys: configuration.keys)
    let previous = umask(0o007)
    defer { umask(previous) }
    do {
      try socket.bind(endpoint.text)
    } catch {
      throw TransportError(
        .bind, "Can't listen on \(endpoint.text): \(error.message). Check that the folder exists and may be written.")
    }
    if let path = endpoint.path {
      var info = stat()
      guard stat(path, &info) == 0, info.st_mode & 0o777 == 0o770 || info.st_mode & 0o777 == 0o660 else {
        throw TransportError(
          .socketMode,
          "The socket \(path) did not get the mode 0770 (it has \(String(info.st_mode & 0o777, radix: 8))). Put it on a file system with Unix permissions."
        )
      }
    }
    router = socket
    thread.watch(socket, onReadable: { [unowned self] in assumeIsolated { $0.routerReadable() } })
  }

  private func prepareFolder(of path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    if !FileManager.default.fileExists(atPath: folder) {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o2750])
    }
  }

  // MARK: The start-up self-check

  /// libzmq 4.3.4 lets everybody in where a ZAP domain is set and no handler answers, so a key made just
  /// now tries the door, and the transport starts only once it has been refused.
  private func refuseStrangers(_ endpoint: Endpoint, _ context: Context) async throws {
    let stranger = try Socket(context, .dealer)
    try Settings.connect(stranger, keys: .generate(), serverKey: configuration.keys.publicKey)
    let monitor = try stranger.monitor(named: "stranger")
    self.monitor = monitor
    thread.watch(
      monitor, onReadable: { [unowned self] in assumeIsolated { $0.strangerAnswered() } })
    thread.after(Settings.handshakeTimeout) { [weak self] in
      self?.assumeIsolated { $0.finishSelfCheck(nil) }
    }
    try stranger.connect(endpoint.connectable)
    let outcome = await withCheckedContinuation { selfCheck = $0 }
    stranger.stopMonitoring()
    thread.unwatch(monitor)
    self.monitor = nil
    guard outcome == .refused else {
      throw TransportError(
        .admitsStrangers,
        "The socket \(endpoint.text) did not refuse an unknown key, so it was not opened. Report this with the version of libzmq."
      )
    }
  }

  private func strangerAnswered() {
    while let outcome = try? monitor?.receiveConnection() { finishSelfCheck(outcome) }
  }

  private func finishSelfCheck(_ outcome: Socket.Connection?) {
    selfCheck?.resume(returning: outcome)
    selfCheck = nil
  }
}

extension Endpoint {
  /// The endpoint as this process reaches itself: a wildcard address becomes the loopback.
  var connectable: String {
    text.replacingOccurrences(of: "tcp://*:", with: "tcp://127.0.0.1:")
      .replacingOccurrences(of: "tcp://0.0.0.0:", with: "tcp://127.0.0.1:")
  }
}
