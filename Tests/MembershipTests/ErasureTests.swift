import Contracts
import Foundation
import GRDB
import Messaging
import Store
import TestSupport
import Testing
import Texts

@testable import MembershipService

@Suite struct ErasureTests {
  private let harness: ServiceHarness

  init() async throws {
    harness = try await ServiceHarness(.membership) { try Membership.service($0) }
  }

  private func add(_ row: ImportRow) async throws -> MemberID {
    try await harness.command(RegisterMember(row: row.with(.status, "aktiv"))).member
  }

  private func report(_ erasure: GetErasure.Reply, _ service: ServiceName) -> ErasureReport {
    ErasureReport(
      erasure: erasure.erasure, member: erasure.member, service: service, done: erasure.begun, tallies: Bounded([]),
      backups: Bounded([]))
  }

  @Test func isFinishedOnceAllHaveAnswered() async throws {
    let asa = try await add(.row(1, name: "Åsa Öberg", email: "asa@example.se"))
    let bo = try await add(.row(2, name: "Bo Ek", email: "bo@example.se").with(.competitors, "asa@example.se"))
    let begun = try await harness.command(EraseMember(member: asa))
    #expect(begun.awaited.elements.count == 4)
    // Its own answer comes once its file is clean.
    var now = begun
    while now.awaited.elements.count > 3 { now = try await harness.ask(GetErasure(member: asa)) }
    #expect(now.answers.elements.map(\.service) == [.membership])
    #expect(
      now.answers.elements[0].tallies.elements.contains { $0.place.rawValue == "member" && $0.rows.rawValue == 1 })
    let task = try #require(try await harness.outbox(ForgetMember.self).last)
    #expect(task.member == asa)
    func isKeyFound() throws -> Bool {
      let folder = URL(fileURLWithPath: harness.folder.path + "/membership")
      return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).contains {
        $0.lastPathComponent.hasPrefix("membership.sqlite")
          && FileManager.default.contents(atPath: $0.path)?.range(of: Data(task.key.rawValue.utf8)) != nil
      }
    }
    #expect(try isKeyFound())
    // Whoever had named her names nobody now, and matching is told.
    let changed = try await harness.outbox(MemberChanged.self, where: "key = '\(bo.rawValue)'")
    #expect(changed.last?.profile.facts?.competitors?.elements == [])
    #expect(try await harness.ask(GetStatus()).unfinishedErasures?.rawValue == 1)

    try await harness.deliver(MatchingForgot(report: report(begun, .matching)), from: .matching)
    try await harness.deliver(FollowUpForgot(report: report(begun, .followup)), from: .followup)
    try await harness.deliver(NotificationForgot(report: report(begun, .notification)), from: .notification)
    #expect(try await harness.ask(GetErasure(member: asa)).awaited.elements.isEmpty)
    #expect(try await harness.ask(GetStatus()).unfinishedErasures?.rawValue == 0)
    // With key and hashes somebody could try names: once nobody needs them they are in no file.
    _ = try await harness.status { $0.due.rawValue == 0 }
    #expect(try !isKeyFound())
    // A second time it is the same receipt.
    #expect(try await harness.command(EraseMember(member: asa)).erasure == begun.erasure)
    // She may apply again, as somebody else.
    #expect(try await add(.row(1, name: "Åsa Öberg", email: "asa@example.se")) != asa)
  }

  @Test func findsFormerNamesAndWhatIsUploaded() async throws {
    let asa = try await add(.row(1, name: "Åsa Öberg", email: "asa@example.se").with(.phone, "070-123 45 67"))
    _ = try await add(.row(2, name: "Bo Ek").with(.note, "Gift med Åsa Öberg, 0701234567, numera Åsa Ek"))
    var row = ImportRow(line: Number(rawValue: 1)!)
    row[.name] = Cell(rawValue: "Åsa Ek")
    _ = try await harness.command(ChangeMember(member: asa, row: row))
    _ = try await harness.command(
      StageImportRows(
        importId: ImportID(rawValue: "i-00000001")!, part: Number(rawValue: 1)!,
        rows: Bounded([.row(2, name: "ÅSA EK")])))
    _ = try await harness.command(EraseMember(member: asa))
    let left = try await harness.read { db in
      try String.fetchAll(db, sql: "SELECT note FROM member") + String.fetchAll(db, sql: "SELECT id FROM import")
    }
    #expect(left == ["Gift med •••, •••, numera •••"])
  }

  @Test(arguments: ["a.berg@åkeri.se", "a.berg@xn--keri-poa.se"])
  func findsAnAddressHoweverItIsWritten(_ address: String) async throws {
    let asa = try await add(.row(1, name: "Åsa Öberg", email: address))
    _ = try await add(
      .row(2, name: "Bo Ek").with(
        .note, "A.Berg@a\u{30a}keri.se, A.BERG@ÅKERI.SE och a.berg@xn--keri-poa.se, inte b@åkeri.se"))
    _ = try await harness.command(
      StageImportRows(
        importId: ImportID(rawValue: "i-00000001")!, part: Number(rawValue: 1)!,
        rows: Bounded([.row(2, name: "Cia Ek", email: "a.berg@XN--KERI-POA.se")])))
    _ = try await harness.command(EraseMember(member: asa))
    let left = try await harness.read { db in
      try String.fetchAll(db, sql: "SELECT note FROM member") + String.fetchAll(db, sql: "SELECT id FROM import")
    }
    #expect(left == ["•••, ••• och •••, inte b@åkeri.se"])
  }

  /// Namesakes, those whose names go on where the erased one's ends, and words that are a name's beginning.
  @Test func leavesEverybodyElseAsTheyAre() async throws {
    let anna = try await add(.row(1, name: "Anna Berg", email: "anna@example.se").with(.phone, "070-123 45 67"))
    _ = try await add(
      .row(2, name: "Anna Berg", email: "anna.b@example.se").with(.phone, "070-123 45 67")
        .with(.note, "Kollega till Anna Bergman och anna@example.search"))
    _ = try await add(.row(3, name: "Anna Bergström", email: "anna@example.search"))
    let short = try await add(.row(4, name: "Me", email: "me@example.se"))
    let others = try await harness.ask(ListMembers()).members.elements.filter { $0.id != anna && $0.id != short }
    for member in [anna, short] { _ = try await harness.command(EraseMember(member: member)) }
    #expect(try await harness.ask(ListMembers()).members.elements == others)
    let texts = try await harness.read { db in
      try String.fetchAll(db, sql: "SELECT note FROM member WHERE note IS NOT NULL")
        + String.fetchAll(db, sql: "SELECT phone FROM member WHERE phone IS NOT NULL")
    }
    #expect(texts == ["Kollega till Anna Bergman och anna@example.search", "070-123 45 67"])
    let waiting = try await harness.outbox(AddressChanged.self, where: "state <> 7").map(\.email.rawValue)
    #expect(waiting.contains("anna.b@example.se") && waiting.contains("anna@example.search"))
  }

  @Test func findsWhatStandsOnALineOfItsOwn() async throws {
    let anna = try await add(.row(1, name: "Anna Berg", email: "anna@example.se"))
    _ = try await harness.command(
      StageImportRows(
        importId: ImportID(rawValue: "i-00000001")!, part: Number(rawValue: 1)!,
        rows: Bounded([ImportRow.row(2).with(.note, "Ringde igen.\nAnna Berg tipsade")])))
    _ = try await harness.command(EraseMember(member: anna))
    #expect(try await harness.read { db in try String.fetchAll(db, sql: "SELECT id FROM import") } == [])
  }

  /// Nobody is erased by a day that somebody writes.
  @Test func whoIsGoneIsSoFromTheDayOnWhichItIsWritten() async throws {
    let asa = try await add(.row(1))
    var row = ImportRow(line: Number(rawValue: 1)!)
    row[.status] = Cell(rawValue: "utträdd")
    row[.since] = Cell(rawValue: "2010-01-01")
    _ = try await harness.command(ChangeMember(member: asa, row: row))
    _ = try await harness.command(ChangeMember(member: asa, row: row))
    try await harness.advance(to: "2026-09-30")
    #expect(try await harness.ask(ListMembers()).members.elements.map(\.id) == [asa])
  }

  @Test func erasesThoseWhoLeftAfterTheTimeThatTheBoardHasSet() async throws {
    let (asa, bo) = (try await add(.row(1)), try await add(.row(2)))
    _ = try await harness.command(MoveMember(member: asa, step: .leave))
    _ = try await harness.command(
      SetRegisterRules(rules: RegisterRules(retentionMonths: RetentionMonths(rawValue: 6)!)))
    _ = try await harness.command(MoveMember(member: bo, step: .leave))
    _ = try await harness.command(MoveMember(member: bo, step: .admit))
    try await harness.advance(to: "2027-02-28")
    #expect(try await harness.ask(ListMembers()).members.elements.count == 2)
    try await harness.advance(to: "2027-03-01")
    #expect(try await harness.ask(ListMembers()).members.elements.map(\.id) == [bo])
    let audit = try await harness.read { db in
      try String.fetchAll(db, sql: "SELECT begun_by FROM erasure")
    }
    #expect(audit == ["membership"])
    let trail = try await harness.ask(ListAudit(subject: Attribute(rawValue: asa.rawValue)!)).entries.elements
    #expect(trail.last?.message.rawValue == EraseMember.type && trail.last?.principal.rawValue == "membership")
  }

  /// A table that is not named is one that nobody has thought of when somebody is erased.
  @Test func everyTableIsNamed() async throws {
    let tables = try await harness.tables()
    #expect(tables == Set(Membership.personalTables.map(\.name)))
  }

  @Test func tellsAPersonWhatIsHeldButNotWhatOthersSaid() async throws {
    let asa = try await add(.row(1, name: "Åsa Öberg", email: "asa@example.se").with(.tenders, "SN 1"))
    _ = try await add(.row(2, name: "Bo Ek", email: "bo@example.se").with(.vetoes, "asa@example.se"))
    let data = try await harness.ask(GetPersonalData(member: asa))
    let text = data.entries.elements.map(\.json.rawValue).joined()
    #expect(data.total.rawValue == data.entries.elements.count)
    #expect(text.contains("Åsa Öberg") && text.contains("SN 1"))
    #expect(!text.contains("Bo Ek") && !text.contains("vetoes\":[{"))
    #expect(data.entries.elements.allSatisfy { $0.table.rawValue != "naming" })
    let trail = try await harness.ask(ListAudit(subject: Attribute(rawValue: asa.rawValue)!)).entries.elements
    #expect(trail.map(\.message.rawValue) == [RegisterMember.type, GetPersonalData.type])
    #expect(trail.map(\.outcome.rawValue).last == "read")
    // The next time the trail is told too.
    let again = try await harness.ask(GetPersonalData(member: asa)).entries.elements
    #expect(again.filter { $0.table.rawValue == "audit" }.count == 2)
  }

  @Test func tellsAPersonWhatWaitsAndWhatWasRefused() async throws {
    await harness.refuseDeliveries(at: .notification, true)
    let asa = try await add(.row(1, name: "Åsa Öberg", email: "asa@example.se"))
    let bo = try await add(.row(2, name: "Bo Ek", email: "bo@example.se").with(.vetoes, "asa@example.se"))
    _ = try await harness.status { $0.outboxDead.rawValue == 2 }
    for (member, own, other) in [(asa, "asa@example.se", "bo@example.se"), (bo, "bo@example.se", "asa@example.se")] {
      let waiting = try await harness.ask(GetPersonalData(member: member)).entries.elements
        .filter { $0.table.rawValue == "outbox" }.map(\.json.rawValue)
      #expect(waiting.contains { $0.contains(AddressChanged.type) && $0.contains("\"dead\"") && $0.contains(own) })
      #expect(!waiting.contains { $0.contains(other) })
    }
  }

  /// All that the service can hold of somebody, in every table, and then no trace of it in any. A table that is forgotten
  /// when somebody is erased, or here, makes it fail.
  @Test func leavesNothingInAnyTable() async throws {
    let asa = try await add(
      .row(1, name: "Åsa Öberg", email: "asa@example.se").with(.phone, "070-123 45 67").with(.wishes, "bo@example.se")
        .with(.basis, "samtycke, 2026-08-17, 1").with(.note, "Åsa Öberg vill höras"))
    _ = try await add(.row(2, name: "Bo Ek", email: "bo@example.se").with(.competitors, "asa@example.se"))
    var row = ImportRow(line: Number(rawValue: 1)!)
    row[.name] = Cell(rawValue: "Åsa Öberg-Ek")
    row[.email] = Cell(rawValue: "asa.ek@example.se")
    _ = try await harness.command(ChangeMember(member: asa, row: row))
    let failed = AddressFailed(member: asa, code: Code(rawValue: "mail/address-refused")!, day: Day(2026, 9, 1)!)
    try await harness.deliver(failed, from: .notification)
    for (id, row) in [
      ("i-00000001", ImportRow.row(2, name: "Åsa Öberg-Ek", email: "asa.ek@example.se", kommun: "Lund")),
      ("i-00000002", .row(3, name: "Cia Dahl", email: "cia@example.se").with(.email, "Åsa Öberg")),
    ] {
      let id = ImportID(rawValue: id)!
      _ = try await harness.command(StageImportRows(importId: id, part: Number(rawValue: 1)!, rows: Bounded([row])))
      _ = try await harness.command(CommitImport(importId: id, parts: Number(rawValue: 1)!, mode: .dryRun))
    }
    // What the messaging tables might hold, whatever they do hold of it today.
    let text = Data(#"{"data":{"note":"Ring Åsa Öberg"}}"#.utf8)
    try await harness.worker.store.database.write { db in
      try db.execute(
        sql: "INSERT INTO due_work (kind, key, due_at, payload, problem) VALUES ('later', 'k', ?, ?, 'Åsa Öberg')",
        arguments: [Int64.max, text])
      try db.execute(
        sql: "INSERT INTO reply VALUES ('karin', 'some-type', 'k', x'00', ?, ?)",
        arguments: [text, Timestamp.wallClock().milliseconds])
      try db.execute(sql: "INSERT INTO attempt VALUES ('notification', 'a', 1, 1, 'Åsa Öberg')")
      try db.execute(
        sql: """
          INSERT INTO dead_letter (source, id, key, type, body, problem, attempts, died_at)
          VALUES ('notification', 'd', 'k', 'some-type', ?, 'Åsa Öberg', 1, 1)
          """, arguments: [text])
    }
    let messaging: Set = ["outbox_body", "due_work", "reply", "attempt", "dead_letter"]
    let before = try await traces(of: asa)
    let held = Set(Membership.personalTables.filter { $0.rows != nil && $0.name != "erasure" }.map(\.name))
    let drafts: Set = ["import_part", "import_fault", "import_outcome", "import_address"]
    #expect(before.isSuperset(of: held.union(drafts).union(messaging)), "\(before)")
    _ = try await harness.command(EraseMember(member: asa))
    #expect(
      try await harness.read { db in
        try String.fetchAll(
          db,
          sql:
            "SELECT CAST(payload AS TEXT) || problem FROM due_work WHERE kind = 'later' UNION ALL SELECT CAST(body AS TEXT) FROM reply WHERE type = 'some-type'"
        )
      } == [#"{"data":{"note":"Ring •••"}}•••"#, #"{"data":{"note":"Ring •••"}}"#])
    // By id alone: that she was erased, what she was asked and told, and who did and read it.
    #expect(try await traces(of: asa) == [])
    #expect(
      try await traces(of: asa, byID: true).isSubset(of: [
        "erasure", "audit", "outbox", "due_work", "reply", "erasure_answer",
      ]))
  }

  /// The tables in which anything of her stands, in any column.
  private func traces(of asa: MemberID, byID: Bool = false) async throws -> Set<String> {
    let texts = ["Öberg", "oberg", "asa@", "asa.ek", "123 45 67", "1234567"]
    return try await harness.read { db in
      var found: Set<String> = []
      for row in try Row.fetchAll(
        db,
        sql: """
          SELECT t.name, c.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c
          WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
          """)
      {
        let (table, column): (String, String) = (row[0], row[1])
        let own = texts.map { "instr(CAST(\"\(column)\" AS TEXT), '\($0)')" }.joined(separator: " OR ")
        // Rows that name nobody by name are hers by her id.
        let isHeld = table == "lawful_basis" || table == "naming" || table == "address_failure"
        let condition = byID || isHeld ? "\"\(column)\" = '\(asa.rawValue)' OR \(own)" : own
        if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \"\(table)\" WHERE \(condition))") == true {
          found.insert(table)
        }
      }
      return found
    }
  }

  /// What a person is told of theirs is told in words.
  @Test func everyColumnHasWords() async throws {
    let harness = try await ServiceHarness(.membership) { try Membership.service($0) }
    for (table, column) in try await harness.toldColumns(Membership.personalTables) {
      #expect(HeldDataTexts.table(table) != nil, "\(table)")
      #expect(!HeldDataTexts.isShown(column) || HeldDataTexts.column(column) != nil, "\(table).\(column)")
    }
  }
}
