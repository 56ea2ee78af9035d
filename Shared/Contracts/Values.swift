import Messaging

// The field types of all contracts: ids, and texts and numbers with their limits.

/// A person in the register.
public struct MemberID: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(3...40, .token, example: "m-4k7q2x9d")
}

/// A pair that the board has submitted, and the mentorship that it becomes. Short, since the ids of its
/// tasks begin with it.
public struct MatchID: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(3...24, .token, example: "p-7h3m9c2r")
}

/// The year of a pair. It has the name of the match that it began with, so that a person who has one
/// has the other.
public struct MentorshipID: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = MatchID.constraint
  public init(of match: MatchID) { self.init(unchecked: match.rawValue) }
  public var match: MatchID { MatchID(unchecked: rawValue) }
}

/// Something that the follow-up asks the notifier to tell somebody.
public struct TaskID: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(3...60, .token, example: "p-7h3m9c2r-invitation-0-mentor")
}

/// One import of a register file, from its first uploaded part to its commit.
public struct ImportID: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(8...40, .token, example: "i-2f6t8w1z")
}

public struct PersonName: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(2...80, .line, example: "Åsa Öberg")
}

public struct PhoneNumber: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(5...25, .phone, example: "070-123 45 67")
}

/// What somebody has been trained for, in a few words.
public struct Qualification: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...200, .line, example: "Handledarutbildning, 60 hp")
}

public struct OrganisationNumber: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(11...11, .organisationNumber, example: "556036-0793")
}

/// The four digits of a Swedish municipality.
public struct KommunCode: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(4...4, .digits, example: "0180")
}

/// What somebody writes in a field for a sentence or two.
public struct Note: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(
    1...500, .prose, example: "Båda arbetar i kommunen, i olika förvaltningar.")
}

/// A cell of a file that was read, as it stood there.
public struct Cell: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...500, .prose, example: "Åsa Öberg")
}

/// What is searched for.
public struct SearchText: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...100, .line, example: "asa")
}

/// Where the next page begins, as the page before said.
public struct PageToken: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...300, .line, example: "m-4k7q2x9d")
}

/// A stable code for programs, such as `match/self-match`.
public struct Code: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...100, .line, example: "member/unknown-kommun")
}

/// An attribute of an envelope as it stands there: an id, or the key among whose messages order is kept.
public struct Attribute: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...200, .line, example: "p-7h3m9c2r")
}

/// A message as a person reads it: indented JSON, and cut where it is longer than anybody reads.
public struct LetterText: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...20_000, .prose, example: #"{"match":"p-7h3m9c2r"}"#)

  /// Cuts what is too long and replaces what may not stand in a text.
  public init(_ text: String) { self.init(unchecked: text.asProse(20_000)) }
}

/// Metrics in Prometheus' text format.
public struct MetricsText: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(
    1...400_000, .prose, example: "handslag_dead_letters{service=\"matching\"} 0\n")
}

/// What a backup is called, and so its file: never a path.
public struct BackupName: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...60, .token, example: "20261124t080000z")
}

/// A sentence for a person, in the language that was asked for.
public struct Sentence: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...2000, .prose, example: "Kommunen finns inte.")

  /// Cuts what is too long and replaces what may not stand in a sentence.
  public init(_ text: String) { self.init(unchecked: text.asProse(2000)) }
}

extension String {
  /// The first scalars, a space for each control character; a hyphen where nothing is left.
  fileprivate func asProse(_ limit: Int) -> String {
    var view = String.UnicodeScalarView()
    for scalar in unicodeScalars.prefix(limit) {
      view.append(scalar.value > 0x1f && scalar.value != 0x7f || scalar.value == 0x0a ? scalar : " ")
    }
    return view.isEmpty ? "-" : String(view)
  }
}

/// How many adepts a mentor takes at a time.
public struct Capacity: Constrained {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(1...5)
}

/// Years in the supervisor's role.
public struct Years: Constrained {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(0...60)
}

/// How long a mentorship runs: twelve, or the months that remain after an early end.
public struct Months: Constrained {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(1...12)
}

/// What a score, or a part of one, comes to.
public struct Points: Constrained {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(-1_000_000_000_000...1_000_000_000_000)
}

/// The name of somebody's key, as `authorized-keys` has it.
public struct PrincipalName: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...40, .token, example: "karin")
}

/// How many of something there are.
public struct Count: Constrained, Comparable {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(0...1_000_000_000)
  /// Clamps to the limits.
  public init(_ value: Int) { self.init(unchecked: min(max(0, value), 1_000_000_000)) }
  public static func < (left: Count, right: Count) -> Bool { left.rawValue < right.rawValue }
}

/// The number of a part, a line or a letter, from 1.
public struct Number: Constrained {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(1...1_000_000_000)
}

/// The language of a sentence or a mail.
public enum Language: String, Codable, Sendable, CaseIterable {
  case sv, en
}

/// What a member takes part as.
public enum MemberRole: String, Codable, Sendable, CaseIterable {
  case mentor, adept, both
  public var isMentor: Bool { self != .adept }
  public var isAdept: Bool { self != .mentor }
}

/// Where a person stands in the programme: see `Standing` in membership.
public enum MemberStatus: String, Codable, Sendable, CaseIterable {
  /// An application that has been received; nobody but membership knows of it.
  case applied
  case declined, withdrawn
  case active, paused, left
}

/// On what ground the association holds somebody's data (GDPR, article 6.1 a, b and f).
public struct LawfulBasis: Codable, Sendable, Hashable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case consent, contract
    case legitimateInterest = "legitimate-interest"
  }
  public var kind: Kind
  /// When it was given or found.
  public var day: Day
  /// The version of the wording that the person was shown.
  public var wording: WordingVersion
  public init(kind: Kind, day: Day, wording: WordingVersion) {
    self.kind = kind
    self.day = day
    self.wording = wording
  }
}

public struct WordingVersion: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...40, .line, example: "2026-1")
}

/// What a mentorship can be about. The board can add to them later.
public enum Topic: String, Codable, Sendable, CaseIterable {
  case supervisorRole = "supervisor-role"
  case publicTenders = "public-tenders"
  case company, pricing, contracts, assignments, network
}

/// One of the two in a pair.
public enum Party: String, Codable, Sendable, CaseIterable {
  case mentor, adept
}

/// How a conversation is held.
public enum ContactForm: String, Codable, Sendable, CaseIterable {
  case inPerson = "in-person"
  case video, phone
}
