import ArgumentParser
import Contracts
import Foundation
import Logging
import Messaging
import MessagingZeroMQ
import ServiceLifecycle
import Store

/// The settings of a service: options, or the environment.
public struct ServiceOptions: ParsableArguments, Sendable {
  @Option(help: "Folder of the stores; each service has one of its own below it. HANDSLAG_STATE")
  public var state = ServiceOptions.environment("STATE") ?? "state"

  @Option(help: "Folder of the sockets. HANDSLAG_SOCKETS")
  public var sockets = ServiceOptions.environment("SOCKETS") ?? "state/sockets"

  @Option(help: "Folder with authorized-keys and this service's secret. HANDSLAG_KEYS")
  public var keys = ServiceOptions.environment("KEYS") ?? "state/keys"

  @Option(
    help:
      "Start on a virtual calendar at this day, such as 2026-09-01; for demonstrations only. HANDSLAG_VIRTUAL_CALENDAR")
  public var virtualCalendar: String?

  @Flag(help: "The store was restored from a backup: begin a new epoch, so that others send again.")
  public var restored = false

  @Option(help: "debug, info, notice, warning or error. HANDSLAG_LOG")
  public var log = ServiceOptions.environment("LOG") ?? "notice"

  public init() {}

  static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment["HANDSLAG_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
  }

  var virtualStart: String? { virtualCalendar ?? ServiceOptions.environment("VIRTUAL_CALENDAR") }

  /// The service runs on a calendar of its own, as in a demonstration: nothing of it may reach people.
  public var isVirtualCalendar: Bool { virtualStart != nil }

  /// A file or folder below this service's own part of the state.
  public func path(_ service: ServiceName, _ name: String) -> String {
    "\(state)/\(service.rawValue)/\(name)"
  }
}

/// Runs a service: reads the settings, opens store and sockets, works until SIGTERM or SIGINT.
public enum ServiceHost {
  /// The whole life of a service's process. A wrong setting or an unusable store is one sentence on
  /// standard error, and exit status 1.
  public static func main(_ make: @Sendable (ServiceOptions) throws -> ServiceDefinition) async {
    let options = ServiceOptions.parseOrExit()
    do {
      try await run(options, try make(options))
    } catch {
      fail("\(error)")
    }
  }

  static func run(_ options: ServiceOptions, _ definition: ServiceDefinition) async throws {
    let name = definition.name.rawValue
    let level = Logger.Level(rawValue: options.log)
    guard let level else {
      throw ConfigurationFault("log is \(options.log); it must be debug, info, notice, warning or error.")
    }
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
    let log = Logger(label: name)
    var start: Timestamp?
    if let text = options.virtualStart {
      guard let day = Day(text: text) else {
        throw ConfigurationFault("virtual-calendar is \(text); it must be a day such as 2026-09-01.")
      }
      start = day.at(hour: 6)
    }
    raiseFileLimit()

    let endpoint = Endpoints(folder: options.sockets).endpoint(of: name)
    try endpoint.check()
    let folder = KeyFolder(path: options.keys)
    let keys = try folder.keys(of: name)
    let authorized = try folder.authorizedKeys { fault in
      log.error("nobody is admitted until authorized-keys is mended", metadata: ["fault": "\(fault)"])
    }
    guard authorized.key(ofService: name) == keys.publicKey else {
      throw ConfigurationFault(
        "authorized-keys has no line for the service \(name) with the key in \(options.keys)/\(name).secret. Make it with: board keys create"
      )
    }
    let endpoints = Endpoints(folder: options.sockets)
    try endpoints.check(Topology.receivers(of: definition.name).map(\.rawValue), keys: authorized)

    for notice in definition.notices { log.notice("\(notice)") }
    let lock = try lockSocket(endpoint, name)
    let store = try Store(
      at: options.path(definition.name, "\(name).sqlite"), service: name,
      migrations: definition.migrations, isRestored: options.restored)
    let transport = ZeroMQTransport(
      .init(
        keys: keys, endpoint: endpoint, authorizedKeys: authorized,
        peer: { endpoints.peer($0, keys: authorized) }))
    let worker = try Worker(
      definition: definition, store: store, transport: transport, log: log, virtualStart: start,
      onFatal: { message in
        log.critical("\(message)")
        _exit(70)
      })
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: WorkerService(worker: worker, name: name, lock: lock))],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
    try await group.run()
  }

  /// A second bind on a Unix socket succeeds and steals the traffic, so a lock is held first.
  private static func lockSocket(_ endpoint: Endpoint, _ name: String) throws -> FileLock? {
    guard let path = endpoint.path else { return nil }
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o2750])
    return try FileLock(path + ".lock", held: .locked) {
      "Another \(name) is listening on \(path). Stop it first, or choose another folder for the sockets."
    }
  }

  /// libzmq ends the process when descriptors run out.
  private static func raiseFileLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
  }
}

/// A wrong setting, in a sentence.
struct ConfigurationFault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Ties a worker's life to the process's.
private struct WorkerService: Service {
  let worker: Worker
  let name: String
  let lock: FileLock?

  func run() async throws {
    try await worker.start()
    FileHandle.standardOutput.write(Data("\(name) ready\n".utf8))
    try? await gracefulShutdown()
    await worker.stop()
  }
}
