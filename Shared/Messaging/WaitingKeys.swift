/// The keys that wait within one packet: behind a delivery that was not done, the later ones of its key come
/// again, so that order holds without a store.
public struct WaitingKeys: Sendable {
  private var keys: Set<String> = []
  /// A delivery could not be read, so its key may be that of any after it.
  private var isAnyKey = false

  /// None, as at the beginning of a packet.
  public init() {}

  public func contains(_ key: String) -> Bool { isAnyKey || keys.contains(key) }

  /// Takes note of the answer to a delivery of the key.
  public mutating func note(_ verdict: DeliveryVerdict, key: String) {
    if verdict.kind != .done { keys.insert(key) }
  }

  /// Takes note that a delivery could not be read.
  public mutating func noteUnreadable() { isAnyKey = true }
}
