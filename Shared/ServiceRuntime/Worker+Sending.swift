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
      for action in sender.handle(next, now: now) {
        switch action {
        case .announceWhenReachable: departures.announce.append(service)
        case .ping(let number):
          let settled = try outbox.settledBelow(db)
          departures.sends.append((.ping(Ping(number: number, settledbelow: settled)), service))
        case .claimNext(let after, let limit):
          inputs.append(
            .claimed(try outbox.next(db, destination: destination, after: after, limit: limit)))
        case .claimKeys(let keys, let limit):
          inputs.append(
            .claimedKeys(try outbox.ofKeys(db, destination: destination, keys: keys, limit: limit)))
        case .send(let items, let header):
          let bodies = try items.compactMap { item in
            try outbox.markSent(db, sequence: item.sequence)
            return try outbox.body(db, sequence: item.sequence)
          }
          departures.sends.append((.delivery(header, bodies), service))
        case .settle(let item, let settlement):
          Failpoint.settleBefore.pass()
          try outbox.settle(db, item, settlement, at: clock.wall())
          Failpoint.settleAfter.pass()
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
      if expired > 0 { log.notice("deliveries expired", metadata: ["count": "\(expired)"]) }
    }
    for (service, key) in unblocked { try feed(.unblocked(key: key), service, db, &departures) }
    unblocked = []
    for service in senders.keys {
      try feed(.outboxGrew, service, db, &departures)
      if let sender = senders[service], sender.nextTick(now: now) <= .milliseconds(1) {
        try feed(.tick, service, db, &departures)
      }
    }
  }
}
