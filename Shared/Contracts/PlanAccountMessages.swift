import Messaging

// What a draft is worth and why, as it was proposed; and what another pair would cost.

/// Two whom a plan is to have, or not to have.
public struct PlanPair: Codable, Sendable, Hashable {
  public var adept: MemberID
  public var mentor: MemberID
  public init(adept: MemberID, mentor: MemberID) {
    self.adept = adept
    self.mentor = mentor
  }
}

/// Adepts who are matched, and then score: what a plan comes to, a price, a gain or a loss.
public struct PlanWorth: Codable, Sendable, Hashable {
  public var adepts: Count
  public var score: Points
  public init(adepts: Count, score: Points) {
    self.adepts = adepts
    self.score = score
  }
}

/// Why a draft is the best there was.
public struct GetPlanAccount: Query {
  public static let type = "matching.get-plan-account.v1"
  public static let summary =
    "What a draft came to by either objective, its prices, what could be swapped, who is left and why, in pages."
  public var plan: PlanID
  /// How many of the lines to pass over.
  public var after: Count?
  public init(plan: PlanID, after: Count? = nil) {
    self.plan = plan
    self.after = after
  }

  public struct Line: Codable, Sendable, Hashable {
    public enum What: String, Codable, Sendable, CaseIterable {
      /// The best plan by one objective, and what it comes to.
      case objective
      /// An adept, with their price, and what other best plans have for them; of who is left unmatched, the reason. No
      /// price of the caller's own, which would tell what their pair is worth.
      case adept
      /// A mentor, with the price of one place and the places. No price of the caller's own.
      case mentor
      /// Two who would rather have each other than whom they have.
      case blocking
      /// A new mentor who would help the most.
      case recruit
      /// Adepts who together have too few mentors.
      case shortage
    }
    public var what: What
    public var objective: PlanObjective?
    public var adept: MemberID?
    public var mentor: MemberID?
    /// What it comes to, the price, or the gain.
    public var worth: PlanWorth?
    /// The score of the pair.
    public var score: Points?
    /// Mentors whom the adept has in other plans that are as good.
    public var mentors: Bounded<MemberID>?
    /// Whether the adept is left unmatched in one that is as good.
    public var orUnmatched: Bool?
    /// Of who is left unmatched: no-scores, forbidden, no-open-place, worthless or outbid.
    public var reason: Code?
    /// Where no mentor is possible: how many each rule blocks.
    public var blockedBy: Bounded<Blocked>?
    public var adepts: Bounded<MemberID>?
    public var places: Count?
    public var kommun: KommunCode?
    public var topics: Bounded<Topic>?
    public var forms: Bounded<ContactForm>?
    /// How many of those who are left unmatched such a mentor would help.
    public var helps: Count?
    /// Whether the adept's pair was settled beforehand, whatever it is worth.
    public var isLocked: Bool?
    /// Whom the adept has in the best plan by the other objective.
    public var otherMentor: MemberID?
    /// The price in that plan.
    public var otherWorth: PlanWorth?
    public init(_ what: What) { self.what = what }
  }
  public struct Blocked: Codable, Sendable, Hashable {
    public var rule: CompetitionRule
    public var mentors: Count
    public init(rule: CompetitionRule, mentors: Count) {
      self.rule = rule
      self.mentors = mentors
    }
  }
  public struct Reply: Contract {
    public static let type = "matching.plan-account.v1"
    public static let summary = "One page of lines; next is absent on the last."
    public var lines: Bounded<Line>
    public var next: Count?
    public init(lines: Bounded<Line>, next: Count?) {
      self.lines = lines
      self.next = next
    }
  }
}

/// The scores that a draft was made from, against which its prices can be checked.
public struct GetPlanScores: Query {
  public static let type = "matching.get-plan-scores.v1"
  public static let summary =
    "What each pair that could be made was worth when a draft was proposed, in pages; none of the caller's own pairs."
  public var plan: PlanID
  /// How many of the rows to pass over.
  public var after: Count?
  public init(plan: PlanID, after: Count? = nil) {
    self.plan = plan
    self.after = after
  }
  /// Some of an adept's pairs. Pairs that the competition rule blocks and those that the board forbids are absent.
  public struct Row: Codable, Sendable, Hashable {
    public var adept: MemberID
    public var scores: Bounded<Scored>
    public init(adept: MemberID, scores: Bounded<Scored>) {
      self.adept = adept
      self.scores = scores
    }
  }
  public struct Scored: Codable, Sendable, Hashable {
    public var mentor: MemberID
    public var score: Points
    public init(mentor: MemberID, score: Points) {
      self.mentor = mentor
      self.score = score
    }
  }
  public struct Reply: Contract {
    public static let type = "matching.plan-scores.v1"
    public static let summary =
      "One page of rows; next is absent on the last. An adept has several where they have many pairs."
    public var rows: Bounded<Row>
    public var next: Count?
    public init(rows: Bounded<Row>, next: Count?) {
      self.rows = rows
      self.next = next
    }
  }
}

/// What the best plan with a pair would have less than the best plan.
public struct AskWhyNot: Query {
  public static let type = "matching.ask-why-not.v1"
  public static let summary =
    "Why the best plan does not have a pair, by what is known now and a draft's locked and forbidden pairs."
  public var adept: MemberID
  public var mentor: MemberID
  /// Whose objective, locked and forbidden pairs count; the latest where absent.
  public var plan: PlanID?
  public init(adept: MemberID, mentor: MemberID, plan: PlanID? = nil) {
    self.adept = adept
    self.mentor = mentor
    self.plan = plan
  }
  public enum Answer: String, Codable, Sendable, CaseIterable {
    case isInPlan = "in-plan"
    /// The competition rule blocks it: see the findings.
    case blocked
    case forbidden
    case lockedElsewhere = "locked-elsewhere"
    case noOpenPlace = "no-open-place"
    case costs
  }
  public struct Move: Codable, Sendable, Hashable {
    public var adept: MemberID
    public var from: MemberID?
    public var to: MemberID?
    public init(adept: MemberID, from: MemberID?, to: MemberID?) {
      self.adept = adept
      self.from = from
      self.to = to
    }
  }
  public struct Reply: Contract {
    public static let type = "matching.why-not.v1"
    public static let summary = "What forcing the pair would cost and who would move, or why it can't be."
    public var answer: Answer
    public var cost: PlanWorth?
    public var moves: Bounded<Move>?
    public var lockedTo: MemberID?
    public var findings: Bounded<ExplainPair.Finding>?
    public init(_ answer: Answer) { self.answer = answer }
  }
}
