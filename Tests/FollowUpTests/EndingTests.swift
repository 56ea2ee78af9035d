import Contracts
import Foundation
import GRDB
import Messaging
import TestSupport
import Testing

@testable import FollowUpService

@Suite struct EndingTests {
  private func later(_ programme: Programme, hours: Int) async throws {
    let now = await programme.harness.worker.calendar
    _ = try await programme.harness.command(AdvanceCalendar(to: now + .seconds(hours * 3600)))
    while try await programme.harness.ask(GetStatus()).due.rawValue > 0 { await Task.yield() }
  }

  @Test func theOtherHearsOfItADayLaterAndThePlaceIsFreeAtOnce() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-12-01")
    let before = try await programme.tasks()
    #expect(try await programme.end(.mentor, reason: "Passade inte.") == .ended)
    let ended = try #require(try await programme.harness.outbox(MentorshipEnded.self).first)
    #expect(ended.mentorship == programme.id && ended.remainingMonths?.rawValue == 9)
    #expect(try await programme.tasks().dropFirst(before.count) == ["ended-1-mentor"])
    try await later(programme, hours: 23)
    #expect(try await programme.tasks().last == "ended-1-mentor")
    try await later(programme, hours: 1)
    #expect(try await programme.tasks().suffix(2) == ["ended-1-adept", "remaining-months-1-adept"])
    try await programme.harness.advance(to: "2028-12-01")
    #expect(try await programme.tasks().last == "remaining-months-1-adept")
    #expect(try await programme.harness.outbox(MentorshipCompleted.self).isEmpty)
    let bodies = try await programme.harness.read { try Data.fetchAll($0, sql: "SELECT body FROM outbox_message") }
    #expect(!bodies.contains { String(decoding: $0, as: UTF8.self).contains("Passade") })
    await programme.harness.stop()
  }

  @Test func toldNowBothHearOfItAtOnceAndAlike() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.harness.command(
      EndMentorship(mentorship: programme.id, by: .adept, tellNow: true, doNotMatchAgain: true))
    #expect(try await programme.tasks().suffix(2) == ["ended-1-adept", "ended-1-mentor"])
    #expect(try await programme.harness.outbox(MentorshipEnded.self).first?.doNotMatchAgain == true)
    await programme.harness.stop()
  }

  @Test func anEndingTakesBackWhatIsNotSent() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    _ = try await programme.end(.board)
    let withdrawn = try await programme.harness.outbox(WithdrawTasks.self).flatMap(\.tasks.elements).map(\.rawValue)
    #expect(withdrawn == ["p-one-first-contact-reminder-1-adept", "p-one-first-contact-reminder-1-mentor"])
    await programme.harness.stop()
  }

  @Test func whoeverEndedItCanUndoItWhileThePlaceIsFree() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.agree(everyWeeks: 4)
    _ = try await programme.end(.adept)
    try await later(programme, hours: 12)
    #expect(try await programme.answer(.undo, .ended, .adept) == .taken)
    #expect(try await programme.harness.outbox(ReclaimPlace.self).map(\.mentorship) == [programme.id])
    #expect(try await programme.item().state == .ended, "matching has not answered yet")
    try await programme.hear(PlaceReclaimed(mentorship: programme.id, isReclaimed: true))
    #expect(try await programme.item().state == .agreed)
    #expect(try await programme.tasks().last == "ending-undone-1-adept", "the other has heard nothing")
    try await programme.harness.advance(to: "2026-10-20")
    #expect(try await !programme.tasks().contains { $0.hasPrefix("ended-1-mentor") || $0.hasPrefix("remaining") })
    #expect(try await programme.tasks().contains("check-in-1-mentor"))
    await programme.harness.stop()
  }

  @Test func aPlaceThatIsTakenStaysTaken() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.adept)
    try await programme.answer(.undo, .ended, .adept)
    try await programme.hear(PlaceReclaimed(mentorship: programme.id, isReclaimed: false))
    #expect(try await programme.item().state == .ended)
    #expect(try await programme.tasks().last == "place-taken-1-adept")
    await programme.harness.stop()
  }

  @Test func aNewOfferToTheAdeptIsSaidAtOnce() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.adept)
    try await programme.hear(
      MatchSubmitted(
        match: MatchID(unchecked: "p-two"), mentor: MemberID(unchecked: "m-cia"), adept: programme.adept,
        submitted: day("2026-09-08"), answerBy: day("2026-09-22")))
    let undo = UndoEnding(mentorship: programme.id)
    #expect(await programme.refusal { _ = try await programme.harness.command(undo) } == "mentorship/place-taken")
    await programme.harness.stop()
  }

  @Test func afterADayItIsTooLate() async throws {
    let programme = try await Programme.begun()
    let undo = UndoEnding(mentorship: programme.id)
    #expect(await programme.refusal { _ = try await programme.harness.command(undo) } == "mentorship/not-ended")
    _ = try await programme.end(.adept)
    try await later(programme, hours: 25)
    #expect(await programme.refusal { _ = try await programme.harness.command(undo) } == "mentorship/undo-too-late")
    await programme.harness.stop()
  }

  @Test func whoWantsANewMentorIsATaskOfTheBoards() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.mentor)
    try await later(programme, hours: 24)
    try await programme.answer(.newMentor, .remainingMonths, .adept)
    #expect(try await programme.needs() == ["new-mentor-1"])
    try await programme.answer(.noThanks, .remainingMonths, .adept)
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
  }
}

