import Contracts
import GRDB
import ServiceRuntime

/// What matching tells of the competition rule: kept here until the board has dealt with it.
extension FollowUp {
  static func matchHeld(_ event: MatchHeld, _ context: Context) throws -> DeliveryOutcome {
    try keepConflict(event.match, event.outcome, event.rules, context)
  }

  static func conflictFound(_ event: ConflictFound, _ context: Context) throws -> DeliveryOutcome {
    try keepConflict(event.match, event.outcome, event.rules, context)
  }

  static func conflictCleared(_ event: ConflictCleared, _ context: Context) throws -> DeliveryOutcome {
    try context.db.cachedStatement(sql: "DELETE FROM conflict WHERE match = ?").execute(arguments: [
      event.match.rawValue
    ])
    return .done
  }

  /// Told to nobody but the one who registered the tender.
  static func tenderNoted(_ event: TenderNoted, _ context: Context) throws -> DeliveryOutcome {
    try context.db.cachedStatement(
      sql: "INSERT OR IGNORE INTO tender_note (match, member, reference, day) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      event.match.rawValue, event.member.rawValue, event.reference.rawValue, context.today.text,
    ])
    return .done
  }

  private static func keepConflict(
    _ match: MatchID, _ outcome: CompetitionOutcome, _ rules: Bounded<CompetitionRule>, _ context: Context
  ) throws -> DeliveryOutcome {
    try context.db.cachedStatement(
      sql: "INSERT OR REPLACE INTO conflict (match, outcome, rules, day) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      match.rawValue, outcome.rawValue, rules.elements.map(\.rawValue).joined(separator: " "), context.today.text,
    ])
    return .done
  }
}
