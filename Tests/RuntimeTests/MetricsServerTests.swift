import Foundation
import Testing

@testable import ServiceRuntime

@Suite struct MetricsServerTests {
  private static let get = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"

  @Test(arguments: [
    (get, 200), ("GET /metrics?x=1 HTTP/1.0\r\n\r\n", 200), ("GET / HTTP/1.1\r\n\r\n", 404),
    ("GET /metricsx HTTP/1.1\r\n\r\n", 404), ("POST /metrics HTTP/1.1\r\n\r\n", 405), ("", 400), ("GET", 400),
    ("GET /metrics HTTP/1.1\r\n", 400), ("GET  /metrics HTTP/1.1\r\n\r\n", 400), ("GET /metrics HTTP/2\r\n\r\n", 400),
    ("\r\n\r\n", 400), ("GET /metrics HTTP/1.1\r\nX: " + String(repeating: "x", count: 9_000) + "\r\n\r\n", 431),
  ])
  func whatIsAskedForIsAnsweredOrRefused(_ head: String, _ status: Int) {
    #expect(MetricsRequest.answer(to: Array(head.utf8)).rawValue == status)
  }

  private func serve(
    _ port: UInt16 = 0, patience: Duration = .seconds(60), _ metrics: @escaping @Sendable () async throws -> String
  ) throws -> MetricsServer {
    try MetricsServer(host: "127.0.0.1", port: port, patience: patience, metrics)
  }

  /// Sends a text and reads until the other side closes, on a thread that nobody else waits for.
  private func ask(_ port: UInt16, _ text: String) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try talk(port, text) }) }
    }
  }

  private func talk(_ port: UInt16, _ text: String) throws -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    try #require(isConnected)
    _ = Array(text.utf8).withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
      answer += buffer[0..<count]
    }
  }

  @Test func answersOneAfterTheOther() async throws {
    let text = String(repeating: "handslag_x 1\n", count: 20_000)
    let server = try serve { text }
    let running = Task { try await server.run() }
    let answer = try await ask(server.port, Self.get)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n" + text))
    #expect(answer.contains("Content-Length: \(text.utf8.count)\r\n"))
    #expect(try await ask(server.port, "GET /etc/passwd HTTP/1.1\r\n\r\n").hasPrefix("HTTP/1.1 404 Not Found\r\n"))
    running.cancel()
    try await running.value
  }

  @Test func whoeverSaysNothingAndAWorkerThatSaysNothingAreGivenUp() async throws {
    let (never, _) = AsyncStream<String>.makeStream()
    let server = try serve(patience: .milliseconds(50)) {
      for await text in never { return text }
      return ""
    }
    let running = Task { try await server.run() }
    #expect(try await ask(server.port, "").hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
    #expect(try await ask(server.port, Self.get).hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
    running.cancel()
    try await running.value
  }

  @Test func aPortThatIsTakenIsASentence() async throws {
    let server = try serve { "" }
    let fault = #expect(throws: ConfigurationFault.self) { _ = try serve(server.port) { "" } }
    #expect(fault?.description.contains("HANDSLAG_METRICS_PORT") == true)
    let running = Task { try await server.run() }
    running.cancel()
    try await running.value
  }
}
