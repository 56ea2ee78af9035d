import BoardClient
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
    /// The stores came from a backup, as they are first opened.
    var isRestored = false
  }

  private let settings: Settings
  private var processes: [ServiceName: Process] = [:]
  private var launched: [ServiceName: ContinuousClock.Instant] = [:]
  private var failures: [ServiceName: Int] = [:]
  private var isStopping = false
  /// How often any of them has been found ended, to be started again.
  private(set) var restarts = 0

  init(_ settings: Settings) { self.settings = settings }

  /// The folder of this program, where the others are too.
  static let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  struct StartFailure: Error { let service: ServiceName }

  /// Starts all four and waits until each answers that it is well.
  ///
  /// - Throws: `StartFailure` where one keeps ending before it has answered.
  func start() async throws {
    for service in ServiceName.allCases { try launch(service, isRestored: settings.isRestored) }
    let connection = try await Connection.open(
      .init(
        principal: "probe", sockets: settings.state + "/sockets", keys: settings.state + "/keys",
        deadline: .seconds(1)))
    for service in ServiceName.allCases {
      while true {
        if (failures[service] ?? 0) > 3 { throw StartFailure(service: service) }
        do {
          _ = try await connection.ask(GetHealth(), of: service)
          failures[service] = 0
          break
        } catch BoardFailure.outOfReach {} catch BoardFailure.unknown {}
      }
    }
    await connection.close()
  }

  private func launch(_ service: ServiceName, isRestored: Bool = false) throws {
    let process = Process()
    process.executableURL = Supervisor.programs.appendingPathComponent(service.rawValue)
    process.arguments = [
      "--state", settings.state, "--sockets", settings.state + "/sockets", "--keys", settings.state + "/keys",
    ]
    if isRestored { process.arguments!.append("--restored") }
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
    process.standardOutput = FileHandle.nullDevice
    process.terminationHandler = { ended in
      let number = ended.processIdentifier
      Task { await self.hasEnded(service, number) }
    }
    try process.run()
    processes[service] = process
    launched[service] = .now
    let folder = "\(settings.state)/\(service.rawValue)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data("\(process.processIdentifier)\n".utf8).write(
      to: URL(fileURLWithPath: folder + "/pid"), options: .atomic)
  }

  /// Ends one as a power cut would; it is started again.
  ///
  /// - Returns: whether it ran.
  func crash(_ service: ServiceName) -> Bool {
    guard let process = processes[service], process.isRunning else { return false }
    return kill(process.processIdentifier, SIGKILL) == 0
  }

  private func hasEnded(_ service: ServiceName, _ number: Int32) async {
    guard !isStopping, processes[service]?.processIdentifier == number else { return }
    restarts += 1
    let ran = ContinuousClock.now - (launched[service] ?? .now)
    failures[service] = ran > .seconds(5) ? 1 : (failures[service] ?? 0) + 1
    // A service that ends at once is not started in a tight loop.
    if failures[service]! > 1 { try? await Task.sleep(for: .milliseconds(300)) }
    if !isStopping { try? launch(service) }
  }

  /// Asks each to end, and waits until it has. Asked again, since a process that is just starting may not
  /// hear it the first time; after ten seconds it is ended.
  func stop() async {
    isStopping = true
    for process in processes.values where process.isRunning { process.terminate() }
    for process in processes.values {
      for attempt in 0..<100 where process.isRunning {
        if attempt % 10 == 9 { process.terminate() }
        try? await Task.sleep(for: .milliseconds(attempt == 0 ? 20 : 100))
      }
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
  }
}
