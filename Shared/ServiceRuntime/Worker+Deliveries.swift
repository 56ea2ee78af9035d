import Contracts
import Foundation
import GRDB
import Messaging
import Store
import Texts

/// One delivery of a packet, with what the header says of it.
struct ReceivedDelivery {
  let body: Data
  let sends: Int
  /// By which its sender knows it, whatever its body is; nil where the sender is of an older version.
  let id: String?
}

/// What of a packet has to wait, so that order holds within a key.
struct Waiting {
  private var keys: Set<String> = []
  /// A delivery could not be read, so its key is unknown and may be that of any after it.
  private var isUnreadableBefore = false

  func contains(_ key: String) -> Bool { isUnreadableBefore || keys.contains(key) }
  mutating func insert(_ key: String) { keys.insert(key) }
  mutating func insertAll() { isUnreadableBefore = true }
}

extension Worker {
  /// Receives one delivery within the open transaction, and says what its sender is to hear; nil where the
  /// bytes are no envelope and the header gives no id to answer to.
  ///
  /// - Parameter waiting: what waits for an earlier delivery of the same packet.
  func handleDelivery(
    _ delivery: ReceivedDelivery, _ principal: Principal, _ db: Database, waiting: inout Waiting
  ) throws -> DeliveryVerdict? {
    guard let envelope = try? coder.decode(delivery.body) else {
      countRejected("a delivery that is no envelope")
      guard let id = delivery.id else { return nil }
      waiting.insertAll()
      return Worker.refused(id, Death(.unreadable, "\(delivery.body.count) bytes that are no CloudEvents envelope"))
    }
    let key = envelope.partitionkey ?? ""
    if waiting.contains(key) {
      return DeliveryVerdict(id: envelope.id, kind: .retry, afterms: 1)
    }
    let verdict = try receive(envelope, delivery.body, sends: delivery.sends, principal, db)
    if verdict.kind != .done { waiting.insert(key) }
    return verdict
  }

  private func receive(
    _ envelope: Envelope, _ body: Data, sends: Int, _ principal: Principal, _ db: Database
  ) throws -> DeliveryVerdict {
    func refused(_ cause: Death.Cause, _ detail: String) -> DeliveryVerdict {
      Worker.refused(envelope.id, Death(cause, detail))
    }
    guard envelope.source == principal.id else {
      return refused(.notYours, "The source is \(envelope.source), the key is \(principal.id)'s.")
    }
    if let route = Topology.route(of: envelope.type) {
      guard route.from.rawValue == principal.id, route.to.contains(definition.name) else {
        return refused(
          .notPermitted, "\(principal.id) does not send \(envelope.type) to \(definition.name.rawValue).")
      }
    } else {
      return DeliveryVerdict(id: envelope.id, kind: .unsupported)
    }
    let hash = Inbox.hash(body)
    let history = try inbox.history(
      db, source: envelope.source, id: envelope.id, key: envelope.partitionkey ?? "", hash: hash)
    switch history.decide(sends: sends, policy: policy) {
    case .answer(.refused):
      return refused(.conflict, "Another message with the id \(envelope.id) was received before.")
    case .answer(.retry):
      return DeliveryVerdict(id: envelope.id, kind: .retry, afterms: 30_000)
    case .answer(let kind):
      log.debug("a delivery came again", metadata: ["type": "\(envelope.type)"])
      return DeliveryVerdict(id: envelope.id, kind: kind)
    case .bury(let crashed):
      let last = try inbox.lastProblem(db, source: envelope.source, id: envelope.id)
      let death = crashed ? Death(.crashed) : Death(.failed, last)
      try inbox.bury(db, envelope, body: body, hash: hash, problem: death.text, at: clock.wall())
      return DeliveryVerdict(id: envelope.id, kind: .dead)
    case .effectCounted where sends == 1:
      // It has failed or ended the process before, and its sender was started anew since: asked for again, it
      // comes as one that was sent before, and is counted and handled alone.
      return DeliveryVerdict(id: envelope.id, kind: .retry, afterms: 1)
    case .effect, .effectCounted:
      if let expiry = envelope.expirytime, let calendar = steadyCalendar(), expiry < calendar {
        return DeliveryVerdict(id: envelope.id, kind: .expired)
      }
      return try attempt(envelope, body, hash, sends: sends, db)
    }
  }

