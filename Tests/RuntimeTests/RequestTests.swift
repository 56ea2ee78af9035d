import Contracts
import Foundation
import GRDB
import Messaging
import TestSupport
import Testing
import Texts

@testable import ServiceRuntime

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
    (#"{"mentor":"m-one","adept":"m-two","months":true}"#, "data.months"), (#"{"adept":"m-two"}"#, "data.mentor"),
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
    if field == "data.months" { #expect(problem.detail.contains("a whole number from 1 to"), "\(problem.detail)") }
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
    // Whoever types a key may name somebody with it: no table holds it.
    _ = try await harness.command(submit(), key: "Åsa Öberg")
    _ = try await harness.command(submit(), key: "Åsa Öberg")
    let rows = try await harness.read {
      try Row.fetchAll(
        $0, sql: "SELECT principal, type, key FROM audit UNION ALL SELECT principal, type, key FROM reply"
      ).map {
        "\($0[0] as String) \($0[1] as String) \($0[2] as String)"
      }
    }
    // printf 'Åsa Öberg' | sha256sum
    #expect(rows == Array(repeating: "karin matching.submit-match.v1 e4d50b32bf447585b5d8c1165b93d46b", count: 2))
    await harness.stop()
  }
}
