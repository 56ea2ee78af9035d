import CZeroMQ

/// A libzmq context: owns the I/O thread and everything that sockets share within a process.
///
/// `@unchecked Sendable`: libzmq documents a context as thread-safe, and the pointer never changes.
public final class Context: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer

  public init() {
    guard let pointer = zmq_ctx_new() else { preconditionFailure("zmq_ctx_new: out of memory") }
    self.pointer = pointer
    zmq_ctx_set(pointer, ZMQ_BLOCKY, 0)
  }

  deinit { zmq_ctx_term(pointer) }
}
