import Contracts
import Planner
import Rules
import TestSupport
import Testing

/// Every rule on both sides of its edge.
@Suite struct CompetitionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let mentor: Profile
    let adept: Profile
    let evidence: [Evidence]
    /// The rule that just does not find them.
    let near: CompetitionRule?
    var testDescription: String { name }

    init(
      _ name: String, _ evidence: [Evidence] = [], near: CompetitionRule? = nil,
      mentor: (inout Profile, inout ProfileFacts) -> Void = { _, _ in },
      adept: (inout Profile, inout ProfileFacts) -> Void = { _, _ in }
    ) {
      self.name = name
      self.mentor = profile("m-anna", years: 10, mentor)
      self.adept = profile("m-bo", years: 2, adept)
      self.evidence = evidence
      self.near = near
    }
  }

  static let school: [Evidence] = [.sameMarket(areas("0180").elements, [.school])]
  static let cases: [Case] = [
    Case("all known and nothing found"),
    Case(
      "a tender in common, written differently", [.sharedTender([TenderReference(unchecked: "SN 2026/114")])],
      mentor: { $1.tenders = tenders("SN 2026/114", "A 1") }, adept: { $1.tenders = tenders("sn-2026/114") }),
    Case(
      "two tenders", near: .sharedTender, mentor: { $1.tenders = tenders("SN 2026/114") },
      adept: { $1.tenders = tenders("SN 2026/115") }),
    Case(
      "the mentor names the adept", [.namedCompetitor(by: .mentor)],
      mentor: { $1.competitors = Bounded([member("m-bo")]) }),
    Case(
      "the adept names the mentor", [.namedCompetitor(by: .adept)],
      adept: { $1.competitors = Bounded([member("m-anna")]) }),
    Case("somebody else is named", near: .namedCompetitor, mentor: { $1.competitors = Bounded([member("m-cia")]) }),
    Case(
      "both name the other", [.namedCompetitor(by: .mentor), .namedCompetitor(by: .adept)],
      mentor: { $1.competitors = Bounded([member("m-cia"), member("m-bo")]) },
      adept: { $1.competitors = Bounded([member("m-anna")]) }),
    Case("the mentor will not", [.veto(by: .mentor)], mentor: { $1.vetoes = Bounded([member("m-bo")]) }),
    Case(
      "they will not have somebody else", near: .veto,
      mentor: { $1.vetoes = Bounded([member("m-cia")]) }, adept: { $1.vetoes = Bounded([member("m-dag")]) }),
    Case("a wish is no veto", near: .veto, mentor: { $1.wishes = Bounded([member("m-bo")]) }),
    Case("a tender of one alone", near: .sharedTender, mentor: { $1.tenders = tenders("SN 2026/114") }),
    Case("the adept will not", [.veto(by: .adept)], adept: { $1.vetoes = Bounded([member("m-anna")]) }),
    Case(
      "both sell in one kommun and sector", school, mentor: { $1.sellsSupervision = true },
      adept: { $1.sellsSupervision = true }),
    Case("the other of them sells", near: .sharedKommun, adept: { $1.sellsSupervision = true }),
    Case("one of them sells", near: .sharedKommun, mentor: { $1.sellsSupervision = true }),
    Case(
      "both sell in one kommun, in different sectors", [.sharedKommun(areas("0180").elements)], near: .sameMarket,
      mentor: { $1.sellsSupervision = true },
      adept: {
        $1.sellsSupervision = true
        $1.sectors = Bounded([.psychiatry])
      }),
    Case(
      "both sell, in different kommuner", near: .sharedKommun, mentor: { $1.sellsSupervision = true },
      adept: {
        $1.sellsSupervision = true
        $1.worksIn = areas("0184")
      }),
    Case(
      "a whole county holds the kommun", school, mentor: { $1.sellsSupervision = true },
      adept: {
        $1.sellsSupervision = true
        $1.worksIn = areas("01")
      }),
    Case(
      "the next county does not", near: .sameMarket, mentor: { $1.sellsSupervision = true },
      adept: {
        $1.sellsSupervision = true
        $1.worksIn = areas("03")
      }),
    Case(
      "two whole counties are named as that", [.sameMarket(areas("01").elements, [.school])],
      mentor: {
        $1.sellsSupervision = true
        $1.worksIn = areas("01", "03")
      },
      adept: {
        $1.sellsSupervision = true
        $1.worksIn = areas("01", "1280")
      }),
    Case(
      "protected identity: no place is named", [.sameMarket([], [.school])], mentor: { $1.sellsSupervision = true },
      adept: {
        $1.sellsSupervision = true
        $1.isProtected = true
      }),
    Case(
      "one organisation", [.sameOrganisation],
      mentor: { profile, _ in profile.organisationNumber = OrganisationNumber(unchecked: "556036-0793") },
      adept: { profile, _ in profile.organisationNumber = OrganisationNumber(unchecked: "556036-0793") }),
    Case(
      "numbers that differ in one digit", near: .sameOrganisation,
      mentor: { profile, _ in profile.organisationNumber = OrganisationNumber(unchecked: "556036-0793") },
      adept: { profile, _ in profile.organisationNumber = OrganisationNumber(unchecked: "556036-0794") }),
    Case(
      "both own the one company", [.sameOrganisation],
      mentor: {
        $0.organisationNumber = OrganisationNumber(unchecked: "556036-0793")
        $1.ownsOrganisation = true
      },
      adept: {
        $0.organisationNumber = OrganisationNumber(unchecked: "556036-0793")
        $1.ownsOrganisation = true
      }),
    Case(
      "the mentor's company employs the adept", [.employer(.mentor)],
      mentor: {
        $0.organisationNumber = OrganisationNumber(unchecked: "556036-0793")
        $1.ownsOrganisation = true
      },
      adept: { profile, _ in profile.organisationNumber = OrganisationNumber(unchecked: "556036-0793") }),
    Case(
      "one firm, written differently", [.employer(.adept)],
      mentor: {
        $0.organisationNumber = nil
        $1.firm = FirmName(unchecked: "Öbergs handledning")
      },
      adept: {
        $0.organisationNumber = nil
        $1.firm = FirmName(unchecked: "ÖBERGS  Handledning")
        $1.ownsOrganisation = true
      }),
    Case(
      "two firms", near: .sameOrganisation,
      mentor: {
        $0.organisationNumber = nil
        $1.firm = FirmName(unchecked: "Öbergs handledning")
      },
      adept: {
        $0.organisationNumber = nil
        $1.firm = FirmName(unchecked: "Bergs handledning")
      }),
    Case(
      "as many years", [.experience(mentor: 2, adept: 2)], mentor: { profile, _ in profile.years = Years(unchecked: 2) }
    ),
    Case(
      "one year less", [.experience(mentor: 1, adept: 2)], mentor: { profile, _ in profile.years = Years(unchecked: 1) }
    ),
    Case("one year more", near: .experience, mentor: { profile, _ in profile.years = Years(unchecked: 3) }),
    // What is missing.
    Case(
      "nobody has said whether the mentor sells, and the adept does not", near: .missingFact,
      mentor: { $1.sellsSupervision = nil }),
    Case(
      "nobody has said whether the mentor sells, and the adept does", [.missingFact(.sells, of: .mentor)],
      mentor: { $1.sellsSupervision = nil }, adept: { $1.sellsSupervision = true }),
    Case(
      "where the adept works could put both in one kommun", [.missingFact(.worksIn, of: .adept)],
      mentor: { $1.sellsSupervision = true },
      adept: {
        $1.sellsSupervision = true
        $1.worksIn = nil
      }),
    Case(
      "the mentor works nowhere", near: .missingFact,
      mentor: {
        $1.sellsSupervision = true
        $1.worksIn = areas()
      },
      adept: {
        $1.sellsSupervision = true
        $1.worksIn = nil
      }),
    Case(
      "the sectors could make it worse",
      [.sharedKommun(areas("0180").elements), .missingFact(.sectors, of: .mentor)],
      mentor: {
        $1.sellsSupervision = true
        $1.sectors = nil
      }, adept: { $1.sellsSupervision = true }),
    Case(
      "the adept knows no sector", [.sharedKommun(areas("0180").elements)], near: .missingFact,
      mentor: {
        $1.sellsSupervision = true
        $1.sectors = nil
      },
      adept: {
        $1.sellsSupervision = true
        $1.sectors = Bounded([])
      }),
    Case(
      "no organisation is told", [.missingFact(.organisation, of: .adept)],
      adept: { profile, _ in profile.organisationNumber = nil }),
    Case(
      "an employee has told the employer's name alone, and the other a number",
      [.missingFact(.organisation, of: .adept)],
      adept: {
        $0.organisationNumber = nil
        $1.firm = FirmName(unchecked: "Öbergs handledning")
      }),
    Case(
      "a sole trader has a firm and no number", near: .missingFact,
      adept: {
        $0.organisationNumber = nil
        $1.firm = FirmName(unchecked: "Öbergs handledning")
        $1.ownsOrganisation = true
      }),
    Case(
      "a seller's tenders are not told, and the other is in one", [.missingFact(.tenders, of: .adept)],
      mentor: { $1.tenders = tenders("A 1") },
      adept: {
        $1.sellsSupervision = true
        $1.tenders = nil
      }),
    Case(
      "whoever sells nothing bids for nothing", near: .missingFact, mentor: { $1.tenders = tenders("A 1") },
      adept: { $1.tenders = nil }),
    Case(
      "what is blocked can't be worse", [.veto(by: .mentor)],
      mentor: {
        $1 = ProfileFacts()
        $1.vetoes = Bounded([member("m-bo")])
      }),
  ]

  @Test(arguments: cases) func findsWhatIsThereAndNoMore(_ item: Case) {
    let competition = Competition(mentor: item.mentor, adept: item.adept)
    #expect(competition.evidence == item.evidence)
    #expect(competition.outcome == item.evidence.map(\.rule.outcome).max() ?? .clear)
    for evidence in competition.evidence {
      #expect(evidence.phrase.sv.hasSuffix("."))
      #expect(evidence.phrase.en.hasSuffix("."))
    }
  }

  /// But for `notAgain`, which is no fact of either: see below.
  @Test func everyRuleHasCasesOnBothSidesOfItsEdge() {
    for rule in CompetitionRule.allCases where rule != .notAgain {
      #expect(Self.cases.contains { $0.evidence.map(\.rule).contains(rule) }, "\(rule) is found in no case")
      let near = Self.cases.filter { $0.near == rule }
      #expect(!near.isEmpty, "nothing just escapes \(rule)")
      #expect(near.allSatisfy { !$0.evidence.map(\.rule).contains(rule) }, "\(rule)")
    }
  }

  /// Those who asked it of one mentorship, whichever of the two is the mentor now, and nobody else.
  @Test func onlyThoseWhoAskedAreKeptApart() throws {
    let (anna, bo, cia) = (profile("m-anna", years: 9), profile("m-bo", years: 1), profile("m-cia", years: 1))
    let today = Day(text: "2026-09-15")!
    for (mentor, adept) in [(anna, bo), (bo, anna)] {
      let cohort = try Cohort(
        mentors: [.init(mentor, today: today)], adepts: [.init(adept, today: today), .init(cia, today: today)],
        weights: ScoreWeights(), notAgain: [[anna.member, bo.member]])
      for (number, person) in cohort.adepts.enumerated() {
        let rules = cohort.explain(Pair(adept: number, mentor: 0)).competition.rules
        #expect(rules.contains(.notAgain) == (person.profile.member != cia.member))
      }
    }
  }

  @Test func thoseWhoAskedAreNotMatchedAgain() {
    let competition = Competition(mentor: profile("m-anna", years: 9), adept: profile("m-bo", years: 1), notAgain: true)
    #expect(competition.outcome == .blocked)
    #expect(competition.rules == [.notAgain])
  }

  static let seeds = SeededGenerator.seeds(0..<400)

  /// Whichever of the two has which facts, and in whatever order they came.
  @Test func theOutcomeIsTheSameWhicheverWayRound() {
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      let (one, other) = (randomProfile("m-anna", &random), randomProfile("m-bo", &random))
      func years(_ profile: Profile, _ years: Int) -> Profile {
        var changed = profile
        changed.years = Years(unchecked: years)
        return changed
      }
      let here = Competition(mentor: years(one, 9), adept: years(other, 1))
      let there = Competition(mentor: years(other, 9), adept: years(one, 1))
      #expect(here.outcome == there.outcome, "SEED=\(seed)")
      #expect(Set(here.rules) == Set(there.rules), "SEED=\(seed)")
      let again = Competition(mentor: shuffled(years(one, 9), &random), adept: shuffled(years(other, 1), &random))
      #expect(here == again, "SEED=\(seed)")
    }
  }

  /// A missing fact leaves a pair to the board exactly where some of its values would change the outcome.
  @Test func missingFactsAreThoseThatCouldChangeTheOutcome() {
    var left = 0
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      let (mentor, adept) = (randomProfile("m-anna", &random), randomProfile("m-bo", &random))
      let expected = Completions(mentor, adept)
      let found = Competition(mentor: mentor, adept: adept)
      #expect(found.outcome == expected.outcome, "SEED=\(seed)")
      let missing = found.evidence.compactMap {
        if case .missingFact(let fact, let party) = $0 { Gap(fact, party) } else { nil }
      }
      #expect(Set(missing) == expected.pivotal, "SEED=\(seed)")
      left += missing.count
    }
    #expect(left > 50 || Self.seeds.count == 1)
  }

  private func randomProfile(_ id: String, _ random: inout SeededGenerator) -> Profile {
    func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &random) == 0 }
    return profile(id, years: Int.random(in: 0...3, using: &random)) { profile, facts in
      if chance(3) { profile.organisationNumber = OrganisationNumber(unchecked: "556036-0793") }
      if chance(4) { profile.organisationNumber = nil }
      if chance(4) {
        facts.firm = [FirmName(unchecked: "Ek"), FirmName(unchecked: "Sjö")].randomElement(using: &random)
      }
      facts.sellsSupervision = chance(4) ? nil : !chance(3)
      facts.ownsOrganisation = chance(2) ? nil : chance(2)
      facts.worksIn = [nil, areas(), areas("0180", "0184"), areas("01"), areas("1280"), areas("0184")].randomElement(
        using: &random)!
      facts.sectors = [
        nil, Bounded([]), Bounded([.school, .business]), Bounded([.psychiatry, .school]), Bounded([.psychiatry]),
      ].randomElement(using: &random)!
      facts.tenders = [nil, tenders(), tenders("A 1", "B 1"), tenders("a1", "C 1"), tenders("D")].randomElement(
        using: &random)!
      if chance(15) { facts.competitors = Bounded([member(id == "m-bo" ? "m-anna" : "m-bo"), member("m-cia")]) }
      if chance(20) { facts.vetoes = Bounded([member(id == "m-bo" ? "m-anna" : "m-bo"), member("m-cia")]) }
    }
  }

  private func shuffled(_ profile: Profile, _ random: inout SeededGenerator) -> Profile {
    var changed = profile
    changed.facts?.worksIn = profile.facts?.worksIn.map { Bounded($0.elements.shuffled(using: &random)) }
    changed.facts?.sectors = profile.facts?.sectors.map { Bounded($0.elements.shuffled(using: &random)) }
    changed.facts?.tenders = profile.facts?.tenders.map { Bounded($0.elements.shuffled(using: &random)) }
    changed.facts?.competitors = profile.facts?.competitors.map { Bounded($0.elements.shuffled(using: &random)) }
    changed.facts?.vetoes = profile.facts?.vetoes.map { Bounded($0.elements.shuffled(using: &random)) }
    return changed
  }
}

