import ArgumentParser
import Contracts
import Foundation
import Texts

struct DeadLetterCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "dead-letter", abstract: BoardTexts.aboutDeadLetter[BoardLanguage.current],
      subcommands: [List.self, Show.self, Replay.self, Discard.self])
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutDeadLetterList[BoardLanguage.current])
    }
    @OptionGroup var options: BoardOptions

    private struct Found: Encodable {
      let service: ServiceName
      let box: LetterBox
      let letter: ListDeadLetters.Item
    }

    func run() async throws {
      try await options.with { board in
        var found: [Found] = []
        for service in ServiceName.allCases {
          for box in LetterBox.allCases {
            found += try await board.deadLetters(of: service, box: box)
              .map { Found(service: service, box: box, letter: $0) }
          }
        }
        try options.show(found) {
          guard !found.isEmpty else { return BoardTexts.noDeadLetters[options.lang] }
          var table = Table(BoardTexts.deadLetterHeadings[options.lang])
          for item in found {
            table.add([
              item.service.rawValue, item.box.rawValue, "\(item.letter.number.rawValue)",
              item.letter.message.rawValue,
              "\(item.letter.attempts.rawValue)", item.letter.problem.rawValue,
            ])
          }
          return table.text
        }
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutDeadLetterShow[BoardLanguage.current])
    }
    @OptionGroup var letter: LetterArguments
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let number: Number = try checked(letter.number, "NUMBER")
      try await options.with { board in
        let opened = try await board.deadLetter(of: letter.service, box: letter.box, number: number)
        try options.show(opened) { letter.text(opened, options.lang) }
      }
    }
  }

  struct Replay: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutReplay[BoardLanguage.current])
    }
    @OptionGroup var letter: LetterArguments
    @OptionGroup var options: BoardOptions
    func run() async throws { try await letter.settle(.replay, options) }
  }

  struct Discard: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutDiscard[BoardLanguage.current])
    }
    @OptionGroup var letter: LetterArguments
    @OptionGroup var options: BoardOptions
    func run() async throws { try await letter.settle(.discard, options) }
  }
}

struct LetterArguments: ParsableArguments {
  @Argument(help: .text(BoardTexts.helpService)) var service: ServiceName
  @Argument(help: .text(BoardTexts.helpLetter)) var number: Int
  @Flag(help: .text(BoardTexts.helpSent)) var sent = false

  var box: LetterBox { sent ? .sent : .received }

  /// The letter as a person reads it, with the one command that replays it and the one that discards it.
  func text(_ opened: Board.OpenedLetter, _ language: Language) -> String {
    let reply = opened.letter
    let item = reply.letter
    let peer = item.peer.rawValue
    let place =
      sent
      ? BoardTexts.letterSent(number, by: service.rawValue, to: peer)
      : BoardTexts.letterReceived(number, by: service.rawValue, from: peer)
    let waiting =
      opened.waiting.map { BoardTexts.holdsBack($0.rawValue) }
      ?? BoardTexts.holdsBackUnknown(sent ? service.rawValue : peer)
    let fields = Table.fields(
      BoardTexts.deadLetterFields[language],
      [
        place[language], item.message.rawValue, reply.id.rawValue, reply.key?.rawValue ?? "–", waiting[language],
        item.died.text, "\(item.attempts.rawValue)", item.problem.rawValue, reply.detail?.rawValue ?? "–",
      ])
    func command(_ verb: String) -> String {
      "board dead-letter \(verb) \(service.rawValue) \(number)" + (sent ? " --sent" : "")
    }
    let settle = BoardTexts.settleWith(replay: command("replay"), discard: command("discard"))
    return [fields, reply.body.rawValue, settle[language]].joined(separator: "\n\n")
  }

  func settle(_ way: SettleDeadLetter.Way, _ options: BoardOptions) async throws {
    let command = SettleDeadLetter(
      box: box, number: try checked(number, "NUMBER"), way: way)
    try await options.with { board in
      let reply = try await board.connection.command(command, of: service)
      try options.show(reply) { BoardTexts.letterSettled(reply.number.rawValue)[options.lang] }
    }
  }
}
