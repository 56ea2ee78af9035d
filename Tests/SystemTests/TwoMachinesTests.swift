import BoardClient
import Contracts
import Foundation
import TestSupport
import Testing

/// The services on two machines over TCP, by configuration alone; the link between them is cut and mended.
@Suite(.enabled(if: geteuid() == 0, "only root makes network namespaces"), .timeLimit(.minutes(2)))
struct TwoMachinesTests {
  @Test func nothingIsLostOverALinkThatIsCut() async throws {
    let folder = try TemporaryFolder()
    let link = try await Link()
    try await Self.run("board", ["keys", "create", "--keys", folder.path + "/here/keys"])
    let here = try Machine(folder.path + "/here", link.namespaces[0], [.membership, .matching], from: folder.path)
    let there = try Machine(folder.path + "/there", link.namespaces[1], [.followup, .notification], from: folder.path)

    _ = try await here.board("member", "import", BoardProgramTests.sample)
    let members = try await here.board("member", "list", "--json")
    _ = try await here.mails(atLeast: 0)
    let pairs = try Self.pairs(JSONDecoder().decode([MemberSummary].self, from: Data(members.utf8)))
    try await here.submit(pairs[0])
    let first = try await here.mails(atLeast: 1)

    try await link.set("down")
    // The board's side of the machine goes on: what it says to the other waits in its store.
    try await here.submit(pairs[1])
    #expect(try await here.tryBoard("mentorship", "list", "--timeout", "1").status == 3)
    let waiting = try await here.tryBoard("status", "--json", "--timeout", "1")
    #expect(waiting.status == 3)
    let reached = try JSONDecoder().decode([GetStatus.Reply].self, from: Data(waiting.output.utf8))
    #expect(reached.map(\.outboxPending.rawValue).reduce(0, +) > 0)

    try await link.set("up")
    let all = try await here.mails(atLeast: 2 * first)
    #expect(all == 2 * first)
    let statuses = try await JSONDecoder().decode(
      [GetStatus.Reply].self, from: Data(here.board("status", "--json").utf8))
    #expect(statuses.map { $0.deadLetters.rawValue + $0.outboxDead.rawValue } == [0, 0, 0, 0])
    #expect(await there.stop() == [0, 0])
    #expect(await here.stop() == [0, 0])
  }

  /// Two pairs that nothing speaks against, of four people.
  private static func pairs(_ members: [MemberSummary]) throws -> [(mentor: MemberSummary, adept: MemberSummary)] {
    let active = members.filter { $0.status == .active }
    var adepts = active.filter { $0.role == .adept }
    var pairs: [(MemberSummary, MemberSummary)] = []
    for mentor in active where mentor.role == .mentor && pairs.count < 2 {
      let index = adepts.firstIndex {
        $0.years.rawValue < mentor.years.rawValue && $0.organisationNumber != mentor.organisationNumber
      }
      if let index { pairs.append((mentor, adepts.remove(at: index))) }
    }
    try #require(pairs.count == 2)
    return pairs
  }

  fileprivate static func run(_ name: String, _ arguments: [String]) async throws {
    let outcome = try await Executable.run(name, arguments)
    try #require(outcome.status == 0, "\(name) \(arguments): \(outcome.errors)")
  }
}

/// Two network namespaces with a cable between them.
private final class Link: Sendable {
  let namespaces: [String]
  private let ends: [String]

  init() async throws {
    let name = "hs" + UUID().uuidString.prefix(6).lowercased()
    namespaces = [name + "a", name + "b"]
    ends = namespaces.map { "v" + $0 }
    for namespace in namespaces { try await ip("netns", "add", namespace) }
    try await ip("link", "add", ends[0], "type", "veth", "peer", "name", ends[1])
    for (index, namespace) in namespaces.enumerated() {
      try await ip("link", "set", ends[index], "netns", namespace)
      try await ip("-n", namespace, "address", "add", "\(Machine.addresses[index])/24", "dev", ends[index])
      for device in ["lo", ends[index]] { try await ip("-n", namespace, "link", "set", device, "up") }
    }
  }

  /// Cuts the cable, or mends it.
  func set(_ state: String) async throws { try await ip("-n", namespaces[0], "link", "set", ends[0], state) }

  deinit {
    for namespace in namespaces {
      let removal = try? Process.run(
        URL(fileURLWithPath: "/usr/bin/env"), arguments: ["ip", "netns", "delete", namespace])
      removal?.waitUntilExit()
    }
  }

