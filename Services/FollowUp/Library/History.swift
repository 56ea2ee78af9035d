import Contracts
import GRDB
import ServiceRuntime

/// What has happened in each mentorship, in order: the timeline of the year.
struct History {
  let db: Database

  static let schema = """
    CREATE TABLE history (
      number INTEGER PRIMARY KEY,
      mentorship TEXT NOT NULL,
      day TEXT NOT NULL,
      what TEXT NOT NULL,
      party TEXT,
      form TEXT,
      mail TEXT,
      need TEXT
    ) STRICT;
    CREATE INDEX history_mentorship ON history (mentorship, number);
    """

  func add(_ entry: GetMentorship.Entry, to mentorship: MentorshipID) throws {
    try db.cachedStatement(
      sql: "INSERT INTO history (mentorship, day, what, party, form, mail, need) VALUES (?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      mentorship.rawValue, entry.day.text, entry.what.rawValue, entry.party?.rawValue, entry.form?.rawValue,
      entry.mail?.rawValue, entry.need?.rawValue,
    ])
  }

  /// Takes out a contact that never was.
  func remove(contact day: Day, _ form: ContactForm, of mentorship: MentorshipID) throws {
    try db.cachedStatement(sql: "DELETE FROM history WHERE mentorship = ? AND what = 'met' AND day = ? AND form = ?")
      .execute(arguments: [mentorship.rawValue, day.text, form.rawValue])
  }

  /// The latest entries, in order, and how many there are before them.
  func latest(_ limit: Int, of mentorship: MentorshipID) throws -> (entries: [GetMentorship.Entry], earlier: Int) {
    let count =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM history WHERE mentorship = ?", arguments: [mentorship.rawValue]) ?? 0
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM history WHERE mentorship = ? ORDER BY number DESC LIMIT ?",
      arguments: [mentorship.rawValue, limit])
    let entries = try rows.reversed().map { row in
      GetMentorship.Entry(
        day: try row.storedDay("day"), what: try row.stored("what"), party: try row.storedIfAny("party"),
        form: try row.storedIfAny("form"), mail: try row.storedIfAny("mail"), need: try row.storedIfAny("need"))
    }
    return (entries, max(0, count - limit))
  }
}
