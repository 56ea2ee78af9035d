import ArgumentParser
import Contracts
import Foundation
import Settings
import Store
import Texts

/// What a service is started with: the settings, and where its own part of the state is.
public struct ServiceOptions: Sendable {
  public let settings: Settings
  /// Folder of the stores.
  public var state: String
  /// The store was restored from a backup.
  public let isRestored: Bool

  /// - Parameters:
  ///   - overrides: what was given on the command line.
  ///   - environment: empty where nothing is set but what each setting is declared to be.
  public init(
    overrides: [Setting: String] = [:], environment: [String: String] = [:], isRestored: Bool = false
  ) {
    settings = Settings(options: overrides, environment: environment)
    state = settings[.state]
    self.isRestored = isRestored
  }

  /// The value of a setting; empty where it is not set.
  public subscript(setting: Setting) -> String { settings[setting] }

  /// What was given to this process.
  init(_ arguments: ServiceArguments) {
    self.init(
      overrides: arguments.overrides, environment: ProcessInfo.processInfo.environment, isRestored: arguments.restored)
  }

  /// The service runs on a calendar of its own, as in a demonstration: nothing of it may reach people.
  public var isVirtualCalendar: Bool { !self[.virtualCalendar].isEmpty }

  /// A file or folder below this service's own part of the state.
  public func path(_ service: ServiceName, _ name: String) -> String {
    "\(state)/\(service.rawValue)/\(name)"
  }

  func store(of service: ServiceName) -> String { path(service, service.rawValue + ".sqlite") }

  func backups(of service: ServiceName) -> Backups {
    let folder = self[.backups].isEmpty ? state + "/backups" : self[.backups]
    return Backups(folder: "\(folder)/\(service.rawValue)", kept: settings.number(.backupsKept) ?? 14)
  }
}

/// The command line of a service: options that go before the settings of the same names.
struct ServiceArguments: ParsableArguments {
  @Option(help: .meaning(.state)) var state: String?
  @Option(help: .meaning(.sockets)) var sockets: String?
  @Option(help: .meaning(.keys)) var keys: String?
  @Option(help: .meaning(.backups)) var backups: String?
  @Option(help: .meaning(.log)) var log: String?
  @Option(help: .meaning(.virtualCalendar)) var virtualCalendar: String?
  @Flag(help: ArgumentHelp(OperatorTexts.helpRestored[Settings.ofProcess.language])) var restored = false

  var overrides: [Setting: String] {
    let given: [Setting: String?] = [
      .state: state, .sockets: sockets, .keys: keys, .backups: backups, .log: log, .virtualCalendar: virtualCalendar,
    ]
    return given.compactMapValues { $0 }
  }
}

extension ArgumentHelp {
  /// What a setting means, what is accepted, and its name in the environment.
  fileprivate static func meaning(_ setting: Setting) -> ArgumentHelp {
    let declaration = setting.declaration
    let standard = declaration.standard.isEmpty ? "" : " (\(declaration.standard))"
    return ArgumentHelp(
      "\(declaration.meaning[Settings.ofProcess.language]) \(setting.rawValue)\(standard)")
  }
}
