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
    let items = try rows.prefix(size).map { try item($0, context) }
    let next = rows.count > size ? PageToken(unchecked: "\(rows[size - 1]["number"] as Int64)") : nil
    return ListMentorships.Reply(mentorships: Bounded(items), next: next)
  }

  private static func item(_ row: Row, _ context: Context) throws -> ListMentorships.Item {
    let mentorship = try Mentorship(row)
    var item = ListMentorships.Item(
      mentorship: mentorship.id, mentor: mentorship.pair.mentor, adept: mentorship.pair.adept,
      state: mentorship.state, starts: mentorship.year.starts, ends: mentorship.year.ends,
      contacts: Count(row["contacts"]), latestContact: mentorship.latestContact,
      reminders: Count(mentorship.reminders))
    item.health = mentorship.health(on: context.today)
    // What an ending leaves behind of it is there for the undoing.
    item.rest = mentorship.state.isRunning ? mentorship.course.hold?.rest : nil
    item.everyWeeks = mentorship.course.agreement?.everyWeeks
    return item
  }

  static func getMentorship(_ query: GetMentorship, _ context: Context) throws -> GetMentorship.Reply {
    let mentorship = try find(query.mentorship, context)
    for party in [mentorship.pair.mentor, mentorship.pair.adept] {
      try context.noteRead(GetMentorship.type, of: party.rawValue)
    }
    let row = try Row.fetchOne(
      context.db,
      sql: """
        SELECT mentorship.*, count(day) AS contacts, max(day) AS latest_contact
        FROM mentorship LEFT JOIN contact ON contact.mentorship = id WHERE id = ? GROUP BY number
        """, arguments: [query.mentorship.rawValue])!
    var (entries, earlier) = try History(db: context.db).latest(90, of: mentorship.id)
    if let (_, day) = MentorshipStep.next(of: mentorship) {
      entries.append(.init(day: max(day, context.today), what: .planned))
    }
    let agreement = mentorship.course.agreement
    var reply = GetMentorship.Reply(
      mentorship: try item(row, context), today: context.today, topics: Bounded(agreement?.topics ?? []),
      direction: agreement?.direction, halfWay: mentorship.year.halfWay, closingTalk: mentorship.year.closingTalk,
      entries: Bounded(entries), earlier: Count(earlier))
    if [.chair, .coordinator].contains(context.principal.role) {
      if mentorship.state == .ended {
        reply.endedBy = try row.storedIfAny("ended_by")
        reply.endReason = try row.storedIfAny("end_reason")
      }
      if mentorship.course.hold?.rest == .suspended { reply.suspendReason = try row.storedIfAny("suspend_reason") }
    }
    return reply
  }

  static func listBoardTasks(_ query: ListBoardTasks, _ context: Context) throws -> ListBoardTasks.Reply {
    let size = Bounded<ListBoardTasks.Item>.maximum
    let after = try query.after.map(number) ?? 0
    // Nobody sees that the rule has found something about their own pair, nor about one of whom nothing is known here any
    // more, which may have been theirs.
    let rows = try Row.fetchAll(
      context.db,
      sql: """
        SELECT board_task.*, coalesce(mentorship.mentor, invitation.mentor) AS mentor,
          coalesce(mentorship.adept, invitation.adept) AS adept, conflict.outcome
        FROM board_task LEFT JOIN mentorship ON mentorship.id = board_task.mentorship
          LEFT JOIN invitation ON invitation.match = board_task.mentorship
          LEFT JOIN conflict ON conflict.match = board_task.mentorship AND kind IN ('conflict', 'match-held')
        WHERE (:closed OR closed IS NULL) AND NOT (
          :own IS NOT NULL AND kind IN ('conflict', 'match-held')
          AND (coalesce(mentorship.id, invitation.match) IS NULL
            OR coalesce(:own IN (mentorship.mentor, mentorship.adept, invitation.mentor, invitation.adept), false)))
        ORDER BY closed IS NOT NULL, due, board_task.number LIMIT :limit OFFSET :after
        """,
      arguments: [
        "closed": query.includeClosed ?? false, "own": context.principal.memberID, "limit": size + 1, "after": after,
      ])
    let items = try rows.prefix(size).map { row in
      let task = try BoardTask(row)
      return ListBoardTasks.Item(
        task: task.id, kind: task.kind, mentorship: task.mentorship, mentor: try row.storedIfAny("mentor"),
        adept: try row.storedIfAny("adept"), about: task.about, opened: task.opened, due: task.due,
        owner: Attribute(unchecked: task.owner), isEscalated: task.isEscalated, closed: task.closed,
        outcome: try task.closed == nil ? row.storedIfAny("outcome") : nil)
    }
    return ListBoardTasks.Reply(
      tasks: Bounded(items), next: rows.count > size ? PageToken(unchecked: "\(after + Int64(size))") : nil)
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
      throw RequestRefusal.malformed(
        field: "after", accepts: Phrase(sv: "det next som sidan före gav", en: "the next of the page before"))
    }
    return number
  }
}
