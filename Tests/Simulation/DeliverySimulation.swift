import Messaging
import TestSupport

/// Senders and one receiver of durable deliveries, with the services' own decisions (`DeliverySender`,
/// `DeliveryHistory`, `WaitingKeys`, `RetryPolicy`) around stores, a network and clocks in memory, driven through
/// whatever the steps say.
///
/// Every store has a `durable` and a `working` copy: a commit makes the one the other, and a crash loses exactly
/// what was not committed. `Check` sees each commit and judges by what it saw, not by what a store claims.
///
/// ```
/// steps ─▶ senders' transactions ─▶ packets ─▶ the receiver's transactions ─▶ answers ─▶ …
///                       every commit ─▶ Check ─▶ violation?
/// ```
struct DeliverySimulation {
  /// What is given, apart from the steps.
  struct Setting {
    var senders: Int
    var keys: Int
    var credit: Int
    var policy = RetryPolicy(base: .milliseconds(100), cap: .seconds(5), maximumFailures: 4, maximumCrashes: 3)
    /// How long settled rows are kept; the receiver remembers twice as long.
    var retention = Duration.seconds(60)
    /// How old a backup may be that a store is restored from.
    var backupAge = Duration.seconds(45)

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      senders = [1, 1, 2, 3].randomElement(using: &random)!
      keys = Int.random(in: 1...5, using: &random)
      credit = [1, 2, 6, 6, 40].randomElement(using: &random)!
    }
  }

  /// A sender, a receiver or a shell that is broken on purpose: the check must see it.
  enum Sabotage: CaseIterable, Sendable {
    case acknowledgesBeforeTheCommit, forgetsTheInbox, forgetsTooSoon, takesAnOlderEpoch, handlesWhatWaits
    case ignoresHeldKeys, neverCountsAttempts, goesOnAfterAFullDisk
    case settlesOnSend, believesAnOlderEpoch, sendsNothingAgainAfterARestore, believesABackupOfWhatHasNotLeft
    case forgetsWhileOutOfTouch, callsForgottenWhatIsKept

    /// Where to begin to look: a seed that is known to find what few do.
    var firstSeed: UInt64 {
      switch self {
      case .believesAnOlderEpoch: 607
      case .goesOnAfterAFullDisk: 3_491
      case .believesABackupOfWhatHasNotLeft: 1_722
      default: 0
      }
    }
  }

  enum Wire {
    case ping(Ping)
    case delivery(DeliveryHeader, messages: [Int])
    case pong(Pong)
    case verdicts(Verdicts)
  }

  struct Interruption: Error {}

  let setting: Setting
  let sabotage: Sabotage?
  var random: SeededGenerator
  var now = Duration.zero
  var messages: [SimulatedMessage] = []
  var senders: [SimulatedSender]
  var receiver = SimulatedReceiver()
  /// On their way to the receiver, or waiting there: a slow consumer is one that seldom takes them.
  var requests: [(sender: Int, Wire)] = []
  var check = DeliveryCheck()
  var statistics = SimulationStatistics()
  /// Every handler does what it should: the cause of all failures is mended.
  var isMended = false

  private var crashIn: Int?
  private var fullIn: Int?
  private(set) var trace: [String] = []
  private let isTracing: Bool

  init(seed: UInt64, sabotage: Sabotage? = nil, isTracing: Bool = false) {
    setting = Setting(seed: seed)
    self.sabotage = sabotage
    self.isTracing = isTracing
    random = SeededGenerator(seed: seed)
    senders = (0..<setting.senders).map { _ in SimulatedSender() }
  }

  var violation: String? { check.violation }

  mutating func note(_ text: @autoclosure () -> String) {
    if isTracing { trace.append("\(now.milliseconds) ms  \(text())") }
  }

  // MARK: Running

  /// The steps, and then a calm time in which everything must come to its end.
  mutating func run(_ steps: [SimulationStep]) {
    for step in steps where violation == nil { perform(step) }
    statistics.steps += steps.count
    if violation == nil { comeToTheEnd() }
    statistics.messages += messages.count
  }

  private mutating func perform(_ step: SimulationStep) {
    note("\(step)")
    switch step {
    case .write(let sender, let key, let nature, let expiresAfter, let fault):
      exposed(to: fault) { $0.write(sender, key: key, nature, expiresAfter: expiresAfter) }
    case .receive(let count, let pick, let keepsCopy, let fault):
      let taken = take(count, pick, keepsCopy, &requests)
      if !taken.isEmpty { exposed(to: fault) { $0.receive(taken) } }
    case .answer(let sender, let count, let pick, let keepsCopy, let fault):
      let taken = take(count, pick, keepsCopy, &senders[sender].answers)
      if !taken.isEmpty { exposed(to: fault) { $0.answer(sender, taken) } }
    case .pass(let milliseconds): pass(.milliseconds(milliseconds))
    case .connect(let sender): connect(sender)
    case .disconnect(let sender, let loses):
      senders[sender].isConnected = false
      if let loses { drop(loses, sender) }
    case .partition(let sender, let direction): senders[sender].partition = direction
    case .heal(let sender): senders[sender].partition = nil
    case .lose(let direction, let sender, let pick): lose(direction, sender, pick)
    case .crashSender(let sender): crashSender(sender)
    case .crashReceiver(let losesArrived):
      if losesArrived { requests = [] }
      crashReceiver()
    case .replaceReceiver(let knowsNewType):
      receiver.knowsNewType = knowsNewType
      crashReceiver()
    case .jumpReceiverClock(let milliseconds): receiver.clockError = .milliseconds(milliseconds)
    case .jumpSenderClock(let sender, let milliseconds): senders[sender].clockError = .milliseconds(milliseconds)
    case .backUpReceiver: receiver.backup = (receiver.durable, now)
    case .restoreReceiver: restoreReceiver()
    case .backUpSender(let sender): senders[sender].backup = (senders[sender].durable, now)
    case .restoreSender(let sender): restoreSender(sender)
    case .settleLetter(let pick, let replays, let fault):
      let letters = receiver.durable.openLetters
      if !letters.isEmpty {
        exposed(to: fault) { $0.settleLetter(letters[pick % letters.count], replays: replays) }
      }
    case .settleDeadRow(let sender, let replays): settleDeadRow(sender, replays: replays)
    case .forget:
      forgetAtReceiver()
      for sender in senders.indices { forgetAtSender(sender) }
    }
  }

  private func take<Packet>(_ count: Int, _ pick: Int, _ keepsCopy: Bool, _ queue: inout [Packet]) -> [Packet] {
    var taken: [Packet] = []
    while taken.count < count && !queue.isEmpty {
      let index = taken.isEmpty ? pick % queue.count : 0
      taken.append(queue[index])
      if !keepsCopy || !taken.dropFirst().isEmpty { queue.remove(at: index) }
    }
    return taken
  }

  // MARK: Where things go wrong

  private mutating func exposed(to fault: SimulationStep.Fault, _ work: (inout Self) -> Void) {
    switch fault {
    case .none: break
    case .crash(let place): crashIn = place
    case .diskFull(let commit): fullIn = commit
    }
    work(&self)
    crashIn = nil
    fullIn = nil
  }

  /// A place where the process can end.
  mutating func place() throws {
    guard let left = crashIn else { return }
    crashIn = left > 0 ? left - 1 : nil
    if left == 0 {
      note("it crashes")
      throw Interruption()
    }
  }

  /// Whether a commit finds room on the disk.
  mutating func hasRoom() -> Bool {
    guard let left = fullIn else { return true }
    fullIn = left > 0 ? left - 1 : nil
    if left == 0 { note("the disk is full") }
    return left > 0
  }

  // MARK: Time and network

  mutating func pass(_ time: Duration) {
    let end = now + time
    while now < end {
      now = min(end, now + senders.map { $0.process.nextTick(now: now) }.min()!)
      for index in senders.indices where senders[index].process.nextTick(now: now) <= .milliseconds(1) {
        work(index, [])
      }
    }
  }

  mutating func connect(_ sender: Int) {
    guard !senders[sender].isConnected else { return }
    senders[sender].isConnected = true
    work(sender, [.reachable])
  }

  /// The senders' transport: what can't be sent is reported, what a partition swallows is not.
  mutating func send(_ wire: Wire, from sender: Int) {
    guard senders[sender].isConnected else {
      senders[sender].isUnreachable = true
      return
    }
    if let partition = senders[sender].partition, partition != .answers {
      statistics.drops += 1
    } else {
      requests.append((sender, wire))
    }
  }

  /// The receiver's transport: an answer that can't be sent is gone.
  mutating func reply(_ wire: Wire, to sender: Int) {
    let partition = senders[sender].partition
    if !senders[sender].isConnected || (partition != nil && partition != .requests) {
      statistics.drops += 1
    } else {
      senders[sender].answers.append(wire)
    }
  }

  private mutating func lose(_ direction: SimulationStep.Direction, _ sender: Int, _ pick: Int) {
    if direction == .requests {
      if !requests.isEmpty { requests.remove(at: pick % requests.count) }
    } else if !senders[sender].answers.isEmpty {
      senders[sender].answers.remove(at: pick % senders[sender].answers.count)
    }
    statistics.drops += 1
  }

  private mutating func drop(_ direction: SimulationStep.Direction, _ sender: Int) {
    if direction != .answers { requests.removeAll { $0.sender == sender } }
    if direction != .requests { senders[sender].answers = [] }
  }

  // MARK: The end

  /// Calm, and what a person has to settle is settled, until nothing is left. Nobody restarts anything for it: what
  /// gets nowhere by itself in a calm network is a fault of the protocol.
  private mutating func comeToTheEnd() {
    note("all is calm from here on")
    for index in senders.indices {
      senders[index].partition = nil
      connect(index)
    }
    settleDown()
    if violation == nil && check.isAnythingParked(self) {
      note("the receiver is upgraded")
      receiver.knowsNewType = true
      crashReceiver()
    }
    isMended = true
    receiver.knowsNewType = true
    var rounds = 0
    repeat {
      settleDown()
      rounds += 1
    } while violation == nil && rounds < 1_000 && settleOne()
    check.atTheEnd(self)
  }

  /// One letter is settled: replayed, or discarded every third.
  private mutating func settleOne() -> Bool {
    if let letter = receiver.durable.openLetters.first {
      settleLetter(letter, replays: letter % 3 != 0)
      return true
    }
    for index in senders.indices where senders[index].durable.rows.contains(where: { $0.state == .dead }) {
      settleDeadRow(index, replays: false)
      return true
    }
    return false
  }

  private mutating func settleDown() {
    var idle = 0
    while violation == nil {
      if !requests.isEmpty {
        let taken = take(64, 0, false, &requests)
        receive(taken)
      }
      for index in senders.indices where !senders[index].answers.isEmpty {
        answer(index, take(64, 0, false, &senders[index].answers))
      }
      guard requests.isEmpty, senders.allSatisfy({ $0.answers.isEmpty }) else { continue }
      guard let stuck = check.whatCanGoOn(self) else { return }
      idle += 1
      if idle > 500 {
        check.fail("\(stuck) gets nowhere in a calm network")
        return
      }
      pass(senders.map { $0.process.nextTick(now: now) }.min()!)
    }
  }
}

/// What a number of simulations went through.
struct SimulationStatistics: Sendable {
  var seeds = 0
  var steps = 0
  var messages = 0
  var effects = 0
  var duplicates = 0
  var crashes = 0
  var drops = 0
  var restores = 0
  var letters = 0
  var expired = 0

  static func += (left: inout Self, right: Self) {
    left.seeds += right.seeds
    left.steps += right.steps
    left.messages += right.messages
    left.effects += right.effects
    left.duplicates += right.duplicates
    left.crashes += right.crashes
    left.drops += right.drops
    left.restores += right.restores
    left.letters += right.letters
    left.expired += right.expired
  }
}
