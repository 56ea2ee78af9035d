import ArgumentParser
import Contracts
import Foundation
import Texts

extension EditPlan.Change: ExpressibleByArgument {}

// Drafts of plans in the service: shown, changed and published.

extension PlanCommand {
  struct Show: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PlanTexts.aboutShow[BoardLanguage.current])
    }
    @Argument(help: .text(PlanTexts.helpDraft)) var plan: String?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let plan: PlanID? = try plan.map { try checked($0, "PLAN") }
      try await options.with { board in
        let draft = try await board.plan(plan)
        let names = options.json ? [:] : try await board.names()
        try options.show(draft) { draft.text(names, options.lang) }
      }
    }
  }

  struct Edit: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PlanTexts.aboutEdit[BoardLanguage.current])
    }
    @Argument(help: .text(PlanTexts.helpDraft)) var plan: String
    @Argument(help: .text(PlanTexts.helpChange)) var change: EditPlan.Change
    @Argument(help: .text(BoardTexts.helpAdept)) var adept: String
    @Option(name: .customLong("with"), help: .text(PlanTexts.helpWith)) var other: String?
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let plan: PlanID = try checked(plan, "PLAN")
      try await options.with { board in
        var command = EditPlan(plan: plan, change: change, adept: try await board.memberID(adept))
        if let other { command.other = try await board.memberID(other) }
        _ = try await board.connection.command(command, key: repeatable.value)
        let draft = try await board.plan(plan)
        let names = options.json ? [:] : try await board.names()
        try options.show(draft) { draft.text(names, options.lang) }
      }
    }
  }

  struct Publish: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PlanTexts.aboutPublish[BoardLanguage.current])
    }
    @Argument(help: .text(PlanTexts.helpDraft)) var plan: String
    @Option(help: .text(PlanTexts.helpOnlyAdept)) var adept: String?
    @Option(help: .text(BoardTexts.helpReason)) var reason: String?
    @OptionGroup var options: BoardOptions

    private struct Outcome: Encodable {
      var matches: [MatchID] = []
      var left: [PublishPlan.Left] = []
    }

    func run() async throws {
      let plan: PlanID = try checked(plan, "PLAN")
      let reason: Note? = try reason.map { try checked($0, "--reason") }
      try await options.with { board in
        var command = PublishPlan(plan: plan, reason: reason)
        if let adept { command.adept = try await board.memberID(adept) }
        var outcome = Outcome()
        repeat {
          let reply = try await board.connection.command(command)
          outcome.matches += reply.matches.elements
          outcome.left += reply.left.elements
          command.after = reply.next
        } while command.after != nil
        let names = options.json ? [:] : try await board.names()
        try options.show(outcome) {
          ([PlanTexts.published(outcome.matches.count, left: outcome.left.count)[options.lang]]
            + outcome.left.map { left in
              "  \(names[left.adept] ?? left.adept.rawValue), \(names[left.mentor] ?? left.mentor.rawValue): \(left.code.rawValue)"
            }).joined(separator: "\n")
        }
      }
    }
  }
}

/// A whole draft.
struct Draft: Encodable {
  let plan: PlanID
  let objective: PlanObjective
  let made: Day
  let total: Points
  var pairs: [GetPlan.Item]

  func text(_ names: [MemberID: String], _ language: Language) -> String {
    var table = Table(PlanTexts.draftHeadings[language])
    for pair in pairs {
      let remarks = [
        pair.isLocked ? PlanTexts.locked : nil, pair.needsReason ? PlanTexts.boardDecides : nil,
        pair.match.map { Phrase(sv: $0.rawValue, en: $0.rawValue) },
      ]
      table.add([
        names[pair.adept] ?? pair.adept.rawValue, names[pair.mentor] ?? pair.mentor.rawValue, "\(pair.score.rawValue)",
        remarks.compactMap { $0?[language] }.joined(separator: ", "),
      ])
    }
    return table.text + "\n" + PlanTexts.draft(plan.rawValue, pairs.count, total.rawValue)[language]
  }
}

extension Board {
  /// A draft with all its pairs; the latest where none is named.
  func plan(_ id: PlanID?) async throws -> Draft {
    var page = try await connection.ask(GetPlan(plan: id))
    var draft = Draft(
      plan: page.plan, objective: page.objective, made: page.made, total: page.total, pairs: page.pairs.elements)
    while let next = page.next {
      page = try await connection.ask(GetPlan(plan: draft.plan, after: next))
      draft.pairs += page.pairs.elements
    }
    return draft
  }
}
