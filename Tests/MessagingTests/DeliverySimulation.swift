import Messaging
import TestSupport

/// Sender and receiver of durable deliveries with in-memory stores, driven through a network that drops,
/// repeats, delays and reorders, and through crashes, restarts, upgrades and a restored store.
///
/// What is durable survives a crash (`rows`, `inbox`, `effects`); the rest is lost.
struct DeliverySimulation {
  /// A receiver or a shell that is broken on purpose: what must hold is then seen not to.
  enum Sabotage: CaseIterable, Sendable {
    case acknowledgesBeforeTheEffect, forgetsTheInbox, takesAnOlderEpoch, handlesWhatWaits
  }

  enum Row: Equatable { case pending, effected, dead, parked }
  private enum Wire {
    case ping(Ping)
    case pong(Pong)
    case delivery(DeliveryHeader, [DeliverySender.Item])
    case verdicts(Verdicts)
  }

  var random: SeededGenerator
  private(set) var trace: [String] = []

  // The sender's store, and its state in memory.
  private(set) var items: [DeliverySender.Item] = []
  private(set) var rows: [Row] = []
  private var knownEpoch: String?
  private var sender: DeliverySender
  private var now = Duration.zero

  // The receiver's store, and its process.
  private(set) var inbox: Set<String> = []
  private(set) var effects: [DeliverySender.Item] = []
  private var epoch = 0
  private var instance = 0
  private var knowsNewType = false
  private var backup: (inbox: Set<String>, effects: [DeliverySender.Item])?

  private var toReceiver: [Wire] = []
  private var toSender: [Wire] = []
  private var isConnected = false
  private var isQuiet = false

  private(set) var duplicatesSeen = 0
  private(set) var violation: String?

  private let sabotage: Sabotage?

  init(seed: UInt64, sabotage: Sabotage? = nil) {
    random = SeededGenerator(seed: seed)
    self.sabotage = sabotage
    sender = DeliverySender(epoch: nil)
  }

  // MARK: Running

  /// So many random steps, and then a quiet time in which everything must arrive.
  mutating func run(steps: Int) {
    for _ in 0..<steps where violation == nil { step() }
    isQuiet = true
    knowsNewType = true
    restartReceiver()
    isConnected = true
    feed(.reachable)
    var rounds = 0
    while violation == nil && rows.contains(where: { $0 != .effected }) && rounds < 20_000 {
      rounds += 1
      if !toReceiver.isEmpty { receive(toReceiver.removeFirst()) }
      if !toSender.isEmpty { answer(toSender.removeFirst()) }
      if toReceiver.isEmpty && toSender.isEmpty { pass(.milliseconds(200)) }
    }
    if violation == nil && effects.count != items.count {
      violation = "\(effects.count) effects of \(items.count) messages"
    }
    if violation == nil && rows.contains(where: { $0 != .effected }) {
      violation = "not everything arrived: \(rows.count { $0 != .effected }) of \(rows.count) rows are left"
    }
    check()
  }

