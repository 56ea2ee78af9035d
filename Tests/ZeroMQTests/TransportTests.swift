import Foundation
import Messaging
import MessagingZeroMQ
import Synchronization
import TestSupport
import Testing
import ZeroMQ

/// What a transport under test needs: two parties, `client` that sends and `server` that answers.
protocol TransportKit: Sendable {
  func server() throws -> any Transport
  func client() throws -> any Transport
}

struct MemoryKit: TransportKit {
  let network = MemoryNetwork()
  func server() throws -> any Transport {
    MemoryTransport(Principal(id: "server", role: .service), on: network)
  }
  func client() throws -> any Transport {
    MemoryTransport(Principal(id: "client", role: .service), on: network)
  }
}

struct ZeroMQKit: TransportKit {
  let folder: TemporaryFolder
  let keys: KeyFolder

  init() throws {
    folder = try TemporaryFolder()
    keys = KeyFolder(path: folder.path + "/keys")
    for name in ["server", "client"] { try keys.create(Principal(id: name, role: .service)) }
  }

  var endpoint: Endpoint { Endpoint("ipc://\(folder.path)/server/socket") }

  func server() throws -> any Transport {
    ZeroMQTransport(
      .init(
        keys: try keys.keys(of: "server"), endpoint: endpoint, authorizedKeys: try keys.authorizedKeys(),
        peer: { _ in nil }))
  }

  func client() throws -> any Transport { try client(keys.keys(of: "client")) }

  func client(_ pair: CurveKeys) throws -> any Transport {
    let (authorized, endpoint) = (try keys.authorizedKeys(), endpoint)
    return ZeroMQTransport(
      .init(
        keys: pair,
        peer: { name in
          authorized.key(ofService: name).map { Peer(endpoint: endpoint, publicKey: $0) }
        }))
  }
}

/// Collects a transport's events and lets a test wait for one, with a deadline.
final class Events: Sendable {
  private struct State {
    var queue: [TransportEvent] = []
    var waits = 0
    /// Takes an event, or nil at the deadline; true once it has what it waits for.
    var waiter: (@Sendable (TransportEvent?) -> Bool)?
  }
  private let state = Mutex(State())

  func receive(_ event: TransportEvent) {
    state.withLock { state in
      guard let waiter = state.waiter else { return state.queue.append(event) }
      if waiter(event) { state.waiter = nil }
    }
  }

  /// The first event that the pattern reads, passing over those before it, or nil where none came in time.
  func first<T: Sendable>(
    within deadline: Duration = .seconds(10), _ read: @escaping @Sendable (TransportEvent) -> T?
  ) async -> T? {
    await withCheckedContinuation { (continuation: CheckedContinuation<T?, Never>) in
      let number = state.withLock { state -> Int? in
        while !state.queue.isEmpty {
          if let found = read(state.queue.removeFirst()) {
            continuation.resume(returning: found)
            return nil
          }
        }
        state.waits += 1
        state.waiter = { event in
          let found = event.flatMap(read)
          guard found != nil || event == nil else { return false }
          continuation.resume(returning: found)
          return true
        }
        return state.waits
      }
      guard let number else { return }
      Task {
        try? await ContinuousClock().sleep(for: deadline)
        state.withLock { state in
          if state.waits == number, let waiter = state.waiter, waiter(nil) { state.waiter = nil }
        }
      }
    }
  }
}

extension TransportEvent {
  var received: (frames: [Data], origin: Origin)? {
    if case .received(let frames, let origin) = self { (frames, origin) } else { nil }
  }
  var answered: [Data]? { if case .answered(let frames, _) = self { frames } else { nil } }
  var isReachable: Bool? { if case .reachable = self { true } else { nil } }
  var isUnreachable: Bool? { if case .unreachable = self { true } else { nil } }
}

@Suite struct TransportConformanceTests {
  static let kits: [String] = ["memory", "zeromq"]

  static func kit(_ name: String) throws -> any TransportKit {
    name == "memory" ? MemoryKit() : try ZeroMQKit()
  }

