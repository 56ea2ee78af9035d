import GRDB

extension Database {
  /// Undoes what `work` has written where it throws or says so, and nothing else of the open transaction. As GRDB's
  /// `inSavepoint`, with statements that are prepared once and not for each delivery.
  public func savepoint(_ work: () throws -> TransactionCompletion) throws {
    try cachedStatement(sql: "SAVEPOINT work").execute()
    do {
      if try work() == .rollback { try undoToSavepoint() }
    } catch {
      // Where the file failed SQLite has undone the whole transaction, and with it the savepoint.
      if isInsideTransaction {
        try undoToSavepoint()
        try endSavepoint()
      }
      throw error
    }
    try endSavepoint()
  }

  private func undoToSavepoint() throws { try cachedStatement(sql: "ROLLBACK TO SAVEPOINT work").execute() }
  private func endSavepoint() throws { try cachedStatement(sql: "RELEASE SAVEPOINT work").execute() }
}