  /// Runs the handler in a savepoint, with the inbox row; what fails leaves nothing but its count.
  private func attempt(
    _ envelope: Envelope, _ body: Data, _ hash: Data, sends: Int, _ db: Database
  ) throws -> DeliveryVerdict {
    let wasCounted = sends > 1
    func failed(_ reason: String) throws -> DeliveryVerdict {
      let failures = try inbox.fail(
        db, source: envelope.source, id: envelope.id, wasCounted: wasCounted, problem: reason)
      var random = SystemRandomNumberGenerator()
      let delay = policy.delay(afterFailures: failures, using: &random)
      return DeliveryVerdict(id: envelope.id, kind: .retry, afterms: delay.milliseconds)
    }
    do {
      var outcome = DeliveryOutcome.done
      try db.inSavepoint {
        outcome = try effect(envelope, db)
        guard case .done = outcome else { return .rollback }
        try inbox.record(
          db, source: envelope.source, id: envelope.id, hash: hash,
          sequence: envelope.sequence.flatMap { Int64($0) } ?? 0, at: clock.wall())
        Failpoint.effectAfter.pass()
        return .commit
      }
      switch outcome {
      case .done: return DeliveryVerdict(id: envelope.id, kind: .done)
      case .retryAfter(let wait, let reason):
        // Something else has to come first: no fault of the message, so no attempt is counted.
        log.debug("a delivery waits", metadata: ["type": "\(envelope.type)", "reason": "\(reason)"])
        if wasCounted { try inbox.unbegin(db, source: envelope.source, id: envelope.id) }
        let growing = min(.seconds(60), policy.base * (1 << min(sends, 6)) / 2)
        return DeliveryVerdict(id: envelope.id, kind: .retry, afterms: max(wait, growing).milliseconds)
      case .reject(let reason):
        log.error("a delivery was rejected", metadata: ["type": "\(envelope.type)", "reason": "\(reason)"])
        let death = Death(envelope.isMalformed ? .malformed : .rejected, reason)
        try inbox.bury(db, envelope, body: body, hash: hash, problem: death.text, at: clock.wall())
        return DeliveryVerdict(id: envelope.id, kind: .dead)
      }
    } catch let error as DatabaseError where error.isOfTheFile {
      throw error
    } catch {
      log.error("a delivery failed", metadata: ["type": "\(envelope.type)", "error": "\(error)"])
      return try failed("\(error)")
    }
  }

  /// The handler's effect, without the inbox.
  func effect(_ envelope: Envelope, _ db: Database) throws -> DeliveryOutcome {
    switch envelope.body {
    case .message(let message):
      guard let handler = definition.handlers.deliveries[envelope.type] else {
        return .reject(reason: "no handler for \(envelope.type)")
      }
      let context = context(
        db, now: moment(of: envelope), principal: Principal(id: envelope.source, role: .service),
        language: .sv, causation: envelope.id, traceparent: envelope.traceparent)
      Failpoint.handle(envelope.type)
      return try handler(message, context)
    case .malformed(let field, let reason): return .reject(reason: "the field \(field) \(reason)")
    case .unknown: return .reject(reason: "an unknown type")
    }
  }

  static func refused(_ id: String, _ death: Death) -> DeliveryVerdict {
    DeliveryVerdict(
      id: id, kind: .refused,
      problem: Problem(code: death.code, title: "The delivery was refused", detail: death.detail))
  }

  /// When an effect takes place: by the sender's calendar where it is ahead, so that what follows does not
  /// depend on whose virtual calendar was moved first. A machine's clock is believed a day ahead at most.
  private func moment(of envelope: Envelope) -> Timestamp {
    let latest = virtualNow == nil ? calendar + .seconds(86_400) : envelope.time
    return max(calendar, min(envelope.time, latest))
  }

  /// Counts an attempt before it runs, where there is one to run.
  func countAttempt(_ delivery: ReceivedDelivery, _ principal: Principal, _ db: Database) throws {
    guard let envelope = try? coder.decode(delivery.body), envelope.source == principal.id,
      !waiting.contains(envelope.partitionkey ?? "")
    else { return }
    let history = try inbox.history(
      db, source: envelope.source, id: envelope.id, key: envelope.partitionkey ?? "",
      hash: Inbox.hash(delivery.body))
    if history.decide(sends: delivery.sends, policy: policy) == .effectCounted {
      try inbox.begin(db, source: envelope.source, id: envelope.id)
    }
  }
}

extension Envelope {
  var isMalformed: Bool {
    if case .malformed = body { true } else { false }
  }
}
