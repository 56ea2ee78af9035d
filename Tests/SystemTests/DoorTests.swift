import Contracts
import Foundation
import Messaging
import MessagingZeroMQ
import TestSupport
import Testing
import ZeroMQ

/// What strangers and garbage meet at the sockets of the real services.
@Suite(.serialized) struct DoorTests {
  private static func health(_ source: String) throws -> [Data] {
    let envelope = Envelope(id: "h-1", source: source, time: .wallClock(), message: GetHealth())
    return try Packet.request(EnvelopeCoder(types: MessageCatalogue.types).encode(envelope)).frames()
  }

  private static func isHealth(_ frames: [Data]) -> Bool {
    guard case .reply(let body)? = try? Packet(frames: frames),
      let reply = try? EnvelopeCoder(types: MessageCatalogue.types).decode(body)
    else { return false }
    return reply.type == GetHealth.Reply.type && reply.correlationid == "h-1"
  }

  @Test func noSocketTakesARandomKeyOrNone() async throws {
    let programme = try await RunningProgramme()
    let keys = KeyFolder(path: programme.folder.path + "/keys")
    for service in ServiceName.allCases {
      let endpoint = Endpoints(folder: programme.folder.path + "/sockets", environment: [:]).endpoint(
        of: service.rawValue)
      let serverKey = try keys.keys(of: service.rawValue).publicKey
      for (what, pair) in [
        ("a random key", CurveKeys.generate()), ("no key", nil), ("the probe's", try keys.keys(of: "probe")),
      ] {
        let raw = RawConnection()
        try await raw.connect(endpoint, keys: pair, serverKey: serverKey)
        // A socket that never connected may refuse to queue; that is no answer either.
        try? await raw.send(Self.health("probe"))
        let answer = await raw.next(within: what == "the probe's" ? .seconds(10) : .milliseconds(700))
        #expect((answer != nil) == (what == "the probe's"), "\(service.rawValue) with \(what)")
        await raw.close()
      }
    }
    await programme.stop()
  }

  @Test func garbageIsAnsweredOrCountedAndNeverACrash() async throws {
    let programme = try await RunningProgramme()
    let keys = KeyFolder(path: programme.folder.path + "/keys")
    let seed = UInt64.random(in: 0..<1_000_000)
    print("garbage SEED=\(seed)")
    var random = SeededGenerator(seed: seed)
    func noise(_ count: Int) -> Data { Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }) }
    let kinds = ["request", "reply", "ping", "pong", "delivery", "verdicts", "", "REQUEST", "nonsense"]
    let valid = try Self.health("chair")[1]
    for service in ServiceName.allCases {
      let pid = try programme.pid(service)
      for principal in ["chair", "matching"] where principal != service.rawValue {
        let raw = RawConnection()
        let endpoint = Endpoints(folder: programme.folder.path + "/sockets", environment: [:]).endpoint(
          of: service.rawValue)
        try await raw.connect(
          endpoint, keys: keys.keys(of: principal), serverKey: keys.keys(of: service.rawValue).publicKey)
        for _ in 0..<150 {
          var frames = [Data(kinds.randomElement(using: &random)!.utf8)]
          for _ in 0..<Int.random(in: 0..<4, using: &random) {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: frames.append(noise(Int.random(in: 0..<300, using: &random)))
            case 1: frames.append(valid.prefix(Int.random(in: 0..<valid.count, using: &random)))
            case 2:
              var broken = Data(valid)
              broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
              frames.append(broken)
            case 3: frames.append(Data(#"{"number":-1,"settledbelow":1e300,"sends":[0],"epoch":""}"#.utf8))
            case 4: frames.append(Data(String(repeating: "[", count: 3_000).utf8))
            default: frames.append(Data(count: Envelope.maximumBytes + 1))
            }
          }
          try await raw.send(frames)
        }
        try await raw.send(Array(repeating: Data("x".utf8), count: 3_000))
        // What comes back after the garbage is the answer to something well-formed.
        try await raw.send(Self.health(principal))
        var answer: [Data]?
        repeat { answer = await raw.next(within: .seconds(10)) } while answer != nil && !Self.isHealth(answer!)
        #expect(answer != nil, "\(service.rawValue) went silent")
        // Too large for the socket: libzmq ends the connection, and no other is disturbed.
        try await raw.send([Data("request".utf8), Data(count: 3 * Envelope.maximumBytes)])
        await raw.close()
      }
      let status = try await programme.board("status", "--json")
      #expect(status.errors.isEmpty, "\(status.errors)")
      #expect(try programme.pid(service) == pid, "\(service.rawValue) was started again")
    }
    let status = try await programme.board("status", "--json")
    let services = try JSONDecoder().decode([GetStatus.Reply].self, from: Data(status.output.utf8))
    for service in services { #expect(service.rejectedFrames.rawValue > 50, "\(service.service)") }
    await programme.stop()
  }
}
