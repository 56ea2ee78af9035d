import Contracts
import Texts

/// The proof of a draft as it was proposed: what `board plan verify` reads, with the scores and places that the service
/// told.
///
/// Whoever takes part in the plan is not told what their own pairs are worth. For them it proves the rest: that no plan is
/// better for everybody else, with their own pairs as they are. By how prices prove a plan, those that are left do so.
struct PlanProof: Encodable {
  struct Given: Encodable {
    let scores: [String: [String: Int]]
    let places: [String: Int]
  }

  let objective: PlanObjective
  let requireAll = false
  let locked: [PlanDocument.NamedPair]
  /// Those that were forbidden are not among the scores.
  let forbidden: [PlanDocument.NamedPair] = []
  let pairs: [PlanDocument.ScoredPair]
  let matched: Int
  let total: Int
  let certificate: PlanDocument.Certificate
  let objectives: [String: PlanDocument.Totals]
  let given: Given
  /// The caller, where they take part: left out with whom they have.
  let without: [String]?

  /// - Parameters:
  ///   - account: of the draft, whole.
  ///   - rows: its scores, whole.
  /// - Returns: nil of a draft whose scores were not kept, or are erased.
  init?(_ objective: PlanObjective, _ account: [GetPlanAccount.Line], _ rows: [GetPlanScores.Row]) {
    let (adepts, mentors) = (account.filter { $0.what == .adept }, account.filter { $0.what == .mentor })
    guard !rows.isEmpty || adepts.allSatisfy({ $0.mentor == nil }) else { return nil }
    let own = (adepts.filter { $0.worth == nil }.map(\.adept) + mentors.filter { $0.worth == nil }.map(\.mentor))
      .compactMap { $0?.rawValue }
    let left = adepts.filter { line in
      ![line.adept, line.mentor].contains { $0.map { own.contains($0.rawValue) } == true }
    }
    let leftIDs = Set(left.compactMap { $0.adept?.rawValue })
    let taken = Dictionary(grouping: adepts.filter { $0.worth == nil }.compactMap(\.mentor), by: \.rawValue)
    var (scores, places): ([String: [String: Int]], [String: Int]) = ([:], [:])
    for row in rows where leftIDs.contains(row.adept.rawValue) {
      for scored in row.scores.elements {
        scores[row.adept.rawValue, default: [:]][scored.mentor.rawValue] = scored.score.rawValue
      }
    }
    for line in mentors {
      guard let id = line.mentor?.rawValue, !own.contains(id) else { continue }
      places[id] = (line.places?.rawValue ?? 1) - (taken[id]?.count ?? 0)
    }
    func scored(_ mentor: (GetPlanAccount.Line) -> MemberID?) -> [PlanDocument.ScoredPair] {
      left.compactMap { line in
        guard let adept = line.adept?.rawValue, let mentor = mentor(line)?.rawValue else { return nil }
        return PlanDocument.ScoredPair(adept: adept, mentor: mentor, score: scores[adept]?[mentor] ?? 0)
      }
    }
    func certificate(_ price: (GetPlanAccount.Line) -> PlanWorth?) -> PlanDocument.Certificate {
      func prices(_ lines: [GetPlanAccount.Line], _ id: (GetPlanAccount.Line) -> MemberID?) -> [String: PlanDocument
        .Price]
      {
        var prices: [String: PlanDocument.Price] = [:]
        for line in lines {
          guard let id = id(line)?.rawValue, let worth = price(line) else { continue }
          prices[id] = PlanDocument.Price(adepts: worth.adepts.rawValue, score: worth.score.rawValue)
        }
        return prices
      }
      return PlanDocument.Certificate(adepts: prices(left, \.adept), mentors: prices(mentors, \.mentor))
    }
    self.objective = objective
    locked = left.filter { $0.isLocked == true }.compactMap { line in
      line.adept.flatMap { adept in
        line.mentor.map { PlanDocument.NamedPair(adept: adept.rawValue, mentor: $0.rawValue) }
      }
    }
    pairs = scored(\.mentor)
    matched = pairs.count
    total = pairs.reduce(0) { $0 + $1.score }
    self.certificate = certificate(\.worth)
    given = Given(scores: scores, places: places)
    without = own.isEmpty ? nil : own.sorted()
    var objectives = [objective.rawValue: PlanDocument.Totals(matched: matched, total: total)]
    // Whom the caller has by the other objective may be another, so that the rest is not the same either.
    if own.isEmpty, adepts.allSatisfy({ $0.otherWorth != nil }) {
      let other = PlanObjective.allCases.first { $0 != objective }!
      let pairs = scored(\.otherMentor)
      objectives[other.rawValue] = PlanDocument.Totals(
        matched: pairs.count, total: pairs.reduce(0) { $0 + $1.score }, pairs: pairs,
        certificate: certificate(\.otherWorth))
    }
    self.objectives = objectives
  }
}

extension Board {
  /// The proof of a draft; nil where its scores are gone.
  func proof(of draft: Draft) async throws -> PlanProof? {
    var rows: [GetPlanScores.Row] = []
    var after: Count?
    repeat {
      let page = try await connection.ask(GetPlanScores(plan: draft.plan, after: after))
      rows += page.rows.elements
      after = page.next
    } while after != nil
    return PlanProof(draft.objective, draft.account, rows)
  }
}
