import Contracts
import Foundation
import GRDB
import Messaging
import Store
import Texts

extension Worker {
  /// One delivery of a packet, as it came.
  struct Arrival {
    let body: Data
    /// How many times its sender's process has sent it.
    let sends: Int
    /// By which its sender knows it, whatever its body is; nil where the sender is of an older version.
    let id: String?
    /// Its attempt was counted in a commit of its own.
    var isCounted = false
  }

  /// Receives one delivery within the open transaction, and says what its sender is to hear; nil where the
  /// bytes are no envelope and the header gives no id to answer to.
  func handleDelivery(_ arrival: Arrival, _ principal: Principal, _ db: Database) throws -> DeliveryVerdict? {
    guard let envelope = try? coder.decode(arrival.body) else {
      countRejected("a delivery that is no envelope")
      // Its key is unknown, and may be that of any after it.
      waitingKeys.noteUnreadable()
      return arrival.id.map {
        refused($0, Death(.unreadable, "\(arrival.body.count) bytes that are no CloudEvents envelope"))
      }
    }
    let key = envelope.partitionkey ?? ""
    if waitingKeys.contains(key) {
      return DeliveryVerdict(id: envelope.id, kind: .retry, afterms: 1)
    }
    let verdict = try receive(envelope, arrival, principal, db)
    waitingKeys.note(verdict, key: key)
    return verdict
  }

  /// Counts an attempt before it runs, and says whether there is one to run.
  func countAttempt(_ arrival: Arrival, _ principal: Principal, _ db: Database) throws -> Bool {
    guard let envelope = try? coder.decode(arrival.body), !waitingKeys.contains(envelope.partitionkey ?? ""),
      notReceived(envelope, principal) == nil
    else { return false }
    let history = try history(of: envelope, hash: Inbox.hash(arrival.body), db)
    if undoneAttempts.contains(envelope.id) { return true }
    guard decide(envelope, arrival, history) == .count else { return false }
    try inbox.begin(db, source: envelope.source, id: envelope.id)
    return true
  }

  private func history(of envelope: Envelope, hash: Data, _ db: Database) throws -> DeliveryHistory {
    try inbox.history(
      db, source: envelope.source, id: envelope.id, key: envelope.partitionkey ?? "", hash: hash)
  }

  private func decide(
    _ envelope: Envelope, _ arrival: Arrival, _ history: DeliveryHistory
  ) -> DeliveryHistory.Decision {
    history.decide(
      sends: arrival.sends, isCounted: arrival.isCounted,
      isExpired: envelope.expirytime.map { $0 < steadyCalendar() ?? $0 } ?? false, policy: policy)
  }

  private func refused(_ id: String, _ death: Death) -> DeliveryVerdict {
    DeliveryVerdict(
      id: id, kind: .refused,
      problem: Problem(code: death.code, title: "The delivery was refused", detail: death.detail))
  }

  /// The answer to what this process does not take from this sender, whatever the store knows of it.
  private func notReceived(_ envelope: Envelope, _ principal: Principal) -> DeliveryVerdict? {
    guard envelope.source == principal.id else {
      return refused(envelope.id, Death(.notYours, "The source is \(envelope.source), the key is \(principal.id)'s."))
    }
    guard let route = Topology.route(of: envelope.type) else {
      return DeliveryVerdict(id: envelope.id, kind: .unsupported)
    }
    guard route.from.rawValue == principal.id, route.to.contains(definition.name) else {
      return refused(
        envelope.id,
        Death(.notPermitted, "\(principal.id) does not send \(envelope.type) to \(definition.name.rawValue)."))
    }
    return nil
  }

