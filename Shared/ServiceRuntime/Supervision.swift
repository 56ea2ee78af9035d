import Foundation

/// Tells systemd how far this process has come, where it was started with `Type=notify` (sd_notify(3)).
struct Supervision {
  enum State: String {
    case ready = "READY=1"
    case stopping = "STOPPING=1"
  }

  /// The path of systemd's datagram socket; one that begins with `@` has no file (unix(7), abstract).
  private let socketPath: String?

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    socketPath = environment["NOTIFY_SOCKET"]
  }

  /// Sends a state, or nothing where nobody listens. A lost one is systemd's to time out, so it is no failure.
  func tell(_ state: State) {
    guard let socketPath else { return }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = socketPath.hasPrefix("@") ? [0] + Array(socketPath.utf8.dropFirst()) : Array(socketPath.utf8)
    guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.offset(of: \.sun_path)! + path.count)
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, state.rawValue, state.rawValue.utf8.count, Int32(MSG_NOSIGNAL), $0, size)
      }
    }
  }
}
