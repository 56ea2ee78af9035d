import ArgumentParser
import Contracts
import Messaging
import Planner
import Register
import Rules
import Texts

extension Objective: ExpressibleByArgument {}

/// What is to be planned, as the command line gives it.
struct PlanArguments: ParsableArguments {
  @Flag(help: .text(PlanTexts.helpOffline)) var offline = false
  @Option(help: .text(PlanTexts.helpMentors)) var mentors: String?
  @Option(help: .text(PlanTexts.helpAdepts)) var adepts: String?
  @Option(help: .text(PlanTexts.helpRules)) var rules: String?
  @Option(name: .customLong("day"), help: .text(PlanTexts.helpDay)) var dayText: String?
  @Option(help: .text(PlanTexts.helpScores)) var scores: String?
  @Option(help: .text(PlanTexts.helpCapacities)) var capacities: String?
  @Option(help: .text(PlanTexts.helpObjective)) var objective = Objective.bestScore
  @Flag(help: .text(PlanTexts.helpRequireAll)) var requireAll = false
  @Option(parsing: .singleValue, help: .text(PlanTexts.helpLock)) var lock: [String] = []
  @Option(parsing: .singleValue, help: .text(PlanTexts.helpForbid)) var forbid: [String] = []

  /// Whether anything is given that only a plan from files can take.
  var namesFiles: Bool {
    [mentors, adepts, rules, scores, capacities, dayText].contains { $0 != nil } || requireAll
  }

  /// Reads the files.
  func question() throws -> PlanQuestion { try PlanQuestion(self, try source()) }

  /// The files that are named: two with people, or one with scores.
  func source() throws -> PlanSource {
    guard offline else { throw ValidationError(PlanTexts.needsOffline[BoardLanguage.current]) }
    switch (mentors, adepts, scores) {
    case (let mentors?, let adepts?, nil):
      guard capacities == nil else { throw ValidationError(PlanTexts.capacitiesWithPeople[BoardLanguage.current]) }
      let today = try dayText.map { try day($0, "--day") } ?? Day(of: .wallClock())
      return .people(PlanSource.People(mentors: mentors, adepts: adepts, rules: rules, day: today))
    case (nil, nil, let scores?):
      guard rules == nil else { throw ValidationError(PlanTexts.rulesWithScores[BoardLanguage.current]) }
      return .scores(scores, capacities: capacities)
    default: throw ValidationError(PlanTexts.needsFiles[BoardLanguage.current])
    }
  }
}

/// The files that a plan is made from.
enum PlanSource {
  case people(People)
  case scores(String, capacities: String?)

  struct People: Codable {
    let mentors: String
    let adepts: String
    var rules: String?
    /// From which waiting is counted.
    let day: Day
  }
}

/// The people, the problem and the objective.
struct PlanQuestion {
  let source: PlanSource
  /// By their ids in order: addresses, or what a file of scores calls them.
  let adepts: [String]
  let mentors: [String]
  private let names: [String: String]
  /// Nil where scores are all that is known.
  let cohort: Cohort?
  let problem: PlanProblem
  /// A plan that must match everybody is one that matches the most.
  let objective: Objective
  let requireAll: Bool

