import Contracts
import Foundation
import Testing
import Texts

@testable import MembershipService

@Suite struct RegistrationTests {
  private func draft(_ row: ImportRow) throws -> MemberDraft {
    let registration = Registration(row)
    #expect(registration.faults == [])
    return try #require(registration.draft)
  }

  @Test func readsEveryCell() throws {
    let draft = try draft(
      .row(
        2, name: " Åsa   Öberg ", email: "Asa.Oberg@example.se", language: "Engelska", kommun: "göteborg",
        organisationNumber: "5560360793", role: "Båda", capacity: "3", years: "7,5",
        topics: "Avtal; prissättning, public-tenders | Finding assignments, avtal"))
    #expect(
      draft
        == MemberDraft(
          name: PersonName(rawValue: "Åsa Öberg")!, email: EmailAddress(rawValue: "Asa.Oberg@example.se")!,
          language: .en, kommun: KommunCode(rawValue: "1480")!,
          organisationNumber: OrganisationNumber(rawValue: "556036-0793")!, role: .both,
          capacity: Capacity(rawValue: 3)!, years: Years(rawValue: 7)!,
          topics: [.publicTenders, .pricing, .contracts, .assignments]))
  }

  @Test func fillsInWhatMayBeEmpty() throws {
    let mentor = try draft(.row(2))
    #expect(mentor.language == .sv)
    #expect(mentor.organisationNumber == nil)
    #expect(mentor.capacity?.rawValue == 1)
    #expect(mentor.years.rawValue == 0)
    #expect(mentor.topics == [])
    #expect(try draft(.row(2, role: "adept", capacity: "0")).capacity == nil)
  }

  @Test func composesNames() throws {
    let draft = try draft(.row(2, name: "A\u{30A}sa O\u{308}berg Ande\u{301}"))
    #expect(Array(draft.name.rawValue.unicodeScalars) == Array("Åsa Öberg Andé".unicodeScalars))
  }

  @Test(arguments: [
    ("0180", "0180"), ("180", "0180"), ("1480", "1480"), ("STOCKHOLM", "0180"), ("Malmo", "1280"),
    ("Malmo\u{308}", "1280"),
  ])
  func readsKommuner(written: String, code: String) throws {
    #expect(try draft(.row(2, kommun: written)).kommun.rawValue == code)
  }

  @Test(arguments: ["556036-0793", "5560360793", "556036 0793", "16556036-0793", "165560360793"])
  func readsOrganisationNumbers(written: String) throws {
    #expect(try draft(.row(2, organisationNumber: written)).organisationNumber?.rawValue == "556036-0793")
  }

  @Test(arguments: [("7", 7), ("7,5", 7), ("7.9", 7), ("0", 0), ("0,5", 0), ("60", 60), ("60,9", 60)])
  func roundsYearsDown(written: String, years: Int) throws {
    #expect(try draft(.row(2, years: written)).years.rawValue == years)
  }

  @Test(arguments: [
    ("mentor", MemberRole.mentor), ("ADEPT", .adept), ("båda", .both), ("bada", .both), ("Both", .both),
    ("mentor och adept", .both), ("Mentor and adept", .both),
  ])
  func readsRoles(written: String, role: MemberRole) throws {
    #expect(try draft(.row(2, role: written)).role == role)
  }

  @Test(arguments: Topic.allCases)
  func readsTopicsByNameAndCode(topic: Topic) throws {
    for written in [topic.rawValue, WordTexts.topic(topic).sv.uppercased(), WordTexts.topic(topic).en] {
      #expect(try draft(.row(2, topics: written)).topics == [topic])
    }
  }

  private static let faults: [(ImportRow, RegisterFault)] = [
    (.row(2, name: ""), .missingName),
    (.row(2, name: "Å"), .nameLength("Å")),
    (.row(2, name: String(repeating: "å", count: 81)), .nameLength(String(repeating: "å", count: 81))),
    (.row(2, email: ""), .missingEmail),
    (.row(2, email: "asa.example.se"), .wrongEmail("asa.example.se")),
    (.row(2, email: "asa@example"), .wrongEmail("asa@example")),
    (.row(2, email: "asa@example.se, bo@example.se"), .wrongEmail("asa@example.se, bo@example.se")),
    (.row(2, kommun: ""), .missingKommun),
    (.row(2, kommun: "9999"), .unknownKommun("9999")),
    (.row(2, kommun: "80"), .unknownKommun("80")),
    (.row(2, kommun: "Atlantis"), .unknownKommun("Atlantis")),
    (.row(2, organisationNumber: "556036-079"), .wrongOrganisationNumber("556036-079")),
    (.row(2, organisationNumber: "5,56036E+09"), .wrongOrganisationNumber("5,56036E+09")),
    (.row(2, organisationNumber: "556036-0794"), .wrongCheckDigit("556036-0794")),
    (.row(2, organisationNumber: "811218-9876"), .personalNumber),
    (.row(2, organisationNumber: "19811218-9876"), .personalNumber),
    (.row(2, role: ""), .missingRole),
    (.row(2, role: "chef"), .unknownRole("chef")),
    (.row(2, capacity: "0"), .wrongCapacity("0")),
    (.row(2, capacity: "6"), .wrongCapacity("6")),
    (.row(2, capacity: "1,5"), .wrongCapacity("1,5")),
    (.row(2, capacity: "två"), .wrongCapacity("två")),
    (.row(2, years: "sju"), .yearsNotANumber("sju")),
    (.row(2, years: "nan"), .yearsNotANumber("nan")),
    (.row(2, years: "1.000,5"), .yearsNotANumber("1.000,5")),
    (.row(2, years: "61"), .yearsOutOfRange("61")),
    (.row(2, years: "-0,5"), .yearsOutOfRange("-0,5")),
    (.row(2, language: "finska"), .unknownLanguage("finska")),
    (.row(2, topics: "avtal, fiske; jakt"), .unknownTopics(["fiske", "jakt"])),
  ]

  @Test(arguments: faults)
  func namesTheFault(row: ImportRow, fault: RegisterFault) throws {
    let registration = Registration(row)
    #expect(registration.faults == [fault])
    #expect(registration.draft == nil)
    let kept = try JSONDecoder().decode(RegisterFault.self, from: try JSONEncoder().encode(fault))
    #expect(kept == fault)
  }

  @Test func namesEveryFaultOfARow() {
    let faults = Registration(.row(2, name: "", email: "asa@", kommun: "Atlantis", role: "chef")).faults
    #expect(faults.map(\.column) == [.name, .email, .kommun, .role])
  }

  @Test func saysWhatWasFoundButNotSomebodysPersonalNumber() throws {
    #expect(RegisterFault.unknownKommun("Atlantis").reason.sv.contains("”Atlantis”"))
    #expect(RegisterFault.unknownKommun("Atlantis").reason.en.contains("“Atlantis”"))
    #expect(RegisterFault.unknownTopics(["jakt"]).reason.en.contains("finding assignments"))
    let fault = try #require(Registration(.row(2, organisationNumber: "811218-9876")).faults.first)
    #expect(!fault.reason.sv.contains("811218"))
  }
}
