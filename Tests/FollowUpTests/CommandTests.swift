import Contracts
import Messaging
import TestSupport
import Testing

@testable import FollowUpService

@Suite struct CommandTests {
  @Test func refusesWhatCanNotBe() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-20")
    func refused(_ body: () async throws -> Void) async -> String? { await programme.refusal(body) }
    #expect(await refused { _ = try await programme.contact("2026-09-21") } == "mentorship/contact-in-future")
    #expect(await refused { _ = try await programme.contact("2026-09-07") } == "mentorship/contact-before-start")
    #expect(await refused { _ = try await programme.agree(everyWeeks: 4, topics: []) } == "mentorship/no-topics")
    let unknown = EndMentorship(mentorship: MentorshipID(unchecked: "p-two"), by: .board)
    #expect(await refused { _ = try await programme.harness.command(unknown) } == "mentorship/unknown")

    try await programme.harness.advance(to: "2027-08-08")
    #expect(await refused { _ = try await programme.agree(everyWeeks: 4) } == "mentorship/agreement-too-late")
    #expect(try await programme.contact("2027-08-08") == .closing)

    try await programme.harness.advance(to: "2027-09-08")
    #expect(await refused { _ = try await programme.contact("2027-09-08") } == "mentorship/over")
    #expect(await refused { _ = try await programme.agree(everyWeeks: 4) } == "mentorship/over")
    #expect(await refused { _ = try await programme.end() } == "mentorship/over")
    await programme.harness.stop()
  }

  @Test func endsOnce() async throws {
    let programme = try await Programme.begun()
    #expect(try await programme.end(.mentor) == .ended)
    #expect(await programme.refusal { _ = try await programme.end(.adept) } == "mentorship/over")
    #expect(try await programme.harness.outbox(MentorshipEnded.self).count == 1)
    await programme.harness.stop()
  }

  @Test func aContactSaidTwiceCountsOnce() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-20")
    for _ in 1...2 { _ = try await programme.contact("2026-09-18", .inPerson) }
    _ = try await programme.contact("2026-09-10", .phone)
    let item = try await programme.item()
    #expect(item.contacts.rawValue == 2)
    #expect(item.latestContact == day("2026-09-18"))
    await programme.harness.stop()
  }

  @Test func reportsWhatWasDone() async throws {
    let programme = try await Programme.invited()
    try await programme.activate("2026-09-01")
    _ = try await programme.agree(everyWeeks: 4)
    _ = try await programme.contact("2026-09-01", .inPerson)
    _ = try await programme.contact("2026-09-01", .video)
    let running = try await programme.harness.ask(GetProgrammeReport())
    #expect([running.mentorships, running.running, running.completed].map(\.rawValue) == [1, 1, 0])
    #expect([running.contacts, running.meetingsInPerson, running.agreements].map(\.rawValue) == [2, 1, 1])

    try await programme.harness.advance(to: "2027-09-02")
    let done = try await programme.harness.ask(GetProgrammeReport())
    #expect([done.running, done.completed, done.endedEarly].map(\.rawValue) == [0, 1, 0])
    let told = try await programme.harness.outbox(TellMember.self)
    let expected = Dictionary(grouping: told, by: \.kind).mapValues(\.count)
    let tallies = done.tasks.elements.map { ($0.kind, $0.tasks.rawValue) }
    #expect(Dictionary(uniqueKeysWithValues: tallies) == expected)
    #expect(expected[.welcome] == 2)
    await programme.harness.stop()
  }

  @Test func listsByState() async throws {
    let programme = try await Programme.begun()
    #expect(try await programme.harness.ask(ListMentorships(state: .started)).mentorships.elements.count == 1)
    #expect(try await programme.harness.ask(ListMentorships(state: .ended)).mentorships.elements.isEmpty)
    let item = try await programme.item()
    #expect(item.ends == day("2027-09-08"))
    #expect(item.latestContact == nil)
    await programme.harness.stop()
  }
}

@Suite struct OwnPairTests {
  @Test func nobodyHandlesAMentorshipThatTheyAreIn() async throws {
    let karin = Principal(id: "karin", role: .coordinator, memberID: "m-adept")
    let harness = try await ServiceHarness(.followup, principal: karin, FollowUp.service)
    let match = MatchID(unchecked: "p-12345678")
    try await harness.deliver(
      MatchActivated(
        match: match, mentor: MemberID(unchecked: "m-mentor"), adept: MemberID(unchecked: "m-adept"),
        starts: Day(text: "2026-09-01")!, months: Months(unchecked: 12)), from: .matching)
    let problem = await #expect(throws: Problem.self) {
      try await harness.command(EndMentorship(mentorship: MentorshipID(of: match), by: .mentor))
    }
    #expect(problem?.code == "mentorship/own-pair")
    #expect(try await harness.ask(ListMentorships()).mentorships.elements.map(\.state) == [.started])
    await harness.stop()
  }
}
