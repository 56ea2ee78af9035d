import Foundation
import Planner

@testable import BoardClient
@testable import PlanCheck

/// Files of scores and capacities, one after the other, and plans as they were saved.
extension Surface {
  private static let numbers = [
    "0", "1", "-1", "7", "1000000000000", "-1000000000000", "1000000000001", "9223372036854775807",
    "-9223372036854775808", "9223372036854775808", "1e3", "1.5", "", " 7", "+5", "0x10", "٣", "NaN", "--1", "007",
  ]
  private static let names = ["a", "b", "c", "d", "å", "a\u{30A}", "A", " a", "", "x:y", "\"", "\"\"", "\u{0}", "🧑‍🏫"]

  static func scores(_ mutation: inout Mutation) -> [UInt8] {
    let isFair = mutation.oneIn(2)
    func name() -> String { isFair ? mutation.any(Array(names.prefix(5))) : mutation.any(names) }
    func number() -> String { isFair ? mutation.any(Array(numbers.prefix(6))) : mutation.any(numbers) }
    let delimiter = mutation.any([",", ";", "\t"])
    func line(_ cells: [String]) -> String { cells.joined(separator: delimiter) + (mutation.oneIn(9) ? "\r\n" : "\n") }
    var seen: Set<[String]> = []
    var text = line(["adept", "mentor", "score"])
    for _ in 0..<mutation.number(0..<12) {
      let pair = [name(), name()]
      if isFair, !seen.insert(pair).inserted { continue }
      text += line(pair + [number()])
    }
    if mutation.oneIn(2) {
      text += "\u{1E}" + line(["mentor", "capacity"])
      for name in Set((0..<mutation.number(0..<4)).map { _ in name() }).sorted() {
        text += line([name, mutation.any(["0", "1", "2", "5", "1000000000000"] + (isFair ? [] : numbers))])
      }
    }
    var bytes = Array(text.utf8)
    if mutation.oneIn(6) { mutation.change(&bytes) }
    return bytes
  }

  /// What is read is planned by both objectives, and the sums agree.
  static func checkScores(_ bytes: [UInt8]) throws -> String {
    let parts = bytes.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
    let file: ScoreFile
    do {
      file = try ScoreFile(
        scores: .init(path: "scores", bytes: parts[0]),
        capacities: parts.count > 1 ? .init(path: "capacities", bytes: parts[1]) : nil)
    } catch BoardFailure.unusable(let words) {
      guard words.contains("scores") || words.contains("capacities") else { throw Fault("names no file: \(words)") }
      return String(words.filter(\.isLetter).suffix(20))
    }
    let problem: PlanProblem
    do {
      problem = try PlanProblem(
        scores: ScoreTable(adepts: file.adepts.count, mentors: file.mentors.count, pairs: file.pairs),
        places: file.places)
    } catch PlanFault.repeatedPair { return "a pair twice" }
    var kind = ""
    for objective in Objective.allCases {
      let plan = try Plan(problem, objective)
      let sum = plan.pairs.reduce(0) { $0 + problem.scores[$1]! }
      guard sum == plan.total, plan.matched == plan.pairs.count else { throw Fault("the sums disagree") }
      let moves = plan.alternatives().count { !$0.isNone }
      kind += " \(plan.matched) of \(file.adepts.count), \(moves) may move, \(plan.blockingPairs.count) block"
      for pair in file.pairs.prefix(3) { _ = plan.whyNot(pair.pair) }
      _ = plan.onePlaceMore
    }
    return kind
  }

  // MARK: Saved plans

  private static let words = [
    "-1", "0", "1", "9223372036854775807", "-9223372036854775808", "1e30", "0.5", "null", "[]", "{}", "true", "\"a\"",
    "\"m\"", "\"most-adepts\"", "\"best-score\"", "\"\"",
  ]

  /// A saved plan in which something that JSON calls a value is another.
  static func plan(_ mutation: inout Mutation) -> [UInt8] {
    if mutation.oneIn(3) { return mutation.bytes() }
    var text = String(decoding: mutation.any(mutation.pool), as: UTF8.self)
    for _ in 0..<mutation.number(1..<4) {
      let values = text.matches(of: /-?[0-9]+|"[a-z-]*"|true|false/)
      guard !values.isEmpty else { break }
      let value = values[mutation.number(0..<values.count)]
      text.replaceSubrange(value.range, with: mutation.any(words))
    }
    return Array(text.utf8)
  }

  /// Whatever a file says, it is a plan, a shortage, or none; it holds or it doesn't.
  static func checkPlan(_ bytes: [UInt8]) throws -> String {
    guard let saved = try? JSONDecoder().decode(SavedPlan.self, from: Data(bytes)) else { return "no plan" }
    let scores = saved.origin.given?.scores ?? ["a": ["m": 5, "n": .min], "b": ["m": .max, "n": 3], "c": [:]]
    let places = saved.origin.given?.places ?? ["m": 1, "n": .max]
    do throws(PlanFlaw) {
      switch saved.answer {
      case .plan(let plan): try PlanCheck.check(plan, scores: scores, places: places)
      case .shortage(let shortage): try PlanCheck.check(shortage, scores: scores, places: places)
      }
      return "holds \(saved.isChanged as Any) \(scores.count) \(places.values.sorted())"
    } catch {
      return "\(error)".prefix { $0 != "(" } + (saved.origin.given == nil ? "" : " in itself")
    }
  }
}
