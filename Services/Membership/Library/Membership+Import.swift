import Contracts
import Messaging
import Register
import ServiceRuntime
import Texts

extension Membership {
  /// So many parts, of a hundred rows at most, has a file.
  static let maximumParts = 1000

  /// An upload and its report hold what people wrote about others, so they are gone after a day.
  static let forgetKind = DueKind<ImportID>("forget-import")
  private static let keptFor = Duration.seconds(24 * 60 * 60)

  static func stageImportRows(
    _ command: StageImportRows, _ context: Context
  ) throws -> StageImportRows.Reply {
    let imports = ImportTable(db: context.db)
    guard command.part.rawValue <= maximumParts else {
      throw MembershipRefusal.tooManyParts(number: command.part.rawValue, maximum: maximumParts)
    }
    switch try imports.state(command.importId) {
    case .written: throw MembershipRefusal.importWritten(command.importId)
    case .underWay: throw MembershipRefusal.importUnderWay(command.importId)
    case .staged, nil: break
    }
    let rows = command.rows.elements
    try imports.stage(command.importId, part: command.part, rows)
    try forgetTomorrow(command.importId, context)
    return StageImportRows.Reply(rows: Count(rows.count))
  }

  /// A short file is gone through at once. A longer one goes on by itself, part by part.
  static func commitImport(_ command: CommitImport, _ context: Context) throws -> CommitImport.Reply {
    let imports = ImportTable(db: context.db)
    try checkComplete(command, imports)
    let id = command.importId
    var run = ImportRun(command, by: context.principal, context.language)
    try imports.keep(id, run)
    if run.isShort {
      while !run.isOver { run = try goThrough(id, run, context) }
    } else {
      try context.plan(goThroughKind, key: id.rawValue, at: .atOnce, id)
    }
    try forgetTomorrow(id, context)
    return run.reply(id)
  }

  /// Work that goes through the next part of an import.
  static let goThroughKind = DueKind<ImportID>("go-through-import")

  static func goThroughImport(_ id: ImportID, _ context: Context) throws {
    // Nil where it has been forgotten meanwhile.
    guard case .underWay(let run)? = try ImportTable(db: context.db).state(id) else { return }
    let principal = Principal(id: run.principal, role: run.role, memberID: run.member)
    if try !goThrough(id, run, context.acting(for: principal, run.language)).isOver {
      try context.plan(goThroughKind, key: id.rawValue, at: .atOnce, id)
    }
  }

  private static func goThrough(_ id: ImportID, _ run: ImportRun, _ context: Context) throws -> ImportRun {
    let imports = ImportTable(db: context.db)
    let members = MemberTable(db: context.db)
    let rows = try imports.rows(id, part: run.next)
    let plan = try ImportPlan(
      rows, columns: Set(run.columns),
      ImportPlan.Known(
        members: try members.with(rows.compactMap(Registration.email(of:))), repeats: imports.noteAddresses(id, rows)),
      rules: try RuleTable(db: context.db).rules(), today: context.today, seesProtected: context.seesProtected,
      seesConfidences: context.seesConfidences(of:), newID: { MemberID(unchecked: context.newID("m")) },
      resolve: members.known)
    if run.isWriting { try write(plan, members, context) }
    try imports.add(id, plan.faults)
    if run.mode == .dryRun {
      try imports.add(id, plan.outcomes.filter { !$0.isUnchanged }.map { $0.account(context.language) })
    }
    var run = run
    run.note(plan)
    try imports.keep(id, run)
    if run.hasWritten { try imports.markWritten(id) }
    return run
  }

  static func getImport(_ query: GetImport, _ context: Context) throws -> CommitImport.Reply {
    let imports = ImportTable(db: context.db)
    try checkOwn(query.importId, imports, context)
    guard let run = try imports.run(query.importId) else { throw MembershipRefusal.unknownImport(query.importId) }
    return run.reply(query.importId)
  }

