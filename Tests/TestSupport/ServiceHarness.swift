import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import MessagingZeroMQ
import ServiceRuntime
import Store

/// One service under test: its real worker and store, an in-memory transport, and a virtual calendar.
///
/// The other services are stand-ins that acknowledge whatever is delivered to them.
public final class ServiceHarness: Sendable {
  public let worker: Worker
  public let folder: TemporaryFolder
  private let service: ServiceName
  private let network: MemoryNetwork
  private let client: RequestClient
  private let neighbours: [ServiceName: Neighbour]
  private let principal: Principal

  /// Starts the service.
  ///
  /// - Parameters:
  ///   - make: makes the definition, given options whose state folder is the test's own.
  ///   - day: what the calendar shows at first.
  ///   - folder: give the one of an earlier harness to go on from its store.
  ///   - network: give that of another harness to run two services together.
  ///   - standIns: the services that the harness stands in for; all others where nil.
  ///   - clock: makes the calendar the machine's, as this clock has it; virtual where nil.
  public init(
    _ service: ServiceName, day: String = "2026-09-01", folder: TemporaryFolder? = nil,
    principal: Principal = Principal(id: "karin", role: .chair), network: MemoryNetwork = MemoryNetwork(),
    standIns: [ServiceName]? = nil, clock: ServiceClock? = nil,
    _ make: (ServiceOptions) throws -> ServiceDefinition
  ) async throws {
    self.service = service
    self.principal = principal
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    try KeyFolder(path: folder.path + "/keys").create(Principal(id: service.rawValue, role: .service))
    var options = ServiceOptions(overrides: [.keys: folder.path + "/keys"])
    options.state = folder.path
    let definition = try make(options)
    self.network = network
    let store = try Store(
      at: options.path(service, "\(service.rawValue).sqlite"), service: service.rawValue,
      migrations: definition.migrations)
    var log = Logger(label: service.rawValue)
    log.logLevel = .critical
    worker = try Worker(
      definition: definition, store: store,
      transport: MemoryTransport(Principal(id: service.rawValue, role: .service), on: network), log: log,
      clock: clock ?? .system, virtualStart: clock == nil ? Day(text: day)!.at(hour: 6) : nil,
      onFatal: { fatalError($0) })
    var neighbours: [ServiceName: Neighbour] = [:]
    for name in standIns ?? ServiceName.allCases where name != service {
      neighbours[name] = Neighbour(name, on: network)
    }
    self.neighbours = neighbours
    client = RequestClient(
      transport: MemoryTransport(principal, on: network), types: MessageCatalogue.types)
    try await client.start()
    for neighbour in neighbours.values { try await neighbour.start() }
    try await worker.start()
    await greet(service)
  }

  /// Those whom the harness stands in for tell a service that they have nothing more to say to it.
  public func greet(_ service: ServiceName) async {
    for neighbour in neighbours.values { await neighbour.greet(service) }
  }

  public func stop() async {
    await worker.stop()
    for neighbour in neighbours.values { await neighbour.stop() }
  }

  // MARK: Requests

  /// Asks as the harness's principal. A refusal is thrown as `Problem`.
  public func ask<Q: Query>(_ query: Q, language: Language = .sv) async throws -> Q.Reply {
    try await send(query, key: nil, language)
  }

  /// Commands as the harness's principal, with a new idempotency key unless one is given.
  public func command<C: Command>(
    _ command: C, key: String = UUID().uuidString, language: Language = .sv
  ) async throws -> C.Reply {
    try await send(command, key: key, language)
  }

  /// Sends bytes as a request of a client that is not ours, and waits for the message that answers it.
  public func answer(to body: Data) async throws -> Envelope? {
    let transport = MemoryTransport(Principal(id: "stranger", role: .chair), on: network)
    let (stream, continuation) = AsyncStream<[Data]>.makeStream()
    try await transport.start { event in
      if case .answered(let frames, _) = event { continuation.yield(frames) }
    }
    transport.send(try Packet.request(body).frames(), to: service.rawValue)
    defer { Swift.Task { await transport.stop() } }
    for await frames in stream {
      guard case .reply(let body) = try Packet(frames: frames) else { continue }
      return try EnvelopeCoder(types: MessageCatalogue.types).decode(body)
    }
    return nil
  }

