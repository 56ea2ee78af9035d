import BoardClient
import Contracts
import Foundation
import Messaging
import Store
import TestSupport
import Testing

/// Each service dies once at each step of its work, and a match still becomes one mentorship with four mails.
@Suite(.serialized) struct FailpointTests {
  struct Death: Sendable, CustomStringConvertible {
    let service: ServiceName
    let step: Failpoint
    let time: Int
    var description: String { "\(service.rawValue) at \(step.rawValue), time \(time)" }
  }

  /// Who sends deliveries and who receives them decides which steps a service comes by.
  static let deaths: [Death] = ServiceName.allCases.flatMap { service -> [Death] in
    let receives = Topology.routes.contains { $0.to.contains(service) }
    let sends = !Topology.receivers(of: service).isEmpty
    return Failpoint.allCases.flatMap { step -> [Death] in
      switch step {
      case .receive: receives ? [Death(service: service, step: step, time: 1)] : []
      case .effectAfter: receives ? [Death(service: service, step: step, time: 2)] : []
      case .sendBefore, .sendAfter, .settleBefore, .settleAfter:
        sends ? [Death(service: service, step: step, time: 2)] : []
      case .commitBefore, .commitAfter, .answerBefore, .answerAfter:
        [3, 6].map { Death(service: service, step: step, time: $0) }
      }
    }
  }

  @Test(arguments: deaths) func dyingOnceChangesNothing(_ death: Death) async throws {
    let folder = try TemporaryFolder()
    let marker = folder.path + "/died"
    let programme = try await RunningProgramme(
      folder: folder,
      environment: [
        "HANDSLAG_FAILPOINT": "\(death.service.rawValue):\(death.step.rawValue):\(death.time):\(marker)"
      ])
    let connection = try await Connection.open(
      .init(principal: "chair", sockets: folder.path + "/sockets", keys: folder.path + "/keys", deadline: .seconds(5)))
    let board = Board(connection)

    let rows = try RegisterFile(try Data(contentsOf: URL(fileURLWithPath: BoardProgramTests.sample))).rows
    try await again { _ = try await board.importRows(rows, mode: .whole) }
    let members = try await again { try await board.members() }
    let mentor = try #require(members.first { $0.role == .mentor && $0.organisationNumber == nil })
    let adept = try #require(members.first { $0.role == .adept && $0.organisationNumber == nil })
    let match = try await again(untilKnown: true) {
      try await connection.command(SubmitMatch(mentor: mentor.id, adept: adept.id), key: "submit").match
    }
    for party in Party.allCases {
      try await again {
        _ = try await connection.command(
          AnswerMatch(match: match, party: party, answer: .accept), key: "answer-\(party.rawValue)")
      }
    }
    var report = try await again { try await ProgrammeReport(board) }
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline && (report.mailsKept < 4 || !report.addsUp) {
      report = try await again { try await ProgrammeReport(board) }
    }
    #expect(report.addsUp, "\(report.text(.en))")
    #expect(report.members == 40)
    #expect(report.matches == ["active": 1])
    #expect(report.mentorships == 1)
    #expect(report.mails == ["invitation": 2, "welcome": 2])
    #expect(try await again { try await board.matches().map(\.match) } == [match])
    #expect(FileManager.default.fileExists(atPath: marker), "\(death) did not happen")
    await connection.close()
    await programme.stop()
  }

  /// Repeats what a service's death left without an answer; commands carry keys.
  private func again<T>(untilKnown: Bool = false, _ body: () async throws -> T) async throws -> T {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      do { return try await body() } catch BoardFailure.outOfReach {} catch BoardFailure.unknown {
      } catch BoardFailure.refused(let problem) where untilKnown && problem.code.hasPrefix("match/unknown") {}
    }
    return try await body()
  }
}
