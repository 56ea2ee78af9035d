import Contracts
import Testing

@testable import FollowUpService

@Suite struct ConflictTests {
  private func found(_ programme: Programme) -> ConflictFound {
    ConflictFound(match: programme.match, outcome: .blocked, rules: Bounded([CompetitionRule.allCases[0]]))
  }

  @Test func aConflictSuspendsAndAsksTheBoardOnce() async throws {
    let programme = try await Programme.begun()
    for _ in 0..<2 { try await programme.hear(found(programme)) }
    #expect(try await programme.item().rest == .suspended)
    #expect(try await programme.needs() == ["conflict-1"])
    #expect(try await programme.tasks().suffix(2) == both("suspended-1")[...])
    let close = CloseBoardTask(task: BoardTaskID(unchecked: "p-one-conflict-1"))
    #expect(await programme.refusal { _ = try await programme.harness.command(close) } == "board-task/still-suspended")
    _ = try await programme.harness.command(ResumeMentorship(mentorship: programme.id))
    #expect(try await programme.item().rest == nil)
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
  }

  @Test func whatIsClearAgainGoesOnByItself() async throws {
    let programme = try await Programme.begun()
    try await programme.hear(found(programme))
    try await programme.hear(ConflictCleared(match: programme.match))
    #expect(try await programme.item().rest == nil)
    #expect(try await programme.needs() == [])
    #expect(try await programme.tasks().suffix(2) == both("resumed-1")[...])
    await programme.harness.stop()
  }

  @Test func aConflictThatClearsEndsNoPause() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.harness.command(
      PauseMentorship(mentorship: programme.id, by: .adept, until: day("2026-11-15")))
    try await programme.hear(found(programme))
    #expect(try await programme.item().rest == .suspended)
    try await programme.hear(ConflictCleared(match: programme.match))
    #expect(try await programme.item().rest == .paused)
    #expect(try await programme.tasks().suffix(2) == both("paused-3")[...])
    try await programme.harness.advance(to: "2026-11-15")
    #expect(try await programme.item().rest == nil)
    #expect(try await programme.tasks().contains("resumed-3-adept"))
    await programme.harness.stop()
  }

  @Test func aPauseThatIsOverMeanwhileIsOver() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.harness.command(
      PauseMentorship(mentorship: programme.id, by: .adept, until: day("2026-10-15")))
    try await programme.hear(found(programme))
    try await programme.harness.advance(to: "2026-11-15")
    #expect(try await programme.item().rest == .suspended)
    try await programme.hear(ConflictCleared(match: programme.match))
    #expect(try await programme.item().rest == nil)
    await programme.harness.stop()
  }

  @Test func aMatchThatIsHeldIsTheBoardsUntilItBeginsOrCloses() async throws {
    let programme = try await Programme.invited()
    let held = MatchHeld(
      match: programme.match, outcome: .boardDecides, rules: Bounded([CompetitionRule.allCases[0]]))
    for _ in 0..<2 { try await programme.hear(held) }
    #expect(try await programme.needs() == ["match-held-1"])
    try await programme.activate("2026-09-01")
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
  }

  @Test func aMatchThatComesToNothingNeedsNoDecision() async throws {
    let programme = try await Programme.invited()
    try await programme.hear(
      MatchHeld(match: programme.match, outcome: .boardDecides, rules: Bounded([CompetitionRule.allCases[0]])))
    try await programme.hear(MatchClosed(match: programme.match, outcome: .withdrawn))
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
  }

  @Test func aTenderIsToldToWhoeverRegisteredItAndToNobodyElse() async throws {
    let programme = try await Programme.begun()
    for reference in ["2026-17", "2026-17", "2026-18"] {
      try await programme.hear(
        TenderNoted(match: programme.match, member: programme.adept, reference: TenderReference(unchecked: reference)))
    }
    #expect(
      try await programme.tasks() == both("welcome") + ["tender-notice-1-adept", "tender-notice-2-adept"])
    await programme.harness.stop()
  }
}
