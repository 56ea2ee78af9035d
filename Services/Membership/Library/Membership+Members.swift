import Contracts
import Foundation
import ServiceRuntime
import Texts

extension Membership {
  static func listMembers(_ query: ListMembers, _ context: Context) throws -> ListMembers.Reply {
    let page = try query.after.map { token in
      guard let page = MemberPage(token) else { throw MembershipRefusal.wrongPage }
      return page
    }
    let limit = Bounded<MemberSummary>.maximum
    let found = try MemberTable(db: context.db).page(
      after: page, search: query.search?.rawValue.trimmingCharacters(in: .whitespaces).folded,
      role: query.role, limit: limit + 1)
    let shown = found.prefix(limit)
    return ListMembers.Reply(
      members: Bounded(shown),
      next: found.count > limit ? shown.last.map { MemberPage(after: $0).token } : nil)
  }

  static func getMember(_ query: GetMember, _ context: Context) throws -> GetMember.Reply {
    let text = query.member.rawValue.trimmingCharacters(in: .whitespaces)
    guard let member = try MemberTable(db: context.db).find(text) else {
      throw MembershipRefusal.unknownMember(text)
    }
    return GetMember.Reply(member: member.summary)
  }

  /// Everybody as they stand in the register, for those who have heard of a later one.
  static func tellAll(_ context: Context) throws {
    for member in try MemberTable(db: context.db).all() {
      try context.emit(MemberChanged(profile: member.profile), key: member.id.rawValue)
      try context.emit(member.address, key: member.id.rawValue)
    }
  }
}
