import ArgumentParser
import Contracts
import Foundation
import Messaging
import Settings
import Store
import Texts

/// `matching restore NAME`: brings the store of a stopped service back from a backup.
struct RestoreArguments: ParsableArguments {
  @Argument(help: ArgumentHelp(OperatorTexts.helpRestoreName[Settings.ofProcess.language])) var name = "latest"
  @Flag(help: ArgumentHelp(OperatorTexts.helpEvenIfOld[Settings.ofProcess.language])) var evenIfOld = false
  @Flag(help: ArgumentHelp(OperatorTexts.helpProve[Settings.ofProcess.language])) var prove = false
  @OptionGroup var settings: ServiceArguments
}

extension ServiceHost {
  /// Restores, and says from when commands are lost; or only proves that it could.
  ///
  /// - Throws: `ConfigurationFault` or `StoreError` in a sentence; the store is then as it was.
  static func restore(
    _ arguments: RestoreArguments, _ options: ServiceOptions, _ definition: ServiceDefinition
  ) throws {
    let language = options.settings.language
    let service = definition.name
    let backups = options.backups(of: service)
    let kept = backups.all
    let backup = arguments.name == "latest" ? kept.last : kept.first { $0.name == arguments.name }
    var path = arguments.name
    if let backup {
      path = backup.path
    } else if !arguments.name.contains("/") {
      throw ConfigurationFault(
        OperatorTexts.noSuchBackup(arguments.name, backups.folder, kept.map(\.name))[language])
    }
    // The others keep for what is kept here; what was carried away and back may be older.
    let made = try Backups.prove(path, service: service.rawValue).made
    let isKnown = made.map { $0 + Worker.retention > .wallClock() } ?? false
    guard isKnown || arguments.evenIfOld else { throw ConfigurationFault(OperatorTexts.tooOld[language]) }
    let store = options.store(of: service)
    let known = definition.migrations.count
    if arguments.prove {
      let made = try Store.proveRestore(store, from: path, service: service.rawValue, known: known) ?? backup?.made
      return print(OperatorTexts.proved(service.rawValue, path, made.map(Day.clock) ?? "?")[language])
    }
    let restored = try Store.restore(store, from: path, service: service.rawValue, known: known)
    let moment = restored.made ?? backup?.made
    print(
      OperatorTexts.restored(
        service.rawValue, path, moment.map(Day.clock) ?? "?", aside: restored.aside,
        keptDays: Int(Store.asideKept.seconds) / 86_400)[language])
  }
}
