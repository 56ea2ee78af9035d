import Contracts
import Foundation
import GRDB
import Messaging
import ServiceRuntime

/// Matching's own copy of what membership tells of each member.
enum Profiles {
  static func keep(_ db: Database, _ profile: Profile) throws {
    let topics = String(decoding: try EnvelopeCoder.encoder.encode(profile.topics), as: UTF8.self)
    let facts = try profile.facts.map { String(decoding: try EnvelopeCoder.encoder.encode($0), as: UTF8.self) }
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO profile (member, kommun, organisation, role, capacity, years, topics, status, facts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      profile.member.rawValue, profile.kommun.rawValue, profile.organisationNumber?.rawValue,
      profile.role.rawValue, profile.capacity?.rawValue, profile.years.rawValue, topics, profile.status.rawValue,
      facts,
    ])
  }

  static func find(_ db: Database, _ member: MemberID) throws -> Profile? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM profile WHERE member = ?"), arguments: [member.rawValue]
    ).map(profile)
  }

  /// Active mentors by id, from the one after a given id.
  static func activeMentors(_ db: Database, after member: String, limit: Int) throws -> [Profile] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT * FROM profile WHERE member > ? AND status = 'active' AND role <> 'adept'
          ORDER BY member LIMIT ?
          """),
      arguments: [member, limit]
    ).map(profile)
  }

  /// Active adepts without an open match or a running mentorship who have not said that they want none, by id.
  static func waitingAdepts(_ db: Database) throws -> [Profile] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT * FROM profile
          WHERE status = 'active' AND role <> 'mentor' AND member NOT IN (
            SELECT adept FROM match
            WHERE state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'held', 'active'))
            AND member NOT IN (SELECT adept FROM resting_adept)
          ORDER BY member
          """)
    ).map(profile)
  }

  private static func profile(_ row: Row) throws -> Profile {
    let topics: String = row["topics"]
    let facts: String? = row["facts"]
    return Profile(
      member: try row.stored("member"), kommun: try row.stored("kommun"),
      organisationNumber: try row.storedIfAny("organisation"), role: try row.stored("role"),
      capacity: try row.storedIfAny("capacity"), years: try row.stored("years"),
      topics: try JSONDecoder().decode(Bounded<Topic>.self, from: Data(topics.utf8)),
      status: try row.stored("status"),
      facts: try facts.map { try JSONDecoder().decode(ProfileFacts.self, from: Data($0.utf8)) })
  }
}

extension Profile {
  /// How many adepts the member takes at a time: one where the register doesn't say.
  var places: Capacity { capacity ?? Capacity(unchecked: 1) }
}
