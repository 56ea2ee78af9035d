import Contracts
import GRDB
import ServiceRuntime

/// What earlier mentorships have left behind: who is not to be matched again, who goes first, and who wants no more.
enum PairHistory {
  /// Asked of one mentorship, it holds whichever of the two is the mentor.
  static func isNotAgain(_ db: Database, _ one: MemberID, _ other: MemberID) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM not_again WHERE mentor = ?1 AND adept = ?2 OR mentor = ?2 AND adept = ?1)
          """),
      arguments: [one.rawValue, other.rawValue]) ?? false
  }

  /// All pairs that are not to be matched again.
  static func notAgain(_ db: Database) throws -> Set<Set<MemberID>> {
    Set(
      try Row.fetchAll(db.cachedStatement(sql: "SELECT mentor, adept FROM not_again")).map {
        [try $0.stored("mentor"), try $0.stored("adept")]
      })
  }

  static func keep(_ db: Database, ended match: Match, remaining: Months?, notAgain: Bool) throws {
    if notAgain {
      try db.cachedStatement(sql: "INSERT OR IGNORE INTO not_again (mentor, adept) VALUES (?, ?)")
        .execute(arguments: [match.mentor.rawValue, match.adept.rawValue])
    }
    if let remaining {
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO returning_adept (adept, months) VALUES (?, ?)")
        .execute(arguments: [match.adept.rawValue, remaining.rawValue])
    }
  }

  /// The ending was undone, and with it the wish of whoever ended.
  static func undo(_ db: Database, ended match: Match) throws {
    try db.cachedStatement(sql: "DELETE FROM not_again WHERE mentor = ? AND adept = ?")
      .execute(arguments: [match.mentor.rawValue, match.adept.rawValue])
  }

  /// The months that remain of a mentorship that ended early, until the adept has a new mentor; nil for everybody else.
  static func remainingMonths(_ db: Database, _ adept: MemberID) throws -> Months? {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT months FROM returning_adept WHERE adept = ?"), arguments: [adept.rawValue]
    ).flatMap(Months.init(rawValue:))
  }

  /// The adept wants no new mentor: they do not go first, and are not planned.
  static func rests(_ db: Database, _ adept: MemberID) throws {
    try isSettled(db, adept)
    try db.cachedStatement(sql: "INSERT INTO resting_adept (adept) VALUES (?)").execute(arguments: [adept.rawValue])
  }

  static func isResting(_ db: Database, _ adept: MemberID) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM resting_adept WHERE adept = ?)"),
      arguments: [adept.rawValue]) ?? false
  }

  /// What an earlier mentorship has left behind for the adept counts no more.
  static func isSettled(_ db: Database, _ adept: MemberID) throws {
    for table in ["returning_adept", "resting_adept"] {
      try db.cachedStatement(sql: "DELETE FROM \(table) WHERE adept = ?").execute(arguments: [adept.rawValue])
    }
  }
}
