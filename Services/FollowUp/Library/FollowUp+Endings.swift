import Contracts
import Messaging
import ServiceRuntime
import Texts

extension FollowUp {
  /// The other is told, and the adept is offered what remains, once an ending can't be undone any more.
  static let endingSettles = DueKind<MentorshipID>("ending-settles")

  static func endMentorship(_ command: EndMentorship, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    try end(
      &mentorship, by: command.by, tellNow: command.tellNow ?? false, doNotMatchAgain: command.doNotMatchAgain ?? false,
      context)
    try mentorship.keep(context.db, end: command)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  /// Whoever ends it is told at once, the other a day later; the mentor's place is free at once.
  static func end(
    _ mentorship: inout Mentorship, by: EndMentorship.EndedBy, tellNow: Bool, doNotMatchAgain: Bool, gone: Party? = nil,
    _ context: Context
  ) throws {
    let isOtherTold = tellNow || by == .board
    try mentorship.end(by: by, isOtherTold: isOtherTold, now: context.now)
    mentorship.course.ending?.gone = gone
    let remaining = mentorship.year.remaining(on: context.today)
    try Conflict.remove(context.db, mentorship.id.match)
    try context.withdraw(mentorship.id, onlyReminders: false)
    try context.emit(
      MentorshipEnded(
        mentorship: mentorship.id, remainingMonths: remaining, doNotMatchAgain: doNotMatchAgain ? true : nil),
      key: mentorship.id.rawValue)
    try History(db: context.db).add(.init(day: context.today, what: .ended, party: by.party), to: mentorship.id)
    let events = mentorship.calendar(today: context.today, cancelled: true)
    if let party = by.party {
      try tellEnded([party], mentorship, events, canUndo: true, context)
      if isOtherTold { try tellEnded([party.other], mentorship, events, canUndo: false, context) }
    } else {
      try tellEnded(Party.allCases.filter { $0 != gone }, mentorship, events, canUndo: false, context)
    }
    try context.plan(
      endingSettles, key: mentorship.id.rawValue, at: context.now + Ending.grace, mentorship.id)
    try saveAndPlan(mentorship, context)
  }

  private static func tellEnded(
    _ parties: [Party], _ mentorship: Mentorship, _ events: [CalendarEvent], canUndo: Bool, _ context: Context
  ) throws {
    let occasion = "\(mentorship.course.endings)"
    var telling = Telling(.ended, occasion: occasion)
    if canUndo { telling.asks = (.undo, occasion, [.undo], context.today.adding(days: 1)) }
    telling.events = events
    try context.tell(telling, parties, of: mentorship.pair, mentorship.id)
  }

  static func settleEnding(_ id: MentorshipID, _ context: Context) throws {
    guard var mentorship = try Mentorship.find(context.db, id), var ending = mentorship.course.ending else { return }
    if ending.isUndoing {
      return try context.plan(endingSettles, key: id.rawValue, at: context.now + .seconds(3600), id)
    }
    if !ending.isOtherTold, let party = ending.by.party {
      let events = mentorship.calendar(today: context.today, cancelled: true)
      try tellEnded([party.other], mentorship, events, canUndo: false, context)
    }
    ending.isOtherTold = true
    mentorship.course.ending = ending
    if ending.gone != .adept, let months = mentorship.year.remaining(on: Day(of: ending.at)) {
      let occasion = "\(mentorship.course.endings)"
      var telling = Telling(
        .remainingMonths, occasion: occasion,
        asks: (.newMentor, occasion, [.newMentor, .noThanks], mentorship.year.ends))
      telling.months = months
      try context.tell(telling, [.adept], of: mentorship.pair, id)
    }
    try saveAndPlan(mentorship, context)
  }

  // MARK: Undoing

  static func undoEnding(_ command: UndoEnding, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    try undo(&mentorship, context)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  /// Asks matching for the place back; what it answers decides.
  static func undo(_ mentorship: inout Mentorship, _ context: Context) throws {
    guard try mentorship.askToUndo(now: context.now) else { return }
    if try Invitation.isOpen(context.db, adept: mentorship.pair.adept) { throw MentorshipRefusal.placeTaken }
    try context.emit(ReclaimPlace(mentorship: mentorship.id), key: mentorship.id.rawValue)
    try saveAndPlan(mentorship, context)
  }

  static func placeReclaimed(_ event: PlaceReclaimed, _ context: Context) throws -> DeliveryOutcome {
    guard var mentorship = try Mentorship.find(context.db, event.mentorship),
      var ending = mentorship.course.ending, ending.isUndoing
    else { return .done }
    let (id, pair) = (mentorship.id, mentorship.pair)
    let ender = ending.by.party.map { [$0] } ?? Party.allCases
    let occasion = "\(mentorship.course.endings)"
    guard event.isReclaimed else {
      ending.isUndoing = false
      mentorship.course.ending = ending
      mentorship.course.confirmations += 1
      try context.tell(
        Telling(.placeTaken, occasion: "\(mentorship.course.confirmations)"), ender, of: pair, id)
      try saveAndPlan(mentorship, context)
      return .done
    }
    mentorship.state = ending.before
    mentorship.course.ending = nil
    mentorship.course.resumed = context.today
    mentorship.course.checkIn = nil
    try context.cancel(endingSettles, key: id.rawValue)
    try History(db: context.db).add(.init(day: context.today, what: .undone, party: ending.by.party), to: id)
    var telling = Telling(.endingUndone, occasion: occasion)
    telling.events = mentorship.calendar(today: context.today)
    try context.tell(telling, ending.isOtherTold ? Party.allCases : ender, of: pair, id)
    try saveAndPlan(mentorship, context)
    return .done
  }
}

extension Mentorship {
  mutating func end(by: EndMentorship.EndedBy, isOtherTold: Bool, now: Timestamp) throws(MentorshipRefusal) {
    let before = state
    state = try state.ending(id)
    course.endings += 1
    course.hold = nil
    course.proposal = nil
    course.help = nil
    course.hasConflict = false
    course.ending = Ending(by: by, at: now, before: before, isOtherTold: isOtherTold)
  }

  /// - Returns: false where it was asked already.
  mutating func askToUndo(now: Timestamp) throws(MentorshipRefusal) -> Bool {
    guard state == .ended, let ending = course.ending, ending.gone == nil else { throw .notEnded(id) }
    guard now <= ending.settles, Day(of: now) < year.ends else { throw .undoTooLate(id) }
    if ending.isUndoing { return false }
    course.ending?.isUndoing = true
    return true
  }
}
