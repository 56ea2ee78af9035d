/// What of a plan's file is checked: the question that it answers, the pairs, and the proof.
///
/// The file says how the people were locked and forbidden. What a pair is worth is not taken from it: a proof is one only
/// against scores that somebody else vouches for.
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
    /// Of the other objective's plan, with its prices.
    public var pairs: [ScoredPair]?
    public var certificate: Certificate?
  }
  public enum Objective: String, Decodable, Sendable, CaseIterable, CodingKeyRepresentable {
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
  public var objectives: [Objective: Totals]?

  /// Those by which it is proved that there is no better plan.
  public var proved: [Objective] {
    [objective] + Objective.allCases.filter { $0 != objective && objectives?[$0] != nil }
  }

  /// The plan by the other objective, which answers the same question.
  func plan(by other: Objective, _ totals: Totals) throws(PlanFlaw) -> PlanFile {
    guard let pairs = totals.pairs, let certificate = totals.certificate else { throw .unproved }
    return PlanFile(
      objective: other, requireAll: false, locked: locked, forbidden: forbidden, pairs: pairs, matched: totals.matched,
      total: totals.total, certificate: certificate)
  }
}

/// A file as it was saved: a plan from files, or a draft of a service's with its proof.
public struct SavedPlan: Decodable, Sendable {
  public let answer: PlanAnswer
  public let origin: PlanOrigin
  /// Who is left out of the proof with their own pairs.
  public let without: [String]
  /// Whether a draft has other pairs than those proposed; nil of a plan from files.
  public let isChanged: Bool?

  private enum Key: String, CodingKey { case proof, pairs, without }

  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: Key.self)
    guard file.contains(.proof) else {
      (answer, origin) = (try PlanAnswer(from: decoder), try PlanOrigin(from: decoder))
      (without, isChanged) = ([], nil)
      return
    }
    answer = try file.decode(PlanAnswer.self, forKey: .proof)
    origin = try file.decode(PlanOrigin.self, forKey: .proof)
    let proof = try file.nestedContainer(keyedBy: Key.self, forKey: .proof)
    let without = try proof.decodeIfPresent([String].self, forKey: .without) ?? []
    self.without = without
    let now = try file.decode([PlanFile.Pair].self, forKey: .pairs).filter {
      !without.contains($0.adept) && !without.contains($0.mentor)
    }
    isChanged = try Set(now) != Set(proof.decodeIfPresent([PlanFile.Pair].self, forKey: .pairs) ?? [])
  }
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

/// What a plan was made from: a file of scores, two of people, or what a service told with it.
public struct PlanOrigin: Decodable, Sendable {
  public let scores: String?
  public let capacities: String?
  public let people: People?
  public let given: Given?

  public struct Given: Decodable, Sendable {
    public let scores: [String: [String: Int]]
    public let places: [String: Int]
  }
  public struct People: Decodable, Sendable {
    public let mentors: String
    public let adepts: String
    public let rules: String?
    public let day: String
  }
}
