import Contracts
import ServiceRuntime
import Texts

extension FollowUp {
  static func pauseMentorship(_ command: PauseMentorship, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    try pause(&mentorship, by: command.by, until: command.until, context)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  static func pause(
    _ mentorship: inout Mentorship, by: EndMentorship.EndedBy, until: Day, _ context: Context
  ) throws {
    try mentorship.pause(by: by, until: until, today: context.today)
    try context.withdraw(mentorship.id, onlyReminders: true)
    try History(db: context.db).add(.init(day: context.today, what: .paused, party: by.party), to: mentorship.id)
    try context.tell(
      Telling(.paused, occasion: "\(mentorship.course.holds)", day: until), of: mentorship.pair, mentorship.id)
    try saveAndPlan(mentorship, context)
  }

  static func suspendMentorship(_ command: SuspendMentorship, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    // What the rule has stopped is from now on stopped by the board.
    mentorship.course.hold?.isForConflict = nil
    try suspend(&mentorship, context)
    try mentorship.keep(context.db, suspension: command.reason)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  /// Suspended already is suspended.
  static func suspend(
    _ mentorship: inout Mentorship, forConflict: Bool = false, _ context: Context
  ) throws {
    guard try mentorship.suspend(today: context.today) else { return try saveAndPlan(mentorship, context) }
    if forConflict { mentorship.course.hold?.isForConflict = true }
    try context.withdraw(mentorship.id, onlyReminders: true)
    try History(db: context.db).add(.init(day: context.today, what: .suspended), to: mentorship.id)
    try context.tell(
      Telling(.suspended, occasion: "\(mentorship.course.holds)"), of: mentorship.pair, mentorship.id)
    try saveAndPlan(mentorship, context)
  }

  static func resumeMentorship(_ command: ResumeMentorship, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    _ = try mentorship.state.meeting(mentorship.id)
    guard let hold = mentorship.course.hold else { throw MentorshipRefusal.notResting(mentorship.id) }
    if hold.rest == .suspended, let outcome = try Conflict.outcome(context.db, mentorship.id.match) {
      throw MentorshipRefusal.conflictStands(mentorship.id, outcome)
    }
    mentorship.resume(on: context.today)
    // A conflict would have stood in the way.
    if hold.rest == .suspended { mentorship.course.hasConflict = false }
    var events: [CalendarEvent] = []
    if let months = command.extendBy {
      mentorship.extend(by: months, today: context.today)
      events = mentorship.calendar(today: context.today)
    }
    try context.withdraw(mentorship.id, onlyReminders: true)
    try tellResumed(mentorship, events: events, context)
    try saveAndPlan(mentorship, context)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  /// A suspension that nobody needs any more ends by itself.
  static func liftSuspension(_ mentorship: inout Mentorship, _ context: Context) throws {
    mentorship.liftSuspension(on: context.today)
    guard mentorship.state.isRunning else { return }
    guard let pause = mentorship.course.hold else { return try tellResumed(mentorship, context) }
    try History(db: context.db).add(.init(day: context.today, what: .paused, party: pause.by.party), to: mentorship.id)
    try context.tell(
      Telling(.paused, occasion: "\(mentorship.course.holds)", day: pause.until), of: mentorship.pair, mentorship.id)
  }

  /// - Parameter events: what has changed in the two's calendars.
  static func tellResumed(
    _ mentorship: Mentorship, events: [CalendarEvent] = [], _ context: Context
  ) throws {
    try History(db: context.db).add(.init(day: context.today, what: .resumed), to: mentorship.id)
    var telling = Telling(.resumed, occasion: "\(mentorship.course.holds)", day: mentorship.year.ends)
    telling.events = events
    try context.tell(telling, of: mentorship.pair, mentorship.id)
  }
}

extension Mentorship {
  /// The board adds months at the end. What was closing is not yet.
  mutating func extend(by months: Months, today: Day) {
    year.extended += months.rawValue
    if state == .closing, let closingTalk = year.closingTalk, closingTalk > today {
      state = agreed == nil ? .started : .agreed
    }
  }

  /// Rests until a day; nothing else about it changes.
  mutating func pause(by: EndMentorship.EndedBy, until: Day, today: Day) throws(MentorshipRefusal) {
    _ = try state.meeting(id)
    if let hold = course.hold { throw .resting(id, until: hold.until) }
    let latest = min(today.adding(months: Hold.longest), year.ends.adding(days: -1))
    guard until > today, until <= latest else { throw .pauseTooLong(until, latest: latest) }
    course.holds += 1
    course.hold = Hold(rest: .paused, since: today, by: by, until: until)
  }

  /// What had stopped it is gone: it goes on, or where one of the two had paused it rests as long as they wanted.
  mutating func liftSuspension(on today: Day) {
    let pause = course.interrupted.flatMap { pause in pause.until.flatMap { $0 > today ? pause : nil } }
    resume(on: today)
    guard let pause else { return }
    course.holds += 1
    course.hold = pause
  }

  /// - Returns: false where it was suspended already.
  mutating func suspend(today: Day) throws(MentorshipRefusal) -> Bool {
    _ = try state.meeting(id)
    if course.hold?.rest == .suspended { return false }
    course.holds += 1
    course.interrupted = course.hold
    course.hold = Hold(rest: .suspended, since: today, by: .board, until: nil)
    return true
  }
}
