import Contracts
import Messaging
import ServiceRuntime

/// What the two of a pair are told at one time.
struct Telling {
  var kind: TellMember.Kind
  /// Tells a thing that is told again apart from the time before: a number.
  var occasion: String?
  /// The day that the mail speaks of.
  var day: Day?
  /// When it is not worth telling any more; two weeks from now where nil.
  var expires: Timestamp?
  /// What is asked, the answers, and the last day for them.
  var asks: (kind: Question.Kind, occasion: String, answers: [Answer], until: Day)?
  var agreement: Agreement?
  var months: Months?
  var survey: SurveyMoment?
  var certificate: Certificate?
  var events: [CalendarEvent] = []

  init(
    _ kind: TellMember.Kind, occasion: String? = nil, day: Day? = nil, expires: Timestamp? = nil,
    asks: (kind: Question.Kind, occasion: String, answers: [Answer], until: Day)? = nil
  ) {
    self.kind = kind
    self.occasion = occasion
    self.day = day
    self.expires = expires
    self.asks = asks
  }
}

extension Context {
  /// Asks the notifier to tell one or both of a pair one thing, once, and counts the tasks.
  func tell(
    _ telling: Telling, _ parties: [Party] = Party.allCases, of pair: Pair, _ mentorship: MentorshipID
  ) throws {
    guard !parties.isEmpty else { return }
    let expires = telling.expires ?? now + .seconds(14 * 24 * 3600)
    for party in parties {
      let parts = [mentorship.rawValue, telling.kind.rawValue, telling.occasion, party.rawValue].compactMap(\.self)
      var task = TellMember(
        task: TaskID(unchecked: parts.joined(separator: "-")), kind: telling.kind, to: pair[party],
        about: pair[party.other], party: party, mentorship: mentorship, day: telling.day)
      if let asks = telling.asks {
        task.choices = try Questions(db: db).ask(
          Question(mentorship: mentorship, party: party, kind: asks.kind, occasion: asks.occasion, until: asks.until),
          asks.answers, today: today)
      }
      if let agreement = telling.agreement {
        task.topics = Bounded(agreement.topics)
        task.direction = agreement.direction
        task.everyWeeks = agreement.everyWeeks
        task.form = agreement.form
        task.meetings = Count(agreement.meetings.rawValue)
      }
      task.months = telling.months
      task.survey = telling.survey
      task.certificate = telling.certificate
      if !telling.events.isEmpty { task.events = Bounded(telling.events) }
      try emit(task, key: mentorship.rawValue, expires: expires)
      if telling.kind.isWithdrawable {
        try OpenTasks(db: db).keep(task.task, of: mentorship, kind: telling.kind, expires: expires)
      }
      try History(db: db).add(
        .init(day: today, what: .told, party: party, mail: telling.kind), to: mentorship)
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO told (kind, tasks) VALUES (?, ?)
        ON CONFLICT (kind) DO UPDATE SET tasks = tasks + excluded.tasks
        """
    ).execute(arguments: [telling.kind.rawValue, parties.count])
  }

  /// Takes back what may not have been sent yet.
  ///
  /// - Parameter reminders: only what asks and reminds; otherwise all that a mentorship that is over need not hear.
  func withdraw(_ mentorship: MentorshipID, onlyReminders reminders: Bool) throws {
    let tasks = try OpenTasks(db: db).take(of: mentorship, onlyReminders: reminders)
    // A page at a time: a message has room for no more.
    for start in stride(from: 0, to: tasks.count, by: Bounded<TaskID>.maximum) {
      let page = tasks[start..<min(start + Bounded<TaskID>.maximum, tasks.count)]
      // However late it comes, what it takes back may still wait.
      try emit(WithdrawTasks(tasks: Bounded(page)), key: mentorship.rawValue)
    }
  }
}

extension TellMember.Kind {
  /// It asks or reminds: nobody whose mentorship rests is to get it.
  var isReminder: Bool {
    switch self {
    case .firstContactReminder, .checkIn, .contactReminder, .survey: true
    default: false
    }
  }

  /// It need not be told once the mentorship, or the invitation, is over.
  var isWithdrawable: Bool {
    switch self {
    case .invitation, .invitationReminder, .agreementToConfirm, .endingToConfirm, .halfWay, .closing, .paused,
      .resumed, .suspended:
      true
    default: isReminder
    }
  }
}
