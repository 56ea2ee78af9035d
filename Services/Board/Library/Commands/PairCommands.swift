import ArgumentParser
import Contracts
import Foundation
import Texts

struct MatchCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "match", abstract: BoardTexts.aboutMatch[BoardLanguage.current],
      subcommands: [
        Submit.self, Answer.self, Withdraw.self, Decide.self, Explain.self, Rules.self, List.self, Places.self,
      ])
  }

  struct Submit: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutSubmit[BoardLanguage.current])
    }
    @Option(help: .text(BoardTexts.helpMentor)) var mentor: String
    @Option(help: .text(BoardTexts.helpAdept)) var adept: String
    @Option(help: .text(BoardTexts.helpReason)) var reason: String?
    @Option(help: .text(BoardTexts.helpMonths)) var months: Int?
    @Option(help: .text(BoardTexts.helpResponsible)) var responsible: String?
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let reason: Note? = try reason.map { try checked($0, "--reason") }
      let months: Months? = try months.map { try checked($0, "--months") }
      let responsible: PrincipalName? = try responsible.map { try checked($0, "--responsible") }
      try await options.with { board in
        let reply = try await board.connection.command(
          SubmitMatch(
            mentor: try await board.memberID(mentor), adept: try await board.memberID(adept), reason: reason,
            months: months, responsible: responsible), key: repeatable.value)
        try options.show(reply) {
          BoardTexts.submitted(reply.match.rawValue, reply.answerBy.text)[options.lang]
        }
      }
    }
  }

  struct Answer: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutAnswer[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMatch)) var match: String
    @Option(help: .text(BoardTexts.helpParty)) var party: Party
    @Argument(help: .text(BoardTexts.helpAnswer)) var answer: AnswerMatch.Answer
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let match: MatchID = try checked(match, "MATCH")
      try await options.with { board in
        let reply = try await board.connection.command(
          AnswerMatch(match: match, party: party, answer: answer), key: repeatable.value)
        try options.show(reply) { WordTexts.matchState(reply.state)[options.lang] }
      }
    }
  }

  struct Withdraw: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutWithdraw[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMatch)) var match: String
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let match: MatchID = try checked(match, "MATCH")
      try await options.with { board in
        let reply = try await board.connection.command(WithdrawMatch(match: match), key: repeatable.value)
        try options.show(reply) { WordTexts.matchState(reply.state)[options.lang] }
      }
    }
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutMatchList[BoardLanguage.current])
    }
    @Option(help: .text(BoardTexts.helpState)) var state: MatchState?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        let matches = try await board.matches(state: state)
        if options.json { return try options.show(matches) { "" } }
        let names = try await board.names()
        var table = Table(BoardTexts.matchHeadings[options.lang])
        for match in matches {
          table.add([
            match.match.rawValue, names[match.mentor] ?? match.mentor.rawValue,
            names[match.adept] ?? match.adept.rawValue, WordTexts.matchState(match.state)[options.lang],
            match.submitted.text, match.answerBy.text,
          ])
        }
        print(table.text + "\n" + BoardTexts.matches(matches.count)[options.lang])
      }
    }
  }

  struct Places: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutPlaces[BoardLanguage.current])
    }
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        let places = try await board.places()
        if options.json { return try options.show(places) { "" } }
        let names = try await board.names()
        var table = Table(BoardTexts.placeHeadings[options.lang])
        for place in places {
          table.add([
            place.mentor.rawValue, names[place.mentor] ?? "",
            "\(place.taken.rawValue)/\(place.capacity.rawValue)",
          ])
        }
        print(table.text)
      }
    }
  }
}

/// A command's idempotency key, to give again where the outcome of the first time is unknown.
struct KeyOption: ParsableArguments {
  @Option(name: .customLong("key"), help: .text(BoardTexts.helpKey)) var key: String?
  var value: String { key ?? UUID().uuidString.lowercased() }
}
