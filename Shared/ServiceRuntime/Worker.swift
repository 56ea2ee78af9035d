import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Store
import Synchronization
import Texts

/// The one place where a service reads and writes: takes what has arrived, does it in one transaction,
/// commits, and only then answers and sends.
///
/// ```
/// transport ─▶ arrived ─▶ ┌ batch ─▶ BEGIN ─▶ each in a savepoint ─▶ claim the outbox ─▶ COMMIT ┐
///                         └──────────── answers, acknowledgements, deliveries ◀────────────────┘
/// ```
///
/// While one batch is being committed the next one gathers, so durability costs one fsync a batch. A
/// delivery that was sent before is counted in a commit of its own and then handled alone, so that one
/// that ends the process is found out.
public actor Worker {
  let definition: ServiceDefinition
  public nonisolated let store: Store
  let outbox: Outbox
  let inbox = Inbox()
  let replies = Replies()
  let dueWork = DueWork()
  let coder = EnvelopeCoder(types: MessageCatalogue.types)
  let policy: RetryPolicy
  let clock: ServiceClock
  let log: Logger
  /// New at each start.
  let instance = UUID().uuidString.lowercased()
  private let transport: any Transport
  private let executor: any SerialExecutor
  /// Ends the process where a commit can't be trusted any more.
  private let onFatal: @Sendable (String) -> Void

  /// So many deliveries may be on their way to this service from each sender.
  static let credit = 512
  /// At most so many arrivals share a transaction.
  private static let maximumBatch = 512
  /// Requests beyond this many waiting arrivals are dropped, and their senders ask again.
  private static let maximumArrived = 20_000

  private nonisolated let arrived = Mutex<[TransportEvent]>([])
  var senders: [ServiceName: DeliverySender] = [:]
  private(set) var virtualNow: Timestamp?
  private var rejectedFrames = 0
  var heldDue: [Int64: Duration] = [:]
  var forgotAt: Duration?
  /// Keys of which an earlier delivery of the packet at hand waits.
  private(set) var waitingKeys: Set<String> = []
  var unblocked: [(ServiceName, key: String)] = []
  var nextDue: Timestamp?
  var knowsNextDue = false
  private var wakeAt: Duration?
  private var timer: Task<Void, Never>?
  private nonisolated let isStopping = Mutex(false)

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// - Parameter virtualStart: nil for the machine's calendar; else what a virtual one shows at first.
  ///   A store that has kept a later moment goes on from there.
  public init(
    definition: ServiceDefinition, store: Store, transport: any Transport, log: Logger,
    clock: ServiceClock = .system, policy: RetryPolicy = RetryPolicy(), virtualStart: Timestamp? = nil,
    outboxLimit: Int = 2 * 1024 * 1024 * 1024, onFatal: @escaping @Sendable (String) -> Void
  ) throws {
    self.definition = definition
    self.store = store
    self.transport = transport
    self.log = log
    self.clock = clock
    self.policy = policy
    self.onFatal = onFatal
    outbox = Outbox(limit: outboxLimit)
    executor = transport.executor ?? WorkerExecutor(label: "worker.\(definition.name.rawValue)")
    virtualNow = virtualStart
    if let virtualStart {
      virtualNow = try store.database.write { db in
        let kept = try Meta.value(db, "calendar").flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))
        let start = max(kept ?? virtualStart, virtualStart)
        try Meta.set(db, "calendar", String(start.milliseconds))
        return start
      }
    }
    senders = try Worker.resume(definition.name, store, outbox)
  }

  private static func resume(
    _ name: ServiceName, _ store: Store, _ outbox: Outbox, at now: Duration = .zero
  ) throws -> [ServiceName: DeliverySender] {
    try store.database.read { db in
      var senders: [ServiceName: DeliverySender] = [:]
      for receiver in Topology.receivers(of: name) {
        senders[receiver] = try outbox.resume(db, destination: receiver.rawValue, at: now)
      }
      return senders
    }
  }

  /// Opens the transport and begins to work.
  public func start() async throws {
    try await transport.start { [weak self] event in self?.arrive(event) }
    for receiver in senders.keys { transport.announceWhenReachable(receiver.rawValue) }
    drain()
  }

  /// Finishes the batch at hand, answers it, and closes transport and store. What had not been handled
  /// comes again.
  public nonisolated func stop() async {
    // Before the actor's turn, so that a stream of arrivals can't put it off.
    isStopping.withLock { $0 = true }
    await close()
  }

  private func close() async {
    timer?.cancel()
    await transport.stop()
    do { try store.close() } catch { log.warning("the store did not close: \(error)") }
  }

  /// What the calendar shows.
  public var calendar: Timestamp { virtualNow ?? clock.wall() }

  // MARK: Arrivals

  private nonisolated func arrive(_ event: TransportEvent) {
    let count = arrived.withLock {
      if $0.count < Worker.maximumArrived { $0.append(event) }
      return $0.count
    }
    // At once, so that on the transport's own thread no other is woken in between.
    if count == 1 { Task.immediate { await self.drain() } }
  }

  private func drain() {
    var isFirst = true
    while !isStopping.withLock({ $0 }) {
      let batch = arrived.withLock { events in
        let taken = Array(events.prefix(Worker.maximumBatch))
        events.removeFirst(taken.count)
        return taken
      }
      let isDue = knowsNextDue && (nextDue.map { $0 <= calendar } ?? false)
      if batch.isEmpty && !isFirst && !isDue { break }
      isFirst = false
      process(batch)
    }
    arm()
  }

  /// One arrival, read and ready to be handled within a transaction.
  private enum Work {
    case request(Data, Origin)
    case ping(Ping, Origin)
    /// `begins` where they begin a packet: keys that wait do so for the rest of their packet.
    case deliveries([(Data, sends: Int)], Origin, begins: Bool)
    case answered(DeliverySender.Input, ServiceName)
  }

  private func process(_ events: [TransportEvent]) {
    var segment: [Work] = []
    for event in events {
      do {
        guard let work = try read(event) else { continue }
        if case .deliveries(let bodies, let origin, _) = work, bodies.contains(where: { $0.sends > 1 }) {
          commit(segment)
          segment = []
          for (index, body) in bodies.enumerated() { retryAlone(body, origin, begins: index == 0) }
        } else {
          segment.append(work)
        }
      } catch {
        countRejected("\(error)")
      }
    }
    commit(segment)
  }

  func countRejected(_ reason: String) {
    rejectedFrames += 1
    log.debug("frames were rejected", metadata: ["reason": "\(reason)"])
  }

  private func read(_ event: TransportEvent) throws -> Work? {
    switch event {
    case .received(let frames, let origin):
      switch try Packet(frames: frames) {
      case .request(let body): return .request(body, origin)
      case .ping(let ping) where origin.principal.role == .service: return .ping(ping, origin)
      case .delivery(let header, let bodies) where origin.principal.role == .service:
        Failpoint.receive.pass()
        guard header.epoch == store.epoch else { return nil }
        return .deliveries(Array(zip(bodies, header.sends)), origin, begins: true)
      default: throw Packet.Malformed(reason: "a packet that this principal may not send")
      }
    case .answered(let frames, let name):
      guard let service = ServiceName(rawValue: name) else { return nil }
      switch try Packet(frames: frames) {
      case .pong(let pong): return .answered(.pong(pong), service)
      case .verdicts(let verdicts): return .answered(.verdicts(verdicts), service)
      default: throw Packet.Malformed(reason: "a packet that a receiver does not answer with")
      }
    case .reachable(let name): return ServiceName(rawValue: name).map { .answered(.reachable, $0) }
    case .unreachable(let name): return ServiceName(rawValue: name).map { .answered(.unreachable, $0) }
    case .rejected(let reason):
      countRejected(reason)
      return nil
    }
  }

  // MARK: One transaction

  /// What leaves the process once the transaction is committed.
  struct Departures {
    var answers: [(Packet, Origin)] = []
    var sends: [(Packet, ServiceName)] = []
    var announce: [ServiceName] = []
  }

  private func commit(_ segment: [Work]) {
    var departures = Departures()
    let calendarBefore = virtualNow
    do {
      try store.database.writeWithoutTransaction { db in
        // Nobody else writes this store, so the write lock is taken where something is written.
        try db.inTransaction(.deferred) {
          let changesBefore = db.totalChangesCount
          for work in segment { try perform(work, db, &departures) }
          if db.totalChangesCount != changesBefore { knowsNextDue = false }
          try performDue(db)
          try forget(db)
          // A transaction that only read has nothing to send and nothing new to plan.
          let hasChanged = db.totalChangesCount != changesBefore
          try pump(db, hasChanged: hasChanged, &departures)
          if hasChanged || !knowsNextDue {
            nextDue = try dueWork.next(db, except: Set(heldDue.keys))
            knowsNextDue = true
          }
          Failpoint.commitBefore.pass()
          return .commit
        }
      }
      Failpoint.commitAfter.pass()
      depart(departures)
    } catch {
      virtualNow = calendarBefore
      knowsNextDue = false
      undone(segment, error)
    }
  }

  private func depart(_ departures: Departures) {
    Failpoint.answerBefore.pass()
    for (packet, origin) in departures.answers {
      guard let frames = try? packet.frames() else { continue }
      transport.answer(frames, to: origin)
    }
    if !departures.answers.isEmpty { Failpoint.answerAfter.pass() }
    if !departures.sends.isEmpty { Failpoint.sendBefore.pass() }
    for (packet, service) in departures.sends {
      guard let frames = try? packet.frames() else { continue }
      transport.send(frames, to: service.rawValue)
    }
    if !departures.sends.isEmpty { Failpoint.sendAfter.pass() }
    for service in departures.announce { transport.announceWhenReachable(service.rawValue) }
  }

  /// The transaction did not commit: nothing has happened. A full disk is told to those who asked; after
  /// any other failure of the file the process ends, since what SQLite holds in memory may not be what
  /// the disk holds.
  private func undone(_ segment: [Work], _ error: any Error) {
    let code = (error as? DatabaseError)?.resultCode
    log.error("a transaction was undone", metadata: ["error": "\(error)"])
    guard code == .SQLITE_FULL else {
      onFatal(
        "A transaction could not be committed: \(error). The service ends; started again it goes on from its store.")
      return
    }
    for case .request(let body, let origin) in segment {
      guard let request = try? coder.decode(body) else { continue }
      answer(request, refusing: RequestRefusal.full, to: origin)
    }
    // The senders begin anew after a second: until there is room, each try ends here again.
    do { senders = try Worker.resume(definition.name, store, outbox, at: clock.monotonic()) } catch {
      onFatal("The store can't be read: \(error).")
    }
  }

  private func answer(_ request: Envelope, refusing refusal: any Refusal, to origin: Origin) {
    guard let packet = try? reply(to: request, problem(refusal, request)),
      let frames = try? packet.frames()
    else { return }
    transport.answer(frames, to: origin)
  }

  private func perform(_ work: Work, _ db: Database, _ departures: inout Departures) throws {
    switch work {
    case .request(let body, let origin):
      if let packet = try handleRequest(body, origin.principal, db) {
        departures.answers.append((packet, origin))
      }
    case .ping(let ping, let origin):
      try inbox.settledBelow(db, source: origin.principal.id, ping.settledbelow)
      let pong = Pong(
        number: ping.number, instance: instance, epoch: store.epoch, credit: Worker.credit)
      departures.answers.append((.pong(pong), origin))
    case .deliveries(let bodies, let origin, let begins):
      if begins { waitingKeys = [] }
      var verdicts: [DeliveryVerdict] = []
      for (body, sends) in bodies {
        if let verdict = try handleDelivery(body, sends: sends, origin.principal, db, waiting: &waitingKeys) {
          verdicts.append(verdict)
        }
      }
      departures.answers.append((.verdicts(Verdicts(epoch: store.epoch, verdicts: verdicts)), origin))
    case .answered(let input, let service):
      try feed(input, service, db, &departures)
    }
  }

  func context(
    _ db: Database, now: Timestamp, principal: Principal, language: Language, causation: String?,
    traceparent: String?
  ) -> Context {
    Context(
      db: db, now: now, principal: principal, language: language, service: definition.name,
      outbox: outbox, dueWork: dueWork, coder: coder, causation: causation, traceparent: traceparent)
  }

  // MARK: Redelivered

  /// Counts the attempt in a commit of its own, and then handles the delivery alone.
  private func retryAlone(_ body: (Data, sends: Int), _ origin: Origin, begins: Bool) {
    if begins { waitingKeys = [] }
    do {
      try store.database.write { db in try countAttempt(body.0, sends: body.sends, origin.principal, db) }
    } catch {
      undone([], error)
      return
    }
    commit([.deliveries([body], origin, begins: begins)])
  }

  // MARK: Time

  /// Sets one timer for the earliest of: a sender's tick, scheduled work, held work.
  private func arm() {
    guard !isStopping.withLock({ $0 }) else { return }
    let now = clock.monotonic()
    var wait = Duration.seconds(60)
    for sender in senders.values { wait = min(wait, sender.nextTick(now: now)) }
    if virtualNow == nil, let nextDue {
      wait = min(wait, .milliseconds(max(1, nextDue.milliseconds - calendar.milliseconds)))
    }
    if let held = heldDue.values.min() { wait = min(wait, max(.milliseconds(1), held - now)) }
    let at = now + wait
    if let wakeAt, timer != nil, wakeAt <= at, wakeAt > now { return }
    timer?.cancel()
    wakeAt = at
    timer = Task { [weak self, clock] in
      guard (try? await clock.sleep(wait)) != nil else { return }
      await self?.wake()
    }
  }

  private func wake() {
    wakeAt = nil
    timer = nil
    drain()
  }

  // MARK: For the requests that every service answers

  func moveCalendar(to moment: Timestamp, _ db: Database) throws {
    try Meta.set(db, "calendar", String(moment.milliseconds))
    virtualNow = moment
  }

  var countOfRejectedFrames: Int { rejectedFrames }

  /// A person has settled the dead row that held back this key; told to the sender in the same transaction.
  func unblock(_ service: ServiceName, key: String) { unblocked.append((service, key)) }
}

extension DatabaseError {
  /// The file itself failed, so the whole transaction is lost and not only one handler's part.
  var isOfTheFile: Bool {
    switch resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_READONLY, .SQLITE_NOMEM,
      .SQLITE_CANTOPEN:
      true
    default: false
    }
  }
}
