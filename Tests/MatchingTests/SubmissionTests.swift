import Contracts
import Messaging
import Rules
import Testing
import Texts

@testable import MatchingService

func member(_ id: String) -> MemberID { MemberID(unchecked: id) }

/// Somebody of whom everything is known and whom the competition rule does not find, unless by their organisation.
func profile(
  _ id: String, _ role: MemberRole, capacity: Int? = nil, organisation: String? = nil,
  status: MemberStatus = .active, _ change: (inout ProfileFacts) -> Void = { _ in }
) -> Profile {
  var facts = ProfileFacts()
  facts.firm = organisation == nil ? FirmName(unchecked: id) : nil
  facts.sellsSupervision = false
  facts.worksIn = Bounded([Area(unchecked: "0180")])
  facts.sectors = Bounded([.school])
  facts.tenders = Bounded([])
  change(&facts)
  return Profile(
    member: member(id), kommun: KommunCode(unchecked: "0180"),
    organisationNumber: organisation.map(OrganisationNumber.init(unchecked:)), role: role,
    capacity: capacity.map(Capacity.init(unchecked:)),
    years: Years(unchecked: role == .mentor ? 20 : role == .both ? 10 : 2), topics: Bounded([.network]),
    status: status, facts: facts)
}

func match(_ state: MatchState, mentor: String = "m-anna") -> Match {
  let day = Day(text: "2026-09-01")!
  return Match(
    id: MatchID(unchecked: "p-one"), mentor: member(mentor), adept: member("m-bo"), state: state,
    months: Months(unchecked: 12), submitted: day, answerBy: day.adding(days: 14))
}

@Suite struct SubmissionTests {
  static let good = Submission(
    mentor: member("m-anna"), adept: member("m-bo"), mentorProfile: profile("m-anna", .mentor, capacity: 2),
    adeptProfile: profile("m-bo", .adept), placesTaken: 1,
    responsible: Principal(id: "karin", role: .chair, memberID: "m-karin"))

  static func changed(_ change: (inout Submission) -> Void) -> Submission {
    var submission = good
    change(&submission)
    return submission
  }

  static func ofOneOrganisation(_ reason: String?) -> Submission {
    changed {
      $0.mentorProfile = profile("m-anna", .mentor, capacity: 2, organisation: "556036-0793")
      $0.adeptProfile = profile("m-bo", .adept, organisation: "556036-0793")
      $0.reason = reason.map(Note.init(unchecked:))
    }
  }

  static let accepted: [(String, Submission)] = [
    ("a mentor with a place and an adept", good),
    (
      "both hold both roles",
      changed {
        $0.mentorProfile = profile("m-anna", .both, capacity: 2)
        $0.mentorProfile?.years = Years(unchecked: 11)
        $0.adeptProfile = profile("m-bo", .both, capacity: 1)
      }
    ),
    (
      "a mentor of unknown capacity takes one",
      changed {
        $0.mentorProfile = profile("m-anna", .mentor)
        $0.placesTaken = 0
      }
    ),
    ("somebody else on the board", changed { $0.handling.member = "m-karin" }),
    (
      "whom one of the two names, which has nothing to do with the other",
      changed {
        $0.handling.member = "m-karin"
        $0.adeptProfile = profile("m-bo", .adept) {
          $0.competitors = Bounded([member("m-karin")])
          $0.vetoes = Bounded([member("m-karin")])
        }
      }
    ),
    ("the same organisation with a reason", ofOneOrganisation("Olika förvaltningar.")),
    (
      "different organisations",
      changed {
        $0.mentorProfile = profile("m-anna", .mentor, capacity: 2, organisation: "556036-0793")
        $0.adeptProfile = profile("m-bo", .adept, organisation: "212000-0142")
      }
    ),
  ]

  @Test(arguments: accepted) func accepts(_ name: String, _ submission: Submission) throws {
    try submission.check()
  }

  static let refused: [(Submission, MatchRefusal)] = [
    (changed { $0.adept = member("m-anna") }, .selfMatch(member("m-anna"))),
    (changed { $0.handling.member = "m-anna" }, .anotherMustHandle),
    (changed { $0.handling.member = "m-bo" }, .anotherMustHandle),
    (
      changed {
        $0.handling.member = "m-karin"
        $0.adeptProfile = profile("m-bo", .adept) { $0.competitors = Bounded([member("m-karin"), member("m-anna")]) }
      }, .anotherMustHandle
    ),
    (
      changed {
        $0.handling.member = "m-karin"
        $0.mentorProfile = profile("m-anna", .mentor) { $0.vetoes = Bounded([member("m-bo"), member("m-karin")]) }
      }, .anotherMustHandle
    ),
    (changed { $0.responsible = Principal(id: "bo", role: .coordinator, memberID: "m-bo") }, .responsibleIsParty),
    (changed { $0.responsible = nil }, .unknownResponsible),
    (changed { $0.responsible = Principal(id: "grafana", role: .viewer) }, .unknownResponsible),
    (
      changed {
        $0.handling.member = "m-karin"
        let both = [Tender(reference: TenderReference(unchecked: "A 1"))]
        $0.handling.profile = profile("m-karin", .mentor) { $0.tenders = Bounded(both) }
        $0.mentorProfile = profile("m-anna", .mentor) { $0.tenders = Bounded(both) }
        $0.adeptProfile = profile("m-bo", .adept) { $0.tenders = Bounded(both) }
      }, .anotherMustHandle
    ),
    (changed { $0.isNotAgain = true }, .blocked([Evidence.notAgain.phrase])),
    (
      changed {
        $0.mentorProfile = profile("m-anna", .mentor, capacity: 2) { $0.vetoes = Bounded([member("m-bo")]) }
        $0.reason = Note(unchecked: "Ändå.")
      }, .blocked([Evidence.veto(by: .mentor).phrase])
    ),
    (changed { $0.mentorProfile = nil }, .unknownMember(.mentor, member("m-anna"))),
    (changed { $0.adeptProfile = nil }, .unknownMember(.adept, member("m-bo"))),
    (changed { $0.mentorProfile?.role = .adept }, .notMentor(member("m-anna"))),
    (changed { $0.adeptProfile?.role = .mentor }, .notAdept(member("m-bo"))),
    (changed { $0.mentorProfile?.status = .paused }, .inactive(.mentor, member("m-anna"))),
    (changed { $0.mentorProfile?.status = .left }, .inactive(.mentor, member("m-anna"))),
    (changed { $0.adeptProfile?.status = .paused }, .inactive(.adept, member("m-bo"))),
    (changed { $0.current = match(.acceptedByAdept) }, .pairOpen(MatchID(unchecked: "p-one"))),
    (changed { $0.current = match(.active) }, .adeptMatched(member("m-bo"), MatchID(unchecked: "p-one"))),
    (
      changed { $0.current = match(.submitted, mentor: "m-eva") },
      .adeptMatched(member("m-bo"), MatchID(unchecked: "p-one"))
    ),
    (changed { $0.placesTaken = 2 }, .noCapacity(member("m-anna"), capacity: 2, taken: 2)),
    (ofOneOrganisation(nil), .reasonNeeded([Evidence.sameOrganisation.phrase])),
    (ofOneOrganisation("  \n"), .reasonNeeded([Evidence.sameOrganisation.phrase])),
  ]

  @Test(arguments: refused) func refuses(_ submission: Submission, _ refusal: MatchRefusal) {
    #expect(throws: refusal) { try submission.check() }
  }
}