@Suite struct HoldTests {
  @Test func aPauseIsSilentAndEndsByItself() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    _ = try await programme.harness.command(
      PauseMentorship(mentorship: programme.id, by: .mentor, until: day("2026-11-15")))
    let withdrawn = try await programme.harness.outbox(WithdrawTasks.self).flatMap(\.tasks.elements)
    #expect(withdrawn.count == 2)
    #expect(try await programme.health() == .resting)
    let before = try await programme.tasks()
    #expect(before.suffix(2) == both("paused-1")[...])
    for date in ["2026-10-01", "2026-11-01", "2026-11-14"] { try await programme.harness.advance(to: date) }
    #expect(try await programme.tasks() == before)
    try await programme.harness.advance(to: "2026-11-15")
    #expect(try await programme.tasks().dropFirst(before.count) == both("resumed-1")[...])
    try await programme.harness.advance(to: "2026-12-13")
    #expect(try await programme.tasks().suffix(2) == both("check-in-2")[...])
    #expect(try await programme.item().ends == day("2027-09-08"))
    await programme.harness.stop()
  }

  @Test func theBoardSuspendsAndResumesAndMayExtend() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.harness.command(SuspendMentorship(mentorship: programme.id))
    _ = try await programme.harness.command(SuspendMentorship(mentorship: programme.id))
    #expect(try await programme.tasks() == both("welcome") + both("suspended-1"))
    for date in ["2026-12-01", "2027-03-01"] { try await programme.harness.advance(to: date) }
    #expect(try await programme.tasks().count == 4)
    _ = try await programme.harness.command(
      ResumeMentorship(mentorship: programme.id, extendBy: Months(unchecked: 3)))
    #expect(try await programme.item().ends == day("2027-12-08"))
    let again = ResumeMentorship(mentorship: programme.id)
    #expect(await programme.refusal { _ = try await programme.harness.command(again) } == "mentorship/not-resting")
    await programme.harness.stop()
  }

  @Test func whatRestsIsStillCompletedToTheDay() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.harness.command(SuspendMentorship(mentorship: programme.id))
    try await programme.harness.advance(to: "2027-09-08")
    #expect(try await programme.item().state == .completed)
    await programme.harness.stop()
  }

  @Test(arguments: ["2026-09-08", "2027-03-09", "2026-09-01"])
  func aPauseHasADayThatCanBe(_ until: String) async throws {
    let programme = try await Programme.begun()
    let pause = PauseMentorship(mentorship: programme.id, by: .adept, until: day(until))
    #expect(await programme.refusal { _ = try await programme.harness.command(pause) } == "mentorship/pause-too-long")
    await programme.harness.stop()
  }
}