  private static func checkComplete(_ command: CommitImport, _ imports: ImportTable) throws {
    switch try imports.state(command.importId) {
    case nil: throw MembershipRefusal.unknownImport(command.importId)
    case .written: throw MembershipRefusal.importWritten(command.importId)
    case .underWay: throw MembershipRefusal.importUnderWay(command.importId)
    case .staged: break
    }
    let count = command.parts.rawValue
    let parts = try imports.parts(command.importId)
    // In order and each once, so the first that is not its own place shows the gap.
    let missing = parts.enumerated().first { $0.element != $0.offset + 1 }.map { $0.offset + 1 } ?? parts.count + 1
    if missing <= count { throw MembershipRefusal.partMissing(number: missing, of: count) }
    if let last = parts.last, last > count { throw MembershipRefusal.partBeyond(number: last, of: count) }
  }

  private static func write(_ plan: ImportPlan, _ members: MemberTable, _ context: Context) throws {
    // The changed first: those who are new are then found in what they name.
    for row in plan.changed { try write(row.after, before: row.before!, members, context) }
    try enter(plan.registered, members, context)
  }

  /// What became of an import tells whoever committed it what they may know, and somebody else perhaps more.
  private static func checkOwn(_ id: ImportID, _ imports: ImportTable, _ context: Context) throws {
    guard try imports.state(id) != nil, try imports.run(id).map({ $0.principal == context.principal.id }) ?? true else {
      throw MembershipRefusal.unknownImport(id)
    }
  }

  static func getImportReport(
    _ query: GetImportReport, _ context: Context
  ) throws -> GetImportReport.Reply {
    let imports = ImportTable(db: context.db)
    try checkOwn(query.importId, imports, context)
    let page = try imports.faults(
      query.importId, after: query.after.rawValue, limit: Bounded<GetImportReport.Fault>.maximum)
    let language = context.language
    return GetImportReport.Reply(
      faults: Bounded(
        page.map {
          GetImportReport.Fault(
            line: $0.line, column: Sentence($0.fault.column.title[language]),
            code: Code(unchecked: $0.fault.code), reason: Sentence($0.fault.reason[language]))
        }),
      total: Count(try imports.countFaults(query.importId)))
  }

  static func getImportAccount(_ query: GetImportAccount, _ context: Context) throws -> GetImportAccount.Reply {
    let imports = ImportTable(db: context.db)
    try checkOwn(query.importId, imports, context)
    let (items, total) = try imports.account(
      query.importId, after: query.after.rawValue, limit: Bounded<GetImportAccount.Item>.maximum)
    return GetImportAccount.Reply(items: Bounded(items), total: Count(total))
  }

  /// One that is under way is left to come to its end, also where the service was down for a day in the middle of it.
  static func forgetImport(_ id: ImportID, _ context: Context) throws {
    let imports = ImportTable(db: context.db)
    if case .underWay? = try imports.state(id) { return try forgetTomorrow(id, context.atPresent) }
    try imports.forget(id)
  }

  private static func forgetTomorrow(_ id: ImportID, _ context: Context) throws {
    try context.plan(forgetKind, key: id.rawValue, at: context.now + keptFor, id)
  }
}

extension ImportPlan.Outcome {
  /// What the row would change, column by column; of somebody new, nothing but who it is.
  fileprivate func account(_ language: Language) -> GetImportAccount.Item {
    var changes: [GetImportAccount.Change] = []
    if let before {
      let (old, new) = (before.draft.row(language: language), after.draft.row(language: language))
      for column in RegisterColumn.allCases where old[column] != new[column] {
        changes.append(
          GetImportAccount.Change(
            column: Sentence(column.title[language]), from: old[column].map { Sentence($0.rawValue) },
            to: new[column].map { Sentence($0.rawValue) }))
      }
    }
    return GetImportAccount.Item(
      line: line, name: after.draft.name, member: before?.id, changes: Bounded(changes))
  }
}
