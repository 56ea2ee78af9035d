/// What can be moved in a plan, one step at a time, and what each step costs by the prices (the residual network).
///
/// A step is from one node to another: an adept takes a place with a mentor or goes *outside*, a mentor lets an adept go
/// or leaves a place empty, and from outside an unmatched adept or an empty place comes in. A closed walk is a change of
/// plan, and its steps' costs add up to what the plan loses. No step costs less than zero, as the plan is best.
struct Moves {
  let plan: Plan
  let outside: Int
  var count: Int { outside + 1 }
  private let open: ScoreTable
  /// Each mentor's adepts, without the locked ones.
  private let adepts: [[Int]]

  init(_ plan: Plan) {
    self.plan = plan
    open = plan.problem.open
    outside = open.adepts + open.mentors
    var adepts = [[Int]](repeating: [], count: open.mentors)
    for (adept, mentor) in plan.mentors.enumerated() where !plan.isLocked(adept) {
      if let mentor { adepts[mentor].append(adept) }
    }
    self.adepts = adepts
  }

  func node(mentor: Int) -> Int { open.adepts + mentor }
  func adept(_ node: Int) -> Int? { node < open.adepts ? node : nil }
  func mentor(_ node: Int) -> Int? { node >= open.adepts && node < outside ? node - open.adepts : nil }

  /// What a pair lacks to be as good as what the two have. Zero for the pairs of every best plan.
  func cost(_ pair: Pair, _ score: Int) -> Worth {
    plan.adeptPrices[pair.adept] + plan.mentorPrices[pair.mentor] - plan.objective.worth(score)
  }

  /// Every step from a node.
  func from(_ node: Int, _ step: (_ to: Int, _ cost: Worth) -> Void) {
    if let adept = adept(node) {
      guard !plan.isLocked(adept) else { return }
      let row = open.row(adept)
      for position in row {
        let pair = Pair(adept: adept, mentor: open.mentor(position, in: row))
        let score = open.scores[position]
        guard plan.mentors[adept] != pair.mentor, plan.objective.allows(score) else { continue }
        step(self.node(mentor: pair.mentor), cost(pair, score))
      }
      if plan.mentors[adept] != nil { step(outside, plan.adeptPrices[adept]) }
    } else if let mentor = mentor(node) {
      for adept in adepts[mentor] { step(adept, .zero) }
      if adepts[mentor].count < plan.problem.openPlaces[mentor] { step(outside, .zero) }
    } else {
      for (adept, mentor) in plan.mentors.enumerated() where mentor == nil { step(adept, .zero) }
      for mentor in adepts.indices where !adepts[mentor].isEmpty {
        step(self.node(mentor: mentor), plan.mentorPrices[mentor])
      }
    }
  }

  /// The cheapest walks from a node: what each node costs to reach (nil where it can't be), and from where.
  func cheapest(from start: Int) -> (costs: [Worth?], previous: [Int]) {
    var costs = [Worth?](repeating: nil, count: count)
    var previous = [Int](repeating: -1, count: count)
    var passed = [Bool](repeating: false, count: count)
    var frontier = Frontier<Worth>()
    costs[start] = .zero
    frontier.add(.zero, start)
    while let (cost, node) = frontier.next(before: Worth(adepts: .max, score: .max)) {
      guard !passed[node] else { continue }
      passed[node] = true
      from(node) { next, more in
        let reached = cost + more
        if let known = costs[next], known <= reached { return }
        costs[next] = reached
        previous[next] = node
        frontier.add(reached, next)
      }
    }
    return (costs, previous)
  }

  /// For each node, the number of its group: nodes that can be reached from each other at no cost (strongly connected
  /// components: Tarjan 1972). A change of plan that costs nothing stays within a group, and every free step within one is
  /// part of such a change.
  func freeGroups() -> [Int] {
    var free: [[Int32]] = []
    for node in 0..<count {
      var steps: [Int32] = []
      from(node) { next, cost in if cost == .zero { steps.append(Int32(next)) } }
      free.append(steps)
    }
    var group = [Int](repeating: -1, count: count)
    var order = [Int](repeating: -1, count: count)
    var low = order
    var (groups, visited) = (0, 0)
    var (open, path): ([Int], [(node: Int, next: Int)]) = ([], [])
    func enter(_ node: Int) {
      (order[node], low[node]) = (visited, visited)
      visited += 1
      open.append(node)
      path.append((node, 0))
    }
    for root in 0..<count where order[root] < 0 {
      enter(root)
      while let (node, next) = path.last {
        if next < free[node].count {
          path[path.count - 1].next += 1
          let other = Int(free[node][next])
          if order[other] < 0 { enter(other) } else if group[other] < 0 { low[node] = min(low[node], order[other]) }
          continue
        }
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        guard low[node] == order[node] else { continue }
        while group[node] < 0 { group[open.removeLast()] = groups }
        groups += 1
      }
    }
    return group
  }
}

extension Plan {
  func isLocked(_ adept: Int) -> Bool { problem.lockedMentor[adept] != nil }
}

extension Objective {
  /// Whether a pair with a score may be made without being locked.
  func allows(_ score: Int) -> Bool { self == .mostAdepts || score > 0 }
}