  private mutating func step() {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<25: enqueue()
    case 25..<50: if let wire = take(\.toReceiver) { receive(wire) }
    case 50..<72: if let wire = take(\.toSender) { answer(wire) }
    case 72..<82: pass(.milliseconds(Int.random(in: 1...900, using: &random)))
    case 82..<86: connect()
    case 86..<89: disconnect()
    case 89..<92: lose()
    case 92..<94: restartSender()
    case 94..<97: restartReceiver()
    case 97:
      knowsNewType.toggle()
      restartReceiver()
    case 98: backup = (inbox, effects)
    default: restoreReceiver()
    }
  }

  /// One of the waiting packets: mostly the first, at times a later one, at times leaving a copy behind.
  private mutating func take(_ wires: WritableKeyPath<Self, [Wire]>) -> Wire? {
    let count = self[keyPath: wires].count
    guard count > 0 else { return nil }
    let index = Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 0..<count, using: &random) : 0
    let wire = self[keyPath: wires][index]
    if Int.random(in: 0..<8, using: &random) != 0 { self[keyPath: wires].remove(at: index) }
    return wire
  }

  private mutating func note(_ text: String) { trace.append(text) }

  // MARK: The sender's side

  private mutating func enqueue() {
    let sequence = Int64(items.count + 1)
    let key = "k\(Int.random(in: 0..<5, using: &random))"
    items.append(DeliverySender.Item(sequence: sequence, id: "m\(sequence)", key: key, bytes: 100))
    rows.append(.pending)
    note("enqueue m\(sequence) \(key)")
    feed(.outboxGrew)
  }

  private mutating func pass(_ time: Duration) {
    now += time
    if sender.nextTick(now: now) <= .milliseconds(1) { feed(.tick) }
  }

  private mutating func feed(_ input: DeliverySender.Input) {
    var inputs = [input]
    while let next = inputs.popLast() {
      for action in sender.handle(next, now: now) {
        switch action {
        case .announceWhenReachable: if isConnected { inputs.insert(.reachable, at: 0) }
        case .ping(let number): send(.ping(Ping(number: number, settledbelow: 0)))
        case .claimNext(let after, let limit):
          inputs.append(.claimed(pending { $0.sequence > after }.prefix(limit).map { $0 }))
        case .claimKeys(let keys, let limit):
          inputs.append(.claimedKeys(keys.flatMap { key in pending { $0.key == key }.prefix(limit) }))
        case .send(let packet, let header):
          note("send \(packet.map(\.id)) \(header.sends)")
          send(.delivery(header, packet))
        case .settle(let item, let settlement):
          guard rows[Int(item.sequence) - 1] == .pending else { continue }
          rows[Int(item.sequence) - 1] = settlement == .parked ? .parked : .effected
        case .unpark: for index in rows.indices where rows[index] == .parked { rows[index] = .pending }
        case .reopen(let epoch):
          if knownEpoch != nil { for index in rows.indices where rows[index] == .effected { rows[index] = .pending } }
          knownEpoch = epoch
        }
      }
    }
  }

  private func pending(_ condition: (DeliverySender.Item) -> Bool) -> [DeliverySender.Item] {
    items.filter { rows[Int($0.sequence) - 1] == .pending && condition($0) }
  }

  private mutating func send(_ wire: Wire) {
    if isConnected { toReceiver.append(wire) } else { feedLater = true }
    if feedLater && !isConnected {
      feedLater = false
      _ = sender.handle(.unreachable, now: now)
    }
  }
  private var feedLater = false

  private mutating func answer(_ wire: Wire) {
    switch wire {
    case .pong(let pong): feed(.pong(pong))
    case .verdicts(let answer): feed(.verdicts(answer))
    default: break
    }
  }

  // MARK: The receiver's side

  private mutating func receive(_ wire: Wire) {
    switch wire {
    case .ping(let ping):
      toSender.append(
        .pong(Pong(number: ping.number, instance: "i\(instance)", epoch: "e\(epoch)", credit: 6)))
    case .delivery(let header, let packet):
      guard header.epoch == "e\(epoch)" || sabotage == .takesAnOlderEpoch else { return }
      var waiting: Set<String> = []
      var verdicts: [DeliveryVerdict] = []
      for item in packet {
        let isHeld = waiting.contains(item.key) && sabotage != .handlesWhatWaits
        let kind = isHeld ? .retry : effect(item)
        if kind != .done { waiting.insert(item.key) }
        verdicts.append(DeliveryVerdict(id: item.id, kind: kind, afterms: 50))
      }
      toSender.append(.verdicts(Verdicts(epoch: "e\(epoch)", verdicts: verdicts)))
    default: break
    }
  }

  private mutating func effect(_ item: DeliverySender.Item) -> DeliveryVerdict.Kind {
    if inbox.contains(item.id) {
      duplicatesSeen += 1
      return .done
    }
    if item.sequence % 17 == 0 && !knowsNewType { return .unsupported }
    if !isQuiet && Int.random(in: 0..<6, using: &random) == 0 { return .retry }
    if sabotage == .acknowledgesBeforeTheEffect && Int.random(in: 0..<50, using: &random) == 0 { return .done }
    if sabotage != .forgetsTheInbox { inbox.insert(item.id) }
    effects.append(item)
    note("effect \(item.id)")
    check()
    return .done
  }

  // MARK: Faults

  private mutating func connect() {
    guard !isConnected else { return }
    note("connect")
    isConnected = true
    feed(.reachable)
  }

  private mutating func disconnect() {
    note("disconnect")
    isConnected = false
    if Bool.random(using: &random) { toReceiver = [] }
    if Bool.random(using: &random) { toSender = [] }
  }

  private mutating func lose() {
    if Bool.random(using: &random), !toReceiver.isEmpty {
      toReceiver.remove(at: Int.random(in: 0..<toReceiver.count, using: &random))
    } else if !toSender.isEmpty {
      toSender.remove(at: Int.random(in: 0..<toSender.count, using: &random))
    }
  }

  private mutating func restartSender() {
    note("sender restarts")
    let parked = Set(items.filter { rows[Int($0.sequence) - 1] == .parked }.map(\.key))
    sender = DeliverySender(epoch: knownEpoch, parked: parked)
    isConnected = false
  }

  private mutating func restartReceiver() {
    note("receiver restarts")
    instance += 1
    isConnected = false
    toReceiver = []
  }

  private mutating func restoreReceiver() {
    guard let backup else { return }
    note("receiver is restored")
    (inbox, effects) = backup
    epoch += 1
    restartReceiver()
  }

  // MARK: What must hold

  private mutating func check() {
    guard violation == nil else { return }
    if Set(effects.map(\.id)).count != effects.count { violation = "an effect happened twice" }
    var last: [String: Int64] = [:]
    for item in effects {
      if let before = last[item.key], before > item.sequence {
        violation = "\(item.id) was effected after m\(before) of the same key"
      }
      last[item.key] = item.sequence
    }
  }
}
