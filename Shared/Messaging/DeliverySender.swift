/// The sending half of durable delivery to one receiver, without I/O, clock or randomness of its own: the same inputs
/// lead to the same actions, and no hash decides an order.
///
/// The shell feeds it what happened and performs what it asks for; a seeded simulation can do the same.
/// Rows in the outbox are durable; everything here may be lost and is found again.
///
/// ```
///            reachable / ping                 pong
/// unreachable ─────────────▶ probing ─────────────────▶ ready ── claims rows, sends packets
///      ▲                        │                         │
///      └────── unreachable ─────┴───── unreachable ───────┘      no pong in 6 s: ready ─▶ probing
/// ```
///
/// A key is in one of: *free*; *busy* (rows in flight, all in one packet); *held* until a moment (its
/// first row is to be retried); *blocked* (its first row is dead or parked here). Later rows of a key
/// wait until it is free, so order within a key holds whatever the transport loses or repeats.
public struct DeliverySender: Sendable {
  /// A row of the outbox, without its bytes.
  public struct Item: Sendable, Hashable {
    public let sequence: Int64
    public let id: String
    public let key: String
    public let bytes: Int
    /// When it was added, in milliseconds by the sender's clock; 0 where that is not known.
    public let added: Int64
    public init(sequence: Int64, id: String, key: String, bytes: Int, added: Int64 = 0) {
      self.sequence = sequence
      self.id = id
      self.key = key
      self.bytes = bytes
      self.added = added
    }
  }

  public enum Input: Sendable {
    case reachable
    case unreachable
    case pong(Pong)
    case verdicts(Verdicts)
    /// Rows were committed to the outbox, or became pending again.
    case outboxGrew
    /// A person discarded or replayed the dead row that blocked this key.
    case unblocked(key: String)
    /// The answer to `claimNext`: pending rows in order. Fewer than asked for means the end.
    case claimed([Item])
    /// The answer to `claimKeys`: pending rows of those keys, in order within each.
    case claimedKeys([Item])
    case tick
  }

  public enum Action: Sendable, Equatable {
    case announceWhenReachable
    /// Whether there are rows that the receiver has not answered, and could.
    case ping(number: UInt64, hasMore: Bool)
    /// Read up to `limit` pending rows with a higher sequence, and answer with `claimed`.
    case claimNext(after: Int64, limit: Int)
    /// Read up to `limit` pending rows of each key, and answer with `claimedKeys`.
    case claimKeys([String], limit: Int)
    /// One packet.
    case send([Item], DeliveryHeader)
    /// Write the row's end, together with others.
    case settle(Item, Settlement)
    /// The receiver is another process: rows parked as unsupported become pending.
    case unpark
    /// The receiver's store has another past: settled rows from a sequence on become pending, if they are still kept.
    /// So do dead ones, which would hold back what comes again before them. The epoch is kept.
    case reopen(epoch: String, from: Int64)
  }

  /// What became of a row, for the store.
  public enum Settlement: Sendable, Equatable {
    case effected
    case deadAtReceiver
    case dead(Problem)
    case parked
    case expired
  }

  private enum Link: Equatable { case unreachable, probing, ready }
  private struct Flight {
    let item: Item
    let sends: Int
    /// The last ping before it was sent: a pong to a later one says that this was lost or answered.
    let afterPing: UInt64
  }

  /// A packet holds at most so many bytes, beyond its first row.
  public static let maximumPacketBytes = 4 * 1024 * 1024
  static let pingWhenBusy = Duration.seconds(1)
  static let pingWhenIdle = Duration.seconds(5)
  static let deafAfter = Duration.seconds(6)

  private var link = Link.unreachable
  private var epoch: String?
  private var instance: String?
  private var credit = 0
  private var inFlight: [String: Flight] = [:]
  private var busy: [String: Int] = [:]
  private var held: [String: Duration] = [:]
  private var blocked: Set<String>
  private var parked: Set<String>
  /// Keys with rows that the cursor has passed.
  private var deferred: Set<String> = []
  private var free: [String] = []
  private var freeSet: Set<String> = []
  private var claiming: [String] = []
  private var isClaiming = false
  private var cursor: Int64 = 0
  private var atEnd = false
  private var asked = 0
  /// Rows that will be sent again, as they were last sent.
  private var landed: [Int64: Flight] = [:]
  private var lastPing: UInt64 = 0
  private var pingedAt = Duration.zero
  private var heardAt = Duration.zero
  /// The receiver's process is new, and waits to hear that it has been told all.
  private var isAwaited = false

