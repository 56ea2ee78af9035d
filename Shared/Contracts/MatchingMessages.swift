import Messaging

/// The board pairs an adept with a mentor.
public struct SubmitMatch: Command {
  public static let type = "matching.submit-match.v1"
  public static let summary = "Pairs an adept with a mentor; both are asked and have 14 days to answer."
  public var mentor: MemberID
  public var adept: MemberID
  /// Why the board decides for the pair, where the rules leave it to the board.
  public var reason: Note?
  /// Twelve where absent; fewer for the months that remain after an early end.
  public var months: Months?
  /// Who on the board is responsible for the match, by the name of their key; whoever submits it where absent.
  public var responsible: PrincipalName?
  public init(
    mentor: MemberID, adept: MemberID, reason: Note? = nil, months: Months? = nil, responsible: PrincipalName? = nil
  ) {
    self.mentor = mentor
    self.adept = adept
    self.reason = reason
    self.months = months
    self.responsible = responsible
  }
  public struct Reply: Contract {
    public static let type = "matching.match-accepted-for-answers.v1"
    public static let summary = "The match is submitted; both have until the end of answerBy."
    public var match: MatchID
    public var answerBy: Day
    public init(match: MatchID, answerBy: Day) {
      self.match = match
      self.answerBy = answerBy
    }
  }
}

/// One of the two says yes or no.
public struct AnswerMatch: Command {
  public static let type = "matching.answer-match.v1"
  public static let summary = "One party's answer to a match. When both have accepted, the mentorship begins."
  public enum Answer: String, Codable, Sendable, CaseIterable { case accept, decline }
  public var match: MatchID
  public var party: Party
  public var answer: Answer
  public init(match: MatchID, party: Party, answer: Answer) {
    self.match = match
    self.party = party
    self.answer = answer
  }
  public struct Reply: Contract {
    public static let type = "matching.match-answered.v1"
    public static let summary = "The state of the match after the answer."
    public var match: MatchID
    public var state: MatchState
    public init(match: MatchID, state: MatchState) {
      self.match = match
      self.state = state
    }
  }
}

/// The board takes a match back before both have answered.
public struct WithdrawMatch: Command {
  public static let type = "matching.withdraw-match.v1"
  public static let summary = "Takes a match back that is not active yet."
  public var match: MatchID
  public init(match: MatchID) { self.match = match }
  public typealias Reply = AnswerMatch.Reply
}

/// Where a match stands. Once active it has begun a mentorship, and `ended` when that is over.
public enum MatchState: String, Codable, Sendable, CaseIterable {
  case submitted
  case acceptedByMentor = "accepted-by-mentor"
  case acceptedByAdept = "accepted-by-adept"
  /// Both have accepted, but the competition rule found something meanwhile: the board decides or withdraws.
  case held
  case active, declined, expired, withdrawn, ended
}

/// The board decides that a match goes on though the competition rule has found something since it was submitted.
public struct DecideMatch: Command {
  public static let type = "matching.decide-match.v1"
  public static let summary =
    "Lets a match go on that the competition rule has left to the board; one that both have accepted becomes active."
  public var match: MatchID
  /// Kept with the match.
  public var reason: Note
  public init(match: MatchID, reason: Note) {
    self.match = match
    self.reason = reason
  }
  public typealias Reply = AnswerMatch.Reply
}

/// What the competition rule and the scores say of a pair.
public struct ExplainPair: Query {
  public static let type = "matching.explain-pair.v1"
  public static let summary =
    "The score of a pair line by line, and the evidence of the competition rule. Never for whom the evidence names."
  public var mentor: MemberID
  public var adept: MemberID
  public init(mentor: MemberID, adept: MemberID) {
    self.mentor = mentor
    self.adept = adept
  }
  public struct Line: Codable, Sendable, Hashable {
    /// What it is for, such as `topic` or `distance`.
    public var part: Code
    public var points: Points
    public var reason: Sentence
    public init(part: Code, points: Points, reason: Sentence) {
      self.part = part
      self.points = points
      self.reason = reason
    }
  }
  public struct Finding: Codable, Sendable, Hashable {
    public var rule: CompetitionRule
    public var outcome: CompetitionOutcome
    public var reason: Sentence
    public init(rule: CompetitionRule, outcome: CompetitionOutcome, reason: Sentence) {
      self.rule = rule
      self.outcome = outcome
      self.reason = reason
    }
  }
  public struct Reply: Contract {
    public static let type = "matching.pair-explained.v1"
    public static let summary = "The lines add up to the total; the worst finding is the outcome."
    public var outcome: CompetitionOutcome
    public var findings: Bounded<Finding>
    public var total: Points
    public var lines: Bounded<Line>
    /// Of the board's weights.
    public var version: Number
    public init(
      outcome: CompetitionOutcome, findings: Bounded<Finding>, total: Points, lines: Bounded<Line>, version: Number
    ) {
      self.outcome = outcome
      self.findings = findings
      self.total = total
      self.lines = lines
      self.version = version
    }
  }
}

