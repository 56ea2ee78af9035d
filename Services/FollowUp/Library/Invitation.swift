import Contracts
import GRDB
import ServiceRuntime

/// A match whose two parties were asked and have not both answered.
struct Invitation: Sendable, Hashable {
  let match: MatchID
  let pair: Pair
  let submitted: Day
  let answerBy: Day
  var answered: Set<Party> = []

  /// Days after the submission on which whoever has not answered is reminded.
  static let reminderDays = [5, 10]

  /// The day of a reminder, the first being 1; nil where there are no more.
  func day(ofReminder number: Int) -> Day? {
    Invitation.reminderDays.indices.contains(number - 1)
      ? submitted.adding(days: Invitation.reminderDays[number - 1]) : nil
  }
}

extension Invitation {
  static func find(_ db: Database, _ match: MatchID) throws -> Invitation? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM invitation WHERE match = ?"), arguments: [match.rawValue]
    ).map { row in
      var invitation = Invitation(
        match: match, pair: Pair(mentor: try row.stored("mentor"), adept: try row.stored("adept")),
        submitted: try row.storedDay("submitted"), answerBy: try row.storedDay("answer_by"))
      if row["mentor_answered"] { invitation.answered.insert(.mentor) }
      if row["adept_answered"] { invitation.answered.insert(.adept) }
      return invitation
    }
  }

  /// Whether an adept has been offered another place.
  static func isOpen(_ db: Database, adept: MemberID) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM invitation WHERE adept = ?)"), arguments: [adept.rawValue])
      ?? false
  }

  func save(_ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO invitation
          (match, mentor, adept, submitted, answer_by, mentor_answered, adept_answered)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      match.rawValue, pair.mentor.rawValue, pair.adept.rawValue, submitted.text, answerBy.text,
      answered.contains(.mentor), answered.contains(.adept),
    ])
  }

  static func remove(_ db: Database, _ match: MatchID) throws {
    try db.cachedStatement(sql: "DELETE FROM invitation WHERE match = ?").execute(arguments: [match.rawValue])
  }
}

extension Pair {
  /// The two of a mentorship, or of a match that is no mentorship yet.
  static func find(_ db: Database, _ id: MentorshipID) throws -> Pair? {
    try Mentorship.find(db, id)?.pair ?? Invitation.find(db, id.match)?.pair
  }
}
