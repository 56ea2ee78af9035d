import Contracts
import Messaging
import TestSupport
import Testing

@testable import MatchingService

/// What a draft says of itself: its proof, what could be swapped, who is left, and what another pair would cost.
@Suite struct PlanAccountTests {
  private static let mentors = ["m-anna": 1, "m-eva": 2]

  private func harness(_ principal: Principal = Principal(id: "karin", role: .chair), folder: TemporaryFolder? = nil)
    async throws -> ServiceHarness
  {
    let harness = try await ServiceHarness(.matching, folder: folder, principal: principal, Matching.service)
    guard folder == nil else { return harness }
    func known(_ id: String, _ role: MemberRole, _ topics: [Topic], vetoes: [String] = []) -> Profile {
      profile(id, role, capacity: Self.mentors[id]) {
        $0.offers = Bounded(topics)
        $0.wants = Bounded(topics)
        $0.vetoes = Bounded(vetoes.map(member))
      }
    }
    for known in [
      known("m-anna", .mentor, [.network]), known("m-eva", .mentor, [.contracts]),
      known("m-bo", .adept, [.network]), known("m-cia", .adept, [.contracts]), known("m-dan", .adept, [.network]),
      known("m-eli", .adept, [.network], vetoes: ["m-anna", "m-eva"]),
    ] {
      #expect(try await harness.deliver(MemberRegistered(profile: known), from: .membership).kind == .done)
    }
    return harness
  }

  private func account(_ harness: ServiceHarness, _ plan: PlanID) async throws -> [GetPlanAccount.Line] {
    try await harness.ask(GetPlanAccount(plan: plan)).lines.elements
  }

