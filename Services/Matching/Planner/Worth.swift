/// What a plan, a pair or a place is worth: first how many adepts are matched, then the score.
///
/// Under `Objective.bestScore` adepts count for nothing and `adepts` is 0 throughout. So one arithmetic serves both
/// objectives, and no large number stands for "more important than any score".
public struct Worth: Hashable, Sendable, Comparable {
  public var adepts: Int
  public var score: Int

  public init(adepts: Int = 0, score: Int = 0) {
    self.adepts = adepts
    self.score = score
  }

  public static let zero = Worth()

  public static func < (a: Worth, b: Worth) -> Bool { (a.adepts, a.score) < (b.adepts, b.score) }
  public static func + (a: Worth, b: Worth) -> Worth { Worth(adepts: a.adepts + b.adepts, score: a.score + b.score) }
  public static func - (a: Worth, b: Worth) -> Worth { Worth(adepts: a.adepts - b.adepts, score: a.score - b.score) }
}

/// What makes one plan better than another.
public enum Objective: String, CaseIterable, Sendable, Codable {
  /// The greatest sum of scores. A pair with a score of zero or less is made only where it is locked.
  case bestScore = "best-score"
  /// The most adepts matched, and of such plans the greatest sum of scores.
  case mostAdepts = "most-adepts"

  /// What a pair with a score is worth.
  func worth(_ score: Int) -> Worth { Worth(adepts: self == .mostAdepts ? 1 : 0, score: score) }
}
