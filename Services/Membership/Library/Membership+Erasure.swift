import Contracts
import GRDB
import Messaging
import ServiceRuntime
import Store
import Texts

extension Membership {
  /// Every table of the service, with what becomes of a person's rows.
  static let personalTables = [
    PersonalTable(
      "member", rows: "id = :member", .deleted,
      identity: ["name", "email", "email_key", "phone", "name_folded", "search"]),
    // What others say of the person is theirs, and said in confidence: erased with the person, told to nobody.
    PersonalTable("naming", rows: "member = :member", .deleted),
    PersonalTable("lawful_basis", rows: "member = :member", .deleted),
    PersonalTable("address_failure", rows: "member = :member", .deleted),
    PersonalTable(
      "former_identity", rows: "member = :member", .deleted, identity: ["name", "email", "phone"]),
    PersonalTable("erasure", rows: "member = :member", .kept),
    PersonalTable(impersonal: "erasure_answer"),
    PersonalTable(impersonal: "rule"),
    // Drafts are gone after a day, and those that name somebody at once: see `besides`.
    PersonalTable(impersonal: "import"), PersonalTable(impersonal: "import_part"),
    PersonalTable(impersonal: "import_fault"), PersonalTable(impersonal: "import_outcome"),
    PersonalTable(impersonal: "import_address"),
  ]

  static func personalData(_ options: ServiceOptions) -> PersonalData {
    PersonalData(.membership, personalTables, options) { db, member, marks in
      try ImportTable(db: db).forgetAll(naming: marks)
      try db.execute(sql: "DELETE FROM naming WHERE reference = ?", arguments: [member.rawValue])
      return db.changesCount == 0 ? [:] : ["naming": db.changesCount]
    }
  }

  /// Work that erases somebody whose time is out.
  static let retentionKind = DueKind<MemberID>("erase-after-leaving")

  static func eraseMember(_ command: EraseMember, _ data: PersonalData, _ context: Context) throws -> GetErasure.Reply {
    // It may be about to write the person again.
    if try ImportTable(db: context.db).isAnyUnderWay() { throw MembershipRefusal.erasureWaits }
    try erase(command.member, data, context)
    return try getErasure(GetErasure(member: command.member), context)
  }

  static func getErasure(_ query: GetErasure, _ context: Context) throws -> GetErasure.Reply {
    guard let reply = try ErasureTable(db: context.db).find(query.member) else {
      throw MembershipRefusal.noErasure(query.member)
    }
    return reply
  }

  /// Erases here, and has the others erase; a second time asks those again who have not answered.
  private static func erase(_ id: MemberID, _ data: PersonalData, _ context: Context) throws {
    let members = MemberTable(db: context.db)
    let erasures = ErasureTable(db: context.db)
    if let begun = try erasures.find(id) {
      guard let entry = try data.list.entries().last(where: { $0.member == id.rawValue }) else { return }
      if !begun.awaited.elements.isEmpty { try context.emit(entry.task, key: id.rawValue) }
      return
    }
    guard let member = try members.find(id.rawValue) else { throw MembershipRefusal.unknownMember(id.rawValue) }
    let known = try members.identities(of: member)
    let entry = ErasureList.Entry(
      erasure: context.newID("e"), member: id.rawValue, Marks(texts: known.texts, numbers: known.numbers))
    try begin(entry, data, members, context)
  }

  private static func begin(
    _ entry: ErasureList.Entry, _ data: PersonalData, _ members: MemberTable, _ context: Context
  ) throws {
    let id = MemberID(unchecked: entry.member)
    let namers = try members.namers(of: id)
    try ErasureTable(db: context.db).begin(entry, at: context.now, by: context.principal.id)
    try context.cancel(resumeKind, key: id.rawValue)
    try context.cancel(retentionKind, key: id.rawValue)
    // First, since it ends whatever of the person's still waits to be sent.
    try context.erase(entry, data)
    try context.emit(entry.task, key: id.rawValue)
    for namer in namers {
      guard let namer = try members.find(namer.rawValue), namer.isTold else { continue }
      try context.emit(MemberChanged(profile: namer.profile), key: namer.id.rawValue)
    }
  }

  /// A service has erased; for membership itself, once its files are clean.
  static func noteForgotten(_ report: ErasureReport, _ context: Context) throws {
    let erasures = ErasureTable(db: context.db)
    try erasures.answer(report)
    // What asked the others holds the key beside the hashes, by which somebody could try names. Nobody needs it any more:
    // a service that is restored has a list of its own.
    if try erasures.find(report.member)?.awaited.elements.isEmpty == true {
      try context.forgetSent(ForgetMember.type, key: report.member.rawValue)
    }
  }

  static func eraseAfterRetention(_ id: MemberID, _ data: PersonalData, _ context: Context) throws {
    guard let member = try MemberTable(db: context.db).find(id.rawValue),
      let day = member.erasedOn(try RuleTable(db: context.db).rules()), day <= context.today
    else { return }
    guard try !ImportTable(db: context.db).isAnyUnderWay() else {
      return try context.plan(retentionKind, key: id.rawValue, at: context.calendar + .seconds(60), id)
    }
    try context.noteDone(EraseMember.type, to: id.rawValue)
    try erase(id, data, context)
  }

  /// A restored store has lost what it knew of later erasures: the others are asked again, and answer again.
  static func eraseAgain(_ data: PersonalData, _ context: Context) throws {
    let erasures = ErasureTable(db: context.db)
    for entry in try data.list.entries() where try erasures.find(MemberID(unchecked: entry.member)) == nil {
      try begin(entry, data, MemberTable(db: context.db), context)
    }
  }
}

extension MemberStatus {
  static let gone: Set<MemberStatus> = [.declined, .withdrawn, .left]
}

extension Member {
  /// No member any more, or never one.
  var isGone: Bool { MemberStatus.gone.contains(status) }

  /// When somebody who is no member any more, or never became one, is erased; nil for all others.
  func erasedOn(_ rules: RegisterRules) -> Day? {
    guard isGone else { return nil }
    return since.adding(months: rules.retentionMonths.rawValue)
  }
}
