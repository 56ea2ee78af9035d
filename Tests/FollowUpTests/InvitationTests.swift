import Contracts
import Testing
import Texts

@testable import FollowUpService

@Suite struct InvitationTests {
  @Test func asksBothAndRemindsAtFiveAndTenDays() async throws {
    let programme = try await Programme.invited()
    let asked = try await programme.harness.outbox(TellMember.self)
    #expect(asked.map(\.to) == [programme.mentor, programme.adept])
    #expect(asked.map(\.about) == [programme.adept, programme.mentor])
    #expect(asked.map(\.day) == [day("2026-09-15"), day("2026-09-15")])
    var expected = both("invitation")
    for (date, news) in [
      ("2026-09-05", []), ("2026-09-06", both("invitation-reminder-1")), ("2026-09-10", []),
      ("2026-09-11", both("invitation-reminder-2")), ("2026-10-30", []),
    ] {
      try await programme.harness.advance(to: date)
      expected += news
      #expect(try await programme.tasks() == expected, "on \(date)")
    }
    await programme.harness.stop()
  }

  @Test func doesNotRemindWhoHasAnswered() async throws {
    let programme = try await Programme.invited()
    try await programme.hear(MatchAccepted(match: programme.match, by: .mentor))
    try await programme.harness.advance(to: "2026-09-12")
    #expect(
      try await programme.tasks()
        == both("invitation") + ["invitation-reminder-2-adept"], "two that are late are one")
    await programme.harness.stop()
  }

  @Test func remindsNobodyOnceBothHaveAnswered() async throws {
    let programme = try await Programme.invited()
    try await programme.activate("2026-09-03")
    try await programme.harness.advance(to: "2026-09-16")
    #expect(try await programme.tasks() == both("invitation") + both("welcome"))
    await programme.harness.stop()
  }

  @Test(arguments: MatchClosed.Outcome.allCases)
  func tellsBothAlikeWhenItComesToNothing(_ outcome: MatchClosed.Outcome) async throws {
    let programme = try await Programme.invited()
    try await programme.hear(MatchClosed(match: programme.match, outcome: outcome))
    try await programme.harness.advance(to: "2026-10-30")
    #expect(try await programme.tasks() == both("invitation") + both("match-closed"))
    #expect(try await programme.planned() == 0)
    await programme.harness.stop()
  }

  @Test(arguments: [MailReason.addressRefused, .lettersRefused])
  func anInvitationThatBouncesIsATaskAboutTheMatch(reason: MailReason) async throws {
    let programme = try await Programme.invited()
    let failed = MailFailed(
      task: TaskID(unchecked: "p-one-invitation-mentor"), member: programme.mentor, kind: .invitation,
      code: Code(unchecked: reason.code), mentorship: MentorshipID(of: programme.match))
    for _ in 0..<2 { #expect(try await programme.harness.deliver(failed, from: .notification).kind == .done) }
    let task = try #require(try await programme.harness.ask(ListBoardTasks()).tasks.elements.first)
    #expect(task.kind == .mailBounces && task.about == programme.mentor)
    #expect(task.mentorship == MentorshipID(of: programme.match))
    let told = try await programme.harness.outbox(TellBoard.self)
    #expect(told.count == 1 && told.first?.lines.elements.map(\.about) == [programme.mentor])
    #expect(told.first?.lines.elements.map(\.other) == [programme.adept])
    #expect(try await programme.harness.command(CloseBoardTask(task: task.task)).isClosed)
    await programme.harness.stop()
  }

  @Test func anAnswerToNoInvitationIsKeptForAPerson() async throws {
    let programme = try await Programme.invited()
    let unknown = MatchAccepted(match: MatchID(unchecked: "p-two"), by: .adept)
    #expect(try await programme.harness.deliver(unknown, from: .matching, key: "p-two").kind == .dead)
    await programme.harness.stop()
  }
}
