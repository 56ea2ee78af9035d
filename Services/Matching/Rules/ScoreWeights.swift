import Contracts

/// What each thing that two people have in common adds to the score of their pair. The board edits it as a file.
public struct ScoreWeights: Sendable, Hashable {
  /// The board's own number for this edition of its weights.
  public var version = 1
  /// For each topic that the mentor offers, by its place in the adept's ranking; further ones add the last.
  public var topics = [100, 60, 40, 25, 15, 10, 5]
  public var sharedForm = 20
  /// For two who can meet in one kommun; less in proportion to the distance, and nothing from `meetingWithinKm` on.
  public var meeting = 60
  public var meetingWithinKm = 150
  public var sharedLanguage = 30
  public var noSharedLanguage = -200
  /// For each year that the mentor has more in the role, up to `yearsAtMost`.
  public var perYear = 4
  public var yearsAtMost = 15
  /// For each sector that both know, up to `sectorsAtMost`.
  public var perSector = 12
  public var sectorsAtMost = 3
  public var adeptWishes = 80
  public var mentorWishes = 50
  /// For each whole month that the adept has waited, up to `monthsAtMost`.
  public var perMonthWaited = 5
  public var monthsAtMost = 24
  /// For an adept whose mentorship ended before its time.
  public var returning = 300

  public init() {}

  /// A weight by the name that it has in a file, and what it may be.
  struct Field: Sendable {
    let name: String
    let path: WritableKeyPath<ScoreWeights, Int> & Sendable
    let range: ClosedRange<Int>
  }

  /// No weight is greater, so that no sum of them can be more than `ScoreTable` takes.
  static let range = -1_000_000...1_000_000

  static let fields: [Field] = [
    Field(name: "version", path: \.version, range: 1...1_000_000),
    Field(name: "sharedForm", path: \.sharedForm, range: range),
    Field(name: "meeting", path: \.meeting, range: range),
    Field(name: "meetingWithinKm", path: \.meetingWithinKm, range: 1...2_000),
    Field(name: "sharedLanguage", path: \.sharedLanguage, range: range),
    Field(name: "noSharedLanguage", path: \.noSharedLanguage, range: range),
    Field(name: "perYear", path: \.perYear, range: range),
    Field(name: "yearsAtMost", path: \.yearsAtMost, range: 0...60),
    Field(name: "perSector", path: \.perSector, range: range),
    Field(name: "sectorsAtMost", path: \.sectorsAtMost, range: 0...10),
    Field(name: "adeptWishes", path: \.adeptWishes, range: range),
    Field(name: "mentorWishes", path: \.mentorWishes, range: range),
    Field(name: "perMonthWaited", path: \.perMonthWaited, range: range),
    Field(name: "monthsAtMost", path: \.monthsAtMost, range: 0...1_200),
    Field(name: "returning", path: \.returning, range: range),
  ]
  static let topicsAtMost = 20
}
