import Contracts
import Messaging
import TestSupport
import Testing

@testable import MatchingService

/// Drafts of plans: made, edited, planned anew, published.
@Suite struct PlanTests {
  private func harness(_ principal: Principal = Principal(id: "karin", role: .chair)) async throws -> ServiceHarness {
    let harness = try await ServiceHarness(.matching, principal: principal, Matching.service)
    func known(_ id: String, _ role: MemberRole, _ topics: [Topic], capacity: Int? = nil) -> Profile {
      profile(id, role, capacity: capacity) {
        $0.offers = Bounded(topics)
        $0.wants = Bounded(topics)
      }
    }
    for known in [
      known("m-anna", .mentor, [.network]), known("m-eva", .mentor, [.contracts], capacity: 2),
      known("m-bo", .adept, [.network]), known("m-cia", .adept, [.contracts]), known("m-dan", .adept, [.network]),
    ] {
      #expect(try await harness.deliver(MemberRegistered(profile: known), from: .membership).kind == .done)
    }
    return harness
  }

  private func pairs(_ harness: ServiceHarness, _ plan: PlanID? = nil) async throws -> [String: String] {
    let items = try await harness.ask(GetPlan(plan: plan)).pairs.elements
    return Dictionary(uniqueKeysWithValues: items.map { ($0.adept.rawValue, $0.mentor.rawValue) })
  }

  private func edit(
    _ harness: ServiceHarness, _ plan: PlanID, _ change: EditPlan.Change, _ adept: String, with other: String? = nil
  ) async throws {
    _ = try await harness.command(
      EditPlan(plan: plan, change: change, adept: member(adept), other: other.map(member)))
  }

  @Test func aDraftTellsNobodyUntilItIsPublished() async throws {
    let harness = try await harness()
    #expect(await MatchingTests.refusal { _ = try await harness.ask(GetPlan()) } == "plan/none")
    let made = try await harness.command(MakePlan(objective: .mostAdepts))
    #expect(made.pairs.rawValue == 3)
    #expect(try await pairs(harness)["m-cia"] == "m-eva")
    #expect(try await MatchingTests.states(harness).isEmpty)
    let published = try await harness.command(PublishPlan(plan: made.plan))
    #expect(published.matches.elements.count == 3)
    #expect(published.left.elements.isEmpty)
    #expect(try await harness.outbox(MatchSubmitted.self).count == 3)
    #expect(try await harness.command(PublishPlan(plan: made.plan)).matches.elements.isEmpty)
    // Nobody waits any more.
    #expect(try await harness.command(MakePlan(objective: .mostAdepts)).pairs.rawValue == 0)
    await harness.stop()
  }

