import Messaging

/// One sending service: its outbox, its process and its connection.
struct SimulatedSender {
  enum State { case pending, effected, deadAtReceiver, dead, parked, expired, discarded }

  struct Row {
    let message: Int
    var state = State.pending
    var isSent = false
    var settledAt = Duration.zero
    var isForgotten = false
  }

  struct Store {
    var rows: [Row] = []
    /// Indexes of the rows that are pending, in order.
    var pending: [Int] = []
    var epoch: String?
  }

  var durable = Store()
  var working = Store()
  var backup: (store: Store, at: Duration)?

  var process = DeliverySender(epoch: nil)
  var clockError = Duration.zero
  var isConnected = false
  /// The transport has found that it can't send, and has yet to say so.
  var isUnreachable = false
  var partition: SimulationStep.Direction?
  /// On their way back, or waiting at the sender.
  var answers: [DeliverySimulation.Wire] = []
}

/// The imperative shell around `DeliverySender`, as in the services' worker.
extension DeliverySimulation {
  mutating func write(_ sender: Int, key: Int, _ nature: SimulatedMessage.Nature, expiresAfter: Int?) {
    let row = senders[sender].durable.rows.count
    let number = messages.count
    let message = SimulatedMessage(
      number: number, sender: sender,
      item: .init(sequence: Int64(row + 1), id: "m\(number)", key: "k\(key)", bytes: 100), nature: nature,
      expires: expiresAfter.map { Timestamp(milliseconds: now.milliseconds + Int64($0)) })
    messages.append(message)
    check.written(message)
    receiver.makeRoom(for: messages.count)
    work(sender, []) { simulation in
      simulation.senders[sender].working.rows.append(.init(message: number))
      simulation.senders[sender].working.pending.append(row)
    }
    if senders[sender].durable.rows.last?.message != number { check.neverCommitted(number) }
  }

  mutating func answer(_ sender: Int, _ wires: [Wire]) {
    work(
      sender,
      wires.compactMap { wire in
        switch wire {
        case .pong(let pong): return .pong(pong)
        case .verdicts(var verdicts):
          if sabotage == .believesAnOlderEpoch { verdicts.epoch = senders[sender].working.epoch ?? "" }
          return .verdicts(verdicts)
        case .ping, .delivery: return nil
        }
      })
  }

  /// One transaction: what arrived, what it leads to, commit; and only then does anything leave.
  mutating func work(
    _ sender: Int, _ inputs: [DeliverySender.Input], _ change: ((inout Self) -> Void)? = nil
  ) {
    var departures: [Wire] = []
    var announces = false
    var process = senders[sender].process
    func feed(_ input: DeliverySender.Input, _ simulation: inout Self) -> Bool {
      simulation.feed(input, sender, &process, &departures, &announces)
    }
    do {
      try place()
      change?(&self)
      var hasChanged = change != nil
      for input in inputs { hasChanged = feed(input, &self) || hasChanged }
      if hasChanged || process.nextTick(now: now) <= .milliseconds(1) {
        expire(sender)
        _ = feed(.outboxGrew, &self)
        if process.nextTick(now: now) <= .milliseconds(1) { _ = feed(.tick, &self) }
      }
      try place()
      guard hasRoom() else {
        senders[sender].working = senders[sender].durable
        senders[sender].process = resumed(sender)
        return
      }
      senders[sender].durable = senders[sender].working
      senders[sender].process = process
      try place()
      for wire in departures {
        send(wire, from: sender)
        try place()
      }
    } catch {
      crashSender(sender)
      return
    }
    if senders[sender].isUnreachable {
      senders[sender].isUnreachable = false
      work(sender, [.unreachable])
    }
    if announces && senders[sender].isConnected { work(sender, [.reachable]) }
  }

  /// True where something was written.
  private mutating func feed(
    _ input: DeliverySender.Input, _ sender: Int, _ process: inout DeliverySender, _ departures: inout [Wire],
    _ announces: inout Bool
  ) -> Bool {
    var inputs = [input]
    var hasWritten = false
    while let next = inputs.popLast() {
      for action in process.handle(next, now: now) {
        switch action {
        case .announceWhenReachable: announces = true
        case .ping(let number, _): departures.append(.ping(Ping(number: number, settledbelow: settledBelow(sender))))
        case .claimNext(let after, let limit):
          let rows = senders[sender].working.pending.filter { $0 >= Int(after) }
          inputs.append(.claimed(rows.prefix(limit).map { item(sender, row: $0) }))
        case .claimKeys(let keys, let limit):
          let items = senders[sender].working.pending.map { item(sender, row: $0) }
          inputs.append(.claimedKeys(keys.flatMap { key in items.filter { $0.key == key }.prefix(limit) }))
        case .send(let items, let header):
          hasWritten = true
          for item in items { senders[sender].working.rows[Int(item.sequence) - 1].isSent = true }
          departures.append(
            .delivery(header, messages: items.map { senders[sender].working.rows[Int($0.sequence) - 1].message }))
          note("s\(sender) sends \(items.map(\.id).joined(separator: " ")) for the time \(header.sends)")
          if sabotage == .settlesOnSend { for item in items { settle(sender, item, .effected) } }
        case .settle(let item, let settlement):
          hasWritten = true
          settle(sender, item, settlement)
        case .unpark:
          hasWritten = true
          revive(sender, .parked)
        case .reopen(let epoch, let sequence):
          hasWritten = true
          let isFirst = senders[sender].working.epoch == nil
          senders[sender].working.epoch = epoch
          if !isFirst && sabotage != .sendsNothingAgainAfterARestore {
            revive(sender, from: sequence, .effected, .deadAtReceiver)
            revive(sender, .dead)
          }
        }
      }
    }
    return hasWritten
  }

