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
