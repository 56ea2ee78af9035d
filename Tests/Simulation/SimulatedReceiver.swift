import Messaging

/// The receiving service: its inbox, its effects and its process.
struct SimulatedReceiver {
  enum Letter { case none, open, replayed, discarded }

  /// What the store knows of one message.
  struct Record {
    var isInInbox = false
    var receivedAt = Duration.zero
    var started = 0
    var failed = 0
    var letter = Letter.none
  }

  struct Store {
    var records: [Record] = []
    /// What handlers did, in the order of doing.
    var effects: [Int] = []
    var openLetters: [Int] = []
    /// For each sender.
    var settledBelow: [Int: Int64] = [:]
    var epoch = 0
  }

  var durable = Store()
  var working = Store()
  var backup: (store: Store, at: Duration)?
  /// Rises at each restore, whatever is restored.
  var epochs = 0

  var instance = 0
  var knowsNewType = false
  var waiting = WaitingKeys()
  var clockError = Duration.zero
  /// How many times each message's handler was called, by anybody: the messages' own memory.
  var calls: [Int] = []
  /// The message whose counted attempt is under way.
  var underWay: Int?
  /// Messages of which an attempt was counted and undone by a full disk, while the process lived on.
  var undone: Set<Int> = []

  var epochName: String { "e\(durable.epoch)" }
  var instanceName: String { "i\(instance)" }

  mutating func makeRoom(for count: Int) {
    while calls.count < count { calls.append(0) }
    while durable.records.count < count { durable.records.append(Record()) }
    while working.records.count < count { working.records.append(Record()) }
  }
}

/// The imperative shell around `DeliveryHistory`, as in the services' worker.
extension DeliverySimulation {
  /// A batch: first sends share a commit, what was sent before is counted and handled alone.
  mutating func receive(_ packets: [(sender: Int, Wire)]) {
    do {
      try place()
      var segment: [(Int, Wire)] = []
      for (sender, wire) in packets {
        if case .delivery(let header, let messages) = wire {
          guard header.epoch == receiver.epochName || sabotage == .takesAnOlderEpoch else { continue }
          if header.sends.contains(where: { $0 > 1 }) && sabotage != .neverCountsAttempts {
            _ = try commit(segment)
            segment = []
            try handleAlone(messages, header, sender)
            continue
          }
        }
        segment.append((sender, wire))
      }
      _ = try commit(segment)
    } catch {
      crashReceiver()
    }
  }

  /// Where a commit fails, the rest of the packet comes again: it must not overtake.
  private mutating func handleAlone(_ numbers: [Int], _ header: DeliveryHeader, _ sender: Int) throws {
    receiver.waiting = WaitingKeys()
    for (number, sends) in zip(numbers, header.sends) {
      let message = messages[number]
      var isCounted = false
      let isUndone = receiver.undone.contains(number)
      if !waits(message) && notReceived(message) == nil
        && (isUndone || decide(message, sends: sends, isCounted: false) == .count)
      {
        if !isUndone {
          receiver.working.records[number].started += 1
          guard try commit(counting: number) || sabotage == .goesOnAfterAFullDisk else { return }
        }
        isCounted = true
      }
      let verdict = try handle(message, sends: sends, isCounted: isCounted)
      let verdicts = Verdicts(epoch: receiver.epochName, instance: receiver.instanceName, verdicts: [verdict])
      guard try commit(departing: [(sender, .verdicts(verdicts))]) || sabotage == .goesOnAfterAFullDisk else {
        if isCounted { receiver.undone.insert(number) }
        return
      }
      receiver.undone.remove(number)
    }
  }

