import ArgumentParser
import Contracts
import Foundation
import Messaging
import Texts

/// Backups of all stores under one name, made by the services themselves.
struct BackupCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "backup", abstract: OperatorTexts.aboutBackup[BoardLanguage.current],
      subcommands: [Make.self, List.self], defaultSubcommand: Make.self)
  }

  struct Make: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(commandName: "make", abstract: OperatorTexts.aboutBackupMake[BoardLanguage.current])
    }
    @Option(help: .text(OperatorTexts.helpBackupTo)) var to: String?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let name: BackupName =
        try to.map { try checked($0, "--to") } ?? BackupName(unchecked: Timestamp.wallClock().asName)
      try await options.with { board in
        var made: [String: ListBackups.Item] = [:]
        var complaints: [String] = []
        for service in ServiceName.allCases {
          do {
            switch try await board.backUp(service, as: name) {
            case .made(let item): made[service.rawValue] = item
            case .failed(let why): complaints.append(OperatorTexts.backupFailed(service.rawValue, why)[options.lang])
            case .notDoneYet: complaints.append(OperatorTexts.backupUnknown(service.rawValue)[options.lang])
            }
          } catch let failure as BoardFailure {
            // The others are backed up all the same.
            complaints.append(
              OperatorTexts.backupFailed(service.rawValue, BoardCommand.explain(failure))[options.lang])
          }
        }
        try options.show(made) {
          let rows = ServiceName.allCases.flatMap { service in made[service.rawValue].map { [(service, $0)] } ?? [] }
          return BackupCommand.table(rows, options.lang)
            + (complaints.isEmpty ? "\n" + OperatorTexts.backedUp(name.rawValue)[options.lang] : "")
        }
        guard complaints.isEmpty else { throw BoardFailure.unusable(complaints.joined(separator: "\n")) }
      }
    }
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: OperatorTexts.aboutBackupList[BoardLanguage.current])
    }
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        var all: [(ServiceName, ListBackups.Item)] = []
        for service in ServiceName.allCases { all += try await board.backups(of: service).map { (service, $0) } }
        try options.show(Dictionary(grouping: all, by: { $0.0.rawValue }).mapValues { $0.map(\.1) }) {
          BackupCommand.table(all, options.lang)
        }
      }
    }
  }

  private static func table(_ rows: [(ServiceName, ListBackups.Item)], _ language: Language) -> String {
    var table = Table(OperatorTexts.backupHeadings[language])
    for (service, item) in rows {
      table.add([service.rawValue, item.name.rawValue, Day.clock(at: item.made), "\(item.kilobytes.rawValue)"])
    }
    return table.text
  }
}