  @Test(arguments: kits) func carriesFramesThereAndBackInOrder(_ name: String) async throws {
    let kit = try Self.kit(name)
    let (server, client) = (try kit.server(), try kit.client())
    let (serverEvents, clientEvents) = (Events(), Events())
    try await server.start { event in
      serverEvents.receive(event)
      if let (frames, origin) = event.received { server.answer(frames.reversed(), to: origin) }
    }
    try await client.start(clientEvents.receive)
    client.announceWhenReachable("server")
    #expect(await clientEvents.first { $0.isReachable } == true)
    for number in 0..<200 { client.send([Data("n\(number)".utf8), Data([0, 255]), Data()], to: "server") }
    for number in 0..<200 {
      let answer = await clientEvents.first { $0.answered }
      #expect(answer == [Data(), Data([0, 255]), Data("n\(number)".utf8)])
    }
    let principal = await serverEvents.first { $0.received?.origin.principal }
    #expect(principal == Principal(id: "client", role: .service))
    await client.stop()
    await server.stop()
  }

  @Test(arguments: kits) func saysWhenNobodyIsThereAndWhenSomebodyIs(_ name: String) async throws {
    let kit = try Self.kit(name)
    let client = try kit.client()
    let events = Events()
    try await client.start(events.receive)
    client.send([Data("lost".utf8)], to: "server")
    #expect(await events.first { $0.isUnreachable } == true)
    client.announceWhenReachable("server")
    let server = try kit.server()
    try await server.start { event in
      if let (frames, origin) = event.received { server.answer(frames, to: origin) }
    }
    #expect(await events.first { $0.isReachable } == true)
    client.send([Data("kind".utf8), Data("there".utf8)], to: "server")
    #expect(await events.first { $0.answered } == [Data("kind".utf8), Data("there".utf8)])
    await client.stop()
    await server.stop()
  }

  @Test(arguments: kits) func findsAServerThatWasStartedAgain(_ name: String) async throws {
    let kit = try Self.kit(name)
    let client = try kit.client()
    let events = Events()
    try await client.start(events.receive)
    for round in 0..<3 {
      let server = try kit.server()
      try await server.start { event in
        if let (frames, origin) = event.received { server.answer(frames, to: origin) }
      }
      let body = [Data("kind".utf8), Data("round \(round)".utf8)]
      var answer: [Data]?
      for _ in 0..<20 where answer == nil {
        client.announceWhenReachable("server")
        _ = await events.first(within: .seconds(5)) { $0.isReachable }
        client.send(body, to: "server")
        answer = await events.first(within: .milliseconds(500)) { $0.answered == body ? body : nil }
      }
      #expect(answer == body)
      await server.stop()
    }
    await client.stop()
  }
}

@Suite struct SecurityTests {
  @Test func aRandomKeyGetsNoAnswer() async throws {
    let kit = try ZeroMQKit()
    let server = try kit.server()
    let serverEvents = Events()
    try await server.start(serverEvents.receive)
    let stranger = try kit.client(.generate())
    let events = Events()
    try await stranger.start(events.receive)
    stranger.announceWhenReachable("server")
    #expect(await events.first(within: .seconds(2)) { $0.isReachable } == nil)
    await stranger.stop()
    await server.stop()
  }

