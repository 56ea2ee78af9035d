/// What of a plan's file is checked: the question that it answers, the pairs, and the proof.
///
/// The file says how the people were locked and forbidden, but never what a pair is worth: a proof is one only against
/// scores that somebody else vouches for.
public struct PlanFile: Decodable, Sendable {
  public struct Pair: Decodable, Hashable, Sendable {
    public let adept: String
    public let mentor: String
  }
  public struct ScoredPair: Decodable, Sendable {
    public var adept: String
    public var mentor: String
    public var score: Int
  }
  /// A price or a sum: adepts first, then score.
  public struct Worth: Decodable, Sendable {
    public var adepts: Int
    public var score: Int
  }
  public struct Certificate: Decodable, Sendable {
    public var adepts: [String: Worth]
    public var mentors: [String: Worth]
  }
  public enum Objective: String, Decodable, Sendable {
    case bestScore = "best-score"
    case mostAdepts = "most-adepts"
  }

  public var objective: Objective
  public var requireAll: Bool
  public var locked: [Pair]
  public var forbidden: [Pair]
  public var pairs: [ScoredPair]
  public var matched: Int
  public var total: Int
  public var certificate: Certificate
}

/// The files that a plan was made from: one of scores, or two of people.
public struct PlanOrigin: Decodable, Sendable {
  public let scores: String?
  public let capacities: String?
  public let people: People?

  public struct People: Decodable, Sendable {
    public let mentors: String
    public let adepts: String
    public let rules: String?
    public let day: String
  }
}
