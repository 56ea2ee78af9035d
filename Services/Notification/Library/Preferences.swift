import Contracts
import GRDB

/// What kinds of mail members have declined.
struct Preferences {
  let db: Database

  func hasDeclined(_ member: MemberID, _ kind: TellMember.Kind) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM declined WHERE member = ? AND kind = ?)"),
      arguments: [member.rawValue, kind.rawValue]) ?? false
  }

  func set(_ member: MemberID, _ kind: TellMember.Kind, isDeclined: Bool) throws {
    try db.cachedStatement(
      sql: isDeclined
        ? "INSERT OR IGNORE INTO declined (member, kind) VALUES (?, ?)"
        : "DELETE FROM declined WHERE member = ? AND kind = ?"
    ).execute(arguments: [member.rawValue, kind.rawValue])
  }
}
