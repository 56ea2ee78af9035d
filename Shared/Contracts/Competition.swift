/// What the competition rule says of a pair; the worst of its rules wins.
public enum CompetitionOutcome: String, Codable, Sendable, CaseIterable, Comparable {
  case clear
  /// The board may submit the pair with a written reason.
  case boardDecides = "board-decides"
  /// The pair can't be submitted.
  case blocked

  public static func < (left: CompetitionOutcome, right: CompetitionOutcome) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .clear: 0
    case .boardDecides: 1
    case .blocked: 2
    }
  }
}

/// The rules by which two people are found to compete, or by which they are not to be paired. What each looks at and
/// comes to stands in `Services/Matching/Rules`.
public enum CompetitionRule: String, Codable, Sendable, CaseIterable {
  case sharedTender = "shared-tender"
  case namedCompetitor = "named-competitor"
  case veto
  case notAgain = "not-again"
  case sameMarket = "same-market"
  case sharedKommun = "shared-kommun"
  case sameOrganisation = "same-organisation"
  case experience
  case missingFact = "missing-fact"

  /// Whether it rests on what one of the two has told in confidence, or not told at all: nothing that the other could
  /// notice may follow from it by itself.
  public var isConfidential: Bool {
    switch self {
    case .sharedTender, .namedCompetitor, .veto, .notAgain, .missingFact: true
    case .sameMarket, .sharedKommun, .sameOrganisation, .experience: false
    }
  }
}
