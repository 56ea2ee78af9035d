import Contracts
import Messaging

@testable import FollowUpService

// What is compared after each deed, and at the end.
extension YearRun {
  func finish() async throws {
    try await world.startNotifier()
    // Matching always answers in the end.
    for task in try await world.followup.outbox(ReclaimPlace.self).dropFirst(reclaims) {
      try await reclaim(task.mentorship, false)
    }
    // Nothing is over before its day.
    for item in items.values.filter(\.state.isRunning).sorted(by: {
      ($0.ends, $0.mentorship.rawValue) < ($1.ends, $1.mentorship.rawValue)
    }) {
      let days = world.calendar.today.days(until: item.ends) - 1
      guard days > 0 else { continue }
      world.calendar.move(by: .seconds(days * 86_400))
      try await check(.days(days))
    }
    // Long enough for all to be told and over.
    world.calendar.move(by: .seconds(900 * 86_400))
    try await check(.year)
    // What was put off in this last stretch is told a little later.
    world.calendar.move(by: .seconds(86_400))
    try await check(.days(1))
    for (id, item) in items where item.state.isRunning {
      throw YearViolation(description: "\(id.rawValue) is still \(item.state)")
    }
    let mails = Dictionary(grouping: try await world.mails(), by: \.task)
    let withdrawn = try await world.withdrawnOrExpired()
    for task in all where mails[task] == nil && !withdrawn.contains(task) {
      throw YearViolation(description: "\(task) was lost")
    }
    for (task, rows) in mails {
      if rows.count != 1 || !all.contains(task) { throw YearViolation(description: "\(task) is \(rows.count) mails") }
      if ![.kept, .failed, .suppressed].contains(rows[0].state) {
        throw YearViolation(description: "\(task) is \(rows[0].state) for ever")
      }
    }
    for (id, item) in items {
      let last = item.state == .completed ? "completed" : "ended"
      for party in Party.allCases where !models[id]!.gone.contains(party) {
        guard all.contains(where: { $0.hasPrefix("\(id.rawValue)-\(last)") && $0.hasSuffix(party.rawValue) }) else {
          throw YearViolation(description: "\(id.rawValue): \(party) was not told that it is \(last)")
        }
      }
    }
  }

  /// Waits until nothing is under way, and compares what there is with what may be.
  func check(_ deed: YearDeed?) async throws {
    try await world.settle()
    bounced = []
    latest = max(latest, world.calendar.today)
    let before = items
    for item in try await world.followup.ask(ListMentorships()).mentorships.elements { items[item.mentorship] = item }
    for (id, after) in items {
      try checkEnd(after)
      guard let before = before[id] else { continue }
      try transition(before, after, deed)
    }
    let told = try await world.told(after: seen)
    seen = told.last?.sequence ?? seen
    for task in told { try check(task) }
    // However far the calendar has moved, nobody gets a heap of mails.
    let perPerson = Dictionary(grouping: told) { "\($0.mentorship) \($0.party)" }.mapValues(\.count)
    if let most = perPerson.max(by: { $0.value < $1.value }), most.value > 6 {
      throw YearViolation(description: "\(most.key) got \(most.value) mails at once")
    }
    try await checkMails(before)
    try checkContacts()
    try await checkBoard(before, deed)
  }

  /// To the day, whatever has happened.
  func checkEnd(_ item: ListMentorships.Item) throws {
    let ends = models[item.mentorship]!.ends
    func violation(_ what: String) -> YearViolation {
      YearViolation(description: "\(item.mentorship.rawValue) \(what)")
    }
    if item.ends != ends { throw violation("ends on \(item.ends.text), and not on \(ends.text)") }
    if item.state == .completed, latest < ends { throw violation("is completed on \(latest.text), before its end") }
    if item.state.isRunning, ends <= world.calendar.today { throw violation("runs on \(world.calendar.today.text)") }
  }

  func check(_ task: World.Told) throws {
    let id = MentorshipID(unchecked: task.mentorship)
    guard all.insert(task.task).inserted else { throw YearViolation(description: "\(task.task) was told twice") }
    guard task.expires != nil else { throw YearViolation(description: "\(task.task) never expires") }
    guard let item = items[id] else { return }
    if erased.contains(task.party == .mentor ? item.mentor : item.adept) {
      throw YearViolation(description: "\(task.task) is told to somebody who is erased")
    }
    let number = task.task.split(separator: "-").dropLast().last.map(String.init) ?? ""
    switch task.kind {
    case .agreementToConfirm: models[id]!.proposal = (number, false)
    case .agreementConfirmed: models[id]!.proposal = nil
    default: break
    }
    guard task.kind.isReminder else { return }
    let isOver = !item.state.isRunning
    // The last survey comes with the end.
    if item.rest != nil || isOver && task.kind != .survey {
      throw YearViolation(
        description: "\(task.task) reminds, and the mentorship is \(item.rest.map { "\($0)" } ?? "\(item.state)")")
    }
    reminders[task.task] = (id, task.party)
    let today = world.calendar.today
    if id == arrived, !isOver, today.month == 7 {
      throw YearViolation(description: "\(task.task) reminds on \(today.text), when July rests")
    }
  }

