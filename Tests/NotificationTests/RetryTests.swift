import Contracts
import Foundation
import GRDB
import Messaging
import ServiceRuntime
import Store
import TestSupport
import Testing
import Texts

@testable import NotificationService

/// Mails that are sent after all: as they were where they may have arrived, else as they would be written today.
@Suite struct RetryTests {
  typealias Bench = ChannelTests.Bench
  static let asa = NotificationTests.asa

  private func retry(_ bench: Bench, _ id: String) async throws {
    _ = try await bench.harness.command(RetryMail(task: TaskID(unchecked: id)))
    try await bench.rest()
  }

  private func written(_ bench: Bench, _ id: String) async throws -> ParsedMail {
    try ParsedMail.read(
      try await bench.harness.read {
        try Data.fetchOne($0, sql: "SELECT bytes FROM mail WHERE task = ?", arguments: [id])!
      })
  }

  static func notice(_ id: String) -> TellBoard {
    TellBoard(
      task: TaskID(unchecked: id), kind: .notice,
      lines: Bounded([
        .init(
          task: BoardTaskID(unchecked: "p-1-silent-1"), kind: .silent, mentorship: MentorshipID(unchecked: "p-1"),
          about: asa.member, other: NotificationTests.bo.member, due: Day(2026, 9, 8)!)
      ]))
  }

  @Test func `what was kept here is sent as it would be written today`() async throws {
    let bench = try await Bench(.maildir)
    try await bench.tell("one", .checkIn)
    #expect(try await bench.harness.deliver(Self.notice("two"), from: .followup).kind == .done)
    try await bench.rest()
    #expect(try await bench.states() == [.kept, .kept])
    let folder = bench.harness.folder
    await bench.harness.stop()

    let sending = try await Bench(.smtp, folder: folder) {
      $0.from = try! MailAddress(parsing: "Mentorskapet <mentorskap@example.se>", field: "X")
      $0.coordinator = try! MailAddress(parsing: "Karin Berg <karin@example.se>", field: "X")
    }
    for id in ["one", "two"] { try await retry(sending, id) }
    let taken = try sending.server!.taken()
    #expect(taken.map(\.id) == [ChannelTests.id("one"), ChannelTests.id("two")])
    #expect(taken.map(\.to) == [[Self.asa.email.rawValue], ["karin@example.se"]])
    for id in ["one", "two"] {
      let mail = try await written(sending, id)
      #expect(mail.from == [["Mentorskapet", "mentorskap@example.se"]])
      #expect(mail.replyTo?.contains("karin@example.se") == true)
    }
    await sending.harness.stop()
  }

  @Test func `what may have arrived goes again as it was, and to another address as it is written today`() async throws
  {
    for isMoved in [false, true] {
      let bench = try await Bench(.smtp, [.init("content", "take-and-drop", times: 1)])
      try await bench.tell("one")
      try await bench.rest()
      #expect(try await bench.mail("one").unanswered.rawValue == 1)
      var asa = Self.asa
      if isMoved { asa.email = EmailAddress(unchecked: "ny@example.se") }
      try await bench.harness.deliver(asa, from: .membership)
      try await retry(bench, "one")
      let taken = try bench.server!.taken()
      #expect(taken.map(\.id) == [ChannelTests.id("one"), ChannelTests.id("one")])
      #expect(taken.last?.to == [asa.email.rawValue])
      #expect(Set(taken.map(\.sha256)).count == (isMoved ? 2 : 1))
      await bench.harness.stop()
    }
  }

  @Test func `a mail that waits for its next attempt follows its reader to another address`() async throws {
    let bench = try await Bench(.smtp, [.init("recipient", "451", times: 1)])
    try await bench.tell("one")
    try await bench.rest()
    var asa = Self.asa
    asa.email = EmailAddress(unchecked: "ny@example.se")
    try await bench.harness.deliver(asa, from: .membership)
    try await bench.harness.advance(to: "2026-09-02")
    #expect(try bench.server!.taken().map(\.to) == [["ny@example.se"]])
    #expect(try await written(bench, "one").to == [[asa.name.rawValue, "ny@example.se"]])
    await bench.harness.stop()
  }

