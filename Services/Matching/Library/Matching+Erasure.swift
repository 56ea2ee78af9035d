import Contracts
import GRDB
import ServiceRuntime
import Store

extension Matching {
  /// Every table of the service, with what becomes of a person's rows.
  static let personalTables = [
    PersonalTable("profile", rows: "member = :member", .deleted),
    // Ids and days alone, for the statistics. The board's reason may hold what the other has said in confidence.
    PersonalTable("match", rows: "mentor = :member OR adept = :member", .kept, confidential: ["reason"]),
  ]

  /// What still waits for the person's answer comes to nothing.
  static func endMatches(of member: MemberID, _ context: Context) throws {
    let open = try String.fetchAll(
      context.db,
      sql: """
        SELECT id FROM match WHERE (mentor = ?1 OR adept = ?1)
          AND state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept')
        """, arguments: [member.rawValue])
    for id in open { _ = try withdrawMatch(WithdrawMatch(match: MatchID(unchecked: id)), context) }
  }
}
