import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Store

/// Deliveries that their receivers have effected and that still stand as pending here. Their end is written with whatever
/// is written next, since a process that ends before that only sends them again and hears that they were effected: a
/// commit of its own would be a wait for the disk that promises nobody anything.
struct Effected {
  /// So long at most, so that what is shown as waiting does wait.
  static let patience = Duration.milliseconds(10)

  private var items: [ServiceName: [DeliverySender.Item]] = [:]
  /// When the first was heard of.
  private(set) var since: Duration?

  var isEmpty: Bool { items.isEmpty }

  mutating func add(_ item: DeliverySender.Item, by service: ServiceName, at now: Duration) {
    items[service, default: []].append(item)
    since = since ?? now
  }

  func isOverdue(at now: Duration) -> Bool { since.map { now - $0 >= Effected.patience } ?? false }

  /// Whether one of them would be read as pending after a sequence.
  func reaches(beyond sequence: Int64, by service: ServiceName) -> Bool {
    items[service]?.contains { $0.sequence > sequence } ?? false
  }

  /// Of each receiver.
  var all: [[DeliverySender.Item]] { Array(items.values) }
}

extension Worker {
  /// Lets a sender's state machine go on, and does what it asks for, until it asks for nothing more.
  func feed(
    _ input: DeliverySender.Input, _ service: ServiceName, _ db: Database, _ departures: inout Departures
  ) throws {
    guard var sender = senders[service] else { return }
    let now = clock.monotonic()
    let heard = clock.wall()
    let destination = service.rawValue
    var inputs = [input]
    while let next = inputs.popLast() {
      for action in sender.handle(next, now: now) {
        switch action {
        case .settle(let item, .effected):
          counts.settle(item, .effected, by: service, at: heard)
          effected.add(item, by: service, at: now)
        case .settle(let item, let settlement):
          Failpoint.settleBefore.pass()
          counts.settle(item, try outbox.settle(db, [item], settlement, at: heard), by: service, at: heard)
          Failpoint.settleAfter.pass()
        case .announceWhenReachable: departures.announce.append(service)
        case .ping(let number, let hasMore):
          let settled = try outbox.settledBelow(db)
          let ping = Ping(
            number: number, settledbelow: settled, oldestbackup: oldestBackup?.milliseconds, hasmore: hasMore)
          departures.sends.append((.ping(ping), service))
        case .claimNext(let after, let limit):
          if effected.reaches(beyond: after, by: service) { try writeEffected(db) }
          inputs.append(
            .claimed(try outbox.next(db, destination: destination, after: after, limit: limit)))
        case .claimKeys(let keys, let limit):
          try writeEffected(db)
          inputs.append(
            .claimedKeys(try outbox.ofKeys(db, destination: destination, keys: keys, limit: limit)))
        case .send(let items, let header):
          departures.sends.append((.delivery(header, try outbox.take(db, destination: destination, items)), service))
          counts.send(header, to: service)
        case .unpark: try outbox.unpark(db, destination: destination)
        case .reopen(let epoch, let sequence):
          try writeEffected(db)
          try outbox.reopen(db, destination: destination, epoch: epoch, from: sequence)
        }
      }
    }
    senders[service] = sender
  }

  /// Writes what was effected: before rows are read that it may be among, before there must be room in the outbox, or where
  /// it has waited long enough. Never in a savepoint: undone with it, they would wait for ever.
  func writeEffected(_ db: Database) throws {
    guard !effected.isEmpty else { return }
    Failpoint.settleBefore.pass()
    for items in effected.all { try outbox.settle(db, items, .effected, at: clock.wall()) }
    effected = Effected()
    Failpoint.settleAfter.pass()
  }

  func pump(_ db: Database, hasChanged: Bool, _ departures: inout Departures) throws {
    let now = clock.monotonic()
    if !hasChanged && !senders.values.contains(where: { $0.nextTick(now: now) <= .milliseconds(1) }) { return }
    let last = try outbox.last(db)
    let hasGrown = last != outboxEnd
    outboxEnd = last
    // Else once a second by the machine's calendar: what leaves in between its receiver finds to be past its time.
    if let calendar = steadyCalendar(),
      hasGrown || virtualNow != nil || expiredAt.map({ calendar < $0 || calendar >= $0 + .seconds(1) }) ?? true
    {
      expiredAt = calendar
      let expired = try outbox.expire(db, now: calendar)
      counts.expire(expired)
      if expired > 0 { log.notice("deliveries expired", metadata: ["count": "\(expired)"]) }
    }
    for (service, key) in unblocked { try feed(.unblocked(key: key), service, db, &departures) }
    unblocked = []
    for service in senders.keys {
      if hasGrown { try feed(.outboxGrew, service, db, &departures) }
      if let sender = senders[service], sender.nextTick(now: now) <= .milliseconds(1) {
        try feed(.tick, service, db, &departures)
      }
    }
  }
}
