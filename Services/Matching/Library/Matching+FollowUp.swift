import Contracts
import ServiceRuntime
import Texts

extension Matching {
  /// An answer from a mail. Where it can't be taken any more nothing changes: what the match has become has been
  /// told already, or is about to be.
  static func invitationAnswered(_ event: InvitationAnswered, _ context: Context) throws -> DeliveryOutcome {
    guard let match = try Match.find(context.db, event.match) else {
      return .reject(reason: "no match has the id \(event.match.rawValue)")
    }
    do { _ = try take(event.answer, by: event.by, to: match, context) } catch is MatchRefusal {}
    return .done
  }

  /// Whoever wants a new mentor goes first in the next plan, and whoever has had enough is in none.
  static func newMentorAnswered(_ event: NewMentorAnswered, _ context: Context) throws -> DeliveryOutcome {
    guard let match = try Match.find(context.db, event.mentorship.match),
      try Match.current(context.db, adept: match.adept) == nil
    else { return .done }
    if event.isWanted {
      try PairHistory.isSettled(context.db, match.adept)
      try PairHistory.keep(context.db, ended: match, remaining: event.remainingMonths, notAgain: false)
    } else {
      try PairHistory.rests(context.db, match.adept)
    }
    return .done
  }

  /// An ending is to be undone: the place is taken again where both the mentor and the adept are free for it.
  static func reclaimPlace(_ task: ReclaimPlace, _ context: Context) throws -> DeliveryOutcome {
    let before = try Match.find(context.db, task.mentorship.match)
    let isReclaimed = try before.map { try reclaim($0, context) } ?? false
    try context.emit(
      PlaceReclaimed(mentorship: task.mentorship, isReclaimed: isReclaimed), key: task.mentorship.rawValue)
    if isReclaimed, before?.state != .active, var match = try Match.find(context.db, task.mentorship.match) {
      try judge(&match, context)
      // What followup knows of a conflict before the ending counts no more.
      if match.open.isEmpty { try context.emit(ConflictCleared(match: match.id), key: match.id.rawValue) }
    }
    return .done
  }

  /// Nothing of the ending holds any more, a wish not to be matched again neither. What has come up meanwhile is the
  /// board's to decide, as in any year that runs.
  private static func reclaim(_ match: Match, _ context: Context) throws -> Bool {
    if match.state == .active { return true }
    for member in [match.mentor, match.adept] {
      guard let profile = try Profiles.find(context.db, member), profile.status != .left else { return false }
    }
    let places = try Profiles.find(context.db, match.mentor)?.places.rawValue ?? 0
    guard match.state == .ended, try Match.current(context.db, adept: match.adept) == nil,
      try Match.placesTaken(context.db, mentor: match.mentor) < places
    else { return false }
    try match.move(context.db, to: .active)
    try PairHistory.isSettled(context.db, match.adept)
    try PairHistory.undo(context.db, ended: match)
    return true
  }
}
