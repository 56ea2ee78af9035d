import Foundation

/// Where each service listens: a Unix socket in a folder of its own below `folder`, unless the
/// environment says otherwise, such as `HANDSLAG_MATCHING_ENDPOINT=tcp://10.0.0.2:5601`.
public struct Endpoints: Sendable {
  public let folder: String
  private let environment: [String: String]

  public init(folder: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.folder = folder
    self.environment = environment
  }

  public func endpoint(of service: String) -> Endpoint {
    if let text = environment["HANDSLAG_\(service.uppercased())_ENDPOINT"], !text.isEmpty {
      return Endpoint(text)
    }
    return Endpoint("ipc://\(folder)/\(service)/socket")
  }

  /// What a transport needs to send to these services.
  ///
  /// - Throws: `TransportError.unknownPeer` where one has no key, `pathTooLong`.
  public func peers(
    _ services: [String], keys: AuthorizedKeys
  ) throws -> [String: (endpoint: Endpoint, publicKey: String)] {
    var peers: [String: (endpoint: Endpoint, publicKey: String)] = [:]
    for service in services {
      guard let key = keys.key(ofService: service) else {
        throw TransportError(
          .unknownPeer, "authorized-keys has no line for the service \(service). Make its key with: board keys create")
      }
      let endpoint = endpoint(of: service)
      try endpoint.check()
      peers[service] = (endpoint, key)
    }
    return peers
  }
}

extension Endpoint {
  /// A peer without write permission gets no error and no answer from libzmq, so it is asked of the file
  /// system first.
  ///
  /// - Throws: `TransportError.notWritable` where the socket is there and can't be written.
  public func checkAccess() throws(TransportError) {
    guard let path, access(path, F_OK) == 0, access(path, W_OK) != 0 else { return }
    throw TransportError(
      .notWritable, "This user may not write the socket \(path). Join its group, or run as a user who may.")
  }
}
