import Contracts
import GRDB
import ServiceRuntime

/// What matching tells of the competition rule. Until the board has decided, what it is about stands still.
extension FollowUp {
  /// The two have not begun: matching holds the match, and the board decides there.
  static func matchHeld(_ event: MatchHeld, _ context: Context) throws -> DeliveryOutcome {
    try keepConflict(event.match, event.outcome, event.rules, context)
    let id = MentorshipID(of: event.match)
    guard try !BoardTask.open(context.db, of: id).contains(where: { $0.kind == .matchHeld }) else { return .done }
    try openTask(.matchHeld, of: id, about: try Invitation.find(context.db, event.match)?.pair.adept, context)
    return .done
  }

  /// They have begun: the mentorship is suspended, and the board decides whether it can go on.
  static func conflictFound(_ event: ConflictFound, _ context: Context) throws -> DeliveryOutcome {
    try keepConflict(event.match, event.outcome, event.rules, context)
    guard var mentorship = try Mentorship.find(context.db, MentorshipID(of: event.match)), mentorship.state.isRunning
    else { return .done }
    mentorship.course.hasConflict = true
    try suspend(&mentorship, context)
    return .done
  }

  /// A mentorship that was suspended for it goes on by itself: nothing is in its way any more.
  static func conflictCleared(_ event: ConflictCleared, _ context: Context) throws -> DeliveryOutcome {
    try context.db.cachedStatement(sql: "DELETE FROM conflict WHERE match = ?")
      .execute(arguments: [event.match.rawValue])
    let id = MentorshipID(of: event.match)
    for task in try BoardTask.open(context.db, of: id) where task.kind == .matchHeld { try close(task, context) }
    guard var mentorship = try Mentorship.find(context.db, id), mentorship.course.hasConflict else { return .done }
    mentorship.course.hasConflict = false
    if mentorship.course.hold?.rest == .suspended { try liftSuspension(&mentorship, context) }
    try saveAndPlan(mentorship, context)
    return .done
  }

  /// Told to nobody but the one who registered the tender, and whether or not the other plans it too: the mail
  /// reveals nothing.
  static func tenderNoted(_ event: TenderNoted, _ context: Context) throws -> DeliveryOutcome {
    try context.db.cachedStatement(
      sql: "INSERT OR IGNORE INTO tender_note (match, member, reference, day) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      event.match.rawValue, event.member.rawValue, event.reference.rawValue, context.today.text,
    ])
    guard context.db.changesCount > 0, let mentorship = try Mentorship.find(context.db, MentorshipID(of: event.match)),
      mentorship.state.isRunning,
      let party = Party.allCases.first(where: { mentorship.pair[$0] == event.member })
    else { return .done }
    let number =
      try Int.fetchOne(
        context.db, sql: "SELECT count(*) FROM tender_note WHERE match = ? AND member = ?",
        arguments: [event.match.rawValue, event.member.rawValue]) ?? 0
    try context.tell(Telling(.tenderNotice, occasion: "\(number)"), [party], of: mentorship.pair, mentorship.id)
    return .done
  }

  private static func keepConflict(
    _ match: MatchID, _ outcome: CompetitionOutcome, _ rules: Bounded<CompetitionRule>, _ context: Context
  ) throws {
    try context.db.cachedStatement(
      sql: "INSERT OR REPLACE INTO conflict (match, outcome, rules, day) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      match.rawValue, outcome.rawValue, rules.elements.map(\.rawValue).joined(separator: " "), context.today.text,
    ])
  }
}