@Suite struct BoardTaskTests {
  @Test func aSilentPairIsEscalatedOnceAndThenInTheDigestUntilItIsHeardOf() async throws {
    let programme = try await Programme.begun()
    func told() async throws -> [String] {
      try await programme.harness.outbox(TellBoard.self).map { "\($0.kind.rawValue) \($0.lines.elements.count)" }
    }
    for date in ["2026-09-22", "2026-09-29", "2026-10-05"] { try await programme.harness.advance(to: date) }
    #expect(try await told() == [])
    try await programme.harness.advance(to: "2026-10-06")
    #expect(try await programme.needs() == ["not-started-1"])
    #expect(try await told() == ["notice 1"])
    try await programme.harness.advance(to: "2026-10-12")
    #expect(try await told() == ["notice 1"])
    try await programme.harness.advance(to: "2026-10-13")
    #expect(try await told() == ["notice 1", "escalation 1"])
    for date in ["2026-10-14", "2026-10-15"] { try await programme.harness.advance(to: date) }
    #expect(try await told() == ["notice 1", "escalation 1", "digest 1", "digest 1"])
    try await programme.harness.advance(to: "2026-10-25")
    #expect(try await told().count == 5, "mornings that were missed are not made up for")
    _ = try await programme.contact("2026-10-25")
    #expect(try await programme.needs() == [])
    for date in ["2026-10-26", "2026-10-27"] { try await programme.harness.advance(to: date) }
    #expect(try await told().count == 5)
    let closed = try await programme.harness.ask(ListBoardTasks(includeClosed: true)).tasks.elements
    #expect(closed.map(\.closed) == [day("2026-10-25")])
    await programme.harness.stop()
  }

  @Test func aTaskIsTakenAndClosedOnce() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    try await programme.answer(.needHelp, .firstContactReminder, .mentor)
    let task = try #require(try await programme.harness.ask(ListBoardTasks()).tasks.elements.first).task
    _ = try await programme.harness.command(TakeBoardTask(task: task))
    #expect(try await programme.harness.ask(ListBoardTasks()).tasks.elements.first?.owner.rawValue == "karin")
    #expect(try await programme.harness.command(CloseBoardTask(task: task)).isClosed)
    #expect(try await programme.health() != .askedForHelp)
    let again = CloseBoardTask(task: task)
    #expect(await programme.refusal { _ = try await programme.harness.command(again) } == "board-task/closed")
    await programme.harness.stop()
  }

  @Test func anAddressThatBouncesIsATaskOnce() async throws {
    let programme = try await Programme.begun()
    for task in ["p-one-welcome-adept", "p-one-check-in-1-adept"] {
      let failed = MailFailed(
        task: TaskID(unchecked: task), member: programme.adept, kind: .welcome, code: Code(unchecked: "smtp/550"))
      #expect(try await programme.harness.deliver(failed, from: .notification).kind == .done)
    }
    #expect(try await programme.needs() == ["mail-bounces-1"])
    await programme.harness.stop()
  }
}

@Suite struct CalendarTests {
  @Test func eachDateKeepsItsNameAndItsSequenceRises() async throws {
    let programme = Programme(harness: try await ServiceHarness(.followup, FollowUp.service))
    try await programme.harness.advance(to: "2026-09-08")
    try await programme.hear(
      MatchActivated(
        match: programme.match, mentor: programme.mentor, adept: programme.adept, starts: day("2026-09-08"),
        months: Months(unchecked: 12), mentorKommun: KommunCode(unchecked: "0180"),
        adeptKommun: KommunCode(unchecked: "1480")))
    _ = try await programme.agree(everyWeeks: 4)
    _ = try await programme.agree(everyWeeks: 6)
    _ = try await programme.end(.board)
    let sent = try await programme.harness.outbox(TellMember.self).filter { $0.party == .adept }
      .compactMap { $0.events?.elements }
    #expect(sent.count == 4)
    #expect(sent[1].map(\.what) == [.meeting, .meeting, .halfWay, .closingTalk, .end])
    #expect(sent[1].map(\.uid) == sent[2].map(\.uid))
    for (earlier, later) in zip(sent, sent.dropFirst()) {
      #expect(earlier.map(\.sequence).max()! < later.map(\.sequence).min()!)
    }
    #expect(sent[3].allSatisfy(\.isCancelled) && !sent[2].contains(where: \.isCancelled))
    #expect(Set(sent[3].map(\.uid)).isSuperset(of: sent[2].map(\.uid)))
    // Between Stockholm and Göteborg.
    let place = try #require(sent[1][0].kommun.flatMap(Kommun.with))
    let (stockholm, goteborg) = (
      try #require(Kommun.named("Stockholm")), try #require(Kommun.named("Göteborg"))
    )
    let whole = stockholm.distance(to: goteborg)
    #expect((390...410).contains(whole))
    #expect(max(place.distance(to: stockholm), place.distance(to: goteborg)) < 0.56 * whole)
    await programme.harness.stop()
  }
}
