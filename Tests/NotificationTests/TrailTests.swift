import Contracts
import Messaging
import TestSupport
import Testing

@testable import NotificationService

/// Who reads of people, and what was tried and refused, is in the audit trail.
@Suite struct TrailTests {
  private static func change(_ change: AddressChanged, _ id: String) -> AddressChanged {
    AddressChanged(member: MemberID(unchecked: id), name: change.name, email: change.email, language: change.language)
  }
  private let asa = change(NotificationTests.asa, "m-00000001")
  private let bo = change(NotificationTests.bo, "m-00000002")

  @Test func `every reading and every refused attempt is there`() async throws {
    let folder = try TemporaryFolder()
    func start(_ principal: Principal) async throws -> ServiceHarness {
      try await ServiceHarness(.notification, folder: folder, principal: principal) {
        try NotificationService.Notification.service($0)
      }
    }
    let viewer = try await start(Principal(id: "vera", role: .viewer))
    for change in [asa, bo] { try await viewer.deliver(change, from: .membership) }
    let task = TellMember(
      task: TaskID(unchecked: "one"), kind: .welcome, to: asa.member,
      about: bo.member, party: .mentor, mentorship: MentorshipID(unchecked: "p-1"),
      day: Day(2026, 11, 24))
    try await viewer.deliver(task, from: .followup)
    _ = try await viewer.status { $0.due.rawValue == 0 }
    #expect(try await refusal { _ = try await viewer.ask(GetMail(task: task.task)) } != nil)
    #expect(try await refusal { _ = try await viewer.command(DiscardMail(task: task.task)) } != nil)
    _ = try await viewer.ask(ListMails(to: asa.member))
    // Somebody types a name for an id: the trail holds none.
    _ = try await viewer.ask(ListMails(to: MemberID(unchecked: "asa-oberg")))
    _ = try await viewer.ask(GetMailReport())
    // It counts, and tells of nobody.
    _ = try await viewer.ask(GetMailDelivery())
    await viewer.stop()
    let chair = try await start(Principal(id: "karin", role: .chair))
    _ = try await chair.ask(GetMail(task: task.task))
    _ = try await chair.ask(
      PreviewMail(kind: .welcome, to: asa.member, about: bo.member, party: .mentor))
    #expect(try await refusal { _ = try await chair.command(RetryMail(task: TaskID(unchecked: "none"))) } != nil)
    let trail = try await chair.ask(ListAudit()).entries.elements.map {
      "\($0.principal.rawValue) \($0.message.rawValue) \($0.subject?.rawValue ?? "–") \($0.outcome.rawValue)"
    }
    #expect(
      trail == [
        "vera \(GetMail.type) – request/not-permitted", "vera \(DiscardMail.type) – request/not-permitted",
        "vera \(ListMails.type) m-00000001 read", "vera \(ListMails.type) – read", "vera \(GetMailReport.type) – read",
        "karin \(GetMail.type) m-00000001 read", "karin \(PreviewMail.type) m-00000001 read",
        "karin \(PreviewMail.type) m-00000002 read",
        "karin \(RetryMail.type) – mail/unknown",
      ])
    #expect(try await chair.ask(VerifyAudit()).broken == nil)
    // Each query of the service is among them, so that a new one is thought of.
    let queries = Permissions.rules.filter { $0.service == .notification && !$0.isCommand }.map { $0.request.type }
    for query in queries where query != GetMailDelivery.type {
      #expect(trail.contains { $0.contains(" \(query) ") }, "\(query)")
    }
    await chair.stop()
  }

  private func refusal(_ work: () async throws -> Void) async throws -> String? {
    do {
      try await work()
      return nil
    } catch let problem as Problem { return problem.code }
  }
}
