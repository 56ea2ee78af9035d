/// The keys that wait within one packet: behind a delivery that was not done, the later ones of its key come
/// again, so that order holds without a store.
public struct WaitingKeys: Sendable {
  private var keys: Set<String> = []

  /// None, as at the beginning of a packet.
  public init() {}

  public func contains(_ key: String) -> Bool { keys.contains(key) }

  /// Takes note of the answer to a delivery of the key.
  public mutating func note(_ verdict: DeliveryVerdict, key: String) {
    if verdict.kind != .done { keys.insert(key) }
  }
}
