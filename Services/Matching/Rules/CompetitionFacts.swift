import Contracts

/// What the competition rule looks at in one member, read from a profile once so that many pairs are judged fast.
///
/// Nil is a fact that is not known. To name somebody is something that a member does, so whoever has named nobody
/// lacks no fact by that.
///
/// A class, so that whoever judges every pair of many copies none of it.
public final class CompetitionFacts: Sendable {
  let member: MemberID
  let years: Int
  /// By what the organisation is told from others: its number, or the name of a sole trader's firm.
  let organisationNumber: String?
  let firm: String?
  let ownsOrganisation: Bool?
  let sells: Bool?
  let worksIn: KommunSet?
  let sectors: SmallSet<Sector>?
  /// By the reference that is compared, as the member writes it.
  let tenders: [String: TenderReference]?
  let competitors: Set<MemberID>
  let vetoes: Set<MemberID>
  let isProtected: Bool

  /// - Parameter withConfidences: false leaves out what the member has told in confidence, as if there were nothing.
  public init(_ profile: Profile, withConfidences: Bool = true) {
    let facts = profile.facts ?? ProfileFacts()
    member = profile.member
    years = profile.years.rawValue
    organisationNumber = profile.organisationNumber?.rawValue
    firm = facts.firm?.rawValue.lettersAndDigits
    ownsOrganisation = facts.ownsOrganisation
    sells = facts.sellsSupervision
    worksIn = facts.worksIn.map { KommunSet($0.elements) }
    sectors = facts.sectors.map { SmallSet($0.elements) }
    tenders =
      withConfidences
      ? facts.tenders.map { tenders in
        Dictionary(tenders.elements.map { ($0.reference.key, $0.reference) }) { $0.rawValue < $1.rawValue ? $0 : $1 }
      } : [:]
    competitors = withConfidences ? Set(facts.competitors?.elements ?? []) : []
    vetoes = withConfidences ? Set(facts.vetoes?.elements ?? []) : []
    isProtected = facts.isProtected ?? false
  }

  func sharesOrganisation(with other: CompetitionFacts) -> Bool {
    organisationNumber != nil && organisationNumber == other.organisationNumber || firm != nil && firm == other.firm
  }

  /// Whether nothing is told by which the organisation could be compared with the other's. A sole trader has a firm and no
  /// number, which tells it from what has one; who is employed and has told the name alone may work for what has a number.
  func lacksOrganisation(beside other: CompetitionFacts) -> Bool {
    guard organisationNumber == nil else { return false }
    return firm == nil || ownsOrganisation == false && other.organisationNumber != nil && other.firm == nil
  }

  /// Whoever does not sell supervision bids for nothing, so that no tenders are missing from them.
  var mayBid: Bool { tenders.map { !$0.isEmpty } ?? (sells != false) }
}

extension TenderReference {
  /// What is compared: in small letters, without white space, hyphens and dashes.
  public var key: String {
    String(rawValue.lowercased().filter { !$0.isWhitespace && $0.unicodeScalars.first?.properties.isDash != true })
  }
}

extension String {
  fileprivate var lettersAndDigits: String { folded.filter { $0.isLetter || $0.isNumber } }
}