  private func receive(
    _ envelope: Envelope, _ arrival: Arrival, _ principal: Principal, _ db: Database
  ) throws -> DeliveryVerdict {
    if let answer = notReceived(envelope, principal) { return answer }
    let hash = Inbox.hash(arrival.body)
    let history = try history(of: envelope, hash: hash, db)
    switch decide(envelope, arrival, history) {
    case .answer(.refused, _):
      return refused(
        envelope.id, Death(.conflict, "Another message with the id \(envelope.id) was received before."))
    case .answer(let kind, let wait):
      if kind == .done { log.debug("a delivery came again", metadata: ["type": "\(envelope.type)"]) }
      return DeliveryVerdict(id: envelope.id, kind: kind, afterms: kind == .retry ? wait.milliseconds : nil)
    case .count:
      // The calendar moved since it was decided that there was nothing to count.
      return DeliveryVerdict(id: envelope.id, kind: .retry, afterms: 1)
    case .attempt: return try attempt(envelope, arrival, hash, db)
    case .bury(let crashed):
      let last = try inbox.lastProblem(db, source: envelope.source, id: envelope.id)
      let death = crashed ? Death(.crashed) : Death(.failed, last)
      try inbox.bury(db, envelope, body: arrival.body, hash: hash, problem: death.text, at: clock.wall())
      return DeliveryVerdict(id: envelope.id, kind: .dead)
    }
  }

  /// Runs the handler in a savepoint, with the inbox row; what fails leaves nothing but its count.
  private func attempt(
    _ envelope: Envelope, _ arrival: Arrival, _ hash: Data, _ db: Database
  ) throws -> DeliveryVerdict {
    func failed(_ reason: String) throws -> DeliveryVerdict {
      let failures = try inbox.fail(
        db, source: envelope.source, id: envelope.id, wasCounted: arrival.isCounted, problem: reason)
      var random = SystemRandomNumberGenerator()
      let delay = policy.delay(afterFailures: failures, using: &random)
      return DeliveryVerdict(id: envelope.id, kind: .retry, afterms: delay.milliseconds)
    }
    do {
      var outcome = DeliveryOutcome.done
      try db.savepoint {
        outcome = try effect(envelope, db)
        guard case .done = outcome else { return .rollback }
        try inbox.record(
          db, source: envelope.source, id: envelope.id, hash: hash,
          sequence: envelope.sequence.flatMap { Int64($0) } ?? 0, at: clock.wall())
        // The first attempt of all is not counted.
        if arrival.isCounted { try inbox.forgetAttempts(db, source: envelope.source, id: envelope.id) }
        Failpoint.effectAfter.pass()
        return .commit
      }
      switch outcome {
      case .done:
        note(
          "a delivery was effected", envelope.traceparent,
          [
            "type": "\(envelope.type)", "from": "\(envelope.source)", "id": "\(envelope.id)",
            "key": "\(envelope.partitionkey ?? "")",
          ])
        return DeliveryVerdict(id: envelope.id, kind: .done)
      case .retryAfter(let wait, let reason):
        // Something else has to come first: no fault of the message, so no attempt is counted.
        log.debug("a delivery waits", metadata: ["type": "\(envelope.type)", "reason": "\(reason)"])
        if arrival.isCounted { try inbox.unbegin(db, source: envelope.source, id: envelope.id) }
        let growing = policy.wait(afterSends: arrival.sends, atLeast: wait)
        return DeliveryVerdict(id: envelope.id, kind: .retry, afterms: growing.milliseconds)
      case .reject(let reason):
        log.error(
          "a delivery was rejected",
          metadata: traced(envelope.traceparent, ["type": "\(envelope.type)", "reason": "\(reason)"]))
        let death = Death(envelope.isMalformed ? .malformed : .rejected, reason)
        try inbox.bury(db, envelope, body: arrival.body, hash: hash, problem: death.text, at: clock.wall())
        return DeliveryVerdict(id: envelope.id, kind: .dead)
      }
    } catch let error as DatabaseError where error.isOfTheFile {
      throw error
    } catch {
      log.error(
        "a delivery failed",
        metadata: traced(envelope.traceparent, ["type": "\(envelope.type)", "error": "\(error)"]))
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
      if Sabotage.skipEffects.isOn && envelope.id.last == "0" { return .done }
      return try handler(message, context)
    case .malformed(let field, let reason): return .reject(reason: "the field \(field) \(reason)")
    case .unknown: return .reject(reason: "an unknown type")
    }
  }

  /// When an effect takes place: by the sender's calendar where it is ahead, so that what follows does not
  /// depend on whose virtual calendar was moved first. A machine's clock is believed a day ahead at most.
  private func moment(of envelope: Envelope) -> Timestamp {
    let latest = virtualNow == nil ? calendar + .seconds(86_400) : envelope.time
    return max(calendar, min(envelope.time, latest))
  }
}

extension Envelope {
  var isMalformed: Bool {
    if case .malformed = body { true } else { false }
  }
}
