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

  @Test func fiveAnswersAreTold() async throws {
    let programme = try await Programme.begun()
    try await programme.harness.worker.store.database.write { db in
      for (number, rating) in [5, 4, 4, 3, 5].enumerated() {
        try Surveys(db: db).keep(
          rating, .end, by: .adept, of: MentorshipID(unchecked: "p-\(number)-x"), day: day("2027-01-0\(number + 1)"))
      }
    }
    let report = try await programme.harness.ask(GetYearReport(from: day("2026-09-01"), to: day("2027-08-31")))
    #expect(report.surveys.elements == [.init(moment: .end, answers: Count(5), mean: Count(420))])
    await programme.harness.stop()
  }
}