/// A fact of one of the two that is missing.
struct Gap: Hashable {
  let fact: MissingFact
  let party: Party
  init(_ fact: MissingFact, _ party: Party) {
    self.fact = fact
    self.party = party
  }
}

/// What a pair comes to with every value of what is missing: two for each fact, the one that has least and the one that
/// has most in common with the other.
struct Completions {
  private(set) var outcome = CompetitionOutcome.blocked
  private(set) var pivotal: Set<Gap> = []

  init(_ mentor: Profile, _ adept: Profile) {
    let gaps = Party.allCases.flatMap { party in
      let (own, other) = party == .mentor ? (mentor, adept) : (adept, mentor)
      return MissingFact.allCases.filter { Completions.isMissing($0, own, beside: other) }.map { Gap($0, party) }
    }
    var outcomes: [Int: CompetitionOutcome] = [:]
    for most in 0..<(1 << gaps.count) {
      var (one, other) = (mentor, adept)
      for (index, gap) in gaps.enumerated() {
        let isMost = most >> index & 1 == 1
        if gap.party == .mentor { Completions.fill(gap.fact, isMost, &one, beside: adept) }
        if gap.party == .adept { Completions.fill(gap.fact, isMost, &other, beside: mentor) }
      }
      // Whoever sells nothing is in no tender that they have not told of.
      let isPossible = [(one, mentor), (other, adept)].allSatisfy { full, told in
        full.facts?.sellsSupervision == true || told.facts?.tenders != nil || full.facts?.tenders == Bounded([])
      }
      if isPossible { outcomes[most] = Competition(mentor: one, adept: other).outcome }
    }
    for (most, found) in outcomes {
      outcome = min(outcome, found)
      for (index, gap) in gaps.enumerated() {
        if let changed = outcomes[most ^ (1 << index)], changed != found { pivotal.insert(gap) }
      }
    }
    if !pivotal.isEmpty { outcome = max(outcome, .boardDecides) }
  }

