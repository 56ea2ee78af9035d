import Contracts
import Foundation
import GRDB

/// Finds members as people type. All that decides stands in one index, in the order of the list, so that a search
/// that finds nobody reads ten thousand short rows and no more.
struct MemberSearch {
  /// Folded; each is a part of the name or the address.
  let words: [String]
  let role: MemberRole?
  let status: MemberStatus?
  let topic: Topic?
  let area: Area?
  /// Whether addresses and kommuner of those with protected identity may be found and seen.
  let seesProtected: Bool

  init(_ query: ListMembers, seesProtected: Bool) {
    words = (query.search?.rawValue ?? "").folded.split(whereSeparator: \.isWhitespace).map(String.init)
    role = query.role
    status = query.status
    topic = query.topic
    area = query.area
    self.seesProtected = seesProtected
  }

  /// Members in the order of their folded names.
  func page(_ db: Database, after token: MemberPage?, limit: Int) throws -> [MemberSummary] {
    var conditions = ["(name_folded, id) > (:name, :id)"]
    var arguments: [String: (any DatabaseValueConvertible)?] = [
      "name": token?.foldedName ?? "", "id": token?.id.rawValue ?? "", "limit": limit,
    ]
    for (number, word) in words.enumerated() {
      arguments["word\(number)"] = word
      conditions.append(
        seesProtected
          ? "instr(search, :word\(number)) > 0"
          : "instr(iif(is_protected, name_folded, search), :word\(number)) > 0")
    }
    func add(_ condition: String, _ name: String, _ value: String?) {
      guard let value else { return }
      conditions.append(condition)
      arguments[name] = value
    }
    switch role {
    case .mentor: conditions.append("role IN ('mentor', 'both')")
    case .adept: conditions.append("role IN ('adept', 'both')")
    case .both: conditions.append("role = 'both'")
    case nil: break
    }
    add("status = :status", "status", status?.rawValue)
    add("instr(' ' || topics || ' ', :topic) > 0", "topic", topic.map { " \($0.rawValue) " })
    // A county is the beginning of the codes of its municipalities.
    add("substr(kommun, 1, length(:area)) = :area", "area", area?.rawValue)
    if area != nil && !seesProtected { conditions.append("NOT is_protected") }
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, name, email, language, kommun, organisation_number, role, capacity, years, topics, status,
            is_protected
          FROM member INDEXED BY member_by_name WHERE \(conditions.joined(separator: " AND "))
          ORDER BY name_folded, id LIMIT :limit
          """), arguments: StatementArguments(arguments))
    return rows.map { MemberSummary(row: $0).shown(seesProtected: seesProtected) }
  }
}

extension MemberSummary {
  /// The summary as somebody may see it.
  func shown(seesProtected: Bool) -> MemberSummary {
    guard isProtected == true, !seesProtected else { return self }
    var summary = self
    summary.email = MemberSummary.protectedEmail
    summary.kommun = MemberSummary.protectedKommun
    summary.organisationNumber = nil
    return summary
  }
}
