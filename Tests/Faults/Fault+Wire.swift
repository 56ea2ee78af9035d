import Contracts
import Foundation
import Messaging
import MessagingZeroMQ
import Store
import TestSupport
import ZeroMQ

@testable import Simulation

extension Fault {
  /// Every connection between services passes a proxy that cuts it after a random number of bytes, so that a
  /// message, an acknowledgement or a handshake is lost in its middle.
  static let cutConnections = Fault(
    name: "connections cut in the middle", how: "a proxy on each socket cuts after 1 to 60,000 bytes"
  ) { scale in
    let proxies = Proxies()
    return try await Trial.run(
      plan: { service, _ in
        var environment: [String: String] = [:]
        for other in Topology.receivers(of: service) {
          environment["HANDSLAG_\(other.rawValue.uppercased())_ENDPOINT"] =
            "ipc://\(proxies.folder.path)/\(other.rawValue)"
        }
        return .init(environment: environment)
      },
      prepare: { state in try proxies.start(state: state) }
    ) { trial in
      await trial.load.acknowledges(scale == .short ? 300 : 3_000)
      while proxies.cuts < 20 && !trial.load.isOver { await trial.load.acknowledges(20) }
      proxies.heal()
      return Trial.Tally(injected: proxies.cuts)
    }
  }

  /// What a real network does too seldom to be waited for, to the services' own decisions.
  static let simulated = Fault(
    name: "drop, duplicate, reorder, delay, partition", how: "the seeded simulation, crashes and restores at any step"
  ) { scale in
    let sweep = await SimulationSweep.run(steps: scale == .short ? 60_000 : 5_000_000)
    var tally = Trial.Tally(
      kills: sweep.statistics.crashes, injected: sweep.statistics.drops, runs: sweep.statistics.seeds)
    tally.result.messages = sweep.statistics.messages
    tally.result.effects = sweep.statistics.effects
    tally.result.dead = sweep.statistics.letters
    tally.result.expired = sweep.statistics.expired
    tally.duplicates = sweep.statistics.duplicates
    tally.result.violations = sweep.failures.prefix(2).map { $0.report() }
    return tally
  }

  /// The machine's calendar jumps; deadlines and retries are on the monotonic clock, and nothing that waits for
  /// a service that is stopped meanwhile expires.
  static let clockJumps = Fault(
    name: "the clock jumps either way", how: "libfaketime moves the calendar of all four by up to 400 days",
    needs: [.faketime]
  ) { scale in
    let clock = try Clock()
    return try await Trial.run(
      // What is a year old is over.
      expected: ["match/not-open", "mentorship/over", "mentorship/unknown", "import/unknown"], deaths: [-SIGKILL],
      plan: { _, _ in .init(environment: clock.environment) }
    ) { trial in
      var tally = Trial.Tally()
      for offset in scale == .short
        ? ["+400d", "-30d", "+0"] : ["+1h", "-1h", "+400d", "-400d", "+30d", "-3650d", "+0"]
      {
        await trial.load.acknowledges(30)
        await trial.services.signal(.notification, SIGSTOP)
        await trial.load.acknowledges(30)
        try clock.jump(offset)
        await trial.load.acknowledges(30)
        await trial.services.signal(.notification, SIGCONT)
        // A clock may be ahead when a service starts, too. What was dated by one that was behind is past its time
        // for who starts with the right one.
        if offset.hasPrefix("+") && offset != "+0" {
          await trial.services.end(.notification, SIGKILL)
          try await trial.services.start(.notification)
        }
        tally.injected += 1
      }
      await trial.load.acknowledges(50)
      return tally
    }
  }

