import BoardClient
import Contracts
import Foundation
import Messaging
import Register
import TestSupport
import Testing

/// A message that ends the process that handles it, from its death to its replay once the fault is mended.
@Suite(.serialized) struct PoisonTests {
  private struct Found: Decodable {
    let service: ServiceName
    let box: LetterBox
    let letter: ListDeadLetters.Item
  }

  private struct Opened: Decodable {
    let letter: GetDeadLetter.Reply
    let waiting: Count?
  }

  private func decode<T: Decodable>(_: T.Type, _ outcome: Executable.Outcome) throws -> T {
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(T.self, from: Data(outcome.output.utf8))
  }

  private func open(_ folder: TemporaryFolder) async throws -> Connection {
    try await .open(
      .init(principal: "chair", sockets: folder.path + "/sockets", keys: folder.path + "/keys", deadline: .seconds(30)))
  }

  /// Asks until there are so many; each question waits for a service's answer.
  private func until<T>(count: Int, _ read: () async throws -> [T]) async throws -> [T] {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      do {
        let values = try await read()
        if values.count >= count { return values }
      } catch BoardFailure.outOfReach {} catch BoardFailure.unknown {
      } catch BoardFailure.refused(let problem) where problem.code.hasPrefix("match/unknown") {}
    }
    return try await read()
  }

  private func accept(_ match: MatchID, _ connection: Connection) async throws {
    for party in Party.allCases {
      _ = try await connection.command(
        AnswerMatch(match: match, party: party, answer: .accept), key: "\(match.rawValue)-\(party.rawValue)")
    }
  }

  @Test func isFoundOutHoldsBackItsKeyAloneAndIsDoneOnceAfterTheFix() async throws {
    let folder = try TemporaryFolder()
    let rows = try RegisterFile(try Data(contentsOf: URL(fileURLWithPath: BoardProgramTests.sample))).rows

    // Before the fault: the members, and a pair that has been asked.
    let before = try await RunningProgramme(folder: folder)
    var connection = try await open(folder)
    var board = Board(connection)
    _ = try await board.importRows(rows, mode: .whole)
    let members = try await board.members().filter { $0.organisationNumber == nil }
    let mentors = members.filter { $0.role == .mentor }
    let adepts = members.filter { $0.role == .adept }
    try #require(mentors.count >= 3 && adepts.count >= 3)
    func submit(_ index: Int) async throws -> MatchID {
      try await until(count: 1) {
        try await [
          connection.command(
            SubmitMatch(mentor: mentors[index].id, adept: adepts[index].id), key: "submit-\(index)")
        ]
      }[0].match
    }
    let other = try await submit(0)
    _ = try await until(count: 2) { try await board.mails() }
    await connection.close()
    await before.stop()

    // Now every submitted match ends the process of the follow-up.
    let poisoned = try await RunningProgramme(
      folder: folder, environment: ["HANDSLAG_POISON": "followup:\(MatchSubmitted.type)"])
    connection = try await open(folder)
    board = Board(connection)
    let replayed = try await submit(1)
    let discarded = try await submit(2)
    for match in [replayed, discarded, other] { try await accept(match, connection) }
    let letters = try await until(count: 2) { try await board.deadLetters(of: .followup, box: .received) }
    #expect(letters.map(\.attempts.rawValue) == [3, 3])
    // Another key goes on: the pair that was asked before the fault has its mentorship.
    let running = try await until(count: 1) { try await board.mentorships() }
    #expect(running.map(\.mentorship) == [MentorshipID(of: other)])

    let list = try await poisoned.board("dead-letter", "list", "--json")
    let found = try decode([Found].self, list)
    #expect(found.map(\.service) == [.followup, .followup] && found.map(\.box) == [.received, .received])
    #expect(found.allSatisfy { $0.letter.message.rawValue == MatchSubmitted.type })
    var numbers: [MatchID: String] = [:]
    for letter in found {
      let number = "\(letter.letter.number.rawValue)"
      let opened = try decode(
        Opened.self, await poisoned.board("dead-letter", "show", "followup", number, "--lang", "en", "--json"))
      #expect(opened.letter.cause.rawValue == "delivery/crashed")
      #expect(
        opened.letter.letter.problem.rawValue == "Handling it ended the service's process; it was tried 3 times.")
      // The first answer and the activation wait behind it.
      #expect(opened.waiting?.rawValue == 2)
      let match = try #require([replayed, discarded].first { $0.rawValue == opened.letter.key?.rawValue })
      numbers[match] = number
      let text = try await poisoned.board("dead-letter", "show", "followup", number)
      for part in [
        match.rawValue, "\"mentor\" : \"m-", "2 senare meddelanden", "board dead-letter replay followup \(number)",
        "board dead-letter discard followup \(number)",
      ] { #expect(text.output.contains(part), "\(text.output)") }
    }
    await connection.close()
    await poisoned.stop()

    // After the fix the letters are still there, until a person settles them.
    let mended = try await RunningProgramme(folder: folder)
    connection = try await open(folder)
    board = Board(connection)
    let mailsBefore = try await until(count: 4) { try await board.mails() }
    #expect(mailsBefore.count == 4)
    #expect(try await board.mentorships().count == 1)
    for (verb, match) in [("replay", replayed), ("discard", discarded)] {
      let number = try #require(numbers[match])
      #expect(try await mended.board("dead-letter", verb, "followup", number).status == 0)
      #expect(try await mended.board("dead-letter", verb, "followup", number).status == 1)
    }
    // What waited behind the replayed letter follows in its order: two welcomes and no refusal. What waited behind
    // the discarded one begins with an answer to a match that the follow-up now has never heard of.
    let begun = try await until(count: 2) { try await board.mentorships() }
    #expect(Set(begun.map(\.mentorship)) == Set([other, replayed].map(MentorshipID.init(of:))))
    let mails = try await until(count: 8) { try await board.mails() }
    #expect(mails.count == 8)
    let left = try await until(count: 1) { try await board.deadLetters(of: .followup, box: .received) }
    #expect(left.map(\.message.rawValue) == [MatchAccepted.type])
    await connection.close()
    await mended.stop()
  }
}
