import ArgumentParser
import Contracts
import Foundation
import PlanCheck
import Planner
import Texts

struct PlanCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "plan", abstract: PlanTexts.about[BoardLanguage.current],
      subcommands: [Propose.self, Verify.self, WhyNot.self], defaultSubcommand: Propose.self)
  }

  struct Propose: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PlanTexts.aboutPropose[BoardLanguage.current])
    }
    @OptionGroup var arguments: PlanArguments
    @OptionGroup var options: BoardOptions

    func run() throws {
      let question = try arguments.question()
      let plan = try question.plan(question.objective)
      if question.requireAll, let shortage = plan.shortage {
        let named = PlanDocument.ShortageOfMentors(shortage, question.file)
        try options.show(["shortage": named]) {
          PlanTexts.shortage(named.adepts, named.mentors, places: named.places)[options.lang] + "\n"
            + PlanTexts.shortageAdvice[options.lang]
        }
        throw ExitCode(1)
      }
      let other = try question.plan(question.objective == .bestScore ? .mostAdepts : .bestScore)
      let document = PlanDocument(question, plan, other: other)
      try options.show(document) { document.text(options.lang) }
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
      let matched: Int
      let total: Int
      let scores: String
    }

    func run() throws {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw BoardFailure.unusable(BoardTexts.noFile(file)[options.lang])
      }
      guard let plan = try? JSONDecoder().decode(PlanFile.self, from: data) else {
        throw BoardFailure.unusable(PlanTexts.notAPlan(file)[options.lang])
      }
      let path = scores ?? plan.scores
      let given = try ScoreFile(scores: path, capacities: capacities ?? (scores == nil ? plan.capacities : nil))
      var rows: [String: [String: Int]] = [:]
      for (pair, score) in given.pairs {
        let mentor = given.mentors[pair.mentor]
        guard rows[given.adepts[pair.adept], default: [:]].updateValue(score, forKey: mentor) == nil else {
          throw BoardFailure.unusable(PlanTexts.repeatedPair(given.adepts[pair.adept], mentor)[options.lang])
        }
      }
      let places = Dictionary(uniqueKeysWithValues: zip(given.mentors, given.places))
      do throws(PlanFlaw) { try check(plan, scores: rows, places: places) } catch {
        throw BoardFailure.unusable(PlanTexts.rejected(error.phrase)[options.lang])
      }
      try options.show(Verdict(holds: true, matched: plan.matched, total: plan.total, scores: path)) {
        PlanTexts.holds(plan.matched, plan.total, scores: path)[options.lang]
      }
    }
  }

  struct WhyNot: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(commandName: "why-not", abstract: PlanTexts.aboutWhyNot[BoardLanguage.current])
    }
    @Argument(help: .text(PlanTexts.helpAdept)) var adept: String
    @Argument(help: .text(PlanTexts.helpMentor)) var mentor: String
    @OptionGroup var arguments: PlanArguments
    @OptionGroup var options: BoardOptions

    private struct Answer: Encodable {
      let answer: String
      var adepts: Int?
      var score: Int?
      var lockedTo: String?
      var moves: [Move]?
    }
    private struct Move: Encodable {
      let adept: String
      let from: String?
      let to: String?
    }

    func run() throws {
      let question = try arguments.question()
      let (file, language) = (question.file, options.lang)
      guard let adeptNumber = file.adepts.firstIndex(of: adept) else {
        throw BoardFailure.unusable(PlanTexts.unknownPerson(adept)[language])
      }
      guard let mentorNumber = file.mentors.firstIndex(of: mentor) else {
        throw BoardFailure.unusable(PlanTexts.unknownPerson(mentor)[language])
      }
      let plan = try question.plan(question.objective)
      switch plan.whyNot(Pair(adept: adeptNumber, mentor: mentorNumber)) {
      case .isInPlan:
        try options.show(Answer(answer: "in-plan")) { PlanTexts.isInPlan(adept, mentor)[language] }
      case .noScore:
        try options.show(Answer(answer: "no-score")) { PlanTexts.noScore(adept, mentor)[language] }
      case .forbidden:
        try options.show(Answer(answer: "forbidden")) { PlanTexts.isForbidden(adept, mentor)[language] }
      case .lockedElsewhere(let other):
        try options.show(Answer(answer: "locked-elsewhere", lockedTo: file.mentors[other])) {
          PlanTexts.lockedElsewhere(adept, file.mentors[other])[language]
        }
      case .noOpenPlace:
        try options.show(Answer(answer: "no-open-place")) { PlanTexts.noOpenPlace(mentor)[language] }
      case .costs(let loss, let moves):
        let named = moves.map { move in
          Move(
            adept: file.adepts[move.adept], from: move.from.map { file.mentors[$0] },
            to: move.to.map { file.mentors[$0] })
        }
        try options.show(Answer(answer: "costs", adepts: loss.adepts, score: loss.score, moves: named)) {
          var table = Table(PlanTexts.moveHeadings[language])
          let nobody = PlanTexts.nobody[language]
          for move in named { table.add([move.adept, move.from ?? nobody, move.to ?? nobody]) }
          return PlanTexts.costs(adept, mentor, adepts: loss.adepts, score: loss.score)[language] + "\n\n" + table.text
        }
      }
    }
  }
}

extension PlanDocument {
  func text(_ language: Language) -> String {
    let others = Dictionary(uniqueKeysWithValues: alternatives.map { ($0.adept, $0) })
    var plan = Table(PlanTexts.pairHeadings[language])
    for pair in pairs {
      let remark =
        pair.locked == true
        ? PlanTexts.locked
        : others[pair.adept].map { PlanTexts.orMentors($0.mentors, orUnmatched: $0.orUnmatched) }
          ?? PlanTexts.inEveryPlan
      plan.add([pair.adept, pair.mentor, "\(pair.score)", remark[language]])
    }
    var parts = [plan.text]
    if !unmatched.isEmpty {
      var table = Table(PlanTexts.unmatchedHeadings[language])
      for item in unmatched { table.add([item.adept, PlanTexts.unmatched(item.reason.rawValue)[language]]) }
      parts.append(table.text)
    }
    if !blockingPairs.isEmpty {
      var table = Table(PlanTexts.blockingHeadings[language])
      for pair in blockingPairs { table.add([pair.adept, pair.mentor, "\(pair.score)"]) }
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
    if let shortage {
      parts.append(PlanTexts.shortage(shortage.adepts, shortage.mentors, places: shortage.places)[language])
    }
    parts.append(PlanTexts.proven(matched, total)[language])
    return parts.joined(separator: "\n\n")
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
    case .noPrice(let id): PlanTexts.flawNoPrice(id)
    case .negativePrice(let id): PlanTexts.flawNegativePrice(id)
    case .pricesTooLow(let adept, let mentor): PlanTexts.flawPricesTooLow(adept, mentor)
    case .pricesDisagree: PlanTexts.flawPricesDisagree
    }
  }
}
