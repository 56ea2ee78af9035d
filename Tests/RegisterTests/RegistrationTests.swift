import Contracts
import Foundation
import TestSupport
import Testing
import Texts

@testable import Register

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
    var expected = MemberDraft(
      name: PersonName(rawValue: "Åsa Öberg")!, email: EmailAddress(rawValue: "Asa.Oberg@example.se")!,
      language: .en, kommun: KommunCode(rawValue: "1480")!, role: .both, years: Years(rawValue: 7)!)
    expected.organisationNumber = OrganisationNumber(rawValue: "556036-0793")!
    expected.capacity = Capacity(rawValue: 3)!
    expected.facts.offers = Bounded([.contracts, .pricing, .publicTenders, .assignments])
    expected.facts.wants = expected.facts.offers
    #expect(draft == expected)
    #expect(draft.topics == [.publicTenders, .pricing, .contracts, .assignments])
  }

  private static let facts = ImportRow.row(2, role: "båda")
    .with(.phone, "+46 70-123 45 67").with(.employment, "Eget företag").with(.firm, "Öbergs handledning")
    .with(.sellsSupervision, "Ja").with(.worksIn, "Lund, 180, Hallands län; 12, Lund")
    .with(.sectors, "Socialtjänst, schools, LSS").with(.qualification, "Socionom")
    .with(.spokenLanguages, "svenska, Finska, tlh").with(.offers, "avtal, prissättning").with(.wants, "nätverk")
    .with(.forms, "video, på plats").with(.travels, "50 km")
    .with(.tenders, "SN 2026/114, Uppsala kommun, 2026-12-01; X-7; Y 8, Region Skåne, söder | Z 9, 2027-01-31")
    .with(.competitors, "Bo@Example.se, m-4k7q2x9d").with(.wishes, "cia@example.se").with(.vetoes, "inga")
    .with(.waitingSince, "2026-08-17").with(.isProtected, "nej").with(.note, "Ringer helst.\nHörs  på fredag.")

  @Test func readsTheFactsThatMatchingNeeds() throws {
    let draft = try draft(RegistrationTests.facts)
    #expect(draft.phone?.rawValue == "+46 70-123 45 67")
    #expect(draft.facts.ownsOrganisation == true)
    #expect(draft.facts.firm?.rawValue == "Öbergs handledning")
    #expect(draft.facts.sellsSupervision == true)
    #expect(draft.facts.worksIn?.elements.map(\.rawValue) == ["1281", "0180", "13", "12"])
    #expect(draft.facts.sectors?.elements == [.socialServices, .school, .disabilitySupport])
    #expect(draft.facts.spokenLanguages?.elements.map(\.rawValue) == ["sv", "fi", "tlh"])
    #expect(draft.facts.offers?.elements == [.contracts, .pricing])
    #expect(draft.facts.wants?.elements == [.network])
    #expect(draft.facts.forms?.elements == [.video, .inPerson])
    #expect(draft.facts.travels?.rawValue == 50)
    #expect(
      draft.facts.tenders?.elements.map {
        "\($0.reference.rawValue)/\($0.buyer?.rawValue ?? "")/\($0.closes?.text ?? "")"
      }
        == ["SN 2026/114/Uppsala kommun/2026-12-01", "X-7//", "Y 8/Region Skåne, söder/", "Z 9//2027-01-31"])
    #expect(draft.named.competitors == [.email("bo@example.se"), .member(MemberID(rawValue: "m-4k7q2x9d")!)])
    #expect(draft.named.wishes == [.email("cia@example.se")])
    #expect(draft.named.vetoes == [])
    #expect(draft.facts.waitingSince == Day(2026, 8, 17))
    #expect(draft.facts.isProtected == false)
    #expect(draft.note?.rawValue == "Ringer helst.\nHörs på fredag.")
    let profile = draft.profile(of: .example, status: .active) { $0 == .email("bo@example.se") ? .example : nil }
    #expect(profile.facts?.competitors?.elements == [.example])
    #expect(profile.facts?.wishes?.elements == [])
    #expect(profile.topics.elements == [.pricing, .contracts, .network])
  }

  @Test func anEmptyCellIsNotKnown() throws {
    #expect(try draft(.row(2)).profile(of: .example, status: .active) { _ in nil }.facts == nil)
  }

  @Test(arguments: Language.allCases)
  func whatIsWrittenReadsBack(language: Language) throws {
    for row in [RegistrationTests.facts, .row(3), .row(4, role: "adept", topics: "avtal").with(.tenders, "inga")] {
      let draft = try draft(row)
      #expect(try self.draft(draft.row(language: language)) == draft)
    }
  }

  @Test func aColumnThatAFileLacksKeepsWhatItHeld() throws {
    let held = try draft(RegistrationTests.facts).row()
    let columns: Set<RegisterColumn> = [.name, .email, .kommun, .role, .topics]
    let merged = try draft(
      ImportRow.row(9, kommun: "Lund", role: "mentor", topics: "nätverk").keeping(columns, of: held))
    #expect(merged.kommun.rawValue == "1281")
    #expect(merged.phone?.rawValue == "+46 70-123 45 67")
    #expect(merged.facts.offers?.elements == [.network])
    #expect(merged.facts.wants == nil)
    #expect(merged.named.competitors?.count == 2)
  }

  // MARK: Personal identity numbers

  @Test(arguments: [
    "811218-9876", "8112189876", "19811218-9876", "198112189876", "811218+9876", "Åsa 811218–9876 (privat)",
    "811278-9873", "19811278-0000", "nr 19811218 9876.", "8 1 811218 9876", "८११२१८-९८७६", "811218 - 9876",
    "811218.9876", "811218/9876", "811218\n-9876", "811218\u{200B}-9876", "1981-12-18-9876", "81 12 18-9876",
    "1981 12 18 9876", "81-12-18 – 9876", "Född 1981.12.18/9876", "1981-12-78-9873",
  ])
  func findsPersonalNumbers(text: String) throws {
    #expect(PersonalNumber.isFound(in: text))
    let faults = Registration(.row(2, name: text.count < 3 ? "x" : text).with(.note, text)).faults
    #expect(faults == [.personalNumberIn(.name), .personalNumberIn(.note)])
    #expect(faults.allSatisfy { !$0.reason.sv.contains("9876") })
  }

  @Test(arguments: [
    "556036-0793", "070 123 45 67", "0701234567", "070-1234567", "SN 2026/114", "2026-12-01", "2026-12-01 1300",
    "811318-9876", "811200-9876", "811299-9876", "1198112189876", "811218-98765", "8112189870",
    "2026-12-01 - 1300", "81 12 18 9876", "1981-12-18-9870", "2005-11-12", "SN 2026-11-24-0009",
    "0709123467", "070912 3467", "12 34 56-7890", "möte 2024-05-06, 1030",
  ])
  func leavesOtherNumbersAlone(text: String) {
    #expect(!PersonalNumber.isFound(in: text))
  }

  /// In every cell but those that are numbers by right.
  @Test(arguments: [
    (RegisterColumn.email, "811218-9876@example.se"), (.competitors, "811218-9876"),
    (.vetoes, "bo@example.se, 8112189876"),
    (.worksIn, "198112189876"), (.reason, "se 811218-9876"), (.tenders, "X 811218-9876"), (.kommun, "811218-9876"),
  ])
  func findsPersonalNumbersInEveryCell(column: RegisterColumn, text: String) {
    let faults = Registration(.row(2).with(column, text)).faults
    #expect(faults == [.personalNumberIn(column)])
    #expect(faults.allSatisfy { !$0.reason.sv.contains("9876") && !$0.reason.en.contains("9876") })
  }

  @Test func leavesTelephoneNumbersToTheirColumn() throws {
    #expect(try draft(.row(2).with(.phone, "8112189876")).phone?.rawValue == "8112189876")
  }

  /// A name that reads as another, and what nobody sees.
  @Test func takesOutWhatTurnsTheDirectionOfWriting() throws {
    let draft = try draft(.row(2, name: "\u{202E}Åsa\u{200B} \u{2066}Öberg\u{2069}\u{200F}").with(.note, "a\u{202E}b"))
    #expect(draft.name.rawValue == "Åsa Öberg")
    #expect(draft.note?.rawValue == "ab")
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
    (.row(2, email: "åsa@exempel"), .wrongEmail("åsa@exempel")),
    (.row(2, email: "å,sa@exempel.se"), .wrongEmail("å,sa@exempel.se")),
    (.row(2, email: "åsa@☃.se"), .wrongEmail("åsa@☃.se")),
    (
      .row(2, email: String(repeating: "å", count: 33) + "@exempel.se"),
      .wrongEmail(String(repeating: "å", count: 33) + "@exempel.se")
    ),
    (.row(2, email: "åsa@åkeri.se").with(.wishes, "ÅSA@xn--keri-poa.se"), .namesThemselves(.wishes)),
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
    (.row(2, topics: "avtal, fiske; jakt"), .unknownTopics(.topics, ["fiske", "jakt"])),
    (.row(2).with(.phone, "070/123"), .wrongText(.phone, "070/123")),
    (.row(2).with(.employment, "ja"), .wrongText(.employment, "ja")),
    (.row(2).with(.sellsSupervision, "kanske"), .wrongText(.sellsSupervision, "kanske")),
    (.row(2).with(.worksIn, "Lund, Atlantis, 99"), .unknownWords(.worksIn, ["Atlantis", "99"])),
    (.row(2).with(.sectors, "fiske"), .unknownWords(.sectors, ["fiske"])),
    (.row(2).with(.spokenLanguages, "klingonska"), .unknownWords(.spokenLanguages, ["klingonska"])),
    (.row(2).with(.forms, "brev"), .unknownWords(.forms, ["brev"])),
    (.row(2).with(.travels, "2001"), .wrongText(.travels, "2001")),
    (.row(2).with(.tenders, ";,;"), .wrongText(.tenders, ",")),
    (.row(2).with(.competitors, "Bo Ek"), .unknownWords(.competitors, ["Bo", "Ek"])),
    (.row(2, email: "asa@example.se").with(.wishes, "ASA@example.se"), .namesThemselves(.wishes)),
    (.row(2).with(.waitingSince, "17/8 2026"), .wrongText(.waitingSince, "17/8 2026")),
    (
      .row(2).with(.qualification, String(repeating: "å", count: 201)),
      .wrongText(.qualification, String(repeating: "å", count: 201))
    ),
  ]

  @Test(arguments: faults)
  func namesTheFault(row: ImportRow, fault: RegisterFault) throws {
    let registration = Registration(row)
    #expect(registration.faults == [fault])
    #expect(registration.draft == nil)
    let kept = try JSONDecoder().decode(RegisterFault.self, from: try JSONEncoder().encode(fault))
    #expect(kept == fault)
  }

  @Test(arguments: [
    ("anna.a\u{30a}kesson@exempel.se", "anna.åkesson@exempel.se", "anna.åkesson@exempel.se"),
    ("Anna@ÅKERI.se", "Anna@ÅKERI.se", "anna@xn--keri-poa.se"), ("ÅSA@åkeri.se", "ÅSA@åkeri.se", "åsa@xn--keri-poa.se"),
    // As a spreadsheet or a web page gives it, with what nobody sees.
    ("\u{feff}åsa@åkeri.se\u{200b}", "åsa@åkeri.se", "åsa@xn--keri-poa.se"),
    ("ASA@Example.se", "ASA@Example.se", "asa@example.se"),
  ])
  func anAddressIsTheSameHoweverItIsWritten(cell: String, address: String, key: String) throws {
    let email = try #require(Registration(.row(2, email: cell)).email)
    #expect(Array(email.rawValue.utf8) == Array(address.utf8))
    #expect(Array(email.key.utf8) == Array(key.utf8))
    #expect(MemberReference(written: address) == .email(key))
  }

  @Test func namesEveryFaultOfARow() {
    let faults = Registration(.row(2, name: "", email: "asa@", kommun: "Atlantis", role: "chef")).faults
    #expect(faults.map(\.column) == [.name, .email, .kommun, .role])
  }

  @Test func saysWhatWasFoundButNotSomebodysPersonalNumber() throws {
    #expect(RegisterFault.unknownKommun("Atlantis").reason.sv.contains("”Atlantis”"))
    #expect(RegisterFault.unknownKommun("Atlantis").reason.en.contains("“Atlantis”"))
    #expect(RegisterFault.unknownTopics(.topics, ["jakt"]).reason.en.contains("finding assignments"))
    let fault = try #require(Registration(.row(2, organisationNumber: "811218-9876")).faults.first)
    #expect(!fault.reason.sv.contains("811218"))
  }
}
