import ArgumentParser
import Contracts
import Foundation
import Texts

/// Carries answers from mails to the service that asked.
struct AnswerCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "answer", abstract: FollowUpHelp.aboutAnswer[BoardLanguage.current])
  }
  @Argument(help: .text(FollowUpHelp.token)) var token: String?
  @Option(help: .text(FollowUpHelp.maildir)) var maildir: String?
  @Option(name: .customLong("day"), help: .text(BoardTexts.helpDay)) var dayText: String?
  @OptionGroup var options: BoardOptions

  func validate() throws {
    guard (token == nil) != (maildir == nil) else {
      throw ValidationError(FollowUpHelp.tokenOrMaildir[BoardLanguage.current])
    }
  }

  func run() async throws {
    if let token {
      let command = AnswerByToken(
        token: try checked(token.lowercased(), "TOKEN"), day: try dayText.map { try day($0, "--day") })
      try await options.with { board in
        let reply = try await board.connection.command(command)
        try options.show(reply) { HealthTexts.outcome(reply.outcome, reply.answer)[options.lang] }
      }
    } else if let maildir {
      try await options.with { board in
        let carried = try await board.carryAnswers(from: maildir)
        for (name, reason) in carried.refused.sorted(by: { $0.key < $1.key }) {
          FileHandle.standardError.write(Data("\(name): \(reason)\n".utf8))
        }
        try options.show(carried) { HealthTexts.carried(carried.taken.count, carried.left)[options.lang] }
      }
    }
  }
}
