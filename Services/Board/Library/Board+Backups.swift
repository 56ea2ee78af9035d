import Contracts
import Foundation

extension Board {
  /// What became of one service's backup.
  public enum BackupOutcome: Sendable {
    case made(ListBackups.Item)
    case failed(String)
    /// Begun, and not done when the patience ended.
    case notDoneYet
  }

  /// Has one service make a backup, and waits until it is proved and on the disk.
  ///
  /// - Parameter patience: how long to wait for one that is begun.
  public func backUp(
    _ service: ServiceName, as name: BackupName, patience: Duration = .seconds(600)
  ) async throws -> BackupOutcome {
    _ = try await connection.command(MakeBackup(name: name), of: service)
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline {
      // While it is written the service answers nobody, which says nothing of the backup.
      do {
        let state = try await connection.ask(ListBackups(), of: service)
        if let made = state.backups.elements.first(where: { $0.name.rawValue == name.rawValue }) { return .made(made) }
        if state.running == nil { return .failed(state.problem?.rawValue ?? "-") }
      } catch BoardFailure.unknown {}
      try await Task.sleep(for: .milliseconds(50))
    }
    return .notDoneYet
  }

  /// The backups that a service keeps, oldest first.
  public func backups(of service: ServiceName) async throws -> [ListBackups.Item] {
    try await connection.ask(ListBackups(), of: service).backups.elements
  }
}
