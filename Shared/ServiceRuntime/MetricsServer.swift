import Dispatch
import Foundation
import ServiceLifecycle
import Synchronization

/// Serves a worker's metrics at `/metrics` over HTTP (RFC 9112), where that is enabled; everything else is refused.
///
/// One scraper at a time, on a thread of its own, and what is read of one is bounded in bytes and in time, so it needs
/// no server's machinery. Without TLS and without a key: on loopback, unless the operator gives another address.
final class MetricsServer: Service {
  private let listener: Int32
  private let patience: Duration
  private let metrics: @Sendable () async throws -> String
  /// Where it listens.
  let port: UInt16

  /// Listens at once, so that a port that is taken keeps the service from starting.
  ///
  /// - Parameters:
  ///   - port: 0 for any that is free.
  ///   - patience: how long a scraper may take to ask, the worker to answer, and the scraper to read.
  ///   - metrics: asked at each scrape.
  /// - Throws: `ConfigurationFault` in a sentence.
  init(
    host: String, port: UInt16, patience: Duration = .seconds(2),
    _ metrics: @escaping @Sendable () async throws -> String
  ) throws {
    self.patience = patience
    self.metrics = metrics
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening =
      inet_pton(AF_INET, host, &address.sin_addr) == 1
      && withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &size) == 0
        }
      }
    guard isListening else {
      let cause = String(cString: strerror(errno))
      close(descriptor)
      throw ConfigurationFault(
        "The metrics can't be served on \(host):\(port): \(cause). Free the port, or set another HANDSLAG_METRICS_PORT."
      )
    }
    listener = descriptor
    self.port = UInt16(bigEndian: address.sin_port)
  }

  func run() async throws {
    Thread.detachNewThread { [self] in serve() }
    try? await gracefulShutdown()
    // Ends the wait for a scraper, and with it the thread.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve() {
    while true {
      let scraper = accept(listener, nil, nil)
      if scraper >= 0 {
        answer(scraper)
        close(scraper)
      } else if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) {
        // What is short now may not be in a moment.
        usleep(100_000)
      } else if errno != EINTR && errno != ECONNABORTED {
        break
      }
    }
    close(listener)
  }

  private func answer(_ scraper: Int32) {
    var limit = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
    if limit.tv_sec == 0 { limit.tv_usec = Int(patience.seconds * 1_000_000) }
    setsockopt(scraper, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var answer = MetricsRequest.answer(to: head(from: scraper))
    var body = ""
    if answer == .ok {
      if let text = ask() { body = text } else { answer = .unavailable }
    }
    let text =
      "HTTP/1.1 \(answer.rawValue) \(answer)\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
      + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n" + body
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { send(scraper, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  /// What the scraper sends up to the empty line, as far as it does so in time and in bounds.
  private func head(from scraper: Int32) -> [UInt8] {
    let deadline = ContinuousClock.now + patience
    var head: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 2_048)
    while !MetricsRequest.isWhole(head) {
      let left = ContinuousClock.now.duration(to: deadline).seconds
      var watched = pollfd(fd: scraper, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&watched, 1, Int32(left * 1000) + 1) > 0 else { break }
      let count = recv(scraper, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      head += buffer[0..<count]
    }
    return head
  }

  /// Asks the worker; nil where it does not answer in time.
  private func ask() -> String? {
    let answered = DispatchSemaphore(value: 0)
    let text = Asked()
    Task { [metrics] in
      let told = try? await metrics()
      text.value.withLock { $0 = told }
      answered.signal()
    }
    guard answered.wait(timeout: .now() + patience.seconds) == .success else { return nil }
    return text.value.withLock { $0 }
  }

  private final class Asked: Sendable {
    let value = Mutex<String?>(nil)
  }
}