  @Test func `a refused address is told with the address`() async throws {
    let bench = try await Bench(.smtp, [.init("recipient", "550", times: 1)])
    try await bench.tell("one")
    try await bench.rest()
    #expect(try await bench.harness.outbox(AddressFailed.self).map(\.address) == [Self.asa.email])
    let failed = try await bench.harness.outbox(MailFailed.self)
    #expect(failed.map(\.mentorship?.rawValue) == ["p-1"])
    #expect(failed.map(\.code.rawValue) == [MailReason.addressRefused.code])
    await bench.harness.stop()
  }

  @Test func `what is withdrawn during an attempt is not tried again, until the board asks for it`() async throws {
    let bench = try await Bench(.smtp, [.init("sender", "hang"), .init()])
    try await bench.tell("one", .contactReminder)
    while try await bench.states() != [.attempting] { await Task.yield() }
    try await bench.harness.deliver(
      WithdrawTasks(tasks: Bounded([TaskID(unchecked: "one")])), from: .followup)
    let folder = bench.harness.folder
    await bench.harness.stop()

    let again = try await Bench(.smtp, folder: folder, server: bench.server, port: 1)
    try await again.rest()
    #expect(try again.arrived() == [])
    #expect(try await again.mail("one").mail.reason?.rawValue == MailReason.withdrawn.code)
    try await retry(again, "one")
    #expect(try again.arrived() == [ChannelTests.id("one")])
    await again.harness.stop()
  }

  @Test func `what did not arrive is settled when the board discards it`() async throws {
    let bench = try await Bench(.smtp, [.init("recipient", "550", times: 1)])
    try await bench.tell("one")
    try await bench.rest()
    _ = try await bench.harness.command(DiscardMail(task: TaskID(unchecked: "one")))
    #expect(try await bench.states() == [.suppressed])
    #expect(MailDeskTexts.advice(try await bench.harness.ask(GetMailDelivery())).isEmpty)
    await bench.harness.stop()
  }

  // MARK: When somebody is erased

  static func forget(_ change: AddressChanged) -> ForgetMember {
    let marks = Marks(texts: [change.name.rawValue, change.email.rawValue], numbers: [])
    return ErasureList.Entry(erasure: "e-1", member: change.member.rawValue, marks).task
  }

  @Test func `of what named somebody who is erased nothing is sent, and the board is told why`() async throws {
    let bench = try await Bench(.smtp, [.init("recipient", "550", times: 1)])
    try await bench.tell("one")
    try await bench.rest()
    #expect(try await bench.states() == [.failed])
    #expect(try await bench.harness.deliver(Self.forget(NotificationTests.bo), from: .membership).kind == .done)
    let problem = await #expect(throws: Problem.self) { try await self.retry(bench, "one") }
    #expect(problem?.code == "mail/erased-text" && problem?.detail.contains("registret") == true)
    #expect(try await bench.states() == [.failed])
    #expect(try bench.arrived() == [])
    await bench.harness.stop()
  }

  @Test func `a mail to somebody who is erased is not sent again`() async throws {
    let bench = try await Bench(.smtp, [.init("recipient", "550", times: 1)])
    try await bench.tell("one")
    try await bench.rest()
    try await bench.harness.deliver(Self.forget(Self.asa), from: .membership)
    let problem = await #expect(throws: Problem.self) { try await self.retry(bench, "one") }
    #expect(problem?.code == "mail/erased-text")
    #expect(try bench.arrived() == [])
    await bench.harness.stop()
  }

  @Test func `what the board has to do is told without the name of whom is erased`() async throws {
    let bench = try await Bench(.smtp) { $0.quietHours = QuietHours(text: "5-7") }
    #expect(try await bench.harness.deliver(Self.notice("two"), from: .followup).kind == .done)
    try await bench.harness.deliver(Self.forget(Self.asa), from: .membership)
    try await bench.noon("2026-09-02")
    #expect(try bench.arrived() == [ChannelTests.id("two")])
    let body = try await written(bench, "two").body
    #expect(body.contains("N.N") && !body.contains("Åsa"))
    await bench.harness.stop()
  }
}
