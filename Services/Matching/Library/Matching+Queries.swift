import Contracts
import GRDB
import ServiceRuntime
import Texts

extension Matching {
  static func listMatches(_ query: ListMatches, _ context: Context) throws -> ListMatches.Reply {
    let size = Bounded<ListMatches.Item>.maximum
    let after = try query.after.map(number) ?? 0
    // Nobody sees that the board has to decide on their own pair: to them it awaits the other's answer.
    let rows = try Row.fetchAll(
      context.db.cachedStatement(
        sql: """
          SELECT * FROM (
            SELECT *, CASE
              WHEN state = 'held' AND mentor = ?4 THEN 'accepted-by-mentor'
              WHEN state = 'held' AND adept = ?4 THEN 'accepted-by-adept' ELSE state END AS shown
            FROM match)
          WHERE number > ?1 AND (?2 IS NULL OR shown = ?2) ORDER BY number LIMIT ?3
          """),
      arguments: [after, query.state?.rawValue, size + 1, context.principal.memberID])
    let items = try rows.prefix(size).map {
      let match = try Match($0)
      return ListMatches.Item(
        match: match.id, mentor: match.mentor, adept: match.adept, state: try $0.stored("shown"),
        submitted: match.submitted,
        answerBy: match.answerBy, months: match.months, responsible: match.responsible)
    }
    let next = rows.count > size ? PageToken(unchecked: "\(rows[size - 1]["number"] as Int64)") : nil
    return ListMatches.Reply(matches: Bounded(items), next: next)
  }

  static func listMentorPlaces(_ query: ListMentorPlaces, _ context: Context) throws -> ListMentorPlaces.Reply {
    let size = Bounded<ListMentorPlaces.Item>.maximum
    let mentors = try Profiles.activeMentors(context.db, after: query.after?.rawValue ?? "", limit: size + 1)
    let items = try mentors.prefix(size).map {
      ListMentorPlaces.Item(
        mentor: $0.member, capacity: $0.places,
        taken: Count(try Match.placesTaken(context.db, mentor: $0.member)))
    }
    let next = mentors.count > size ? PageToken(unchecked: mentors[size - 1].member.rawValue) : nil
    return ListMentorPlaces.Reply(mentors: Bounded(items), next: next)
  }

  private static func number(_ token: PageToken) throws -> Int64 {
    guard let number = Int64(token.rawValue) else {
      throw RequestRefusal.malformed(
        field: "after", accepts: Phrase(sv: "det next som sidan före gav", en: "the next of the page before"))
    }
    return number
  }
}
