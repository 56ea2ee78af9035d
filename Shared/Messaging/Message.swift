/// What travels in an envelope's `data`: a value with a versioned name.
///
/// The name is the owning service, a dot, the message in kebab case, a dot and the version:
/// `matching.submit-match.v1`. A changed meaning or a removed field is a new version.
public protocol Message: Codable, Sendable {
  static var type: String { get }
}

/// The message types that a process knows, by name.
public struct MessageTypes: Sendable {
  private let byName: [String: any Message.Type]

  public init(_ types: [any Message.Type]) {
    byName = Dictionary(uniqueKeysWithValues: types.map { ($0.type, $0) })
  }

  public subscript(name: String) -> (any Message.Type)? { byName[name] }
}
