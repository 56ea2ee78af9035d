import Contracts
import Foundation
import Messaging
import TestSupport
import Testing
import Texts

@testable import NotificationService

/// Reminders that go in one mail: whatever becomes of one of them, the others are told.
@Suite struct SharedMailTests {
  typealias Bench = ChannelTests.Bench
  static let asa = NotificationTests.asa
  static let cia = AddressChanged(
    member: MemberID(unchecked: "m-cia"), name: PersonName(unchecked: "Cia Åkesson"),
    email: EmailAddress(unchecked: "cia@example.org"), language: .sv)
  /// Of three pairs, and what each says.
  static let reminders: [(id: String, kind: TellMember.Kind, subject: String)] = [
    ("first", .contactReminder, "Dags för ett samtal?"), ("second", .halfWay, "Halvvägs i ert mentorskap"),
    ("third", .closing, "Ert mentorskap närmar sig slutet"),
  ]

  /// Three reminders to one person that wait for each other; the second is about somebody else.
  private func start(_ ports: [MailServer.Port] = [.init()]) async throws -> Bench {
    let bench = try await Bench(.smtp, ports) { $0.digestWindow = .seconds(3600) }
    try await bench.harness.deliver(Self.cia, from: .membership)
    for (number, reminder) in Self.reminders.enumerated() {
      let task = TellMember(
        task: TaskID(unchecked: reminder.id), kind: reminder.kind, to: Self.asa.member,
        about: number == 1 ? Self.cia.member : NotificationTests.bo.member, party: .mentor,
        mentorship: MentorshipID(unchecked: "p-\(number)"), day: Day(2026, 11, 24))
      #expect(try await bench.harness.deliver(task, from: .followup).kind == .done)
    }
    return bench
  }

  private func withdraw(_ bench: Bench, _ id: String) async throws {
    try await bench.harness.deliver(WithdrawTasks(tasks: Bounded([TaskID(unchecked: id)])), from: .followup)
  }

  /// What the reader has been told, by the ids of the reminders: what stands in a mail that was sent.
  private func told(_ bench: Bench) async throws -> Set<String> {
    var told: Set<String> = []
    for id in try bench.arrived() {
      let task = id.dropFirst().split(separator: "@")[0]
      let mail = try await bench.mail(String(task))
      let text = mail.mail.subject.rawValue + (mail.text?.rawValue ?? "")
      told.formUnion(Self.reminders.filter { text.contains($0.subject) }.map(\.id))
    }
    return told
  }

  private func sent(_ bench: Bench) async throws -> Set<String> {
    Set(try await bench.harness.ask(ListMails(state: .sent)).mails.elements.map(\.task.rawValue))
  }

  @Test func `a shared mail that failed is sent anew with all that it said`() async throws {
    let bench = try await start([.init("recipient", "550", times: 1)])
    try await bench.harness.advance(to: "2026-09-02")
    #expect(try await bench.states() == [.failed, .failed, .failed])
    var asa = Self.asa
    asa.email = EmailAddress(unchecked: "ny@example.se")
    try await bench.harness.deliver(asa, from: .membership)
    _ = try await bench.harness.command(RetryMail(task: TaskID(unchecked: "first")))
    try await bench.rest()
    #expect(try await told(bench) == ["first", "second", "third"])
    #expect(try await sent(bench) == ["first", "second", "third"])
    #expect(try bench.server!.taken().allSatisfy { $0.to == ["ny@example.se"] })
    await bench.harness.stop()
  }

  @Test(arguments: ["first", "third"])
  func `what is withdrawn from a shared mail leaves the others`(id: String) async throws {
    let bench = try await start([.init("recipient", "451", times: 1)])
    try await bench.harness.advance(to: "2026-09-02")
    #expect(try await bench.mail("first").carries.rawValue == 2)
    #expect(try await bench.mail("first").mail.state == .retrying)
    try await withdraw(bench, id)
    try await bench.harness.advance(to: "2026-09-03")
    let others = Set(Self.reminders.map(\.id)).subtracting([id])
    #expect(try await told(bench) == others)
    #expect(try await sent(bench) == others)
    #expect(try await bench.mail(id).mail.reason?.rawValue == MailReason.withdrawn.code)
    #expect(try bench.arrived().count == 1)
    await bench.harness.stop()
  }

  @Test func `what may have arrived is not taken apart`() async throws {
    let bench = try await start([.init("content", "take-and-drop", times: 1)])
    try await bench.harness.advance(to: "2026-09-02")
    try await withdraw(bench, "first")
    try await bench.harness.advance(to: "2026-09-03")
    let taken = try bench.server!.taken()
    #expect(taken.map(\.id) == [ChannelTests.id("first"), ChannelTests.id("first")])
    #expect(Set(taken.map(\.sha256)).count == 1)
    await bench.harness.stop()
  }

  @Test func `what somebody has declined meanwhile is left out of a shared mail`() async throws {
    let bench = try await start()
    _ = try await bench.harness.command(
      SetMailPreference(member: Self.asa.member, kind: .halfWay, isDeclined: true))
    try await bench.harness.advance(to: "2026-09-02")
    #expect(try await told(bench) == ["first", "third"])
    #expect(try await bench.mail("second").mail.reason?.rawValue == MailReason.optedOut.code)
    await bench.harness.stop()
  }

  /// The second is about somebody who is erased while the mail waits for its next attempt.
  @Test func `an erasure takes from a shared mail what named the erased`() async throws {
    let bench = try await start([.init("recipient", "451", times: 1)])
    try await bench.harness.advance(to: "2026-09-02")
    #expect(try await bench.harness.deliver(RetryTests.forget(Self.cia), from: .membership).kind == .done)
    try await bench.harness.advance(to: "2026-09-03")
    #expect(try await told(bench) == ["first", "third"])
    #expect(try await sent(bench) == ["first", "third"])
    #expect(try await bench.mail("second").mail.reason?.rawValue == MailReason.erased.code)
    await bench.harness.stop()
  }

  /// The first, with whose id the mail goes, is about somebody who is erased.
  @Test func `an erasure of whom the first is about leaves the others`() async throws {
    let bench = try await start([.init("recipient", "451", times: 1)])
    try await bench.harness.advance(to: "2026-09-02")
    #expect(try await bench.harness.deliver(RetryTests.forget(NotificationTests.bo), from: .membership).kind == .done)
    try await bench.harness.advance(to: "2026-09-03")
    #expect(try await told(bench) == ["second"])
    #expect(try await sent(bench) == ["second"])
    #expect(try await bench.harness.status { _ in true }.due.rawValue == 0)
    let waiting = try await bench.harness.ask(ListMails(state: .retrying)).mails.elements
    #expect(waiting.isEmpty)
    await bench.harness.stop()
  }
}
