import Foundation
import GRDB
import Messaging

/// The replies to commands that changed something: a repeat gets the same one. They hold ids and
/// outcomes, never personal data, and stand for a key that somebody may have typed by its digest.
public struct Replies: Sendable {
  public init() {}

  /// How long a repeat is recognised.
  public static let kept = Duration.seconds(30 * 86_400)

  public enum Found: Sendable, Equatable {
    case none
    case reply(Data)
    case otherBody
  }

  public func find(
    _ db: Database, principal: String, type: String, key: String, hash: Data
  ) throws -> Found {
    guard
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: "SELECT hash, body FROM reply WHERE principal = ? AND type = ? AND key = ?"),
        arguments: [principal, type, SHA256.trace(of: key)])
    else { return .none }
    return row[0] as Data == hash ? .reply(row[1]) : .otherBody
  }

  public func keep(
    _ db: Database, principal: String, type: String, key: String, hash: Data, body: Data,
    at now: Timestamp
  ) throws {
    try db.cachedStatement(sql: "INSERT INTO reply VALUES (?, ?, ?, ?, ?, ?)")
      .execute(arguments: [principal, type, SHA256.trace(of: key), hash, body, now.milliseconds])
  }

  public func prune(_ db: Database, before moment: Timestamp) throws {
    try db.execute(sql: "DELETE FROM reply WHERE stored_at < ?", arguments: [moment.milliseconds])
  }
}
