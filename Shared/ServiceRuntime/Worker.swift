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
  /// Nil where it keeps none.
  let backups: Backups?
  /// When the process began, by the machine's clock.
  let startedAt: Timestamp
  /// New at each start.
  let instance = UUID().uuidString.lowercased()
  private let transport: any Transport
  private let executor: any SerialExecutor
  /// Ends the process where a commit can't be trusted any more.
  private let onFatal: @Sendable (String) -> Void

  /// So many deliveries may be on their way to this service from each sender.
  static let credit = 512
  /// How long an end of the service waits for errands.
  private static let patience = Duration.seconds(5)
  /// How long no errand is begun after a start while somebody who could take it back has not been heard.
  private static let listening = Duration.seconds(10)
  /// At most so many arrivals share a transaction.
  private static let maximumBatch = 512
  /// So many do now: fewer after one for which the disk had no room, since a smaller one may find it.
  private(set) var batch = Worker.maximumBatch

  private nonisolated let arrived = Mutex(Arrivals())
  /// Errands that have been performed beside the worker.
  private nonisolated let performed = Mutex<[Performed]>([])
  var senders: [ServiceName: DeliverySender] = [:]
  /// The sequence of the last row that the senders have been told of; nil where a transaction was undone.
  var outboxEnd: Int64?
  var effected = Effected()
  /// When, on the calendar, what is past its `expirytime` was last looked for.
  var expiredAt: Timestamp?
  private(set) var virtualNow: Timestamp?
  private var rejectedFrames = 0
  var counts = WorkerCounts()
  var backup = BackupState()
  /// When the oldest backup that is kept was made.
  var oldestBackup: Timestamp?
  /// The same of the services that this process has heard of; nil where one keeps none.
  var oldestBackupOfPeers: [String: Timestamp?] = [:]
  var heldDue: [Int64: Duration] = [:]
  var errands = Errands()
  private var tasks: [Int64: Task<Void, Never>] = [:]
  private var whenSettled: CheckedContinuation<Void, Never>?
  var forgotAt: Duration?
  /// What of the packet at hand has to wait for an earlier delivery.
  var waitingKeys = WaitingKeys()
  /// Deliveries of which an attempt was counted and then undone, while the process lived on.
  private(set) var undoneAttempts: Set<String> = []
  var unblocked: [(ServiceName, key: String)] = []
  /// What the open transaction does, told to the log once it is committed.
  var done: [(message: Logger.Message, metadata: Logger.Metadata)] = []
  var nextDue: Timestamp?
  var knowsNextDue = false
  private var steady: SteadyCalendar
  private var noted: Timestamp?
  /// The disk took nothing the last time that something was to be written.
  private(set) var isFull = false
  /// Until then scheduled work is left alone, so that questions are answered also when the disk is full.
  private var restsUntil = Duration.zero
  private var wakeAt: Duration?
  private var timer: Task<Void, Never>?
  private nonisolated let isStopping = Mutex(false)
  /// Scheduled work was left over so that others have their turn.
  private nonisolated let isBehind = Mutex(false)
  let scrubbing = Scrubbing()
  /// After a scrub that failed, none is tried before.
  var scrubsAfter = Duration.zero

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// - Parameter virtualStart: nil for the machine's calendar; else what a virtual one shows at first.
  ///   A store that has kept a later moment goes on from there.
  public init(
    definition: ServiceDefinition, store: Store, transport: any Transport, log: Logger,
    clock: ServiceClock = .system, policy: RetryPolicy = RetryPolicy(), virtualStart: Timestamp? = nil,
    outboxLimit: Int = 2 * 1024 * 1024 * 1024, backups: Backups? = nil,
    onFatal: @escaping @Sendable (String) -> Void
  ) throws {
    self.definition = definition
    self.store = store
    self.transport = transport
    self.log = log
    self.clock = clock
    self.policy = policy
    self.onFatal = onFatal
    self.backups = backups
    startedAt = clock.wall()
    oldestBackup = backups?.all.first?.made
    outbox = Outbox(limit: outboxLimit)
    executor = transport.executor ?? WorkerExecutor(label: "worker.\(definition.name.rawValue)")
    virtualNow = virtualStart
    steady = SteadyCalendar(lastSeen: try store.database.read(Worker.lastSeen))
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
    try eraseAgain()
    try tellAgainWhereRestored()
    if !definition.handlers.errands.isEmpty {
      errands.listen(to: Topology.senders(to: definition.name), until: clock.monotonic() + Worker.listening)
    }
    try await transport.start { [weak self] event in self?.arrive(event) }
    for receiver in senders.keys { transport.announceWhenReachable(receiver.rawValue) }
    drain()
  }

  /// As work that is due, so that it waits where the outbox is full.
  private func tellAgainWhereRestored() throws {
    try store.database.write { db in
      guard try Meta.value(db, Meta.restored) != nil else { return }
      if definition.handlers.due[Handlers.tellAgain] != nil {
        try dueWork.plan(db, kind: Handlers.tellAgain, key: "", due: .atOnce, payload: Data("{}".utf8))
      }
      try Meta.remove(db, Meta.restored)
    }
  }

  private static func lastSeen(_ db: Database) throws -> Timestamp? {
    try Meta.value(db, "seen").flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))
  }

  /// Keeps what the calendar shows, once a minute and with something else that is written, for the next process.
  private func noteCalendar(_ db: Database) throws {
    guard virtualNow == nil, let now = steadyCalendar(), noted.map({ $0 + .seconds(60) <= now || now < $0 }) ?? true
    else { return }
    try Meta.set(db, "seen", String(now.milliseconds))
    noted = now
  }

  /// Finishes the batch at hand, answers it, and closes transport and store. What had not been handled
  /// comes again.
  public nonisolated func stop() async {
    await endErrands()
    // Before the actor's turn, so that a stream of arrivals can't put it off.
    isStopping.withLock { $0 = true }
    await close()
  }

  /// What is under way is asked to give up, and settled, so that the next process knows how it ended. A server that is
  /// only to say whether it has taken something is given a moment.
  private func endErrands() async {
    errands.isEnding = true
    guard !errands.underWay.isEmpty else { return }
    for task in tasks.values { task.cancel() }
    let patience = Task { [weak self, clock] in
      try? await clock.sleep(Worker.patience)
      await self?.hasSettled()
    }
    await withCheckedContinuation { whenSettled = $0 }
    patience.cancel()
  }

  private func hasSettled() {
    whenSettled?.resume()
    whenSettled = nil
  }

  private func close() async {
    timer?.cancel()
    await transport.stop()
    writeTheRest()
    do { try store.close() } catch { log.warning("the store did not close: \(error)") }
  }

  /// What can't be written is sent again, and answered as effected.
  private func writeTheRest() { try? store.database.write { try writeEffected($0) } }

  /// What the calendar shows.
  public var calendar: Timestamp { virtualNow ?? clock.wall() }

  /// What the calendar shows where it can be believed, for what can't be undone: nil for an hour after the
  /// machine's has jumped. A virtual one is moved on purpose.
  func steadyCalendar() -> Timestamp? {
    if let virtualNow { return virtualNow }
    switch steady.read(wall: clock.wall(), monotonic: clock.monotonic()) {
    case .believed(let moment): return moment
    case .suspect: return nil
    case .jumped(let jump):
      log.warning(
        "the clock has jumped: for an hour nothing expires and nothing is forgotten",
        metadata: ["seconds": "\(jump.components.seconds)"])
      return nil
    }
  }

  // MARK: Arrivals

  private nonisolated func arrive(_ event: TransportEvent) {
    guard arrived.withLock({ $0.append(event) }) else { return }
    // With scheduled work left over, each arrival would have some of it done before the next is read: all that waits at
    // the sockets is read first.
    if isBehind.withLock({ $0 }) {
      Task { await self.drain() }
    } else {
      // At once, so that on the transport's own thread no other is woken in between.
      Task.immediate { await self.drain() }
    }
  }

  private func drain() {
    var isFirst = true
    var isLeft = false
    while !isStopping.withLock({ $0 }) {
      let (events, dropped) = arrived.withLock { [batch] in $0.take(batch) }
      if dropped > 0 { countRejected("more arrived than can wait", count: dropped) }
      let isResting = clock.monotonic() < restsUntil
      let done = isResting ? [] : takePerformed()
      let isDue = knowsNextDue && (nextDue.map { $0 <= calendar } ?? false) && !isResting
      if events.isEmpty && done.isEmpty && !isFirst && !isDue { break }
      // On the sockets' own thread nobody is heard meanwhile: what has arrived since gets its turn between two pieces of
      // scheduled work. A virtual calendar stands still until all is done that it has made due.
      isLeft = isDue && events.isEmpty && done.isEmpty && !isFirst && virtualNow == nil
      if isLeft { break }
      isFirst = false
      process(events, done)
      if whenSettled != nil && errands.underWay.isEmpty { hasSettled() }
    }
    isBehind.withLock { $0 = isLeft }
    arm()
  }

  private nonisolated func takePerformed() -> [Performed] {
    performed.withLock { all in
      let taken = all
      all = []
      return taken
    }
  }

  /// Begins an errand that is prepared and committed; its outcome comes back as work for a transaction.
  private func begin(_ item: DueWork.Item, _ work: @escaping @Sendable () async -> PreparedErrand.Settling) {
    tasks[item.number] = Task.detached { [weak self] in
      let settling = await work()
      await self?.hasPerformed(Performed(item: item, settling: settling))
    }
  }

  private func hasPerformed(_ errand: Performed) {
    tasks[errand.item.number] = nil
    performed.withLock { $0.append(errand) }
    drain()
  }

  /// One arrival, read and ready to be handled within a transaction.
  private enum Work {
    case request(Data, Origin)
    case ping(Ping, Origin)
    /// `begins` where they begin a packet: keys that wait do so for the rest of their packet.
    case deliveries([Arrival], Origin, begins: Bool)
    case answered(DeliverySender.Input, ServiceName)
    case performed(Performed)
  }

  private func process(_ events: [TransportEvent], _ done: [Performed]) {
    var segment: [Work] = done.map(Work.performed)
    for event in events {
      do {
        guard let work = try read(event) else { continue }
        if case .deliveries(let arrivals, let origin, _) = work, arrivals.contains(where: { $0.sends > 1 }) {
          commit(segment)
          segment = []
          waitingKeys = WaitingKeys()
          // What follows one that was undone may be of its key: without verdicts the sender sends all again.
          for arrival in arrivals where !retryAlone(arrival, origin) { break }
        } else {
          segment.append(work)
        }
      } catch {
        countRejected("\(error)")
      }
    }
    commit(segment)
  }

  func countRejected(_ reason: String, count: Int = 1) {
    rejectedFrames += count
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
        let arrivals = bodies.indices.map {
          Arrival(body: bodies[$0], sends: header.sends[$0], id: header.ids?[$0])
        }
        return .deliveries(arrivals, origin, begins: true)
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
    var errands: [(DueWork.Item, @Sendable () async -> PreparedErrand.Settling)] = []
  }

  /// False where it was undone, and nothing has happened.
  @discardableResult
  private func commit(_ segment: [Work], mayRepeat: Bool = true) -> Bool {
    var departures = Departures()
    let calendarBefore = virtualNow
    let began = clock.monotonic()
    var hasWritten = false
    do {
      try store.database.writeWithoutTransaction { db in
        // Nobody else writes this store, so the write lock is taken where something is written.
        try db.inTransaction(.deferred) {
          let changesBefore = db.totalChangesCount
          // Before what has arrived: work that reaches beyond the store (a mail, say) is never done in the
          // transaction that planned it, whose undoing would let it be planned anew and otherwise.
          if clock.monotonic() >= restsUntil { try performDue(db, &departures) }
          for work in segment { try perform(work, db, &departures) }
          try forget(db)
          // A transaction that only read has nothing to send and nothing new to plan.
          let hasChanged = db.totalChangesCount != changesBefore
          try pump(db, hasChanged: hasChanged, &departures)
          if hasChanged || !knowsNextDue {
            nextDue = try dueWork.next(
              db, except: Set(heldDue.keys).union(errands.underWay.keys),
              exceptKinds: closedKinds(now: clock.monotonic()))
            knowsNextDue = true
          }
          if hasChanged { try noteCalendar(db) }
          if hasChanged || effected.isOverdue(at: clock.monotonic()) { try writeEffected(db) }
          hasWritten = db.totalChangesCount != changesBefore
          if Sabotage.acknowledgeBeforeCommit.isOn { depart(departures) }
          Failpoint.commitBefore.pass()
          return .commit
        }
      }
      if hasWritten {
        isFull = false
        batch = min(2 * batch, Worker.maximumBatch)
        counts.commit(clock.monotonic() - began)
      }
      Failpoint.commitAfter.pass()
      if !Sabotage.acknowledgeBeforeCommit.isOn { depart(departures) }
      tellDone()
      scrubWhereAsked()
      beginPlannedBackup()
      return true
    } catch {
      virtualNow = calendarBefore
      outboxEnd = nil
      effected = Effected()
      expiredAt = nil
      knowsNextDue = false
      unblocked = []
      for (item, _) in departures.errands { errands.end(item.number) }
      done = []
      backup.planned = nil
      undone(segment, error, mayRepeat: mayRepeat)
      return false
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
    for (item, work) in departures.errands { begin(item, work) }
  }

  /// The transaction did not commit: nothing has happened. A full disk is told to those who asked; after
  /// any other failure of the file the process ends, since what SQLite holds in memory may not be what
  /// the disk holds.
  private func undone(_ segment: [Work], _ error: any Error, mayRepeat: Bool = true) {
    let code = (error as? DatabaseError)?.resultCode
    log.error("a transaction was undone", metadata: ["error": "\(error)"])
    guard code == .SQLITE_FULL else {
      onFatal(
        "A transaction could not be committed: \(error). The service ends; started again it goes on from its store.")
      return
    }
    isFull = true
    batch = max(batch / 8, 1)
    restsUntil = clock.monotonic() + .seconds(1)
    // The senders begin anew after a second: until there is room, each try ends here again.
    do { senders = try Worker.resume(definition.name, store, outbox, at: clock.monotonic()) } catch {
      onFatal("The store can't be read: \(error).")
    }
    // What was done beside the worker is done: it is settled once there is room.
    let done = segment.compactMap { work -> Performed? in
      guard case .performed(let errand) = work else { return nil }
      return errand
    }
    for errand in done { errands.keep(errand.item) }
    performed.withLock { $0 += done }
    for case .request(let body, let origin) in segment {
      guard let request = try? coder.decode(body) else { continue }
      // What only asks can be answered, by itself.
      if mayRepeat, Permissions.rule(of: request.type)?.isCommand == false {
        commit([.request(body, origin)], mayRepeat: false)
        continue
      }
      answer(request, refusing: RequestRefusal.full, to: origin)
    }
  }

  func renewSenders() throws {
    outboxEnd = nil
    senders = try Worker.resume(definition.name, store, outbox, at: clock.monotonic())
  }

  private func answer(_ request: Envelope, refusing refusal: any Refusal, to origin: Origin) {
    guard let packet = try? reply(to: request, Answer(problem(refusal, request))),
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
      oldestBackupOfPeers[origin.principal.id] = .some(ping.oldestbackup.map(Timestamp.init(milliseconds:)))
      if ping.hasmore != true {
        errands.hear(origin.principal.id)
        // Errands may be begun that were not.
        if !definition.handlers.errands.isEmpty { knowsNextDue = false }
      }
      let pong = Pong(
        number: ping.number, instance: instance, epoch: store.epoch, credit: Worker.credit,
        settledbelow: try inbox.settledBelow(db, source: origin.principal.id, ping.settledbelow),
        oldestbackup: oldestBackup?.milliseconds)
      departures.answers.append((.pong(pong), origin))
    case .deliveries(let arrivals, let origin, let begins):
      if begins { waitingKeys = WaitingKeys() }
      try writeEffected(db)
      let verdicts = try arrivals.compactMap { try handleDelivery($0, origin.principal, db) }
      counts.receive(verdicts)
      departures.answers.append(
        (.verdicts(Verdicts(epoch: store.epoch, instance: instance, verdicts: verdicts)), origin))
    case .answered(let input, let service):
      if case .pong(let pong) = input {
        oldestBackupOfPeers[service.rawValue] = .some(pong.oldestbackup.map(Timestamp.init(milliseconds:)))
      }
      try feed(input, service, db, &departures)
    case .performed(let errand): try settle(errand, db)
    }
  }

  func context(
    _ db: Database, now: Timestamp, principal: Principal, language: Language, causation: String?,
    traceparent: String?
  ) -> Context {
    Context(
      db: db, now: now, calendar: calendar, principal: principal, language: language, service: definition.name,
      outbox: outbox, dueWork: dueWork, coder: coder, causation: causation, traceparent: traceparent,
      wall: clock.wall, scrubbing: scrubbing, transport: transport)
  }

  // MARK: Redelivered

  /// Counts the attempt in a commit of its own, and then handles the delivery alone. False where that was undone.
  private func retryAlone(_ arrival: Arrival, _ origin: Origin) -> Bool {
    var arrival = arrival
    do {
      arrival.isCounted = try store.database.write { db in try countAttempt(arrival, origin.principal, db) }
    } catch {
      undone([], error)
      return false
    }
    let isCommitted = commit([.deliveries([arrival], origin, begins: false)])
    if arrival.isCounted, let id = arrival.id {
      // An attempt that a full disk undid has not ended the process: counted once, it is not counted again.
      if isCommitted { undoneAttempts.remove(id) } else { undoneAttempts.insert(id) }
    }
    return isCommitted
  }

  // MARK: Time

  /// Sets one timer for the earliest of: a sender's tick, scheduled work, held work.
  private func arm() {
    guard !isStopping.withLock({ $0 }) else { return }
    let now = clock.monotonic()
    var wait = Duration.seconds(60)
    for sender in senders.values { wait = min(wait, sender.nextTick(now: now)) }
    if virtualNow == nil, let nextDue {
      let due = Duration.milliseconds(nextDue.milliseconds - calendar.milliseconds)
      wait = min(wait, max(due, restsUntil - now, .milliseconds(1)))
    }
    if let since = effected.since { wait = min(wait, max(.zero, since + Effected.patience - now)) }
    if let held = heldDue.values.min() { wait = min(wait, max(.milliseconds(1), held - now)) }
    if let rested = errands.wakes(after: now) { wait = min(wait, rested - now) }
    if !performed.withLock(\.isEmpty) { wait = min(wait, max(.milliseconds(1), restsUntil - now)) }
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
    // Another timer may have been set while this one, which had run out, waited for its turn. Both would set the next,
    // and there would be work for ever before the sockets are looked at.
    guard !Task.isCancelled else { return }
    wakeAt = nil
    timer = nil
    // A kind of errand may have rested enough.
    if !definition.handlers.errands.isEmpty { knowsNextDue = false }
    drain()
  }

  // MARK: For the requests that every service answers

  func moveCalendar(to moment: Timestamp, _ db: Database) throws {
    try Meta.set(db, "calendar", String(moment.milliseconds))
    virtualNow = moment
  }

  /// Whether the machine's clock has jumped within the hour, so that nothing expires or is forgotten.
  var isCalendarSuspect: Bool { virtualNow == nil && steadyCalendar() == nil }

  var countOfRejectedFrames: Int { rejectedFrames }

  /// A person has settled the dead row that held back this key: its sender is told at the end of the transaction,
  /// unless what settled it is undone.
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
