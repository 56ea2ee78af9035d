import Contracts
import Foundation
import GRDB
import Rules
import ServiceRuntime
import Texts

/// The board's weights: every edition is kept, the latest counts.
extension Matching {
  static func weights(_ context: Context) throws -> ScoreWeights {
    let file = try String.fetchOne(
      context.db.cachedStatement(sql: "SELECT file FROM score_weights ORDER BY version DESC LIMIT 1"))
    return try file.map { try ScoreWeights(file: Data($0.utf8)) } ?? ScoreWeights()
  }

  static func getScoreWeights(_: GetScoreWeights, _ context: Context) throws -> GetScoreWeights.Reply {
    reply(try weights(context))
  }

  static func setScoreWeights(_ command: SetScoreWeights, _ context: Context) throws -> SetScoreWeights.Reply {
    let weights: ScoreWeights
    do { weights = try ScoreWeights(file: Data(command.weights.rawValue.utf8)) } catch {
      throw PlanRefusal.weights(error.faults)
    }
    let before = try Matching.weights(context)
    guard weights.version > before.version else {
      throw PlanRefusal.oldWeights(version: weights.version, latest: before.version)
    }
    try context.db.execute(
      sql: "INSERT INTO score_weights (version, file, made, made_by) VALUES (?, ?, ?, ?)",
      arguments: [weights.version, weights.file, context.today.text, context.principal.id])
    return reply(weights)
  }

  private static func reply(_ weights: ScoreWeights) -> GetScoreWeights.Reply {
    GetScoreWeights.Reply(
      version: Number(unchecked: weights.version), weights: WeightsText(unchecked: weights.file))
  }
}
