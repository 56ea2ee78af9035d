import Contracts

/// All that a row of a register file says of one person, checked.
public struct MemberDraft: Sendable, Hashable {
  public var name: PersonName
  public var email: EmailAddress
  public var phone: PhoneNumber?
  public var language: Language
  public var kommun: KommunCode
  public var organisationNumber: OrganisationNumber?
  public var role: MemberRole
  /// Nil for who is no mentor.
  public var capacity: Capacity?
  public var years: Years
  public var qualification: Qualification?
  public var note: Note?
  /// What matching is told besides. Whom the member names stands in `named` alone, since a register knows them by
  /// their addresses before it knows their ids.
  public var facts: ProfileFacts
  public var named: NamedPeople
  /// Nil where the row says nothing of it, as each of the four below.
  public var status: MemberStatus?
  public var since: Day?
  public var pausedUntil: Day?
  /// Why the person was admitted or declined.
  public var reason: Note?
  public var basis: LawfulBasis?

  public init(
    name: PersonName, email: EmailAddress, language: Language, kommun: KommunCode, role: MemberRole, years: Years
  ) {
    self.name = name
    self.email = email
    self.language = language
    self.kommun = kommun
    self.role = role
    self.years = years
    facts = ProfileFacts()
    named = NamedPeople()
  }

  /// What a mentor offers and an adept wants, each once, in the order of `Topic`.
  public var topics: [Topic] {
    let offered = role.isMentor ? facts.offers?.elements ?? [] : []
    let wanted = role.isAdept ? facts.wants?.elements ?? [] : []
    return Topic.allCases.filter(Set(offered + wanted).contains)
  }

  /// Whether mail goes to the same name and address in the same language.
  public func isWrittenTo(like other: MemberDraft) -> Bool {
    (name, email, language) == (other.name, other.email, other.language)
  }

  /// What matching needs to know.
  ///
  /// - Parameter resolve: the id of somebody who is named; nil for who is in no register yet, and is left out.
  public func profile(
    of member: MemberID, status: MemberStatus, resolve: (MemberReference) -> MemberID?
  ) -> Profile {
    var facts = facts
    facts.competitors = named.competitors.map { Bounded($0.compactMap(resolve)) }
    facts.wishes = named.wishes.map { Bounded($0.compactMap(resolve)) }
    facts.vetoes = named.vetoes.map { Bounded($0.compactMap(resolve)) }
    return Profile(
      member: member, kommun: kommun, organisationNumber: organisationNumber, role: role, capacity: capacity,
      years: years, topics: Bounded(topics), status: status, facts: facts == ProfileFacts() ? nil : facts)
  }
}
