import Messaging

/// Where a mail stands. With the Maildir alone it is kept on this machine, and not called sent.
public enum MailState: String, Codable, Sendable, CaseIterable {
  case queued
  /// It is being handed over; after a crash it is handed over again, since nobody knows how that ended.
  case attempting
  /// It was not taken, and is tried again for up to four days.
  case retrying
  /// A mail server has taken it.
  case sent
  case kept
  /// It will not arrive; the reason says why.
  case failed
  /// It was not to be sent, or not any more; the reason says why.
  case suppressed
}

/// What a mail is: one of those to members, or one of those to the board.
public enum MailKind: RawRepresentable, Codable, Sendable, Hashable, CaseIterable {
  case member(TellMember.Kind)
  case board(TellBoard.Kind)
  /// How the mails of a week went.
  case weekly

  public static let allCases =
    TellMember.Kind.allCases.map(MailKind.member) + TellBoard.Kind.allCases.map(MailKind.board) + [.weekly]

  public var rawValue: String {
    switch self {
    case .member(let kind): kind.rawValue
    case .board(let kind): "board-\(kind.rawValue)"
    case .weekly: "board-weekly"
    }
  }

  public init?(rawValue: String) {
    guard let kind = MailKind.byName[rawValue] else { return nil }
    self = kind
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}

public struct ListMails: Query {
  public static let type = "notification.list-mails.v1"
  public static let summary = "Mails in the order of their tasks, in pages; optionally to one member, or of one state."
  public var to: MemberID?
  public var after: PageToken?
  public var state: MailState?
  public init(to: MemberID? = nil, after: PageToken? = nil, state: MailState? = nil) {
    self.to = to
    self.after = after
    self.state = state
  }
  public struct Item: Codable, Sendable, Hashable {
    public var task: TaskID
    public var kind: MailKind
    /// `board` where it is to the board.
    public var to: MemberID
    public var subject: Sentence
    public var state: MailState
    public var day: Day
    /// Why it is not with its reader, where it is not.
    public var reason: Code?
    public init(
      task: TaskID, kind: MailKind, to: MemberID, subject: Sentence, state: MailState, day: Day,
      reason: Code? = nil
    ) {
      self.task = task
      self.kind = kind
      self.to = to
      self.subject = subject
      self.state = state
      self.day = day
      self.reason = reason
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
  public static let summary = "How many mails to members of each kind stand in each state."
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

/// One mail, whole: what it says, and what became of each attempt.
public struct GetMail: Query {
  public static let type = "notification.get-mail.v1"
  public static let summary = "One mail with its text, its attempts, and what the mail server said."
  public var task: TaskID
  public init(task: TaskID) { self.task = task }
  public struct Reply: Contract {
    public static let type = "notification.mail.v1"
    public static let summary = "The mail. It holds personal data: show it and keep it nowhere."
    public var mail: ListMails.Item
    public var recipient: EmailAddress?
    public var attempts: Count
    /// Attempts whose outcome nobody knows: the mail may have arrived so often besides.
    public var unanswered: Count
    /// When it is tried next.
    public var next: Timestamp?
    /// What the mail server said, or what kept it from being reached.
    public var said: Sentence?
    /// The mail that it shares with others.
    public var carriedBy: TaskID?
    /// How many others go with it.
    public var carries: Count
    public var text: LetterText?
    public init(
      mail: ListMails.Item, recipient: EmailAddress?, attempts: Count, unanswered: Count, next: Timestamp?,
      said: Sentence?, carriedBy: TaskID?, carries: Count, text: LetterText?
    ) {
      self.mail = mail
      self.recipient = recipient
      self.attempts = attempts
      self.unanswered = unanswered
      self.next = next
      self.said = said
      self.carriedBy = carriedBy
      self.carries = carries
      self.text = text
    }
  }
}

/// Whether mails leave this machine, and how they fare.
public struct GetMailDelivery: Query {
  public static let type = "notification.get-mail-delivery.v1"
  public static let summary = "Whether mails leave this machine, how many stand in each state, and what keeps them."
  public init() {}
  public struct Tally: Codable, Sendable, Hashable {
    public var state: MailState
    public var mails: Count
    public init(state: MailState, mails: Count) {
      self.state = state
      self.mails = mails
    }
  }
  public struct Reply: Contract {
    public static let type = "notification.mail-delivery.v1"
    public static let summary = "The figures; without a server, no mail leaves this machine."
    public var server: Sentence?
    public var states: Bounded<Tally>
    /// Mails of which an attempt has no outcome: each may have arrived more than once.
    public var unanswered: Count
    /// The day of the oldest mail that still waits.
    public var oldestWaiting: Day?
    /// Why it waits.
    public var reason: Code?
    public init(
      server: Sentence?, states: Bounded<Tally>, unanswered: Count, oldestWaiting: Day?, reason: Code?
    ) {
      self.server = server
      self.states = states
      self.unanswered = unanswered
      self.oldestWaiting = oldestWaiting
      self.reason = reason
    }
    public func mails(_ state: MailState) -> Int {
      states.elements.first { $0.state == state }?.mails.rawValue ?? 0
    }
  }
}

public struct MailStateReply: Contract {
  public static let type = "notification.mail-state.v1"
  public static let summary = "The state of the mail after the command."
  public var task: TaskID
  public var state: MailState
  public init(task: TaskID, state: MailState) {
    self.task = task
    self.state = state
  }
}

public struct RetryMail: Command {
  public static let type = "notification.retry-mail.v1"
  public static let summary =
    "Queues a mail anew that failed, waits, or was not to be sent; to the address that is known now."
  public var task: TaskID
  public init(task: TaskID) { self.task = task }
  public typealias Reply = MailStateReply
}

public struct DiscardMail: Command {
  public static let type = "notification.discard-mail.v1"
  public static let summary = "Takes back a mail that has not left."
  public var task: TaskID
  public init(task: TaskID) { self.task = task }
  public typealias Reply = MailStateReply
}

/// What a mail would say, without sending it.
public struct PreviewMail: Query {
  public static let type = "notification.preview-mail.v1"
  public static let summary =
    "Writes a mail of a kind to a member, from the template in use or from a draft, and sends nothing."
  public var kind: TellMember.Kind
  public var to: MemberID
  /// The other of the pair; somebody invented where absent.
  public var about: MemberID?
  /// As which of the two; the mentor where absent.
  public var party: Party?
  /// In which language; the member's own where absent.
  public var language: Language?
  /// A template to try, as it would stand in a file.
  public var draft: LetterText?
  public init(
    kind: TellMember.Kind, to: MemberID, about: MemberID? = nil, party: Party? = nil, language: Language? = nil,
    draft: LetterText? = nil
  ) {
    self.kind = kind
    self.to = to
    self.about = about
    self.party = party
    self.language = language
    self.draft = draft
  }
  public struct Reply: Contract {
    public static let type = "notification.mail-preview.v1"
    public static let summary = "The mail as plain text and as HTML."
    public var subject: Sentence
    public var text: LetterText
    public var html: LetterText
    public init(subject: Sentence, text: LetterText, html: LetterText) {
      self.subject = subject
      self.text = text
      self.html = html
    }
  }
}

/// A member does, or does not, want mails of a kind.
public struct SetMailPreference: Command {
  public static let type = "notification.set-mail-preference.v1"
  public static let summary =
    "Notes that a member declines mails of a kind that one may do without, or wants them again."
  public var member: MemberID
  public var kind: TellMember.Kind
  public var isDeclined: Bool
  public init(member: MemberID, kind: TellMember.Kind, isDeclined: Bool) {
    self.member = member
    self.kind = kind
    self.isDeclined = isDeclined
  }
  public struct Reply: Contract {
    public static let type = "notification.mail-preference.v1"
    public static let summary = "What holds now."
    public var member: MemberID
    public var kind: TellMember.Kind
    public var isDeclined: Bool
    public init(member: MemberID, kind: TellMember.Kind, isDeclined: Bool) {
      self.member = member
      self.kind = kind
      self.isDeclined = isDeclined
    }
  }
}

/// A mail server has said that there is nobody at a member's address.
public struct AddressFailed: Event {
  public static let type = "notification.address-failed.v1"
  public static let summary = "Mails to the member's address do not arrive: a mail server refused it for good."
  public var member: MemberID
  public var code: Code
  public var day: Day
  public init(member: MemberID, code: Code, day: Day) {
    self.member = member
    self.code = code
    self.day = day
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

/// Membership has told of another address of a member, to whom mails may have failed before.
public struct AddressCorrected: Event {
  public static let type = "notification.address-corrected.v1"
  public static let summary = "A member is written to at another address than before. Which is not told."
  public var member: MemberID

  public init(member: MemberID) { self.member = member }
}
