import ArgumentParser
import Contracts
import Foundation
import Settings
import Texts

/// `board`: noun, then verb. Exit status 0 done, 1 refused with the reason, 2 wrong call, 3 service out of
/// reach; of `status` also 4 where something is to be done.
public struct BoardCommand: AsyncParsableCommand {
  public static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "board", abstract: BoardTexts.aboutBoard[BoardLanguage.current], version: "0.1.0",
      subcommands: [
        MemberCommand.self, PlanCommand.self, MatchCommand.self, MentorshipCommand.self, TaskCommand.self,
        AnswerCommand.self, MailCommand.self, ReportCommand.self,
        StatusCommand.self, AuditCommand.self, HealthCommand.self, MetricsCommand.self, BackupCommand.self,
        DeadLetterCommand.self, CalendarCommand.self, KeysCommand.self, SettingsCommand.self, ContractsCommand.self,
      ])
  }

  public init() {}

  /// Parses and runs one command line.
  ///
  /// - Returns: the exit status.
  public static func call(_ arguments: [String]) async -> Int32 {
    if let refusal = Settings.ofProcess.refusal() {
      complain(refusal)
      return 1
    }
    do {
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch let failure as BoardFailure {
      complain(explain(failure))
      return failure.exitStatus
    } catch {
      let text = translated(fullMessage(for: error))
      if exitCode(for: error) == .success {
        print(text)
        return 0
      }
      complain(text)
      return 2
    }
  }

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data((text.printable + "\n").utf8))
  }

  /// A failure as the sentence that a person is shown.
  public static func explain(_ failure: BoardFailure) -> String {
    let language = BoardLanguage.current
    return switch failure {
    case .refused(let problem):
      [problem.title + ".", problem.detail, "(\(problem.code))"].filter { !$0.isEmpty }.joined(separator: " ")
    case .unusable(let sentence): sentence
    case .outOfReach(let service): BoardTexts.outOfReach(service)[language]
    case .unknown(let service, let key):
      key.map { BoardTexts.unknownOutcome(service, $0)[language] }
        ?? BoardTexts.noAnswer(service)[language]
    }
  }

  /// The few words that the argument parser has in English only.
  static func translated(_ text: String) -> String {
    guard BoardLanguage.current == .sv else { return text }
    return BoardTexts.parserWords.reduce(text) { $0.replacingOccurrences(of: $1.en, with: $1.sv) }
  }
}
