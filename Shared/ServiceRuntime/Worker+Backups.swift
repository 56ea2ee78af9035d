import Contracts
import Dispatch
import Foundation
import GRDB
import Logging
import Messaging
import Store
import Texts

extension Worker {
  /// The backup that is being made, and what came of the last one.
  struct BackupState {
    /// Asked for in the open transaction; begins when that is committed.
    var planned: String?
    /// Written or being proved, and since when.
    var running: (name: String, since: Duration)?
    var problem: String?
  }

  func makeBackup(_ command: MakeBackup, _ db: Database) throws -> MakeBackup.Reply {
    guard let backups else { throw BackupRefusal.noFolder }
    guard backup.running == nil, backup.planned == nil else { throw BackupRefusal.running }
    guard backups[command.name.rawValue] == nil else { throw BackupRefusal.exists(command.name.rawValue) }
    // In the copy, so that a restore can say from when commands are lost.
    try Meta.set(db, Meta.backup, String(clock.wall().milliseconds))
    backup.planned = command.name.rawValue
    return MakeBackup.Reply(name: command.name)
  }

  func listBackups() -> ListBackups.Reply {
    let items = (backups?.all ?? []).suffix(Bounded<ListBackups.Item>.maximum).map {
      ListBackups.Item(name: Sentence($0.name), kilobytes: Count(($0.bytes + 999) / 1000), made: $0.made)
    }
    return ListBackups.Reply(
      backups: Bounded(items), running: (backup.running?.name ?? backup.planned).map { Sentence($0) },
      problem: backup.problem.map { Sentence($0) })
  }

  /// Writes the copy on the one connection, which holds up the worker for as long, and has it proved beside it.
  func beginPlannedBackup() {
    guard let name = backup.planned, let backups else { return }
    let began = clock.monotonic()
    backup = BackupState(running: (name, began))
    do {
      try backups.write(store.database, as: name)
      counts.backupSeconds = (clock.monotonic() - began).seconds
    } catch { return endBackup(name, .failure(error)) }
    let service = definition.name.rawValue
    DispatchQueue.global(qos: .utility).async { [self] in
      let outcome = Result { try backups.finish(name, service: service) }
      Task { await endBackup(name, outcome) }
    }
  }

  private func endBackup(_ name: String, _ outcome: Result<Backups.Backup, any Error>) {
    backup.running = nil
    oldestBackup = backups?.all.first?.made
    switch outcome {
    case .success(let made):
      log.notice(
        "a backup was made",
        metadata: [
          "name": "\(name)", "bytes": "\(made.bytes)",
          "held-up-ms": "\(Int((counts.backupSeconds * 1000).rounded()))",
        ])
    case .failure(let error):
      counts.failedBackups += 1
      backup.problem = "\(error)"
      log.error("a backup failed", metadata: ["name": "\(name)", "error": "\(error)"])
    }
  }
}
