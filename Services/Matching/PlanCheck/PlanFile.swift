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
    /// What the score is made of, where the file says so.
    public var parts: [Part]?

    public struct Part: Decodable, Sendable {
      public var points: Int
    }
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
  public struct Totals: Decodable, Sendable {
    public var matched: Int
    public var total: Int
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
  /// What both objectives come to, where the file says so.
  public var objectives: [String: Totals]?
}

/// What a file says: a plan, or that there is none which matches everybody.
public enum PlanAnswer: Decodable, Sendable {
  case plan(PlanFile)
  case shortage(ShortageFile)

  private enum Key: String, CodingKey, CaseIterable { case pairs, matched, total, certificate }

  /// A plan that can't be read is no shortage, though it names one.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: Key.self)
    self =
      Key.allCases.contains(where: file.contains)
      ? .plan(try PlanFile(from: decoder)) : .shortage(try ShortageFile(from: decoder))
  }
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
