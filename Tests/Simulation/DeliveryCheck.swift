import Messaging

/// What must hold, judged at every commit of the receiver and at the end, from what was seen to be committed.
struct DeliveryCheck {
  /// Messages of one sender and key, in the order of their commits.
  private struct Queue: Hashable {
    let sender: Int
    let key: String
  }

  private(set) var violation: String?

  private var queues: [Queue: [Int]] = [:]
  /// Which messages have been effected in the receiver's surviving past.
  private var isEffected: [Bool] = []
  private var effectsSeen = 0
  /// Whatever happens to it, it need not arrive: its commit never was, or a restore lost it.
  private var isLost: [Bool] = []
  /// Expired, or discarded by a person, at its sender.
  private var isEnded: [Bool] = []
  /// Counted attempts that a crash interrupted.
  private var interruptions: [Int] = []

  var effects: Int { effectsSeen }

  mutating func fail(_ text: String) { violation = violation ?? text }

  // MARK: What happens

  mutating func written(_ message: SimulatedMessage) {
    queues[Queue(sender: message.sender, key: message.item.key), default: []].append(message.number)
    isEffected.append(false)
    isLost.append(false)
    isEnded.append(false)
    interruptions.append(0)
  }

  mutating func neverCommitted(_ number: Int) { isLost[number] = true }
  mutating func lost(_ number: Int) { isLost[number] = true }
  mutating func ended(_ number: Int) { isEnded[number] = true }
  mutating func interrupted(_ number: Int) { interruptions[number] += 1 }

  mutating func restored(_ store: SimulatedReceiver.Store) {
    for number in isEffected.indices { isEffected[number] = false }
    for number in store.effects { isEffected[number] = true }
    effectsSeen = store.effects.count
  }

  mutating func buried(_ number: Int, forCrashes isForCrashes: Bool, policy: RetryPolicy) {
    if isForCrashes && interruptions[number] < policy.maximumCrashes {
      fail("m\(number) was buried after \(interruptions[number]) interrupted attempts")
    }
  }

  /// At most one effect for each message, and none that overtakes one of its key.
  mutating func committed(_ store: SimulatedReceiver.Store, _ messages: [SimulatedMessage]) {
    while effectsSeen < store.effects.count && violation == nil {
      let number = store.effects[effectsSeen]
      effectsSeen += 1
      if isEffected[number] { fail("m\(number) was effected twice") }
      isEffected[number] = true
      let message = messages[number]
      for earlier in queues[Queue(sender: message.sender, key: message.item.key)] ?? [] {
        if earlier == number { break }
        if !isEffected[earlier] && !isLost[earlier] && !isEnded[earlier]
          && store.records[earlier].letter != .discarded
        {
          fail("m\(number) was effected before m\(earlier) of the same key had come to its end")
        }
      }
    }
  }

  // MARK: What is left

  /// The first row that waits for nothing but the network: none where all is settled, parked, dead, or behind one of
  /// its key that is parked or dead.
  func whatCanGoOn(_ simulation: DeliverySimulation) -> String? {
    for (index, sender) in simulation.senders.enumerated() {
      if let known = sender.durable.epoch, known != simulation.receiver.epochName {
        return "s\(index), which has not heard of the restore,"
      }
      for row in sender.durable.pending {
        let message = simulation.messages[sender.durable.rows[row].message]
        func holds(_ number: Int) -> Bool {
          number < message.number && simulation.messages[number].sender == message.sender
            && simulation.messages[number].item.key == message.item.key
        }
        let isBehindALetter = simulation.receiver.durable.openLetters.contains(where: holds)
        let isBehindARow = sender.durable.rows.prefix(row).contains {
          ($0.state == .dead || $0.state == .parked) && holds($0.message)
        }
        if !isBehindALetter && !isBehindARow { return message.item.id }
      }
      for row in sender.durable.rows where row.state == .parked && simulation.receiver.knowsNewType {
        return "m\(row.message), parked though its type is known,"
      }
    }
    return nil
  }

  func isAnythingParked(_ simulation: DeliverySimulation) -> Bool {
    simulation.senders.contains { $0.durable.rows.contains { $0.state == .parked } }
  }

  /// Every message that its sender's store holds is in exactly one of: effected, discarded, expired.
  mutating func atTheEnd(_ simulation: DeliverySimulation) {
    guard violation == nil else { return }
    for sender in simulation.senders {
      for row in sender.durable.rows {
        let number = row.message
        let isDiscarded = simulation.receiver.durable.records[number].letter == .discarded
        let isExpected =
          switch row.state {
          case .effected, .deadAtReceiver: isEffected[number] != isDiscarded
          case .expired, .discarded: !isEffected[number] && !isDiscarded
          case .pending, .dead, .parked: false
          }
        if !isExpected {
          fail(
            "m\(number) is \(row.state) at its sender, and at the receiver "
              + (isEffected[number] ? "effected" : isDiscarded ? "discarded" : "nowhere"))
        }
      }
    }
  }
}
