import Contracts
import Messaging
import TestSupport
import Testing

@testable import FollowUpService

/// What is taken back while the notifier is down.
@Suite struct WithdrawalTests {
  /// For longer than any task is worth telling.
  @Test(arguments: [1, 40]) func doesNotLeaveOnceItIsUpAgain(_ days: Int) async throws {
    let world = try await World()
    let match = MatchID(unchecked: "p-one")
    for (member, name) in [("m-anna", "Anna"), ("m-bo", "Bo")] {
      try await world.notification?.deliver(
        AddressChanged(
          member: MemberID(unchecked: member), name: PersonName(unchecked: name),
          email: EmailAddress(unchecked: "\(member)@example.se"), language: .sv), from: .membership,
        through: world.followup)
    }
    try await world.followup.deliver(
      MatchActivated(
        match: match, mentor: MemberID(unchecked: "m-anna"), adept: MemberID(unchecked: "m-bo"),
        starts: world.calendar.today, months: Months(unchecked: 12)), from: .matching, key: match.rawValue)
    // Until the first reminder waits at the notifier for others to share its mail.
    world.calendar.move(by: .seconds(14 * 86_400))
    let reminder = "p-one-first-contact-reminder-1-adept"
    func state() async throws -> MailState? { try await world.mails().first { $0.task == reminder }?.state }
    while try await state() != .queued { await Task.yield() }
    await world.stopNotifier()
    let pause = PauseMentorship(
      mentorship: MentorshipID(of: match), by: .mentor, until: world.calendar.today.adding(days: 60))
    _ = try await world.followup.command(pause)
    world.calendar.move(by: .seconds(days * 86_400))
    try await world.startNotifier()
    try await world.settle()
    #expect(try await state() == .suppressed)
    await world.stop()
  }
}
