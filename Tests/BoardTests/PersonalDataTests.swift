import Contracts
import Foundation
import Testing

@testable import BoardClient

/// The page that a person reads of what is held of them.
@Suite struct PersonalDataTests {
  private func page(_ language: Language, outOfReach: [ServiceName] = []) throws -> String {
    var held = Board.HeldData()
    func add(_ service: ServiceName, _ table: String, _ json: String) throws {
      held.entries.append(
        (service, Code(unchecked: table), try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))))
    }
    try add(
      .membership, "member",
      """
      {"id":"m-4k7q2x9d","name":"Åsa Öberg","email":"asa@example.se","email_key":"asa@example.se","kommun":"1281",
       "role":"both","status":"paused","paused_until":"2026-12-24","is_protected":0,"registered_at":1789984800000,
       "topics":"contracts network","name_folded":"asa oberg","note":"Ringer helst.\\nPå fredag.",
       "facts":{"worksIn":["12"],"sellsSupervision":true,"competitors":[],
         "tenders":[{"reference":"SN 1","closes":"2026-12-01"}]}}
      """)
    try add(
      .membership, "audit",
      #"{"at":1789984800000,"principal":"karin","message":"membership.get-member.v1","outcome":"read"}"#)
    try add(
      .followup, "mentorship",
      #"{"id":"p-1","mentor":"m-4k7q2x9d","adept":"m-00000002","state":"agreed","starts":"2026-09-01"}"#)
    try add(
      .notification, "mail",
      #"{"kind":"welcome","state":"sent","day":"2026-09-01","bytes":"TUlNRQ==","subject":"Välkommen"}"#)
    held.outOfReach = outOfReach
    return held.page(of: MemberID(unchecked: "m-4k7q2x9d"), on: Day(2026, 11, 24)!, language)
  }

  @Test func tellsInWords() throws {
    let page = try page(.sv)
    for line in [
      "Det som mentorskapsprogrammet har om Åsa Öberg (m-4k7q2x9d), 24 november 2026", "REGISTRET", "Dina uppgifter",
      "kommun                    Lund", "roll                      mentor och adept",
      "läge                      pausad",
      "pausad till               24 december 2026", "skyddade personuppgifter  nej",
      "ämnen                     avtal, bygga nätverk",
      "arbetar i                 Skåne län", "säljer handledning        ja", "konkurrenter              inga",
      "upphandlingar             1 december 2026, SN 1", "Vem som har gjort och läst vad om dig", "vem         karin",
      "utfall      läste", "meddelande  dina uppgifter", "MATCHNINGEN", "Ingenting.", "mentor  du",
      "läge    överenskommet",
      "slag      mentorskapet börjar", "läge      skickat", "Det som andra har sagt i förtroende visas inte.",
    ] { #expect(page.contains(line), "\(line) in\n\(page)") }
    for word in [
      "name_folded", "asa oberg", "email_key", "paused", "2026-12-24", "1281", "membership.get", "TUlNRQ", "{", "_",
    ] {
      #expect(!page.contains(word), "\(word) in\n\(page)")
    }
  }

  @Test func tellsInEnglishAndLeavesOutWhoDidNotAnswer() throws {
    let page = try page(.en, outOfReach: [.notification])
    #expect(
      page.contains("THE REGISTER") && page.contains("24 December 2026") && page.contains("mentor and adept"))
    #expect(!page.contains("THE MAILS"))
  }
}
