import Foundation
import Messaging

// Erasing somebody: membership erases, asks the others to, and keeps what each has answered.

public struct ErasureID: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(3...40, .token, example: "e-5n8k2m7q")
}

/// Bytes in hexadecimal.
public struct HexText: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(2...128, .token, example: "00ff")
}

extension HexText {
  public init(_ data: Data) {
    self.init(unchecked: data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
  }

  /// The bytes; nil where the digits are none.
  public var data: Data? {
    let digits = rawValue.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
    return Data(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0]! * 16 + digits[$0 + 1]!) })
  }
}

/// A message that concerns one member, by whom the audit trail finds it.
public protocol ConcernsMember {
  var member: MemberID { get }
}

extension ChangeMember: ConcernsMember {}
extension MoveMember: ConcernsMember {}
extension MemberStandingReply: ConcernsMember {}
extension EraseMember: ConcernsMember {}
extension GetPersonalData: ConcernsMember {}

/// By what a text is known that may no longer stand anywhere, without the text: its length and a keyed hash.
public struct ErasureMark: Codable, Sendable, Hashable {
  /// A telephone number, found by its digits.
  public var isNumber: Bool
  /// In Unicode scalars without case and diacritics, or in digits.
  public var length: Number
  /// Sixteen bits of it, by which what is something else is passed over.
  public var filter: Count
  public var hash: HexText
  public init(isNumber: Bool, length: Number, filter: Count, hash: HexText) {
    self.isNumber = isNumber
    self.length = length
    self.filter = filter
    self.hash = hash
  }
}

public struct EraseMember: Command {
  public static let type = "membership.erase-member.v1"
  public static let summary = "Erases a person from all services; who has not answered yet is asked until they have."
  public var member: MemberID
  public init(member: MemberID) { self.member = member }
  public typealias Reply = GetErasure.Reply
}

/// How far an erasure has come.
public struct GetErasure: Query {
  public static let type = "membership.get-erasure.v1"
  public static let summary = "The receipt of an erasure: what each service has answered, and who has not."
  public var member: MemberID
  public init(member: MemberID) { self.member = member }
  public struct Reply: Contract {
    public static let type = "membership.erasure.v1"
    public static let summary = "The receipt. It is finished where nobody is awaited."
    public var erasure: ErasureID
    public var member: MemberID
    public var begun: Timestamp
    public var answers: Bounded<ErasureReport>
    public var awaited: Bounded<ServiceName>
    public init(
      erasure: ErasureID, member: MemberID, begun: Timestamp, answers: Bounded<ErasureReport>,
      awaited: Bounded<ServiceName>
    ) {
      self.erasure = erasure
      self.member = member
      self.begun = begun
      self.answers = answers
      self.awaited = awaited
    }
  }
}

/// What one service has erased, once its store is vacuumed and its WAL empty.
public struct ErasureReport: Codable, Sendable, Hashable {
  public struct Tally: Codable, Sendable, Hashable {
    /// A table, or what else held something.
    public var place: Code
    public var rows: Count
    public init(place: Code, rows: Count) {
      self.place = place
      self.rows = rows
    }
  }
  public var erasure: ErasureID
  public var member: MemberID
  public var service: ServiceName
  public var done: Timestamp
  public var tallies: Bounded<Tally>
  /// Copies of the store that still hold the person, until they age out; restoring one erases again.
  public var backups: Bounded<Sentence>
  public init(
    erasure: ErasureID, member: MemberID, service: ServiceName, done: Timestamp, tallies: Bounded<Tally>,
    backups: Bounded<Sentence>
  ) {
    self.erasure = erasure
    self.member = member
    self.service = service
    self.done = done
    self.tallies = tallies
    self.backups = backups
  }
}

public struct ForgetMember: TaskMessage {
  public static let type = "membership.forget-member.v1"
  public static let summary = "Erase what is held of this member, and every text that bears one of the marks."
  public var erasure: ErasureID
  public var member: MemberID
  public var key: HexText
  public var marks: Bounded<ErasureMark>
  public init(erasure: ErasureID, member: MemberID, key: HexText, marks: Bounded<ErasureMark>) {
    self.erasure = erasure
    self.member = member
    self.key = key
    self.marks = marks
  }
}

/// A service's answer to `ForgetMember`; a type for each, since a message has one sender.
public protocol ForgottenAnswer: Event {
  var report: ErasureReport { get }
  init(report: ErasureReport)
}

public struct MatchingForgot: ForgottenAnswer {
  public static let type = "matching.member-forgotten.v1"
  public static let summary = "Matching has erased what it held of a member."
  public var report: ErasureReport
  public init(report: ErasureReport) { self.report = report }
}

public struct FollowUpForgot: ForgottenAnswer {
  public static let type = "followup.member-forgotten.v1"
  public static let summary = "The follow-up has erased what it held of a member."
  public var report: ErasureReport
  public init(report: ErasureReport) { self.report = report }
}

public struct NotificationForgot: ForgottenAnswer {
  public static let type = "notification.member-forgotten.v1"
  public static let summary = "Notification has erased what it held of a member, its Maildir included."
  public var report: ErasureReport
  public init(report: ErasureReport) { self.report = report }
}

/// What a service holds of a member.
public struct GetPersonalData: Query {
  public static let type = "service.get-personal-data.v1"
  public static let summary = "All that the service holds of a member, but for what others said in confidence."
  public var member: MemberID
  /// How many of the entries to pass over.
  public var after: Count
  public init(member: MemberID, after: Count = Count(0)) {
    self.member = member
    self.after = after
  }
  public struct Entry: Codable, Sendable, Hashable {
    public var table: Code
    /// A JSON object with a field for each column.
    public var json: LetterText
    public init(table: Code, json: LetterText) {
      self.table = table
      self.json = json
    }
  }
  public struct Reply: Contract {
    public static let type = "service.personal-data.v1"
    public static let summary = "A page of what is held."
    public var service: ServiceName
    public var entries: Bounded<Entry>
    public var total: Count
    public init(service: ServiceName, entries: Bounded<Entry>, total: Count) {
      self.service = service
      self.entries = entries
      self.total = total
    }
  }
}
