import BoardClient
import Contracts
import Foundation
import Synchronization
import TestSupport

/// People at work while a fault happens: members change, pairs are submitted, answered, withdrawn and ended.
///
/// Each person has members of their own, so that it is known in which order a member's changes were made. What
/// has no answer is asked again with the same key until it has one; what is acknowledged is written down first.
final class Load: Sendable {
  /// So many work at once.
  static let people = 4
  private static let mentors = 2
  private static let adepts = 5

  /// The members of one person, each with how often it has changed.
  struct Group: Sendable {
    var members: [Member]
    struct Member: Sendable {
      let email: String
      let isMentor: Bool
      var version = 0
    }
  }

  let log: AcknowledgedLog
  private let seed: UInt64
  /// Refusals that end one story and not the load.
  private let expected: Set<String>
  private let isStopping = Mutex(false)
  private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])
  private let refusals = Mutex<[String: Int]>([:])

  init(log: AcknowledgedLog, seed: UInt64, expected: Set<String> = []) {
    self.log = log
    self.seed = seed
    // The adept's last mentorship has ended, and matching has not heard of it yet.
    self.expected = expected.union(["match/adept-matched", "match/no-capacity", "match/pair-open"])
  }

  /// How often each refusal was met.
  var refused: [String: Int] { refusals.withLock { $0 } }

  static func groups() -> [Group] {
    (0..<people).map { person in
      Group(
        members: (0..<mentors + adepts).map { number in
          let kind = number < mentors ? "mentor" : "adept"
          return .init(email: "\(kind)\(number).\(person)@example.se", isMentor: number < mentors)
        })
    }
  }

  /// The row by which a member has its version: both name and kommun tell which it is.
  static func row(_ member: Group.Member, line: Int) -> ImportRow {
    var row = ImportRow(line: Number(unchecked: line))
    row.name = Cell(unchecked: "Åsa \(member.version)")
    row.email = Cell(unchecked: member.email)
    row.kommun = Cell(unchecked: kommun(member.version))
    row.role = Cell(unchecked: member.isMentor ? "mentor" : "adept")
    if member.isMentor { row.capacity = Cell(unchecked: "5") }
    row.years = Cell(unchecked: member.isMentor ? "12" : "1")
    return row
  }

  static func kommun(_ version: Int) -> String { Kommun.all[version % Kommun.all.count].code.rawValue }

  // MARK: Running

  /// Works until `stop`, or until something is still without an answer after three minutes.
  func run(state: String) async throws {
    try await withThrowingTaskGroup(of: Void.self) { people in
      for (person, group) in Load.groups().enumerated() {
        people.addTask { try await self.work(person, group, state: state) }
      }
      try await people.waitForAll()
    }
  }

  /// It was stopped, or has failed: what waits for it waits in vain.
  var isOver: Bool { isStopping.withLock { $0 } }

  func stop() {
    isStopping.withLock { $0 = true }
    wake()
  }

  /// Returns when so many more things have been acknowledged.
  func acknowledges(_ more: Int) async {
    let goal = log.count + more
    while log.count < goal && !isStopping.withLock({ $0 }) { await signal() }
  }

  /// Keeps working for so long at least.
  func works(for time: Duration) async {
    let end = ContinuousClock.now + time
    while ContinuousClock.now < end && !isStopping.withLock({ $0 }) { await signal() }
  }

  /// Returns when something has been acknowledged or refused, or asked for too long.
  private func signal() async {
    await withCheckedContinuation { continuation in
      // Asked within the lock that `wake` takes after `stop` has said so.
      waiting.withLock { waiting in
        if isStopping.withLock({ $0 }) { continuation.resume() } else { waiting.append(continuation) }
      }
    }
  }

  private func wake() {
    let all = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for one in all { one.resume() }
  }

  private func note(_ refusal: String) {
    refusals.withLock { $0[refusal, default: 0] += 1 }
    wake()
  }

  private func acknowledge(_ entries: [AcknowledgedLog.Entry]) throws {
    try log.add(entries)
    wake()
  }

  // MARK: A person

  private func work(_ person: Int, _ group: Group, state: String) async throws {
    defer { stop() }
    var random = SeededGenerator(seed: seed &* 31 &+ UInt64(person))
    let connection = try await Connection.open(
      .init(principal: "chair", sockets: state + "/sockets", keys: state + "/keys", deadline: .seconds(3)))
    var members = group.members
    var ids: [String: MemberID] = [:]
    for member in members { ids[member.email] = try await self.id(of: member.email, connection) }
    var number = 0
    do {
      while !isStopping.withLock({ $0 }) {
        number += 1
        let key = "p\(person)-\(number)"
        do {
          if Int.random(in: 0..<3, using: &random) > 0 {
            try await change(&members, key: key, connection, &random)
          } else {
            let mentor = members.filter(\.isMentor).randomElement(using: &random)!
            let adept = members.filter { !$0.isMentor }.randomElement(using: &random)!
            try await pair(ids[mentor.email]!, ids[adept.email]!, key: key, connection, &random)
          }
        } catch BoardFailure.refused(let problem) where expected.contains(problem.code) {
          note(problem.code)
        }
      }
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  private func id(of email: String, _ connection: Connection) async throws -> MemberID {
    try await answered { try await Board(connection).member(email).member.id }
  }

  private func change(
    _ members: inout [Group.Member], key: String, _ connection: Connection, _ random: inout SeededGenerator
  ) async throws {
    let chosen = members.indices.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
    var next = members
    for index in chosen { next[index].version += 1 }
    let id = ImportID(unchecked: "import-\(key)")
    let rows = chosen.enumerated().map { Load.row(next[$1], line: $0 + 2) }
    _ = try await answered {
      try await connection.command(
        StageImportRows(importId: id, part: Number(unchecked: 1), rows: Bounded(rows)), key: "\(key)-stage")
    }
    let reply = try await answered {
      try await connection.command(
        CommitImport(importId: id, parts: Number(unchecked: 1), mode: .whole), key: "\(key)-commit")
    }
    guard reply.written, reply.changed.rawValue == chosen.count else { throw Surprise("an import wrote \(reply)") }
    members = next
    try acknowledge(chosen.map { .changed(email: next[$0].email, version: next[$0].version) })
  }

  private func pair(
    _ mentor: MemberID, _ adept: MemberID, key: String, _ connection: Connection, _ random: inout SeededGenerator
  ) async throws {
    let submitted = try await answered {
      try await connection.command(
        SubmitMatch(mentor: mentor, adept: adept, reason: Note(unchecked: "Inget är känt om dem.")),
        key: "\(key)-submit")
    }
    let match = submitted.match
    try acknowledge([.submitted(match: match.rawValue)])
    func answer(_ party: Party, _ answer: AnswerMatch.Answer) async throws {
      let reply = try await answered {
        try await connection.command(
          AnswerMatch(match: match, party: party, answer: answer), key: "\(key)-\(party.rawValue)")
      }
      try acknowledge([.answered(match: match.rawValue, state: reply.state)])
    }
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      let reply = try await answered {
        try await connection.command(WithdrawMatch(match: match), key: "\(key)-withdraw")
      }
      try acknowledge([.answered(match: match.rawValue, state: reply.state)])
    case 1:
      try await answer(.adept, .decline)
    default:
      try await answer(.mentor, .accept)
      try await answer(.adept, .accept)
      let mentorship = MentorshipID(of: match)
      _ = try await answered {
        // Followup may not have heard of the mentorship yet.
        try await connection.command(EndMentorship(mentorship: mentorship, by: .adept), key: "\(key)-end")
      }
      try acknowledge([.ended(mentorship: mentorship.rawValue)])
    }
  }

  /// Asks until there is an answer.
  private func answered<Answer: Sendable>(_ ask: () async throws -> Answer) async throws -> Answer {
    let deadline = ContinuousClock.now + .seconds(180)
    while true {
      do { return try await ask() } catch let failure as BoardFailure {
        switch failure {
        case .outOfReach, .unknown: break
        case .refused(let problem) where Load.passes(problem.code) && !expected.contains(problem.code):
          note(problem.code)
        default: throw failure
        }
        wake()
        // A person who is told to try again does not do so at once.
        try await Task.sleep(for: .milliseconds(20))
        if ContinuousClock.now > deadline { throw Surprise("no answer in three minutes: \(failure)") }
      }
    }
  }

  /// What is refused now and may be taken a moment later.
  private static func passes(_ code: String) -> Bool {
    code == "service/full" || code == "service/failed" || code.hasPrefix("match/unknown")
      || code == "mentorship/unknown"
  }
}

/// Something that the load did not expect; the fault's test fails with it.
struct Surprise: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
