import Messaging

/// One message of a simulation: a row of a sender's outbox, and what its handler makes of it.
struct SimulatedMessage {
  enum Nature: Hashable {
    case plain
    /// Of a type that only an upgraded receiver knows.
    case newType
    /// Not ready so many times.
    case waits(Int)
    /// Its handler throws so many times.
    case fails(Int)
    /// Handling it ends the process so many times.
    case crashes(Int)
    /// The handler rejects it.
    case rejected
    /// The receiver does not take it from this sender, ever.
    case notPermitted

    static let forEver = Int.max
  }

  /// The place of its commit among all commits of all senders.
  let number: Int
  let sender: Int
  let item: DeliverySender.Item
  let nature: Nature
  let expires: Timestamp?
}
