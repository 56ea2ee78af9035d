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
    let invitation = try Invitation.find(context.db, event.match)
    try closeInvitation(event.match, context)
    // Whoever wanted a new mentor has one.
    for var earlier in try Mentorship.ended(context.db, adept: event.adept) where earlier.course.wantsNewMentor {
      earlier.course.wantsNewMentor = false
      try saveAndPlan(earlier, context)
    }
    var mentorship = Mentorship(
      id: id, pair: Pair(mentor: event.mentor, adept: event.adept),
      year: MentorshipYear(starts: event.starts, months: event.months))
    mentorship.course.submitted = invitation?.submitted
    if let mentors = event.mentorKommun.flatMap(Kommun.with(code:)),
      let adepts = event.adeptKommun.flatMap(Kommun.with(code:))
    {
      mentorship.course.kommun = Kommun.between(mentors, adepts).code
    }
    try mentorship.save(context.db)
    try History(db: context.db).add(.init(day: event.starts, what: .began), to: id)
    var welcome = Telling(
      .welcome, day: mentorship.year.firstContact,
      asks: (.welcome, "1", [.recommended], mentorship.year.starts.adding(months: 2)))
    welcome.events = mentorship.calendar([.firstContact], today: context.today)
    try context.tell(welcome, of: mentorship.pair, id)
    try saveAndPlan(mentorship, context)
    return .done
  }

  /// Takes the steps whose day has come, by the calendar as it is now.
  static func takeStep(_ planned: PlannedStep, _ context: Context) throws {
    guard let mentorship = try Mentorship.find(context.db, planned.mentorship) else { return }
    let taken = StepsTaken(mentorship, on: Day(of: context.calendar))
    let next = taken.mentorship
    for step in taken.tells { try tell(step, next, context) }
    if next.state == .completed {
      try History(db: context.db).add(.init(day: context.today, what: .completed), to: next.id)
      try context.emit(MentorshipCompleted(mentorship: next.id), key: next.id.rawValue)
    }
    try saveAndPlan(next, context)
  }

  private static func tell(_ step: MentorshipStep, _ mentorship: Mentorship, _ context: Context) throws {
    let (id, pair, ends) = (mentorship.id, mentorship.pair, mentorship.year.ends)
    switch step {
    case .resume: try tellResumed(mentorship, context)
    case .firstContact, .checkIn, .reminder:
      guard let checkIn = mentorship.course.checkIn else { return }
      let kind: TellMember.Kind =
        switch step {
        case .reminder: .contactReminder
        case .firstContact: .firstContactReminder
        default: .checkIn
        }
      let silent = Party.allCases.filter { step != .reminder || checkIn[$0] == nil }
      let until = mentorship.rhythm.checkIn(since: checkIn.asked)
      try context.tell(
        Telling(
          kind, occasion: "\(checkIn.number)", day: step == .firstContact ? mentorship.year.firstContact : nil,
          expires: until.at(hour: hour), asks: (.checkIn, "\(checkIn.number)", CheckIn.answers, until)),
        silent, of: pair, id)
    case .startSurvey: try ask(.start, mentorship, context)
    case .halfWay:
      try context.tell(Telling(.halfWay, day: ends), of: pair, id)
      try ask(.halfWay, mentorship, context)
    case .closing:
      // The last mail before the end offers what a check-in does. An end that the board has put off has a closing anew.
      let extended = mentorship.year.extended
      let name = extended > 0 ? "closing-\(extended)" : "closing"
      try context.tell(
        Telling(
          .closing, occasion: extended > 0 ? "\(extended)" : nil, day: ends,
          asks: (.checkIn, name, CheckIn.answers.filter { $0 != .notYet }, ends)), of: pair, id)
    case .completion:
      try context.withdraw(id, onlyReminders: true)
      var completed = Telling(.completed, day: ends)
      completed.certificate = mentorship.certificate
      try context.tell(completed, of: pair, id)
      try ask(.end, mentorship, context)
    case .quiet: break
    }
  }

  /// What changes a mentorship may change its next step, and what the board has to do.
  static func saveAndPlan(_ mentorship: Mentorship, _ context: Context) throws {
    try mentorship.save(context.db)
    try reconcile(mentorship, context)
    if let (step, day) = MentorshipStep.next(of: mentorship) {
      try context.plan(
        mentorshipStep, key: mentorship.id.rawValue, at: day.at(hour: hour),
        PlannedStep(mentorship: mentorship.id, step: step))
    } else {
      try context.cancel(mentorshipStep, key: mentorship.id.rawValue)
    }
  }

  /// The mentorship that a command names, unless the caller is in it.
  static func find(_ id: MentorshipID, _ context: Context) throws -> Mentorship {
    guard let mentorship = try Mentorship.find(context.db, id) else { throw MentorshipRefusal.unknown(id) }
    guard !mentorship.pair.has(context.principal.memberID) else { throw MentorshipRefusal.ownPair }
    return mentorship
  }

  static func recordContact(_ command: RecordContact, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    mentorship.state = try mentorship.state.meeting(mentorship.id)
    try mentorship.check(contact: command.day, today: context.today)
    try keep(contact: command.day, command.form, by: nil, of: &mentorship, context)
    try saveAndPlan(mentorship, context)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  /// A conversation; the same day and form again is the same one.
  ///
  /// - Returns: false where it was known.
  @discardableResult
  static func keep(
    contact day: Day, _ form: ContactForm, by party: Party?, of mentorship: inout Mentorship, _ context: Context
  ) throws -> Bool {
    mentorship.latestContact = max(day, mentorship.latestContact ?? day)
    mentorship.course.hasDisagreed = nil
    guard try mentorship.keep(context.db, contact: day, form) else {
      mentorship.course.checkIn?.isToldOf(day, form, by: party)
      return false
    }
    try History(db: context.db).add(.init(day: day, what: .met, party: party, form: form), to: mentorship.id)
    return true
  }

  /// A conversation that never was: one of the two had told of it by mistake.
  static func takeBack(
    contact day: Day, _ form: ContactForm, of mentorship: inout Mentorship, _ context: Context
  ) throws {
    try mentorship.remove(context.db, contact: day, form)
    try History(db: context.db).remove(contact: day, form, of: mentorship.id)
  }
}

extension Mentorship {
  /// What each of the two gets a certificate of; nil where nobody has ever told of a contact.
  var certificate: Certificate? {
    guard latestContact != nil else { return nil }
    return Certificate(starts: year.starts, ends: year.ends, months: Count(year.months.rawValue + year.extended))
  }

  /// Whether the two can have talked on a day.
  func check(contact day: Day, today: Day) throws(MentorshipRefusal) {
    guard day <= today else { throw .contactInFuture(day, today: today) }
    guard day >= year.starts else { throw .contactBeforeStart(day, starts: year.starts) }
  }
}
