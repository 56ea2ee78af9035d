import ArgumentParser
import Planner
import Texts

extension Objective: ExpressibleByArgument {}

/// What is to be planned, as the command line gives it.
struct PlanArguments: ParsableArguments {
  @Flag(help: .text(PlanTexts.helpOffline)) var offline = false
  @Option(help: .text(PlanTexts.helpScores)) var scores: String?
  @Option(help: .text(PlanTexts.helpCapacities)) var capacities: String?
  @Option(help: .text(PlanTexts.helpObjective)) var objective = Objective.bestScore
  @Flag(help: .text(PlanTexts.helpRequireAll)) var requireAll = false
  @Option(parsing: .singleValue, help: .text(PlanTexts.helpLock)) var lock: [String] = []
  @Option(parsing: .singleValue, help: .text(PlanTexts.helpForbid)) var forbid: [String] = []

  /// Reads the files.
  func question() throws -> PlanQuestion {
    guard offline, let scores else { throw ValidationError(PlanTexts.needsOffline[BoardLanguage.current]) }
    return try PlanQuestion(self, scores: scores)
  }
}

/// The people, the problem and the objective.
struct PlanQuestion {
  let scores: String
  let capacities: String?
  let file: ScoreFile
  let problem: PlanProblem
  /// A plan that must match everybody is one that matches the most.
  let objective: Objective
  let requireAll: Bool

  fileprivate init(_ arguments: PlanArguments, scores: String) throws {
    self.scores = scores
    capacities = arguments.capacities
    requireAll = arguments.requireAll
    objective = arguments.requireAll ? .mostAdepts : arguments.objective
    let file = try ScoreFile(scores: scores, capacities: arguments.capacities)
    self.file = file
    do {
      problem = try PlanProblem(
        scores: ScoreTable(adepts: file.adepts.count, mentors: file.mentors.count, pairs: file.pairs),
        places: file.places,
        locked: Set(try arguments.lock.map { try PlanQuestion.pair($0, "--lock", file) }),
        forbidden: Set(try arguments.forbid.map { try PlanQuestion.pair($0, "--forbid", file) }))
    } catch let fault as PlanFault { throw PlanQuestion.failure(fault, file) }
  }

  /// The plan for an objective.
  func plan(_ objective: Objective) throws -> Plan {
    do { return try Plan(problem, objective) } catch { throw PlanQuestion.failure(error, file) }
  }

  /// Names may have a colon in them, so the one is taken that parts two that are known.
  private static func pair(_ text: String, _ option: String, _ file: ScoreFile) throws -> Pair {
    for colon in text.indices where text[colon] == ":" {
      if let adept = file.adepts.firstIndex(of: String(text[..<colon])),
        let mentor = file.mentors.firstIndex(of: String(text[text.index(after: colon)...]))
      {
        return Pair(adept: adept, mentor: mentor)
      }
    }
    throw BoardFailure.unusable(PlanTexts.unknownPair(option, text)[BoardLanguage.current])
  }

  private static func failure(_ fault: PlanFault, _ file: ScoreFile) -> BoardFailure {
    func names(_ pair: Pair) -> (String, String) { (file.adepts[pair.adept], file.mentors[pair.mentor]) }
    let phrase =
      switch fault {
      case .scoreTooLarge, .tooLarge: PlanTexts.tooLarge
      case .repeatedPair(let pair): PlanTexts.repeatedPair(names(pair).0, names(pair).1)
      case .lockedWithoutScore(let pair): PlanTexts.lockedWithoutScore(names(pair).0, names(pair).1)
      case .lockedAndForbidden(let pair): PlanTexts.lockedAndForbidden(names(pair).0, names(pair).1)
      case .lockedTwice(let pair): PlanTexts.lockedTwice(names(pair).0)
      case .lockedBeyondPlaces(let mentor, let places):
        PlanTexts.lockedBeyondPlaces(file.mentors[mentor], places: places)
      }
    return .unusable(phrase[BoardLanguage.current])
  }
}
