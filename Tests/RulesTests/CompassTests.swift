import Contracts
import Planner
import TestSupport
import Testing

@testable import Rules

/// The recruitment compass against plans that are made anew with each candidate.
@Suite struct CompassTests {
  private let today = Day(text: "2026-09-15")!

  @Test func whatIsPromisedIsWhatAPlanWithTheMentorGives() throws {
    for seed in SeededGenerator.seeds(0..<8) {
      var random = SeededGenerator(seed: seed)
      let people = (0..<5).map { person("m-\($0)", &random) }
      let mentors = Array(people.prefix(Int.random(in: 1...2, using: &random)))
      let cohort = try Cohort(mentors: mentors, adepts: Array(people.suffix(3)), weights: ScoreWeights())
      for objective in Objective.allCases {
        let plan = try Plan(PlanProblem(scores: cohort.scores), objective)
        let compass = RecruitmentCompass(cohort, plan, limit: 3, today: today)
        let best = try #require(compass.candidates.first, "SEED=\(seed)")
        for candidate in compass.candidates {
          let found = try gains(cohort, plan, candidate.kommun, candidate.topics, candidate.forms)
          #expect(candidate.gain == found.gain, "SEED=\(seed)")
          #expect(candidate.helps == found.helps, "SEED=\(seed)")
        }
        for _ in 0..<20 {
          let other = try gains(
            cohort, plan, Kommun.all.randomElement(using: &random)!,
            RecruitmentCompass.topicSets.randomElement(using: &random)!,
            RecruitmentCompass.formSets.randomElement(using: &random)!)
          #expect(other.helps <= best.helps, "SEED=\(seed)")
        }
      }
    }
  }

  private func person(_ id: String, _ random: inout SeededGenerator) -> Cohort.Person {
    let kommun = ["0180", "1480", "1280", "2584"].randomElement(using: &random)!
    let profile = profile(id, years: Int.random(in: 0...9, using: &random)) { profile, facts in
      profile.kommun = KommunCode(unchecked: kommun)
      profile.organisationNumber = OrganisationNumber(unchecked: "556036-\(id)")
      facts.wants = Bounded(Topic.allCases.shuffled(using: &random).prefix(3))
      facts.offers = Bounded(Topic.allCases.shuffled(using: &random).prefix(2))
      facts.forms = Bounded(ContactForm.allCases.shuffled(using: &random).prefix(2))
      facts.spokenLanguages = Bounded([SpokenLanguage(unchecked: Bool.random(using: &random) ? "sv" : "fi")])
    }
    return Cohort.Person(profile, today: today)
  }

  /// With one place for anybody, and for how many of those who wait a place for them alone is worth something.
  private func gains(
    _ cohort: Cohort, _ plan: Plan, _ kommun: Kommun, _ topics: [Topic], _ forms: [ContactForm]
  ) throws -> (gain: Worth, helps: Int) {
    let candidate = Cohort.Person(
      RecruitmentCompass.profile(kommun, topics, forms, years: RecruitmentCompass.years(cohort)), today: today)
    let more = try Cohort(mentors: cohort.mentors + [candidate], adepts: cohort.adepts, weights: cohort.weights)
    let column = try #require(more.mentors.firstIndex { $0.id == candidate.id })
    func gain(_ allowed: Set<Int>) throws -> Worth {
      let forbidden = more.adepts.indices.filter { !allowed.contains($0) }.map { Pair(adept: $0, mentor: column) }
      return worth(try Plan(PlanProblem(scores: more.scores, forbidden: Set(forbidden)), plan.objective)) - worth(plan)
    }
    let waiting = plan.mentors.indices.filter { plan.mentors[$0] == nil }
    return (try gain(Set(more.adepts.indices)), try waiting.count { try gain([$0]) > .zero })
  }

  private func worth(_ plan: Plan) -> Worth {
    Worth(adepts: plan.objective == .mostAdepts ? plan.matched : 0, score: plan.total)
  }
}
