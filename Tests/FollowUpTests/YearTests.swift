import Contracts
import Foundation
import GRDB
import Testing

@testable import FollowUpService

@Suite struct YearTests {
  /// The year of a pair that began on 2026-09-08 and is never heard of: day and what both are told.
  static let silentYear: [(day: String, task: String)] = [
    ("2026-09-08", "welcome"),
    ("2026-09-22", "first-contact-reminder-1"), ("2026-09-29", "contact-reminder-1"),
    ("2026-10-20", "check-in-2"), ("2026-10-27", "contact-reminder-2"),
    ("2026-11-17", "check-in-3"), ("2026-11-24", "contact-reminder-3"),
    ("2026-12-15", "check-in-4"), ("2026-12-22", "contact-reminder-4"),
    ("2027-01-12", "check-in-5"), ("2027-01-19", "contact-reminder-5"),
    ("2027-02-09", "check-in-6"), ("2027-02-16", "contact-reminder-6"),
    ("2027-03-08", "half-way"),
    ("2027-03-09", "check-in-7"), ("2027-03-16", "contact-reminder-7"),
    ("2027-04-06", "check-in-8"), ("2027-04-13", "contact-reminder-8"),
    ("2027-05-04", "check-in-9"), ("2027-05-11", "contact-reminder-9"),
    ("2027-06-01", "check-in-10"), ("2027-06-08", "contact-reminder-10"),
    ("2027-06-29", "check-in-11"),
    ("2027-08-03", "contact-reminder-11"),
    ("2027-08-08", "closing"),
    ("2027-09-08", "completed"),
  ]

  @Test func dayByDay() async throws {
    let programme = try await Programme.begun()
    var told: [String] = []
    var seen = 0
    var today = day("2026-09-08")
    while today <= day("2027-10-01") {
      try await programme.harness.advance(to: today.text)
      let tasks = try await programme.tasks()
      told += tasks.dropFirst(seen).map { "\(today.text) \($0)" }
      seen = tasks.count
      today = today.adding(days: 1)
    }
    #expect(told == Self.silentYear.flatMap { step in both(step.task).map { "\(step.day) \($0)" } })
    let tasks = try await programme.tasks()
    #expect(Set(tasks).count == tasks.count)
    #expect(try await programme.item().state == .completed)
    #expect(try await programme.item().reminders.rawValue == 11)
    #expect(try await programme.harness.outbox(MentorshipCompleted.self).map(\.mentorship) == [programme.id])
    #expect(try await programme.planned() == 0)
    await programme.harness.stop()
  }

  @Test func aStartInJulyIsLeftInPeaceUntilAugust() async throws {
    let programme = try await Programme.begun(on: "2027-06-24")
    _ = try await programme.agree(everyWeeks: 8)
    let told = try await programme.tasks()
    try await programme.harness.advance(to: "2027-07-31")
    #expect(try await programme.tasks() == told)
    try await programme.harness.advance(to: "2027-08-12")
    #expect(try await programme.tasks() == told + both("survey-start"))
    await programme.harness.stop()
  }

  @Test func whoHasTalkedGetsACertificate() async throws {
    for hasTalked in [true, false] {
      let programme = try await Programme.begun(months: 5)
      if hasTalked { _ = try await programme.contact("2026-09-08") }
      try await programme.harness.advance(to: "2027-02-08")
      let told = try await programme.harness.outbox(TellMember.self).filter { $0.kind == .completed }
      let expected = Certificate(starts: day("2026-09-08"), ends: day("2027-02-08"), months: Count(5))
      #expect(told.map(\.certificate) == Array(repeating: hasTalked ? expected : nil, count: 2))
      await programme.harness.stop()
    }
  }

