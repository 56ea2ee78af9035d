import Contracts
import Foundation
import GRDB
import Messaging
import TestSupport
import Testing
import Texts

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

  @Test func anEndingThatIsUndoneLiftsNothing() async throws {
    let found = ConflictFound(
      match: MatchID(unchecked: "p-one"), outcome: .blocked, rules: Bounded([.sameMarket]))
    for rest in [Rest.paused, .suspended] {
      let programme = try await Programme.begun()
      try await programme.harness.advance(to: "2026-09-22")
      try await programme.answer(.needHelp, .firstContactReminder, .mentor)
      if rest == .paused {
        _ = try await programme.harness.command(
          PauseMentorship(mentorship: programme.id, by: .mentor, until: day("2026-11-15")))
      } else {
        try await programme.hear(found)
      }
      let before = (try await programme.item(), try await programme.needs())
      _ = try await programme.end(.adept)
      #expect(try await programme.item().rest == nil)
      try await programme.answer(.undo, .ended, .adept)
      try await programme.hear(PlaceReclaimed(mentorship: programme.id, isReclaimed: true))
      #expect(try await programme.item().rest == rest)
      #expect(try await programme.item().health == before.0.health)
      #expect(try await programme.needs().map { $0.dropLast(2) } == before.1.map { $0.dropLast(2) })
      try await programme.harness.advance(to: "2026-11-16")
      #expect(try await programme.item().rest == (rest == .paused ? nil : .suspended))
      await programme.harness.stop()
    }
  }

  @Test func aConflictThatClearsWhileItIsOverIsNotThereWhenItGoesOn() async throws {
    let programme = try await Programme.begun()
    try await programme.hear(
      ConflictFound(match: programme.match, outcome: .blocked, rules: Bounded([.sameMarket])))
    _ = try await programme.end(.adept)
    try await programme.answer(.undo, .ended, .adept)
    let told = try await programme.tasks()
    try await programme.hear(ConflictCleared(match: programme.match))
    #expect(try await programme.tasks() == told)
    try await programme.hear(PlaceReclaimed(mentorship: programme.id, isReclaimed: true))
    #expect(try await programme.item().rest == nil)
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
  }

  @Test func aPlaceThatIsTakenStaysTaken() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.adept)
    try await programme.answer(.undo, .ended, .adept)
    try await programme.hear(PlaceReclaimed(mentorship: programme.id, isReclaimed: false))
    #expect(try await programme.item().state == .ended)
    #expect(try await programme.tasks().last == "place-taken-1-adept")
    // Asked again it is answered again, and told once.
    let told = try await programme.tasks()
    _ = try await programme.harness.command(UndoEnding(mentorship: programme.id))
    try await programme.hear(PlaceReclaimed(mentorship: programme.id, isReclaimed: false))
    #expect(try await programme.harness.outbox(ReclaimPlace.self).count == 2)
    #expect(try await programme.tasks() == told)
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
    let answers = try await programme.harness.outbox(NewMentorAnswered.self)
    #expect(answers.map(\.isWanted) == [true, false])
    await programme.harness.stop()
  }

  @Test func whoHasGotANewMentorWaitsForNone() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.mentor)
    try await later(programme, hours: 24)
    try await programme.answer(.newMentor, .remainingMonths, .adept)
    try await programme.hear(
      MatchActivated(
        match: MatchID(unchecked: "p-two"), mentor: MemberID(unchecked: "m-cia"), adept: programme.adept,
        starts: day("2026-09-20"), months: Months(unchecked: 11)))
    #expect(try await programme.needs() == [])
    #expect(
      await programme.refusal { try await programme.answer(.noThanks, .remainingMonths, .adept) } == "answer/closed")
    await programme.harness.stop()
  }

  @Test func whoIsErasedWaitsForNoMentor() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.mentor)
    try await later(programme, hours: 24)
    try await programme.answer(.newMentor, .remainingMonths, .adept)
    try await programme.forget(programme.adept)
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
  }
}

@Suite struct ReasonTests {
  @Test func theBoardReadsWhyItEndedAndNobodyElse() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.adept, reason: "Passade inte.")
    let folder = programme.harness.folder
    await programme.harness.stop()
    for role in [Principal.Role.chair, .coordinator, .viewer] {
      let reader = try await ServiceHarness(
        .followup, day: "2026-09-08", folder: folder, principal: Principal(id: "nils", role: role), FollowUp.service)
      let reply = try await reader.ask(GetMentorship(mentorship: programme.id))
      #expect(reply.endedBy == (role == .viewer ? nil : .adept))
      #expect(reply.endReason?.rawValue == (role == .viewer ? nil : "Passade inte."))
      await reader.stop()
    }
  }
}

