import Messaging

/// Where a mentorship stands.
public enum MentorshipState: String, Codable, Sendable, CaseIterable {
  case started, agreed, closing, completed, ended
}

/// What the two decided at the first contact.
public struct RecordAgreement: Command {
  public static let type = "followup.record-agreement.v1"
  public static let summary = "The agreement of a pair: direction, how often, in what form."
  public var mentorship: MentorshipID
  public var topics: Bounded<Topic>
  /// The direction in a line of their own.
  public var direction: Note?
  /// Weeks between contacts; about four where they follow the recommendation.
  public var everyWeeks: CadenceWeeks
  public var form: ContactForm
  /// Meetings in person in the year; two where absent.
  public var meetings: Meetings?
  /// Whether they rest in July; they do where absent.
  public var restsInJuly: Bool?
  public init(
    mentorship: MentorshipID, topics: Bounded<Topic>, direction: Note?, everyWeeks: CadenceWeeks,
    form: ContactForm, meetings: Meetings? = nil, restsInJuly: Bool? = nil
  ) {
    self.mentorship = mentorship
    self.topics = topics
    self.direction = direction
    self.everyWeeks = everyWeeks
    self.form = form
    self.meetings = meetings
    self.restsInJuly = restsInJuly
  }
  public typealias Reply = MentorshipStateReply
}

/// One of the two proposes an agreement; it holds once the other has confirmed it.
public struct ProposeAgreement: Command {
  public static let type = "followup.propose-agreement.v1"
  public static let summary = "One party's proposal of an agreement; the other is asked to confirm it."
  public var mentorship: MentorshipID
  public var by: Party
  public var topics: Bounded<Topic>
  public var direction: Note?
  public var everyWeeks: CadenceWeeks
  public var form: ContactForm
  public var meetings: Meetings?
  public var restsInJuly: Bool?
  public init(
    mentorship: MentorshipID, by: Party, topics: Bounded<Topic>, direction: Note?, everyWeeks: CadenceWeeks,
    form: ContactForm, meetings: Meetings? = nil, restsInJuly: Bool? = nil
  ) {
    self.mentorship = mentorship
    self.by = by
    self.topics = topics
    self.direction = direction
    self.everyWeeks = everyWeeks
    self.form = form
    self.meetings = meetings
    self.restsInJuly = restsInJuly
  }
  public typealias Reply = MentorshipStateReply
}

/// Meetings in person in a year.
public struct Meetings: Constrained {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(0...12)
}

/// Weeks between two contacts.
public struct CadenceWeeks: Constrained {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(1...13)
}

public struct MentorshipStateReply: Contract {
  public static let type = "followup.mentorship-state.v1"
  public static let summary = "The state of the mentorship after the command."
  public var mentorship: MentorshipID
  public var state: MentorshipState
  public init(mentorship: MentorshipID, state: MentorshipState) {
    self.mentorship = mentorship
    self.state = state
  }
}

/// The two have talked.
public struct RecordContact: Command {
  public static let type = "followup.record-contact.v1"
  public static let summary =
    "One conversation of a pair: on which day, in which form. What was said is never asked for."
  public var mentorship: MentorshipID
  public var day: Day
  public var form: ContactForm
  public init(mentorship: MentorshipID, day: Day, form: ContactForm) {
    self.mentorship = mentorship
    self.day = day
    self.form = form
  }
  public typealias Reply = MentorshipStateReply
}

/// Either party, or the board, ends it before its time.
public struct EndMentorship: Command {
  public static let type = "followup.end-mentorship.v1"
  public static let summary = "Ends a mentorship early. Either party may, at any time; no reason is needed."
  public enum EndedBy: String, Codable, Sendable, CaseIterable { case mentor, adept, board }
  public var mentorship: MentorshipID
  public var by: EndedBy
  /// Private to the board.
  public var reason: Note?
  /// The other is told at once and not after 24 hours.
  public var tellNow: Bool?
  /// They are never to be matched again.
  public var doNotMatchAgain: Bool?
  public init(
    mentorship: MentorshipID, by: EndedBy, reason: Note? = nil, tellNow: Bool? = nil, doNotMatchAgain: Bool? = nil
  ) {
    self.mentorship = mentorship
    self.by = by
    self.reason = reason
    self.tellNow = tellNow
    self.doNotMatchAgain = doNotMatchAgain
  }
  public typealias Reply = MentorshipStateReply
}

/// Whoever ended it has thought better of it, within 24 hours.
public struct UndoEnding: Command {
  public static let type = "followup.undo-ending.v1"
  public static let summary =
    "Asks for an ended mentorship back, within 24 hours; it goes on once matching has found the place still free."
  public var mentorship: MentorshipID
  public init(mentorship: MentorshipID) { self.mentorship = mentorship }
  public typealias Reply = MentorshipStateReply
}

/// Either party, or the board, lets it rest for a while.
public struct PauseMentorship: Command {
  public static let type = "followup.pause-mentorship.v1"
  public static let summary = "Lets a mentorship rest until a day; nobody is reminded, and the end date stays."
  public var mentorship: MentorshipID
  public var by: EndMentorship.EndedBy
  public var until: Day
  public init(mentorship: MentorshipID, by: EndMentorship.EndedBy, until: Day) {
    self.mentorship = mentorship
    self.by = by
    self.until = until
  }
  public typealias Reply = MentorshipStateReply
}

