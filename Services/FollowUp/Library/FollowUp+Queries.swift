import Contracts
import GRDB
import ServiceRuntime
import Texts

extension FollowUp {
  static func listMentorships(_ query: ListMentorships, _ context: Context) throws -> ListMentorships.Reply {
    let size = Bounded<ListMentorships.Item>.maximum
    let after = try query.after.map(number) ?? 0
    let rows = try Row.fetchAll(
      context.db.cachedStatement(
        sql: """
          SELECT mentorship.*, count(day) AS contacts, max(day) AS latest_contact
          FROM mentorship LEFT JOIN contact ON contact.mentorship = id
          WHERE number > ?1 AND (?2 IS NULL OR state = ?2) GROUP BY number ORDER BY number LIMIT ?3
          """),
      arguments: [after, query.state?.rawValue, size + 1])
    let items = try rows.prefix(size).map { row in
      let mentorship = try Mentorship(row)
      return ListMentorships.Item(
        mentorship: mentorship.id, mentor: mentorship.pair.mentor, adept: mentorship.pair.adept,
        state: mentorship.state, starts: mentorship.year.starts, ends: mentorship.year.ends,
        contacts: Count(row["contacts"]), latestContact: mentorship.latestContact,
        reminders: Count(mentorship.reminders))
    }
    let next = rows.count > size ? PageToken(unchecked: "\(rows[size - 1]["number"] as Int64)") : nil
    return ListMentorships.Reply(mentorships: Bounded(items), next: next)
  }

  static func getProgrammeReport(_: GetProgrammeReport, _ context: Context) throws -> GetProgrammeReport.Reply {
    func count(_ table: String, where condition: String = "true") throws -> Count {
      Count(try Int.fetchOne(context.db, sql: "SELECT count(*) FROM \(table) WHERE \(condition)") ?? 0)
    }
    let told = try Row.fetchAll(context.db, sql: "SELECT kind, tasks FROM told ORDER BY kind").map { row in
      GetProgrammeReport.Tally(kind: try row.stored("kind"), tasks: Count(row["tasks"]))
    }
    return GetProgrammeReport.Reply(
      mentorships: try count("mentorship"),
      running: try count("mentorship", where: "state IN ('started', 'agreed', 'closing')"),
      completed: try count("mentorship", where: "state = 'completed'"),
      endedEarly: try count("mentorship", where: "state = 'ended'"), contacts: try count("contact"),
      meetingsInPerson: try count("contact", where: "form = 'in-person'"),
      agreements: try count("mentorship", where: "agreed IS NOT NULL"), tasks: Bounded(told))
  }

  private static func number(_ token: PageToken) throws -> Int64 {
    guard let number = Int64(token.rawValue) else {
      throw RequestRefusal.malformed(field: "after", reason: "must be the next of an earlier page")
    }
    return number
  }
}
