import Contracts
import GRDB
import ServiceRuntime

/// What the board has decided once for all members.
struct RuleTable {
  let db: Database

  func rules() throws -> RegisterRules {
    func value(_ name: String) throws -> Int? {
      try Int.fetchOne(db.cachedStatement(sql: "SELECT value FROM rule WHERE name = ?"), arguments: [name])
    }
    var rules = RegisterRules()
    if let years = try value("adept-years") { rules.adeptYears = Years(unchecked: years) }
    if let months = try value("retention-months") { rules.retentionMonths = RetentionMonths(unchecked: months) }
    return rules
  }

  func keep(_ rules: RegisterRules) throws {
    for (name, value) in [
      ("adept-years", rules.adeptYears.rawValue), ("retention-months", rules.retentionMonths.rawValue),
    ] {
      try db.execute(sql: "INSERT OR REPLACE INTO rule VALUES (?, ?)", arguments: [name, value])
    }
  }
}

extension Membership {
  static func getRules(_: GetRegisterRules, _ context: Context) throws -> GetRegisterRules.Reply {
    GetRegisterRules.Reply(rules: try RuleTable(db: context.db).rules())
  }
}
