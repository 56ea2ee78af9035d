import Contracts
import Foundation
import GRDB
import Messaging
import Testing

@testable import FollowUpService

@Suite struct AnswerTests {
  @Test func metIsTheContactLog() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    #expect(try await programme.answer(.metVideo, .firstContactReminder, .adept) == .taken)
    #expect(try await programme.item().latestContact == day("2026-09-22"))
    #expect(try await programme.answer(.metInPerson, .firstContactReminder, .mentor, day: "2026-09-20") == .taken)
    #expect(try await programme.item().contacts.rawValue == 1, "both tell of the same conversation")
    #expect(try await programme.health() == .inRhythm)
    try await programme.harness.advance(to: "2026-10-19")
    #expect(try await programme.tasks().last == "survey-start-adept", "whoever has answered is not reminded")
    await programme.harness.stop()
  }

  @Test func onlyTheSilentOneIsReminded() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    #expect(try await programme.answer(.notYet, .firstContactReminder, .adept) == .taken)
    try await programme.harness.advance(to: "2026-10-05")
    #expect(try await programme.tasks().last == "contact-reminder-1-mentor")
    #expect(try await programme.answer(.notYet, .contactReminder, .mentor) == .taken)
    try await programme.harness.advance(to: "2026-10-10")
    #expect(try await programme.needs() == [], "who answers is not silent")
    #expect(try await programme.health() == .notStarted)
    await programme.harness.stop()
  }

  @Test func answersThatDisagreeNeedTheBoardUntilTheyAgree() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    try await programme.answer(.metPhone, .firstContactReminder, .adept)
    try await programme.answer(.notYet, .firstContactReminder, .mentor)
    #expect(try await programme.health() == .disagree)
    #expect(try await programme.needs() == ["disagree-1"])
    try await programme.answer(.metPhone, .firstContactReminder, .mentor)
    #expect(try await programme.health() == .inRhythm)
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
  }

  @Test func helpIsAskedForUntilTheSameOneIsBetterOff() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    try await programme.answer(.needHelp, .firstContactReminder, .adept)
    #expect(try await programme.health() == .askedForHelp)
    #expect(try await programme.needs() == ["help-1"])
    let task = try await programme.harness.ask(ListBoardTasks()).tasks.elements[0]
    #expect(task.about == programme.adept && task.due == day("2026-09-25") && task.owner.rawValue == "chair")
    try await programme.answer(.metPhone, .firstContactReminder, .mentor)
    #expect(try await programme.needs() == ["help-1"])
    try await programme.answer(.metPhone, .firstContactReminder, .adept)
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
  }

  @Test func helpIsHeardFromBothAndWhileItRests() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    try await programme.answer(.needHelp, .firstContactReminder, .adept)
    try await programme.answer(.needHelp, .firstContactReminder, .mentor)
    #expect(try await programme.needs() == ["help-1", "help-2"], "the board hears each of them at once")
    _ = try await programme.harness.command(CloseBoardTask(task: BoardTaskID(unchecked: "p-one-help-1")))
    #expect(try await programme.needs() == ["help-2"], "whom the board has helped is one of them")
    try await programme.answer(.needHelp, .firstContactReminder, .adept)
    #expect(try await programme.needs() == ["help-2", "help-3"])
    try await programme.answer(.metPhone, .firstContactReminder, .adept)
    let task = try await programme.harness.ask(ListBoardTasks()).tasks.elements
    #expect(task.map(\.about) == [programme.mentor], "the other still asks")
    _ = try await programme.harness.command(
      PauseMentorship(mentorship: programme.id, by: .mentor, until: day("2026-11-15")))
    #expect(try await programme.needs() == ["help-2"], "a pause is no help")
    _ = try await programme.harness.command(CloseBoardTask(task: BoardTaskID(unchecked: "p-one-help-2")))
    #expect(try await programme.needs() == [])
    #expect(
      try await programme.answer(.needHelp, .firstContactReminder, .mentor) == .taken, "asked again is heard again")
    #expect(try await programme.answer(.needHelp, .firstContactReminder, .mentor) == .already)
    #expect(try await programme.needs() == ["help-4"])
    await programme.harness.stop()
  }

  @Test func whoHasToldOfAContactByMistakeTakesItBack() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    try await programme.answer(.metVideo, .firstContactReminder, .adept, day: "2026-09-20")
    try await programme.answer(.metPhone, .firstContactReminder, .adept, day: "2026-09-21")
    #expect(try await programme.item().contacts.rawValue == 1, "put right, it is the same conversation")
    #expect(try await programme.item().latestContact == day("2026-09-21"))
    try await programme.answer(.metVideo, .firstContactReminder, .mentor)
    try await programme.answer(.notYet, .firstContactReminder, .adept)
    #expect(try await programme.item().contacts.rawValue == 1, "the other tells of it still")
    try await programme.answer(.notYet, .firstContactReminder, .mentor)
    #expect(try await programme.item().contacts.rawValue == 0)
    #expect(try await programme.item().latestContact == nil)
    #expect(try await programme.needs() == [])
    let shown = try await programme.harness.ask(GetMentorship(mentorship: programme.id)).entries.elements
    #expect(!shown.contains { $0.what == .met })
    // What the board has recorded is not theirs to take back.
    _ = try await programme.contact("2026-09-22")
    try await programme.answer(.metVideo, .firstContactReminder, .adept)
    try await programme.answer(.notYet, .firstContactReminder, .adept)
    #expect(try await programme.item().contacts.rawValue == 1)
    // Nor where they had told of it first.
    try await programme.answer(.metPhone, .firstContactReminder, .adept)
    #expect(try await programme.item().contacts.rawValue == 2)
    _ = try await programme.contact("2026-09-22", .phone)
    try await programme.answer(.notYet, .firstContactReminder, .adept)
    #expect(try await programme.item().contacts.rawValue == 2)
    await programme.harness.stop()
  }

  @Test func theWayOutIsThereInEveryMailForAsLongAsItRuns() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    _ = try await programme.harness.command(
      PauseMentorship(mentorship: programme.id, by: .mentor, until: day("2026-10-22")))
    try await programme.harness.advance(to: "2026-10-22")
    // It has rested, and the check-in is an old one.
    #expect(try await programme.answer(.needHelp, .firstContactReminder, .adept) == .taken)
    #expect(try await programme.needs() == ["help-1"])
    #expect(try await programme.answer(.wantToEnd, .firstContactReminder, .adept) == .toConfirm)
    #expect(try await programme.answer(.end, .endingToConfirm, .adept) == .taken)
    try await programme.answer(.undo, .ended, .adept)
    try await programme.hear(PlaceReclaimed(mentorship: programme.id, isReclaimed: true))
    #expect(try await programme.answer(.wantToEnd, .firstContactReminder, .adept) == .toConfirm)
    #expect(try await programme.answer(.wantToEnd, .firstContactReminder, .adept) == .already)
    #expect(try await programme.answer(.goOn, .endingToConfirm, .adept) == .taken)
    #expect(try await programme.answer(.wantToEnd, .firstContactReminder, .adept) == .toConfirm)
    #expect(try await programme.tasks().last == "ending-to-confirm-3-adept")
    try await programme.harness.advance(to: "2027-08-08")
    #expect(try await programme.answer(.metVideo, .closing, .mentor) == .taken)
    #expect(try await programme.answer(.wantToEnd, .closing, .mentor) == .toConfirm)
    #expect(try await programme.answer(.endNow, .endingToConfirm, .mentor) == .taken)
    #expect(try await programme.item().state == .ended)
    #expect(await programme.refusal { try await programme.answer(.wantToEnd, .closing, .adept) } == "answer/closed")
    await programme.harness.stop()
  }

  @Test func endingTakesOneConfirmation() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    #expect(try await programme.answer(.wantToEnd, .firstContactReminder, .adept) == .toConfirm)
    #expect(try await programme.item().state == .started)
    #expect(try await programme.answer(.wantToEnd, .firstContactReminder, .adept) == .already)
    #expect(try await programme.tasks().last == "ending-to-confirm-1-adept")
    #expect(try await programme.answer(.end, .endingToConfirm, .adept) == .taken)
    #expect(try await programme.item().state == .ended)
    await programme.harness.stop()
  }

  @Test func insteadOfEndingItCanRest() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    try await programme.answer(.wantToEnd, .firstContactReminder, .adept)
    try await programme.answer(.rest, .endingToConfirm, .adept)
    #expect(try await programme.item().rest == .paused)
    await programme.harness.stop()
  }

  @Test func anAgreementIsProposedByOneAndConfirmedByTheOther() async throws {
    let programme = try await Programme.begun()
    try await programme.answer(.recommended, .welcome, .adept)
    #expect(try await programme.item().state == .started)
    #expect(try await programme.tasks().last == "agreement-to-confirm-1-mentor")
    #expect(try await programme.answer(.confirm, .agreementToConfirm, .mentor) == .taken)
    #expect(try await programme.item().state == .agreed)
    #expect(try await programme.item().everyWeeks?.rawValue == 4)
    #expect(try await programme.answer(.confirm, .agreementToConfirm, .mentor) == .already)
    #expect(try await programme.tasks().suffix(2) == both("agreement-confirmed-2")[...])
    await programme.harness.stop()
  }

  @Test func twoThatProposeTheSameHaveAgreed() async throws {
    let programme = try await Programme.begun()
    try await programme.answer(.recommended, .welcome, .adept)
    try await programme.answer(.recommended, .welcome, .mentor)
    #expect(try await programme.item().state == .agreed)
    await programme.harness.stop()
  }

  @Test func aProposalThatIsNotAgreedOnNeedsTheBoard() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.propose(.mentor, everyWeeks: 2)
    try await programme.answer(.discuss, .agreementToConfirm, .adept)
    #expect(try await programme.needs() == ["agreement-1"])
    _ = try await programme.propose(.adept, everyWeeks: 6)
    #expect(try await programme.needs() == [])
    try await programme.answer(.confirm, .agreementToConfirm, .mentor)
    #expect(try await programme.item().everyWeeks?.rawValue == 6)
    await programme.harness.stop()
  }

  @Test func anInvitationsAnswerGoesToMatching() async throws {
    let programme = try await Programme.invited()
    #expect(try await programme.answer(.accept, .invitation, .mentor) == .taken)
    #expect(try await programme.answer(.accept, .invitation, .mentor) == .already)
    #expect(try await programme.answer(.decline, .invitation, .adept) == .taken)
    let answers = try await programme.harness.outbox(InvitationAnswered.self)
    #expect(answers.map(\.by) == [.mentor, .adept] && answers.map(\.answer) == [.accept, .decline])
    try await programme.hear(MatchClosed(match: programme.match, outcome: .declined))
    let refusal = await programme.refusal { try await programme.answer(.accept, .invitation, .adept) }
    #expect(refusal == "answer/closed")
    await programme.harness.stop()
  }

  @Test func aTokenIsGoodForOneAnswerUntilItsEndAndHarmsNothingElse() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    let before = try await programme.item()
    func refusal(_ token: AnswerToken, _ answer: Answer? = nil, _ date: String? = nil) async -> String? {
      await programme.refusal {
        _ = try await programme.harness.command(
          AnswerByToken(token: token, answer: answer, day: date.flatMap(Day.init(text:))))
      }
    }
    // Guessed: a token of the same form, and one that differs in one character.
    #expect(await refusal(.example) == "answer/unknown")
    let token = try #require(try await programme.choices(.firstContactReminder, .mentor)[.metVideo])
    let near = AnswerToken(unchecked: (token.rawValue.hasPrefix("0") ? "1" : "0") + token.rawValue.dropFirst())
    #expect(await refusal(near) == "answer/unknown")
    // The right secret to another question, and to none.
    #expect(await refusal(AnswerToken(unchecked: "\(token.rawValue.prefix(26))1")) == "answer/unknown")
    #expect(await refusal(AnswerToken(unchecked: String(token.rawValue.prefix(26)))) == "answer/unknown")
    // For another purpose.
    for other in Answer.allCases where other != .metVideo {
      #expect(await refusal(token, other) == "answer/other-answer")
    }
    #expect(await refusal(token, nil, "2026-09-23") == "answer/impossible-day")
    #expect(await refusal(token, nil, "2026-09-07") == "answer/impossible-day")
    #expect(try await programme.item() == before)
    // After its end, and after the mentorship's.
    try await programme.harness.advance(to: "2026-10-21")
    #expect(await refusal(token) == "answer/too-late")
    let open = try #require(try await programme.choices(.checkIn, .mentor)[.notYet])
    _ = try await programme.end(.adept)
    #expect(await refusal(open) == "answer/closed")
    await programme.harness.stop()
  }

  @Test func onlyHashesAreKept() async throws {
    let programme = try await Programme.begun()
    let token = try #require(try await programme.choices(.welcome, .mentor)[.recommended])
    _ = try await programme.harness.command(AnswerByToken(token: token))
    let places = try await programme.harness.read { db in
      var found: [String] = []
      for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table)") {
          let text = row.databaseValues.map { value in
            (String.fromDatabaseValue(value) ?? "")
              + (Data.fromDatabaseValue(value).map { String(decoding: $0, as: UTF8.self) } ?? "")
          }
          if text.joined().contains(token.rawValue) { found.append(table) }
        }
      }
      return Set(found)
    }
    // The outbox holds the mail until it is delivered and forgotten; nothing else does.
    #expect(places == ["outbox_body"])
    #expect(Set((0..<200).map { _ in AnswerToken.random(to: 7) }).count == 200)
    await programme.harness.stop()
  }

  @Test func aSurveyIsAnsweredOnceEachAndKeptPrivate() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.contact("2026-09-08")
    try await programme.harness.advance(to: "2026-10-08")
    try await programme.answer(.rating4, .survey, .adept)
    try await programme.answer(.rating5, .survey, .adept)
    let ratings = try await programme.harness.read { try Int.fetchAll($0, sql: "SELECT rating FROM survey") }
    #expect(ratings == [5])
    // Neither the timeline nor the extract, which the board reads, knows who has answered what, or when.
    let reply = try await programme.harness.ask(GetMentorship(mentorship: programme.id))
    #expect(!reply.entries.elements.contains { $0.what == .survey })
    let held = try await programme.harness.ask(GetPersonalData(member: programme.adept)).entries.elements
    #expect(held.contains { $0.table.rawValue == "survey" })
    #expect(!held.contains { $0.json.rawValue.contains("rating") && $0.table.rawValue != "token" })
    await programme.harness.stop()
  }
}
