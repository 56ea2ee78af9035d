import ArgumentParser
import Contracts
import Foundation
import Texts

/// The metrics of all services as one text, for a collector that reads files, or for a person.
struct MetricsCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "metrics", abstract: OperatorTexts.aboutMetrics[BoardLanguage.current])
  }
  @OptionGroup var options: BoardOptions

  func run() async throws {
    try await options.with { board in
      var texts: [String] = []
      var up: [String] = ["# HELP handslag_up 1 where the service answers.", "# TYPE handslag_up gauge"]
      var silent: ServiceName?
      for service in ServiceName.allCases {
        var answers = 0
        do {
          texts.append(try await board.connection.ask(GetMetrics(), of: service).text.rawValue)
          answers = 1
        } catch BoardFailure.outOfReach, BoardFailure.unknown { silent = service }
        up.append("handslag_up{service=\"\(service.rawValue)\"} \(answers)")
      }
      print(MetricsCommand.merged(texts + [up.joined(separator: "\n") + "\n"]), terminator: "")
      if let silent { throw ExitCode(BoardFailure.outOfReach(service: silent.rawValue).exitStatus) }
    }
  }

  /// The format wants the samples of a family together, under one head.
  static func merged(_ texts: [String]) -> String {
    var order: [Substring] = []
    var heads: [Substring: [Substring]] = [:]
    var samples: [Substring: [Substring]] = [:]
    for text in texts {
      var family: Substring = ""
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ", maxSplits: 3)
        guard line.hasPrefix("#"), words.count > 2 else {
          samples[family, default: []].append(line)
          continue
        }
        family = words[2]
        if samples[family] == nil {
          samples[family] = []
          order.append(family)
        }
        if !heads[family, default: []].contains(line) { heads[family, default: []].append(line) }
      }
    }
    return order.map { (heads[$0]! + samples[$0]!).map { $0 + "\n" }.joined() }.joined()
  }
}
