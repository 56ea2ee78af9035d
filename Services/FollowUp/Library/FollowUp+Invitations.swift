import Contracts
import ServiceRuntime

extension FollowUp {
  /// Which reminder of an invitation is due.
  struct InvitationReminder: Codable, Sendable {
    let match: MatchID
    let number: Int
  }

  static let invitationReminder = DueKind<InvitationReminder>("invitation-reminder")

  static func matchSubmitted(_ event: MatchSubmitted, _ context: Context) throws -> DeliveryOutcome {
    let invitation = Invitation(
      match: event.match, pair: Pair(mentor: event.mentor, adept: event.adept), submitted: event.submitted,
      answerBy: event.answerBy)
    try invitation.save(context.db)
    try ask(.invitation, Party.allCases, invitation, context)
    try planReminder(1, invitation, context)
    return .done
  }

  static func matchAccepted(_ event: MatchAccepted, _ context: Context) throws -> DeliveryOutcome {
    guard var invitation = try Invitation.find(context.db, event.match) else { return unknown(event.match) }
    invitation.answered.insert(event.by)
    try invitation.save(context.db)
    return .done
  }

  static func matchClosed(_ event: MatchClosed, _ context: Context) throws -> DeliveryOutcome {
    guard let invitation = try Invitation.find(context.db, event.match) else { return unknown(event.match) }
    try closeInvitation(event.match, context)
    try Conflict.remove(context.db, event.match)
    for task in try BoardTask.open(context.db, of: MentorshipID(of: event.match)) { try close(task, context) }
    try context.tell(Telling(.matchClosed), of: invitation.pair, MentorshipID(of: event.match))
    return .done
  }

  static func remindOfInvitation(_ reminder: InvitationReminder, _ context: Context) throws {
    guard let invitation = try Invitation.find(context.db, reminder.match) else { return }
    // Where several have come due at once, the last says it all.
    var number = reminder.number
    while let next = invitation.day(ofReminder: number + 1), next <= context.today { number += 1 }
    let silent = Party.allCases.filter { !invitation.answered.contains($0) }
    if context.today <= invitation.answerBy {
      try ask(.invitationReminder, silent, invitation, context, occasion: "\(number)")
    }
    try planReminder(number + 1, invitation, context)
  }

  /// There is nobody to ask any more.
  static func closeInvitation(_ match: MatchID, _ context: Context) throws {
    try context.withdraw(MentorshipID(of: match), onlyReminders: false)
    try Invitation.remove(context.db, match)
    try context.cancel(invitationReminder, key: match.rawValue)
  }

  private static func ask(
    _ kind: TellMember.Kind, _ parties: [Party], _ invitation: Invitation, _ context: Context,
    occasion: String? = nil
  ) throws {
    try context.tell(
      Telling(
        kind, occasion: occasion, day: invitation.answerBy,
        expires: invitation.answerBy.adding(days: 1).at(hour: hour),
        asks: (.invitation, "1", [.accept, .decline], invitation.answerBy)),
      parties, of: invitation.pair, MentorshipID(of: invitation.match))
  }

  private static func planReminder(_ number: Int, _ invitation: Invitation, _ context: Context) throws {
    guard let day = invitation.day(ofReminder: number) else { return }
    try context.plan(
      invitationReminder, key: invitation.match.rawValue, at: day.at(hour: hour),
      InvitationReminder(match: invitation.match, number: number))
  }

  /// Events of a match come in order, so one of an unknown match is a fault for a person to look at.
  private static func unknown(_ match: MatchID) -> DeliveryOutcome {
    .reject(reason: "no invitation is open for the match \(match.rawValue)")
  }
}
