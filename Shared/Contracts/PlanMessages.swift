import Messaging

// A plan is a draft: nobody is told of it until the board publishes it, whole or pair by pair.

/// A draft of the board's.
public struct PlanID: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(3...24, .token, example: "d-7h3m9c2r")
}

public enum PlanObjective: String, Codable, Sendable, CaseIterable {
  case bestScore = "best-score"
  case mostAdepts = "most-adepts"
}

/// Plans for everybody who waits at once.
public struct MakePlan: Command {
  public static let type = "matching.make-plan.v1"
  public static let summary = "Makes a draft for all who wait and all places that are free. Nothing is submitted."
  public var objective: PlanObjective
  /// A draft whose locked pairs stand in the new one, and whose dropped pairs do not.
  public var after: PlanID?
  /// Pairs that the plan is to have whatever it costs.
  public var lock: Bounded<PlanPair>?
  /// Pairs that neither it nor any that is made after it is to have.
  public var forbid: Bounded<PlanPair>?
  public init(
    objective: PlanObjective, after: PlanID? = nil, lock: Bounded<PlanPair>? = nil, forbid: Bounded<PlanPair>? = nil
  ) {
    self.objective = objective
    self.after = after
    self.lock = lock
    self.forbid = forbid
  }
  public typealias Reply = PlanReply
}

public struct PlanReply: Contract {
  public static let type = "matching.plan-kept.v1"
  public static let summary = "The draft as it is now."
  public var plan: PlanID
  public var pairs: Count
  /// Of all pairs but the caller's own.
  public var total: Points
  /// One more with each change.
  public var version: Number?
  public init(plan: PlanID, pairs: Count, total: Points, version: Number? = nil) {
    self.plan = plan
    self.pairs = pairs
    self.total = total
    self.version = version
  }
}

/// Changes one pair of a draft.
public struct EditPlan: Command {
  public static let type = "matching.edit-plan.v1"
  public static let summary = "Locks, unlocks or drops an adept's pair in a draft, or swaps the mentors of two adepts."
  public enum Change: String, Codable, Sendable, CaseIterable { case lock, unlock, drop, swap }
  public var plan: PlanID
  public var change: Change
  public var adept: MemberID
  /// The other adept of a swap.
  public var other: MemberID?
  /// The version that the caller has seen: refused where the draft is another by now.
  public var version: Number?
  public init(plan: PlanID, change: Change, adept: MemberID, other: MemberID? = nil, version: Number? = nil) {
    self.version = version
    self.plan = plan
    self.change = change
    self.adept = adept
    self.other = other
  }
  public typealias Reply = PlanReply
}

public struct GetPlan: Query {
  public static let type = "matching.get-plan.v1"
  public static let summary = "The pairs of a draft by adept, in pages; the latest draft where none is named."
  public var plan: PlanID?
  public var after: PageToken?
  public init(plan: PlanID? = nil, after: PageToken? = nil) {
    self.plan = plan
    self.after = after
  }
  public struct Item: Codable, Sendable, Hashable {
    public var adept: MemberID
    public var mentor: MemberID
    /// Absent of the caller's own pair, since it adds up from what the other has told too.
    public var score: Points?
    public var isLocked: Bool
    public var needsReason: Bool
    /// Once it is published.
    public var match: MatchID?
    public init(
      adept: MemberID, mentor: MemberID, score: Points?, isLocked: Bool, needsReason: Bool, match: MatchID?
    ) {
      self.adept = adept
      self.mentor = mentor
      self.score = score
      self.isLocked = isLocked
      self.needsReason = needsReason
      self.match = match
    }
  }
  public struct Reply: Contract {
    public static let type = "matching.plan.v1"
    public static let summary = "One page of pairs; next is absent on the last. Dropped pairs are left out."
    public var plan: PlanID
    public var objective: PlanObjective
    public var made: Day
    /// Of all pairs but the caller's own.
    public var total: Points
    public var pairs: Bounded<Item>
    public var next: PageToken?
    /// One more with each change.
    public var version: Number?
    public init(
      plan: PlanID, objective: PlanObjective, made: Day, total: Points, pairs: Bounded<Item>, next: PageToken?,
      version: Number? = nil
    ) {
      self.version = version
      self.plan = plan
      self.objective = objective
      self.made = made
      self.total = total
      self.pairs = pairs
      self.next = next
    }
  }
}

/// Submits what a draft proposes, each pair as `SubmitMatch` would.
public struct PublishPlan: Command {
  public static let type = "matching.publish-plan.v1"
  public static let summary =
    "Submits up to a hundred pairs of a draft that are not submitted yet, or one adept's. What can't be is told and stays."
  public var plan: PlanID
  /// Only this adept's pair.
  public var adept: MemberID?
  /// The last adept of the call before, where there are more than a hundred pairs.
  public var after: MemberID?
  /// For the pairs that the rule leaves to the board.
  public var reason: Note?
  /// The version that the caller has seen: refused where the draft is another by now.
  public var version: Number?
  public init(
    plan: PlanID, adept: MemberID? = nil, after: MemberID? = nil, reason: Note? = nil, version: Number? = nil
  ) {
    self.version = version
    self.plan = plan
    self.adept = adept
    self.after = after
    self.reason = reason
  }
  public struct Left: Codable, Sendable, Hashable {
    public var adept: MemberID
    public var mentor: MemberID
    public var code: Code
    /// What the code means, in the caller's language.
    public var reason: Sentence?
    public init(adept: MemberID, mentor: MemberID, code: Code, reason: Sentence? = nil) {
      self.reason = reason
      self.adept = adept
      self.mentor = mentor
      self.code = code
    }
  }
  public struct Reply: Contract {
    public static let type = "matching.plan-published.v1"
    public static let summary = "The matches that were submitted, and the pairs that were not."
    public var matches: Bounded<MatchID>
    public var left: Bounded<Left>
    /// Present where there is more of the draft.
    public var next: MemberID?
    public init(matches: Bounded<MatchID>, left: Bounded<Left>, next: MemberID?) {
      self.matches = matches
      self.left = left
      self.next = next
    }
  }
}

/// The weights of the scores as a file, in the words of `board plan weights`.
public struct WeightsText: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(2...5_000, .prose, example: #"{"version": 2, "perYear": 3}"#)
}

/// Puts the board's own weights in place of those before.
public struct SetScoreWeights: Command {
  public static let type = "matching.set-score-weights.v1"
  public static let summary = "The weights by which pairs are scored from now on; each edition has a higher version."
  public var weights: WeightsText
  public init(weights: WeightsText) { self.weights = weights }
  public typealias Reply = GetScoreWeights.Reply
}

public struct GetScoreWeights: Query {
  public static let type = "matching.get-score-weights.v1"
  public static let summary = "The weights by which pairs are scored now."
  public init() {}
  public struct Reply: Contract {
    public static let type = "matching.score-weights.v1"
    public static let summary = "The weights, and their version."
    public var version: Number
    public var weights: WeightsText
    public init(version: Number, weights: WeightsText) {
      self.version = version
      self.weights = weights
    }
  }
}