  @Test func theBoardSwapsLocksAndDrops() async throws {
    let harness = try await harness()
    let plan = try await harness.command(MakePlan(objective: .mostAdepts)).plan
    let before = try await pairs(harness)
    let annas = try #require(before.first { $0.value == "m-anna" }?.key)
    try await edit(harness, plan, .swap, annas, with: "m-cia")
    #expect(try await pairs(harness)["m-cia"] == "m-anna")
    let dropped = annas == "m-bo" ? "m-dan" : "m-bo"
    try await edit(harness, plan, .drop, dropped)
    #expect(try await pairs(harness)[dropped] == nil)
    #expect(await MatchingTests.refusal { try await edit(harness, plan, .lock, dropped) } == "plan/not-in-plan")
    #expect(await MatchingTests.refusal { try await edit(harness, plan, .swap, annas) } == "plan/swap-needs-two")
    #expect(
      await MatchingTests.refusal { try await edit(harness, plan, .swap, annas, with: annas) } == "plan/swap-needs-two")
    // What was swapped by hand stands, and what was dropped stays away.
    let again = try await harness.command(MakePlan(objective: .mostAdepts, after: plan)).plan
    #expect(again != plan)
    #expect(try await pairs(harness, again) == ["m-cia": "m-anna", annas: "m-eva"])
    try await edit(harness, again, .unlock, "m-cia")
    #expect(
      try await harness.ask(GetPlan(plan: again)).pairs.elements.first { $0.adept == member("m-cia") }?.isLocked
        == false)
    await harness.stop()
  }

  @Test func whatWasDroppedStaysAwayHoweverOftenItIsPlannedAnew() async throws {
    let harness = try await harness()
    var plan = try await harness.command(MakePlan(objective: .mostAdepts)).plan
    var dropped: Set<String> = []
    for _ in 0..<2 {
      let mentor = try #require(try await pairs(harness, plan)["m-cia"])
      #expect(dropped.insert(mentor).inserted)
      try await edit(harness, plan, .drop, "m-cia")
      plan = try await harness.command(MakePlan(objective: .mostAdepts, after: plan)).plan
    }
    // Both mentors are dropped for her.
    plan = try await harness.command(MakePlan(objective: .mostAdepts, after: plan)).plan
    #expect(try await pairs(harness, plan)["m-cia"] == nil)
    await harness.stop()
  }

  @Test func aPairThatOneOfThemHasDeclinedIsNotProposedAgain() async throws {
    let harness = try await harness()
    let plan = try await harness.command(MakePlan(objective: .mostAdepts)).plan
    let mentor = try #require(try await pairs(harness, plan)["m-cia"])
    let match = try #require(
      try await harness.command(PublishPlan(plan: plan, adept: member("m-cia"))).matches.elements.first)
    _ = try await harness.command(AnswerMatch(match: match, party: .adept, answer: .decline))
    let again = try await harness.command(MakePlan(objective: .mostAdepts)).plan
    #expect(try await pairs(harness, again)["m-cia"] != mentor)
    let why = AskWhyNot(adept: member("m-cia"), mentor: member(mentor))
    #expect(try await harness.ask(why).answer == .forbidden)
    // The board has spoken with both.
    let pair = PlanPair(adept: member("m-cia"), mentor: member(mentor))
    let locked = try await harness.command(MakePlan(objective: .mostAdepts, lock: Bounded([pair]))).plan
    #expect(try await pairs(harness, locked)["m-cia"] == mentor)
    await harness.stop()
  }

  @Test func whoeverHasSeenAnEarlierVersionChangesNothing() async throws {
    let harness = try await harness()
    let made = try await harness.command(MakePlan(objective: .mostAdepts))
    #expect(made.version?.rawValue == 1)
    let seen = try await harness.ask(GetPlan(plan: made.plan)).version
    try await edit(harness, made.plan, .drop, "m-bo")
    let publish = PublishPlan(plan: made.plan, version: seen)
    #expect(await MatchingTests.refusal { _ = try await harness.command(publish) } == "plan/changed")
    let lock = EditPlan(plan: made.plan, change: .lock, adept: member("m-cia"), version: seen)
    #expect(await MatchingTests.refusal { _ = try await harness.command(lock) } == "plan/changed")
    let now = try await harness.ask(GetPlan(plan: made.plan)).version
    #expect(now?.rawValue == 2)
    #expect(try await harness.command(PublishPlan(plan: made.plan, version: now)).matches.elements.count == 2)
    await harness.stop()
  }

  /// In the pair, or to be in it after a swap, or of no concern to it: refused before anything of it is judged.
  @Test func nobodyEditsTheirOwnPair() async throws {
    let first = try await harness()
    let plan = try await first.command(MakePlan(objective: .mostAdepts)).plan
    let before = try await pairs(first)
    let bos = try #require(before["m-bo"])
    await first.stop()
    for own in ["m-bo", bos] {
      let harness = try await ServiceHarness(
        .matching, folder: first.folder, principal: Principal(id: "per", role: .coordinator, memberID: own),
        Matching.service)
      for change in [EditPlan.Change.lock, .unlock, .drop] {
        #expect(
          await MatchingTests.refusal { try await edit(harness, plan, change, "m-bo") } == "match/another-must-handle")
      }
      for (adept, other) in [("m-bo", "m-cia"), ("m-cia", "m-bo")] {
        #expect(
          await MatchingTests.refusal { try await edit(harness, plan, .swap, adept, with: other) }
            == "match/another-must-handle")
      }
      #expect(try await pairs(harness) == before)
      await harness.stop()
    }
  }

  @Test func whatCanNoLongerBeSubmittedIsToldAndStays() async throws {
    let harness = try await harness()
    let plan = try await harness.command(MakePlan(objective: .mostAdepts)).plan
    let only = try await harness.command(PublishPlan(plan: plan, adept: member("m-cia")))
    #expect(only.matches.elements.count == 1)
    let bos = try #require(try await pairs(harness)["m-bo"])
    let changed = profile("m-bo", .adept) { $0.vetoes = Bounded([member(bos)]) }
    try await harness.deliver(MemberChanged(profile: changed), from: .membership)
    let rest = try await harness.command(PublishPlan(plan: plan))
    #expect(rest.matches.elements.count == 1)
    #expect(rest.left.elements.map(\.adept) == [member("m-bo")])
    #expect(rest.left.elements.first?.code.rawValue == "match/blocked")
    #expect(rest.left.elements.first?.reason?.rawValue.hasPrefix("Paret är spärrat av konkurrensregeln.") == true)
    let again = PublishPlan(plan: plan, adept: member("m-cia"))
    #expect(await MatchingTests.refusal { _ = try await harness.command(again) } == "plan/published")
    #expect(await MatchingTests.refusal { try await edit(harness, plan, .drop, "m-cia") } == "plan/published")
    await harness.stop()
  }

  @Test func theBoardsWeightsCountFromThenOn() async throws {
    let harness = try await harness()
    let pair = ExplainPair(mentor: member("m-anna"), adept: member("m-bo"))
    let before = try await harness.ask(pair)
    #expect(before.version.rawValue == 1)
    func set(_ text: String) async throws {
      _ = try await harness.command(SetScoreWeights(weights: WeightsText(unchecked: text)))
    }
    #expect(await MatchingTests.refusal { try await set(#"{"version": 1}"#) } == "plan/old-weights")
    #expect(await MatchingTests.refusal { try await set(#"{"version": 2, "perYear": "x"}"#) } == "plan/weights")
    try await set(#"{"version": 2, "topics": [1000]}"#)
    let after = try await harness.ask(pair)
    #expect(after.version.rawValue == 2)
    #expect(after.total.rawValue == before.total.rawValue + 900)
    #expect(try await harness.ask(GetScoreWeights()).version.rawValue == 2)
    await harness.stop()
  }

  @Test func whoeverIsInAPairPublishesTheOthers() async throws {
    let harness = try await harness(Principal(id: "bo", role: .coordinator, memberID: "m-bo"))
    let plan = try await harness.command(MakePlan(objective: .mostAdepts)).plan
    let published = try await harness.command(PublishPlan(plan: plan))
    #expect(published.matches.elements.count == 2)
    #expect(published.left.elements.map(\.code.rawValue) == ["match/another-must-handle"])
    await harness.stop()
  }
}