  private func item(_ sender: Int, row: Int) -> DeliverySender.Item {
    messages[senders[sender].working.rows[row].message].item
  }

  // MARK: The outbox

  private mutating func settle(
    _ sender: Int, _ item: DeliverySender.Item, _ settlement: DeliverySender.Settlement
  ) {
    let row = Int(item.sequence) - 1
    guard senders[sender].working.rows[row].state == .pending else { return }
    let state: SimulatedSender.State =
      switch settlement {
      case .effected: .effected
      case .deadAtReceiver: .deadAtReceiver
      case .dead: .dead
      case .parked: .parked
      case .expired: .expired
      }
    note("s\(sender) settles \(item.id) as \(state)")
    set(sender, row: row, state)
  }

  private mutating func set(_ sender: Int, row: Int, _ state: SimulatedSender.State) {
    senders[sender].working.rows[row].state = state
    senders[sender].working.rows[row].settledAt = now
    senders[sender].working.pending.removeAll { $0 == row }
    if state == .expired || state == .discarded { check.ended(senders[sender].working.rows[row].message) }
  }

  private mutating func revive(
    _ sender: Int, from sequence: Int64 = 0, _ states: SimulatedSender.State...
  ) {
    var store = senders[sender].working
    for row in store.rows.indices
    where row + 1 >= sequence && states.contains(store.rows[row].state) && !store.rows[row].isForgotten {
      store.rows[row].state = .pending
    }
    store.pending = store.rows.indices.filter { store.rows[$0].state == .pending }
    senders[sender].working = store
  }

  private mutating func expire(_ sender: Int) {
    let clock = Timestamp(milliseconds: (now + senders[sender].clockError).milliseconds)
    for row in senders[sender].working.pending {
      guard let expires = messages[senders[sender].working.rows[row].message].expires, expires < clock,
        !senders[sender].working.rows[row].isSent
      else { continue }
      set(sender, row: row, .expired)
    }
  }

  /// Every row below it is settled and forgotten.
  private func settledBelow(_ sender: Int) -> Int64 {
    let rows = senders[sender].working.rows
    if sabotage == .callsForgottenWhatIsKept {
      return Int64(rows.firstIndex { $0.state == .pending } ?? rows.count) + 1
    }
    return Int64(rows.firstIndex { !$0.isForgotten } ?? rows.count) + 1
  }

  mutating func forgetAtSender(_ sender: Int) {
    guard senders[sender].process.isReady || sabotage == .forgetsWhileOutOfTouch else { return }
    var store = senders[sender].durable
    for row in store.rows.indices where store.rows[row].settledAt + setting.retention < now {
      switch store.rows[row].state {
      case .effected, .deadAtReceiver, .expired, .discarded: store.rows[row].isForgotten = true
      case .pending, .dead, .parked: break
      }
    }
    senders[sender].durable = store
    senders[sender].working = store
  }

  /// A person sends the first dead row again, or throws it away.
  mutating func settleDeadRow(_ sender: Int, replays: Bool) {
    guard let row = senders[sender].durable.rows.firstIndex(where: { $0.state == .dead }) else { return }
    let item = item(sender, row: row)
    note("\(item.id) is \(replays ? "sent again" : "discarded") at s\(sender)")
    work(sender, [.unblocked(key: item.key)]) { simulation in
      if replays {
        simulation.senders[sender].working.rows[row].state = .pending
        simulation.senders[sender].working.pending.append(row)
        simulation.senders[sender].working.pending.sort()
      } else {
        simulation.set(sender, row: row, .discarded)
      }
    }
  }

  // MARK: Ends and beginnings

  private func resumed(_ sender: Int) -> DeliverySender {
    let store = senders[sender].durable
    func keys(_ state: SimulatedSender.State) -> Set<String> {
      Set(store.rows.lazy.filter { $0.state == state }.map { messages[$0.message].item.key })
    }
    return DeliverySender(epoch: store.epoch, blocked: keys(.dead), parked: keys(.parked), at: now)
  }

  mutating func crashSender(_ sender: Int) {
    note("s\(sender) starts anew")
    statistics.crashes += 1
    senders[sender].working = senders[sender].durable
    senders[sender].process = resumed(sender)
    senders[sender].isUnreachable = false
    if senders[sender].isConnected { work(sender, [.reachable]) }
  }

  /// What was committed after the backup is lost, apart from what has left already.
  mutating func restoreSender(_ sender: Int) {
    guard let backup = senders[sender].backup, backup.at + setting.backupAge >= now else { return }
    note("s\(sender) is restored from \(backup.at.milliseconds) ms")
    statistics.restores += 1
    for row in senders[sender].durable.rows.dropFirst(backup.store.rows.count) { check.lost(row.message) }
    senders[sender].durable = backup.store
    // What it holds as waiting may have left since.
    for row in backup.store.pending where sabotage != .believesABackupOfWhatHasNotLeft {
      senders[sender].durable.rows[row].isSent = true
    }
    crashSender(sender)
  }
}
