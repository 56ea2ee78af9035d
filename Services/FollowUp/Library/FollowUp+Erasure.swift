import Contracts
import GRDB
import ServiceRuntime
import Store

extension FollowUp {
  private static let own = "mentor = :member OR adept = :member"

  /// Rows of the person's own, in tables that name a party of a mentorship.
  private static let theirs = """
    mentorship || party IN (SELECT id || 'mentor' FROM mentorship WHERE mentor = :member
      UNION SELECT id || 'adept' FROM mentorship WHERE adept = :member
      UNION SELECT match || 'mentor' FROM invitation WHERE mentor = :member
      UNION SELECT match || 'adept' FROM invitation WHERE adept = :member)
    """

  /// Every table of the service, with what becomes of a person's rows: they hold ids and days, which stay for the
  /// statistics, and texts, which are searched in any case.
  static let personalTables = [
    PersonalTable("invitation", rows: own, .kept),
    PersonalTable(
      "mentorship", rows: own, .kept, confidential: ["ended_by", "end_reason", "suspend_reason"],
      // What either has answered, asked of the board or ended, and what the competition rule has found.
      told: [
        "course": """
        json_remove(coalesce(course, '{}'), '$.checkIn', '$.helpAskedBy', '$.hasDisagreed', '$.silentSince', '$.ending',
          '$.hold', '$.interrupted', '$.hasConflict', '$.wantsNewMentor')
        """
      ]),
    PersonalTable("contact", rows: "mentorship IN (SELECT id FROM mentorship WHERE \(own))", .kept),
    // Nobody can answer any more, and what they thought of it goes with them.
    PersonalTable("token", rows: "question IN (SELECT number FROM question WHERE \(theirs))", .deleted),
    PersonalTable("question", rows: theirs, .deleted),
    // Nobody is to see who has answered what, the board neither, which makes the extract.
    PersonalTable("survey", rows: theirs, .deleted, confidential: ["rating", "day"]),
    // What the other has said and was told, and why the board was needed, is not theirs.
    PersonalTable(
      "history", rows: "mentorship IN (SELECT id FROM mentorship WHERE \(own))", .kept,
      withheld: "need IS NOT NULL OR party IS NOT NULL AND NOT (\(theirs))"),
    PersonalTable("board_task", rows: "about = :member", .kept, withheld: "kind IN ('conflict', 'match-held')"),
    PersonalTable("open_task", rows: "mentorship IN (SELECT id FROM mentorship WHERE \(own))", .kept),
    PersonalTable(impersonal: "told"),
    // That anything was found may give away what the other has said in confidence.
    PersonalTable(
      "conflict",
      rows: "match IN (SELECT id FROM mentorship WHERE \(own) UNION SELECT match FROM invitation WHERE \(own))", .kept,
      withheld: "true"),
    PersonalTable("tender_note", rows: "member = :member", .deleted),
  ]

  /// A year with somebody who is erased is over, and one that is over stays so. The other is told.
  static func endMentorships(of member: MemberID, _ context: Context) throws {
    _ = try closeBounces(of: member, context)
    let ids = try String.fetchAll(
      context.db, sql: "SELECT id FROM mentorship WHERE (mentor = ?1 OR adept = ?1) AND state <> 'completed'",
      arguments: [member.rawValue])
    for id in ids.map(MentorshipID.init(unchecked:)) {
      guard var mentorship = try Mentorship.find(context.db, id) else { continue }
      let gone: Party = mentorship.pair.mentor == member ? .mentor : .adept
      if mentorship.state.isRunning {
        try end(&mentorship, by: .board, tellNow: true, doNotMatchAgain: false, gone: gone, context)
      } else {
        mentorship.course.ending?.goes(gone)
        if gone == .adept { mentorship.course.wantsNewMentor = false }
        try saveAndPlan(mentorship, context)
      }
    }
  }
}
