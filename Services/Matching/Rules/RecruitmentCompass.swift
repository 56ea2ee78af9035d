import Contracts
import Planner

/// Which one new mentor would help the most of those who wait.
///
/// A candidate is a kommun, three topics and the forms of contact. What else a mentor brings is the same for all of
/// them: more years in the role than any adept, Swedish, and nothing that the competition rule looks at.
public struct RecruitmentCompass: Sendable {
  public struct Candidate: Sendable, Hashable {
    public let kommun: Kommun
    public let topics: [Topic]
    public let forms: [ContactForm]
    /// Adepts without a mentor in the plan, for each of whom alone a place with the candidate would make it better.
    public let helps: Int
    /// By how much the best plan improves with one place with the candidate.
    public let gain: Worth
  }

  /// The best candidate of each kommun, the best first.
  public let candidates: [Candidate]

  static let topicSets: [[Topic]] = {
    let all = Topic.allCases
    var sets: [[Topic]] = []
    for first in all.indices {
      for second in all.indices where second > first {
        for third in all.indices where third > second { sets.append([all[first], all[second], all[third]]) }
      }
    }
    return sets
  }()
  /// Fewer forms first, so that none is asked for that helps nobody.
  static let formSets: [[ContactForm]] = [[.inPerson], [.video], [.phone], ContactForm.allCases]

  /// The profile that a candidate stands for.
  static func profile(_ kommun: Kommun, _ topics: [Topic], _ forms: [ContactForm], years: Int) -> Profile {
    var facts = ProfileFacts()
    facts.ownsOrganisation = true
    facts.sellsSupervision = false
    facts.firm = FirmName(unchecked: "the candidate's")
    facts.worksIn = Bounded([])
    facts.sectors = Bounded([])
    facts.tenders = Bounded([])
    facts.offers = Bounded(topics)
    facts.forms = Bounded(forms)
    facts.spokenLanguages = Bounded([SpokenLanguage(unchecked: "sv")])
    return Profile(
      member: MemberID(unchecked: "the-candidate"), kommun: kommun.code, organisationNumber: nil, role: .mentor,
      capacity: nil, years: Years(unchecked: years), topics: Bounded(topics), status: .active, facts: facts)
  }

  /// - Parameter plan: a plan of the cohort.
  public init(_ cohort: Cohort, _ plan: Plan, limit: Int, today: Day) {
    let losses = Recruitment(plan).losses
    let years = RecruitmentCompass.years(cohort)
    // Parts of a score are independent of each other: what a candidate adds by topics, by forms, and by the kommun where
    // the two would meet.
    let everybody = cohort.adepts.map(\.score)
    func scores(_ kommun: Kommun, _ topics: [Topic], _ forms: [ContactForm]) -> [Int] {
      let facts = ScoreFacts(RecruitmentCompass.profile(kommun, topics, forms, years: years), today: today)
      return everybody.map { PairScore(mentor: facts, adept: $0, weights: cohort.weights).total }
    }
    func difference(_ one: [Int], _ other: [Int]) -> [Int] { zip(one, other).map { $0 - $1 } }
    let somewhere = Kommun.all[0]
    let basis = scores(somewhere, [], [])
    let byTopics = RecruitmentCompass.topicSets.map { difference(scores(somewhere, $0, []), basis) }
    let byForms = RecruitmentCompass.formSets.map { scores(somewhere, [], $0) }
    let meeting = scores(somewhere, [], [.inPerson])
    let adepts = losses.indices.filter { losses[$0] != nil }
    let waiting = adepts.filter { plan.mentors[$0] == nil }
    var best: [(candidate: Candidate, fit: Int)] = []
    for kommun in Kommun.all {
      var bestHere: (candidate: Candidate, fit: Int)?
      let nearer = difference(scores(kommun, [], [.inPerson]), meeting)
      for (forms, anywhere) in zip(RecruitmentCompass.formSets, byForms) {
        let here = forms.contains(.inPerson) ? zip(anywhere, nearer).map { $0 + $1 } : anywhere
        for (topics, extra) in zip(RecruitmentCompass.topicSets, byTopics) {
          func gain(_ adept: Int) -> Worth { plan.objective.gain(here[adept] + extra[adept], losses[adept]!) }
          var (helps, fit, most) = (0, 0, Worth.zero)
          for adept in waiting where gain(adept) > .zero {
            helps += 1
            fit += here[adept] + extra[adept]
          }
          if let found = bestHere, helps < found.candidate.helps || helps == found.candidate.helps && fit < found.fit {
            continue
          }
          for adept in adepts { most = max(most, gain(adept)) }
          let candidate = Candidate(kommun: kommun, topics: topics, forms: forms, helps: helps, gain: most)
          if let found = bestHere, !RecruitmentCompass.isBetter((candidate, fit), found) { continue }
          bestHere = (candidate, fit)
        }
      }
      if let bestHere, bestHere.candidate.gain > .zero { best.append(bestHere) }
    }
    best.sort(by: RecruitmentCompass.isBetter)
    candidates = best.prefix(limit).map(\.candidate)
  }

  /// More years than any adept has.
  static func years(_ cohort: Cohort) -> Int { 1 + (cohort.adepts.map(\.profile.years.rawValue).max() ?? 0) }

  /// Whom it helps counts first, then how well it suits them all, then what one place would add.
  private static func isBetter(_ one: (candidate: Candidate, fit: Int), _ other: (candidate: Candidate, fit: Int))
    -> Bool
  {
    (one.candidate.helps, one.fit, one.candidate.gain.adepts, one.candidate.gain.score)
      > (other.candidate.helps, other.fit, other.candidate.gain.adepts, other.candidate.gain.score)
  }
}