  private func send<Answer: Contract>(
    _ message: some Contract, key: String?, _ language: Language
  ) async throws -> Answer {
    var request = Envelope(
      id: UUID().uuidString, source: principal.id, time: .wallClock(), message: message)
    request.idempotencykey = key
    request.lang = language.rawValue
    let reply = try await client.send(request, to: service.rawValue, deadline: .seconds(30))
    if case .message(let problem as Problem) = reply.body { throw problem }
    guard case .message(let answer as Answer) = reply.body else {
      throw Problem(code: "test/unexpected-reply", title: reply.type, detail: "")
    }
    return answer
  }

  // MARK: Deliveries

  /// Delivers a message as another service would, and waits for the verdict.
  ///
  /// - Parameter other: the harness on the same network that stands in for that service, where this one does not.
  @discardableResult
  public func deliver(
    _ message: some Contract, from source: ServiceName, id: String = UUID().uuidString,
    key: String = "key", time: Timestamp? = nil, through other: ServiceHarness? = nil
  ) async throws -> DeliveryVerdict {
    try await deliver([(id, message)], from: source, key: key, time: time, through: other)[0]
  }

  /// Delivers several messages of one key in one packet, and waits for their verdicts.
  ///
  /// - Parameter sends: how often each has been sent, this time included.
  public func deliver(
    _ messages: [(id: String, message: any Contract)], from source: ServiceName, key: String, sends: Int = 1,
    time: Timestamp? = nil, expires: Timestamp? = nil, through other: ServiceHarness? = nil
  ) async throws -> [DeliveryVerdict] {
    let calendar = await worker.calendar
    let envelopes = messages.map { item in
      var envelope = Envelope(
        id: item.id, source: source.rawValue, type: type(of: item.message).type, time: time ?? calendar,
        body: .message(item.message))
      envelope.partitionkey = key
      envelope.sequence = "1"
      envelope.expirytime = expires
      return envelope
    }
    let coder = EnvelopeCoder(types: MessageCatalogue.types)
    return try await deliver(
      envelopes.map { ($0.id, try coder.encode($0)) }, from: source, sends: sends, through: other)
  }

  /// Delivers bytes in one packet, and waits for the verdicts on the ids that their sender knows them by.
  public func deliver(
    _ bodies: [(id: String, body: Data)], from source: ServiceName, sends: Int = 1, through other: ServiceHarness? = nil
  ) async throws -> [DeliveryVerdict] {
    let header = DeliveryHeader(
      sends: bodies.map { _ in sends }, epoch: worker.store.epoch, ids: bodies.map(\.id))
    return try await (other ?? self).neighbours[source]!.deliver(header, bodies.map(\.body), to: service)
  }

  /// From now on another service refuses what is delivered to it, or takes it again.
  public func refuseDeliveries(at neighbour: ServiceName, _ isRefusing: Bool) async {
    await neighbours[neighbour]!.refuse(isRefusing)
  }

  /// Asks for the status until it is as wanted.
  public func status(until isWanted: (GetStatus.Reply) -> Bool) async throws -> GetStatus.Reply {
    while true {
      let status = try await ask(GetStatus())
      if isWanted(status) { return status }
      await Swift.Task.yield()
    }
  }

  /// Every message of a type that the service has put into its outbox, in order, delivered or not.
  ///
  /// - Parameter condition: an SQL condition on its rows, for those of a member who was not erased.
  public func outbox<M: Contract>(_: M.Type, where condition: String = "true") async throws -> [M] {
    let coder = EnvelopeCoder(types: MessageCatalogue.types)
    let bodies = try await read { db in
      try Data.fetchAll(
        db, sql: "SELECT body FROM outbox_message WHERE type = ? AND \(condition) ORDER BY sequence",
        arguments: [M.type])
    }
    return try bodies.compactMap {
      guard case .message(let message as M) = try coder.decode($0).body else { return nil }
      return message
    }
  }

