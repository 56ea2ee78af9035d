import Contracts
import ServiceRuntime
import Texts

extension FollowUp {
  /// The next step of a mentorship. It is named, so that two steps of one day are two pieces of work and
  /// finishing the first leaves the second.
  struct PlannedStep: Codable, Sendable {
    let mentorship: MentorshipID
    let step: MentorshipStep
  }

  /// A running mentorship has one row of this kind.
  static let mentorshipStep = DueKind<PlannedStep>("mentorship-step")

  static func matchActivated(_ event: MatchActivated, _ context: Context) throws -> DeliveryOutcome {
    let id = MentorshipID(of: event.match)
    guard try Mentorship.find(context.db, id) == nil else { return .done }
    try closeInvitation(event.match, context)
    let mentorship = Mentorship(
      id: id, pair: Pair(mentor: event.mentor, adept: event.adept),
      year: MentorshipYear(starts: event.starts, months: event.months))
    try context.tell(.welcome, of: mentorship.pair, id, day: mentorship.year.firstContact)
    try saveAndPlan(mentorship, context)
    return .done
  }

  /// Takes the step whose day has come.
  static func takeStep(_ planned: PlannedStep, _ context: Context) throws {
    let id = planned.mentorship
    guard let mentorship = try Mentorship.find(context.db, id),
      let (step, day) = MentorshipStep.next(of: mentorship), day <= context.today
    else { return }
    let next = mentorship.taking(step, on: day)
    switch step {
    case .firstContact: try context.tell(step.tells, of: next.pair, id, day: day)
    case .contact: try context.tell(step.tells, of: next.pair, id, occasion: day.text)
    case .halfWay, .closing, .completion: try context.tell(step.tells, of: next.pair, id, day: next.year.ends)
    }
    if next.state == .completed { try context.emit(MentorshipCompleted(mentorship: id), key: id.rawValue) }
    try saveAndPlan(next, context)
  }

  static func recordAgreement(_ command: RecordAgreement, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    mentorship.state = try mentorship.state.agreeing(mentorship.id)
    guard !command.topics.elements.isEmpty else { throw MentorshipRefusal.noTopics }
    mentorship.everyWeeks = command.everyWeeks
    mentorship.agreed = context.today
    try saveAndPlan(mentorship, context)
    try mentorship.keep(context.db, agreement: command)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  static func recordContact(_ command: RecordContact, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    mentorship.state = try mentorship.state.meeting(mentorship.id)
    try mentorship.check(contact: command.day, today: context.today)
    try mentorship.keep(context.db, contact: command)
    mentorship.latestContact = max(command.day, mentorship.latestContact ?? command.day)
    try saveAndPlan(mentorship, context)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  static func endMentorship(_ command: EndMentorship, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    mentorship.state = try mentorship.state.ending(mentorship.id)
    try saveAndPlan(mentorship, context)
    try mentorship.keep(context.db, end: command)
    try context.emit(MentorshipEnded(mentorship: mentorship.id), key: mentorship.id.rawValue)
    try context.tell(.ended, of: mentorship.pair, mentorship.id)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  private static func find(_ id: MentorshipID, _ context: Context) throws -> Mentorship {
    guard let mentorship = try Mentorship.find(context.db, id) else { throw MentorshipRefusal.unknown(id) }
    let own = context.principal.memberID
    guard own == nil || (own != mentorship.pair.mentor.rawValue && own != mentorship.pair.adept.rawValue) else {
      throw MentorshipRefusal.ownPair
    }
    return mentorship
  }

  /// What changes a mentorship may change its next step.
  private static func saveAndPlan(_ mentorship: Mentorship, _ context: Context) throws {
    try mentorship.save(context.db)
    if let (step, day) = MentorshipStep.next(of: mentorship) {
      try context.plan(
        mentorshipStep, key: mentorship.id.rawValue, at: day.at(hour: hour),
        PlannedStep(mentorship: mentorship.id, step: step))
    } else {
      try context.cancel(mentorshipStep, key: mentorship.id.rawValue)
    }
  }
}

extension Mentorship {
  /// Whether the two can have talked on a day.
  func check(contact day: Day, today: Day) throws(MentorshipRefusal) {
    guard day <= today else { throw .contactInFuture(day, today: today) }
    guard day >= year.starts else { throw .contactBeforeStart(day, starts: year.starts) }
  }
}