  @Test func aCalendarThatJumpsAYearTellsTheEndAlone() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2028-09-08")
    #expect(try await programme.tasks() == both("welcome") + both("completed"))
    #expect(try await programme.harness.outbox(MentorshipCompleted.self).count == 1)
    try await programme.harness.advance(to: "2029-09-08")
    #expect(try await programme.tasks().count == 4)
    await programme.harness.stop()
  }

  @Test func aCalendarThatJumpsSomeMonthsAsksOnce() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2027-02-01")
    #expect(try await programme.tasks() == both("welcome") + both("first-contact-reminder-1"))
    try await programme.harness.advance(to: "2027-06-01")
    #expect(
      try await programme.tasks().dropFirst(4) == (both("half-way") + both("check-in-2"))[...])
    await programme.harness.stop()
  }

  @Test func everyTaskExpires() async throws {
    let programme = try await Programme.invited()
    try await programme.activate("2026-09-03")
    try await programme.harness.advance(to: "2028-01-01")
    let unlimited = try await programme.harness.read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM outbox
          WHERE destination = 'notification' AND expires_at IS NULL AND type <> 'followup.withdraw-tasks.v1'
          """)
    }
    #expect(unlimited == 0, "all but what takes others back, which may wait longer than they do")
    await programme.harness.stop()
  }

  @Test func contactsPutTheCheckInOff() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-20")
    #expect(try await programme.contact("2026-09-18") == .started)
    try await programme.harness.advance(to: "2026-10-15")
    #expect(try await programme.tasks() == both("welcome") + both("survey-start"))
    try await programme.harness.advance(to: "2026-10-16")
    #expect(try await programme.tasks() == both("welcome") + both("survey-start") + both("check-in-1"))
    #expect(try await programme.item().latestContact == day("2026-09-18"))
    await programme.harness.stop()
  }

  @Test func theAgreementSetsTheRhythm() async throws {
    let programme = try await Programme.begun()
    #expect(try await programme.agree(everyWeeks: 8) == .agreed)
    let first = both("welcome") + both("agreement-confirmed-1") + both("survey-start")
    try await programme.harness.advance(to: "2026-11-02")
    #expect(try await programme.tasks() == first)
    #expect(try await programme.agree(everyWeeks: 1) == .agreed)
    try await programme.harness.advance(to: "2026-11-09")
    #expect(try await programme.tasks() == first + both("agreement-confirmed-2") + both("check-in-1"))
    await programme.harness.stop()
  }

  @Test func aMonthHasNoHalfWayAndNoClosing() async throws {
    let programme = try await Programme.begun(months: 1)
    for date in ["2026-09-22", "2026-09-29", "2026-10-08", "2027-01-01"] {
      try await programme.harness.advance(to: date)
    }
    #expect(
      try await programme.tasks() == both("welcome") + both("first-contact-reminder-1") + both("contact-reminder-1")
        + both("completed"))
    await programme.harness.stop()
  }
}

/// Every day of nine years as a start: what the calendar does, without a store.
@Suite struct EveryStartTests {
  @Test func everyYearEndsToTheDayAndRestsWhereItShould() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    var start = day("2024-01-01")
    let pair = Pair(mentor: MemberID(unchecked: "m-anna"), adept: MemberID(unchecked: "m-bo"))
    while start <= day("2032-12-31") {
      var mentorship = Mentorship(
        id: MentorshipID(unchecked: "p-one"), pair: pair,
        year: MentorshipYear(starts: start, months: Months(unchecked: 12)))
      var today = start
      var taken: [(MentorshipStep, Day)] = []
      while let (step, day) = MentorshipStep.next(of: mentorship) {
        guard day >= today, taken.count < 60 else {
          Issue.record("\(start.text): \(step) on \(day.text) after \(today.text)")
          return
        }
        today = day
        mentorship = mentorship.taking(step, on: day)
        taken.append((step, day))
        if [.checkIn, .firstContact, .startSurvey, .reminder, .halfWay].contains(step) {
          #expect(day.month != 7 && !Holidays.contains(day), "\(start.text): \(step) on \(day.text)")
        }
      }
      let date = calendar.date(from: DateComponents(year: start.year, month: start.month, day: start.day))!
      let end = calendar.dateComponents(
        [.year, .month, .day], from: calendar.date(byAdding: .year, value: 1, to: date)!)
      #expect(taken.last?.0 == .completion && taken.last?.1 == Day(end.year!, end.month!, end.day!))
      let closing = taken.first { $0.0 == .closing }?.1
      #expect(closing.map { $0 >= start.adding(months: 11) && $0 < today } ?? false, "\(start.text)")
      #expect(taken.count { $0.0 == .halfWay } == 1 || start.adding(months: 6).month == 7, "\(start.text)")
      #expect((10...13).contains(taken.count { $0.0 == .checkIn }), "\(start.text)")
      start = start.adding(days: 1)
    }
  }
}
