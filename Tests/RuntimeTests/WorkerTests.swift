import Contracts
import Foundation
import GRDB
import Messaging
import Store
import Synchronization
import TestSupport
import Testing
import Texts

@testable import ServiceRuntime

/// A service for tests: it counts what is submitted and what is delivered, and can be told to fail.
final class Counting: Sendable {
  /// What the handler of a delivery is to do, by the member that it tells of.
  let outcomes = Mutex<[String: DeliveryOutcome]>([:])
  /// Members at whose news the handler throws.
  let breaking = Mutex<Set<String>>([])

  func definition(_ name: ServiceName = .matching) -> ServiceDefinition {
    var handlers = Handlers()
    handlers.command(SubmitMatch.self) { command, context in
      if command.reason?.rawValue == "refuse" { throw Refused() }
      if command.reason?.rawValue == "break" { throw CocoaError(.fileNoSuchFile) }
      let id = context.newID("p")
      try context.db.execute(
        sql: "INSERT INTO effect (what, at) VALUES (?, ?)", arguments: [id, context.now.milliseconds])
      try context.emit(
        MatchSubmitted(
          match: MatchID(unchecked: id), mentor: command.mentor, adept: command.adept, submitted: context.today,
          answerBy: context.today), key: command.reason?.rawValue == "one key" ? "one" : id)
      try context.plan(Counting.reminder, key: id, at: context.today.adding(days: 5).at(hour: 6), id)
      return SubmitMatch.Reply(match: MatchID(unchecked: id), answerBy: context.today)
    }
    handlers.delivery(MemberRegistered.self) { event, context in
      let member = event.profile.member.rawValue
      try context.db.execute(sql: "INSERT INTO effect (what, at) VALUES (?, 0)", arguments: [member])
      if self.breaking.withLock({ $0.contains(member) }) { throw CocoaError(.fileNoSuchFile) }
      return self.outcomes.withLock { $0[member] ?? .done }
    }
    handlers.due(Counting.reminder) { id, context in
      try context.db.execute(
        sql: "INSERT INTO effect (what, at) VALUES (?, ?)", arguments: ["due " + id, context.now.milliseconds])
    }
    return ServiceDefinition(
      name: name,
      migrations: [
        .init("counting-1", sql: "CREATE TABLE effect (number INTEGER PRIMARY KEY, what TEXT, at INTEGER) STRICT")
      ], handlers: handlers)
  }

  static let reminder = DueKind<String>("reminder")

  struct Refused: Refusal {
    let code = "test/refused"
    let title = Phrase(sv: "Nej", en: "No")
    let detail = Phrase(sv: "Det går inte.", en: "It can't be done.")
  }
}

extension ServiceHarness {
  func effects() async throws -> [String] {
    try await read { try String.fetchAll($0, sql: "SELECT what FROM effect ORDER BY number") }
  }
}

func submit(_ reason: String? = nil) -> SubmitMatch {
  SubmitMatch(
    mentor: MemberID(unchecked: "m-mentor"), adept: MemberID(unchecked: "m-adept"),
    reason: reason.map { Note(unchecked: $0) })
}

func registered(_ member: String) -> MemberRegistered {
  var profile = SchemaRecorder.example(of: Profile.self)
  profile.member = MemberID(unchecked: member)
  return MemberRegistered(profile: profile)
}

