import Contracts
import Foundation
import GRDB
import Messaging
import Store

/// What a handler works with: the open transaction, the date, who asks, and the ways to say and plan.
///
/// Everything it does is part of one transaction with the inbox row or the stored reply.
public struct Context {
  public let db: Database
  /// The calendar's moment: for a delivery never before the moment that the sender gave it, so that
  /// what follows from it does not depend on which service's calendar was moved first.
  public internal(set) var now: Timestamp
  /// What the calendar shows: later than `now` where scheduled work is late.
  public let calendar: Timestamp
  /// The day that it is in Sweden.
  public var today: Day { Day(of: now) }
  /// Who asks; for scheduled work the service itself.
  public private(set) var principal: Principal
  /// The language in which the caller reads.
  public private(set) var language: Language

  let service: ServiceName
  let outbox: Outbox
  let dueWork: DueWork
  let coder: EnvelopeCoder
  let causation: String?
  let traceparent: String?
  /// The machine's clock.
  let wall: @Sendable () -> Timestamp
  let scrubbing: Scrubbing
  let transport: any Transport

  /// Who goes by a name, as the authorised keys have it; nil where nobody does.
  public func principal(named name: String) -> Principal? { transport.principal(named: name) }

  /// The same for scheduled work that goes by the calendar as it is, and not by when it should have been done.
  public var atPresent: Context {
    var context = self
    context.now = max(now, calendar)
    return context
  }

  /// The same for scheduled work that goes on with what somebody has begun.
  public func acting(for principal: Principal, _ language: Language) -> Context {
    var context = self
    context.principal = principal
    context.language = language
    return context
  }

  /// Puts a message into the outbox for each receiver that the topology names.
  ///
  /// - Parameters:
  ///   - key: order is kept among messages with the same key: a member, a match, a mentorship.
  ///   - expires: on the calendar, after which it is not worth delivering.
  /// - Throws: `StoreError.outboxFull`, which rolls the handler's work back; retry when there is room.
  public func emit<M: Contract>(_ message: M, key: String, expires: Timestamp? = nil) throws {
    guard let route = Topology.route(of: M.type), route.from == service else {
      preconditionFailure("\(M.type) is not a message that \(service) sends: see Topology")
    }
    let id = Envelope.newID()
    for receiver in route.to {
      try outbox.add(
        db, id: id, destination: receiver.rawValue, key: key, type: M.type, expires: expires, added: wall()
      ) { sequence in
        var envelope = Envelope(id: id, source: service.rawValue, time: now, message: message)
        envelope.partitionkey = key
        envelope.sequence = String(sequence)
        envelope.expirytime = expires
        envelope.causationid = causation
        envelope.traceparent = traceparent
        return try coder.encode(envelope)
      }
    }
  }

  /// Plans work for a moment of the calendar, or `.atOnce`; planning the same kind and key anew moves it.
  public func plan<Payload: Codable & Sendable>(
    _ kind: DueKind<Payload>, key: String, at due: Timestamp, _ payload: Payload
  ) throws {
    try dueWork.plan(
      db, kind: kind.name, key: key, due: due, payload: try EnvelopeCoder.encoder.encode(payload),
      traceparent: traceparent)
  }

  /// Plans work that comes round by itself, unless it is planned already.
  public func planUnlessPlanned<Payload: Codable & Sendable>(
    _ kind: DueKind<Payload>, key: String, at due: Timestamp, _ payload: Payload
  ) throws {
    try dueWork.planUnlessPlanned(
      db, kind: kind.name, key: key, due: due, payload: try EnvelopeCoder.encoder.encode(payload))
  }

  /// Notes in the audit trail that the caller reads what concerns somebody.
  public func noteRead(_ type: String, of subject: String?) throws {
    try Audit.add(
      db, at: now, principal: principal.id, type: type, key: causation ?? "", subject: subject?.ifMinted,
      outcome: "read")
  }

  /// Writes into the audit trail what the service has done by itself.
  public func noteDone(_ type: String, to subject: String) throws {
    try Audit.add(
      db, at: now, principal: principal.id, type: type, key: causation ?? "", subject: subject, outcome: "done")
  }

  public func cancel<Payload>(_ kind: DueKind<Payload>, key: String) throws {
    try dueWork.cancel(db, kind: kind.name, key: key)
  }

  /// A new id that a person can read out: a letter, a hyphen, and eight characters without those that
  /// look alike (Crockford's base 32). The caller's table refuses the one in a million million that is
  /// there already, and the command is then simply tried again.
  public func newID(_ letter: String) -> String {
    let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    var random = SystemRandomNumberGenerator()
    return letter + "-" + String((0..<8).map { _ in alphabet.randomElement(using: &random)! })
  }
}

extension String {
  /// The text where it looks like an id that `Context.newID` has made, else nil: a person may type a name where an id
  /// belongs, and the audit trail holds none.
  var ifMinted: String? {
    let bytes = Array(utf8)
    let isMinted =
      bytes.count == 10 && bytes[1] == UInt8(ascii: "-")
      && bytes[2...].allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
    return isMinted ? self : nil
  }
}

extension Timestamp {
  /// Due as soon as it is planned, also when the calendar is put back meanwhile.
  public static let atOnce = Timestamp(milliseconds: 0)
}

/// A kind of scheduled work, with what its rows carry.
public struct DueKind<Payload: Codable & Sendable>: Sendable {
  public let name: String
  public init(_ name: String) { self.name = name }
}