  /// - Parameters:
  ///   - epoch: the receiver's epoch as last kept, nil where none was seen.
  ///   - blocked: keys whose first row is dead here.
  ///   - parked: keys whose first row is parked here.
  ///   - now: it asks for a connection by itself a second later.
  public init(epoch: String?, blocked: Set<String> = [], parked: Set<String> = [], at now: Duration = .zero) {
    pingedAt = now
    self.epoch = epoch
    self.blocked = blocked
    self.parked = parked
  }

  public var isReady: Bool { link == .ready }

  /// How long until `tick` has something to do.
  public func nextTick(now: Duration) -> Duration {
    let interval = inFlight.isEmpty && link == .ready ? Self.pingWhenIdle : Self.pingWhenBusy
    let ping = pingedAt + interval - now
    return max(.milliseconds(1), held.values.map { $0 - now }.min().map { min($0, ping) } ?? ping)
  }

  public mutating func handle(_ input: Input, now: Duration) -> [Action] {
    var actions: [Action] = []
    switch input {
    case .reachable:
      // A new connection: what was on its way over an old one is lost or will be answered before the pong.
      if link == .unreachable { link = .probing }
      ping(now, &actions)
    case .unreachable:
      link = .unreachable
      actions.append(.announceWhenReachable)
    case .pong(let pong): receive(pong, now, &actions)
    case .verdicts(let answer):
      heardAt = now
      guard answer.epoch == epoch else { break }
      for verdict in answer.verdicts { receive(verdict, by: answer.instance, now, &actions) }
    case .outboxGrew: atEnd = false
    case .unblocked(let key):
      blocked.remove(key)
      wake(key)
    case .claimed(let items): take(claimed: items, &actions)
    case .claimedKeys(let items): take(ofKeys: items, &actions)
    case .tick: tick(now, &actions)
    }
    claim(&actions)
    if isAwaited, link == .ready, !hasMore {
      isAwaited = false
      ping(now, &actions)
    }
    return actions
  }

  // MARK: The link

  private mutating func ping(_ now: Duration, _ actions: inout [Action]) {
    lastPing += 1
    pingedAt = now
    actions.append(.ping(number: lastPing, hasMore: hasMore))
  }

  /// What a dead or parked row holds back waits for a person, and not for the receiver.
  private var hasMore: Bool { !(atEnd && !isClaiming && inFlight.isEmpty && free.isEmpty && held.isEmpty) }

  private mutating func tick(_ now: Duration, _ actions: inout [Action]) {
    for key in held.filter({ $0.value <= now }).keys.sorted() {
      held[key] = nil
      release(key)
    }
    if link == .unreachable {
      if now - pingedAt >= Self.pingWhenBusy {
        pingedAt = now
        actions.append(.announceWhenReachable)
      }
      return
    }
    if link == .ready && lastPing > 0 && pingedAt > heardAt && now - heardAt > Self.deafAfter {
      link = .probing
    }
    let interval = inFlight.isEmpty && link == .ready ? Self.pingWhenIdle : Self.pingWhenBusy
    if now - pingedAt >= interval { ping(now, &actions) }
  }

  private mutating func receive(_ pong: Pong, _ now: Duration, _ actions: inout [Action]) {
    guard pong.number <= lastPing else { return }
    heardAt = now
    credit = max(1, min(pong.credit, 65_536))
    let lost = inFlight.values.filter { $0.afterPing < pong.number }
    for flight in lost.sorted(by: { $0.item.sequence < $1.item.sequence }) {
      inFlight[flight.item.id] = nil
      landAgain(flight)
    }
    guard pong.number == lastPing else { return }
    link = .ready
    if pong.epoch != epoch {
      let isFirst = epoch == nil
      epoch = pong.epoch
      actions.append(.reopen(epoch: pong.epoch, from: pong.settledbelow))
      atEnd = false
      if !isFirst {
        cursor = 0
        let keys = blocked
        blocked = []
        for key in keys.sorted() { wake(key) }
      }
    }
    if pong.instance != instance {
      instance = pong.instance
      isAwaited = true
      if !parked.isEmpty {
        actions.append(.unpark)
        let keys = parked
        parked = []
        for key in keys.sorted() { wake(key) }
      }
    }
  }

  // MARK: Keys

  private func isFree(_ key: String) -> Bool {
    busy[key] == nil && held[key] == nil && !blocked.contains(key) && !parked.contains(key)
  }

  private mutating func release(_ key: String) {
    if isFree(key) && deferred.contains(key) && freeSet.insert(key).inserted { free.append(key) }
  }

  /// The key has rows again that the cursor may have passed.
  private mutating func wake(_ key: String) {
    deferred.insert(key)
    release(key)
  }

  /// One row of the key is no longer in flight.
  private mutating func land(_ key: String) {
    let left = (busy[key] ?? 1) - 1
    busy[key] = left > 0 ? left : nil
    release(key)
  }

