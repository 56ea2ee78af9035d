import Contracts
import GRDB
import ServiceRuntime

extension PlanDraft {
  static func find(_ db: Database, _ id: PlanID) throws -> PlanDraft? {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM plan WHERE id = ?", arguments: [id.rawValue]) else {
      return nil
    }
    let pairs = try Row.fetchAll(
      db, sql: "SELECT * FROM plan_pair WHERE plan = ? ORDER BY adept", arguments: [id.rawValue]
    ).map { row in
      PlanDraft.Pair(
        adept: try row.stored("adept"), mentor: try row.stored("mentor"), score: row["score"],
        isLocked: row["is_locked"], isDropped: row["is_dropped"], match: try row.storedIfAny("match"))
    }
    return PlanDraft(
      id: id, objective: try row.stored("objective"), made: try row.storedDay("made"), pairs: pairs)
  }

  static func latest(_ db: Database) throws -> PlanID? {
    try String.fetchOne(db, sql: "SELECT id FROM plan ORDER BY number DESC LIMIT 1").map(PlanID.init(unchecked:))
  }

  func insert(_ db: Database, madeBy principal: String) throws {
    try db.execute(
      sql: "INSERT INTO plan (id, objective, made, made_by) VALUES (?, ?, ?, ?)",
      arguments: [id.rawValue, objective.rawValue, made.text, principal])
    try update(db)
  }

  func update(_ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO plan_pair (plan, adept, mentor, score, is_locked, is_dropped, match)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    for pair in pairs {
      try statement.execute(arguments: [
        id.rawValue, pair.adept.rawValue, pair.mentor.rawValue, pair.score, pair.isLocked, pair.isDropped,
        pair.match?.rawValue,
      ])
    }
  }
}
