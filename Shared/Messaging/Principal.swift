/// Who a key belongs to, as the `authorized-keys` file says.
public struct Principal: Sendable, Hashable {
  public enum Role: String, Codable, Sendable, CaseIterable {
    /// Leads the board: may all that a coordinator may, and what only one should.
    case chair
    /// Matches and follows up.
    case coordinator
    /// Reads and changes nothing.
    case viewer
    /// May ask whether a service is well, and nothing else.
    case probe
    /// One of the four services.
    case service
  }

  /// A service's name, or a short name for a person such as `karin`.
  public let id: String
  public let role: Role
  /// The person's own member id, where they have one: nobody handles a pair that they are in.
  public let memberID: String?

  public init(id: String, role: Role, memberID: String? = nil) {
    self.id = id
    self.role = role
    self.memberID = memberID
  }
}