  fileprivate init(_ arguments: PlanArguments, _ source: PlanSource) throws {
    self.source = source
    requireAll = arguments.requireAll
    objective = arguments.requireAll ? .mostAdepts : arguments.objective
    let scores: ScoreTable
    let places: [Int]
    switch source {
    case .people(let paths):
      let files = try PeopleFiles(mentors: paths.mentors, adepts: paths.adepts, rules: paths.rules, today: paths.day)
      let cohort = files.cohort
      adepts = cohort.adepts.map(\.profile.member.rawValue)
      mentors = cohort.mentors.map(\.profile.member.rawValue)
      names = Dictionary(uniqueKeysWithValues: files.names.map { ($0.key.rawValue, $0.value.rawValue) })
      self.cohort = cohort
      scores = cohort.scores
      places = cohort.mentors.map(\.places)
    case .scores(let path, let capacities):
      let file = try ScoreFile(scores: path, capacities: capacities)
      adepts = file.adepts
      mentors = file.mentors
      names = [:]
      cohort = nil
      do {
        scores = try ScoreTable(adepts: file.adepts.count, mentors: file.mentors.count, pairs: file.pairs)
      } catch { throw PlanQuestion.failure(error, file.adepts, file.mentors) }
      places = file.places
    }
    let people = (adepts: Lookup(adepts, names), mentors: Lookup(mentors, names))
    do {
      problem = try PlanProblem(
        scores: scores, places: places,
        locked: Set(try arguments.lock.map { try PlanQuestion.pair($0, "--lock", people) }),
        forbidden: Set(try arguments.forbid.map { try PlanQuestion.pair($0, "--forbid", people) }))
    } catch let fault as PlanFault { throw PlanQuestion.failure(fault, adepts, mentors) }
  }

  /// The plan for an objective.
  func plan(_ objective: Objective) throws -> Plan {
    do { return try Plan(problem, objective) } catch { throw PlanQuestion.failure(error, adepts, mentors) }
  }

  /// What a person is called in a table.
  func name(_ id: String) -> String { names[id] ?? id }

  /// Whom the caller means, by id or by a name that only one has.
  func pair(adept: String, mentor: String) throws -> Pair {
    guard let adeptNumber = Lookup(adepts, names)[adept] else {
      throw BoardFailure.unusable(PlanTexts.unknownPerson(adept)[BoardLanguage.current])
    }
    guard let mentorNumber = Lookup(mentors, names)[mentor] else {
      throw BoardFailure.unusable(PlanTexts.unknownPerson(mentor)[BoardLanguage.current])
    }
    return Pair(adept: adeptNumber, mentor: mentorNumber)
  }

  private struct Lookup {
    private let byID: [String: Int]
    private let byName: [String: [Int]]

    init(_ ids: [String], _ names: [String: String]) {
      byID = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($0.element, $0.offset) })
      byName = names.isEmpty ? [:] : Dictionary(grouping: ids.indices) { (names[ids[$0]] ?? ids[$0]).folded }
    }

    subscript(text: String) -> Int? {
      if let number = byID[text] ?? (byName.isEmpty ? nil : byID[EmailAddress(unchecked: text).key]) { return number }
      guard let named = byName[text.folded], named.count == 1 else { return nil }
      return named[0]
    }
  }

  /// Names may have a colon in them, so the one is taken that parts two that are known.
  private static func pair(_ text: String, _ option: String, _ people: (adepts: Lookup, mentors: Lookup)) throws -> Pair
  {
    for colon in text.indices where text[colon] == ":" {
      if let adept = people.adepts[String(text[..<colon])],
        let mentor = people.mentors[String(text[text.index(after: colon)...])]
      {
        return Pair(adept: adept, mentor: mentor)
      }
    }
    throw BoardFailure.unusable(PlanTexts.unknownPair(option, text)[BoardLanguage.current])
  }

  private static func failure(_ fault: PlanFault, _ adepts: [String], _ mentors: [String]) -> BoardFailure {
    func names(_ pair: Pair) -> (String, String) { (adepts[pair.adept], mentors[pair.mentor]) }
    let phrase =
      switch fault {
      case .scoreTooLarge, .tooLarge: PlanTexts.tooLarge
      case .repeatedPair(let pair): PlanTexts.repeatedPair(names(pair).0, names(pair).1)
      case .lockedWithoutScore(let pair): PlanTexts.lockedWithoutScore(names(pair).0, names(pair).1)
      case .lockedAndForbidden(let pair): PlanTexts.lockedAndForbidden(names(pair).0, names(pair).1)
      case .lockedTwice(let pair): PlanTexts.lockedTwice(names(pair).0)
      case .lockedBeyondPlaces(let mentor, let places): PlanTexts.lockedBeyondPlaces(mentors[mentor], places: places)
      }
    return .unusable(phrase[BoardLanguage.current])
  }
}
