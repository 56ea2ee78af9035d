import Contracts
import Planner

/// Those who wait and those who have places: every pair judged and scored, as a problem for the planner.
public struct Cohort: Sendable {
  /// A mentor or an adept. Whoever takes part as both stands on both sides.
  public struct Person: Sendable {
    public let profile: Profile
    public let places: Int
    public var id: String { profile.member.rawValue }
    let competition: CompetitionFacts
    let score: ScoreFacts

    /// - Parameter places: how many adepts the member can be given; of no meaning for an adept.
    public init(_ profile: Profile, places: Int = 1, isReturning: Bool = false, today: Day) {
      self.profile = profile
      self.places = places
      competition = CompetitionFacts(profile)
      score = ScoreFacts(profile, today: today, isReturning: isReturning)
    }
  }

  /// By id, so that the order in which people came decides nothing.
  public let mentors: [Person]
  public let adepts: [Person]
  public let weights: ScoreWeights
  /// Pairs that asked never to be matched again, either way round.
  private let notAgain: Set<Set<MemberID>>
  /// Pairs that the rule leaves to the board; they may be planned, and need a reason when they are submitted.
  public let boardDecides: Set<Pair>
  public let scores: ScoreTable

  public init(
    mentors: [Person], adepts: [Person], weights: ScoreWeights, notAgain: Set<Set<MemberID>> = []
  ) throws(PlanFault) {
    func sorted(_ people: [Person]) -> [Person] {
      people.sorted { $0.profile.member.rawValue < $1.profile.member.rawValue }
    }
    self.mentors = sorted(mentors)
    self.adepts = sorted(adepts)
    self.weights = weights
    self.notAgain = notAgain
    var (pairs, decides): ([(pair: Pair, score: Int)], Set<Pair>) = ([], [])
    pairs.reserveCapacity(mentors.count * adepts.count)
    let scored = self.mentors.map(\.score)
    let judged = self.mentors.map(\.competition)
    for (row, person) in self.adepts.enumerated() {
      let (adept, score) = (person.competition, person.score)
      for (column, mentor) in judged.enumerated() where mentor.member != adept.member {
        let outcome = Competition(
          mentor: mentor, adept: adept,
          notAgain: !notAgain.isEmpty && notAgain.contains([mentor.member, adept.member])
        ).outcome
        guard outcome != .blocked else { continue }
        let pair = Pair(adept: row, mentor: column)
        if outcome == .boardDecides { decides.insert(pair) }
        pairs.append((pair, PairScore(mentor: scored[column], adept: score, weights: weights).total))
      }
    }
    boardDecides = decides
    scores = try ScoreTable(adepts: adepts.count, mentors: mentors.count, pairs: pairs)
  }

  /// How many mentors each rule blocks for an adept.
  public func blocked(adept: Int) -> [CompetitionRule: Int] {
    var counts: [CompetitionRule: Int] = [:]
    for mentor in mentors.indices where mentors[mentor].profile.member != adepts[adept].profile.member {
      let competition = explain(Pair(adept: adept, mentor: mentor)).competition
      if competition.outcome == .blocked { counts[competition.rules[0], default: 0] += 1 }
    }
    return counts
  }

  /// The numbers of two members; nil where one of them is not in the cohort.
  public func pair(_ adept: MemberID, _ mentor: MemberID) -> Pair? {
    guard let row = adepts.firstIndex(where: { $0.profile.member == adept }),
      let column = mentors.firstIndex(where: { $0.profile.member == mentor })
    else { return nil }
    return Pair(adept: row, mentor: column)
  }

  /// What the rule and the scores say of a pair.
  public func explain(_ pair: Pair) -> Explanation {
    let (mentor, adept) = (mentors[pair.mentor], adepts[pair.adept])
    return Explanation(
      mentor: mentor, adept: adept, weights: weights,
      notAgain: notAgain.contains([mentor.profile.member, adept.profile.member]))
  }
}

/// What the rule and the scores say of one pair.
public struct Explanation: Sendable {
  public let competition: Competition
  public let lines: [(part: ScorePart, points: Int)]
  public var total: Int { lines.reduce(0) { $0 + $1.points } }

  public init(mentor: Cohort.Person, adept: Cohort.Person, weights: ScoreWeights, notAgain: Bool) {
    competition = Competition(mentor: mentor.competition, adept: adept.competition, notAgain: notAgain)
    lines = PairScore(mentor: mentor.score, adept: adept.score, weights: weights).lines
  }
}
