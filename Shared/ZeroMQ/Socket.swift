import CZeroMQ
import FoundationEssentials

/// One libzmq socket. Not thread-safe and so not `Sendable`: it lives on the thread that made it.
public final class Socket {
  public enum Kind: Sendable {
    case dealer, router, reply, pair
    var number: Int32 {
      switch self {
      case .dealer: ZMQ_DEALER
      case .router: ZMQ_ROUTER
      case .reply: ZMQ_REP
      case .pair: ZMQ_PAIR
      }
    }
  }

  /// A number-valued option. The values in use and why stand in `Settings`.
  public enum Option: Sendable {
    case linger, immediate, handshakeInterval, maximumMessageSize, reconnectInterval
    case reconnectIntervalMaximum, heartbeatInterval, heartbeatTimeout, routerMandatory
    case sendHighWaterMark, receiveHighWaterMark, curveServer
  }

  /// A text-valued option: keys in Z85, domains and identities as they are.
  public enum TextOption: Sendable {
    case curvePublicKey, curveSecretKey, curveServerKey, zapDomain
  }

  /// A whole multipart message. For a router the first frame names the peer.
  public struct Message: Sendable {
    public var frames: [Data]
    /// What the ZAP handler called the peer (its public key), where one ran.
    public var userID: String?
  }

  let pointer: UnsafeMutableRawPointer
  /// Readable while libzmq has something to tell the socket; any call to the socket may take it in.
  let descriptor: Int32
  /// A call may have taken in the descriptor's signal, so that messages wait without one.
  private(set) var mayHaveInput = false
  private let context: Context
  /// What is being received. libzmq keeps short messages inside of it, so that it has one address all the while.
  private let part = UnsafeMutablePointer<zmq_msg_t>.allocate(capacity: 1)

  public init(_ context: Context, _ kind: Kind) throws(ZeroMQError) {
    guard let pointer = zmq_socket(context.pointer, kind.number) else {
      throw .last("zmq_socket")
    }
    self.pointer = pointer
    self.context = context
    var descriptor: Int32 = -1
    var size = MemoryLayout<Int32>.size
    try ZeroMQError.check(zmq_getsockopt(pointer, ZMQ_FD, &descriptor, &size), "zmq_getsockopt")
    self.descriptor = descriptor
  }

  /// Whether a message waits. Afterwards the descriptor tells of what comes later.
  func hasInput() -> Bool {
    mayHaveInput = events() & ZMQ_POLLIN != 0
    return mayHaveInput
  }

  /// Whether a message would be queued now: a peer is connected, and its queue is not full.
  public func hasRoom() -> Bool {
    mayHaveInput = true
    return events() & ZMQ_POLLOUT != 0
  }

  private func events() -> Int32 {
    var events: Int32 = 0
    var size = MemoryLayout<Int32>.size
    return zmq_getsockopt(pointer, ZMQ_EVENTS, &events, &size) == 0 ? events : 0
  }

  deinit {
    zmq_close(pointer)
    part.deallocate()
  }

  public func set(_ option: Option, _ value: Int) throws(ZeroMQError) {
    if case .maximumMessageSize = option {
      var wide = Int64(value)
      try ZeroMQError.check(
        zmq_setsockopt(pointer, ZMQ_MAXMSGSIZE, &wide, MemoryLayout<Int64>.size), "zmq_setsockopt")
      return
    }
    let number =
      switch option {
      case .linger: ZMQ_LINGER
      case .immediate: ZMQ_IMMEDIATE
      case .handshakeInterval: ZMQ_HANDSHAKE_IVL
      case .maximumMessageSize: ZMQ_MAXMSGSIZE
      case .reconnectInterval: ZMQ_RECONNECT_IVL
      case .reconnectIntervalMaximum: ZMQ_RECONNECT_IVL_MAX
      case .heartbeatInterval: ZMQ_HEARTBEAT_IVL
      case .heartbeatTimeout: ZMQ_HEARTBEAT_TIMEOUT
      case .routerMandatory: ZMQ_ROUTER_MANDATORY
      case .sendHighWaterMark: ZMQ_SNDHWM
      case .receiveHighWaterMark: ZMQ_RCVHWM
      case .curveServer: ZMQ_CURVE_SERVER
      }
    var narrow = Int32(clamping: value)
    try ZeroMQError.check(
      zmq_setsockopt(pointer, number, &narrow, MemoryLayout<Int32>.size), "zmq_setsockopt")
  }

