import Contracts
import GRDB
import ServiceRuntime
import Store

extension Matching {
  private static let own = "mentor = :member OR adept = :member"

  /// Every table of the service, with what becomes of a person's rows.
  static let personalTables = [
    PersonalTable("profile", rows: "member = :member", .deleted),
    // Ids and days alone, for the statistics. The board's reason, what it covers, that a match is held, and who has
    // declined give away what the other has said in confidence.
    PersonalTable(
      "match", rows: own, .kept, confidential: ["reason", "decided", "open", "declined_by"],
      told: [
        "state": """
        CASE WHEN state = 'held' THEN iif(mentor = :member, 'accepted-by-mentor', 'accepted-by-adept')
        WHEN state IN ('declined', 'expired', 'withdrawn') THEN 'closed' ELSE state END
        """
      ]),
    // What the other may have asked, and what was never submitted.
    PersonalTable("not_again", rows: own, .deleted, withheld: "true"),
    PersonalTable("returning_adept", rows: "adept = :member", .deleted),
    PersonalTable("resting_adept", rows: "adept = :member", .deleted),
    PersonalTable("plan_pair", rows: own, .deleted, withheld: "true"),
    PersonalTable("plan_forbidden", rows: own, .deleted, withheld: "true"),
    PersonalTable(
      "plan_line", rows: "\(own) OR instr(body, '\"' || :member || '\"') > 0", .deleted, withheld: "true"),
    PersonalTable(
      "plan_score", rows: "adept = :member OR instr(' ' || scores, ' ' || :member || '=') > 0", .deleted,
      withheld: "true"),
    PersonalTable(impersonal: "plan"),
    PersonalTable(impersonal: "score_weights"),
  ]

  /// What still waits for the person's answer comes to nothing.
  static func endMatches(of member: MemberID, _ context: Context) throws {
    let open = try String.fetchAll(
      context.db,
      sql: """
        SELECT id FROM match WHERE (mentor = ?1 OR adept = ?1)
          AND state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'held')
        """, arguments: [member.rawValue])
    for id in open { _ = try withdrawMatch(WithdrawMatch(match: MatchID(unchecked: id)), context) }
  }
}