@Suite struct RequestTests {
  @Test func aHundredRepeatsChangeThingsOnce() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    let replies = try await withThrowingTaskGroup(of: SubmitMatch.Reply.self) { group in
      for _ in 0..<100 { group.addTask { try await harness.command(submit(), key: "once") } }
      var replies: [SubmitMatch.Reply] = []
      for try await reply in group { replies.append(reply) }
      return replies
    }
    #expect(Set(replies.map(\.match)).count == 1)
    #expect(try await harness.effects().count == 1)
    #expect(try await harness.outbox(MatchSubmitted.self).count == 1)
    await harness.stop()
  }

  @Test func aKeyBelongsToABodyAndSurvivesARestart() async throws {
    let first = try await ServiceHarness(.matching) { _ in Counting().definition() }
    let reply = try await first.command(submit(), key: "k")
    await first.stop()
    let second = try await ServiceHarness(.matching, folder: first.folder) { _ in Counting().definition() }
    #expect(try await second.command(submit(), key: "k").match == reply.match)
    let problem = await #expect(throws: Problem.self) { try await second.command(submit("other"), key: "k") }
    #expect(problem?.code == "request/key-reused")
    #expect(try await second.command(submit("other"), key: "k2").match != reply.match)
    await second.stop()
  }

  @Test func aRefusalSaysWhyInTheCallersLanguageAndWritesNothing() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    for (language, detail) in [(Language.sv, "Det går inte."), (.en, "It can't be done.")] {
      let problem = await #expect(throws: Problem.self) {
        try await harness.command(submit("refuse"), language: language)
      }
      #expect(problem?.code == "test/refused")
      #expect(problem?.detail == detail)
    }
    let broken = await #expect(throws: Problem.self) { try await harness.command(submit("break")) }
    #expect(broken?.code == "service/failed")
    #expect(broken?.retryable == true)
    #expect(try await harness.effects().isEmpty)
    #expect(try await harness.outbox(MatchSubmitted.self).isEmpty)
    await harness.stop()
  }

  @Test(arguments: [
    (Principal.Role.viewer, "request/not-permitted"), (.probe, "request/not-permitted"),
    (.service, "request/not-permitted"),
  ])
  func aRoleThatMayNotIsToldWhichMay(_ role: Principal.Role, _ code: String) async throws {
    let harness = try await ServiceHarness(.matching, principal: Principal(id: "karin", role: role)) { _ in
      Counting().definition()
    }
    let problem = await #expect(throws: Problem.self) { try await harness.command(submit()) }
    #expect(problem?.code == code)
    #expect(problem?.detail.contains("chair, coordinator") == true)
    #expect(try await harness.effects().isEmpty)
    #expect(try await harness.ask(GetHealth()).service == .matching)
    await harness.stop()
  }

  /// JSON that no Swift type holds, in a sound envelope: its sender has an id, and waits for an answer to it.
  @Test(arguments: [
    (#"{"mentor":"m-one","adept":"m-two","months":1e400}"#, "data.months"),
    (#"{"mentor":"m-one","adept":"m-two","months":-1E999}"#, "data.months"),
    (#"{"mentor":"m-one","adept":"m-two","reason":"\ud800"}"#, "data.reason"),
    (#"{"mentor":"m-one\udc00","adept":"m-two"}"#, "data.mentor"), (#"{"\ud800":1,"adept":"m-two"}"#, "data"),
  ])
  func dataThatCantBeReadIsRefusedByItsField(_ data: String, _ field: String) async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    let envelope =
      #"{"specversion":"1.0","id":"odd-1","source":"stranger","time":"2026-11-24T08:00:00Z","lang":"en","#
      + #""idempotencykey":"k","type":"\#(SubmitMatch.type)","data":\#(data)}"#
    let answer = try #require(try await harness.answer(to: Data(envelope.utf8)))
    #expect(answer.correlationid == "odd-1")
    guard case .message(let problem as Problem) = answer.body else {
      Issue.record("\(answer.body)")
      return
    }
    #expect(problem.code == "request/malformed")
    #expect(problem.detail.contains("field \(field) "), "\(problem.detail)")
    #expect(try await harness.effects().isEmpty)
    await harness.stop()
  }

  @Test func aRequestForAnotherServiceIsToldWhich() async throws {
    let harness = try await ServiceHarness(.followup) { _ in
      ServiceDefinition(name: .followup, migrations: [], handlers: Handlers())
    }
    let problem = await #expect(throws: Problem.self) { try await harness.command(submit()) }
    #expect(problem?.code == "request/wrong-service")
    #expect(problem?.detail.contains("matching") == true)
    await harness.stop()
  }

  @Test func everyCommandIsAudited() async throws {
    let harness = try await ServiceHarness(.matching) { _ in Counting().definition() }
    _ = try await harness.command(submit(), key: "audited")
    let rows = try await harness.read {
      try Row.fetchAll($0, sql: "SELECT principal, type, key FROM audit").map {
        "\($0[0] as String) \($0[1] as String) \($0[2] as String)"
      }
    }
    #expect(rows == ["karin matching.submit-match.v1 audited"])
    await harness.stop()
  }
}

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
    _ = try await harness.deliver(packet, from: .membership, key: "k", sends: 26)
    #expect(try await harness.effects() == ["m-one", "m-two"])
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

@Suite struct ArrivalsTests {
  private func packet(_ bytes: Int) -> TransportEvent {
    .received([Data(count: bytes)], from: Origin(principal: Principal(id: "karin", role: .viewer), route: Data()))
  }

  @Test func areBoundedInBytesAndCountWhatTheyDrop() {
    var arrivals = Arrivals(maximumBytes: 10_000)
    let wakes = (0..<3).map { _ in arrivals.append(packet(4_000)) }
    #expect(wakes == [true, false, false])
    // What is smaller still fits, and what this process asked for is never dropped.
    _ = arrivals.append(packet(1_000))
    for _ in 0..<3 { _ = arrivals.append(.answered([Data(count: 4_000)], by: "followup")) }
    let (events, dropped) = arrivals.take(100)
    #expect((events.count, dropped) == (6, 1))
    // All room is free again, and the next one wakes the worker.
    let wakesAgain = arrivals.append(packet(9_000))
    let (next, droppedSince) = arrivals.take(100)
    #expect(wakesAgain && next.count == 1 && droppedSince == 0)
  }

  @Test func areBoundedInNumber() {
    var arrivals = Arrivals()
    for _ in 0..<Arrivals.maximumCount + 5 { _ = arrivals.append(packet(0)) }
    let (events, dropped) = arrivals.take(.max)
    #expect((events.count, dropped) == (Arrivals.maximumCount, 5))
  }
}

@Suite struct SentLettersTests {
  @Test(arguments: [Principal.Role.viewer, .probe]) func aLettersBodyIsForThoseWhoSettleIt(
    _ role: Principal.Role
  ) async throws {
    let harness = try await ServiceHarness(.matching, principal: Principal(id: "karin", role: role)) { _ in
      Counting().definition()
    }
    for box in LetterBox.allCases {
      let problem = await #expect(throws: Problem.self) {
        try await harness.ask(GetDeadLetter(box: box, number: Number(unchecked: 1)))
      }
      #expect(problem?.code == "request/not-permitted")
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

@Suite struct ScheduledWorkTests {
  @Test func isDoneOnceOnItsDayWhateverTheCalendarJumps() async throws {
    let harness = try await ServiceHarness(.matching, day: "2026-09-01") { _ in Counting().definition() }
    let match = try await harness.command(submit()).match.rawValue
    try await harness.advance(to: "2026-09-05")
    #expect(try await harness.effects() == [match])
    try await harness.advance(to: "2028-01-01")
    #expect(try await harness.effects() == [match, "due \(match)"])
    let at = try await harness.read { try Int64.fetchOne($0, sql: "SELECT max(at) FROM effect") }
    #expect(at == Day(text: "2026-09-06")!.at(hour: 6).milliseconds)
    let backwards = await #expect(throws: Problem.self) { try await harness.advance(to: "2027-01-01") }
    #expect(backwards?.code == "calendar/backwards")
    await harness.stop()
  }

  @Test func theCalendarIsKeptAcrossARestart() async throws {
    let first = try await ServiceHarness(.matching, day: "2026-09-01") { _ in Counting().definition() }
    try await first.advance(to: "2026-12-24")
    await first.stop()
    let second = try await ServiceHarness(.matching, day: "2026-09-01", folder: first.folder) { _ in
      Counting().definition()
    }
    #expect(try await second.ask(GetStatus()).calendar == Day(text: "2026-12-24")!.at(hour: 6))
    await second.stop()
  }
}
