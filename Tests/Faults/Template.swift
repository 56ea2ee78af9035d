import BoardClient
import Contracts
import Foundation
import GRDB
import TestSupport

/// A programme with the load's members in it, made once and copied for each fault.
///
/// Its stores carry a ledger of the tests' own: triggers that write down each effect, in order and in the
/// effect's transaction. What a service says of itself is not asked.
enum Template {
  private static let made = Task { try await make() }

  /// Copies it to a folder that is there already.
  static func copy(to folder: String) async throws {
    let template = try await made.value
    for item in try FileManager.default.contentsOfDirectory(atPath: template.path) {
      try FileManager.default.copyItem(atPath: "\(template.path)/\(item)", toPath: "\(folder)/\(item)")
    }
  }

  static func store(_ service: ServiceName, in state: String) -> String {
    "\(state)/\(service.rawValue)/\(service.rawValue).sqlite"
  }

  private static func make() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let made = try await Executable.run("board", ["keys", "create", "--keys", folder.path + "/keys"])
    guard made.status == 0 else { throw Surprise(made.errors) }
    let services = Services(state: folder.path)
    try await services.startAll()
    // Each answers once its store is made.
    try await quiet(folder.path)
    await services.endAll()
    for service in ServiceName.allCases { try addLedger(service, folder.path) }
    try await services.startAll()
    let connection = try await connect(folder.path)
    let rows = Load.groups().flatMap(\.members).enumerated().map { Load.row($1, line: $0 + 2) }
    let outcome = try await Board(connection).importRows(rows, mode: .whole)
    guard outcome.committed.registered.rawValue == rows.count else { throw Surprise("\(outcome)") }
    await connection.close()
    try await quiet(folder.path)
    await services.endAll()
    for service in ServiceName.allCases {
      try FileManager.default.removeItem(atPath: services.logPath(service))
    }
    return folder
  }

  static func connect(_ state: String) async throws -> Connection {
    try await Connection.open(
      .init(principal: "chair", sockets: state + "/sockets", keys: state + "/keys", deadline: .seconds(3)))
  }

  /// Waits until no service owes or has anything to do, seen twice with nothing changed in between.
  ///
  /// - Throws: where there was not less left than ever before for two minutes, with what is left.
  static func quiet(_ state: String, within limit: Duration = .seconds(120)) async throws {
    let connection = try await connect(state)
    var deadline = ContinuousClock.now + limit
    var least = Int.max
    var before: [Int]?
    while true {
      var changes: [Int] = []
      var left: [String] = []
      var count = 0
      var isWhole = true
      for service in ServiceName.allCases {
        do {
          let status = try await connection.ask(GetStatus(), of: service)
          changes.append(status.changes.rawValue)
          if status.outboxPending.rawValue > 0 {
            left.append("\(service) has \(status.outboxPending.rawValue) to send")
          }
          if status.due.rawValue > 0 { left.append("\(service) has \(status.due.rawValue) to do") }
          count += status.outboxPending.rawValue + status.due.rawValue
        } catch let failure as BoardFailure {
          left.append("\(service): \(failure)")
          isWhole = false
        }
      }
      if isWhole && count < least { (least, deadline) = (count, ContinuousClock.now + limit) }
      if left.isEmpty && before == changes { break }
      before = left.isEmpty ? changes : nil
      if ContinuousClock.now > deadline { throw Surprise("no rest: \(left.joined(separator: ", "))") }
    }
    await connection.close()
  }

  // MARK: The ledger

  /// What is written down in each store: the table, the columns that tell whose it is and what it became.
  private static let watched: [ServiceName: [(table: String, key: String, value: String)]] = [
    .membership: [("member", "email", "kommun")],
    .matching: [("profile", "member", "kommun"), ("match", "id", "state")],
    .followup: [("invitation", "match", "mentor_answered + new.adept_answered"), ("mentorship", "id", "state")],
    .notification: [("address", "email", "name"), ("mail", "task", "state")],
  ]

  private static func addLedger(_ service: ServiceName, _ state: String) throws {
    let queue = try DatabaseQueue(path: store(service, in: state))
    try queue.write { db in
      try db.execute(
        sql: """
          CREATE TABLE ledger (number INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT, what TEXT, key TEXT, value TEXT)
          STRICT
          """)
      for (table, key, value) in watched[service]! {
        for event in ["INSERT", "UPDATE"] {
          try db.execute(
            sql: """
              CREATE TRIGGER ledger_\(table)_\(event) AFTER \(event) ON \(table) BEGIN
                INSERT INTO ledger (event, what, key, value) VALUES ('\(event)', '\(table)', new.\(key), new.\(value));
              END
              """)
        }
      }
    }
    try queue.close()
  }
}
