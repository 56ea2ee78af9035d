import Messaging

// The life of a member: from the application to the end of the membership.

/// A person who is not in the register yet.
public struct RegisterMember: Command {
  public static let type = "membership.register-member.v1"
  public static let summary =
    "Enters a person: an application that has been received, or a member who is admitted at once."
  /// Read and checked as a row of a register file is; its line says nothing. Without a status it is an application.
  public var row: ImportRow
  public init(row: ImportRow) { self.row = row }
  public typealias Reply = MemberStandingReply
}

public struct ChangeMember: Command {
  public static let type = "membership.change-member.v1"
  public static let summary = "Changes what the register holds of a person, column by column."
  public var member: MemberID
  /// The cells that are to be others; its line says nothing.
  public var row: ImportRow
  /// The columns that are to be empty.
  public var clears: Bounded<RegisterColumn>?
  public init(member: MemberID, row: ImportRow, clears: Bounded<RegisterColumn>? = nil) {
    self.member = member
    self.row = row
    self.clears = clears
  }
  public typealias Reply = MemberStandingReply
}

public struct MoveMember: Command {
  public static let type = "membership.move-member.v1"
  public static let summary = "Takes a person one step on: admits, declines, withdraws, pauses, resumes, or ends."
  public enum Step: String, Codable, Sendable, CaseIterable {
    case admit, decline, withdraw, pause, resume, leave

    /// From where the step can be taken.
    public var from: [MemberStatus] {
      switch self {
      case .admit: [.applied, .declined, .withdrawn, .left]
      case .decline, .withdraw: [.applied]
      case .pause: [.active, .paused]
      case .resume: [.paused]
      case .leave: [.active, .paused]
      }
    }
  }
  public var member: MemberID
  public var step: Step
  /// The day on which somebody who is paused is back.
  public var until: Day?
  /// Needed to decline, and to admit an adept beyond the board's limit of years.
  public var reason: Note?
  public init(member: MemberID, step: Step, until: Day? = nil, reason: Note? = nil) {
    self.member = member
    self.step = step
    self.until = until
    self.reason = reason
  }
  public typealias Reply = MemberStandingReply
}

public struct MemberStandingReply: Contract {
  public static let type = "membership.member-standing.v1"
  public static let summary = "Where the person stands after the command."
  public var member: MemberID
  public var status: MemberStatus
  public var until: Day?
  public init(member: MemberID, status: MemberStatus, until: Day? = nil) {
    self.member = member
    self.status = status
    self.until = until
  }
}

/// The whole register as rows of a register file.
public struct ExportMembers: Query {
  public static let type = "membership.export-members.v1"
  public static let summary =
    "Members as rows that an import reads back to the same, in pages; protected identities for the chair alone."
  public var after: PageToken?
  public init(after: PageToken? = nil) { self.after = after }
  public struct Reply: Contract {
    public static let type = "membership.exported-members.v1"
    public static let summary = "One page of rows; next is absent on the last."
    public var rows: Bounded<ImportRow>
    public var next: PageToken?
    /// Members with protected identity on this page, whose rows were left out.
    public var hidden: Count
    public init(rows: Bounded<ImportRow>, next: PageToken?, hidden: Count) {
      self.rows = rows
      self.next = next
      self.hidden = hidden
    }
  }
}

/// What the board has decided once for all members.
public struct RegisterRules: Codable, Sendable, Hashable {
  /// An adept with more years in the role is admitted only with a reason.
  public var adeptYears: Years
  /// So long after they left, withdrew or were declined, people are erased.
  public var retentionMonths: RetentionMonths
  public init(
    adeptYears: Years = Years(unchecked: 5), retentionMonths: RetentionMonths = RetentionMonths(unchecked: 24)
  ) {
    self.adeptYears = adeptYears
    self.retentionMonths = retentionMonths
  }
}

public struct RetentionMonths: Constrained {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(1...120)
}

public struct GetRegisterRules: Query {
  public static let type = "membership.get-register-rules.v1"
  public static let summary =
    "What the board has decided: the adepts' limit of years, and how long those who left are kept."
  public init() {}
  public struct Reply: Contract {
    public static let type = "membership.register-rules.v1"
    public static let summary = "The rules as they stand."
    public var rules: RegisterRules
    public init(rules: RegisterRules) { self.rules = rules }
  }
}

public struct SetRegisterRules: Command {
  public static let type = "membership.set-register-rules.v1"
  public static let summary = "Decides the adepts' limit of years, and how long those who left are kept."
  public var rules: RegisterRules
  public init(rules: RegisterRules) { self.rules = rules }
  public typealias Reply = GetRegisterRules.Reply
}
