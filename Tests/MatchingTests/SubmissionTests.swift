import Contracts
import Testing
import Texts

@testable import MatchingService

func member(_ id: String) -> MemberID { MemberID(unchecked: id) }

func profile(
  _ id: String, _ role: MemberRole, capacity: Int? = nil, organisation: String? = nil,
  status: MemberStatus = .active
) -> Profile {
  Profile(
    member: member(id), kommun: KommunCode(unchecked: "0180"),
    organisationNumber: organisation.map(OrganisationNumber.init(unchecked:)), role: role,
    capacity: capacity.map(Capacity.init(unchecked:)), years: Years(unchecked: 10), topics: Bounded([.network]),
    status: status)
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
    adeptProfile: profile("m-bo", .adept), placesTaken: 1)

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
    ("somebody else on the board", changed { $0.decider = "m-karin" }),
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
    (changed { $0.decider = "m-anna" }, .ownPair),
    (changed { $0.decider = "m-bo" }, .ownPair),
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
    (ofOneOrganisation(nil), .reasonNeeded(OrganisationNumber(unchecked: "556036-0793"))),
    (ofOneOrganisation("  \n"), .reasonNeeded(OrganisationNumber(unchecked: "556036-0793"))),
  ]

  @Test(arguments: refused) func refuses(_ submission: Submission, _ refusal: MatchRefusal) {
    #expect(throws: refusal) { try submission.check() }
  }
}