public struct ListMatches: Query {
  public static let type = "matching.list-matches.v1"
  public static let summary = "Matches in the order in which they were submitted, in pages; optionally of one state."
  public var state: MatchState?
  public var after: PageToken?
  public init(state: MatchState? = nil, after: PageToken? = nil) {
    self.state = state
    self.after = after
  }
  public struct Item: Codable, Sendable, Hashable {
    public var match: MatchID
    public var mentor: MemberID
    public var adept: MemberID
    public var state: MatchState
    public var submitted: Day
    public var answerBy: Day
    public var months: Months
    public var responsible: PrincipalName?
    public init(
      match: MatchID, mentor: MemberID, adept: MemberID, state: MatchState, submitted: Day, answerBy: Day,
      months: Months, responsible: PrincipalName? = nil
    ) {
      self.match = match
      self.mentor = mentor
      self.adept = adept
      self.state = state
      self.submitted = submitted
      self.answerBy = answerBy
      self.months = months
      self.responsible = responsible
    }
  }
  public struct Reply: Contract {
    public static let type = "matching.matches.v1"
    public static let summary = "One page of matches; next is absent on the last."
    public var matches: Bounded<Item>
    public var next: PageToken?
    public init(matches: Bounded<Item>, next: PageToken?) {
      self.matches = matches
      self.next = next
    }
  }
}

/// How many places each mentor has and how many are taken.
public struct ListMentorPlaces: Query {
  public static let type = "matching.list-mentor-places.v1"
  public static let summary = "Each active mentor's places, taken and in all, in pages."
  public var after: PageToken?
  public init(after: PageToken? = nil) { self.after = after }
  public struct Item: Codable, Sendable, Hashable {
    public var mentor: MemberID
    public var capacity: Capacity
    public var taken: Count
    public init(mentor: MemberID, capacity: Capacity, taken: Count) {
      self.mentor = mentor
      self.capacity = capacity
      self.taken = taken
    }
  }
  public struct Reply: Contract {
    public static let type = "matching.mentor-places.v1"
    public static let summary = "One page of mentors; next is absent on the last."
    public var mentors: Bounded<Item>
    public var next: PageToken?
    public init(mentors: Bounded<Item>, next: PageToken?) {
      self.mentors = mentors
      self.next = next
    }
  }
}

public struct MatchSubmitted: Event {
  public static let type = "matching.match-submitted.v1"
  public static let summary = "The board has submitted a pair; both are to be asked."
  public var match: MatchID
  public var mentor: MemberID
  public var adept: MemberID
  public var submitted: Day
  public var answerBy: Day
  public init(match: MatchID, mentor: MemberID, adept: MemberID, submitted: Day, answerBy: Day) {
    self.match = match
    self.mentor = mentor
    self.adept = adept
    self.submitted = submitted
    self.answerBy = answerBy
  }
}

public struct MatchAccepted: Event {
  public static let type = "matching.match-accepted.v1"
  public static let summary = "One party has accepted; the other has not answered yet."
  public var match: MatchID
  public var by: Party
  public init(match: MatchID, by: Party) {
    self.match = match
    self.by = by
  }
}

public struct MatchActivated: Event {
  public static let type = "matching.match-activated.v1"
  public static let summary = "Both have accepted: the mentorship begins on this day and runs for so many months."
  public var match: MatchID
  public var mentor: MemberID
  public var adept: MemberID
  public var starts: Day
  public var months: Months
  /// Where each works, for a place to meet between them.
  public var mentorKommun: KommunCode?
  public var adeptKommun: KommunCode?
  public init(
    match: MatchID, mentor: MemberID, adept: MemberID, starts: Day, months: Months, mentorKommun: KommunCode? = nil,
    adeptKommun: KommunCode? = nil
  ) {
    self.match = match
    self.mentor = mentor
    self.adept = adept
    self.starts = starts
    self.months = months
    self.mentorKommun = mentorKommun
    self.adeptKommun = adeptKommun
  }
}

public struct MatchClosed: Event {
  public static let type = "matching.match-closed.v1"
  public static let summary = "A match ended without becoming a mentorship. Who declined is not told."
  public enum Outcome: String, Codable, Sendable, CaseIterable { case declined, expired, withdrawn }
  public var match: MatchID
  public var outcome: Outcome
  public init(match: MatchID, outcome: Outcome) {
    self.match = match
    self.outcome = outcome
  }
}

/// The competition rule has found something about a match that is not active, which the board has not decided on.
public struct MatchHeld: Event {
  public static let type = "matching.match-held.v1"
  public static let summary = "A match can't become active until the board has decided on what the rule has found."
  public var match: MatchID
  public var outcome: CompetitionOutcome
  public var rules: Bounded<CompetitionRule>
  public init(match: MatchID, outcome: CompetitionOutcome, rules: Bounded<CompetitionRule>) {
    self.match = match
    self.outcome = outcome
    self.rules = rules
  }
}

/// The competition rule has found something about a running mentorship.
public struct ConflictFound: Event {
  public static let type = "matching.conflict-found.v1"
  public static let summary = "A mentorship that runs is no longer clear, by what one of the two has told since."
  public var match: MatchID
  public var outcome: CompetitionOutcome
  public var rules: Bounded<CompetitionRule>
  public init(match: MatchID, outcome: CompetitionOutcome, rules: Bounded<CompetitionRule>) {
    self.match = match
    self.outcome = outcome
    self.rules = rules
  }
}

/// What was found is so no longer.
public struct ConflictCleared: Event {
  public static let type = "matching.conflict-cleared.v1"
  public static let summary = "What the rule had found about a match or a mentorship is so no longer."
  public var match: MatchID
  public init(match: MatchID) { self.match = match }
}

/// Somebody in a mentorship has registered a tender. Told whether or not the other plans it too, so that it reveals
/// nothing of the other.
public struct TenderNoted: Event {
  public static let type = "matching.tender-noted.v1"
  public static let summary = "A member is to be told not to discuss a tender that they have registered."
  public var match: MatchID
  /// Who registered it: nobody else is told.
  public var member: MemberID
  public var reference: TenderReference
  public init(match: MatchID, member: MemberID, reference: TenderReference) {
    self.match = match
    self.member = member
    self.reference = reference
  }
}
