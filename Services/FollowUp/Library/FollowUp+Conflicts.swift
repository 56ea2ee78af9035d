import Contracts
import GRDB
import ServiceRuntime

/// What matching tells of the competition rule. What is found by something that one of the two has said in confidence is
/// told to the board alone and changes nothing that either could notice, now or when it is so no longer: a mail or a
/// mentorship that stands still would tell each of the other. What both know of each other stops it until it is decided.
extension FollowUp {
  /// The two have not begun: matching holds the match, and the board decides there.
  static func matchHeld(_ event: MatchHeld, _ context: Context) throws -> DeliveryOutcome {
    try Conflict(event.match, event.outcome, event.rules).save(context.db, context.today)
    let id = MentorshipID(of: event.match)
    guard try !BoardTask.open(context.db, of: id).contains(where: { $0.kind == .matchHeld }) else { return .done }
    try openTask(.matchHeld, of: id, about: try Invitation.find(context.db, event.match)?.pair.adept, context)
    return .done
  }

  /// They have begun: the board decides whether the mentorship can go on.
  static func conflictFound(_ event: ConflictFound, _ context: Context) throws -> DeliveryOutcome {
    let conflict = Conflict(event.match, event.outcome, event.rules)
    try conflict.save(context.db, context.today)
    guard var mentorship = try Mentorship.find(context.db, MentorshipID(of: event.match)), mentorship.state.isRunning
    else { return .done }
    mentorship.course.hasConflict = true
    if conflict.isKnownToBoth {
      try suspend(&mentorship, forConflict: true, context)
    } else {
      try resumeAfterConflict(&mentorship, context)
    }
    return .done
  }

  static func conflictCleared(_ event: ConflictCleared, _ context: Context) throws -> DeliveryOutcome {
    let id = MentorshipID(of: event.match)
    try forgetConflict(event.match, context)
    guard var mentorship = try Mentorship.find(context.db, id), mentorship.course.hasConflict else { return .done }
    mentorship.course.hasConflict = false
    try resumeAfterConflict(&mentorship, context)
    return .done
  }

  /// There is nothing to decide about a match any more.
  static func forgetConflict(_ match: MatchID, _ context: Context) throws {
    try Conflict.remove(context.db, match)
    for task in try BoardTask.open(context.db, of: MentorshipID(of: match)) where task.kind == .matchHeld {
      try close(task, context)
    }
  }

  /// What the rule has stopped, and not the board, goes on by itself.
  private static func resumeAfterConflict(_ mentorship: inout Mentorship, _ context: Context) throws {
    if mentorship.course.hold?.isForConflict == true { try liftSuspension(&mentorship, context) }
    try saveAndPlan(mentorship, context)
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
}
