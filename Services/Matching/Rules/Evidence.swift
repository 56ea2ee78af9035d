import Contracts
import Texts

/// Why a pair is not clear: one rule, and the facts that it found. For the board alone, and never for whom it names.
public enum Evidence: Sendable, Hashable {
  /// By reference.
  case sharedTender([TenderReference])
  case namedCompetitor(by: Party)
  case veto(by: Party)
  case notAgain
  /// Both sell, here and to these. No places where one of them has protected identity.
  case sameMarket([Area], [Sector])
  case sharedKommun([Area])
  case sameOrganisation
  /// The company of one employs the other.
  case employer(Party)
  case experience(mentor: Int, adept: Int)
  /// What one has not told and what could change the outcome.
  case missingFact(MissingFact, of: Party)

  public var rule: CompetitionRule {
    switch self {
    case .sharedTender: .sharedTender
    case .namedCompetitor: .namedCompetitor
    case .veto: .veto
    case .notAgain: .notAgain
    case .sameMarket: .sameMarket
    case .sharedKommun: .sharedKommun
    case .sameOrganisation, .employer: .sameOrganisation
    case .experience: .experience
    case .missingFact: .missingFact
    }
  }

  /// What it rests on, fact by fact.
  public var grounds: Set<Ground> {
    let facts: [String] =
      switch self {
      case .sharedTender(let tenders): tenders.map(\.key)
      case .namedCompetitor(let party), .veto(let party): [party.rawValue]
      case .sameMarket(let areas, let sectors): areas.map(\.rawValue) + sectors.map(\.rawValue)
      case .sharedKommun(let areas): areas.map(\.rawValue)
      case .employer(let party): ["employer-\(party.rawValue)"]
      case .missingFact(let fact, let party): ["\(party.rawValue)-\(fact.rawValue)"]
      case .notAgain, .sameOrganisation, .experience: []
      }
    return Set((facts.isEmpty ? [""] : facts).map { Ground(rule: rule, fact: $0) })
  }

  /// The evidence as a sentence.
  public var phrase: Phrase {
    switch self {
    case .sharedTender(let tenders): CompetitionTexts.sharedTender(tenders.map(\.rawValue))
    case .namedCompetitor(let party): CompetitionTexts.namedCompetitor(by: party)
    case .veto(let party): CompetitionTexts.veto(by: party)
    case .notAgain: CompetitionTexts.notAgain
    case .sameMarket(let areas, let sectors):
      CompetitionTexts.sameMarket(areas.map { $0.name ?? $0.rawValue }, sectors.map(WordTexts.sector))
    case .sharedKommun(let areas): CompetitionTexts.sharedKommun(areas.map { $0.name ?? $0.rawValue })
    case .sameOrganisation: CompetitionTexts.sameOrganisation
    case .employer(let party): CompetitionTexts.employer(party)
    case .experience(let mentor, let adept): CompetitionTexts.experience(mentor: mentor, adept: adept)
    case .missingFact(let fact, let party): CompetitionTexts.missing(fact.phrase, of: party)
    }
  }
}

/// One fact by which a rule has found a pair: what the board has decided on, and what is new, are told apart by it.
public struct Ground: Sendable, Hashable {
  public let rule: CompetitionRule
  /// A word without spaces; empty where the rule has one fact only.
  public let fact: String

  public init(rule: CompetitionRule, fact: String = "") {
    self.rule = rule
    self.fact = fact
  }

  /// The rule, and after a colon the fact.
  public var text: String { fact.isEmpty ? rule.rawValue : "\(rule.rawValue):\(fact)" }

  public init?(text: some StringProtocol) {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard let rule = parts.first.flatMap({ CompetitionRule(rawValue: String($0)) }) else { return nil }
    self.init(rule: rule, fact: parts.count > 1 ? String(parts[1]) : "")
  }
}

extension MissingFact {
  fileprivate var phrase: Phrase {
    switch self {
    case .organisation: CompetitionTexts.organisation
    case .sells: CompetitionTexts.sells
    case .worksIn: CompetitionTexts.worksIn
    case .sectors: CompetitionTexts.sectors
    case .tenders: CompetitionTexts.tenders
    }
  }
}
