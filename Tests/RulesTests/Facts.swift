import Contracts

func member(_ id: String) -> MemberID { MemberID(unchecked: id) }

/// Somebody of whom everything is known and whom no rule finds: an employee who sells nothing.
func profile(_ id: String, years: Int, _ change: (inout Profile, inout ProfileFacts) -> Void = { _, _ in }) -> Profile {
  var facts = ProfileFacts()
  facts.ownsOrganisation = false
  facts.sellsSupervision = false
  facts.worksIn = areas("0180")
  facts.sectors = Bounded([.school])
  facts.tenders = Bounded([])
  var profile = Profile(
    member: member(id), kommun: KommunCode(unchecked: "0180"),
    organisationNumber: OrganisationNumber(unchecked: "5560360\(id.utf8.count)-\(1000 + Int(id.utf8.last!))"),
    role: .both, capacity: Capacity(unchecked: 1), years: Years(unchecked: years), topics: Bounded([.network]),
    status: .active)
  change(&profile, &facts)
  profile.facts = facts
  return profile
}

func areas(_ codes: String...) -> Bounded<Area> { Bounded(codes.map { Area(unchecked: $0) }) }
func tenders(_ references: String...) -> Bounded<Tender> {
  Bounded(references.map { Tender(reference: TenderReference(unchecked: $0)) })
}
