import Contracts
import Messaging
import ServiceRuntime
import Texts

extension FollowUp {
  /// The day on which a task of the board's is overdue.
  static let boardTaskDue = DueKind<BoardTaskID>("board-task")
  /// The morning's digest, as long as anything is overdue.
  static let boardDigest = DueKind<Day>("board-digest")

  /// Opens a task for each need that has none, and closes those whose need is gone.
  static func reconcile(_ mentorship: Mentorship, _ context: Context) throws {
    let needs = mentorship.needs
    var known: [BoardTask] = []
    for task in try BoardTask.open(context.db, of: mentorship.id) {
      if mentorship.needs(task) { known.append(task) } else { try close(task, context) }
    }
    for need in BoardTaskKind.allCases where needs.contains(need) {
      // Each who asks for help is a task of their own.
      for about in mentorship.about(need)
      where !known.contains(where: { $0.kind == need && (need != .help || $0.about == about) }) {
        try openTask(need, of: mentorship.id, about: about, context)
      }
    }
  }

  static func openTask(
    _ kind: BoardTaskKind, of mentorship: MentorshipID, about: MemberID?, _ context: Context
  ) throws {
    let number = try BoardTask.count(context.db, kind, mentorship.rawValue) + 1
    let task = BoardTask(
      id: BoardTaskID(unchecked: "\(mentorship.rawValue)-\(kind.rawValue)-\(number)"), kind: kind,
      mentorship: mentorship, about: about, opened: context.today,
      due: context.today.adding(days: BoardTask.days(for: kind)), owner: BoardTask.firstOwner)
    try task.save(context.db)
    try History(db: context.db).add(.init(day: context.today, what: .needsBoard, need: kind), to: mentorship)
    try context.plan(boardTaskDue, key: task.id.rawValue, at: task.due.at(hour: hour), task.id)
    try tellBoard(.notice, task.id.rawValue, [task], more: 0, context)
  }

  static func close(_ task: BoardTask, _ context: Context) throws {
    var task = task
    task.closed = context.today
    try task.save(context.db)
    try context.cancel(boardTaskDue, key: task.id.rawValue)
    if let mentorship = task.mentorship {
      try History(db: context.db).add(.init(day: context.today, what: .boardDone, need: task.kind), to: mentorship)
    }
  }

  /// Once, when its day has passed; from the next morning on it stands in the digest.
  static func escalate(_ id: BoardTaskID, _ context: Context) throws {
    guard var task = try BoardTask.find(context.db, id), task.closed == nil, !task.isEscalated else { return }
    task.isEscalated = true
    try task.save(context.db)
    try tellBoard(.escalation, id.rawValue, [task], more: 0, context)
    try planDigest(context)
  }

  /// A morning that was missed is not made up for: the next digest says it all.
  static func tellDigest(_: Day, _ context: Context) throws {
    let limit = Bounded<TellBoard.Line>.maximum
    let (tasks, count) = try BoardTask.overdue(context.db, limit: limit)
    guard !tasks.isEmpty else { return }
    let today = Day(of: context.calendar)
    try tellBoard(.digest, "board-\(today.text)", tasks, more: max(0, count - limit), context)
    try planDigest(context)
  }

  private static func planDigest(_ context: Context) throws {
    let tomorrow = max(context.today, Day(of: context.calendar)).adding(days: 1)
    try context.plan(boardDigest, key: "", at: tomorrow.at(hour: hour), tomorrow)
  }

  private static func tellBoard(
    _ kind: TellBoard.Kind, _ name: String, _ tasks: [BoardTask], more: Int, _ context: Context
  ) throws {
    let lines = try tasks.map { task in
      let pair = try task.mentorship.flatMap { try Pair.find(context.db, $0) }
      let about = task.about ?? pair?.adept
      return TellBoard.Line(
        task: task.id, kind: task.kind, mentorship: task.mentorship, about: about,
        other: pair.map { $0.mentor == about ? $0.adept : $0.mentor }, due: task.due)
    }
    try context.emit(
      TellBoard(
        task: TaskID(unchecked: "\(name)-\(kind.rawValue)"), kind: kind, lines: Bounded(lines), more: Count(more)),
      key: "board", expires: context.now + .seconds((kind == .digest ? 1 : 14) * 24 * 3600))
  }

