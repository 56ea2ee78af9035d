import Contracts
import Foundation
import GRDB
import ServiceRuntime

extension Mentorship {
  /// A row of `mentorship` with its `latest_contact`.
  init(_ row: Row) throws {
    self.init(
      id: try row.stored("id"), pair: Pair(mentor: try row.stored("mentor"), adept: try row.stored("adept")),
      year: MentorshipYear(starts: try row.storedDay("starts"), months: try row.stored("months")))
    state = try row.stored("state")
    everyWeeks = try row.storedIfAny("every_weeks")
    agreed = try row.storedDayIfAny("agreed")
    latestContact = try row.storedDayIfAny("latest_contact")
    isFirstContactTold = row["first_contact_told"]
    isHalfWayTold = row["half_way_told"]
    reminders = row["reminders"]
    latestReminder = try row.storedDayIfAny("latest_reminder")
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

  /// Writes what can change; a mentorship that is not there yet is added.
  func save(_ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO mentorship (id, mentor, adept, starts, ends, months, state, every_weeks, agreed,
          first_contact_told, half_way_told, reminders, latest_reminder)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, every_weeks = excluded.every_weeks,
          agreed = excluded.agreed, first_contact_told = excluded.first_contact_told,
          half_way_told = excluded.half_way_told, reminders = excluded.reminders,
          latest_reminder = excluded.latest_reminder
        """
    ).execute(arguments: [
      id.rawValue, pair.mentor.rawValue, pair.adept.rawValue, year.starts.text, year.ends.text,
      year.months.rawValue, state.rawValue, everyWeeks?.rawValue, agreed?.text, isFirstContactTold,
      isHalfWayTold, reminders, latestReminder?.text,
    ])
  }

  /// What the two decided, beside the rhythm that the follow-up goes by.
  func keep(_ db: Database, agreement: RecordAgreement) throws {
    let topics = String(decoding: try JSONEncoder().encode(agreement.topics), as: UTF8.self)
    try db.cachedStatement(sql: "UPDATE mentorship SET topics = ?, direction = ?, form = ? WHERE id = ?")
      .execute(arguments: [topics, agreement.direction?.rawValue, agreement.form.rawValue, id.rawValue])
  }

  /// By whom it was ended and why: for the board alone.
  func keep(_ db: Database, end: EndMentorship) throws {
    try db.cachedStatement(sql: "UPDATE mentorship SET ended_by = ?, end_reason = ? WHERE id = ?")
      .execute(arguments: [end.by.rawValue, end.reason?.rawValue, id.rawValue])
  }

  /// A conversation; the same day and form again is the same one.
  func keep(_ db: Database, contact: RecordContact) throws {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO contact (mentorship, day, form) VALUES (?, ?, ?)")
      .execute(arguments: [id.rawValue, contact.day.text, contact.form.rawValue])
  }
}
