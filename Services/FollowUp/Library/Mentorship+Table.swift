import Contracts
import Foundation
import GRDB
import ServiceRuntime

extension Mentorship {
  /// A row of `mentorship` with its `latest_contact`.
  init(_ row: Row) throws {
    self.init(
      id: try row.stored("id"), pair: Pair(mentor: try row.stored("mentor"), adept: try row.stored("adept")),
      year: MentorshipYear(
        starts: try row.storedDay("starts"), months: try row.stored("months"), extended: row["extended"]))
    state = try row.stored("state")
    agreed = try row.storedDayIfAny("agreed")
    latestContact = try row.storedDayIfAny("latest_contact")
    isHalfWayTold = row["half_way_told"]
    reminders = row["reminders"]
    if let text: String = row["course"] {
      course = try JSONDecoder().decode(Course.self, from: Data(text.utf8))
    } else {
      course = try Course(before: row)
    }
  }

  static func find(_ db: Database, _ id: MentorshipID) throws -> Mentorship? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT *, (SELECT max(day) FROM contact WHERE mentorship = id) AS latest_contact
          FROM mentorship WHERE id = ?
          """),
      arguments: [id.rawValue]
    ).map(Mentorship.init)
  }

  /// The latest of a member, running ones first.
  static func latest(_ db: Database, of member: MemberID) throws -> Mentorship? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT *, (SELECT max(day) FROM contact WHERE mentorship = id) AS latest_contact
          FROM mentorship WHERE mentor = ?1 OR adept = ?1
          ORDER BY state IN ('started', 'agreed', 'closing') DESC, number DESC LIMIT 1
          """),
      arguments: [member.rawValue]
    ).map(Mentorship.init)
  }

  /// Whether an adept has a mentor.
  static func isRunning(_ db: Database, adept: MemberID) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM mentorship WHERE adept = ? AND state IN ('started', 'agreed', 'closing'))
          """), arguments: [adept.rawValue]) ?? false
  }

  /// An adept's mentorships that ended early.
  static func ended(_ db: Database, adept: MemberID) throws -> [Mentorship] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT *, (SELECT max(day) FROM contact WHERE mentorship = id) AS latest_contact
          FROM mentorship WHERE adept = ? AND state = 'ended' ORDER BY number
          """),
      arguments: [adept.rawValue]
    ).map(Mentorship.init)
  }

  /// Writes what can change; a mentorship that is not there yet is added.
  func save(_ db: Database) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try db.cachedStatement(
      sql: """
        INSERT INTO mentorship (id, mentor, adept, starts, ends, months, extended, state, every_weeks, agreed,
          first_contact_told, half_way_told, reminders, course)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET ends = excluded.ends, extended = excluded.extended, state = excluded.state,
          every_weeks = excluded.every_weeks, agreed = excluded.agreed,
          first_contact_told = excluded.first_contact_told, half_way_told = excluded.half_way_told,
          reminders = excluded.reminders, course = excluded.course
        """
    ).execute(arguments: [
      id.rawValue, pair.mentor.rawValue, pair.adept.rawValue, year.starts.text, year.ends.text,
      year.months.rawValue, year.extended, state.rawValue, course.agreement?.everyWeeks.rawValue, agreed?.text,
      course.checkIns > 0, isHalfWayTold, reminders, String(decoding: try encoder.encode(course), as: UTF8.self),
    ])
  }

  /// By whom it was ended and why: for the board alone.
  func keep(_ db: Database, endedBy: EndMentorship.EndedBy?, reason: Note? = nil) throws {
    try db.cachedStatement(sql: "UPDATE mentorship SET ended_by = ?, end_reason = ? WHERE id = ?")
      .execute(arguments: [endedBy?.rawValue, reason?.rawValue, id.rawValue])
  }

  /// Why the board has suspended it: for the board alone.
  func keep(_ db: Database, suspension reason: Note?) throws {
    try db.cachedStatement(sql: "UPDATE mentorship SET suspend_reason = ? WHERE id = ?")
      .execute(arguments: [reason?.rawValue, id.rawValue])
  }

  /// A conversation; the same day and form again is the same one.
  ///
  /// - Returns: false where it is known already.
  func keep(_ db: Database, contact day: Day, _ form: ContactForm) throws -> Bool {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO contact (mentorship, day, form) VALUES (?, ?, ?)")
      .execute(arguments: [id.rawValue, day.text, form.rawValue])
    return db.changesCount > 0
  }
}

extension Mentorship {
  /// Takes a conversation away again.
  mutating func remove(_ db: Database, contact day: Day, _ form: ContactForm) throws {
    try db.cachedStatement(sql: "DELETE FROM contact WHERE mentorship = ? AND day = ? AND form = ?")
      .execute(arguments: [id.rawValue, day.text, form.rawValue])
    latestContact = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT max(day) AS latest FROM contact WHERE mentorship = ?"), arguments: [id.rawValue]
    )?.storedDayIfAny("latest")
  }
}

extension Course {
  /// From a row that was written before there was a course.
  fileprivate init(before row: Row) throws {
    checkIns = row["first_contact_told"] ? 1 : 0
    if let weeks: CadenceWeeks = try row.storedIfAny("every_weeks") {
      var agreement = Agreement.recommended
      agreement.everyWeeks = weeks
      agreement.direction = try row.storedIfAny("direction")
      agreement.form = try row.storedIfAny("form") ?? agreement.form
      if let topics: String = row["topics"] {
        agreement.topics = try JSONDecoder().decode([Topic].self, from: Data(topics.utf8))
      }
      self.agreement = agreement
    }
  }
}