  // MARK: What the board says

  static func takeBoardTask(_ command: TakeBoardTask, _ context: Context) throws -> BoardTaskReply {
    var task = try findTask(command.task, context)
    task.owner = context.principal.id
    try task.save(context.db)
    return BoardTaskReply(task: task.id, isClosed: false)
  }

  static func closeBoardTask(_ command: CloseBoardTask, _ context: Context) throws -> BoardTaskReply {
    let task = try findTask(command.task, context)
    guard !task.kind.isOfMail, let id = task.mentorship,
      var mentorship = try Mentorship.find(context.db, id)
    else {
      try close(task, context)
      return BoardTaskReply(task: task.id, isClosed: true)
    }
    if task.kind == .conflict, let outcome = try Conflict.outcome(context.db, id.match),
      outcome == .boardDecides || mentorship.course.hold?.isForConflict == true
    {
      throw BoardTaskRefusal.undecided(id, outcome)
    }
    mentorship.settle(task)
    try saveAndPlan(mentorship, context)
    return BoardTaskReply(task: task.id, isClosed: true)
  }

  private static func findTask(_ id: BoardTaskID, _ context: Context) throws -> BoardTask {
    guard let task = try BoardTask.find(context.db, id) else { throw BoardTaskRefusal.unknown(id) }
    if let closed = task.closed { throw BoardTaskRefusal.closed(id, closed) }
    if let id = task.mentorship, let pair = try Pair.find(context.db, id), pair.has(context.principal.memberID) {
      throw MentorshipRefusal.ownPair
    }
    return task
  }

  /// Somebody was not reached: without a person nobody would know. An invitation is about a match that is no mentorship
  /// yet, and may never be one.
  static func mailFailed(_ event: MailFailed, _ context: Context) throws -> DeliveryOutcome {
    guard let member = event.member,
      let pair = try event.mentorship ?? Mentorship.latest(context.db, of: member)?.id,
      // Once it is over, nobody is to be asked any more.
      try Mentorship.find(context.db, pair)?.state.isRunning ?? true
    else { return .done }
    let isOfAddress = [MailReason.addressRefused, .lettersRefused].map(\.code).contains(event.code.rawValue)
    let kind = isOfAddress ? BoardTaskKind.mailBounces : .mailFails
    guard try !BoardTask.open(context.db, kind, about: member).contains(where: { $0.mentorship == pair }) else {
      return .done
    }
    try openTask(kind, of: pair, about: member, context)
    return .done
  }

  /// They are written to at another address from now on, or not at all.
  static func closeBounces(of member: MemberID, _ context: Context) throws -> DeliveryOutcome {
    for task in try BoardTask.open(context.db, .mailBounces, about: member) { try close(task, context) }
    return .done
  }
}

extension BoardTaskKind {
  /// It is about somebody's mail, and no need of a mentorship's.
  var isOfMail: Bool { self == .mailBounces || self == .mailFails }
}

extension Mentorship {
  /// Whether the reason of an open task stands.
  func needs(_ task: BoardTask) -> Bool {
    switch task.kind {
    case .help: task.about.map { about in course.help.contains { pair[$0] == about } && state.isRunning } ?? false
    // An address that takes no mail is of no account once nobody is to be asked any more.
    case .mailBounces, .mailFails: state.isRunning
    default: needs.contains(task.kind)
    }
  }

  /// Whom a need is about first, task by task; nil where it is about both.
  func about(_ need: BoardTaskKind) -> [MemberID?] {
    switch need {
    case .help: Party.allCases.filter(course.help.contains).map { pair[$0] }
    case .newMentor: [pair.adept]
    case .agreement: [course.proposal.map { pair[$0.by.other] }]
    case .disagree, .silent, .notStarted, .conflict, .matchHeld, .mailBounces, .mailFails: [nil]
    }
  }
}