  @Test func aRemovedKeyIsCutOffMidConnection() async throws {
    let kit = try ZeroMQKit()
    let (server, client) = (try kit.server(), try kit.client())
    let (serverEvents, clientEvents) = (Events(), Events())
    try await server.start { event in
      serverEvents.receive(event)
      if let (frames, origin) = event.received { server.answer(frames, to: origin) }
    }
    try await client.start(clientEvents.receive)
    client.announceWhenReachable("server")
    _ = await clientEvents.first { $0.isReachable }
    client.send([Data("kind".utf8), Data("before".utf8)], to: "server")
    #expect(await clientEvents.first { $0.answered } != nil)

    let file = kit.keys.authorizedKeysPath
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.contains(" client ") }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: file), options: .atomic)

    client.send([Data("kind".utf8), Data("after".utf8)], to: "server")
    let reason = await serverEvents.first { event -> String? in
      if case .rejected(let reason) = event { reason } else { nil }
    }
    #expect(reason?.contains("not authorised any more") == true)
    await client.stop()
    await server.stop()
  }

  @Test func aReplacedKeyOfAServerIsUsedAtOnce() async throws {
    let kit = try ZeroMQKit()
    let (first, client) = (try kit.server(), try kit.client())
    let events = Events()
    try await first.start { event in
      if let (frames, origin) = event.received { first.answer(frames, to: origin) }
    }
    try await client.start(events.receive)
    client.announceWhenReachable("server")
    #expect(await events.first { $0.isReachable } == true)
    await first.stop()

    let file = kit.keys.authorizedKeysPath
    let others = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.contains(" server ") }
    try Data((others.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    try FileManager.default.removeItem(atPath: kit.folder.path + "/keys/server/secret")
    try kit.keys.create(Principal(id: "server", role: .service))
    let second = try kit.server()
    try await second.start { event in
      if let (frames, origin) = event.received { second.answer(frames, to: origin) }
    }
    client.announceWhenReachable("server")
    #expect(await events.first { $0.isReachable } == true)
    let body = [Data("kind".utf8), Data("new key".utf8)]
    client.send(body, to: "server")
    #expect(await events.first { $0.answered } == body)
    await client.stop()
    await second.stop()
  }

  /// Otherwise a send that fails and the announcement that follows it lead to each other, and nothing else is done.
  @Test func aPeerThatTakesNothingMoreIsNotAnnounced() async throws {
    let kit = try ZeroMQKit()
    let (server, client) = (try kit.server(), try kit.client())
    let gate = DispatchSemaphore(value: 0)
    try await server.start { event in if event.received != nil { gate.wait() } }
    let events = Events()
    let told = Mutex<[TransportEvent]>([])
    try await client.start { event in
      told.withLock { $0.append(event) }
      events.receive(event)
    }
    client.announceWhenReachable("server")
    #expect(await events.first { $0.isReachable } == true)
    var isFull = false
    while !isFull {
      for _ in 0..<10_000 { client.send([Data(count: 100)], to: "server") }
      // Told when all before it is done.
      client.send([Data()], to: "nobody")
      _ = await events.first { if case .unreachable("nobody") = $0 { true } else { nil } }
      isFull = told.withLock { $0.contains { if case .unreachable("server") = $0 { true } else { false } } }
    }
    client.announceWhenReachable("server")
    client.send([Data()], to: "nobody")
    _ = await events.first { if case .unreachable("nobody") = $0 { true } else { nil } }
    #expect(told.withLock { $0.count { $0.isReachable == true } } == 1)
    await client.stop()
    for _ in 0..<500_000 { gate.signal() }
    await server.stop()
  }

  @Test func thePathMayHave107Bytes() throws {
    let longest = "ipc:///tmp/" + String(repeating: "x", count: 107 - 5)
    try Endpoint(longest).check()
    let error = #expect(throws: TransportError.self) { try Endpoint(longest + "x").check() }
    #expect(error?.code == .pathTooLong)
    #expect(error?.en.contains("108 bytes") == true && error?.sv.contains("108 byte;") == true)
  }

  @Test func theSocketIsNotOpenToOthers() async throws {
    let kit = try ZeroMQKit()
    let server = try kit.server()
    try await server.start { _ in }
    let mode = try FileManager.default.attributesOfItem(atPath: kit.endpoint.path!)[.posixPermissions] as! Int
    #expect(mode & 0o007 == 0)
    await server.stop()
  }
}

@Suite struct AuthorizedKeysTests {
  static let key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

  @Test func readsPrincipals() throws {
    let keys = try AuthorizedKeys.parse("# comment\n\n\(Self.key)  karin\tcoordinator m-1234\n")
    #expect(keys[Self.key] == Principal(id: "karin", role: .coordinator, memberID: "m-1234"))
  }

  @Test(arguments: [
    ("short karin chair", "line 1", "Z85"), ("\n\(key) karin boss", "line 2", "chair, coordinator"),
    ("\(key) karin", "line 1", "expected"), ("\(key) a chair\n\(key) b chair", "line 2", "twice"),
  ])
  func refusesAWrongLineByItsNumber(_ text: String, _ line: String, _ reason: String) throws {
    let fault = #expect(throws: KeyFault.self) { _ = try AuthorizedKeys.parse(text) }
    #expect(fault?.description.contains(line) == true)
    #expect(fault?.description.contains(reason) == true)
  }

  @Test func knowsWhoGoesByAName() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/keys"
    try Data("\(Self.key) karin coordinator m-1234\n".utf8).write(to: URL(fileURLWithPath: path))
    let keys = try AuthorizedKeys(path: path)
    #expect(keys.principal(named: "karin")?.memberID == "m-1234")
    #expect(keys.principal(named: "m-1234") == nil)
  }

  @Test func aMissingFileIsASentence() {
    let fault = #expect(throws: KeyFault.self) { _ = try AuthorizedKeys(path: "/nowhere/keys") }
    #expect(fault?.description.contains("/nowhere/keys") == true)
  }
}
