import Contracts
import GRDB
import Messaging
import TestSupport
import Testing

@testable import MatchingService

/// What followup asks of matching.
@Suite struct PlaceTests {
  private func answer(_ harness: ServiceHarness, _ match: MatchID, _ by: Party, _ answer: AnswerMatch.Answer)
    async throws
  {
    let event = InvitationAnswered(match: match, by: by, answer: answer)
    #expect(try await harness.deliver(event, from: .followup, key: match.rawValue).kind == .done)
  }

  @Test func answersFromMailsBeginAMentorship() async throws {
    let harness = try await MatchingTests.harness()
    let match = try await harness.command(MatchingTests.submit("m-anna", "m-bo")).match
    for party in Party.allCases + Party.allCases { try await answer(harness, match, party, .accept) }
    #expect(try await MatchingTests.states(harness) == [.active])
    let begun = try await harness.outbox(MatchActivated.self)
    #expect(begun.count == 1 && begun[0].mentorKommun != nil && begun[0].adeptKommun != nil)
    // Too late to change one's mind: nothing happens, and nothing is stuck.
    try await answer(harness, match, .adept, .decline)
    #expect(try await MatchingTests.states(harness) == [.active])
    await harness.stop()
  }

  private func reclaim(_ harness: ServiceHarness, _ match: MatchID) async throws -> Bool? {
    let task = ReclaimPlace(mentorship: MentorshipID(of: match))
    #expect(try await harness.deliver(task, from: .followup, key: match.rawValue).kind == .done)
    return try await harness.outbox(PlaceReclaimed.self).last?.isReclaimed
  }

  @Test func aPlaceThatIsFreeIsTakenBack() async throws {
    let harness = try await MatchingTests.harness()
    let match = try await MatchingTests.begin(harness, "m-anna", "m-bo")
    try await harness.deliver(MentorshipEnded(mentorship: MentorshipID(of: match)), from: .followup)
    #expect(try await reclaim(harness, match) == true)
    #expect(try await reclaim(harness, match) == true)
    #expect(try await MatchingTests.states(harness) == [.active])
    #expect(try await MatchingTests.places(harness)["m-anna"] == 1)
    await harness.stop()
  }

  /// What was asked with the ending is undone with it, and what has come up since is the board's.
  @Test func whatIsUndoneIsJudgedAnew() async throws {
    let harness = try await MatchingTests.harness()
    let match = try await MatchingTests.begin(harness, "m-anna", "m-bo")
    let ended = MentorshipEnded(mentorship: MentorshipID(of: match), remainingMonths: nil, doNotMatchAgain: true)
    try await harness.deliver(ended, from: .followup)
    let changed = profile("m-bo", .adept) { $0.vetoes = Bounded([member("m-anna")]) }
    try await harness.deliver(MemberChanged(profile: changed), from: .membership)
    #expect(try await harness.outbox(ConflictFound.self).isEmpty)
    #expect(try await reclaim(harness, match) == true)
    #expect(try await harness.outbox(ConflictFound.self).map(\.rules.elements) == [[.veto]])
    #expect(try await harness.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM not_again") } == 0)
    await harness.stop()
  }

  @Test func thePlaceOfWhoeverHasLeftIsNotTakenBack() async throws {
    let harness = try await MatchingTests.harness()
    let match = try await MatchingTests.begin(harness, "m-anna", "m-bo")
    try await harness.deliver(MentorshipEnded(mentorship: MentorshipID(of: match)), from: .followup)
    try await harness.deliver(MemberChanged(profile: profile("m-bo", .adept, status: .left)), from: .membership)
    #expect(try await reclaim(harness, match) == false)
    await harness.stop()
  }

  @Test(arguments: [("m-anna", "m-cia"), ("m-eva", "m-bo")])
  func aPlaceThatIsTakenIsNot(_ mentor: String, _ adept: String) async throws {
    let harness = try await MatchingTests.harness()
    let match = try await MatchingTests.begin(harness, "m-anna", "m-bo")
    try await harness.deliver(MentorshipEnded(mentorship: MentorshipID(of: match)), from: .followup)
    _ = try await harness.command(MatchingTests.submit(mentor, adept))
    #expect(try await reclaim(harness, match) == false)
    #expect(try await MatchingTests.states(harness) == [.ended, .submitted])
    await harness.stop()
  }

  @Test func whoHasHadEnoughIsNotPlanned() async throws {
    let harness = try await MatchingTests.harness()
    let match = try await MatchingTests.begin(harness, "m-anna", "m-bo")
    let id = MentorshipID(of: match)
    func first() async throws -> [String] {
      try await harness.read { try String.fetchAll($0, sql: "SELECT adept FROM returning_adept") }
    }
    func wants(_ isWanted: Bool) async throws {
      let event = NewMentorAnswered(mentorship: id, isWanted: isWanted, remainingMonths: Months(unchecked: 7))
      #expect(try await harness.deliver(event, from: .followup, key: id.rawValue).kind == .done)
    }
    try await harness.deliver(
      MentorshipEnded(mentorship: id, remainingMonths: Months(unchecked: 7)), from: .followup)
    func planned() async throws -> Bool {
      let plan = try await harness.command(MakePlan(objective: .mostAdepts)).plan
      return try await harness.ask(GetPlan(plan: plan)).pairs.elements.contains { $0.adept == member("m-bo") }
    }
    #expect(try await first() == ["m-bo"])
    #expect(try await planned())
    for _ in 1...2 { try await wants(false) }
    #expect(try await first() == [])
    #expect(try await !planned(), "whoever wants none is proposed to nobody")
    let why = AskWhyNot(adept: member("m-bo"), mentor: member("m-anna"))
    #expect(await MatchingTests.refusal { _ = try await harness.ask(why) } == "plan/wants-none")
    try await wants(true)
    #expect(try await first() == ["m-bo"])
    #expect(try await planned())
    try await wants(false)
    // The board knows better: they have said so to it.
    _ = try await MatchingTests.begin(harness, "m-anna", "m-bo")
    try await wants(true)
    #expect(try await first() == [], "whoever has a mentor waits for none")
    #expect(try await harness.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM resting_adept") } == 0)
    await harness.stop()
  }
}