  /// No reminder leaves once the mentorship rests or is over, or the reader is erased.
  func checkMails(_ before: [MentorshipID: ListMentorships.Item]) async throws {
    guard world.notification != nil else { return }
    for (task, state) in try await world.mails() {
      guard state != .queued else {
        if let (id, party) = reminders[task], let item = items[id],
          item.rest != nil || !item.state.isRunning && !task.contains("-survey-end-")
        {
          throw YearViolation(
            description: "\(task) waits for \(party), and the mentorship is "
              + "\(item.rest.map { "\($0)" } ?? "\(item.state)")")
        }
        continue
      }
      if state == .failed, failed.insert(task).inserted { noteFailure(task, before) }
      guard let (id, party) = reminders.removeValue(forKey: task), state == .kept, let item = before[id],
        let after = items[id]
      else { continue }
      // Of what happens at one time the mail may be first.
      let wasQuiet = item.rest != nil && after.rest != nil || !item.state.isRunning && !task.contains("-survey-end-")
      if wasQuiet || erased.contains(party == .mentor ? item.mentor : item.adept) {
        throw YearViolation(
          description: "\(task) left, and the mentorship was \(item.rest.map { "\($0)" } ?? "\(item.state)")")
      }
    }
  }

  func noteFailure(_ task: String, _ before: [MentorshipID: ListMentorships.Item]) {
    guard let item = items.values.first(where: { task.hasPrefix($0.mentorship.rawValue + "-") }) else { return }
    bounces.insert(task.hasSuffix("-mentor") ? item.mentor : item.adept)
    if item.state.isRunning, before[item.mentorship]?.state.isRunning == true { bounced.insert(item.mentorship) }
  }

  func checkContacts() throws {
    for (id, item) in items where item.contacts.rawValue != models[id]!.contacts.count {
      throw YearViolation(
        description:
          "\(id.rawValue) has \(item.contacts.rawValue) contacts, and told of \(models[id]!.contacts.count)")
    }
  }

  /// The board has a task for each reason and for nothing else, and none closes by itself while its reason stands.
  func checkBoard(_ before: [MentorshipID: ListMentorships.Item], _ deed: YearDeed?) async throws {
    let earlier = open
    open = Set(
      try await world.followup.ask(ListBoardTasks()).tasks.elements.compactMap { task in
        task.mentorship.map { Need(id: $0, kind: task.kind) }
      })
    for (id, item) in items {
      let model = models[id]!
      let isRunning = item.state.isRunning
      let expected: [BoardTaskKind: Bool] = [
        .help: isRunning && !model.help.isEmpty, .newMentor: item.state == .ended && model.wantsNewMentor,
        .conflict: isRunning && model.hasConflict,
        .agreement: isRunning && item.rest == nil && model.proposal?.isDiscussed == true,
      ]
      for (kind, isExpected) in expected where open.contains(Need(id: id, kind: kind)) != isExpected {
        throw YearViolation(description: "\(id.rawValue): \(kind.rawValue) is \(isExpected ? "not open" : "open")")
      }
      if bounced.contains(id), !open.contains(Need(id: id, kind: .mailBounces)) {
        throw YearViolation(description: "\(id.rawValue): a mail has failed, and the board does not know")
      }
      if open.contains(Need(id: id, kind: .mailBounces)) {
        if !isRunning || bounces.isDisjoint(with: [item.mentor, item.adept]) {
          throw YearViolation(description: "\(id.rawValue): an address bounces that does not")
        }
      }
      guard let deed, deed.isTime, isRunning, let was = before[id], was.state.isRunning, was.rest == nil else {
        continue
      }
      for kind in [BoardTaskKind.silent, .notStarted, .disagree] {
        let need = Need(id: id, kind: kind)
        if earlier.contains(need), !open.contains(need) {
          throw YearViolation(description: "\(need) has closed by itself, and nothing was heard")
        }
      }
    }
  }

  /// The state diagram: from where to where, and by what.
  func transition(
    _ before: ListMentorships.Item, _ after: ListMentorships.Item, _ deed: YearDeed?
  ) throws {
    let isTime = deed?.isTime ?? true
    func illegal() -> YearViolation {
      YearViolation(
        description: "\(after.mentorship.rawValue) went from \(before.state) \(before.rest.map { "\($0)" } ?? "") to "
          + "\(after.state) \(after.rest.map { "\($0)" } ?? "")")
    }
    switch (before.state, after.state) {
    case (let same, let other) where same == other: break
    case (.started, .agreed):
      switch deed {
      case .agree, .propose, .answer: break
      default: throw illegal()
      }
    case (.started, .closing), (.agreed, .closing):
      guard latest >= after.ends.adding(months: -2) else { throw illegal() }
    case (.closing, .started), (.closing, .agreed):
      guard case .resume = deed, after.ends > before.ends else { throw illegal() }
    case (.started, .completed), (.agreed, .completed), (.closing, .completed):
      guard isTime || latest >= after.ends, latest >= after.ends else { throw illegal() }
    case (.started, .ended), (.agreed, .ended), (.closing, .ended):
      switch deed {
      case .end, .answer, .erase: break
      default: throw illegal()
      }
    case (.ended, .started), (.ended, .agreed), (.ended, .closing):
      guard case .reclaim(true) = deed else { throw illegal() }
    // An ending that is undone late goes on, and may end or close at once.
    case (.ended, .completed):
      guard case .reclaim(true) = deed else { throw illegal() }
    default: throw illegal()
    }
    if !after.state.isRunning, after.rest != nil { throw illegal() }
    // An ending and its undoing change nothing about a rest.
    guard before.state.isRunning, after.state.isRunning else { return }
    switch (before.rest, after.rest) {
    case (nil, nil), (.paused, .paused), (.suspended, .suspended): break
    case (nil, .paused), (nil, .suspended), (.paused, .suspended):
      if isTime { throw illegal() }
    case (.suspended, .paused):
      switch deed {
      case .clear, .conflict: break
      default: throw illegal()
      }
    case (.suspended, nil): if isTime { throw illegal() }
    case (.paused, nil): break
    }
  }
}
