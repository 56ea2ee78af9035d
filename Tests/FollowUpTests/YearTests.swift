import Contracts
import Foundation
import GRDB
import Testing

@testable import FollowUpService

@Suite struct YearTests {
  /// The year of a pair that began on 2026-09-08 and is never heard of: day and what both are told.
  static let silentYear: [(day: String, task: String)] = [
    ("2026-09-08", "welcome"),
    ("2026-09-22", "first-contact-reminder"),
    ("2026-10-13", "contact-reminder-2026-10-13"),
    ("2026-11-17", "contact-reminder-2026-11-17"),
    ("2026-12-22", "contact-reminder-2026-12-22"),
    ("2027-01-26", "contact-reminder-2027-01-26"),
    ("2027-03-02", "contact-reminder-2027-03-02"),
    ("2027-03-08", "half-way"),
    ("2027-04-06", "contact-reminder-2027-04-06"),
    ("2027-05-11", "contact-reminder-2027-05-11"),
    ("2027-06-15", "contact-reminder-2027-06-15"),
    ("2027-08-01", "contact-reminder-2027-08-01"),
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
    #expect(try await programme.item().reminders.rawValue == 9)
    #expect(try await programme.harness.outbox(MentorshipCompleted.self).map(\.mentorship) == [programme.id])
    #expect(try await programme.planned() == 0)
    await programme.harness.stop()
  }

  @Test func aCalendarThatJumpsDoesEachThingOnceAndInOrder() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2028-09-08")
    #expect(try await programme.tasks() == Self.silentYear.flatMap { both($0.task) })
    #expect(try await programme.harness.outbox(MentorshipCompleted.self).count == 1)
    try await programme.harness.advance(to: "2029-09-08")
    #expect(try await programme.tasks().count == 2 * Self.silentYear.count)
    await programme.harness.stop()
  }

  @Test func everyTaskExpires() async throws {
    let programme = try await Programme.invited()
    try await programme.activate("2026-09-03")
    try await programme.harness.advance(to: "2028-01-01")
    let unlimited = try await programme.harness.read { db in
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM outbox WHERE type = ? AND expires_at IS NULL", arguments: [TellMember.type])
    }
    #expect(unlimited == 0)
    await programme.harness.stop()
  }

  @Test func contactsPutTheReminderOff() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-09-20")
    #expect(try await programme.contact("2026-09-18") == .started)
    try await programme.harness.advance(to: "2026-10-22")
    #expect(try await programme.tasks() == both("welcome"))
    try await programme.harness.advance(to: "2026-10-23")
    #expect(try await programme.tasks() == both("welcome") + both("contact-reminder-2026-10-23"))
    #expect(try await programme.item().latestContact == day("2026-09-18"))
    await programme.harness.stop()
  }

  @Test func theAgreementSetsTheRhythm() async throws {
    let programme = try await Programme.begun()
    #expect(try await programme.agree(everyWeeks: 8) == .agreed)
    try await programme.harness.advance(to: "2026-11-09")
    #expect(try await programme.tasks() == both("welcome"))
    #expect(try await programme.agree(everyWeeks: 1) == .agreed)
    try await programme.harness.advance(to: "2026-11-30")
    #expect(try await programme.tasks() == both("welcome") + both("contact-reminder-2026-11-23"))
    await programme.harness.stop()
  }

  @Test func twoStepsOfOneDayAreBothTaken() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2027-02-01")
    _ = try await programme.contact("2027-02-01")
    let before = try await programme.tasks()
    try await programme.harness.advance(to: "2027-03-08")
    #expect(
      try await programme.tasks().dropFirst(before.count)
        == (both("half-way") + both("contact-reminder-2027-03-08"))[...])
    try await programme.harness.advance(to: "2027-10-01")
    #expect(try await programme.item().state == .completed)
    await programme.harness.stop()
  }

  @Test func aMonthHasNoHalfWayAndNoClosing() async throws {
    let programme = try await Programme.begun(months: 1)
    try await programme.harness.advance(to: "2027-01-01")
    #expect(
      try await programme.tasks() == both("welcome") + both("first-contact-reminder") + both("completed"))
    await programme.harness.stop()
  }

  @Test func anEarlyEndStopsEverything() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.advance(to: "2026-12-01")
    let before = try await programme.tasks()
    #expect(try await programme.end(reason: "Passade inte.") == .ended)
    try await programme.harness.advance(to: "2028-12-01")
    #expect(try await programme.tasks().dropFirst(before.count) == both("ended")[...])
    #expect(try await programme.harness.outbox(MentorshipEnded.self).map(\.mentorship) == [programme.id])
    #expect(try await programme.harness.outbox(MentorshipCompleted.self).isEmpty)
    #expect(try await programme.planned() == 0)
    let bodies = try await programme.harness.read { try Data.fetchAll($0, sql: "SELECT body FROM outbox") }
    #expect(!bodies.contains { String(decoding: $0, as: UTF8.self).contains("Passade") })
    await programme.harness.stop()
  }
}
