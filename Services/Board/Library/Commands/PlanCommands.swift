import ArgumentParser
import Contracts
import Foundation
import PlanCheck
import Planner
import Register
import Rules
import Texts

struct PlanCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "plan", abstract: PlanTexts.about[BoardLanguage.current],
      subcommands: [
        Propose.self, Verify.self, WhyNot.self, Weights.self, Show.self, Edit.self, Publish.self,
      ], defaultSubcommand: Propose.self)
  }

  struct Propose: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PlanTexts.aboutPropose[BoardLanguage.current])
    }
    @Flag(help: .text(PlanTexts.helpColumns)) var columns = false
    @OptionGroup var arguments: PlanArguments
    @OptionGroup var options: BoardOptions

    @Option(help: .text(PlanTexts.helpAgain)) var again: String?

    func run() async throws {
      if columns { return print(RegisterFile.guide(options.lang)) }
      if !arguments.offline && !arguments.namesFiles { return try await draft() }
      try plan()
    }

    /// A draft in the service, from what it knows of everybody.
    private func draft() async throws {
      let after: PlanID? = try again.map { try checked($0, "--again") }
      let objective: PlanObjective = arguments.objective == .bestScore ? .bestScore : .mostAdepts
      try await options.with { board in
        func pairs(_ texts: [String], _ option: String) async throws -> Bounded<PlanPair>? {
          var pairs: [PlanPair] = []
          for text in texts { pairs.append(try await board.pair(text, option)) }
          return pairs.isEmpty ? nil : Bounded(pairs)
        }
        let made = try await board.connection.command(
          MakePlan(
            objective: objective, after: after, lock: try await pairs(arguments.lock, "--lock"),
            forbid: try await pairs(arguments.forbid, "--forbid")))
        try await board.show(made.plan, options)
      }
    }

    private func plan() throws {
      let question = try arguments.question()
      let plan = try question.plan(question.objective)
      if question.requireAll, let shortage = plan.shortage {
        let answer = Infeasible(question, PlanDocument.ShortageOfMentors(shortage, question))
        try options.show(answer) {
          answer.shortage.text(question, options.lang) + "\n" + PlanTexts.shortageAdvice[options.lang]
        }
        throw ExitCode(1)
      }
      let other = try question.plan(question.objective == .bestScore ? .mostAdepts : .bestScore)
      let document = PlanDocument(question, plan, other: other)
      try options.show(document) { document.text(question, options.lang) }
    }

    /// There is no plan that matches everybody: those who together have too few mentors.
    private struct Infeasible: Encodable {
      let requireAll = true
      let locked: [PlanDocument.NamedPair]
      let forbidden: [PlanDocument.NamedPair]
      let shortage: PlanDocument.ShortageOfMentors
      var scores: String?
      var capacities: String?
      var people: PlanSource.People?

      init(_ question: PlanQuestion, _ shortage: PlanDocument.ShortageOfMentors) {
        self.shortage = shortage
        locked = question.problem.locked.map { PlanDocument.NamedPair($0, question) }
        forbidden = question.problem.forbidden.map { PlanDocument.NamedPair($0, question) }
        switch question.source {
        case .scores(let path, let capacities): (scores, self.capacities) = (path, capacities)
        case .people(let people): self.people = people
        }
      }
    }
  }

  struct Verify: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PlanTexts.aboutVerify[BoardLanguage.current])
    }
    @Argument(help: .text(PlanTexts.helpFile)) var file: String
    @Option(help: .text(PlanTexts.helpVerifyScores)) var scores: String?
    @Option(help: .text(PlanTexts.helpCapacities)) var capacities: String?
    @OptionGroup var options: BoardOptions

    private struct Verdict: Encodable {
      let holds: Bool
      var matched: Int?
      var total: Int?
      /// Whose best plans are proved.
      var objectives: [String]?
      /// Whether the pairs of a draft have been changed since it was proposed.
      var isChanged: Bool?
      /// Of a file that says that not all can be matched: who together have too few mentors.
      var shortage: [String]?
      let against: [String]
    }

    /// What a draft says in any case.
    private struct DraftFile: Decodable {
      let plan: PlanID
      let made: Day
    }

    func run() throws {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw BoardFailure.unusable(BoardTexts.noFile(file)[options.lang])
      }
      let decoder = JSONDecoder()
      guard let saved = try? decoder.decode(SavedPlan.self, from: data) else {
        let isDraft = (try? decoder.decode(DraftFile.self, from: data)) != nil
        throw BoardFailure.unusable((isDraft ? PlanTexts.draftWithoutProof : PlanTexts.notAPlan)(file)[options.lang])
      }
      let (rows, places, files) = try given(saved.origin)
      switch saved.answer {
      case .plan(let plan):
        do throws(PlanFlaw) { try check(plan, scores: rows, places: places) } catch {
          throw BoardFailure.unusable(PlanTexts.rejected(error.phrase)[options.lang])
        }
        let proved = plan.proved
        let verdict = Verdict(
          holds: true, matched: plan.matched, total: plan.total, objectives: proved.map(\.rawValue),
          isChanged: saved.isChanged, against: files)
        try options.show(verdict) {
          ([
            PlanTexts.holds(plan.matched, plan.total, scores: files.joined(separator: ", ")),
            PlanTexts.proved(proved.map { PlanTexts.objective(isBestScore: $0 == .bestScore) }),
          ] + (saved.without.isEmpty ? [] : [PlanTexts.provedForOthers])
            + (saved.isChanged == true ? [PlanTexts.changedSince] : []))
            .map { $0[options.lang] }.joined(separator: "\n")
        }
      case .shortage(let file):
        do throws(PlanFlaw) { try check(file, scores: rows, places: places) } catch {
          throw BoardFailure.unusable(PlanTexts.rejected(error.phrase)[options.lang])
        }
        try options.show(Verdict(holds: true, shortage: file.shortage.adepts, against: files)) {
          PlanTexts.shortageHolds(file.shortage.adepts, scores: files.joined(separator: ", "))[options.lang]
        }
      }
    }

    /// The scores and places to check against, read anew from the files, and the files.
    private func given(_ origin: PlanOrigin) throws -> ([String: [String: Int]], [String: Int], [String]) {
      var rows: [String: [String: Int]] = [:]
      if let people = origin.people, scores == nil {
        let cohort = try PeopleFiles(
          mentors: people.mentors, adepts: people.adepts, rules: people.rules, today: try day(people.day, "day")
        ).cohort
        for (number, adept) in cohort.adepts.enumerated() {
          let pairs = cohort.scores.row(of: number).map { (cohort.mentors[$0.mentor].id, $0.score) }
          rows[adept.id] = Dictionary(uniqueKeysWithValues: pairs)
        }
        let places = Dictionary(uniqueKeysWithValues: cohort.mentors.map { ($0.id, $0.places) })
        return (rows, places, [people.mentors, people.adepts] + (people.rules.map { [$0] } ?? []))
      }
      if let given = origin.given, scores == nil {
        return (given.scores, given.places, [PlanTexts.scoresInFile(file)[options.lang]])
      }
      guard let path = scores ?? origin.scores else {
        throw BoardFailure.unusable(PlanTexts.notAPlan(file)[options.lang])
      }
      let given = try ScoreFile(scores: path, capacities: capacities ?? (scores == nil ? origin.capacities : nil))
      for (pair, score) in given.pairs {
        let mentor = given.mentors[pair.mentor]
        guard rows[given.adepts[pair.adept], default: [:]].updateValue(score, forKey: mentor) == nil else {
          throw BoardFailure.unusable(PlanTexts.repeatedPair(given.adepts[pair.adept], mentor)[options.lang])
        }
      }
      return (rows, Dictionary(uniqueKeysWithValues: zip(given.mentors, given.places)), [path])
    }
  }

  struct Weights: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PlanTexts.aboutWeights[BoardLanguage.current])
    }
    @Argument(help: .text(PlanTexts.helpWeightsFile)) var file: String?
    @Flag(help: .text(PlanTexts.helpInUse)) var inUse = false
    @Flag(help: .text(PlanTexts.helpUse)) var use = false
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let weights = try file.map(PeopleFiles.weights) ?? ScoreWeights()
      guard inUse || use else { return print(weights.file, terminator: "") }
      try await options.with { board in
        if use {
          _ = try await board.connection.command(SetScoreWeights(weights: WeightsText(unchecked: weights.file)))
        }
        print(try await board.connection.ask(GetScoreWeights()).weights.rawValue, terminator: "")
      }
    }
  }

  struct WhyNot: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(commandName: "why-not", abstract: PlanTexts.aboutWhyNot[BoardLanguage.current])
    }
    @Argument(help: .text(PlanTexts.helpAdept)) var adept: String
    @Argument(help: .text(PlanTexts.helpMentor)) var mentor: String
    @Option(help: .text(PlanTexts.helpDraft)) var plan: String?
    @OptionGroup var arguments: PlanArguments
    @OptionGroup var options: BoardOptions

    private struct Answer: Encodable {
      let answer: String
      var adepts: Int?
      var score: Int?
      var lockedTo: String?
      var moves: [Move]?
      var evidence: [EvidenceLine]?
    }
    private struct Move: Encodable {
      let adept: String
      let from: String?
      let to: String?
    }

    func run() async throws {
      if !arguments.offline && !arguments.namesFiles { return try await ask() }
      let question = try arguments.question()
      let language = options.lang
      let pair = try question.pair(adept: self.adept, mentor: self.mentor)
      let (adept, mentor) = (
        question.name(question.adepts[pair.adept]), question.name(question.mentors[pair.mentor])
      )
      let plan = try question.plan(question.objective)
      switch plan.whyNot(pair) {
      case .isInPlan:
        try options.show(Answer(answer: "in-plan")) { PlanTexts.isInPlan(adept, mentor)[language] }
      case .noScore:
        if let cohort = question.cohort, question.adepts[pair.adept] != question.mentors[pair.mentor] {
          let evidence = cohort.explain(pair).competition.evidence
          try options.show(Answer(answer: "blocked", evidence: evidence.map(EvidenceLine.init))) {
            ([PlanTexts.isBlocked(adept, mentor)] + evidence.map(\.phrase)).map { $0[language] }.joined(separator: "\n")
          }
        } else {
          try options.show(Answer(answer: "no-score")) { PlanTexts.noScore(adept, mentor)[language] }
        }
      case .forbidden:
        try options.show(Answer(answer: "forbidden")) { PlanTexts.isForbidden(adept, mentor)[language] }
      case .lockedElsewhere(let other):
        let name = question.name(question.mentors[other])
        try options.show(Answer(answer: "locked-elsewhere", lockedTo: question.mentors[other])) {
          PlanTexts.lockedElsewhere(adept, name)[language]
        }
      case .noOpenPlace:
        try options.show(Answer(answer: "no-open-place")) { PlanTexts.noOpenPlace(mentor)[language] }
      case .costs(let loss, let moves):
        let named = moves.map { move in
          Move(
            adept: question.adepts[move.adept], from: move.from.map { question.mentors[$0] },
            to: move.to.map { question.mentors[$0] })
        }
        try options.show(Answer(answer: "costs", adepts: loss.adepts, score: loss.score, moves: named)) {
          PlanTexts.costs(adept, mentor, adepts: loss.adepts, score: loss.score)[language] + "\n\n"
            + moveTable(named.map { ($0.adept, $0.from, $0.to) }, question.name)
        }
      }
    }

    /// What the service answers, of those who wait there.
    private func ask() async throws {
      let language = options.lang
      let plan: PlanID? = try plan.map { try checked($0, "--plan") }
      try await options.with { board in
        let query = AskWhyNot(
          adept: try await board.memberID(self.adept), mentor: try await board.memberID(self.mentor), plan: plan)
        let reply = try await board.connection.ask(query)
        let names = options.json ? [:] : try await board.names()
        func name(_ id: MemberID) -> String { names[id] ?? id.rawValue }
        let (adept, mentor) = (name(query.adept), name(query.mentor))
        try options.show(reply) {
          switch reply.answer {
          case .isInPlan: return PlanTexts.isInPlan(adept, mentor)[language]
          case .forbidden: return PlanTexts.isForbidden(adept, mentor)[language]
          case .noOpenPlace: return PlanTexts.noOpenPlace(mentor)[language]
          case .lockedElsewhere:
            return PlanTexts.lockedElsewhere(adept, reply.lockedTo.map(name) ?? "–")[language]
          case .blocked:
            return
              ([PlanTexts.isBlocked(adept, mentor)[language]]
              + (reply.findings?.elements ?? []).map(\.reason.rawValue)).joined(separator: "\n")
          case .costs:
            let cost = reply.cost ?? PlanWorth(adepts: Count(0), score: Points(unchecked: 0))
            let moved = (reply.moves?.elements ?? []).map { ($0.adept.rawValue, $0.from?.rawValue, $0.to?.rawValue) }
            return PlanTexts.costs(adept, mentor, adepts: cost.adepts.rawValue, score: cost.score.rawValue)[language]
              + "\n\n" + moveTable(moved) { name(MemberID(unchecked: $0)) }
          }
        }
      }
    }

    private func moveTable(
      _ moves: [(adept: String, from: String?, to: String?)], _ name: (String) -> String
    ) -> String {
      var table = Table(PlanTexts.moveHeadings[options.lang])
      let nobody = PlanTexts.nobody[options.lang]
      for move in moves {
        table.add([name(move.adept), move.from.map(name) ?? nobody, move.to.map(name) ?? nobody])
      }
      return table.text
    }
  }
}

