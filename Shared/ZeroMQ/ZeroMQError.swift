import CZeroMQ

/// What libzmq refused, in a sentence, with whether trying again can help.
public struct ZeroMQError: Error, Sendable, CustomStringConvertible {
  /// Extensible: the errno of libzmq under the name that its manual uses.
  public struct Code: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }
    public static let again = Code(rawValue: EAGAIN)
    public static let interrupted = Code(rawValue: EINTR)
    public static let hostUnreachable = Code(rawValue: EHOSTUNREACH)
    public static let terminated = Code(rawValue: Int32(ETERM))
    public static let invalid = Code(rawValue: EINVAL)
  }

  public let code: Code
  /// The call of libzmq that failed.
  public let call: String
  public let message: String

  /// True where the same call can succeed later: no peer yet, a full queue, an interrupted call.
  public var isRetryable: Bool {
    code == .again || code == .interrupted || code == .hostUnreachable
  }

  public var description: String { "\(call): \(message)" }

  /// The error that the calling thread's last call of libzmq left behind.
  static func last(_ call: String) -> ZeroMQError {
    let number = zmq_errno()
    return ZeroMQError(
      code: Code(rawValue: number), call: call, message: String(cString: zmq_strerror(number)))
  }

  static func check(_ result: Int32, _ call: String) throws(ZeroMQError) {
    if result == -1 { throw last(call) }
  }
}
