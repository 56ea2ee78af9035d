import Contracts
import GRDB
import ServiceRuntime
import Texts

extension FollowUp {
  static func getYearReport(_ query: GetYearReport, _ context: Context) throws -> GetYearReport.Reply {
    guard query.from <= query.to else { throw MentorshipRefusal.periodEndsBeforeItBegins(query.from, query.to) }
    let days: StatementArguments = ["from": query.from.text, "to": query.to.text]
    func count(_ sql: String) throws -> Count { Count(try Int.fetchOne(context.db, sql: sql, arguments: days) ?? 0) }
    /// The middle one; of an even number the lower of the two.
    func median(_ sql: String) throws -> Count? {
      let all = try Int.fetchAll(context.db, sql: sql, arguments: days)
      return all.isEmpty ? nil : Count(all[(all.count - 1) / 2])
    }
    func entries(_ what: GetMentorship.Entry.What) throws -> Count {
      try count("SELECT count(*) FROM history WHERE what = '\(what.rawValue)' AND day BETWEEN :from AND :to")
    }
    // Whoever ended and undid it has not ended.
    let ended = "SELECT max(number) FROM history WHERE what IN ('ended', 'undone') GROUP BY mentorship"
    let months = try Row.fetchAll(
      context.db,
      sql: """
        SELECT substr(day, 1, 7) || '-01' AS month, count(*) AS contacts, sum(form = 'in-person') AS meetings
        FROM contact WHERE day BETWEEN :from AND :to GROUP BY month ORDER BY month
        """, arguments: days)
    let work = try Row.fetchAll(
      context.db,
      sql: """
        SELECT kind, count(*) AS opened, count(closed) AS closed, sum(is_escalated) AS escalated
        FROM board_task WHERE opened BETWEEN :from AND :to GROUP BY kind ORDER BY opened DESC, kind
        """, arguments: days)
    return GetYearReport.Reply(
      from: query.from, to: query.to,
      pairs: try count(
        """
        SELECT count(*) FROM mentorship WHERE starts <= :to AND coalesce(
          (SELECT max(day) FROM history WHERE mentorship = id AND what = 'ended' AND state = 'ended'), ends) >= :from
        """),
      begun: try entries(.began), completed: try entries(.completed),
      endedEarly: try count(
        """
        SELECT count(*) FROM history
        WHERE number IN (\(ended)) AND what = 'ended' AND day BETWEEN :from AND :to
        """),
      agreements: try count(
        "SELECT count(DISTINCT mentorship) FROM history WHERE what = 'agreed' AND day BETWEEN :from AND :to"),
      contacts: try count("SELECT count(*) FROM contact WHERE day BETWEEN :from AND :to"),
      meetings: try count("SELECT count(*) FROM contact WHERE form = 'in-person' AND day BETWEEN :from AND :to"),
      daysToMatch: try median(
        """
        SELECT CAST(julianday(starts) - julianday(json_extract(course, '$.submitted')) AS INTEGER) AS days
        FROM mentorship WHERE starts BETWEEN :from AND :to AND json_extract(course, '$.submitted') IS NOT NULL
        ORDER BY days
        """),
      daysToFirstContact: try median(
        """
        SELECT CAST(julianday(min(day)) - julianday(starts) AS INTEGER) AS days
        FROM mentorship JOIN contact ON contact.mentorship = id
        WHERE starts BETWEEN :from AND :to GROUP BY id ORDER BY days
        """),
      daysToClose: try median(
        """
        SELECT CAST(julianday(closed) - julianday(opened) AS INTEGER) AS days
        FROM board_task WHERE closed BETWEEN :from AND :to ORDER BY days
        """),
      months: Bounded(
        try months.map { row in
          GetYearReport.Month(
            month: try row.storedDay("month"), contacts: Count(row["contacts"]), meetings: Count(row["meetings"]))
        }),
      surveys: Bounded(try Surveys(db: context.db).figures(from: query.from, to: query.to, today: context.today)),
      boardWork: Bounded(
        try work.map { row in
          GetYearReport.BoardWork(
            kind: try row.stored("kind"), opened: Count(row["opened"]), closed: Count(row["closed"]),
            escalated: Count(row["escalated"]))
        }))
  }
}
