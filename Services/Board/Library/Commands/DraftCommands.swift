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
        try await board.show(plan, options)
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
    @Option(help: .text(PlanTexts.helpSeen)) var seen: Int?
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let plan: PlanID = try checked(plan, "PLAN")
      let seen: Number? = try seen.map { try checked($0, "--seen") }
      try await options.with { board in
        var command = EditPlan(plan: plan, change: change, adept: try await board.memberID(adept), version: seen)
        if let other { command.other = try await board.memberID(other) }
        _ = try await board.connection.command(command, key: repeatable.value)
        try await board.show(plan, options)
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
    /// Mails go out, and by it they are those for the pairs that the caller has looked at.
    @Option(help: .text(PlanTexts.helpSeen)) var seen: Int
    @OptionGroup var options: BoardOptions

    private struct Outcome: Encodable {
      var matches: [MatchID] = []
      var left: [PublishPlan.Left] = []
    }

    func run() async throws {
      let plan: PlanID = try checked(plan, "PLAN")
      let reason: Note? = try reason.map { try checked($0, "--reason") }
      let seen: Number = try checked(seen, "--seen")
      try await options.with { board in
        var command = PublishPlan(plan: plan, reason: reason, version: seen)
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
              let (adept, mentor) = (
                names[left.adept] ?? left.adept.rawValue, names[left.mentor] ?? left.mentor.rawValue
              )
              return "  \(adept), \(mentor): \(left.reason?.rawValue ?? "") (\(left.code.rawValue))"
            }).joined(separator: "\n")
        }
        if outcome.matches.isEmpty, !outcome.left.isEmpty { throw ExitCode(1) }
      }
    }
  }
}

/// A whole draft, and why it was the best.
struct Draft: Encodable {
  let plan: PlanID
  let objective: PlanObjective
  let made: Day
  let total: Points
  /// To be given with --seen.
  let version: Number?
  var pairs: [GetPlan.Item]
  /// What it came to when it was made, its prices, and who is left.
  var account: [GetPlanAccount.Line] = []
  /// That it was the best then; for `board plan verify`.
  var proof: PlanProof?

  func text(_ names: [MemberID: String], _ language: Language) -> String {
    func name(_ id: MemberID?) -> String { id.map { names[$0] ?? $0.rawValue } ?? "–" }
    func lines(_ what: GetPlanAccount.Line.What) -> [GetPlanAccount.Line] { account.filter { $0.what == what } }
    let adepts = Dictionary(lines(.adept).map { ($0.adept, $0) }, uniquingKeysWith: { first, _ in first })
    var table = Table(PlanTexts.draftHeadings[language])
    for pair in pairs {
      // What was said of the pair that was proposed counts for no other.
      let line = adepts[pair.adept].flatMap { $0.mentor == pair.mentor ? $0 : nil }
      let others = line.map { line in
        (line.mentors?.elements ?? []).isEmpty && line.orUnmatched != true
          ? PlanTexts.inEveryPlan
          : PlanTexts.orMentors((line.mentors?.elements ?? []).map(name), orUnmatched: line.orUnmatched == true)
      }
      let remarks = [
        pair.isLocked ? PlanTexts.locked : others, pair.needsReason ? PlanTexts.boardDecides : nil,
        pair.match.map { Phrase(sv: $0.rawValue, en: $0.rawValue) },
      ]
      table.add([
        name(pair.adept), name(pair.mentor), pair.score.map { "\($0.rawValue)" } ?? "–",
        remarks.compactMap { $0?[language] }.joined(separator: ", "),
      ])
    }
    var parts = [table.text]
    func add(
      _ headings: BoardTexts.Headings, _ lines: [GetPlanAccount.Line], _ cells: (GetPlanAccount.Line) -> [String]
    ) {
      guard !lines.isEmpty else { return }
      var table = Table(headings[language])
      for line in lines { table.add(cells(line)) }
      parts.append(table.text)
    }
    add(PlanTexts.unmatchedHeadings, lines(.adept).filter { $0.mentor == nil }) { line in
      let because = (line.blockedBy?.elements ?? []).map {
        PlanTexts.blocked($0.mentors.rawValue, by: CompetitionTexts.rule($0.rule))[language]
      }
      let reason = line.reason.map { PlanTexts.unmatched($0.rawValue)[language] } ?? "–"
      return [name(line.adept), because.isEmpty ? reason : because.joined(separator: "; ")]
    }
    add(PlanTexts.blockingHeadings, lines(.blocking)) {
      [name($0.adept), name($0.mentor), "\($0.score?.rawValue ?? 0)"]
    }
    add(PlanTexts.recruitHeadings, lines(.recruit)) { line in
      let topics = (line.topics?.elements ?? []).map { WordTexts.topic($0)[language] }
      let forms = (line.forms?.elements ?? []).map { WordTexts.form($0)[language] }
      return [
        line.kommun.flatMap(Kommun.with(code:))?.name ?? "–", (topics + forms).joined(separator: ", "),
        "\(line.helps?.rawValue ?? 0)",
        PlanTexts.gain(adepts: line.worth?.adepts.rawValue ?? 0, score: line.worth?.score.rawValue ?? 0)[language],
      ]
    }
    add(PlanTexts.objectiveHeadings, lines(.objective)) {
      [
        PlanTexts.objective(isBestScore: $0.objective == .bestScore)[language],
        $0.worth.map { "\($0.adepts.rawValue)" } ?? "–", $0.worth.map { "\($0.score.rawValue)" } ?? "–",
      ]
    }
    for line in lines(.shortage) {
      parts.append(
        PlanTexts.shortage(
          (line.adepts?.elements ?? []).map(name), (line.mentors?.elements ?? []).map(name),
          places: line.places?.rawValue ?? 0)[language])
    }
    parts.append(
      PlanTexts.draft(plan.rawValue, pairs.count, total.rawValue, version: version?.rawValue ?? 1)[language])
    return parts.joined(separator: "\n\n")
  }
}

extension Board {
  /// Shows a draft; as JSON with its proof.
  func show(_ id: PlanID?, _ options: BoardOptions) async throws {
    var draft = try await plan(id)
    if options.json { draft.proof = try await proof(of: draft) }
    let names = options.json ? [:] : try await self.names()
    try options.show(draft) { draft.text(names, options.lang) }
  }

  /// A draft with all its pairs and its account; the latest where none is named.
  func plan(_ id: PlanID?) async throws -> Draft {
    var page = try await connection.ask(GetPlan(plan: id))
    var draft = Draft(
      plan: page.plan, objective: page.objective, made: page.made, total: page.total, version: page.version,
      pairs: page.pairs.elements)
    while let next = page.next {
      page = try await connection.ask(GetPlan(plan: draft.plan, after: next))
      draft.pairs += page.pairs.elements
    }
    var after: Count?
    repeat {
      let lines = try await connection.ask(GetPlanAccount(plan: draft.plan, after: after))
      draft.account += lines.lines.elements
      after = lines.next
    } while after != nil
    return draft
  }

  /// Two as a person types them: ADEPT:MENTOR, by id or e-mail address.
  func pair(_ text: String, _ option: String) async throws -> PlanPair {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts.contains("") else {
      throw BoardFailure.unusable(PlanTexts.badPair(option, text)[connection.language])
    }
    return PlanPair(adept: try await memberID(parts[0]), mentor: try await memberID(parts[1]))
  }
}