public struct SuspendMentorship: Command {
  public static let type = "followup.suspend-mentorship.v1"
  public static let summary = "The board stops a mentorship until it says otherwise; the end date stays."
  public var mentorship: MentorshipID
  /// Private to the board.
  public var reason: Note?
  public init(mentorship: MentorshipID, reason: Note? = nil) {
    self.mentorship = mentorship
    self.reason = reason
  }
  public typealias Reply = MentorshipStateReply
}

public struct ResumeMentorship: Command {
  public static let type = "followup.resume-mentorship.v1"
  public static let summary = "Ends a pause or a suspension; the board may add months for the time that was lost."
  public var mentorship: MentorshipID
  public var extendBy: Months?
  public init(mentorship: MentorshipID, extendBy: Months? = nil) {
    self.mentorship = mentorship
    self.extendBy = extendBy
  }
  public typealias Reply = MentorshipStateReply
}

/// How a pair is, judged by its own cadence.
public enum PairHealth: String, Codable, Sendable, CaseIterable {
  case inRhythm = "in-rhythm"
  case late, silent
  case askedForHelp = "asked-for-help"
  case disagree
  case notStarted = "not-started"
  /// Paused or suspended.
  case resting
  /// Completed or ended.
  case over
}

/// What a mentorship rests for.
public enum Rest: String, Codable, Sendable, CaseIterable {
  case paused, suspended
}

public struct ListMentorships: Query {
  public static let type = "followup.list-mentorships.v1"
  public static let summary = "Mentorships in the order in which they began, in pages; optionally of one state."
  public var state: MentorshipState?
  public var after: PageToken?
  public init(state: MentorshipState? = nil, after: PageToken? = nil) {
    self.state = state
    self.after = after
  }
  public struct Item: Codable, Sendable, Hashable {
    public var mentorship: MentorshipID
    public var mentor: MemberID
    public var adept: MemberID
    public var state: MentorshipState
    public var starts: Day
    public var ends: Day
    public var contacts: Count
    public var latestContact: Day?
    public var reminders: Count
    public var health: PairHealth?
    public var rest: Rest?
    /// Weeks between contacts, by their own agreement.
    public var everyWeeks: CadenceWeeks?
    public init(
      mentorship: MentorshipID, mentor: MemberID, adept: MemberID, state: MentorshipState, starts: Day,
      ends: Day, contacts: Count, latestContact: Day?, reminders: Count
    ) {
      self.mentorship = mentorship
      self.mentor = mentor
      self.adept = adept
      self.state = state
      self.starts = starts
      self.ends = ends
      self.contacts = contacts
      self.latestContact = latestContact
      self.reminders = reminders
    }
  }
  public struct Reply: Contract {
    public static let type = "followup.mentorships.v1"
    public static let summary = "One page of mentorships; next is absent on the last."
    public var mentorships: Bounded<Item>
    public var next: PageToken?
    public init(mentorships: Bounded<Item>, next: PageToken?) {
      self.mentorships = mentorships
      self.next = next
    }
  }
}

/// The programme in numbers, for the board's report.
public struct GetProgrammeReport: Query {
  public static let type = "followup.get-programme-report.v1"
  public static let summary =
    "Pairs, contacts, completions and early endings, and the tasks that were given to the notifier."
  public init() {}
  public struct Tally: Codable, Sendable, Hashable {
    public var kind: TellMember.Kind
    public var tasks: Count
    public init(kind: TellMember.Kind, tasks: Count) {
      self.kind = kind
      self.tasks = tasks
    }
  }
  public struct Reply: Contract {
    public static let type = "followup.programme-report.v1"
    public static let summary = "The numbers."
    public var mentorships: Count
    public var running: Count
    public var completed: Count
    public var endedEarly: Count
    public var contacts: Count
    public var meetingsInPerson: Count
    public var agreements: Count
    public var tasks: Bounded<Tally>
    public init(
      mentorships: Count, running: Count, completed: Count, endedEarly: Count, contacts: Count,
      meetingsInPerson: Count, agreements: Count, tasks: Bounded<Tally>
    ) {
      self.mentorships = mentorships
      self.running = running
      self.completed = completed
      self.endedEarly = endedEarly
      self.contacts = contacts
      self.meetingsInPerson = meetingsInPerson
      self.agreements = agreements
      self.tasks = tasks
    }
  }
}

public struct MentorshipEnded: Event {
  public static let type = "followup.mentorship-ended.v1"
  public static let summary = "A mentorship ended early: the mentor's place is free. By whom and why is not told."
  public var mentorship: MentorshipID
  /// Whole months that the adept is offered with a new mentor, before others; absent where none remain.
  public var remainingMonths: Months?
  /// One of the two asked that they never be matched again.
  public var doNotMatchAgain: Bool?
  public init(mentorship: MentorshipID, remainingMonths: Months? = nil, doNotMatchAgain: Bool? = nil) {
    self.mentorship = mentorship
    self.remainingMonths = remainingMonths
    self.doNotMatchAgain = doNotMatchAgain
  }
}

public struct MentorshipCompleted: Event {
  public static let type = "followup.mentorship-completed.v1"
  public static let summary = "A mentorship has run its time: the mentor's place is free."
  public var mentorship: MentorshipID
  public init(mentorship: MentorshipID) { self.mentorship = mentorship }
}
