import Messaging

/// Where a mail stands. With the Maildir alone it is kept on this machine, and not called sent.
public enum MailState: String, Codable, Sendable, CaseIterable {
  case queued, kept
}

public struct ListMails: Query {
  public static let type = "notification.list-mails.v1"
  public static let summary = "Mails in the order of their tasks, in pages; optionally to one member."
  public var to: MemberID?
  public var after: PageToken?
  public init(to: MemberID? = nil, after: PageToken? = nil) {
    self.to = to
    self.after = after
  }
  public struct Item: Codable, Sendable, Hashable {
    public var task: TaskID
    public var kind: TellMember.Kind
    public var to: MemberID
    public var subject: Sentence
    public var state: MailState
    public var day: Day
    public init(
      task: TaskID, kind: TellMember.Kind, to: MemberID, subject: Sentence, state: MailState, day: Day
    ) {
      self.task = task
      self.kind = kind
      self.to = to
      self.subject = subject
      self.state = state
      self.day = day
    }
  }
  public struct Reply: Contract {
    public static let type = "notification.mails.v1"
    public static let summary = "One page of mails; next is absent on the last."
    public var mails: Bounded<Item>
    public var next: PageToken?
    public init(mails: Bounded<Item>, next: PageToken?) {
      self.mails = mails
      self.next = next
    }
  }
}

public struct GetMailReport: Query {
  public static let type = "notification.get-mail-report.v1"
  public static let summary = "How many mails of each kind stand in each state."
  public init() {}
  public struct Tally: Codable, Sendable, Hashable {
    public var kind: TellMember.Kind
    public var state: MailState
    public var mails: Count
    public init(kind: TellMember.Kind, state: MailState, mails: Count) {
      self.kind = kind
      self.state = state
      self.mails = mails
    }
  }
  public struct Reply: Contract {
    public static let type = "notification.mail-report.v1"
    public static let summary = "The tallies."
    public var tallies: Bounded<Tally>
    public init(tallies: Bounded<Tally>) { self.tallies = tallies }
  }
}

/// A mail could not be delivered for good: the address does not exist, or takes nothing.
public struct MailFailed: Event {
  public static let type = "notification.mail-failed.v1"
  public static let summary = "A mail was not delivered and will not be tried again."
  public var task: TaskID
  /// To whom; absent where it was to the board.
  public var member: MemberID?
  public var kind: TellMember.Kind?
  /// What the mail server said, such as `smtp/550`.
  public var code: Code
  public init(task: TaskID, member: MemberID?, kind: TellMember.Kind?, code: Code) {
    self.task = task
    self.member = member
    self.kind = kind
    self.code = code
  }
}