  private mutating func commit(_ segment: [(Int, Wire)]) throws -> Bool {
    var departures: [(Int, Wire)] = []
    for (sender, wire) in segment {
      switch wire {
      case .ping(let ping):
        let below = receiver.working.settledBelow[sender] ?? 0
        if below < ping.settledbelow { receiver.working.settledBelow[sender] = ping.settledbelow }
        let pong = Pong(
          number: ping.number, instance: receiver.instanceName, epoch: receiver.epochName, credit: setting.credit,
          settledbelow: receiver.working.settledBelow[sender] ?? 0)
        departures.append((sender, .pong(pong)))
      case .delivery(let header, let numbers):
        receiver.waiting = WaitingKeys()
        var verdicts: [DeliveryVerdict] = []
        for (number, sends) in zip(numbers, header.sends) {
          verdicts.append(try handle(messages[number], sends: sends, isCounted: false))
        }
        departures.append(
          (sender, .verdicts(Verdicts(epoch: receiver.epochName, instance: receiver.instanceName, verdicts: verdicts))))
      case .pong, .verdicts: break
      }
    }
    return try commit(departing: departures)
  }

  /// The working copy becomes the durable one; then what it says leaves. False where the disk was full.
  private mutating func commit(
    departing departures: [(Int, Wire)] = [], counting number: Int? = nil
  ) throws -> Bool {
    if sabotage == .acknowledgesBeforeTheCommit { for (sender, wire) in departures { reply(wire, to: sender) } }
    try place()
    guard hasRoom() else {
      receiver.working = receiver.durable
      receiver.underWay = nil
      return false
    }
    receiver.durable = receiver.working
    receiver.underWay = number
    check.committed(receiver.durable, messages)
    try place()
    if sabotage == .acknowledgesBeforeTheCommit { return true }
    for (sender, wire) in departures {
      reply(wire, to: sender)
      try place()
    }
    return true
  }

  // MARK: One delivery

  private func waits(_ message: SimulatedMessage) -> Bool {
    receiver.waiting.contains(message.item.key) && sabotage != .handlesWhatWaits
  }

  private func notReceived(_ message: SimulatedMessage) -> DeliveryVerdict.Kind? {
    switch message.nature {
    case .notPermitted: .refused
    case .newType where !receiver.knowsNewType: .unsupported
    default: nil
    }
  }

  private func decide(_ message: SimulatedMessage, sends: Int, isCounted: Bool) -> DeliveryHistory.Decision {
    let record = receiver.working.records[message.number]
    let isHeld = receiver.working.openLetters.contains {
      messages[$0].sender == message.sender && messages[$0].item.key == message.item.key
    }
    let history = DeliveryHistory(
      inbox: !record.isInInbox ? .absent : record.letter == .open ? .deadLetter : .sameBody, started: record.started,
      failed: record.failed,
      isKeyHeld: isHeld && sabotage != .ignoresHeldKeys)
    let clock = Timestamp(milliseconds: (now + receiver.clockError).milliseconds)
    return history.decide(
      sends: sabotage == .neverCountsAttempts ? 1 : sends, isCounted: isCounted,
      isExpired: message.expires.map { $0 < clock } ?? false, policy: setting.policy)
  }

  private mutating func handle(
    _ message: SimulatedMessage, sends: Int, isCounted: Bool
  ) throws -> DeliveryVerdict {
    if waits(message) { return DeliveryVerdict(id: message.item.id, kind: .retry, afterms: 1) }
    let verdict = try judge(message, sends: sends, isCounted: isCounted)
    note("\(message.item.id) \(message.item.key): \(verdict.kind)")
    receiver.waiting.note(verdict, key: message.item.key)
    return verdict
  }

