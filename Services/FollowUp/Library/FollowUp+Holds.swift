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
    mentorship.year.extended += command.extendBy?.rawValue ?? 0
    try context.withdraw(mentorship.id, onlyReminders: true)
    try tellResumed(mentorship, context)
    try saveAndPlan(mentorship, context)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  static func tellResumed(_ mentorship: Mentorship, _ context: Context) throws {
    try History(db: context.db).add(.init(day: context.today, what: .resumed), to: mentorship.id)
    try context.tell(
      Telling(.resumed, occasion: "\(mentorship.course.holds)", day: mentorship.year.ends), of: mentorship.pair,
      mentorship.id)
  }
}

extension Mentorship {
  /// Rests until a day; nothing else about it changes.
  mutating func pause(by: EndMentorship.EndedBy, until: Day, today: Day) throws(MentorshipRefusal) {
    _ = try state.meeting(id)
    if let hold = course.hold { throw .resting(id, until: hold.until) }
    let latest = min(today.adding(months: Hold.longest), year.ends.adding(days: -1))
    guard until > today, until <= latest else { throw .pauseTooLong(until, latest: latest) }
    course.holds += 1
    course.hold = Hold(rest: .paused, since: today, by: by, until: until)
  }

  /// - Returns: false where it was suspended already.
  mutating func suspend(today: Day) throws(MentorshipRefusal) -> Bool {
    _ = try state.meeting(id)
    if course.hold?.rest == .suspended { return false }
    course.holds += 1
    course.hold = Hold(rest: .suspended, since: today, by: .board, until: nil)
    return true
  }
}
