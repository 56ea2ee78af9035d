import Foundation

/// A stream socket below every protocol, for floods, noise and cut connections.
final class UnixSocket: Sendable {
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Nil where nobody listens or nobody takes it any more.
  init?(connectedTo path: String) {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    let isConnected = UnixSocket.withAddress(path) { connect(descriptor, $0, $1) } == 0
    guard descriptor >= 0, isConnected else {
      if descriptor >= 0 { Foundation.close(descriptor) }
      return nil
    }
  }

  static func listen(at path: String) throws -> UnixSocket {
    unlink(path)
    let own = UnixSocket(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
    guard withAddress(path, { bind(own.descriptor, $0, $1) }) == 0, Foundation.listen(own.descriptor, 64) == 0 else {
      throw Surprise("nothing can listen at \(path)")
    }
    return own
  }

  private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }

  /// False where the other end is gone.
  @discardableResult
  func send(_ bytes: some Sequence<UInt8>) -> Bool {
    let all = Array(bytes)
    var done = 0
    while done < all.count {
      let count = all[done...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      done += count
    }
    return true
  }

  /// Ends both directions, so that whoever reads or writes is woken.
  func cut() { shutdown(descriptor, Int32(SHUT_RDWR)) }
  func close() { Foundation.close(descriptor) }
}