  private mutating func judge(
    _ message: SimulatedMessage, sends: Int, isCounted: Bool
  ) throws -> DeliveryVerdict {
    func verdict(_ kind: DeliveryVerdict.Kind, after wait: Duration? = nil) -> DeliveryVerdict {
      DeliveryVerdict(id: message.item.id, kind: kind, afterms: wait?.milliseconds)
    }
    if let kind = notReceived(message) { return verdict(kind) }
    switch decide(message, sends: sends, isCounted: isCounted) {
    case .answer(let kind, let wait):
      if kind == .done { statistics.duplicates += 1 }
      if kind == .expired { statistics.expired += 1 }
      return verdict(kind, after: kind == .retry ? wait : nil)
    case .count: return verdict(.retry, after: .milliseconds(1))
    case .bury(let isForCrashes):
      check.buried(message.number, forCrashes: isForCrashes, policy: setting.policy)
      bury(message.number)
      return verdict(.dead)
    case .attempt: break
    }
    switch try call(message) {
    case .done:
      record(message.number)
      receiver.working.effects.append(message.number)
      return verdict(.done)
    case .wait:
      if isCounted { receiver.working.records[message.number].started -= 1 }
      return verdict(.retry, after: setting.policy.wait(afterSends: sends, atLeast: .milliseconds(20)))
    case .failure:
      if !isCounted { receiver.working.records[message.number].started += 1 }
      receiver.working.records[message.number].failed += 1
      let failures = receiver.working.records[message.number].failed
      return verdict(.retry, after: setting.policy.delay(afterFailures: failures, using: &random))
    case .rejection:
      bury(message.number)
      return verdict(.dead)
    }
  }

  private enum Outcome { case done, wait, failure, rejection }

  /// The handler.
  private mutating func call(_ message: SimulatedMessage) throws -> Outcome {
    receiver.calls[message.number] += 1
    guard !isMended else { return .done }
    let isOver: (Int) -> Bool = { [calls = receiver.calls[message.number]] in calls > $0 }
    switch message.nature {
    case .waits(let times) where !isOver(times): return .wait
    case .fails(let times) where !isOver(times): return .failure
    case .crashes(let times) where !isOver(times):
      note("\(message.item.id) crashes the receiver")
      throw Interruption()
    case .rejected: return .rejection
    default: return .done
    }
  }

  private mutating func record(_ number: Int) {
    receiver.working.records[number].isInInbox = sabotage != .forgetsTheInbox
    receiver.working.records[number].receivedAt = now
    receiver.working.records[number].started = 0
    receiver.working.records[number].failed = 0
  }

  private mutating func bury(_ number: Int) {
    statistics.letters += 1
    receiver.working.records[number].letter = .open
    if !receiver.working.openLetters.contains(number) { receiver.working.openLetters.append(number) }
    record(number)
  }

  /// A person replays or discards a dead letter, in one transaction.
  mutating func settleLetter(_ number: Int, replays: Bool) {
    note("m\(number)'s letter is \(replays ? "replayed" : "discarded")")
    do {
      if replays {
        guard try call(messages[number]) == .done else { return }
        receiver.working.effects.append(number)
      }
      receiver.working.records[number].letter = replays ? .replayed : .discarded
      receiver.working.openLetters.removeAll { $0 == number }
      _ = try commit()
    } catch {
      crashReceiver()
    }
  }

  mutating func forgetAtReceiver() {
    for number in receiver.durable.records.indices where receiver.durable.records[number].isInInbox {
      let message = messages[number]
      let isOld = receiver.durable.records[number].receivedAt + setting.retention * 2 < now
      let isForgotten = message.item.sequence < receiver.durable.settledBelow[message.sender] ?? 0
      if isOld && isForgotten || sabotage == .forgetsTooSoon { receiver.durable.records[number].isInInbox = false }
    }
    receiver.working = receiver.durable
  }

  // MARK: Ends and beginnings

  mutating func crashReceiver() {
    note("the receiver starts anew")
    statistics.crashes += 1
    if let number = receiver.underWay { check.interrupted(number) }
    // Its count stands, and the next process can't know that a full disk undid the rest.
    for number in receiver.undone { check.interrupted(number) }
    receiver.underWay = nil
    receiver.undone = []
    receiver.working = receiver.durable
    receiver.instance += 1
  }

  mutating func restoreReceiver() {
    guard let backup = receiver.backup, backup.at + setting.backupAge >= now else { return }
    note("the receiver is restored from \(backup.at.milliseconds) ms")
    statistics.restores += 1
    receiver.epochs += 1
    receiver.durable = backup.store
    receiver.durable.epoch = receiver.epochs
    receiver.makeRoom(for: messages.count)
    check.restored(receiver.durable)
    crashReceiver()
  }
}
