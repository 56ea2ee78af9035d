import Contracts
import GRDB
import ServiceRuntime
import Store

extension Matching {
  private static let own = "mentor = :member OR adept = :member"

  /// Every table of the service, with what becomes of a person's rows.
  static let personalTables = [
    PersonalTable("profile", rows: "member = :member", .deleted),
    // Ids and days alone, for the statistics. The board's reason, and which rules it covers, may give away what the
    // other has said in confidence.
    PersonalTable(
      "match", rows: own, .kept, confidential: ["reason", "decided_rules", "open_rules"]),
    // What the other may have asked, and what was never submitted.
    PersonalTable("not_again", rows: own, .deleted, confidential: ["mentor", "adept"]),
    PersonalTable("returning_adept", rows: "adept = :member", .deleted),
    PersonalTable(
      "plan_pair", rows: own, .deleted, confidential: ["adept", "mentor", "score", "is_locked", "is_dropped"]),
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