  public func set(_ option: TextOption, _ value: String) throws(ZeroMQError) {
    let number =
      switch option {
      case .curvePublicKey: ZMQ_CURVE_PUBLICKEY
      case .curveSecretKey: ZMQ_CURVE_SECRETKEY
      case .curveServerKey: ZMQ_CURVE_SERVERKEY
      case .zapDomain: ZMQ_ZAP_DOMAIN
      }
    // libzmq takes a Z85 key with its terminating zero, everything else without.
    let size = value.utf8.count + (number == ZMQ_ZAP_DOMAIN ? 0 : 1)
    try ZeroMQError.check(zmq_setsockopt(pointer, number, value, size), "zmq_setsockopt")
  }

  public func bind(_ endpoint: String) throws(ZeroMQError) {
    try ZeroMQError.check(zmq_bind(pointer, endpoint), "zmq_bind \(endpoint)")
  }

  public func connect(_ endpoint: String) throws(ZeroMQError) {
    try ZeroMQError.check(zmq_connect(pointer, endpoint), "zmq_connect \(endpoint)")
  }

  /// Queues one whole multipart message without waiting.
  ///
  /// Success promises nothing about arrival. Throws `.again` where no peer is connected or its queue
  /// is full, `.hostUnreachable` where a router doesn't know the peer; both may be tried again.
  public func send(_ frames: [Data]) throws(ZeroMQError) {
    mayHaveInput = true
    for (index, frame) in frames.enumerated() {
      let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
      var result: Int32 = -1
      repeat {
        result = frame.withUnsafeBytes { zmq_send(pointer, $0.baseAddress, $0.count, flags) }
      } while result == -1 && zmq_errno() == EINTR
      try ZeroMQError.check(result, "zmq_send")
    }
  }

  /// The next whole message, or nil where none waits.
  ///
  /// Frames past `maximumFrames` are read and thrown away, and the message comes back without any:
  /// a peer can't make this process hold an unbounded message.
  public func receive(maximumFrames: Int = 1_100) throws(ZeroMQError) -> Message? {
    mayHaveInput = true
    var message = Message(frames: [], userID: nil)
    var tooMany = false
    while true {
      zmq_msg_init(part)
      defer { zmq_msg_close(part) }
      let size = zmq_msg_recv(part, pointer, ZMQ_DONTWAIT)
      if size == -1 {
        let error = ZeroMQError.last("zmq_msg_recv")
        if error.code == .interrupted { continue }
        if error.code == .again {
          // libzmq has taken in all that it was told before it says so.
          mayHaveInput = false
          return nil
        }
        throw error
      }
      if message.frames.count < maximumFrames {
        message.frames.append(Data(bytes: zmq_msg_data(part), count: zmq_msg_size(part)))
      } else {
        tooMany = true
      }
      if message.userID == nil, let property = zmq_msg_gets(part, "User-Id") {
        message.userID = String(cString: property)
      }
      if zmq_msg_more(part) == 0 { break }
    }
    if tooMany { message.frames = Array(message.frames.prefix(1)) }
    return message
  }

  /// Starts reporting this socket's connections to a new pair socket.
  ///
  /// Call `stopMonitoring` before the pair socket is let go: libzmq's I/O thread waits for ever on a monitor
  /// whose other end is gone, and with it every connection of the process.
  public func monitor(named name: String) throws(ZeroMQError) -> Socket {
    let endpoint = "inproc://monitor-\(name)"
    let events =
      ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
      | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
    try ZeroMQError.check(
      zmq_socket_monitor(pointer, endpoint, Int32(events)), "zmq_socket_monitor")
    let monitor = try Socket(context, .pair)
    try monitor.set(.linger, 0)
    try monitor.connect(endpoint)
    return monitor
  }

  /// Reports nothing more.
  public func stopMonitoring() { zmq_socket_monitor(pointer, nil, 0) }

  /// What became of a connection, as a monitor reports it: the handshake succeeded, the key was refused,
  /// or the connection failed or ended.
  public enum Connection: Sendable { case succeeded, refused, ended }

  /// The next report of a monitor, or nil where none waits.
  public func receiveConnection() throws(ZeroMQError) -> Connection? {
    guard let message = try receive(), let first = message.frames.first, first.count >= 2 else {
      return nil
    }
    let number = Int32(first[first.startIndex]) | Int32(first[first.startIndex + 1]) << 8
    switch number {
    case Int32(ZMQ_EVENT_HANDSHAKE_SUCCEEDED): return .succeeded
    case Int32(ZMQ_EVENT_HANDSHAKE_FAILED_AUTH): return .refused
    default: return .ended
    }
  }
}