  /// Noise and strangers at every socket while the load goes on: they are let in nowhere, and disturb nobody.
  static let strangers = Fault(
    name: "garbage, oversize frames and wrong keys",
    how: "noise below and above ZeroMQ, random keys and none, under load"
  ) { scale in
    try await Trial.run { trial in
      var tally = Trial.Tally()
      var random = SeededGenerator(seed: Trial.seed)
      let keys = KeyFolder(path: trial.state + "/keys")
      let pids = await ServiceName.allCases.asyncMap { await trial.services.pid($0) }
      for _ in 0..<(scale == .short ? 1 : 10) {
        for service in ServiceName.allCases {
          let endpoint = Endpoints(folder: trial.state + "/sockets", environment: [:]).endpoint(of: service.rawValue)
          let server = try keys.keys(of: service.rawValue).publicKey
          for _ in 0..<10 {
            let noise = UnixSocket(connectedTo: endpoint.path!)
            noise?.send(
              (0..<Int.random(in: 1...5_000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
            noise?.close()
            tally.injected += 1
          }
          let health = try Packet.request(
            EnvelopeCoder(types: MessageCatalogue.types).encode(
              Envelope(id: "h-1", source: "chair", time: .wallClock(), message: GetHealth()))
          ).frames()
          for pair in [CurveKeys.generate(), nil] {
            let stranger = RawConnection()
            try await stranger.connect(endpoint, keys: pair, serverKey: server)
            // A socket that never connected may refuse to queue; that is no answer either.
            try? await stranger.send(health)
            if await stranger.next(within: .milliseconds(500)) != nil {
              tally.result.violations.append("\(service) answered a stranger")
            }
            await stranger.close()
            tally.injected += 1
          }
          let rejected = trial.services.logged(service, "frames were rejected")
          let raw = RawConnection()
          try await raw.connect(endpoint, keys: keys.keys(of: "chair"), serverKey: server)
          for _ in 0..<20 {
            let kind = ["request", "delivery", "verdicts", "ping", "pong", "x"].randomElement(using: &random)!
            let size = Int.random(in: 0...2_000, using: &random)
            try await raw.send([
              Data(kind.utf8), Data((0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }),
            ])
          }
          try await raw.send([Data("request".utf8), Data(count: Envelope.maximumBytes + 1)])
          try await raw.send(Array(repeating: Data("x".utf8), count: 2_000))
          // What is answered after the garbage says that the garbage has come.
          try await raw.send(health)
          if await raw.next(within: .seconds(20)) == nil { tally.result.violations.append("\(service) went silent") }
          await raw.close()
          let arrived = trial.services.logged(service, "frames were rejected") - rejected
          if arrived < 22 { tally.result.violations.append("\(service) rejected \(arrived) of 22") }
          tally.injected += arrived
          await trial.load.acknowledges(10)
        }
      }
      await trial.load.acknowledges(50)
      if await ServiceName.allCases.asyncMap({ await trial.services.pid($0) }) != pids {
        tally.result.violations.append("a service did not survive")
      }
      return tally
    }
  }

  /// Every message of every version that has been published is still taken, newer fields are passed over, and a
  /// newer type waits at its sender for the upgrade.
  static let versionSkew = Fault(
    name: "version skew",
    how: "the golden messages of every version at the real sockets; a type and a field of later ones"
  ) { _ in
    let folder = try TemporaryFolder()
    try await Template.copy(to: folder.path)
    let services = Services(state: folder.path)
    try await services.startAll()
    var tally = Trial.Tally(runs: 1)
    do {
      for service in ServiceName.allCases {
        let golden = try Golden.messages(to: service)
        tally.result.violations += try await golden.requests.asyncMap { try await $0.ask(service, folder.path) }
          .compactMap(\.self)
        for (sender, bodies) in golden.deliveries {
          // The real sender is away, and the test speaks with its key.
          await services.end(sender)
          let verdicts = try await Golden.deliver(bodies, from: sender, to: service, folder.path)
          try await services.start(sender)
          for body in bodies {
            let verdict = verdicts[body.id]
            if !body.expects.contains(where: { $0 == verdict }) {
              tally.result.violations.append(
                "\(service) answered \(body.name) with \(verdict.map(\.rawValue) ?? "nothing")")
            }
          }
          tally.result.messages += bodies.count
        }
        tally.injected += golden.requests.count
      }
      await services.endAll()
      tally.result.violations += try Golden.unread(in: folder.path)
    } catch {
      await services.endAll(SIGKILL)
      throw error
    }
    return tally
  }
}

/// A calendar that a test moves, for processes that ask libc what the time is.
struct Clock: Sendable {
  /// Below the folder of the machine's kind.
  static let library: String = {
    let kinds = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
    let paths = kinds.map { "/usr/lib/\($0)/faketime/libfaketimeMT.so.1" }
    return paths.first(where: FileManager.default.fileExists) ?? "/usr/lib/faketime/libfaketimeMT.so.1"
  }()
  private let folder: TemporaryFolder
  private var file: String { folder.path + "/offset" }

  init() throws {
    folder = try TemporaryFolder()
    try jump("+0")
  }

  /// - Parameter offset: from the machine's own, such as `+400d`.
  func jump(_ offset: String) throws { try offset.write(toFile: file, atomically: true, encoding: .utf8) }

  var environment: [String: String] {
    [
      "LD_PRELOAD": Clock.library, "FAKETIME_TIMESTAMP_FILE": file, "FAKETIME_NO_CACHE": "1",
      "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    ]
  }
}

/// One proxy before each service that others send to.
final class Proxies: @unchecked Sendable {
  // `@unchecked`: `all` is set before the services start, and only read afterwards.
  let folder: TemporaryFolder
  private var all: [CuttingProxy] = []

  init() { folder = try! TemporaryFolder() }

  func start(state: String) throws {
    for (index, service) in ServiceName.allCases.enumerated() {
      all.append(
        try CuttingProxy(
          at: "\(folder.path)/\(service.rawValue)", to: "\(state)/sockets/\(service.rawValue)/socket",
          seed: Trial.seed &+ UInt64(index), cutAfter: 1...60_000))
    }
  }

  var cuts: Int { all.reduce(0) { $0 + $1.cuts } }
  func heal() { for proxy in all { proxy.heal() } }
  deinit { for proxy in all { proxy.stop() } }
}

extension Sequence where Element: Sendable {
  func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var all: [T] = []
    for element in self { all.append(try await transform(element)) }
    return all
  }
}
