import Contracts

/// What the scores look at in one member, read from a profile once. Nil is a fact that is not known; it adds nothing.
///
/// A class, so that whoever scores every pair of many copies none of it.
public final class ScoreFacts: Sendable {
  let member: MemberID
  let years: Int
  /// Nil also for who has protected identity.
  let point: (latitude: Int, longitude: Int)?
  let isProtected: Bool
  let offers: SmallSet<Topic>
  /// The most wanted first.
  let wants: [Topic]
  let forms: SmallSet<ContactForm>?
  let travels: Int?
  let languages: [SpokenLanguage]?
  let sectors: SmallSet<Sector>?
  let wishes: Set<MemberID>
  let monthsWaited: Int
  /// The member's mentorship ended before its time: first in the next plan.
  let isReturning: Bool

  public init(_ profile: Profile, today: Day, isReturning: Bool = false) {
    let facts = profile.facts ?? ProfileFacts()
    member = profile.member
    years = profile.years.rawValue
    isProtected = facts.isProtected ?? false
    point = isProtected ? nil : Kommun.with(code: profile.kommun)?.point
    offers = SmallSet((facts.offers ?? profile.topics).elements)
    wants = (facts.wants ?? profile.topics).elements
    forms = facts.forms.map { SmallSet($0.elements) }
    travels = facts.travels?.rawValue
    languages = facts.spokenLanguages?.elements
    sectors = facts.sectors.map { SmallSet($0.elements) }
    wishes = Set(facts.wishes?.elements ?? [])
    monthsWaited = facts.waitingSince.map { max(0, $0.wholeMonths(until: today)) } ?? 0
    self.isReturning = isReturning
  }
}

extension Day {
  fileprivate func wholeMonths(until other: Day) -> Int {
    (other.year - year) * 12 + other.month - month - (other.day < day ? 1 : 0)
  }
}
