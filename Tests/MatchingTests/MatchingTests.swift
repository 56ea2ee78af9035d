import Contracts
import GRDB
import Messaging
import TestSupport
import Testing

@testable import MatchingService

@Suite struct MatchingTests {
  /// A service that knows two mentors, one with one place, and three adepts.
  static func harness() async throws -> ServiceHarness {
    let harness = try await ServiceHarness(.matching, Matching.service)
    for known in [
      profile("m-anna", .mentor, capacity: 1), profile("m-eva", .mentor, capacity: 2, organisation: "556036-0793"),
      profile("m-bo", .adept), profile("m-cia", .adept, organisation: "556036-0793"), profile("m-dag", .both),
    ] {
      #expect(try await harness.deliver(MemberRegistered(profile: known), from: .membership).kind == .done)
    }
    return harness
  }

  /// What a service that has submitted one match and stopped leaves behind.
  static func storeWithMatch(_ mentor: String, _ adept: String) async throws -> (TemporaryFolder, MatchID) {
    let harness = try await harness()
    let id = try await harness.command(submit(mentor, adept)).match
    await harness.stop()
    return (harness.folder, id)
  }

  static func submit(_ mentor: String, _ adept: String, reason: String? = nil, months: Int? = nil) -> SubmitMatch {
    SubmitMatch(
      mentor: member(mentor), adept: member(adept), reason: reason.map(Note.init(unchecked:)),
      months: months.map(Months.init(unchecked:)))
  }

