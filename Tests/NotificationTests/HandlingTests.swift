import Contracts
import Messaging
import TestSupport
import Testing

@testable import NotificationService

/// What the board may see of other people's mails.
@Suite struct HandlingTests {
  private static func task(_ id: String, to: AddressChanged, about: AddressChanged) -> TellMember {
    TellMember(
      task: TaskID(unchecked: id), kind: .checkIn, to: to.member, about: about.member, party: .mentor,
      mentorship: MentorshipID(unchecked: "p-1"),
      choices: Bounded([Choice(answer: .metVideo, token: .example), Choice(answer: .wantToEnd, token: .example)]))
  }

  private func start(_ principal: Principal) async throws -> ServiceHarness {
    let harness = try await ServiceHarness(.notification, principal: principal) {
      try NotificationService.Notification.service($0)
    }
    for change in [NotificationTests.asa, NotificationTests.bo] { try await harness.deliver(change, from: .membership) }
    try await harness.deliver(
      Self.task("one", to: NotificationTests.asa, about: NotificationTests.bo), from: .followup)
    try await harness.deliver(
      Self.task("two", to: NotificationTests.bo, about: NotificationTests.asa), from: .followup)
    _ = try await harness.status { $0.due.rawValue == 0 }
    return harness
  }

  @Test func `the board reads what a mail offers, and not the links that answer`() async throws {
    let harness = try await start(Principal(id: "karin", role: .chair))
    let mail = try await harness.ask(GetMail(task: TaskID(unchecked: "one")))
    #expect(mail.text?.rawValue.contains("Jag vill avsluta") == true)
    #expect(mail.text?.rawValue.contains(AnswerToken.example.rawValue) == false)
    let held = try await harness.ask(GetPersonalData(member: NotificationTests.asa.member))
    #expect(held.entries.elements.contains { $0.table.rawValue == "mail" })
    #expect(!held.entries.elements.contains { $0.json.rawValue.contains(AnswerToken.example.rawValue) })
    await harness.stop()
  }

  @Test func `a dead letter shows no link either`() async throws {
    let harness = try await start(Principal(id: "karin", role: .chair))
    var task = Self.task("three", to: NotificationTests.asa, about: NotificationTests.bo)
    task.party = nil
    #expect(try await harness.deliver(task, from: .followup).kind == .dead)
    let letter = try await harness.ask(GetDeadLetter(box: .received, number: Number(unchecked: 1)))
    #expect(letter.body.rawValue.contains("met-video"))
    #expect(!letter.body.rawValue.contains(AnswerToken.example.rawValue))
    await harness.stop()
  }

  @Test func `nobody handles the mails of their own pair`() async throws {
    let harness = try await start(Principal(id: "asa", role: .chair, memberID: "m-asa"))
    for id in ["one", "two"].map(TaskID.init(unchecked:)) {
      func code(_ body: () async throws -> Void) async -> String? {
        await #expect(throws: Problem.self) { try await body() }?.code
      }
      #expect(await code { _ = try await harness.ask(GetMail(task: id)) } == "mail/own-pair")
      #expect(await code { _ = try await harness.command(RetryMail(task: id)) } == "mail/own-pair")
      #expect(await code { _ = try await harness.command(DiscardMail(task: id)) } == "mail/own-pair")
    }
    #expect(try await harness.ask(ListMails()).mails.elements.map(\.task.rawValue) == ["one"])
    await harness.stop()
  }
}
