import FoundationEssentials

/// Everything that crosses a socket: a kind in the first frame, JSON in the frames after it.
///
/// ```
/// client ── request ─▶ service      one envelope           deadline kept by the client
/// client ◀── reply ─── service      one envelope           correlationid names the request
/// sender ── ping ────▶ receiver     Ping                   answered by the receiver's worker, in order
/// sender ◀── pong ──── receiver     Pong                   a fence: what was sent before is lost or answered
/// sender ── delivery ▶ receiver     DeliveryHeader, then 1 to 256 envelopes
/// sender ◀── verdicts ─ receiver    Verdicts
/// ```
public enum Packet: Sendable {
  case request(Data)
  case reply(Data)
  case ping(Ping)
  case pong(Pong)
  case delivery(DeliveryHeader, [Data])
  case verdicts(Verdicts)

  /// At most this many envelopes in one delivery packet.
  public static let maximumBatch = 256

  /// Why frames are no packet. The peer can't be answered; it is counted and dropped.
  public struct Malformed: Error, CustomStringConvertible {
    public let reason: String
    public init(reason: String) { self.reason = reason }
    public var description: String { reason }
  }

  public init(frames: [Data]) throws {
    guard let kind = frames.first else { throw Malformed(reason: "no frames") }
    let rest = frames.dropFirst()
    guard let first = rest.first else { throw Malformed(reason: "a kind without a body") }
    func one<T: Decodable>(_: T.Type) throws -> T {
      guard rest.count == 1 else { throw Malformed(reason: "more than one body") }
      do { return try JSONDecoder().decode(T.self, from: first) } catch {
        throw Malformed(reason: "a body that is not the kind's JSON")
      }
    }
    for frame in rest where frame.count > Envelope.maximumBytes {
      throw Malformed(reason: "a frame over \(Envelope.maximumBytes) bytes")
    }
    switch String(decoding: kind.prefix(16), as: UTF8.self) {
    case "request" where rest.count == 1: self = .request(first)
    case "reply" where rest.count == 1: self = .reply(first)
    case "ping": self = .ping(try one(Ping.self))
    case "pong": self = .pong(try one(Pong.self))
    case "verdicts": self = .verdicts(try one(Verdicts.self))
    case "delivery":
      let bodies = Array(rest.dropFirst())
      guard (1...Packet.maximumBatch).contains(bodies.count) else {
        throw Malformed(reason: "a delivery of \(bodies.count) envelopes")
      }
      guard let header = try? JSONDecoder().decode(DeliveryHeader.self, from: first),
        header.sends.count == bodies.count, header.ids.map({ $0.count == bodies.count }) ?? true
      else { throw Malformed(reason: "a delivery whose header does not fit") }
      self = .delivery(header, bodies)
    default: throw Malformed(reason: "an unknown kind")
    }
  }

  public func frames() throws -> [Data] {
    func json(_ kind: String, _ value: some Encodable) throws -> [Data] {
      [Data(kind.utf8), try EnvelopeCoder.encoder.encode(value)]
    }
    return switch self {
    case .request(let body): [Data("request".utf8), body]
    case .reply(let body): [Data("reply".utf8), body]
    case .ping(let ping): try json("ping", ping)
    case .pong(let pong): try json("pong", pong)
    case .verdicts(let verdicts): try json("verdicts", verdicts)
    case .delivery(let header, let bodies): try json("delivery", header) + bodies
    }
  }
}

/// Asks whether the receiver's worker is alive, and tells it how far this sender has settled and forgotten.
public struct Ping: Codable, Sendable, Hashable {
  /// Rising; the pong repeats it.
  public var number: UInt64
  /// Every delivery from this sender with a lower sequence is settled and forgotten, so that it can't be sent again.
  public var settledbelow: Int64
  /// When the oldest backup that the sender keeps was made, in milliseconds since 1970; nil where it keeps none. Restored
  /// from it, the sender would send again what it then held as waiting, so the receiver remembers what came since.
  public var oldestbackup: Int64?
  /// The sender has deliveries that this receiver has not answered. Nil from a sender of an older version, which does not
  /// tell.
  public var hasmore: Bool?

