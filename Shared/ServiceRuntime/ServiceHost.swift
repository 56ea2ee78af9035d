import Contracts
import Foundation
import Logging
import Messaging
import MessagingZeroMQ
import ServiceLifecycle
import Settings
import Store

/// Runs a service: reads the settings, opens store and sockets, works until SIGTERM or SIGINT.
public enum ServiceHost {
  /// The whole life of a service's process. Wrong settings are named all at once, an unusable store is one sentence,
  /// on standard error with exit status 1.
  public static func main(_ make: @Sendable (ServiceOptions) throws -> ServiceDefinition) async {
    let words = CommandLine.arguments.dropFirst()
    do {
      if words.first == "restore" {
        let arguments = RestoreArguments.parseOrExit(Array(words.dropFirst()))
        let options = ServiceOptions(arguments.settings)
        return try restore(arguments, options, try definition(options, make))
      }
      let options = ServiceOptions(ServiceArguments.parseOrExit())
      try await run(options, try definition(options, make))
    } catch {
      fail("\(error)")
    }
  }

  /// Composes the service where every setting is right.
  static func definition(
    _ options: ServiceOptions, _ make: (ServiceOptions) throws -> ServiceDefinition
  ) throws -> ServiceDefinition {
    var definition: ServiceDefinition?
    var found: [String] = []
    do { definition = try make(options) } catch { found.append("\(error)") }
    guard let definition, options.settings.faults.isEmpty else {
      throw ConfigurationFault(options.settings.refusal(found) ?? "")
    }
    return definition
  }

  static func run(_ options: ServiceOptions, _ definition: ServiceDefinition) async throws {
    let name = definition.name.rawValue
    startLog(options)
    let log = Logger(label: name)
    let start = Day(text: options[.virtualCalendar])?.at(hour: 6)
    raiseFileLimit()

    let endpoints = Endpoints(folder: options[.sockets], environment: options.settings.values)
    let endpoint = endpoints.endpoint(of: name)
    try endpoint.check()
    let folder = KeyFolder(path: options[.keys])
    let keys = try folder.keys(of: name)
    let authorized = try folder.authorizedKeys { fault in
      log.error("nobody is admitted until authorized-keys is mended", metadata: ["fault": "\(fault)"])
    }
    guard authorized.key(ofService: name) == keys.publicKey else {
      throw ConfigurationFault(
        "authorized-keys has no line for the service \(name) with the key in \(options[.keys])/\(name)/secret. Make it with: board keys create"
      )
    }
    try definition.handlers.personal?.list.checkKey()
    try endpoints.check(Topology.receivers(of: definition.name).map(\.rawValue), keys: authorized)

    for notice in definition.notices { log.notice("\(notice)") }
    let lock = try lockSocket(endpoint, name)
    let backups = options.backups(of: definition.name)
    let store = try Store(
      at: options.store(of: definition.name), service: name, migrations: definition.migrations,
      isRestored: options.isRestored, backups: backups)
    let transport = ZeroMQTransport(
      .init(
        keys: keys, endpoint: endpoint, authorizedKeys: authorized,
        peer: { endpoints.peer($0, keys: authorized) }))
    let worker = try Worker(
      definition: definition, store: store, transport: transport, log: log, virtualStart: start,
      backups: backups,
      onFatal: { message in
        log.critical("\(message)")
        _exit(70)
      })
    var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
      .init(service: WorkerService(worker: worker, name: name, lock: lock))
    ]
    if let first = options.settings.number(.metricsPort) {
      let port = UInt16(first + (ServiceName.allCases.firstIndex(of: definition.name) ?? 0))
      let server = try MetricsServer(host: options[.metricsHost], port: port) { try await worker.metrics() }
      services.append(.init(service: server))
    }
    let group = ServiceGroup(
      configuration: .init(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
    try await group.run()
  }

  private static func startLog(_ options: ServiceOptions) {
    let level = Logger.Level(rawValue: options[.log]) ?? .notice
    let isJSON = options[.logFormat] == "json"
    LoggingSystem.bootstrap { label in
      if isJSON { return JSONLog(service: label, level: level) }
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
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
    let supervision = Supervision()
    try await worker.start()
    FileHandle.standardOutput.write(Data("\(name) ready\n".utf8))
    supervision.tell(.ready)
    try? await gracefulShutdown()
    supervision.tell(.stopping)
    await worker.stop()
  }
}
