import Messaging

/// Checks a stretch of the audit trail.
public struct VerifyAudit: Query {
  public static let type = "service.verify-audit.v1"
  public static let summary = "Checks the seals of the audit trail from a place on, some thousand entries at a time."
  /// The entry after which to begin; nought for the beginning.
  public var after: Count
  /// Its seal; absent at the beginning.
  public var seal: HexText?
  public init(after: Count = Count(0), seal: HexText? = nil) {
    self.after = after
    self.seal = seal
  }
  public struct Reply: Contract {
    public static let type = "service.audit-verified.v1"
    public static let summary = "How far the trail is right."
    public var entries: Count
    /// Where to go on from.
    public var last: Count
    public var seal: HexText?
    /// The first entry that is not as it was written, or that is missing.
    public var broken: Count?
    public var isAll: Bool
    public init(entries: Count, last: Count, seal: HexText?, broken: Count?, isAll: Bool) {
      self.entries = entries
      self.last = last
      self.seal = seal
      self.broken = broken
      self.isAll = isAll
    }
  }
}

public struct ListAudit: Query {
  public static let type = "service.list-audit.v1"
  public static let summary = "Who did and who read what, in pages; optionally what concerned one member."
  public var subject: Attribute?
  public var after: Count
  public init(subject: Attribute? = nil, after: Count = Count(0)) {
    self.subject = subject
    self.after = after
  }
  public struct Item: Codable, Sendable, Hashable {
    public var number: Count
    public var at: Timestamp
    public var principal: Attribute
    public var message: Code
    public var subject: Attribute?
    public var outcome: Code
    public var seal: HexText
    public init(
      number: Count, at: Timestamp, principal: Attribute, message: Code, subject: Attribute?, outcome: Code,
      seal: HexText
    ) {
      self.number = number
      self.at = at
      self.principal = principal
      self.message = message
      self.subject = subject
      self.outcome = outcome
      self.seal = seal
    }
  }
  public struct Reply: Contract {
    public static let type = "service.audit.v1"
    public static let summary = "One page of the trail."
    public var entries: Bounded<Item>
    public init(entries: Bounded<Item>) { self.entries = entries }
  }
}
