import Contracts
import Messaging
import Register
import ServiceRuntime
import Texts

extension Membership {
  static let resumeKind = DueKind<MemberID>("resume-member")

  static func registerMember(_ command: RegisterMember, _ context: Context) throws -> MemberStandingReply {
    let members = MemberTable(db: context.db)
    let draft = try checked(command.row)
    if let known = try members.id(ofEmail: draft.email.key) {
      throw MembershipRefusal.alreadyRegistered(draft.email.rawValue, known)
    }
    let new = Member(
      id: MemberID(unchecked: context.newID("m")), draft, today: context.today, newStatus: .applied)
    let member = try resolved(new, before: nil, members, context)
    try enter([member], members, context)
    return standing(member)
  }

  static func changeMember(_ command: ChangeMember, _ context: Context) throws -> MemberStandingReply {
    let members = MemberTable(db: context.db)
    let before = try found(command.member, members)
    let cleared = Set(command.clears?.elements ?? [])
    let given = RegisterColumn.allCases.filter { command.row[$0] != nil || cleared.contains($0) }
    let draft = try checked(command.row.keeping(Set(given), of: before.draft.row()))
    if let other = try members.id(ofEmail: draft.email.key), other != before.id {
      throw MembershipRefusal.addressTaken(draft.email.rawValue)
    }
    let after = try resolved(
      Member(id: before.id, draft, before: before, today: context.today), before: before, members, context)
    try write(after, before: before, members, context)
    if after.draft.email.key != before.draft.email.key { try tellNamers(of: [after], members, context) }
    return standing(after)
  }

  static func moveMember(_ command: MoveMember, _ context: Context) throws -> MemberStandingReply {
    let members = MemberTable(db: context.db)
    let before = try found(command.member, members)
    let after = try before.after(command, RuleTable(db: context.db).rules(), today: context.today)
    try write(after, before: before, members, context)
    return standing(after)
  }

  /// The pause is over: unless it was moved meanwhile, the member is active again.
  static func resumeMember(_ id: MemberID, _ context: Context) throws {
    let members = MemberTable(db: context.db)
    guard let before = try members.find(id.rawValue), before.status == .paused,
      let until = before.draft.pausedUntil, until <= context.today
    else { return }
    let after = try before.after(
      MoveMember(member: id, step: .resume), RuleTable(db: context.db).rules(), today: context.today)
    try write(after, before: before, members, context)
  }

  // MARK: Check

  private static func checked(_ row: ImportRow) throws -> MemberDraft {
    let registration = Registration(row)
    guard let draft = registration.draft else { throw MembershipRefusal.faults(registration.faults) }
    return draft
  }

  private static func found(_ id: MemberID, _ members: MemberTable) throws -> Member {
    guard let member = try members.find(id.rawValue) else { throw MembershipRefusal.unknownMember(id.rawValue) }
    return member
  }

  private static func resolved(
    _ member: Member, before: Member?, _ members: MemberTable, _ context: Context
  ) throws -> Member {
    if before?.isProtected == true, !member.isProtected, !context.seesProtected {
      throw MembershipRefusal.protectedByChair
    }
    let (member, unknown) = try member.resolved(members.known)
    let faults = unknown + member.faults(try RuleTable(db: context.db).rules(), before: before, today: context.today)
    guard faults.isEmpty else { throw MembershipRefusal.faults(faults) }
    return member
  }

  private static func standing(_ member: Member) -> MemberStandingReply {
    MemberStandingReply(member: member.id, status: member.status, until: member.draft.pausedUntil)
  }

  // MARK: Write and tell

  /// Enters people who are new.
  static func enter(_ new: [Member], _ members: MemberTable, _ context: Context) throws {
    for member in new {
      try members.insert(member, at: context.now, by: context.principal.id)
      try tell(member, before: nil, context)
      try schedule(member, before: nil, context)
    }
    try tellNamers(of: new, members, context)
  }

  static func write(_ member: Member, before: Member, _ members: MemberTable, _ context: Context) throws {
    guard member != before else { return }
    try members.update(member, before: before, at: context.now, by: context.principal.id)
    try tell(member, before: before, context)
    try schedule(member, before: before, context)
  }

  /// Tells matching and notification what is new to them: nothing of somebody who has only applied.
  private static func tell(_ member: Member, before: Member?, _ context: Context) throws {
    guard member.isTold else { return }
    let key = member.id.rawValue
    guard let before, before.isTold else {
      try context.emit(MemberRegistered(profile: member.profile), key: key)
      try context.emit(member.address, key: key)
      return
    }
    if member.profile != before.profile { try context.emit(MemberChanged(profile: member.profile), key: key) }
    if member.draft.email.wire != before.draft.email.wire { try forgetAddressFailure(member.id, context) }
    if !member.draft.isWrittenTo(like: before.draft) || member.isProtected != before.isProtected
      || member.status != before.status
    {
      try context.emit(member.address, key: key)
    }
  }

  /// Tells of those who have named one of these by address, now that it is somebody's in the register.
  private static func tellNamers(of new: [Member], _ members: MemberTable, _ context: Context) throws {
    var namers: Set<MemberID> = []
    for member in new { namers.formUnion(try members.resolve(member)) }
    for id in namers.subtracting(new.map(\.id)).sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let namer = try members.find(id.rawValue), namer.isTold else { continue }
      try context.emit(MemberChanged(profile: namer.profile), key: id.rawValue)
    }
  }

  private static func schedule(_ member: Member, before: Member?, _ context: Context) throws {
    let key = member.id.rawValue
    if let until = member.draft.pausedUntil {
      try context.plan(resumeKind, key: key, at: until.at(hour: 0), member.id)
    } else if before?.draft.pausedUntil != nil {
      try context.cancel(resumeKind, key: key)
    }
    if member.isGone || before?.isGone == true {
      try scheduleErasure(member, try RuleTable(db: context.db).rules(), context)
    }
  }

  private static func scheduleErasure(_ member: Member, _ rules: RegisterRules, _ context: Context) throws {
    let key = member.id.rawValue
    if let day = member.erasedOn(rules) {
      // In the small hours: it holds up the service for as long as its file is rewritten.
      try context.plan(retentionKind, key: key, at: day.at(hour: 3), member.id)
    } else {
      try context.cancel(retentionKind, key: key)
    }
  }

  static func setRules(_ command: SetRegisterRules, _ context: Context) throws -> GetRegisterRules.Reply {
    try RuleTable(db: context.db).keep(command.rules)
    for member in try MemberTable(db: context.db).all() where member.erasedOn(command.rules) != nil {
      try scheduleErasure(member, command.rules, context)
    }
    return GetRegisterRules.Reply(rules: command.rules)
  }
}
