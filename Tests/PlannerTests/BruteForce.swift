import Planner

/// Every plan of a small problem, one by one.
struct BruteForce {
  private(set) var best: Worth?
  private(set) var bestPlans: [[Int?]] = []

  /// - Parameter forced: a pair that every plan must have, whatever it is worth.
  init(_ problem: PlanProblem, _ objective: Objective, forced: Pair? = nil) {
    let scores = problem.scores
    var left = problem.places
    var plan = [Int?](repeating: nil, count: scores.adepts)
    func visit(_ adept: Int, _ worth: Worth) {
      guard adept < scores.adepts else {
        if let best, worth < best { return }
        if best != worth { (best, bestPlans) = (worth, []) }
        bestPlans.append(plan)
        return
      }
      let must = problem.locked.first { $0.adept == adept } ?? (forced?.adept == adept ? forced : nil)
      for mentor in 0..<scores.mentors {
        let pair = Pair(adept: adept, mentor: mentor)
        guard left[mentor] > 0, must == nil || must == pair, !problem.forbidden.contains(pair),
          let score = scores[pair], must != nil || score > 0 || objective == .mostAdepts
        else { continue }
        left[mentor] -= 1
        plan[adept] = mentor
        visit(adept + 1, worth + Worth(adepts: objective == .mostAdepts ? 1 : 0, score: score))
        plan[adept] = nil
        left[mentor] += 1
      }
      if must == nil { visit(adept + 1, worth) }
    }
    visit(0, .zero)
  }
}

extension Plan {
  var worth: Worth { Worth(adepts: objective == .mostAdepts ? matched : 0, score: total) }
}
