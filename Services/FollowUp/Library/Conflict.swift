import Contracts
import GRDB
import ServiceRuntime

/// What the competition rule has found about a match or a mentorship, until it is decided or so no longer.
struct Conflict: Sendable, Hashable {
  let match: MatchID
  let outcome: CompetitionOutcome
  let rules: [CompetitionRule]

  init(_ match: MatchID, _ outcome: CompetitionOutcome, _ rules: Bounded<CompetitionRule>) {
    (self.match, self.outcome, self.rules) = (match, outcome, rules.elements)
  }

  /// Whether any of it is what both know of each other.
  var isKnownToBoth: Bool { rules.contains { !$0.isConfidential } }
}

extension Conflict {
  func save(_ db: Database, _ today: Day) throws {
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO conflict (match, outcome, rules, day) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      match.rawValue, outcome.rawValue, rules.map(\.rawValue).joined(separator: " "), today.text,
    ])
  }

  static func outcome(_ db: Database, _ match: MatchID) throws -> CompetitionOutcome? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT outcome FROM conflict WHERE match = ?"), arguments: [match.rawValue]
    )
    .map { try $0.stored("outcome") }
  }

  static func remove(_ db: Database, _ match: MatchID) throws {
    try db.cachedStatement(sql: "DELETE FROM conflict WHERE match = ?").execute(arguments: [match.rawValue])
  }
}
