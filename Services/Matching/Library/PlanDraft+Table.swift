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
        isLocked: row["is_locked"], match: try row.storedIfAny("match"))
    }
    let forbidden = try Row.fetchAll(
      db, sql: "SELECT adept, mentor FROM plan_forbidden WHERE plan = ?", arguments: [id.rawValue]
    ).map { PlanDraft.Members(adept: try $0.stored("adept"), mentor: try $0.stored("mentor")) }
    return PlanDraft(
      id: id, objective: try row.stored("objective"), made: try row.storedDay("made"), version: row["version"],
      pairs: pairs, forbidden: Set(forbidden))
  }

  static func latest(_ db: Database) throws -> PlanID? {
    try String.fetchOne(db, sql: "SELECT id FROM plan ORDER BY number DESC LIMIT 1").map(PlanID.init(unchecked:))
  }

  /// Whether somebody is among those whom a draft was planned for.
  static func holds(_ member: String, _ plan: PlanID, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM plan_line WHERE plan = ?1 AND (adept = ?2 OR mentor = ?2))",
      arguments: [plan.rawValue, member]) ?? false
  }

  func insert(_ db: Database, madeBy principal: String) throws {
    try db.execute(
      sql: "INSERT INTO plan (id, objective, made, made_by, version) VALUES (?, ?, ?, ?, ?)",
      arguments: [id.rawValue, objective.rawValue, made.text, principal, version])
    try update(db)
  }

  func update(_ db: Database) throws {
    try db.execute(sql: "UPDATE plan SET version = ? WHERE id = ?", arguments: [version, id.rawValue])
    for table in ["plan_pair", "plan_forbidden"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE plan = ?", arguments: [id.rawValue])
    }
    let statement = try db.cachedStatement(
      sql: "INSERT INTO plan_pair (plan, adept, mentor, score, is_locked, match) VALUES (?, ?, ?, ?, ?, ?)")
    for pair in pairs {
      try statement.execute(arguments: [
        id.rawValue, pair.adept.rawValue, pair.mentor.rawValue, pair.score, pair.isLocked, pair.match?.rawValue,
      ])
    }
    for pair in forbidden {
      try db.cachedStatement(sql: "INSERT INTO plan_forbidden (plan, adept, mentor) VALUES (?, ?, ?)")
        .execute(arguments: [id.rawValue, pair.adept.rawValue, pair.mentor.rawValue])
    }
  }
}

extension PlanDraft.Members {
  /// The pairs of which one has declined the other.
  static func declined(_ db: Database) throws -> Set<Self> {
    Set(
      try Row.fetchAll(db.cachedStatement(sql: "SELECT adept, mentor FROM match WHERE state = 'declined'")).map {
        Self(adept: try $0.stored("adept"), mentor: try $0.stored("mentor"))
      })
  }
}
