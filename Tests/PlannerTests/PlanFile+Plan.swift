import Planner

@testable import PlanCheck

extension PlanFile {
  /// A plan as its file would say it, with numbers for names.
  ///
  /// - Parameter other: the best plan by the other objective.
  init(_ plan: Plan, other: Plan? = nil, requireAll: Bool = false) {
    func name(_ pair: Planner.Pair) -> PlanFile.Pair { .init(adept: "a\(pair.adept)", mentor: "m\(pair.mentor)") }
    func prices(_ letter: String, _ prices: [Planner.Worth]) -> [String: PlanFile.Worth] {
      Dictionary(
        uniqueKeysWithValues: prices.enumerated().map {
          ("\(letter)\($0.offset)", PlanFile.Worth(adepts: $0.element.adepts, score: $0.element.score))
        })
    }
    self.init(
      objective: plan.objective == .mostAdepts ? .mostAdepts : .bestScore, requireAll: requireAll,
      locked: plan.problem.locked.map(name), forbidden: plan.problem.forbidden.map(name),
      pairs: plan.pairs.map { .init(adept: "a\($0.adept)", mentor: "m\($0.mentor)", score: plan.problem.scores[$0]!) },
      matched: plan.matched, total: plan.total,
      certificate: .init(adepts: prices("a", plan.adeptPrices), mentors: prices("m", plan.mentorPrices)))
    guard let other else { return }
    let rest = PlanFile(other)
    objectives = [
      objective: .init(matched: matched, total: total),
      rest.objective: .init(
        matched: rest.matched, total: rest.total, pairs: rest.pairs, certificate: rest.certificate),
    ]
  }

  /// What is wrong with it, if anything.
  func flaw(_ random: RandomProblem) -> PlanFlaw? {
    var scores: [String: [String: Int]] = [:]
    for (pair, score) in random.pairs { scores["a\(pair.adept)", default: [:]]["m\(pair.mentor)"] = score }
    let places = Dictionary(
      uniqueKeysWithValues: random.problem.places.enumerated().map { ("m\($0.offset)", $0.element) })
    do throws(PlanFlaw) {
      try check(self, scores: scores, places: places)
      return nil
    } catch {
      return error
    }
  }
}
