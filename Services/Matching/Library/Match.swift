import Contracts
import GRDB
import ServiceRuntime

/// A pair that the board has submitted.
struct Match: Sendable, Hashable {
  var id: MatchID
  var mentor: MemberID
  var adept: MemberID
  var state: MatchState
  var months: Months
  var submitted: Day
  var answerBy: Day

  /// Whether a member, given by id, is one of the two.
  func involves(_ member: String?) -> Bool { member == mentor.rawValue || member == adept.rawValue }
}

extension Match {
  init(_ row: Row) throws {
    id = try row.stored("id")
    mentor = try row.stored("mentor")
    adept = try row.stored("adept")
    state = try row.stored("state")
    months = try row.stored("months")
    submitted = try row.storedDay("submitted")
    answerBy = try row.storedDay("answer_by")
  }

  static func find(_ db: Database, _ id: MatchID) throws -> Match? {
    try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM match WHERE id = ?"), arguments: [id.rawValue])
      .map(Match.init)
  }

  /// The adept's open match or running mentorship.
  static func current(_ db: Database, adept: MemberID) throws -> Match? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT * FROM match
          WHERE adept = ? AND state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'active')
          """),
      arguments: [adept.rawValue]
    ).map(Match.init)
  }

  /// The mentor's open matches and running mentorships.
  static func placesTaken(_ db: Database, mentor: MemberID) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM match
          WHERE mentor = ? AND state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'active')
          """),
      arguments: [mentor.rawValue]) ?? 0
  }

  func insert(_ db: Database, reason: Note?, submittedBy: String) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO match (id, mentor, adept, state, reason, months, submitted, answer_by, submitted_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      id.rawValue, mentor.rawValue, adept.rawValue, state.rawValue, reason?.rawValue, months.rawValue,
      submitted.text, answerBy.text, submittedBy,
    ])
  }

  func move(_ db: Database, to next: MatchState, declinedBy: Party? = nil, ended: Day? = nil) throws {
    try db.cachedStatement(sql: "UPDATE match SET state = ?, declined_by = ?, ended = ? WHERE id = ?")
      .execute(arguments: [next.rawValue, declinedBy?.rawValue, ended?.text, id.rawValue])
  }
}
