import Contracts
import GRDB
import ServiceRuntime

extension Membership {
  /// Mails to a member do not arrive: kept until the address is another. What was refused may be one that the member has
  /// left already.
  static func addressFailed(_ event: AddressFailed, _ context: Context) throws -> DeliveryOutcome {
    let known = try String.fetchOne(
      context.db.cachedStatement(sql: "SELECT email FROM member WHERE id = ?"), arguments: [event.member.rawValue])
    guard let known, event.address.map({ $0.wire == EmailAddress(unchecked: known).wire }) ?? true else { return .done }
    try context.db.cachedStatement(
      sql: """
        INSERT INTO address_failure (member, code, day) VALUES (?, ?, ?)
        ON CONFLICT (member) DO UPDATE SET code = excluded.code
        """
    ).execute(arguments: [event.member.rawValue, event.code.rawValue, event.day.text])
    return .done
  }

  /// What is known of mails to a member that do not arrive, and since when.
  static func addressFault(of member: MemberID, _ context: Context) throws -> GetMember.AddressFault? {
    try Row.fetchOne(
      context.db.cachedStatement(sql: "SELECT code, day FROM address_failure WHERE member = ?"),
      arguments: [member.rawValue]
    ).flatMap { row in
      Day(text: row["day"]).map { GetMember.AddressFault(code: Code(unchecked: row["code"]), since: $0) }
    }
  }

  /// The member has another address, of which nothing bad is known.
  static func forgetAddressFailure(_ member: MemberID, _ context: Context) throws {
    try context.db.cachedStatement(sql: "DELETE FROM address_failure WHERE member = ?")
      .execute(arguments: [member.rawValue])
  }
}