  static func refusal(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? Problem)?.code ?? "\(error)"
    }
  }

  static func places(_ harness: ServiceHarness) async throws -> [String: Int] {
    let mentors = try await harness.ask(ListMentorPlaces()).mentors.elements
    return Dictionary(uniqueKeysWithValues: mentors.map { ($0.mentor.rawValue, $0.taken.rawValue) })
  }

  static func states(_ harness: ServiceHarness) async throws -> [MatchState] {
    try await harness.ask(ListMatches()).matches.elements.map(\.state)
  }

  /// Every closed match that was told, and that each was told once.
  static func closed(_ harness: ServiceHarness) async throws -> [MatchID: MatchClosed.Outcome] {
    let events = try await harness.outbox(MatchClosed.self)
    return Dictionary(uniqueKeysWithValues: events.map { ($0.match, $0.outcome) })
  }

  static func begin(_ harness: ServiceHarness, _ mentor: String, _ adept: String) async throws -> MatchID {
    let id = try await harness.command(submit(mentor, adept)).match
    _ = try await harness.command(AnswerMatch(match: id, party: .mentor, answer: .accept))
    _ = try await harness.command(AnswerMatch(match: id, party: .adept, answer: .accept))
    return id
  }

  @Test func theLastPlaceIsGivenOnce() async throws {
    let harness = try await Self.harness()
    let reply = try await harness.command(Self.submit("m-anna", "m-bo"))
    #expect(reply.answerBy.text == "2026-09-15")
    let refused = await #expect(throws: Problem.self) { try await harness.command(Self.submit("m-anna", "m-cia")) }
    #expect(refused?.code == "match/no-capacity")
    #expect(refused?.detail.contains("högst 1 och 1 är upptagna") == true)
    #expect(try await Self.places(harness) == ["m-anna": 1, "m-dag": 0, "m-eva": 0])
    let told = try await harness.outbox(MatchSubmitted.self)
    #expect(told.map(\.match) == [reply.match])
    #expect(told.first?.answerBy.text == "2026-09-15")
    await harness.stop()
  }

  @Test func aRepeatedCommandSubmitsOnce() async throws {
    let harness = try await Self.harness()
    let first = try await harness.command(Self.submit("m-eva", "m-bo"), key: "one")
    #expect(try await harness.command(Self.submit("m-eva", "m-bo"), key: "one").match == first.match)
    #expect(await Self.refusal { _ = try await harness.command(Self.submit("m-eva", "m-bo")) } == "match/pair-open")
    #expect(try await Self.states(harness) == [.submitted])
    await harness.stop()
  }

  @Test func theSameOrganisationNeedsAReason() async throws {
    let harness = try await Self.harness()
    #expect(
      await Self.refusal { _ = try await harness.command(Self.submit("m-eva", "m-cia")) } == "match/reason-needed")
    _ = try await harness.command(Self.submit("m-eva", "m-cia", reason: "Olika förvaltningar."))
    #expect(try await Self.states(harness) == [.submitted])
    await harness.stop()
  }

  @Test func aChangedProfileDecidesFromThenOn() async throws {
    let harness = try await Self.harness()
    try await harness.deliver(
      MemberChanged(profile: profile("m-anna", .mentor, capacity: 1, status: .paused)), from: .membership)
    #expect(
      await Self.refusal { _ = try await harness.command(Self.submit("m-anna", "m-bo")) } == "match/inactive-mentor")
    #expect(try await Self.places(harness) == ["m-dag": 0, "m-eva": 0])
    await harness.stop()
  }

  @Test func nobodyHandlesTheirOwnPair() async throws {
    let (folder, id) = try await Self.storeWithMatch("m-eva", "m-dag")
    let harness = try await ServiceHarness(
      .matching, folder: folder, principal: Principal(id: "eva", role: .coordinator, memberID: "m-eva"),
      Matching.service)
    let answer = AnswerMatch(match: id, party: .adept, answer: .accept)
    #expect(
      await Self.refusal { _ = try await harness.command(Self.submit("m-eva", "m-bo")) } == "match/another-must-handle")
    #expect(await Self.refusal { _ = try await harness.command(answer) } == "match/another-must-handle")
    #expect(
      await Self.refusal { _ = try await harness.command(WithdrawMatch(match: id)) } == "match/another-must-handle")
    _ = try await harness.command(Self.submit("m-anna", "m-bo"))
    #expect(try await Self.states(harness) == [.submitted, .submitted])
    await harness.stop()
  }

  @Test func keepsWhoDecidedAndWhy() async throws {
    let harness = try await Self.harness()
    let id = try await harness.command(Self.submit("m-eva", "m-cia", reason: "Olika förvaltningar.")).match
    _ = try await harness.command(AnswerMatch(match: id, party: .adept, answer: .decline))
    let kept = try await harness.read {
      try String.fetchOne($0, sql: "SELECT submitted_by || ': ' || reason || ' ' || declined_by FROM match")
    }
    #expect(kept == "karin: Olika förvaltningar. adept")
    await harness.stop()
  }

  @Test func bothAnswersBeginTheMentorship() async throws {
    let harness = try await Self.harness()
    let id = try await harness.command(Self.submit("m-anna", "m-bo", months: 5)).match
    try await harness.advance(to: "2026-09-04")
    let adept = AnswerMatch(match: id, party: .adept, answer: .accept)
    #expect(try await harness.command(adept).state == .acceptedByAdept)
    #expect(try await harness.command(adept).state == .acceptedByAdept)
    let mentor = AnswerMatch(match: id, party: .mentor, answer: .accept)
    #expect(try await harness.command(mentor).state == .active)
    #expect(try await harness.command(mentor).state == .active)

    let accepted = try await harness.outbox(MatchAccepted.self)
    #expect(accepted.map(\.match) == [id])
    #expect(accepted.map(\.by) == [.adept])
    let begun = try await harness.outbox(MatchActivated.self)
    #expect(begun.map(\.starts.text) == ["2026-09-04"])
    #expect(begun.map(\.months.rawValue) == [5])
    try await harness.advance(to: "2026-12-01")
    #expect(try await Self.states(harness) == [.active])
    #expect(try await harness.outbox(MatchClosed.self).isEmpty)
    #expect(
      await Self.refusal { _ = try await harness.command(Self.submit("m-eva", "m-bo")) } == "match/adept-matched")
    await harness.stop()
  }

  @Test func aNoFreesThePlace() async throws {
    let harness = try await Self.harness()
    let id = try await harness.command(Self.submit("m-anna", "m-bo")).match
    _ = try await harness.command(AnswerMatch(match: id, party: .mentor, answer: .decline))
    #expect(try await Self.closed(harness) == [id: .declined])
    _ = try await harness.command(Self.submit("m-anna", "m-cia"))
    #expect(try await Self.states(harness) == [.declined, .submitted])
    #expect(try await harness.ask(GetStatus()).planned.rawValue == 1)
    await harness.stop()
  }

  @Test func whoHasSaidYesCanStillSayNoBeforeItBegins() async throws {
    let harness = try await Self.harness()
    let id = try await harness.command(Self.submit("m-anna", "m-bo")).match
    for answer in [AnswerMatch.Answer.accept, .decline] {
      let event = InvitationAnswered(match: id, by: .mentor, answer: answer)
      #expect(try await harness.deliver(event, from: .followup, key: id.rawValue).kind == .done)
    }
    #expect(try await Self.closed(harness) == [id: .declined])
    await harness.stop()
  }

  @Test func theBoardTakesAMatchBackOnce() async throws {
    let harness = try await Self.harness()
    let id = try await harness.command(Self.submit("m-anna", "m-bo")).match
    #expect(try await harness.command(WithdrawMatch(match: id)).state == .withdrawn)
    #expect(try await harness.command(WithdrawMatch(match: id)).state == .withdrawn)
    #expect(try await Self.closed(harness) == [id: .withdrawn])
    let unknown = WithdrawMatch(match: MatchID(unchecked: "p-nobody"))
    #expect(await Self.refusal { _ = try await harness.command(unknown) } == "match/unknown")
    await harness.stop()
  }

  @Test func expiresAfterFourteenDays() async throws {
    let harness = try await Self.harness()
    let id = try await harness.command(Self.submit("m-anna", "m-bo")).match
    _ = try await harness.command(AnswerMatch(match: id, party: .mentor, answer: .accept))
    try await harness.advance(to: "2026-09-15")
    #expect(try await Self.states(harness) == [.acceptedByMentor])
    try await harness.advance(to: "2026-09-16")
    #expect(try await Self.states(harness) == [.expired])
    #expect(try await Self.closed(harness) == [id: .expired])
    #expect(try await Self.places(harness)["m-anna"] == 0)
    let late = AnswerMatch(match: id, party: .adept, answer: .accept)
    #expect(await Self.refusal { _ = try await harness.command(late) } == "match/not-open")
    await harness.stop()
  }

  @Test func aMentorshipThatIsOverFreesThePlaceOnce() async throws {
    let harness = try await Self.harness()
    let first = try await Self.begin(harness, "m-anna", "m-bo")
    #expect(try await Self.places(harness)["m-anna"] == 1)
    let ended = MentorshipEnded(mentorship: MentorshipID(of: first))
    for _ in 1...2 { #expect(try await harness.deliver(ended, from: .followup).kind == .done) }
    #expect(try await Self.states(harness) == [.ended])

    let second = try await Self.begin(harness, "m-anna", "m-cia")
    let completed = MentorshipCompleted(mentorship: MentorshipID(of: second))
    #expect(try await harness.deliver(completed, from: .followup).kind == .done)
    let unknown = MentorshipCompleted(mentorship: MentorshipID(unchecked: "p-nobody"))
    #expect(try await harness.deliver(unknown, from: .followup).kind == .done)
    #expect(try await Self.states(harness) == [.ended, .ended])
    #expect(try await Self.places(harness)["m-anna"] == 0)
    await harness.stop()
  }

  @Test func listsByPageAndState() async throws {
    let harness = try await Self.harness()
    var submitted: [MatchID] = []
    for _ in 1...101 {
      let id = try await harness.command(Self.submit("m-eva", "m-bo")).match
      _ = try await harness.command(WithdrawMatch(match: id))
      submitted.append(id)
    }
    let first = try await harness.ask(ListMatches(state: .withdrawn))
    let second = try await harness.ask(ListMatches(state: .withdrawn, after: first.next))
    #expect((first.matches.elements + second.matches.elements).map(\.match) == submitted)
    #expect(first.matches.elements.count == 100)
    #expect(second.next == nil)
    #expect(try await harness.ask(ListMatches(state: .active)).matches.elements.isEmpty)
    let wrong = ListMatches(after: PageToken(unchecked: "x"))
    #expect(await Self.refusal { _ = try await harness.ask(wrong) } == "request/malformed")
    await harness.stop()
  }
}