  @Test(arguments: PlanObjective.allCases) func thePricesAddUpToThePlan(_ objective: PlanObjective) async throws {
    let harness = try await harness()
    let made = try await harness.command(MakePlan(objective: objective))
    let lines = try await account(harness, made.plan)
    let totals = lines.filter { $0.what == .objective }
    #expect(totals.map(\.objective) == [objective] + PlanObjective.allCases.filter { $0 != objective })
    #expect(totals[0].worth == PlanWorth(adepts: made.pairs, score: made.total))
    var sum = (adepts: 0, score: 0)
    for line in lines where line.what == .adept || line.what == .mentor {
      let places = line.places?.rawValue ?? 1
      sum.adepts += line.worth!.adepts.rawValue * places
      sum.score += line.worth!.score.rawValue * places
    }
    #expect(sum.score == made.total.rawValue)
    #expect(sum.adepts == (objective == .mostAdepts ? made.pairs.rawValue : 0))
    let left = lines.filter { $0.what == .adept && $0.mentor == nil }
    #expect(left.map(\.adept) == [member("m-eli")])
    #expect(left[0].reason?.rawValue == "no-scores")
    #expect(left[0].blockedBy?.elements == [.init(rule: .veto, mentors: Count(2))])
    // One of the two who want the same has another mentor at no cost.
    #expect(
      lines.contains { $0.what == .adept && $0.adept == member("m-bo") && !($0.mentors?.elements.isEmpty ?? true) })
    #expect(lines.contains { $0.what == .recruit && $0.helps == Count(1) })
    #expect(lines.first { $0.what == .shortage }?.adepts?.elements == [member("m-eli")])
    await harness.stop()
  }

  @Test func whyNotCostsWhatLockingItCosts() async throws {
    let harness = try await harness()
    let best = try await harness.command(MakePlan(objective: .mostAdepts))
    for adept in ["m-bo", "m-cia", "m-dan"] {
      for mentor in Self.mentors.keys {
        let reply = try await harness.ask(AskWhyNot(adept: member(adept), mentor: member(mentor), plan: best.plan))
        let lock = Bounded([PlanPair(adept: member(adept), mentor: member(mentor))])
        let locked = try await harness.command(MakePlan(objective: .mostAdepts, lock: lock))
        switch reply.answer {
        case .isInPlan: #expect(locked.total == best.total)
        case .costs:
          #expect(reply.cost?.score.rawValue == best.total.rawValue - locked.total.rawValue)
          #expect(reply.cost?.adepts.rawValue == best.pairs.rawValue - locked.pairs.rawValue)
          #expect(reply.moves?.elements.first?.to == member(mentor))
        default: Issue.record("\(reply)")
        }
      }
    }
    let blocked = try await harness.ask(AskWhyNot(adept: member("m-eli"), mentor: member("m-eva")))
    #expect(blocked.answer == .blocked)
    #expect(blocked.findings?.elements.map(\.rule) == [.veto])
    await harness.stop()
  }

  @Test func whatIsForbiddenStaysSo() async throws {
    let harness = try await harness()
    let forbid = Bounded(Self.mentors.keys.map { PlanPair(adept: member("m-cia"), mentor: member($0)) })
    let plan = try await harness.command(MakePlan(objective: .mostAdepts, forbid: forbid)).plan
    let again = try await harness.command(MakePlan(objective: .mostAdepts, after: plan))
    #expect(again.pairs.rawValue == 2)
    let why = AskWhyNot(adept: member("m-cia"), mentor: member("m-eva"), plan: again.plan)
    #expect(try await harness.ask(why).answer == .forbidden)
    let line = try await account(harness, again.plan).first { $0.what == .adept && $0.adept == member("m-cia") }
    #expect(line?.reason?.rawValue == "forbidden")
    let lock = Bounded([PlanPair(adept: member("m-eli"), mentor: member("m-eva"))])
    #expect(
      await MatchingTests.refusal { _ = try await harness.command(MakePlan(objective: .mostAdepts, lock: lock)) }
        == "plan/cannot-lock")
    await harness.stop()
  }

  private func scores(_ harness: ServiceHarness, _ plan: PlanID) async throws -> [String: [String: Int]] {
    var scores: [String: [String: Int]] = [:]
    var after: Count?
    repeat {
      let page = try await harness.ask(GetPlanScores(plan: plan, after: after))
      for row in page.rows.elements {
        for scored in row.scores.elements {
          scores[row.adept.rawValue, default: [:]][scored.mentor.rawValue] = scored.score.rawValue
        }
      }
      after = page.next
    } while after != nil
    return scores
  }

  @Test func theScoresAreThoseOfTheDayOfTheProposal() async throws {
    let harness = try await harness()
    let forbid = Bounded([PlanPair(adept: member("m-cia"), mentor: member("m-anna"))])
    let plan = try await harness.command(MakePlan(objective: .bestScore, forbid: forbid)).plan
    let before = try await scores(harness, plan)
    #expect(
      before.mapValues { $0.keys.sorted() } == [
        "m-bo": ["m-anna", "m-eva"], "m-cia": ["m-eva"], "m-dan": ["m-anna", "m-eva"],
      ])
    let explained = try await harness.ask(ExplainPair(mentor: member("m-eva"), adept: member("m-bo")))
    #expect(before["m-bo"]?["m-eva"] == explained.total.rawValue)
    let changed = profile("m-bo", .adept) { $0.vetoes = Bounded([member("m-eva")]) }
    try await harness.deliver(MemberChanged(profile: changed), from: .membership)
    #expect(try await scores(harness, plan) == before)
    await harness.stop()
  }

  /// So many pairs that they don't fit into one message.
  @Test func manyScoresComeInPages() async throws {
    let harness = try await ServiceHarness(.matching, Matching.service)
    let people =
      (0..<150).map { profile("m-mentor-with-a-long-id-\($0)", .mentor) }
      + (0..<20).map { profile("m-adept-\($0)", .adept) }
    for person in people {
      #expect(try await harness.deliver(MemberRegistered(profile: person), from: .membership).kind == .done)
    }
    let plan = try await harness.command(MakePlan(objective: .bestScore)).plan
    #expect(try await harness.ask(GetPlanScores(plan: plan)).next != nil)
    let scores = try await scores(harness, plan)
    #expect(scores.count == 20 && scores.values.allSatisfy { $0.count == 150 })
    await harness.stop()
  }

  /// What a pair is worth adds up from what either has told, also in confidence.
  @Test(arguments: ["m-bo", "m-eva"]) func nobodyIsToldWhatTheirOwnPairIsWorth(_ own: String) async throws {
    let first = try await harness()
    let plan = try await first.command(MakePlan(objective: .mostAdepts)).plan
    let all = try await first.ask(GetPlan(plan: plan))
    await first.stop()
    let harness = try await harness(Principal(id: "per", role: .coordinator, memberID: own), folder: first.folder)
    let seen = try await harness.ask(GetPlan(plan: plan))
    func isOwn(_ item: GetPlan.Item) -> Bool { item.adept.rawValue == own || item.mentor.rawValue == own }
    #expect(seen.pairs.elements.allSatisfy { ($0.score == nil) == isOwn($0) })
    let others = all.pairs.elements.filter { !isOwn($0) }.reduce(0) { $0 + ($1.score?.rawValue ?? 0) }
    #expect(seen.total.rawValue == others && seen.total != all.total)
    for line in try await account(harness, plan) where [.objective, .adept, .mentor].contains(line.what) {
      let isOwn = line.adept?.rawValue == own || line.mentor?.rawValue == own && line.what == .mentor
      #expect((line.worth == nil) == (isOwn || line.what == .objective), "\(line)")
    }
    let scores = try await scores(harness, plan)
    #expect(!scores.isEmpty && scores[own] == nil && scores.values.allSatisfy { $0[own] == nil })
    #expect(try await harness.command(MakePlan(objective: .mostAdepts)).total == seen.total)
    await harness.stop()
  }

  @Test func nobodyLearnsOfTheirOwnPair() async throws {
    let first = try await harness()
    let plan = try await first.command(MakePlan(objective: .mostAdepts)).plan
    await first.stop()
    for own in ["m-eli", "m-eva"] {
      let harness = try await harness(
        Principal(id: "per", role: .coordinator, memberID: own), folder: first.folder)
      let lines = try await account(harness, plan)
      #expect(lines.allSatisfy { $0.blockedBy == nil })
      if own == "m-eli" { #expect(lines.allSatisfy { $0.adept != member(own) || $0.reason == nil }) }
      let pair = PlanPair(adept: member("m-eli"), mentor: member("m-eva"))
      for body: () async throws -> Void in [
        { _ = try await harness.ask(AskWhyNot(adept: pair.adept, mentor: pair.mentor)) },
        { _ = try await harness.command(MakePlan(objective: .mostAdepts, lock: Bounded([pair]))) },
        { _ = try await harness.command(MakePlan(objective: .mostAdepts, forbid: Bounded([pair]))) },
      ] {
        #expect(await MatchingTests.refusal(body) == "match/another-must-handle")
      }
      await harness.stop()
    }
  }
}