  public init(number: UInt64, settledbelow: Int64, oldestbackup: Int64? = nil, hasmore: Bool? = nil) {
    self.number = number
    self.settledbelow = settledbelow
    self.oldestbackup = oldestbackup
    self.hasmore = hasmore
  }
}

/// The worker's answer to a ping.
public struct Pong: Codable, Sendable, Hashable {
  public var number: UInt64
  /// New at each start of the receiver's process: what was parked is tried again.
  public var instance: String
  /// New when the receiver's store was restored from a backup: what it may have lost is sent again.
  public var epoch: String
  /// How many envelopes may be on their way to it at a time.
  public var credit: Int
  /// The highest mark of a ping that its store holds: what is below it may be forgotten there too, so that it is never
  /// sent again, not even after a restore.
  public var settledbelow: Int64
  /// When the oldest backup that the receiver keeps was made, in milliseconds since 1970; nil where it keeps none.
  /// Restored from it, the receiver would have to be told again what was settled since, so the sender keeps that.
  public var oldestbackup: Int64?

  public init(
    number: UInt64, instance: String, epoch: String, credit: Int, settledbelow: Int64 = 0, oldestbackup: Int64? = nil
  ) {
    self.number = number
    self.instance = instance
    self.epoch = epoch
    self.credit = credit
    self.settledbelow = settledbelow
    self.oldestbackup = oldestbackup
  }
}

/// What stands before the envelopes of a delivery packet.
public struct DeliveryHeader: Codable, Sendable, Hashable {
  /// For each envelope how many times it has been sent by this process, itself included: from the
  /// second on the receiver counts the attempt before it tries.
  public var sends: [Int]
  /// The receiver's epoch as the sender knows it. A receiver with another one drops the packet, so that
  /// nothing overtakes what is sent again after a restore.
  public var epoch: String
  /// The envelopes' ids, so that one whose bytes can't be read is refused by name instead of being sent for ever.
  /// Nil from a sender of an older version, which gets no verdict on such a one.
  public var ids: [String]?

  public init(sends: [Int], epoch: String, ids: [String]? = nil) {
    self.sends = sends
    self.epoch = epoch
    self.ids = ids
  }
}

/// The answer to a delivery packet.
public struct Verdicts: Codable, Sendable, Hashable {
  /// The receiver's epoch: what another past of its store had effected settles nothing any more.
  public var epoch: String
  /// The receiver's process: what another one did not know or take, this one may.
  public var instance: String
  public var verdicts: [DeliveryVerdict]

  public init(epoch: String, instance: String, verdicts: [DeliveryVerdict]) {
    self.epoch = epoch
    self.instance = instance
    self.verdicts = verdicts
  }
}

/// What the receiver did with one delivery.
public struct DeliveryVerdict: Codable, Sendable, Hashable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Effected now or before: settled.
    case done
    /// Not now: again after `afterms` milliseconds, and later ones of the same key wait.
    case retry
    /// Kept by the receiver as a dead letter: settled for the sender.
    case dead
    /// Past its `expirytime` and not effected: settled as expired.
    case expired
    /// Could not be received (not this sender's, no envelope, another body under the same id): stays
    /// dead at the sender.
    case refused
    /// A type that the receiver doesn't know: parked at the sender until the receiver is another.
    case unsupported
  }

  public var id: String
  public var kind: Kind
  public var afterms: Int64?
  public var problem: Problem?

  public init(id: String, kind: Kind, afterms: Int64? = nil, problem: Problem? = nil) {
    self.id = id
    self.kind = kind
    self.afterms = afterms
    self.problem = problem
  }
}
