import Contracts

/// The table of rules. What a rule looks at stands in `Competition.judge`, what it says to a board member in `Texts`.
extension CompetitionRule {
  /// Raised whenever a rule, its outcome, or what counts as a missing fact is changed.
  public static let version = 2

  /// What a pair that the rule finds comes to.
  public var outcome: CompetitionOutcome {
    switch self {
    case .sharedTender, .namedCompetitor, .veto, .notAgain, .sameMarket: .blocked
    case .sharedKommun, .sameOrganisation, .experience, .missingFact: .boardDecides
    }
  }
}