  /// The tables that the service has of its own.
  public func tables() async throws -> Set<String> {
    try await read { db in
      try String.fetchSet(
        db,
        sql: """
          SELECT name FROM sqlite_master
          WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
          """)
    }.subtracting(Erasures.messagingTables)
  }

  /// What a person is told of theirs: the columns of the service's tables, but for what others said in confidence.
  public func toldColumns(_ tables: [PersonalTable]) async throws -> [(table: String, column: String)] {
    let told = tables.filter { $0.rows != nil }
    return try await read { db in
      try told.flatMap { table in
        try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table.name])
          .filter { !table.confidential.contains($0) }.map { (table.name, $0) }
      }
    }
  }

  /// Reads the service's store.
  public func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
    try await worker.store.database.read(body)
  }

  // MARK: The calendar

  /// Moves the calendar to a day (at six in the morning) and waits until everything due is done.
  public func advance(to day: String) async throws {
    _ = try await command(AdvanceCalendar(to: Day(text: day)!.at(hour: 6)))
    while try await ask(GetStatus()).due.rawValue > 0 { await Swift.Task.yield() }
  }
}

/// A stand-in for another service: acknowledges deliveries, and can make some.
private actor Neighbour {
  private let name: ServiceName
  private let transport: MemoryTransport
  private let coder = EnvelopeCoder(types: MessageCatalogue.types)
  private var waiting: [String: AsyncStream<DeliveryVerdict>.Continuation] = [:]
  private var isRefusing = false

  init(_ name: ServiceName, on network: MemoryNetwork) {
    self.name = name
    transport = MemoryTransport(Principal(id: name.rawValue, role: .service), on: network)
  }

  func start() async throws {
    try await transport.start { event in Swift.Task { await self.handle(event) } }
  }

  func stop() async { await transport.stop() }

  func refuse(_ isRefusing: Bool) { self.isRefusing = isRefusing }

  func deliver(_ header: DeliveryHeader, _ bodies: [Data], to service: ServiceName) async throws -> [DeliveryVerdict] {
    let frames = try Packet.delivery(header, bodies).frames()
    let ids = header.ids ?? []
    let (stream, continuation) = AsyncStream<DeliveryVerdict>.makeStream()
    for id in ids { waiting[id] = continuation }
    transport.send(frames, to: service.rawValue)
    var verdicts: [String: DeliveryVerdict] = [:]
    for await verdict in stream {
      verdicts[verdict.id] = verdict
      if verdicts.count == ids.count { break }
    }
    return ids.map { verdicts[$0]! }
  }

  func greet(_ service: ServiceName) {
    guard let frames = try? Packet.ping(Ping(number: 1, settledbelow: 0, hasmore: false)).frames() else { return }
    transport.send(frames, to: service.rawValue)
  }

  private func handle(_ event: TransportEvent) {
    switch event {
    case .received(let frames, let origin):
      guard let packet = try? Packet(frames: frames), let answer = try? self.answer(packet) else { return }
      if let frames = try? answer.frames() { transport.answer(frames, to: origin) }
    case .answered(let frames, _):
      guard case .verdicts(let answer)? = try? Packet(frames: frames) else { return }
      for verdict in answer.verdicts { waiting.removeValue(forKey: verdict.id)?.yield(verdict) }
    default: break
    }
  }

  private func answer(_ packet: Packet) throws -> Packet? {
    switch packet {
    case .ping(let ping):
      .pong(Pong(number: ping.number, instance: "neighbour", epoch: "neighbour", credit: 100))
    case .delivery(_, let bodies):
      .verdicts(
        Verdicts(
          epoch: "neighbour", instance: "neighbour",
          verdicts: try bodies.map {
            DeliveryVerdict(id: try coder.decode($0).id, kind: isRefusing ? .refused : .done)
          }))
    default: nil
    }
  }
}
