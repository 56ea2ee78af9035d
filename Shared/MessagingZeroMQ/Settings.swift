import Foundation
import Messaging
import ZeroMQ

/// The socket settings, each found by trial on libzmq 4.3.4.
enum Settings {
  static let zapDomain = "handslag"
  static let handshakeTimeout = Duration.seconds(2)

  static func apply(to socket: Socket) throws {
    try socket.set(.linger, 0)
    try socket.set(.handshakeInterval, Int(handshakeTimeout.milliseconds))
    // The limit at enqueue is lower, so that what an outbox took can be sent.
    try socket.set(.maximumMessageSize, 2 * Envelope.maximumBytes)
    try socket.set(.heartbeatInterval, 2_000)
    try socket.set(.heartbeatTimeout, 6_000)
    try socket.set(.sendHighWaterMark, 100_000)
    try socket.set(.receiveHighWaterMark, 100_000)
  }

  /// For the socket that others connect to. Without `routerMandatory` sends to nobody vanish.
  static func serve(_ socket: Socket, keys: CurveKeys) throws {
    try apply(to: socket)
    try socket.set(.routerMandatory, 1)
    try socket.set(.curveServer, 1)
    try socket.set(.curveSecretKey, keys.secretKey)
    try socket.set(.zapDomain, zapDomain)
  }

  /// For a socket to one service. With `immediate` nothing queues for a peer that isn't there.
  static func connect(_ socket: Socket, keys: CurveKeys, serverKey: String) throws {
    try apply(to: socket)
    try socket.set(.immediate, 1)
    try socket.set(.reconnectInterval, 100)
    try socket.set(.reconnectIntervalMaximum, 5_000)
    try socket.set(.curveServerKey, serverKey)
    try socket.set(.curvePublicKey, keys.publicKey)
    try socket.set(.curveSecretKey, keys.secretKey)
  }
}

/// Why a socket can't be served or reached, in a sentence. Trying again doesn't help.
public struct TransportError: Error, Sendable, CustomStringConvertible {
  public struct Code: Sendable, Hashable, RawRepresentable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let pathTooLong = Code(rawValue: "path-too-long")
    public static let alreadyServed = Code(rawValue: "already-served")
    public static let socketMode = Code(rawValue: "socket-mode")
    public static let notWritable = Code(rawValue: "socket-not-writable")
    public static let admitsStrangers = Code(rawValue: "admits-strangers")
    public static let unknownPeer = Code(rawValue: "unknown-peer")
    public static let bind = Code(rawValue: "bind")
  }
  public let code: Code
  public let sv: String
  public let en: String
  public init(_ code: Code, sv: String, en: String) {
    self.code = code
    self.sv = sv
    self.en = en
  }
  /// What only a service meets is told in its log alone.
  init(_ code: Code, _ message: String) { self.init(code, sv: message, en: message) }
  /// As logs tell it.
  public var description: String { en }
}

/// Where a service listens: `ipc://PATH` or `tcp://HOST:PORT`.
public struct Endpoint: Sendable, Hashable {
  public let text: String
  public init(_ text: String) { self.text = text }

  /// sockaddr_un has 108 bytes, the last of them zero.
  public static let maximumPathBytes = 107

  /// The socket's path where it is an ipc endpoint.
  public var path: String? {
    text.hasPrefix("ipc://") ? String(text.dropFirst("ipc://".count)) : nil
  }

  public func check() throws(TransportError) {
    if let path, path.utf8.count > Self.maximumPathBytes {
      throw TransportError(
        .pathTooLong,
        sv:
          "Socketens sökväg \(path) har \(path.utf8.count) byte; den får ha \(Self.maximumPathBytes). Välj en kortare mapp.",
        en:
          "The socket path \(path) has \(path.utf8.count) bytes; a Unix socket's may have \(Self.maximumPathBytes). Choose a shorter folder."
      )
    }
  }
}