  private func ip(_ arguments: String...) async throws {
    let outcome = try await Executable.run(URL(fileURLWithPath: "/usr/bin/env"), ["ip"] + arguments)
    try #require(outcome.status == 0, "ip \(arguments): \(outcome.errors)")
  }
}

/// One machine: some of the services, with their keys and those of the board, in a network namespace.
private final class Machine: @unchecked Sendable {
  // `@unchecked`: the processes are started in `init` and only signalled afterwards.
  static let addresses = ["10.213.0.1", "10.213.0.2"]
  private static let endpoints: [String: String] = [
    "HANDSLAG_MEMBERSHIP_ENDPOINT": "tcp://10.213.0.1:5601", "HANDSLAG_MATCHING_ENDPOINT": "tcp://10.213.0.1:5602",
    "HANDSLAG_FOLLOWUP_ENDPOINT": "tcp://10.213.0.2:5603", "HANDSLAG_NOTIFICATION_ENDPOINT": "tcp://10.213.0.2:5604",
  ]

  private let state: String
  private let namespace: String
  private var processes: [Process] = []
  private var ends: [Ended] = []

  /// - Parameter folder: where `here/keys` holds all keys; a machine elsewhere gets copies of its own alone.
  init(_ state: String, _ namespace: String, _ services: [ServiceName], from folder: String) throws {
    self.state = state
    self.namespace = namespace
    let keys = folder + "/here/keys"
    if state + "/keys" != keys {
      try FileManager.default.createDirectory(atPath: state + "/keys", withIntermediateDirectories: true)
      for name in ["public"] + services.map(\.rawValue) {
        try FileManager.default.copyItem(atPath: "\(keys)/\(name)", toPath: "\(state)/keys/\(name)")
      }
    }
    for service in services {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = command(service.rawValue) + ["--state", state] + options
      process.environment = environment
      process.standardOutput = FileHandle.nullDevice
      let ended = Ended(process)
      try process.run()
      processes.append(process)
      ends.append(ended)
    }
  }

  deinit { for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  private var environment: [String: String] { ProcessInfo.processInfo.environment.merging(Self.endpoints) { $1 } }
  private var options: [String] { ["--sockets", state + "/sockets", "--keys", state + "/keys"] }
  private func command(_ name: String) -> [String] {
    ["ip", "netns", "exec", namespace, Executable.folder.appendingPathComponent(name).path]
  }

  func tryBoard(_ arguments: [String]) async throws -> Executable.Outcome {
    try await Executable.run(
      URL(fileURLWithPath: "/usr/bin/env"), command("board") + arguments + options, environment: Self.endpoints)
  }
  func tryBoard(_ arguments: String...) async throws -> Executable.Outcome { try await tryBoard(arguments) }

  /// Runs the board client until nothing is out of reach, and gives what it printed.
  func board(_ arguments: String...) async throws -> String {
    for _ in 0..<20 {
      let outcome = try await tryBoard(arguments)
      if outcome.status == 3 { continue }
      // That there is no backup is something to do.
      try #require(outcome.status == 0 || outcome.status == 4, "board \(arguments): \(outcome.errors)")
      return outcome.output
    }
    throw BoardFailure.outOfReach(service: arguments[0])
  }

  func submit(_ pair: (mentor: MemberSummary, adept: MemberSummary)) async throws {
    let (mentor, adept) = (pair.mentor.email.rawValue, pair.adept.email.rawValue)
    _ = try await board("match", "submit", "--mentor", mentor, "--adept", adept, "--key", adept)
  }

  /// How many mails there are, once there are so many and no service owes another anything.
  func mails(atLeast count: Int) async throws -> Int {
    while true {
      let statuses = try await JSONDecoder().decode([GetStatus.Reply].self, from: Data(board("status", "--json").utf8))
      let list = try await JSONDecoder().decode([ListMails.Item].self, from: Data(board("mail", "list", "--json").utf8))
      let owed = statuses.map { $0.outboxPending.rawValue + $0.due.rawValue }.reduce(0, +)
      if list.count >= count && owed == 0 && statuses.count == ServiceName.allCases.count { return list.count }
    }
  }

  /// Ends the services as an operator does; gives their exit statuses.
  func stop() async -> [Int32] {
    for process in processes { process.terminate() }
    var statuses: [Int32] = []
    for end in ends { statuses.append(await end.status()) }
    return statuses
  }
}
