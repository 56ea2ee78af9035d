import Contracts
import Texts

/// What the competition rule says of a pair, with its evidence: the worst first.
public struct Competition: Sendable, Hashable {
  public let outcome: CompetitionOutcome
  public let evidence: [Evidence]

  /// The rules that found something, each once, the worst first.
  public var rules: [CompetitionRule] {
    evidence.map(\.rule).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// The facts that the evidence rests on.
  public var grounds: Set<Ground> { Set(evidence.flatMap(\.grounds)) }

  /// Judges a pair. The same whichever of the two has which facts, apart from their years in the role.
  ///
  /// - Parameter notAgain: whether one of the two has asked that they never be matched again.
  public init(mentor: CompetitionFacts, adept: CompetitionFacts, notAgain: Bool = false) {
    var found: [Evidence] = []
    let market = Market(mentor, adept)
    // Blocked.
    if let mine = mentor.tenders, let theirs = adept.tenders {
      let shared = mine.keys.filter { theirs[$0] != nil }
      if !shared.isEmpty { found.append(.sharedTender(shared.sorted().map { mine[$0]! })) }
    }
    if mentor.competitors.contains(adept.member) { found.append(.namedCompetitor(by: .mentor)) }
    if adept.competitors.contains(mentor.member) { found.append(.namedCompetitor(by: .adept)) }
    if mentor.vetoes.contains(adept.member) { found.append(.veto(by: .mentor)) }
    if adept.vetoes.contains(mentor.member) { found.append(.veto(by: .adept)) }
    if notAgain { found.append(.notAgain) }
    if market.outcome == .blocked { found.append(market.evidence) }
    guard found.isEmpty else {
      // Nothing is worse, and so nothing is missing; what else there is would only be left to the board.
      self.init(outcome: .blocked, evidence: found)
      return
    }
    // Left to the board.
    if market.outcome == .boardDecides { found.append(market.evidence) }
    if mentor.sharesOrganisation(with: adept) {
      switch (mentor.ownsOrganisation, adept.ownsOrganisation) {
      case (true, false): found.append(.employer(.mentor))
      case (false, true): found.append(.employer(.adept))
      default: found.append(.sameOrganisation)
      }
    }
    if mentor.years <= adept.years { found.append(.experience(mentor: mentor.years, adept: adept.years)) }
    let known = found.isEmpty ? CompetitionOutcome.clear : .boardDecides
    for (party, own, other) in [(Party.mentor, mentor, adept), (Party.adept, adept, mentor)] {
      found += MissingFact.allCases.filter { $0.couldChange(known, own, other) }.map {
        Evidence.missingFact($0, of: party)
      }
    }
    self.init(outcome: found.isEmpty ? .clear : .boardDecides, evidence: found)
  }

  public init(mentor: Profile, adept: Profile, notAgain: Bool = false) {
    self.init(mentor: CompetitionFacts(mentor), adept: CompetitionFacts(adept), notAgain: notAgain)
  }

  /// What the rule finds by what the two can know of each other, whatever either has told in confidence: where something
  /// worse is found too, it would not stand among the evidence.
  public static func grounds(knownToBoth mentor: Profile, _ adept: Profile) -> Set<Ground> {
    Competition(
      mentor: CompetitionFacts(mentor, withConfidences: false), adept: CompetitionFacts(adept, withConfidences: false)
    ).grounds.filter { !$0.rule.isConfidential }
  }

  private init(outcome: CompetitionOutcome, evidence: [Evidence]) {
    self.outcome = outcome
    self.evidence = evidence
  }
}

/// Where both sell supervision: what they are known to have in common.
private struct Market {
  let outcome: CompetitionOutcome
  private let areas: KommunSet
  private let sectors: SmallSet<Sector>
  private let isProtected: Bool

  init(_ one: CompetitionFacts, _ other: CompetitionFacts) {
    areas = one.worksIn.flatMap { areas in other.worksIn.map(areas.intersection) } ?? KommunSet([])
    sectors = one.sectors.flatMap { sectors in other.sectors.map(sectors.intersection) } ?? SmallSet([])
    isProtected = one.isProtected || other.isProtected
    outcome =
      one.sells != true || other.sells != true || areas.isEmpty ? .clear : sectors.isEmpty ? .boardDecides : .blocked
  }

  var evidence: Evidence {
    let named = isProtected ? [] : areas.areas
    return outcome == .blocked ? .sameMarket(named, sectors.elements) : .sharedKommun(named)
  }
}

/// A fact that can be missing and that an outcome can turn on. Whether a company is one's own or one's employer's is
/// not among them: the outcome is the same.
public enum MissingFact: String, Sendable, Hashable, CaseIterable {
  case organisation, sells
  case worksIn = "works-in"
  case sectors, tenders

  /// Whether the fact is missing from one of the two and some value of it, with some values of whatever else is missing,
  /// leads to another outcome than some other value of it does.
  ///
  /// - Parameter known: what is found without anything that is missing; less than blocked.
  func couldChange(_ known: CompetitionOutcome, _ own: CompetitionFacts, _ other: CompetitionFacts) -> Bool {
    switch self {
    case .organisation:
      // Any two organisations can be the same, which is left to the board.
      return own.lacksOrganisation(beside: other) && known == .clear
    case .tenders:
      // Whoever has tenders that they have not told of sells, and two who sell may compete whatever they bid for.
      let bothSell = other.sells == true || other.tenders == nil
      return own.tenders == nil && own.mayBid && other.mayBid && !(bothSell && shareMarket(own, other))
    case .sells: return own.sells == nil && maySell(other) && mayShareKommun(own, other) && worst(own, other) > known
    case .worksIn:
      return own.worksIn == nil && maySell(own) && maySell(other) && mayShareKommun(own, other)
        && worst(own, other) > known
    case .sectors:
      return own.sectors == nil && maySell(own) && maySell(other) && mayShareKommun(own, other)
        && mayShareSector(own, other)
    }
  }

  private func maySell(_ one: CompetitionFacts) -> Bool { one.sells != false }

  private func mayShareKommun(_ one: CompetitionFacts, _ other: CompetitionFacts) -> Bool {
    switch (one.worksIn, other.worksIn) {
    case (let one?, let other?): !one.intersection(other).isEmpty
    case (let known?, nil), (nil, let known?): !known.isEmpty
    case (nil, nil): true
    }
  }

  private func mayShareSector(_ one: CompetitionFacts, _ other: CompetitionFacts) -> Bool {
    switch (one.sectors, other.sectors) {
    case (let one?, let other?): !one.intersection(other).isEmpty
    case (let known?, nil), (nil, let known?): !known.isEmpty
    case (nil, nil): true
    }
  }

  private func shareMarket(_ one: CompetitionFacts, _ other: CompetitionFacts) -> Bool {
    guard let here = one.worksIn, let there = other.worksIn, let mine = one.sectors, let theirs = other.sectors else {
      return false
    }
    return !here.intersection(there).isEmpty && !mine.intersection(theirs).isEmpty
  }

  /// What two who sell in one kommun could come to.
  private func worst(_ one: CompetitionFacts, _ other: CompetitionFacts) -> CompetitionOutcome {
    mayShareSector(one, other) ? .blocked : .boardDecides
  }
}
