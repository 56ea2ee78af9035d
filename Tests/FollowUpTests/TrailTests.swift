import Contracts
import Messaging
import TestSupport
import Testing

@testable import FollowUpService

/// Who reads of people, and what was tried and refused, is in the audit trail.
@Suite struct TrailTests {
  private let pair = MentorshipID(unchecked: "p-12345678")

  @Test func everyReadingAndEveryRefusedAttemptIsThere() async throws {
    let folder = try TemporaryFolder()
    let viewer = try await ServiceHarness(
      .followup, folder: folder, principal: Principal(id: "vera", role: .viewer), FollowUp.service)
    try await viewer.deliver(
      MatchActivated(
        match: MatchID(unchecked: pair.rawValue), mentor: MemberID(unchecked: "m-00000001"),
        adept: MemberID(unchecked: "m-00000002"), starts: Day(text: "2026-09-01")!, months: Months(unchecked: 12)),
      from: .matching)
    let end = EndMentorship(mentorship: pair, by: .board)
    #expect(try await refusal { _ = try await viewer.command(end) } == "request/not-permitted")
    _ = try await viewer.ask(ListMentorships())
    _ = try await viewer.ask(GetMentorship(mentorship: pair))
    _ = try await viewer.ask(ListBoardTasks())
    _ = try await viewer.ask(GetProgrammeReport())
    _ = try await viewer.ask(GetYearReport(from: Day(text: "2026-01-01")!, to: Day(text: "2026-12-31")!))
    await viewer.stop()
    let chair = try await ServiceHarness(.followup, folder: folder, FollowUp.service)
    let other = EndMentorship(mentorship: MentorshipID(unchecked: "p-two"), by: .board)
    #expect(try await refusal { _ = try await chair.command(other) } == "mentorship/unknown")
    let trail = try await chair.ask(ListAudit()).entries.elements.map {
      "\($0.principal.rawValue) \($0.message.rawValue) \($0.subject?.rawValue ?? "–") \($0.outcome.rawValue)"
    }
    #expect(
      trail == [
        "vera \(EndMentorship.type) – request/not-permitted",
        "vera \(ListMentorships.type) – read",
        "vera \(GetMentorship.type) m-00000001 read", "vera \(GetMentorship.type) m-00000002 read",
        "vera \(ListBoardTasks.type) – read", "vera \(GetProgrammeReport.type) – read",
        "vera \(GetYearReport.type) – read",
        "karin \(EndMentorship.type) – mentorship/unknown",
      ])
    #expect(try await chair.ask(VerifyAudit()).broken == nil)
    // Each query of the service is among them, so that a new one is thought of.
    let queries = Permissions.rules.filter { $0.service == .followup && !$0.isCommand }.map { $0.request.type }
    for query in queries { #expect(trail.contains { $0.contains(" \(query) ") }, "\(query)") }
    await chair.stop()
  }

  private func refusal(_ work: () async throws -> Void) async throws -> String? {
    do {
      try await work()
      return nil
    } catch let problem as Problem { return problem.code }
  }
}