  /// It is no longer in flight, and will be sent again.
  private mutating func landAgain(_ flight: Flight) {
    landed[flight.item.sequence] = flight
    deferred.insert(flight.item.key)
    land(flight.item.key)
  }

  private mutating func retry(_ flight: Flight, at moment: Duration) {
    held[flight.item.key] = max(held[flight.item.key] ?? .zero, moment)
    landAgain(flight)
  }

  /// An earlier row of its key is unsettled: its verdict was lost, or overtaken.
  private func isBehindAnother(_ item: Item) -> Bool {
    func isBefore(_ other: Flight) -> Bool { other.item.key == item.key && other.item.sequence < item.sequence }
    return inFlight.values.contains(where: isBefore) || landed.values.contains(where: isBefore)
  }

  private mutating func receive(
    _ verdict: DeliveryVerdict, by process: String, _ now: Duration, _ actions: inout [Action]
  ) {
    guard let flight = inFlight.removeValue(forKey: verdict.id) else { return }
    let item = flight.item
    var isUntimely: Bool { process != instance || isBehindAnother(item) }
    switch verdict.kind {
    case .done: actions.append(.settle(item, .effected))
    case .dead: actions.append(.settle(item, .deadAtReceiver))
    case .expired: actions.append(.settle(item, .expired))
    case .refused where isUntimely, .unsupported where isUntimely:
      // Of a process that is gone or not known yet; or it would hold back what comes before it.
      return retry(flight, at: now + .seconds(1))
    case .refused:
      let unknown = Problem(code: "delivery/refused", title: "refused", detail: "")
      actions.append(.settle(item, .dead(verdict.problem ?? unknown)))
      blocked.insert(item.key)
    case .unsupported:
      actions.append(.settle(item, .parked))
      parked.insert(item.key)
    case .retry:
      let wait = Duration.milliseconds(min(max(verdict.afterms ?? 1_000, 1), 900_000))
      return retry(flight, at: now + wait)
    }
    land(item.key)
  }

  // MARK: Claiming

  private mutating func claim(_ actions: inout [Action]) {
    guard link == .ready, !isClaiming else { return }
    let room = min(credit - inFlight.count, Packet.maximumBatch)
    guard room > 0 else { return }
    var keys: [String] = []
    let limit = min(room, 64)
    // Those that have been free longest, so that a receiver that gets few of them done comes to all.
    while keys.count < limit, !free.isEmpty {
      let next = free.prefix(limit - keys.count)
      keys += next.filter(isFree)
      freeSet.subtract(next)
      free.removeFirst(next.count)
    }
    if !keys.isEmpty {
      isClaiming = true
      claiming = keys
      actions.append(.claimKeys(keys, limit: max(1, room / keys.count)))
    } else if !atEnd {
      isClaiming = true
      asked = room
      actions.append(.claimNext(after: cursor, limit: room))
    }
  }

  private mutating func take(claimed items: [Item], _ actions: inout [Action]) {
    isClaiming = false
    if let last = items.last { cursor = last.sequence }
    atEnd = items.count < asked
    var packet: [Item] = []
    var bytes = 0
    for item in items {
      if !isFree(item.key) || deferred.contains(item.key)
        || (!packet.isEmpty && bytes + item.bytes > Self.maximumPacketBytes)
      {
        deferred.insert(item.key)
      } else {
        packet.append(item)
        bytes += item.bytes
      }
    }
    fly(packet, &actions)
    for item in items { release(item.key) }
  }

  private mutating func take(ofKeys items: [Item], _ actions: inout [Action]) {
    isClaiming = false
    var packet: [Item] = []
    var bytes = 0
    var full: Set<String> = []
    var counts: [String: Int] = [:]
    for item in items {
      counts[item.key, default: 0] += 1
      if full.contains(item.key)
        || (!packet.isEmpty && bytes + item.bytes > Self.maximumPacketBytes)
      {
        full.insert(item.key)
      } else {
        packet.append(item)
        bytes += item.bytes
      }
    }
    // A key that gave nothing has no rows left behind the cursor.
    for key in claiming where counts[key] == nil { deferred.remove(key) }
    claiming = []
    fly(packet, &actions)
    for key in full { release(key) }
  }

  private mutating func fly(_ packet: [Item], _ actions: inout [Action]) {
    guard !packet.isEmpty else { return }
    var counts: [Int] = []
    for item in packet {
      let count = (landed.removeValue(forKey: item.sequence)?.sends ?? 0) + 1
      counts.append(count)
      inFlight[item.id] = Flight(item: item, sends: count, afterPing: lastPing)
      busy[item.key, default: 0] += 1
    }
    actions.append(.send(packet, DeliveryHeader(sends: counts, epoch: epoch ?? "", ids: packet.map(\.id))))
  }
}
