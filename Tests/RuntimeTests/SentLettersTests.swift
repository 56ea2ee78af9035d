import Contracts
import GRDB
import Messaging
import TestSupport
import Testing

@Suite struct SentLettersTests {
  /// And not for those who take part: it may be about the other of their pair.
  @Test(arguments: [
    (Principal(id: "karin", role: .viewer), "request/not-permitted"),
    (Principal(id: "karin", role: .probe), "request/not-permitted"),
    (Principal(id: "karin", role: .chair, memberID: "m-karin"), "request/another-must-read"),
  ])
  func aLettersBodyIsForThoseWhoSettleIt(_ principal: Principal, _ code: String) async throws {
    let harness = try await ServiceHarness(.matching, principal: principal) { _ in Counting().definition() }
    for box in LetterBox.allCases {
      let problem = await #expect(throws: Problem.self) {
        try await harness.ask(GetDeadLetter(box: box, number: Number(unchecked: 1)))
      }
      #expect(problem?.code == code)
    }
    await harness.stop()
  }

  /// The book that a command is written into fails after the letter was settled.
  @Test func aSettlingThatIsUndoneDoesNotLetTheKeyGoOn() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    await harness.refuseDeliveries(at: .followup, true)
    _ = try await harness.command(submit("one key"))
    _ = try await harness.status { $0.outboxDead.rawValue == 1 }
    _ = try await harness.command(submit("one key"))
    await harness.refuseDeliveries(at: .followup, false)
    try await harness.worker.store.database.write { db in
      try db.execute(
        sql: """
          CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room in the book'); END
          """)
    }
    let letter = try await harness.ask(ListDeadLetters(box: .sent, after: Count(0))).letters.elements[0]
    let problem = await #expect(throws: Problem.self) {
      try await harness.command(SettleDeadLetter(box: .sent, number: letter.number, way: .replay))
    }
    #expect(problem?.code == "service/failed")
    try await harness.worker.store.database.write { try $0.execute(sql: "DROP TRIGGER no_audit") }
    // What is sent after what the key holds back has arrived, so the latter was not sent.
    _ = try await harness.command(submit("another"))
    let status = try await harness.status { $0.deliveriesEffected.rawValue > 0 && $0.outboxPending.rawValue < 2 }
    #expect((status.outboxDead.rawValue, status.outboxPending.rawValue) == (1, 1))
    _ = try await harness.command(SettleDeadLetter(box: .sent, number: letter.number, way: .replay))
    _ = try await harness.status { $0.deliveriesEffected.rawValue == 3 }
    await harness.stop()
  }
  @Test func whatAReceiverRefusedStaysDeadHereUntilItIsSentAgain() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    await harness.refuseDeliveries(at: .followup, true)
    let match = try await harness.command(submit()).match
    _ = try await harness.status { $0.outboxDead.rawValue == 1 }
    let letters = try await harness.ask(ListDeadLetters(box: .sent, after: Count(0))).letters.elements
    #expect(letters.map(\.message.rawValue) == [MatchSubmitted.type])
    #expect(letters.map(\.peer.rawValue) == ["followup"])
    let opened = try await harness.ask(GetDeadLetter(box: .sent, number: letters[0].number), language: .en)
    #expect(opened.cause.rawValue == "delivery/refused")
    #expect(opened.key?.rawValue == match.rawValue)
    #expect(opened.body.rawValue.contains(match.rawValue))
    #expect(
      try await harness.ask(CountWaiting(receiver: .followup, key: opened.key!)).waiting.rawValue == 0)

    await harness.refuseDeliveries(at: .followup, false)
    _ = try await harness.command(SettleDeadLetter(box: .sent, number: letters[0].number, way: .replay))
    _ = try await harness.status { $0.deliveriesEffected.rawValue == 1 && $0.outboxDead.rawValue == 0 }
    #expect(try await harness.outbox(MatchSubmitted.self).map(\.match) == [match])

    await harness.refuseDeliveries(at: .followup, true)
    _ = try await harness.command(submit("another"))
    _ = try await harness.status { $0.outboxDead.rawValue == 1 }
    let second = try await harness.ask(ListDeadLetters(box: .sent, after: Count(0))).letters.elements
    _ = try await harness.command(SettleDeadLetter(box: .sent, number: second[0].number, way: .discard))
    let status = try await harness.ask(GetStatus())
    #expect(status.outboxDead.rawValue == 0 && status.outboxPending.rawValue == 0)
    await harness.stop()
  }
}
