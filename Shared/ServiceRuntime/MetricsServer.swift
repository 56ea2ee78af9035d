import FlyingFox
import FlyingSocks
import Foundation
import ServiceLifecycle

/// Serves a worker's metrics at `/metrics` over HTTP, where that is enabled; everything else is 404.
///
/// Without TLS and without a key: on loopback, unless the operator gives another address.
struct MetricsServer: Service {
  private let server: HTTPServer
  private let place: String

  /// - Parameter metrics: asked at each scrape.
  /// - Throws: where the host is no address.
  init(host: String, port: UInt16, _ metrics: @escaping @Sendable () async throws -> String) async throws {
    place = "\(host):\(port)"
    server = HTTPServer(address: try .inet(ip4: host, port: port), timeout: 5, logger: .disabled)
    await server.appendRoute("GET /metrics") { _ in
      HTTPResponse(
        statusCode: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: Data(try await metrics().utf8))
    }
  }

  func run() async throws {
    try await withGracefulShutdownHandler {
      do { try await server.run() } catch  where !Task.isShuttingDownGracefully && !Task.isCancelled {
        throw ConfigurationFault(
          "The metrics can't be served on \(place): \(error). Free the port, or set another HANDSLAG_METRICS_PORT.")
      } catch {}
    } onGracefulShutdown: {
      Task { await server.stop() }
    }
  }
}
