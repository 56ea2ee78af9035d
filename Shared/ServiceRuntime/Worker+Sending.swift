import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Store

extension Worker {
  /// Lets a sender's state machine go on, and does what it asks for, until it asks for nothing more.
  func feed(
    _ input: DeliverySender.Input, _ service: ServiceName, _ db: Database, _ departures: inout Departures
  ) throws {
    guard var sender = senders[service] else { return }
    let now = clock.monotonic()
    let destination = service.rawValue
    var inputs = [input]
    while let next = inputs.popLast() {
      let actions = sender.handle(next, now: now)
      // Most come to the same end, and one statement writes that of all.
      var ends: [(settlement: DeliverySender.Settlement, items: [DeliverySender.Item])] = []
      for case .settle(let item, let settlement) in actions {
        if let index = ends.firstIndex(where: { $0.settlement == settlement }) {
          ends[index].items.append(item)
        } else {
          ends.append((settlement, [item]))
        }
      }
      if !ends.isEmpty { Failpoint.settleBefore.pass() }
      for end in ends {
        let now = clock.wall()
        let state = try outbox.settle(db, end.items, end.settlement, at: now)
        counts.settle(end.items, state, by: service, at: now)
      }
      if !ends.isEmpty { Failpoint.settleAfter.pass() }
      for action in actions {
        switch action {
        case .settle: break
        case .announceWhenReachable: departures.announce.append(service)
        case .ping(let number, let hasMore):
          let settled = try outbox.settledBelow(db)
          let ping = Ping(
            number: number, settledbelow: settled, oldestbackup: oldestBackup?.milliseconds, hasmore: hasMore)
          departures.sends.append((.ping(ping), service))
        case .claimNext(let after, let limit):
          inputs.append(
            .claimed(try outbox.next(db, destination: destination, after: after, limit: limit)))
        case .claimKeys(let keys, let limit):
          inputs.append(
            .claimedKeys(try outbox.ofKeys(db, destination: destination, keys: keys, limit: limit)))
        case .send(let items, let header):
          departures.sends.append((.delivery(header, try outbox.take(db, destination: destination, items)), service))
          counts.send(header, to: service)
        case .unpark: try outbox.unpark(db, destination: destination)
        case .reopen(let epoch, let sequence):
          try outbox.reopen(db, destination: destination, epoch: epoch, from: sequence)
        }
      }
    }
    senders[service] = sender
  }

  func pump(_ db: Database, hasChanged: Bool, _ departures: inout Departures) throws {
    let now = clock.monotonic()
    if !hasChanged && !senders.values.contains(where: { $0.nextTick(now: now) <= .milliseconds(1) }) { return }
    if let calendar = steadyCalendar() {
      let expired = try outbox.expire(db, now: calendar)
      counts.expire(expired)
      if expired > 0 { log.notice("deliveries expired", metadata: ["count": "\(expired)"]) }
    }
    for (service, key) in unblocked { try feed(.unblocked(key: key), service, db, &departures) }
    unblocked = []
    let last = try outbox.last(db)
    let hasGrown = last != outboxEnd
    outboxEnd = last
    for service in senders.keys {
      if hasGrown { try feed(.outboxGrew, service, db, &departures) }
      if let sender = senders[service], sender.nextTick(now: now) <= .milliseconds(1) {
        try feed(.tick, service, db, &departures)
      }
    }
  }
}
