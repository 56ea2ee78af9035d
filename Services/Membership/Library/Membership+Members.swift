import Contracts
import Foundation
import Messaging
import Register
import ServiceRuntime
import Texts

extension Membership {
  static func listMembers(_ query: ListMembers, _ context: Context) throws -> ListMembers.Reply {
    let limit = Bounded<MemberSummary>.maximum
    let found = try MemberSearch(query, seesProtected: context.seesProtected)
      .page(context.db, after: try page(query.after), limit: limit + 1)
    let shown = found.prefix(limit)
    try context.noteRead(ListMembers.type, of: nil)
    return ListMembers.Reply(
      members: Bounded(shown),
      next: found.count > limit ? shown.last.map { MemberPage(after: $0.name, $0.id).token } : nil)
  }

  private static func page(_ token: PageToken?) throws -> MemberPage? {
    try token.map { token in
      guard let page = MemberPage(token) else { throw MembershipRefusal.wrongPage }
      return page
    }
  }

  static func getMember(_ query: GetMember, _ context: Context) throws -> GetMember.Reply {
    let text = query.member.rawValue.trimmingCharacters(in: .whitespaces)
    let members = MemberTable(db: context.db)
    guard let member = try members.find(text) else { throw MembershipRefusal.unknownMember(text) }
    try context.noteRead(GetMember.type, of: member.id.rawValue)
    return GetMember.Reply(
      member: member.summary.shown(seesProtected: context.seesProtected),
      row: try row(of: member, members, context), addressFails: try addressFault(of: member.id, context))
  }

  /// All that the register holds of a member and the caller may see.
  private static func row(of member: Member, _ members: MemberTable, _ context: Context) throws -> ImportRow {
    var row = try member.draft.row(language: context.language) { reference in
      guard case .member(let id) = reference else { return reference.text }
      return try members.email(of: id, seesProtected: context.seesProtected) ?? id.rawValue
    }
    if member.isProtected && !context.seesProtected {
      for column in RegisterColumn.locating { row[column] = nil }
    }
    if !context.seesConfidences(of: member.id) {
      for column in RegisterColumn.confidences { row[column] = nil }
    }
    if context.principal.role == .viewer {
      for column in RegisterColumn.confidential { row[column] = nil }
    }
    return row
  }

  static func exportMembers(_ query: ExportMembers, _ context: Context) throws -> ExportMembers.Reply {
    let members = MemberTable(db: context.db)
    let limit = Bounded<ImportRow>.maximum
    let found = try members.page(after: try page(query.after), limit: limit + 1)
    var rows: [ImportRow] = []
    var hidden = 0
    var bytes = 0
    var last: Member?
    for member in found.prefix(limit) {
      if member.isProtected && !context.seesProtected {
        hidden += 1
      } else {
        var row = try row(of: member, members, context)
        // All or nothing, so that no cell of a file that comes back is taken for one that was emptied.
        if context.principal.memberID != nil { for column in RegisterColumn.confidences { row[column] = nil } }
        // As much as an envelope takes, however JSON escapes it.
        bytes += row.bytes
        if bytes > 100_000, last != nil { break }
        rows.append(row)
      }
      last = member
    }
    try context.noteRead(ExportMembers.type, of: nil)
    let isLast = found.count <= limit && last?.id == found.last?.id
    return ExportMembers.Reply(
      rows: Bounded(rows), next: isLast ? nil : last.map { MemberPage(after: $0.draft.name, $0.id).token },
      hidden: Count(hidden))
  }

  /// Everybody as they stand in the register, for those who have heard of a later one.
  static func tellAll(_ context: Context) throws {
    for member in try MemberTable(db: context.db).all() where member.isTold {
      try context.emit(MemberChanged(profile: member.profile), key: member.id.rawValue)
      try context.emit(member.address, key: member.id.rawValue)
    }
  }
}

extension Context {
  /// Whether the caller sees where those with protected identity live and are reached.
  var seesProtected: Bool { principal.role == .chair }

  /// Whether the caller sees what a member has said in confidence: nobody who takes part themselves sees it of others.
  func seesConfidences(of member: MemberID) -> Bool { principal.memberID.map { $0 == member.rawValue } ?? true }
}

extension Member {
  var summary: MemberSummary {
    MemberSummary(
      id: id, name: draft.name, email: draft.email, language: draft.language, kommun: draft.kommun,
      organisationNumber: draft.organisationNumber, role: draft.role, capacity: draft.capacity,
      years: draft.years, topics: Bounded(draft.topics), status: status, isProtected: isProtected ? true : nil)
  }
}
