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
    try mentorship.keep(context.db, endedBy: command.by, reason: command.reason)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  /// Whoever ends it is told at once, the other a day later; the mentor's place is free at once.
  static func end(
    _ mentorship: inout Mentorship, by: EndMentorship.EndedBy, tellNow: Bool, doNotMatchAgain: Bool, gone: Party? = nil,
    _ context: Context
  ) throws {
    let isOtherTold = tellNow || by == .board
    try mentorship.end(by: by, isOtherTold: isOtherTold, now: context.now)
    if let gone { mentorship.course.ending?.goes(gone) }
    try Conflict.remove(context.db, mentorship.id.match)
    try context.withdraw(mentorship.id, onlyReminders: false)
    // Whoever was asked whether they want to end it need not say: should it go on again, they are asked anew.
    try Questions(db: context.db).settle(.ending, of: mentorship.id, as: .goOn)
    try context.emit(
      MentorshipEnded(
        mentorship: mentorship.id, remainingMonths: mentorship.remainingMonths,
        doNotMatchAgain: doNotMatchAgain ? true : nil),
      key: mentorship.id.rawValue)
    try History(db: context.db).add(.init(day: context.today, what: .ended, party: by.party), to: mentorship.id)
    let events = mentorship.calendar(today: context.today, cancelled: true)
    if let party = by.party {
      try tellEnded([party], mentorship, events, canUndo: true, context)
      if isOtherTold { try tellEnded([party.other], mentorship, events, canUndo: false, context) }
    } else {
      try tellEnded(Party.allCases, mentorship, events, canUndo: false, context)
    }
    try context.plan(
      endingSettles, key: mentorship.id.rawValue, at: context.now + Ending.grace, mentorship.id)
    try saveAndPlan(mentorship, context)
    try mentorship.keep(context.db, endedBy: by)
  }

  private static func tellEnded(
    _ parties: [Party], _ mentorship: Mentorship, _ events: [CalendarEvent], canUndo: Bool, _ context: Context
  ) throws {
    let occasion = "\(mentorship.course.endings)"
    var telling = Telling(.ended, occasion: occasion)
    if canUndo { telling.asks = (.undo, occasion, [.undo], context.today.adding(days: 1)) }
    telling.events = events
    let ending = mentorship.course.ending
    try context.tell(
      telling, parties.filter { ending?.isGone($0) != true }, of: mentorship.pair, mentorship.id)
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
    if let months = mentorship.remainingMonths {
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
    let ender = ending.enders
    let occasion = "\(mentorship.course.endings)"
    if event.isReclaimed, ending.gone != nil {
      // One of the two was erased meanwhile: the place is nobody's, and is let go again.
      try context.emit(
        MentorshipEnded(mentorship: id, remainingMonths: mentorship.remainingMonths), key: id.rawValue)
    }
    guard event.isReclaimed, ending.gone == nil else {
      // Asked again it is answered again, but told once.
      if ending.isRefusalTold != true {
        try context.tell(Telling(.placeTaken, occasion: occasion), ender, of: pair, id)
      }
      ending.isUndoing = false
      ending.isRefusalTold = true
      mentorship.course.ending = ending
      try saveAndPlan(mentorship, context)
      return .done
    }
    mentorship.state = ending.before
    mentorship.course.ending = nil
    mentorship.course.resumed = context.today
    mentorship.layCheckInAside()
    mentorship.course.misses = 0
    mentorship.course.wantsNewMentor = false
    try mentorship.keep(context.db, endedBy: nil)
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
  /// The whole months of an early end that the adept is offered with a new mentor; nil where there are none, or nobody
  /// to offer them to.
  var remainingMonths: Months? {
    course.ending.flatMap { $0.isGone(.adept) ? nil : year.remaining(on: Day(of: $0.at)) }
  }

  mutating func end(by: EndMentorship.EndedBy, isOtherTold: Bool, now: Timestamp) throws(MentorshipRefusal) {
    let before = state
    state = try state.ending(id)
    course.endings += 1
    // All else stays as it is: an ending that is undone lifts no pause, no suspension and no cry for help.
    course.ending = Ending(by: by, at: now, before: before, isOtherTold: isOtherTold)
  }

  /// - Returns: false where it was asked already.
  mutating func askToUndo(now: Timestamp) throws(MentorshipRefusal) -> Bool {
    guard state == .ended, let ending = course.ending else { throw .notEnded(id) }
    guard ending.gone == nil else { throw .otherIsGone(id) }
    guard now <= ending.settles, Day(of: now) < year.ends else { throw .undoTooLate(id) }
    if ending.isUndoing { return false }
    course.ending?.isUndoing = true
    return true
  }
}
