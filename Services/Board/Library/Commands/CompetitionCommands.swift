import ArgumentParser
import Contracts
import Rules
import Texts

// What the competition rule and the scores say of a pair.

extension MatchCommand {
  struct Explain: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutExplain[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentor)) var mentor: String
    @Argument(help: .text(BoardTexts.helpAdept)) var adept: String
    @OptionGroup var arguments: PlanArguments
    @OptionGroup var options: BoardOptions

    func run() async throws {
      if arguments.offline { return try show(offline()) }
      try await options.with { board in
        let reply = try await board.connection.ask(
          ExplainPair(mentor: try await board.memberID(mentor), adept: try await board.memberID(adept)))
        try show(PairAccount(reply))
      }
    }

    private func offline() throws -> PairAccount {
      let question = try arguments.question()
      guard let cohort = question.cohort else { throw ValidationError(PlanTexts.needsFiles[options.lang]) }
      let pair = try question.pair(adept: adept, mentor: mentor)
      guard question.adepts[pair.adept] != question.mentors[pair.mentor] else {
        throw BoardFailure.unusable(PlanTexts.samePerson(adept)[options.lang])
      }
      return PairAccount(cohort.explain(pair), version: cohort.weights.version)
    }

    private func show(_ account: PairAccount) throws {
      try options.show(account) { account.text(options.lang) }
    }
  }

  struct Rules: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutRules[BoardLanguage.current])
    }
    @OptionGroup var options: BoardOptions

    private struct Line: Encodable {
      let rule: CompetitionRule
      let outcome: CompetitionOutcome
      let when: String
    }
    private struct Edition: Encodable {
      let version: Int
      let rules: [Line]
    }

    func run() throws {
      let language = options.lang
      let rules = CompetitionRule.allCases.map {
        Line(rule: $0, outcome: $0.outcome, when: CompetitionTexts.rule($0)[language])
      }
      try options.show(Edition(version: CompetitionRule.version, rules: rules)) {
        var table = Table(BoardTexts.ruleHeadings[language])
        for line in rules { table.add([CompetitionTexts.outcome(line.outcome)[language], line.when]) }
        return table.text + "\n" + BoardTexts.rulesVersion(CompetitionRule.version)[language]
      }
    }
  }

  struct Decide: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutDecide[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMatch)) var match: String
    @Option(help: .text(BoardTexts.helpReason)) var reason: String
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = DecideMatch(match: try checked(match, "MATCH"), reason: try checked(reason, "--reason"))
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { WordTexts.matchState(reply.state)[options.lang] }
      }
    }
  }
}

/// The score of a pair line by line, and what the rule has found, from the service or from files.
struct PairAccount: Encodable {
  struct Line: Encodable {
    let part: String
    let points: Int
    let reason: String
  }
  struct Finding: Encodable {
    let rule: CompetitionRule
    let outcome: CompetitionOutcome
    let reason: String
  }
  let outcome: CompetitionOutcome
  let findings: [Finding]
  let total: Int
  let lines: [Line]
  let version: Int

  init(_ reply: ExplainPair.Reply) {
    outcome = reply.outcome
    findings = reply.findings.elements.map { Finding(rule: $0.rule, outcome: $0.outcome, reason: $0.reason.rawValue) }
    total = reply.total.rawValue
    lines = reply.lines.elements.map {
      Line(part: $0.part.rawValue, points: $0.points.rawValue, reason: $0.reason.rawValue)
    }
    version = reply.version.rawValue
  }

  init(_ explanation: Explanation, version: Int) {
    let language = BoardLanguage.current
    outcome = explanation.competition.outcome
    findings = explanation.competition.evidence.map {
      Finding(rule: $0.rule, outcome: $0.rule.outcome, reason: $0.phrase[language])
    }
    total = explanation.total
    lines = explanation.lines.map { Line(part: $0.part.name, points: $0.points, reason: $0.part.phrase[language]) }
    self.version = version
  }

  func text(_ language: Language) -> String {
    var table = Table(BoardTexts.scoreHeadings[language])
    for line in lines { table.add(["\(line.points)", line.reason]) }
    table.add(["\(total)", ScoreTexts.total[language]])
    let verdict = BoardTexts.verdict(CompetitionTexts.outcome(outcome))[language]
    return ([table.text, "", verdict] + findings.map { "  " + $0.reason }).joined(separator: "\n")
  }
}
