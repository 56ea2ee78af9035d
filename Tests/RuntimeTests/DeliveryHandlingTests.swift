import Contracts
import Foundation
import GRDB
import Messaging
import Store
import TestSupport
import Testing

@Suite struct DeliveryHandlingTests {
  @Test func theSameDeliveryIsEffectedOnceAndAnotherBodyUnderItsIdIsRefused() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    let time = Timestamp(milliseconds: 1_800_000_000_000)
    for _ in 0..<20 {
      let verdict = try await harness.deliver(registered("m-one"), from: .membership, id: "same", time: time)
      #expect(verdict.kind == .done)
    }
    let conflict = try await harness.deliver(registered("m-two"), from: .membership, id: "same", time: time)
    #expect(conflict.kind == .refused)
    #expect(conflict.problem?.code == "delivery/conflict")
    #expect(try await harness.effects() == ["m-one"])
    await harness.stop()
  }

  @Test func aServiceCantDeliverWhatTheTopologyGivesToAnother() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    let verdict = try await harness.deliver(registered("m-one"), from: .notification)
    #expect(verdict.kind == .refused)
    #expect(verdict.problem?.code == "delivery/not-permitted")
    #expect(try await harness.effects().isEmpty)
    await harness.stop()
  }

  @Test func whatIsToBeRetriedLeavesNothingAndIsDoneLater() async throws {
    let service = Counting()
    let harness = try await ServiceHarness(.matching) { _ in service.definition() }
    service.outcomes.withLock { $0["m-one"] = .retryAfter(.seconds(2), reason: "not yet") }
    let verdict = try await harness.deliver(registered("m-one"), from: .membership, id: "x")
    #expect(verdict.kind == .retry)
    #expect(verdict.afterms ?? 0 >= 2_000)
    #expect(try await harness.effects().isEmpty)
    service.outcomes.withLock { $0 = [:] }
    #expect(try await harness.deliver(registered("m-one"), from: .membership, id: "x").kind == .done)
    #expect(try await harness.effects() == ["m-one"])
    await harness.stop()
  }

  @Test(arguments: [1, 2]) func whatWaitsHoldsBackTheRestOfItsKeyInThePacket(sends: Int) async throws {
    let service = Counting()
    let harness = try await ServiceHarness(.matching) { _ in service.definition() }
    service.outcomes.withLock { $0["m-one"] = .retryAfter(.milliseconds(1), reason: "not yet") }
    let packet: [(String, any Contract)] = [("one", registered("m-one")), ("two", registered("m-two"))]
    let first = try await harness.deliver(packet, from: .membership, key: "k", sends: sends)
    #expect(first.map(\.kind) == [.retry, .retry])
    #expect(try await harness.effects().isEmpty)
    service.outcomes.withLock { $0 = [:] }
    let second = try await harness.deliver(packet, from: .membership, key: "k", sends: sends + 1)
    #expect(second.map(\.kind) == [.done, .done])
    #expect(try await harness.effects() == ["m-one", "m-two"])
    await harness.stop()
  }

  /// A stored row whose bytes are no envelope any more: its sender hears so by the id that it knows, and what comes
  /// after it in the packet, which may be of its key, does not overtake it.
  @Test(arguments: [1, 2]) func whatIsNoEnvelopeIsRefusedByItsId(sends: Int) async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    var envelope = Envelope(id: "good", source: "membership", time: .wallClock(), message: registered("m-one"))
    envelope.partitionkey = "k"
    let good = try EnvelopeCoder(types: MessageCatalogue.types).encode(envelope)
    let packet = [("bad", Data("{".utf8)), ("good", good)]
    let verdicts = try await harness.deliver(packet, from: .membership, sends: sends)
    #expect(verdicts.map(\.kind) == [.refused, .retry])
    #expect(verdicts[0].problem?.code == "delivery/unreadable")
    #expect(try await harness.effects().isEmpty)
    let later = try await harness.deliver([("good", good)], from: .membership, sends: 2)
    #expect(later.map(\.kind) == [.done])
    #expect(try await harness.effects() == ["m-one"])
    await harness.stop()
  }

  @Test func whatOnlyWaitsIsNeverBuriedAndNeitherIsWhatWaitsBehindIt() async throws {
    let service = Counting()
    let harness = try await ServiceHarness(.matching) { _ in service.definition() }
    service.outcomes.withLock { $0["m-one"] = .retryAfter(.milliseconds(1), reason: "not yet") }
    let packet: [(String, any Contract)] = [("one", registered("m-one")), ("two", registered("m-two"))]
    for sends in 1...25 {
      let verdicts = try await harness.deliver(packet, from: .membership, key: "k", sends: sends)
      #expect(verdicts.map(\.kind) == [.retry, .retry])
    }
    service.outcomes.withLock { $0 = [:] }
    // A sender that has forgotten how often it sent them.
    _ = try await harness.deliver(packet, from: .membership, key: "k", sends: 1)
    #expect(try await harness.effects() == ["m-one", "m-two"])
    #expect(try await harness.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM attempt") } == 0)
    await harness.stop()
  }

  @Test func whatFailedBeforeIsHandledAloneEvenIfItsSenderForgot() async throws {
    let service = Counting()
    let harness = try await ServiceHarness(.matching) { _ in service.definition() }
    service.breaking.withLock { $0 = ["m-one"] }
    #expect(
      try await harness.deliver(registered("m-one"), from: .membership, id: "x", time: .wallClock()).kind == .retry)
    service.breaking.withLock { $0 = [] }
    let time = Timestamp(milliseconds: 1_800_000_000_000)
    let forgot = try await harness.deliver(
      [("x", registered("m-one"))], from: .membership, key: "k", sends: 1, time: time)
    #expect(forgot.map(\.kind) == [.retry])
    #expect(forgot[0].afterms == 1)
    let again = try await harness.deliver(
      [("x", registered("m-one"))], from: .membership, key: "k", sends: 2, time: time)
    #expect(again.map(\.kind) == [.done])
    #expect(try await harness.effects() == ["m-one"])
    #expect(try await harness.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM attempt") } == 0)
    await harness.stop()
  }

  @Test func whatFailsTwentyTimesIsADeadLetter() async throws {
    let service = Counting()
    let harness = try await ServiceHarness(.matching) { _ in service.definition() }
    service.breaking.withLock { $0 = ["m-one"] }
    let time = Timestamp(milliseconds: 1_800_000_000_000)
    var kinds: [DeliveryVerdict.Kind] = []
    for sends in 1...21 {
      kinds += try await harness.deliver(
        [("x", registered("m-one"))], from: .membership, key: "k", sends: sends, time: time
      ).map(\.kind)
    }
    #expect(kinds == Array(repeating: .retry, count: 20) + [.dead])
    let letters = try await harness.ask(ListDeadLetters(after: Count(0))).letters.elements
    #expect(letters.map(\.attempts.rawValue) == [20])
    let opened = try await harness.ask(GetDeadLetter(number: letters[0].number), language: .en)
    #expect(opened.letter.problem.rawValue == "Handling it failed; it was tried 20 times.")
    #expect(opened.detail?.rawValue.contains("Cocoa") == true)
    let still = await #expect(throws: Problem.self) {
      try await harness.command(SettleDeadLetter(number: letters[0].number, way: .replay))
    }
    #expect(still?.code == "dead-letter/still-fails")
    #expect(try await harness.effects().isEmpty)
    await harness.stop()
  }

  @Test func whatCameTooLateIsExpiredUnlessItWasEffectedBefore() async throws {
    let harness = try await ServiceHarness(.matching, day: "2026-09-01") { _ in Counting().definition() }
    let expires = Day(text: "2026-09-02")!.at(hour: 6)
    let inTime = try await harness.deliver(
      [("a", registered("m-one"))], from: .membership, key: "k", expires: expires)
    #expect(inTime.map(\.kind) == [.done])
    try await harness.advance(to: "2026-09-05")
    let late = try await harness.deliver(
      [("a", registered("m-one")), ("b", registered("m-two"))], from: .membership, key: "k", sends: 2,
      time: Day(text: "2026-09-01")!.at(hour: 6), expires: expires)
    #expect(late.map(\.kind) == [.done, .expired])
    #expect(try await harness.effects() == ["m-one"])
    await harness.stop()
  }

  @Test func itStopsInTheMiddleOfAFlood() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    let flood = (0..<4).map { _ in
      Swift.Task { while !Swift.Task.isCancelled { _ = try? await harness.ask(GetHealth()) } }
    }
    _ = try await harness.ask(GetHealth())
    await harness.stop()
    for task in flood { task.cancel() }
    // The store is closed: nobody holds its lock any more.
    try Store(
      at: harness.folder.path + "/matching/matching.sqlite", service: "matching",
      migrations: Counting().definition().migrations
    ).close()
  }

  @Test func aDeadLetterHoldsItsKeyAndNoOtherUntilItIsReplayed() async throws {
    let service = Counting()
    let harness = try await ServiceHarness(.matching) { _ in service.definition() }
    service.outcomes.withLock { $0["m-bad"] = .reject(reason: "it makes no sense") }
    #expect(try await harness.deliver(registered("m-bad"), from: .membership, id: "bad", key: "k").kind == .dead)
    #expect(try await harness.deliver(registered("m-next"), from: .membership, id: "next", key: "k").kind == .retry)
    #expect(try await harness.deliver(registered("m-other"), from: .membership, id: "other", key: "l").kind == .done)

    let letters = try await harness.ask(ListDeadLetters(after: Count(0))).letters.elements
    #expect(letters.map(\.problem.rawValue) == ["Tjänsten kan inte utföra det: it makes no sense."])
    let opened = try await harness.ask(GetDeadLetter(number: letters[0].number), language: .en)
    #expect(opened.letter.problem.rawValue == "The service can't effect it: it makes no sense.")
    #expect(opened.letter.peer.rawValue == "membership")
    #expect(opened.cause.rawValue == "delivery/rejected")
    #expect((opened.id.rawValue, opened.key?.rawValue) == ("bad", "k"))
    #expect(opened.body.rawValue.contains(#""member" : "m-bad""#))
    #expect(letters.map(\.message.rawValue) == [MemberRegistered.type])
    let still = await #expect(throws: Problem.self) {
      try await harness.command(SettleDeadLetter(number: letters[0].number, way: .replay))
    }
    #expect(still?.code == "dead-letter/still-fails")

    service.outcomes.withLock { $0 = [:] }
    _ = try await harness.command(SettleDeadLetter(number: letters[0].number, way: .replay))
    #expect(try await harness.deliver(registered("m-next"), from: .membership, id: "next", key: "k").kind == .done)
    #expect(try await harness.effects() == ["m-other", "m-bad", "m-next"])
    #expect(try await harness.ask(GetStatus()).deadLetters.rawValue == 0)
    await harness.stop()
  }

  @Test func aDiscardedLetterLetsItsKeyGoOn() async throws {
    let service = Counting()
    let harness = try await ServiceHarness(.matching) { _ in service.definition() }
    service.outcomes.withLock { $0["m-bad"] = .reject(reason: "no") }
    _ = try await harness.deliver(registered("m-bad"), from: .membership, id: "bad", key: "k")
    _ = try await harness.command(SettleDeadLetter(number: Number(unchecked: 1), way: .discard))
    #expect(try await harness.deliver(registered("m-next"), from: .membership, id: "next", key: "k").kind == .done)
    #expect(try await harness.effects() == ["m-next"])
    let unknown = await #expect(throws: Problem.self) {
      try await harness.command(SettleDeadLetter(number: Number(unchecked: 1), way: .discard))
    }
    #expect(unknown?.code == "dead-letter/unknown")
    await harness.stop()
  }
}
