import Contracts
import GRDB
import Rules
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
  /// Who on the board is responsible for it.
  var responsible: PrincipalName?
  /// What the competition rule had found when the board gave its reason.
  var decided: Set<Ground> = []
  /// What it has found since, which the board has not decided on; of a running mentorship, its conflict.
  var open: Set<Ground> = []

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
    responsible = try row.storedIfAny("responsible")
    decided = try Match.grounds(row, "decided")
    open = try Match.grounds(row, "open")
  }

  private static func grounds(_ row: Row, _ column: String) throws -> Set<Ground> {
    let text: String = row[column]
    return Set(
      try text.split(separator: " ").map { word in
        guard let ground = Ground(text: word) else { throw UnreadableColumn(column: column) }
        return ground
      })
  }

  private static func text(_ grounds: Set<Ground>) -> String { grounds.map(\.text).sorted().joined(separator: " ") }

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
          WHERE adept = ? AND state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'held', 'active')
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
          WHERE mentor = ? AND state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'held', 'active')
          """),
      arguments: [mentor.rawValue]) ?? 0
  }

  func insert(_ db: Database, reason: Note?, submittedBy: String) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO match (
          id, mentor, adept, state, reason, months, submitted, answer_by, submitted_by, responsible, decided)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      id.rawValue, mentor.rawValue, adept.rawValue, state.rawValue, reason?.rawValue, months.rawValue,
      submitted.text, answerBy.text, submittedBy, responsible?.rawValue, Match.text(decided),
    ])
  }

  func move(_ db: Database, to next: MatchState, declinedBy: Party? = nil, ended: Day? = nil) throws {
    try db.cachedStatement(sql: "UPDATE match SET state = ?, declined_by = ?, ended = ? WHERE id = ?")
      .execute(arguments: [next.rawValue, declinedBy?.rawValue, ended?.text, id.rawValue])
  }

  /// Keeps what the board's reason covers, and what it doesn't.
  func keepGrounds(_ db: Database, reason: Note? = nil) throws {
    try db.cachedStatement(
      sql: """
        UPDATE match SET decided = ?, open = ?,
          reason = iif(?3 IS NULL, reason, iif(reason IS NULL, ?3, reason || char(10) || ?3))
        WHERE id = ?4
        """
    ).execute(arguments: [Match.text(decided), Match.text(open), reason?.rawValue, id.rawValue])
  }

  /// A member's open matches and running mentorships, on either side.
  static func current(_ db: Database, of member: MemberID) throws -> [Match] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT * FROM match
          WHERE (mentor = ?1 OR adept = ?1)
            AND state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'held', 'active')
          ORDER BY number
          """),
      arguments: [member.rawValue]
    ).map(Match.init)
  }
}
