import BoardClient
import Contracts
import Foundation
import TestSupport

/// The four services as processes of a test's own, so that a fault reaches each by itself: one that ends is
/// started again at once, as the launcher and docker-compose do.
actor Services {
  /// How one start of a service differs from a plain one.
  struct Start: Sendable {
    /// A program that runs the service, and its arguments.
    var wrapper: [String] = []
    var environment: [String: String] = [:]
    var options: [String] = []
    static let plain = Start()
  }

  /// - Parameter 1: which start of the service it is, from 0.
  typealias Plan = @Sendable (ServiceName, Int) -> Start

  nonisolated let state: String
  private let plan: Plan
  private var processes: [ServiceName: Process] = [:]
  private var starts: [ServiceName: Int] = [:]
  private var held: Set<ServiceName> = []
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private(set) var exits: [ServiceName: [Int32]] = [:]
  private var isAbandoned = false

  init(state: String, plan: @escaping Plan = { _, _ in .plain }) {
    self.state = state
    self.plan = plan
  }

  func startAll() throws {
    for service in ServiceName.allCases { try start(service) }
  }

  func start(_ service: ServiceName) throws {
    held.remove(service)
    guard processes[service] == nil else { return }
    let start = plan(service, starts[service, default: 0])
    starts[service, default: 0] += 1
    let process = Process()
    let program = Executable.folder.appendingPathComponent(service.rawValue).path
    let command = start.wrapper + [program] + arguments + start.options
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    var environment = ProcessInfo.processInfo.environment
    environment["HANDSLAG_LOG"] = "debug"
    process.environment = environment.merging(start.environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try log(of: service)
    process.terminationHandler = { ended in
      let status = ended.terminationReason == .exit ? ended.terminationStatus : -ended.terminationStatus
      Task { await self.hasEnded(service, status) }
    }
    try process.run()
    processes[service] = process
  }

  nonisolated var arguments: [String] {
    ["--state", state, "--sockets", state + "/sockets", "--keys", state + "/keys"]
  }

  nonisolated func logPath(_ service: ServiceName) -> String { "\(state)/\(service.rawValue).log" }

  /// How often a service has said so in its log.
  nonisolated func logged(_ service: ServiceName, _ words: String) -> Int {
    guard let text = try? String(contentsOfFile: logPath(service), encoding: .utf8) else { return 0 }
    return text.components(separatedBy: words).count - 1
  }

  /// What a service said that is no line of its log: a trap, or a library's assertion.
  nonisolated func lastWords(_ service: ServiceName) -> String {
    guard let text = try? String(contentsOfFile: logPath(service), encoding: .utf8) else { return "" }
    let lines = text.split(separator: "\n").filter { !$0.contains(#""level":"debug""#) }
    return lines.suffix(12).joined(separator: " / ")
  }

  private func log(of service: ServiceName) throws -> FileHandle {
    let path = logPath(service)
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    return file
  }

  private func hasEnded(_ service: ServiceName, _ status: Int32) {
    processes[service] = nil
    exits[service, default: []].append(status)
    if !held.contains(service) { try? start(service) }
    wake()
  }

  /// How often a service has been started.
  func starts(of service: ServiceName) -> Int { starts[service, default: 0] }

  /// Lets those go on who wait for something that will not come any more.
  func abandon() {
    isAbandoned = true
    wake()
  }

  private func wake() {
    let all = waiting
    waiting = []
    for one in all { one.resume() }
  }

  /// Returns when `condition` holds, asked again each time a process has ended, or when abandoned.
  func until(_ condition: @Sendable (isolated Services) -> Bool) async {
    while !condition(self) && !isAbandoned {
      await next()
    }
  }

  /// Returns when the next process has ended.
  private func next() async { await withCheckedContinuation { waiting.append($0) } }

  /// The process id of the service itself, also where another program runs it.
  func pid(_ service: ServiceName) -> pid_t? { processes[service]?.processIdentifier }

  func signal(_ service: ServiceName, _ number: Int32) {
    guard let pid = pid(service) else { return }
    Foundation.kill(pid, number)
  }

  /// Ends a service, waits until it is gone, and leaves it so until `start`.
  ///
  /// - Returns: its exit status, or the negative number of the signal that ended it.
  @discardableResult
  func end(_ service: ServiceName, _ number: Int32 = SIGTERM) async -> Int32 {
    held.insert(service)
    if processes[service] != nil {
      signal(service, number)
      while processes[service] != nil { await next() }
    }
    return exits[service]?.last ?? 0
  }

  @discardableResult
  func endAll(_ number: Int32 = SIGTERM) async -> [Int32] {
    held = Set(ServiceName.allCases)
    for service in ServiceName.allCases { signal(service, number) }
    while !processes.isEmpty { await next() }
    return ServiceName.allCases.map { exits[$0]?.last ?? 0 }
  }

  deinit {
    for process in processes.values where process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }
}
