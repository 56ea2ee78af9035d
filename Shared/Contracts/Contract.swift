import Messaging

/// The four services that own stores, by the name that their socket, key and messages carry.
public enum ServiceName: String, Codable, Sendable, CaseIterable {
  case membership, matching, followup, notification
}

/// A message that services and clients agree on. Its type name begins with the owner's.
///
/// Contracts are structs of constrained values, raw-value enums, `Bounded` lists and optionals: the JSON
/// Schema is read from how they decode, so there is nothing to keep in step by hand.
public protocol Contract: Message {
  /// One sentence for whoever writes a client.
  static var summary: String { get }
}

extension Contract {
  /// The JSON Schema of the message.
  public static var jsonSchema: JSONValue { SchemaRecorder.schema(of: Self.self) }
}

/// A request that changes something. Carries an idempotency key; its reply is stored, so it holds ids
/// and outcomes, never personal data.
public protocol Command: Contract {
  associatedtype Reply: Contract
}

/// A request that writes nothing and may simply be asked again.
public protocol Query: Contract {
  associatedtype Reply: Contract
}

/// Something that has happened, told to the services that the topology names.
public protocol Event: Contract {}

/// Something that one service asks another to do, durably.
public protocol TaskMessage: Contract {}
