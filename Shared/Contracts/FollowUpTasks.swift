import Messaging

// What followup asks the notifier to say, and to leave unsaid.

/// A task for the notifier: what a member is to be told, and about whom.
public struct TellMember: TaskMessage {
  public static let type = "followup.tell-member.v1"
  public static let summary = "Asks the notifier to tell one member one thing, once."
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case invitation
    case invitationReminder = "invitation-reminder"
    case matchClosed = "match-closed"
    case welcome
    case firstContactReminder = "first-contact-reminder"
    case checkIn = "check-in"
    case contactReminder = "contact-reminder"
    case agreementToConfirm = "agreement-to-confirm"
    case agreementConfirmed = "agreement-confirmed"
    case halfWay = "half-way"
    case survey
    case paused, resumed, suspended
    case tenderNotice = "tender-notice"
    case closing, completed
    case endingToConfirm = "ending-to-confirm"
    case ended
    case endingUndone = "ending-undone"
    case placeTaken = "place-taken"
    case remainingMonths = "remaining-months"
  }
  /// The same for the same thing told to the same person: one mail each.
  public var task: TaskID
  public var kind: Kind
  public var to: MemberID
  /// The other of the pair; absent where the mail is about no pair.
  public var about: MemberID?
  /// Which of the two the reader is.
  public var party: Party?
  public var mentorship: MentorshipID?
  /// The day that the mail speaks of: the answer-by date, the date by which to make contact, the end.
  public var day: Day?
  /// What the reader can answer in one step, in the order in which to show it.
  public var choices: Bounded<Choice>?
  /// Of the agreement that the mail shows: what it is about.
  public var topics: Bounded<Topic>?
  /// Of the agreement: the direction in a line of the two's own.
  public var direction: Note?
  /// Of the agreement: weeks between contacts.
  public var everyWeeks: CadenceWeeks?
  /// Of the agreement: how they mostly talk.
  public var form: ContactForm?
  /// Of the agreement: how many meetings in person in the year.
  public var meetings: Count?
  /// Months that remain and are offered with a new mentor.
  public var months: Months?
  public var survey: SurveyMoment?
  /// What the reader's certificate says of their mentorship; absent where they get none.
  public var certificate: Certificate?
  /// What belongs in the reader's calendar, to be attached as iCalendar (RFC 5545).
  public var events: Bounded<CalendarEvent>?
  public init(
    task: TaskID, kind: Kind, to: MemberID, about: MemberID?, party: Party?, mentorship: MentorshipID?,
    day: Day? = nil, choices: Bounded<Choice>? = nil
  ) {
    self.task = task
    self.kind = kind
    self.to = to
    self.about = about
    self.party = party
    self.mentorship = mentorship
    self.day = day
    self.choices = choices
  }
}

/// A mentorship that was completed, as a certificate of participation tells it beside the names and the role.
public struct Certificate: Codable, Sendable, Hashable {
  public var starts: Day
  public var ends: Day
  public var months: Count

  public init(starts: Day, ends: Day, months: Count) {
    self.starts = starts
    self.ends = ends
    self.months = months
  }
}

/// When in the year the two are asked how it goes.
public enum SurveyMoment: String, Codable, Sendable, CaseIterable {
  case start
  case halfWay = "half-way"
  case end
}

/// A date of a pair for a calendar. A later sequence of the same uid replaces what was sent before it.
public struct CalendarEvent: Codable, Sendable, Hashable {
  public enum What: String, Codable, Sendable, CaseIterable {
    case firstContact = "first-contact"
    case meeting
    case halfWay = "half-way"
    case closingTalk = "closing-talk"
    case end
  }
  /// The same for the same date of the same pair for ever; an `@` and a domain are added to it.
  public var uid: TaskID
  public var sequence: Count
  public var isCancelled: Bool
  public var what: What
  public var day: Day
  /// Where to meet: between the two.
  public var kommun: KommunCode?
  public init(uid: TaskID, sequence: Count, isCancelled: Bool, what: What, day: Day, kommun: KommunCode? = nil) {
    self.uid = uid
    self.sequence = sequence
    self.isCancelled = isCancelled
    self.what = what
    self.day = day
    self.kommun = kommun
  }
}

/// A task for the notifier: what the board is to be told. It goes to the board's own address, since those on the
/// board need not be members.
public struct TellBoard: TaskMessage {
  public static let type = "followup.tell-board.v1"
  public static let summary = "Asks the notifier to tell the board of what it has to do."
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Something new.
    case notice
    /// Its day has passed; told once.
    case escalation
    /// All that is overdue, once a day.
    case digest
  }
  public var task: TaskID
  public var kind: Kind
  public var lines: Bounded<Line>
  /// How many more there are than the lines.
  public var more: Count
  public struct Line: Codable, Sendable, Hashable {
    public var task: BoardTaskID
    public var kind: BoardTaskKind
    public var mentorship: MentorshipID?
    /// Whom it is about first: who asked for help, whose address bounces.
    public var about: MemberID?
    /// The other of the pair.
    public var other: MemberID?
    public var due: Day
    public init(
      task: BoardTaskID, kind: BoardTaskKind, mentorship: MentorshipID?, about: MemberID?, other: MemberID?, due: Day
    ) {
      self.task = task
      self.kind = kind
      self.mentorship = mentorship
      self.about = about
      self.other = other
      self.due = due
    }
  }
  public init(task: TaskID, kind: Kind, lines: Bounded<Line>, more: Count = Count(0)) {
    self.task = task
    self.kind = kind
    self.lines = lines
    self.more = more
  }
}

/// Something that a person on the board must do.
public struct BoardTaskID: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(3...60, .token, example: "p-7h3m9c2r-silent-1")
}

/// Why the board is needed.
public enum BoardTaskKind: String, Codable, Sendable, CaseIterable {
  case notStarted = "not-started"
  case silent
  case help
  /// The two answered a check-in differently.
  case disagree
  /// One of the two wants another agreement than the one proposed.
  case agreement
  /// A conflict of interest was found while the mentorship runs.
  case conflict
  /// A match can't begin before the board has decided on what the competition rule has found.
  case matchHeld = "match-held"
  case mailBounces = "mail-bounces"
  case newMentor = "new-mentor"
}

/// A task for the notifier: what need not be told any more, because a mentorship has ended or rests, or somebody is
/// forgotten. What was sent already stays sent.
public struct WithdrawTasks: TaskMessage {
  public static let type = "followup.withdraw-tasks.v1"
  public static let summary = "Asks the notifier not to send what it has not sent yet."
  public var tasks: Bounded<TaskID>
  public init(tasks: Bounded<TaskID>) { self.tasks = tasks }
}
