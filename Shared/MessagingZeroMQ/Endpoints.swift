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

  /// Where a service listens and its public key; nil where `authorized-keys` has no line for it.
  public func peer(_ service: String, keys: AuthorizedKeys) -> Peer? {
    keys.key(ofService: service).map { Peer(endpoint: endpoint(of: service), publicKey: $0) }
  }

  /// Checks that each of these services could be sent to.
  ///
  /// - Throws: `TransportError.unknownPeer` where one has no key, `pathTooLong`, `notWritable`.
  public func check(_ services: [String], keys: AuthorizedKeys) throws(TransportError) {
    for service in services {
      guard let peer = peer(service, keys: keys) else {
        throw TransportError(
          .unknownPeer,
          sv: "I authorized-keys finns ingen rad för tjänsten \(service). Skapa dess nyckel med: board keys create",
          en: "authorized-keys has no line for the service \(service). Make its key with: board keys create")
      }
      try peer.endpoint.check()
      try peer.endpoint.checkAccess()
    }
  }
}

/// Another service's socket: where it is, and whose key it must have.
public struct Peer: Sendable, Hashable {
  public let endpoint: Endpoint
  public let publicKey: String

  public init(endpoint: Endpoint, publicKey: String) {
    self.endpoint = endpoint
    self.publicKey = publicKey
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
      .notWritable,
      sv:
        "Den här användaren får inte skriva i socketen \(path). Gå med i dess grupp, eller kör som någon som får.",
      en: "This user may not write the socket \(path). Join its group, or run as a user who may.")
  }
}
