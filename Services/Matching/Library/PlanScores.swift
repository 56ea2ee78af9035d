import Contracts
import GRDB
import Planner
import Rules
import ServiceRuntime

/// What every pair that could be made was worth when a draft was proposed: kept with it, so that its proof can be checked
/// whatever the two have told since.
enum PlanScores {
  static func insert(_ db: Database, _ plan: PlanID, _ cohort: Cohort, _ problem: PlanProblem) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO plan_score (plan, number, adept, scores) VALUES (?, ?, ?, ?)")
    let forbidden = Set(problem.forbidden)
    var number = 0
    for (adept, person) in cohort.adepts.enumerated() {
      let words = problem.scores.row(of: adept).compactMap { mentor, score in
        forbidden.contains(Planner.Pair(adept: adept, mentor: mentor)) ? nil : "\(cohort.mentors[mentor].id)=\(score)"
      }
      let size = Bounded<GetPlanScores.Scored>.maximum
      for start in stride(from: 0, to: words.count, by: size) {
        let row = words[start..<min(start + size, words.count)].joined(separator: " ")
        try statement.execute(arguments: [plan.rawValue, number, person.id, row])
        number += 1
      }
    }
  }

  /// The pairs of a row as they were kept.
  static func scored(_ text: String) throws -> [GetPlanScores.Scored] {
    try text.split(separator: " ").map { word in
      let parts = word.split(separator: "=")
      guard parts.count == 2, let score = Int(parts[1]) else { throw UnreadableColumn(column: "scores") }
      return GetPlanScores.Scored(mentor: MemberID(unchecked: String(parts[0])), score: Points(unchecked: score))
    }
  }
}

extension Matching {
  /// As much as an envelope takes, however long the ids are.
  private static let pageBytes = 100_000

  static func getPlanScores(_ query: GetPlanScores, _ context: Context) throws -> GetPlanScores.Reply {
    let draft = try findDraft(query.plan, context)
    let own = context.principal.memberID
    let size = Bounded<GetPlanScores.Row>.maximum
    let kept = try Row.fetchAll(
      context.db,
      sql: "SELECT number, adept, scores FROM plan_score WHERE plan = ? AND number >= ? ORDER BY number LIMIT ?",
      arguments: [draft.id.rawValue, query.after?.rawValue ?? 0, size + 1])
    var (rows, bytes): ([GetPlanScores.Row], Int) = ([], 0)
    for (index, row) in kept.enumerated() {
      let adept: MemberID = try row.stored("adept")
      let scores = try PlanScores.scored(row["scores"])
      bytes += scores.reduce(60) { $0 + $1.mentor.rawValue.utf8.count + 40 }
      if index == size || index > 0 && bytes > pageBytes {
        return GetPlanScores.Reply(rows: Bounded(rows), next: Count(row["number"] as Int))
      }
      guard adept.rawValue != own else { continue }
      rows.append(GetPlanScores.Row(adept: adept, scores: Bounded(scores.filter { $0.mentor.rawValue != own })))
    }
    return GetPlanScores.Reply(rows: Bounded(rows), next: nil)
  }
}
