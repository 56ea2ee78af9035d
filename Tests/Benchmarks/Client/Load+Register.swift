import Contracts
import Foundation

/// The register itself, not the spine: against the real membership service.
extension Load {
  /// Imports so many people in one file, each with the facts that most have.
  func register(_ count: Int) async throws -> Report {
    let start = ContinuousClock.now
    let size = Bounded<ImportRow>.maximum
    let parts = (count + size - 1) / size
    for part in 0..<parts {
      let rows = (part * size..<min(count, (part + 1) * size)).map(Load.row)
      _ = try await send(
        StageImportRows(importId: .example, part: Number(unchecked: part + 1), rows: Bounded(rows)),
        key: "part-\(part)", as: StageImportRows.Reply.self)
    }
    var reply = try await send(
      CommitImport(importId: .example, parts: Number(unchecked: parts), mode: .whole), key: "commit",
      as: CommitImport.Reply.self)
    while reply.underWay != nil {
      try await Task.sleep(for: .milliseconds(1))
      reply = try await send(GetImport(importId: .example), as: CommitImport.Reply.self)
    }
    guard reply.registered.rawValue == count else { fatalError("\(reply.registered.rawValue) of \(count)") }
    return report(count, since: start, [])
  }

  /// Lists and searches in turn: what finds many, few and none, by name, kommun, topic, role and status.
  func search(_ count: Int) async throws -> Report {
    func text(_ text: String) -> SearchText { SearchText(unchecked: text) }
    let queries = [
      ListMembers(), ListMembers(search: text("oberg")), ListMembers(search: text("asa berg77")),
      ListMembers(search: text("nobody")), ListMembers(role: .adept, status: .active),
      ListMembers(topic: .network), ListMembers(status: .paused), ListMembers(area: Area(unchecked: "12")),
      ListMembers(search: text("ren"), role: .mentor, topic: .pricing, area: Area(unchecked: "0180")),
    ]
    let start = ContinuousClock.now
    var times: [Double] = []
    for number in 0..<count {
      let asked = ContinuousClock.now
      _ = try await send(queries[number % queries.count], as: ListMembers.Reply.self)
      times.append((ContinuousClock.now - asked).microseconds)
    }
    return report(count, since: start, times)
  }

  private static func row(_ number: Int) -> ImportRow {
    let first = ["Åsa", "Björn", "Cia", "Örjan", "Renée", "Märta"]
    let last = ["Öberg", "Åkesson", "Ek", "Sjö", "Ström"]
    var row = ImportRow(line: Number(unchecked: number + 2))
    func set(_ column: RegisterColumn, _ text: String) { row[column] = Cell(unchecked: text) }
    set(.name, "\(first[number % 6]) \(last[number % 5])\(number % 97)")
    set(.email, "person\(number)@example.se")
    set(.phone, "070-\(1_000_000 + number)")
    set(.kommun, ["Lund", "Malmö", "Stockholm", "Kiruna"][number % 4])
    set(.role, number.isMultiple(of: 3) ? "mentor" : "adept")
    set(.years, "\(number % 5)")
    set(.topics, "avtal, nätverk, prissättning")
    set(.worksIn, "Lund, Hallands län")
    set(.sectors, "socialtjänst, skola")
    set(.sellsSupervision, "ja")
    if number.isMultiple(of: 10) { set(.competitors, "person\(number / 2 + 1)@example.se") }
    return row
  }
}
