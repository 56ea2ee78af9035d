import Contracts
import Testing

@testable import FollowUpService

@Suite struct FollowUpReportTests {
  @Test func theYearInFigures() async throws {
    let programme = try await Programme.invited()
    try await programme.activate("2026-09-07")
    _ = try await programme.harness.advance(to: "2026-09-20")
    _ = try await programme.contact("2026-09-10", .inPerson)
    _ = try await programme.contact("2026-09-20")
    for date in ["2026-10-07", "2026-10-18", "2026-10-25", "2026-11-01", "2026-11-10"] {
      try await programme.harness.advance(to: date)
    }
    try await programme.answer(.rating4, .survey, .adept)
    _ = try await programme.contact("2026-11-10")
    let year = GetYearReport(from: day("2026-09-01"), to: day("2027-08-31"))
    let report = try await programme.harness.ask(year)
    #expect([report.pairs, report.begun, report.completed, report.endedEarly].map(\.rawValue) == [1, 1, 0, 0])
    #expect([report.contacts, report.meetings].map(\.rawValue) == [3, 1])
    #expect(report.daysToMatch?.rawValue == 6 && report.daysToFirstContact?.rawValue == 3)
    #expect(report.months.elements.map(\.contacts.rawValue) == [2, 1])
    #expect(report.surveys.elements == [.init(moment: .start, answers: Count(1), mean: nil)])
    #expect(
      report.boardWork.elements == [.init(kind: .silent, opened: Count(1), closed: Count(1), escalated: Count(1))])
    _ = try await programme.end(.mentor)
    #expect(try await programme.harness.ask(year).endedEarly.rawValue == 1)
    let later = try await programme.harness.ask(GetYearReport(from: day("2027-09-01"), to: day("2028-08-31")))
    #expect(later.pairs.rawValue == 0 && later.begun.rawValue == 0)
    await programme.harness.stop()
  }

  /// Whatever times are asked for on whatever days, no two means differ by one answer.
  @Test func aMeanIsToldOfWholeYearsThatAreOver() async throws {
    let programme = try await Programme.begun()
    func keep(_ ratings: [Int], _ month: String) async throws {
      try await programme.harness.worker.store.database.write { db in
        for (number, rating) in ratings.enumerated() {
          try Surveys(db: db).keep(
            rating, .end, by: .adept, of: MentorshipID(unchecked: "p-\(number)-\(month)"),
            day: day("\(month)-0\(number + 1)"))
        }
      }
    }
    func means(_ from: String, _ to: String) async throws -> [Int?] {
      try await programme.harness.ask(GetYearReport(from: day(from), to: day(to))).surveys.elements
        .map { $0.mean?.rawValue }
    }
    try await keep([5, 4, 4, 3, 5], "2026-12")
    #expect(try await means("2026-01-01", "2026-12-31") == [nil], "one more may come")
    try await programme.harness.advance(to: "2027-01-01")
    #expect(try await means("2026-01-01", "2026-12-31") == [400], "4.2, to the half")
    #expect(try await means("2026-01-01", "2026-12-04") == [nil])
    #expect(try await means("2026-01-02", "2026-12-31") == [nil])
    try await keep([1, 1, 1, 1], "2027-03")
    try await programme.harness.advance(to: "2028-01-01")
    #expect(try await means("2027-01-01", "2027-12-31") == [nil], "too few")
    #expect(try await means("2026-01-01", "2027-12-31") == [300], "two whole years, nine answers")
    // What is answered anew belongs to its first day, so that a year that is over has no answer less.
    try await programme.harness.worker.store.database.write { db in
      try Surveys(db: db).keep(4, .end, by: .adept, of: MentorshipID(unchecked: "p-0-2026-12"), day: day("2027-02-01"))
    }
    #expect(try await means("2026-01-01", "2026-12-31") == [400])
    await programme.harness.stop()
  }

  @Test func aTimeThatEndsBeforeItBeginsIsRefused() async throws {
    let programme = try await Programme.begun()
    let query = GetYearReport(from: day("2027-12-01"), to: day("2026-01-01"))
    #expect(
      await programme.refusal { _ = try await programme.harness.ask(query) } == "report/ends-before-it-begins")
    await programme.harness.stop()
  }
}