@Suite struct ErasureTests {
  @Test func whatHasEndedWithSomebodyErasedCanNotBeUndone() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.adept)
    try await programme.forget(programme.mentor)
    let undo = UndoEnding(mentorship: programme.id)
    #expect(await programme.refusal { _ = try await programme.harness.command(undo) } == "mentorship/other-is-gone")
    #expect(await programme.refusal { try await programme.answer(.undo, .ended, .adept) } == "answer/closed")
    let told = try await programme.tasks()
    try await programme.harness.advance(to: "2026-09-10")
    #expect(try await programme.tasks() == told + ["remaining-months-1-adept"], "the erased is told nothing")
    await programme.harness.stop()
  }

  @Test(arguments: [[Party.adept, .mentor], [.mentor, .adept]])
  func whenBothAreErasedNobodyIsToldAnything(_ order: [Party]) async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.mentor)
    let told = try await programme.tasks()
    for party in order { try await programme.forget(party == .mentor ? programme.mentor : programme.adept) }
    try await programme.harness.advance(to: "2026-09-12")
    #expect(try await programme.tasks() == told)
    await programme.harness.stop()
  }

  @Test func aPlaceThatComesBackTooLateIsLetGoAgain() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.end(.mentor)
    try await programme.answer(.undo, .ended, .mentor)
    try await programme.forget(programme.adept)
    let told = try await programme.tasks()
    try await programme.hear(PlaceReclaimed(mentorship: programme.id, isReclaimed: true))
    #expect(try await programme.item().state == .ended)
    #expect(try await programme.harness.outbox(MentorshipEnded.self).count == 2)
    try await programme.harness.advance(to: "2026-09-10")
    #expect(try await programme.tasks() == told + ["place-taken-1-mentor"])
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

  @Test func aSilentPairStaysSilentWhateverIsAskedNext() async throws {
    let programme = try await Programme.begun()
    for date in ["2026-09-22", "2026-09-29", "2026-10-06", "2026-10-20"] {
      try await programme.harness.advance(to: date)
      if date == "2026-10-06" { #expect(try await programme.needs() == ["not-started-1"]) }
    }
    #expect(try await programme.tasks().last == "check-in-2-adept")
    #expect(try await programme.needs() == ["not-started-1"], "the next check-in is asked, and the reason stands")
    #expect(try await programme.health() == .notStarted)
    try await programme.answer(.notYet, .checkIn, .adept)
    #expect(try await programme.needs() == [], "whoever answers is not silent")
    for date in ["2026-10-27", "2026-11-17", "2026-11-24", "2026-12-01"] {
      try await programme.harness.advance(to: date)
    }
    #expect(try await programme.needs() == ["not-started-2"])
    let task = BoardTaskID(unchecked: "p-one-not-started-2")
    _ = try await programme.harness.command(CloseBoardTask(task: task))
    #expect(try await programme.needs() == [])
    for date in ["2026-12-15", "2026-12-22", "2026-12-29"] { try await programme.harness.advance(to: date) }
    #expect(try await programme.needs() == ["not-started-3"])
    try await programme.harness.advance(to: "2027-01-12")
    _ = try await programme.contact("2026-12-20")
    #expect(try await programme.needs() == [], "they have talked since they were first asked")
    await programme.harness.stop()
  }

  @Test func whoHaveAnsweredDifferentlyDoSoUntilTheyAreHeardOf() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-22")
    try await programme.answer(.metPhone, .firstContactReminder, .adept)
    try await programme.answer(.notYet, .firstContactReminder, .mentor)
    try await programme.harness.advance(to: "2026-10-20")
    #expect(try await programme.tasks().last == "check-in-2-adept")
    #expect(try await programme.needs() == ["disagree-1"])
    #expect(try await programme.health() == .disagree)
    try await programme.answer(.notYet, .checkIn, .adept)
    #expect(try await programme.needs() == ["disagree-1"], "the other has not been heard")
    try await programme.answer(.notYet, .checkIn, .mentor)
    #expect(try await programme.needs() == [])
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

  @Test(arguments: [(MailReason.addressRefused, "mail-bounces-1"), (.mailRefused, "mail-fails-1")])
  func aMailThatDoesNotArriveIsATaskOnce(_ reason: MailReason, _ need: String) async throws {
    let programme = try await Programme.begun()
    for task in ["p-one-welcome-adept", "p-one-check-in-1-adept"] {
      let failed = MailFailed(
        task: TaskID(unchecked: task), member: programme.adept, kind: .welcome, code: Code(unchecked: reason.code))
      #expect(try await programme.harness.deliver(failed, from: .notification).kind == .done)
    }
    #expect(try await programme.needs() == [need])
    let corrected = AddressCorrected(member: programme.adept)
    #expect(try await programme.harness.deliver(corrected, from: .notification).kind == .done)
    // A mail that failed for another reason has failed all the same.
    #expect(try await programme.needs() == (reason == .addressRefused ? [] : [need]))
    await programme.harness.stop()
  }

  @Test func anAddressIsOfNoAccountOnceItIsOver() async throws {
    let programme = try await Programme.begun()
    let failed = MailFailed(
      task: TaskID(unchecked: "p-one-welcome-adept"), member: programme.adept, kind: .welcome,
      code: Code(unchecked: MailReason.addressRefused.code))
    try await programme.harness.deliver(failed, from: .notification)
    #expect(try await programme.needs() == ["mail-bounces-1"])
    _ = try await programme.end(.mentor)
    #expect(try await programme.needs() == [])
    try await programme.harness.deliver(failed, from: .notification)
    #expect(try await programme.needs() == [])
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

  @Test func meetingsThatAreNotAgreedAnyMoreAreCancelled() async throws {
    let programme = try await Programme.begun()
    func agree(_ meetings: Int) async throws -> [CalendarEvent] {
      _ = try await programme.harness.command(
        RecordAgreement(
          mentorship: programme.id, topics: Bounded([.network]), direction: nil,
          everyWeeks: CadenceWeeks(unchecked: 4), form: .video, meetings: Meetings(unchecked: meetings)))
      return try await programme.harness.outbox(TellMember.self).last?.events?.elements ?? []
    }
    #expect(try await agree(4).count { $0.what == .meeting && !$0.isCancelled } == 4)
    let fewer = try await agree(1)
    #expect(fewer.filter(\.isCancelled).map { $0.uid.rawValue } == (2...4).map { "p-one-meeting-\($0)" })
    #expect(fewer.count { $0.what == .meeting && !$0.isCancelled } == 1)
    #expect(try await !agree(1).contains(where: \.isCancelled), "they are told once")
    _ = try await programme.end(.mentor)
    let told = try await programme.harness.outbox(TellMember.self).last?.events?.elements ?? []
    #expect(told.allSatisfy(\.isCancelled) && told.count { $0.what == .meeting } == 1)
    try await programme.harness.advance(to: "2026-09-10")
    let other = try await programme.harness.outbox(TellMember.self).first { $0.task.rawValue == "p-one-ended-1-adept" }
    #expect(other?.events?.elements.map(\.uid) == told.map(\.uid), "the other's calendar is cleared too")
    await programme.harness.stop()
  }

  @Test func anEndThatIsPutOffStandsInTheCalendarAndIsClosedAnew() async throws {
    let programme = try await Programme.begun(months: 5)
    _ = try await programme.agree(everyWeeks: 4)
    try await programme.harness.advance(to: "2027-01-08")
    #expect(try await programme.item().state == .closing)
    _ = try await programme.harness.command(SuspendMentorship(mentorship: programme.id))
    _ = try await programme.harness.command(ResumeMentorship(mentorship: programme.id, extendBy: Months(unchecked: 3)))
    #expect(try await programme.item().state == .agreed)
    let resumed = try #require(try await programme.harness.outbox(TellMember.self).last)
    #expect(resumed.kind == .resumed && resumed.day == day("2027-05-08"))
    let moved = resumed.events?.elements.filter { [.closingTalk, .end].contains($0.what) && !$0.isCancelled } ?? []
    #expect(moved.map(\.day) == [day("2027-04-08"), day("2027-05-08")])
    try await programme.harness.advance(to: "2027-02-05")
    #expect(try await programme.tasks().last == "check-in-2-adept", "it is asked again")
    try await programme.harness.advance(to: "2027-04-08")
    #expect(try await programme.tasks().suffix(2) == both("closing-3")[...])
    try await programme.harness.advance(to: "2027-05-08")
    #expect(try await programme.item().state == .completed)
    await programme.harness.stop()
  }
}
