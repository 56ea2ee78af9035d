import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Store

extension Worker {
  func performDue(_ db: Database, _ departures: inout Departures) throws {
    let now = clock.monotonic()
    for (number, until) in heldDue where until <= now {
      heldDue[number] = nil
      knowsNextDue = false
    }
    if knowsNextDue && (nextDue.map { $0 > calendar } ?? true) { return }
    try writeEffected(db)
    let passedOver = heldDue.count + errands.underWay.count
    for item in try dueWork.due(
      db, now: calendar, limit: min(64, batch) + passedOver, exceptKinds: closedKinds(now: now))
    where heldDue[item.number] == nil && errands.underWay[item.number] == nil {
      let errand = definition.handlers.errands[item.kind]
      let context = context(
        // What is done beside the worker happens when it happens.
        db, now: item.due == .atOnce || errand != nil ? calendar : item.due,
        principal: Principal(id: definition.name.rawValue, role: .service),
        language: .sv, causation: "\(item.kind)/\(item.key)", traceparent: item.traceparent)
      do {
        try db.savepoint {
          if let errand {
            if errands.admits(item.kind, errand, now: now) { try prepare(item, errand, context, &departures) }
            return .commit
          }
          guard let handler = definition.handlers.due[item.kind] else {
            throw Packet.Malformed(reason: "no handler for the work \(item.kind)")
          }
          // First, so that a handler may plan the same kind and key anew.
          try dueWork.finish(db, item)
          try handler(item.payload, context)
          return .commit
        }
        // An errand is done when it is settled.
        guard errand == nil else { continue }
        counts.work(item.kind, isDone: true)
        note("work was done", item.traceparent, ["kind": "\(item.kind)", "key": "\(item.key)"])
      } catch let error as DatabaseError where error.isOfTheFile {
        throw error
      } catch {
        try hold(item, error, db)
      }
    }
  }

  /// Scheduled work failed: it is tried again after a while.
  func hold(_ item: DueWork.Item, _ error: any Error, _ db: Database) throws {
    log.error(
      "scheduled work failed",
      metadata: traced(item.traceparent, ["kind": "\(item.kind)", "key": "\(item.key)", "error": "\(error)"]))
    counts.work(item.kind, isDone: false)
    try dueWork.fail(db, item, problem: "\(error)")
    var random = SystemRandomNumberGenerator()
    heldDue[item.number] =
      clock.monotonic() + policy.delay(afterFailures: item.failures + 1, using: &random)
  }

  // MARK: Forgetting

  /// Settled rows are kept so long at least, for a restore from a copy that the receiver does not know of any more.
  static let retention = Duration.seconds(35 * 86_400)
  /// Longer by far than a sender keeps what it might send again.
  static let inboxRetention = Duration.seconds(70 * 86_400)
  /// By which the clocks of two machines may differ.
  private static let clockTolerance = Duration.seconds(86_400)
  private static let forgetEvery = Duration.seconds(3_600)

  /// Once an hour: what was settled, received or answered long ago, and no service could need again that is restored
  /// from a backup that it keeps. Nothing of a service that this process has not heard from.
  func forget(_ db: Database) throws {
    let now = clock.monotonic()
    if let forgotAt, now - forgotAt < Worker.forgetEvery { return }
    // A virtual calendar says nothing of how old a row is: ages are the machine's.
    guard virtualNow != nil || steadyCalendar() != nil else { return }
    forgotAt = now
    for (receiver, sender) in senders where sender.isReady {
      guard let oldest = oldestBackupOfPeers[receiver.rawValue] else { continue }
      try outbox.prune(db, destination: receiver.rawValue, settledBefore: limit(Worker.retention, oldest))
    }
    for (source, oldest) in oldestBackupOfPeers {
      try inbox.prune(db, source: source, receivedBefore: limit(Worker.inboxRetention, oldest))
    }
    try inbox.pruneSettledLetters(db, diedBefore: limit(Worker.inboxRetention, nil))
    try replies.prune(db, before: limit(Replies.kept, nil))
    removeLaidAside()
  }

  /// What restores have laid aside, once nobody will want it back.
  private func removeLaidAside() {
    do {
      for name in try store.removeLaidAside(before: limit(Store.asideKept, nil)) {
        log.notice("a store that a restore had laid aside was removed", metadata: ["name": "\(name)"])
      }
    } catch { log.error("a store that was laid aside could not be removed", metadata: ["error": "\(error)"]) }
  }

  /// What is older than an age, and than a backup where there is one.
  private func limit(_ age: Duration, _ backup: Timestamp?) -> Timestamp {
    let old = Timestamp(milliseconds: clock.wall().milliseconds - age.milliseconds)
    guard let backup else { return old }
    return min(old, Timestamp(milliseconds: backup.milliseconds - Worker.clockTolerance.milliseconds))
  }
}
