import Messaging

public struct ListBoardTasks: Query {
  public static let type = "followup.list-board-tasks.v1"
  public static let summary =
    "What the board has to do, the most urgent first, in pages; optionally what is closed too."
  public var includeClosed: Bool?
  public var after: PageToken?
  public init(includeClosed: Bool? = nil, after: PageToken? = nil) {
    self.includeClosed = includeClosed
    self.after = after
  }
  public struct Item: Codable, Sendable, Hashable {
    public var task: BoardTaskID
    public var kind: BoardTaskKind
    public var mentorship: MentorshipID?
    public var mentor: MemberID?
    public var adept: MemberID?
    /// Whom it is about first.
    public var about: MemberID?
    public var opened: Day
    public var due: Day
    /// The principal who does it.
    public var owner: Attribute
    public var isEscalated: Bool
    public var closed: Day?
    /// Of what the competition rule has found: whether the board may decide on it, or only end or withdraw.
    public var outcome: CompetitionOutcome?
    public init(
      task: BoardTaskID, kind: BoardTaskKind, mentorship: MentorshipID?, mentor: MemberID?, adept: MemberID?,
      about: MemberID?, opened: Day, due: Day, owner: Attribute, isEscalated: Bool, closed: Day?,
      outcome: CompetitionOutcome? = nil
    ) {
      self.task = task
      self.kind = kind
      self.mentorship = mentorship
      self.mentor = mentor
      self.adept = adept
      self.about = about
      self.opened = opened
      self.due = due
      self.owner = owner
      self.isEscalated = isEscalated
      self.closed = closed
      self.outcome = outcome
    }
  }
  public struct Reply: Contract {
    public static let type = "followup.board-tasks.v1"
    public static let summary = "One page of tasks; next is absent on the last."
    public var tasks: Bounded<Item>
    public var next: PageToken?
    public init(tasks: Bounded<Item>, next: PageToken?) {
      self.tasks = tasks
      self.next = next
    }
  }
}

public struct TakeBoardTask: Command {
  public static let type = "followup.take-board-task.v1"
  public static let summary = "Makes the caller the owner of a board task."
  public var task: BoardTaskID
  public init(task: BoardTaskID) { self.task = task }
  public typealias Reply = BoardTaskReply
}

public struct CloseBoardTask: Command {
  public static let type = "followup.close-board-task.v1"
  public static let summary = "The board has done what was to be done. Most tasks close by themselves."
  public var task: BoardTaskID
  public init(task: BoardTaskID) { self.task = task }
  public typealias Reply = BoardTaskReply
}

public struct BoardTaskReply: Contract {
  public static let type = "followup.board-task.v1"
  public static let summary = "The task after the command."
  public var task: BoardTaskID
  public var isClosed: Bool
  public init(task: BoardTaskID, isClosed: Bool) {
    self.task = task
    self.isClosed = isClosed
  }
}

/// The whole year of a pair.
public struct GetMentorship: Query {
  public static let type = "followup.get-mentorship.v1"
  public static let summary = "One mentorship with what has happened and what is planned."
  public var mentorship: MentorshipID
  public init(mentorship: MentorshipID) { self.mentorship = mentorship }

  public struct Entry: Codable, Sendable, Hashable {
    public enum What: String, Codable, Sendable, CaseIterable {
      case began, told, met, proposed, agreed, discussed, paused, suspended, resumed, completed, ended, undone
      case notYet = "not-yet"
      case needHelp = "need-help"
      case wantToEnd = "want-to-end"
      case needsBoard = "needs-board"
      case boardDone = "board-done"
      case survey
      /// Still to come.
      case planned
    }
    public var day: Day
    public var what: What
    public var party: Party?
    public var form: ContactForm?
    public var mail: TellMember.Kind?
    public var need: BoardTaskKind?
    public init(
      day: Day, what: What, party: Party? = nil, form: ContactForm? = nil, mail: TellMember.Kind? = nil,
      need: BoardTaskKind? = nil
    ) {
      self.day = day
      self.what = what
      self.party = party
      self.form = form
      self.mail = mail
      self.need = need
    }
  }
  public struct Reply: Contract {
    public static let type = "followup.mentorship.v1"
    public static let summary = "The mentorship, its dates, and its entries in order."
    public var mentorship: ListMentorships.Item
    public var today: Day
    public var topics: Bounded<Topic>
    public var direction: Note?
    public var halfWay: Day?
    public var closingTalk: Day?
    public var entries: Bounded<Entry>
    /// Earlier entries that there is no room for.
    public var earlier: Count
    /// By whom it was ended early, and why, as far as they have said: for those who handle it alone, as the next.
    public var endedBy: EndMentorship.EndedBy?
    public var endReason: Note?
    /// Why the board has suspended it.
    public var suspendReason: Note?

    public init(
      mentorship: ListMentorships.Item, today: Day, topics: Bounded<Topic>, direction: Note?, halfWay: Day?,
      closingTalk: Day?, entries: Bounded<Entry>, earlier: Count
    ) {
      self.mentorship = mentorship
      self.today = today
      self.topics = topics
      self.direction = direction
      self.halfWay = halfWay
      self.closingTalk = closingTalk
      self.entries = entries
      self.earlier = earlier
    }
  }
}
