import Contracts
import Foundation

/// Starts the four services as processes of their own, and starts one again that ends.
///
/// Each one's process id stands in `<state>/<service>/pid`, so that a test can end it from outside.
actor Supervisor {
  struct Settings: Sendable {
    var state: String
    var virtualCalendar: String?
    /// Where the services' logs go; nil for this process's own standard error.
    var logFolder: String?
  }

  private let settings: Settings
  private var processes: [ServiceName: Process] = [:]
  private var waiting: [ServiceName: [CheckedContinuation<Void, any Error>]] = [:]
  private var failures: [ServiceName: Int] = [:]
  private var isStopping = false
  private(set) var restarts = 0

  init(_ settings: Settings) { self.settings = settings }

  /// The folder of this program, where the others are too.
  static let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  struct StartFailure: Error { let service: ServiceName }

  /// Starts all four and waits until each says that it is ready.
  ///
  /// - Throws: `StartFailure` where one ends three times before it was ready.
  func start() async throws {
    for service in ServiceName.allCases { try launch(service) }
    for service in ServiceName.allCases { try await waitUntilReady(service) }
  }

  private var ready: Set<ServiceName> = []

  private func waitUntilReady(_ service: ServiceName) async throws {
    if ready.contains(service) { return }
    try await withCheckedThrowingContinuation { waiting[service, default: []].append($0) }
  }

  private func launch(_ service: ServiceName) throws {
    let process = Process()
    process.executableURL = Supervisor.programs.appendingPathComponent(service.rawValue)
    process.arguments = [
      "--state", settings.state, "--sockets", settings.state + "/sockets", "--keys", settings.state + "/keys",
    ]
    if let day = settings.virtualCalendar { process.arguments! += ["--virtual-calendar", day] }
    if let folder = settings.logFolder {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let path = "\(folder)/\(service.rawValue).log"
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
      }
      let log = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try log.seekToEnd()
      process.standardError = log
    }
    let output = Pipe()
    process.standardOutput = output
    output.fileHandleForReading.readabilityHandler = { handle in
      let data = handle.availableData
      if data.isEmpty { handle.readabilityHandler = nil }
      if String(decoding: data, as: UTF8.self).contains("ready") { Task { await self.isReady(service) } }
    }
    process.terminationHandler = { ended in
      let number = ended.processIdentifier
      Task { await self.hasEnded(service, number) }
    }
    try process.run()
    processes[service] = process
    let folder = "\(settings.state)/\(service.rawValue)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data("\(process.processIdentifier)\n".utf8).write(
      to: URL(fileURLWithPath: folder + "/pid"), options: .atomic)
  }

  private func isReady(_ service: ServiceName) {
    failures[service] = 0
    ready.insert(service)
    for continuation in waiting.removeValue(forKey: service) ?? [] { continuation.resume() }
  }

  private func hasEnded(_ service: ServiceName, _ number: Int32) async {
    guard !isStopping, processes[service]?.processIdentifier == number else { return }
    ready.remove(service)
    restarts += 1
    failures[service, default: 0] += 1
    if failures[service]! > 3 {
      for continuation in waiting.removeValue(forKey: service) ?? [] {
        continuation.resume(throwing: StartFailure(service: service))
      }
      return
    }
    // A service that ends at once is not started in a tight loop.
    if failures[service]! > 1 { try? await Task.sleep(for: .milliseconds(300)) }
    if !isStopping { try? launch(service) }
  }

  /// Asks each to end, and waits until it has.
  func stop() async {
    isStopping = true
    for process in processes.values where process.isRunning { process.terminate() }
    for process in processes.values {
      while process.isRunning { try? await Task.sleep(for: .milliseconds(10)) }
    }
  }
}