  private static func isMissing(_ fact: MissingFact, _ profile: Profile, beside other: Profile) -> Bool {
    switch fact {
    case .organisation:
      profile.organisationNumber == nil
        && (profile.facts?.firm == nil
          || profile.facts?.ownsOrganisation == false && other.organisationNumber != nil && other.facts?.firm == nil)
    case .sells: profile.facts?.sellsSupervision == nil
    case .worksIn: profile.facts?.worksIn == nil
    case .sectors: profile.facts?.sectors == nil
    case .tenders: profile.facts?.tenders == nil
    }
  }

  private static func fill(_ fact: MissingFact, _ isMost: Bool, _ profile: inout Profile, beside other: Profile) {
    switch fact {
    case .organisation:
      if other.organisationNumber == nil, let firm = other.facts?.firm {
        profile.facts?.firm = isMost ? firm : FirmName(unchecked: "ingen annans")
      } else {
        let shared = other.organisationNumber ?? OrganisationNumber(unchecked: "212000-0142")
        profile.organisationNumber =
          isMost ? shared : OrganisationNumber(unchecked: "999999-\(1000 + profile.member.rawValue.count)")
      }
    case .sells: profile.facts?.sellsSupervision = isMost
    case .worksIn: profile.facts?.worksIn = isMost ? Bounded(County.all.map { Area(unchecked: $0.code) }) : areas()
    case .sectors: profile.facts?.sectors = Bounded(isMost ? Sector.allCases : [])
    case .tenders:
      profile.facts?.tenders =
        isMost ? Bounded((other.facts?.tenders?.elements ?? []) + tenders("in common").elements) : tenders()
    }
  }
}
