import Contracts
import Foundation
import GRDB
import Synchronization
import TestSupport
import Texts

@testable import ServiceRuntime

/// A service for tests: it counts what is submitted and what is delivered, and can be told to fail.
final class Counting: Sendable {
  /// What the handler of a delivery is to do, by the member that it tells of.
  let outcomes = Mutex<[String: DeliveryOutcome]>([:])
  /// Members at whose news the handler throws; for `reminder` the one of what is due.
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
      if self.breaking.withLock({ $0.contains(Counting.reminder.name) }) { throw CocoaError(.fileNoSuchFile) }
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