extension PlanDocument {
  func text(_ question: PlanQuestion, _ language: Language) -> String {
    let others = Dictionary(uniqueKeysWithValues: alternatives.map { ($0.adept, $0) })
    let name = question.name
    var plan = Table(PlanTexts.pairHeadings[language])
    let greatest = pairs.map(\.score).max() ?? 0
    for pair in pairs {
      let remark =
        pair.locked == true
        ? PlanTexts.locked
        : others[pair.adept].map { PlanTexts.orMentors($0.mentors.map(name), orUnmatched: $0.orUnmatched) }
          ?? PlanTexts.inEveryPlan
      plan.add([
        name(pair.adept), name(pair.mentor), "\(pair.score)", PlanDocument.bar(pair.score, of: greatest),
        remark[language] + (pair.outcome == .boardDecides ? " · " + PlanTexts.boardDecides[language] : ""),
      ])
    }
    var parts = [plan.text]
    if !unmatched.isEmpty {
      var table = Table(PlanTexts.unmatchedHeadings[language])
      for item in unmatched {
        let because = (item.blockedBy ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.compactMap {
          code, count in
          CompetitionRule(rawValue: code).map { PlanTexts.blocked(count, by: CompetitionTexts.rule($0))[language] }
        }
        table.add([
          name(item.adept),
          because.isEmpty ? PlanTexts.unmatched(item.reason.rawValue)[language] : because.joined(separator: "; "),
        ])
      }
      parts.append(table.text)
    }
    if !blockingPairs.isEmpty {
      var table = Table(PlanTexts.blockingHeadings[language])
      for pair in blockingPairs { table.add([name(pair.adept), name(pair.mentor), "\(pair.score)"]) }
      parts.append(table.text)
    }
    if !recruit.isEmpty {
      var table = Table(PlanTexts.recruitHeadings[language])
      for item in recruit {
        let topics = (item.topics ?? []).map { WordTexts.topic($0)[language] }
        let forms = (item.forms ?? []).map { WordTexts.form($0)[language] }
        table.add([
          item.kommun ?? item.mentor.map { PlanTexts.like(name($0))[language] } ?? "",
          (topics + forms).joined(separator: ", "), "\(item.helps)",
          PlanTexts.gain(adepts: item.gain.adepts, score: item.gain.score)[language],
        ])
      }
      parts.append(table.text)
    }
    var totals = Table(PlanTexts.objectiveHeadings[language])
    for objective in Objective.allCases {
      guard let item = objectives[objective.rawValue] else { continue }
      totals.add([
        PlanTexts.objective(isBestScore: objective == .bestScore)[language], "\(item.matched)", "\(item.total)",
      ])
    }
    parts.append(totals.text)
    if let shortage { parts.append(shortage.text(question, language)) }
    parts.append(PlanTexts.proven(matched, total)[language])
    return parts.joined(separator: "\n\n")
  }

  /// A bar as long as a score is beside the greatest, for those who would rather look than read.
  private static func bar(_ score: Int, of greatest: Int) -> String {
    guard score > 0, greatest > 0 else { return "" }
    return String(repeating: "█", count: max(1, Int(Int128(score) * 20 / Int128(greatest))))
  }
}

extension PlanDocument.ShortageOfMentors {
  func text(_ question: PlanQuestion, _ language: Language) -> String {
    PlanTexts.shortage(adepts.map(question.name), mentors.map(question.name), places: places)[language]
  }
}

extension PlanFlaw {
  fileprivate var phrase: Phrase {
    switch self {
    case .noSuchPair(let adept, let mentor): PlanTexts.flawNoSuchPair(adept, mentor)
    case .wrongScore(let adept, let mentor, let filed, let given):
      PlanTexts.flawWrongScore(adept, mentor, filed: filed, given: given)
    case .forbidden(let adept, let mentor): PlanTexts.isForbidden(adept, mentor)
    case .worthless(let adept, let mentor): PlanTexts.flawWorthless(adept, mentor)
    case .matchedTwice(let adept): PlanTexts.flawMatchedTwice(adept)
    case .tooManyAdepts(let mentor): PlanTexts.flawTooManyAdepts(mentor)
    case .lockedMissing(let adept, let mentor): PlanTexts.flawLockedMissing(adept, mentor)
    case .leftOut(let adept): PlanTexts.flawLeftOut(adept)
    case .wrongSums: PlanTexts.flawWrongSums
    case .unproved: PlanTexts.flawUnproved
    case .noPrice(let id): PlanTexts.flawNoPrice(id)
    case .negativePrice(let id): PlanTexts.flawNegativePrice(id)
    case .pricesTooLow(let adept, let mentor): PlanTexts.flawPricesTooLow(adept, mentor)
    case .pricesDisagree: PlanTexts.flawPricesDisagree
    case .reachesMore(let adept, let mentor): PlanTexts.flawReachesMore(adept, mentor)
    case .placesSuffice: PlanTexts.flawPlacesSuffice
    }
  }
}
