import Foundation
import MessagingZeroMQ
import ZeroMQ

/// A connection of a test's own, below the request client: raw frames out, raw frames back.
public actor RawConnection {
  private let thread = PollThread(name: "raw")
  private let context = Context()
  private var socket: Socket?
  private var arrived: [[Data]] = []
  private var waiting: CheckedContinuation<[Data]?, Never>?

  public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
  deinit { thread.stop() }

  public init() {}

  /// Connects; without keys the socket speaks no CURVE at all.
  public func connect(_ endpoint: Endpoint, keys: CurveKeys?, serverKey: String) throws {
    let socket = try Socket(context, .dealer)
    try socket.set(.linger, 0)
    if let keys {
      try socket.set(.curveServerKey, serverKey)
      try socket.set(.curvePublicKey, keys.publicKey)
      try socket.set(.curveSecretKey, keys.secretKey)
    }
    try socket.connect(endpoint.text)
    self.socket = socket
    thread.watch(socket, onReadable: { [unowned self] in assumeIsolated { $0.readable() } })
  }

  private func readable() {
    guard let message = try? socket?.receive() else { return }
    if let waiting { waiting.resume(returning: message.frames) } else { arrived.append(message.frames) }
    waiting = nil
  }

  public func send(_ frames: [Data]) throws { try socket?.send(frames) }

  /// The next message, or nil where none comes in time.
  public func next(within deadline: Duration) async -> [Data]? {
    if !arrived.isEmpty { return arrived.removeFirst() }
    return await withCheckedContinuation { continuation in
      waiting = continuation
      thread.after(deadline) { [weak self] in
        self?.assumeIsolated {
          $0.waiting?.resume(returning: nil)
          $0.waiting = nil
        }
      }
    }
  }

  public func close() {
    if let socket { thread.unwatch(socket) }
    socket = nil
  }
}
