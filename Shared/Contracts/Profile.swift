/// What matching needs to know of a member: no name, no address.
public struct Profile: Codable, Sendable, Hashable {
  public var member: MemberID
  public var kommun: KommunCode
  public var organisationNumber: OrganisationNumber?
  public var role: MemberRole
  /// How many adepts at a time; absent for who is no mentor.
  public var capacity: Capacity?
  public var years: Years
  /// What a mentor offers and an adept wants; of somebody who is both, either.
  public var topics: Bounded<Topic>
  public var status: MemberStatus
  /// Absent where the register holds none of them, and in messages from before it did.
  public var facts: ProfileFacts?
  public init(
    member: MemberID, kommun: KommunCode, organisationNumber: OrganisationNumber?, role: MemberRole,
    capacity: Capacity?, years: Years, topics: Bounded<Topic>, status: MemberStatus, facts: ProfileFacts? = nil
  ) {
    self.member = member
    self.kommun = kommun
    self.organisationNumber = organisationNumber
    self.role = role
    self.capacity = capacity
    self.years = years
    self.topics = topics
    self.status = status
    self.facts = facts
  }
}

/// The facts that the competition rule and the scores are worked out from. A fact that is absent is not
/// known: that is something else than "no" or "none".
public struct ProfileFacts: Codable, Sendable, Hashable {
  /// The name of a sole trader's firm, whose number is a personal identity number and is never kept.
  public var firm: FirmName?
  /// Whether the organisation is the member's own company; otherwise it employs the member.
  public var ownsOrganisation: Bool?
  /// Whether the member sells supervision.
  public var sellsSupervision: Bool?
  /// Where the member works: kommuner and whole counties.
  public var worksIn: Bounded<Area>?
  public var sectors: Bounded<Sector>?
  /// The languages in which the member supervises.
  public var spokenLanguages: Bounded<SpokenLanguage>?
  /// A mentor's topics, the strongest first.
  public var offers: Bounded<Topic>?
  /// An adept's topics, the most wanted first.
  public var wants: Bounded<Topic>?
  /// The forms of contact that suit the member.
  public var forms: Bounded<ContactForm>?
  /// How far the member travels to meet.
  public var travels: Kilometres?
  /// Private: tenders that the member is in or plans to be in.
  public var tenders: Bounded<Tender>?
  /// Private: whom the member names as competitors.
  public var competitors: Bounded<MemberID>?
  /// Private: with whom the member would like to be paired.
  public var wishes: Bounded<MemberID>?
  /// Private: with whom the member will not be paired.
  public var vetoes: Bounded<MemberID>?
  /// The day from which the member has waited for a match: that of the application.
  public var waitingSince: Day?
  /// The kommun of somebody with protected identity is used in no score, sentence or meeting place.
  public var isProtected: Bool?
  public init() {}
}

/// A public procurement that a member bids for or plans to.
public struct Tender: Codable, Sendable, Hashable {
  /// As the buyer writes it. Compared in any case and without spaces and hyphens.
  public var reference: TenderReference
  public var buyer: BuyerName?
  public var closes: Day?
  public init(reference: TenderReference, buyer: BuyerName? = nil, closes: Day? = nil) {
    self.reference = reference
    self.buyer = buyer
    self.closes = closes
  }
}

public struct TenderReference: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...60, .line, example: "SN 2026/114")
}

public struct BuyerName: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(1...100, .line, example: "Uppsala kommun")
}

public struct FirmName: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(2...100, .line, example: "Öbergs handledning")
}

/// A municipality by its four digits, or a whole county by its two.
public struct Area: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(2...4, .digits, example: "0180")
}

/// ISO 639, two letters where there are two.
public struct SpokenLanguage: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(2...3, .token, example: "sv")
}

public struct Kilometres: Constrained {
  public let rawValue: Int
  public init(unchecked rawValue: Int) { self.rawValue = rawValue }
  public static let constraint = Constraint.integer(0...2000)
}

/// The fields in which members' clients work.
public enum Sector: String, Codable, Sendable, CaseIterable {
  case socialServices = "social-services"
  case school
  case elderCare = "elder-care"
  case disabilitySupport = "disability-support"
  case residentialCare = "residential-care"
  case healthCare = "health-care"
  case psychiatry
  case corrections
  case civilSociety = "civil-society"
  case business
}
