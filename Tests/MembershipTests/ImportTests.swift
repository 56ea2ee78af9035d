import Contracts
import Foundation
import GRDB
import MembershipService
import Messaging
import Register
import ServiceRuntime
import Synchronization
import TestSupport
import Testing

@Suite struct ImportTests {
  private let harness: ServiceHarness

  init() async throws {
    harness = try await ServiceHarness(.membership) { try Membership.service($0) }
  }

  /// Uploads rows and commits them as one import.
  @discardableResult
  private func read(
    _ rows: [ImportRow], as id: String = "i-00000001", mode: CommitImport.Mode = .whole
  ) async throws -> CommitImport.Reply {
    let parts = try await stage(rows, as: id)
    return try await commit(id, parts: parts, mode)
  }

  private func stage(_ rows: [ImportRow], as id: String) async throws -> Int {
    var part = 0
    for start in stride(from: 0, to: rows.count, by: 100) {
      part += 1
      let reply = try await harness.command(
        StageImportRows(
          importId: ImportID(rawValue: id)!, part: Number(rawValue: part)!,
          rows: Bounded(rows[start..<min(start + 100, rows.count)])))
      #expect(reply.rows.rawValue == min(100, rows.count - start))
    }
    return part
  }

  private func commit(_ id: String, parts: Int, _ mode: CommitImport.Mode) async throws -> CommitImport.Reply {
    try await harness.command(
      CommitImport(importId: ImportID(rawValue: id)!, parts: Number(rawValue: parts)!, mode: mode))
  }

  private func report(
    _ id: String = "i-00000001", after: Int = 0, language: Language = .sv
  ) async throws -> GetImportReport.Reply {
    try await harness.ask(
      GetImportReport(importId: ImportID(rawValue: id)!, after: Count(after)), language: language)
  }

  private func members() async throws -> [MemberSummary] {
    try await harness.ask(ListMembers()).members.elements
  }

  private func refusal(_ work: () async throws -> some Sendable) async throws -> Problem {
    do {
      _ = try await work()
    } catch let problem as Problem {
      return problem
    }
    throw Problem(code: "test/not-refused", title: "", detail: "")
  }

  // MARK: Good rows

  @Test func registersAndTellsTheOthers() async throws {
    let reply = try await read([
      .row(2, name: "Åsa Öberg", email: "asa@example.se", kommun: "Lund", capacity: "2", topics: "avtal"),
      .row(3, name: "Bo Ek", email: "bo@example.se", language: "en", role: "adept"),
    ])
    #expect(reply.written)
    #expect([reply.registered, reply.changed, reply.unchanged, reply.refused].map(\.rawValue) == [2, 0, 0, 0])
    let members = try await members()
    #expect(members.map(\.name.rawValue) == ["Åsa Öberg", "Bo Ek"])
    #expect(members.allSatisfy { $0.status == .active })
    let registered = try await harness.outbox(MemberRegistered.self)
    var facts = [ProfileFacts(), ProfileFacts()]
    facts[0].offers = Bounded([.contracts])
    for index in facts.indices { facts[index].waitingSince = Day(2026, 9, 1) }
    #expect(
      registered.map(\.profile) == [
        Profile(
          member: members[0].id, kommun: KommunCode(rawValue: "1281")!, organisationNumber: nil, role: .mentor,
          capacity: Capacity(rawValue: 2)!, years: Years(rawValue: 0)!, topics: Bounded([.contracts]),
          status: .active, facts: facts[0]),
        Profile(
          member: members[1].id, kommun: KommunCode(rawValue: "0180")!, organisationNumber: nil, role: .adept,
          capacity: nil, years: Years(rawValue: 0)!, topics: Bounded([]), status: .active, facts: facts[1]),
      ])
    let addresses = try await harness.outbox(AddressChanged.self)
    #expect(addresses.map(\.member) == members.map(\.id))
    #expect(addresses.map(\.email.rawValue) == ["asa@example.se", "bo@example.se"])
    #expect(addresses.map(\.language) == [.sv, .en])
    let keys = try await harness.read { db in
      try String.fetchAll(db, sql: "SELECT DISTINCT key FROM outbox")
    }
    #expect(Set(keys) == Set(members.map(\.id.rawValue)))
  }

  @Test func theSameFileAgainChangesNothing() async throws {
    let rows = [ImportRow.row(2, email: "asa@example.se"), .row(3, name: "Ande\u{301} Ek", email: "ande@example.se")]
    try await read(rows)
    let before = try await members()
    let reply = try await read(rows, as: "i-00000002")
    #expect([reply.registered, reply.changed, reply.unchanged].map(\.rawValue) == [0, 0, 2])
    #expect(reply.written)
    #expect(try await members() == before)
    #expect(try await harness.outbox(MemberRegistered.self).count == 2)
    #expect(try await harness.outbox(MemberChanged.self).isEmpty)
    #expect(try await harness.outbox(AddressChanged.self).count == 2)
  }

  @Test func anAddressWithOtherLettersIsOneHoweverItIsWritten() async throws {
    try await read([
      .row(2, name: "Åsa Öberg", email: "a\u{30a}sa@a\u{30a}keri.se"),
      .row(3, name: "Bo Ek", email: "bo@example.se").with(.wishes, "Åsa@ÅKERI.se, cia@åland.se"),
    ])
    let again = try await read(
      [
        .row(2, name: "Åsa Öberg", email: "åsa@åkeri.se"),
        .row(3, name: "Cia Dahl", email: "cia@xn--land-poa.se"),
      ], as: "i-00000002")
    #expect([again.registered, again.changed, again.unchanged].map(\.rawValue) == [1, 0, 1])
    let addresses = try await harness.outbox(AddressChanged.self).map(\.email.rawValue)
    #expect(
      addresses.map { Array($0.utf8) }
        == ["åsa@åkeri.se", "bo@example.se", "cia@xn--land-poa.se"].map { Array($0.utf8) })
    let ids = try await members().map(\.id)
    // Whom he wishes for are the two.
    let bo = try await harness.outbox(MemberChanged.self, where: "key = '\(ids[1].rawValue)'").last
    #expect(Set(bo?.profile.facts?.wishes?.elements ?? []) == Set([ids[0], ids[2]]))
    for text in ["åsa@åkeri.se", "ÅSA@xn--KERI-poa.se", "a\u{30a}sa@åkeri.se"] {
      #expect(try await harness.ask(GetMember(member: SearchText(rawValue: text)!)).member.id == ids[0], "\(text)")
    }
    let twice = try await refusal {
      try await harness.command(RegisterMember(row: .row(4, name: "Dag Ek", email: "ÅSA@xn--keri-poa.se")))
    }
    #expect(twice.code == "member/already-registered")
  }

  @Test func tellsOnlyWhatIsNew() async throws {
    try await read([.row(2, email: "asa@example.se"), .row(3, name: "Bo Ek", email: "bo@example.se")])
    let reply = try await read(
      [
        .row(2, email: "ASA@Example.se", kommun: "Lund"),
        .row(3, name: "Bo Ek", email: "bo@example.se", years: "3"),
      ], as: "i-00000002")
    #expect([reply.registered, reply.changed, reply.unchanged].map(\.rawValue) == [0, 2, 0])
    let asa = try await harness.ask(GetMember(member: SearchText(rawValue: "asa@example.se")!)).member
    #expect(asa.kommun.rawValue == "1281")
    #expect(asa.email.rawValue == "ASA@Example.se")
    let changes = try await harness.outbox(MemberChanged.self)
    #expect(changes.map(\.profile.kommun.rawValue) == ["1281", "0180"])
    #expect(changes.map(\.profile.years.rawValue) == [0, 3])
    // The first two are from when they were registered; Bo is written to as before.
    let addresses = try await harness.outbox(AddressChanged.self)
    #expect(addresses.map(\.email.rawValue) == ["asa@example.se", "bo@example.se", "ASA@Example.se"])

    try await read([.row(3, name: "Bo Ekdahl", email: "bo@example.se", years: "3")], as: "i-00000003")
    #expect(try await harness.outbox(MemberChanged.self).count == 2)
    #expect(try await harness.outbox(AddressChanged.self).last?.name.rawValue == "Bo Ekdahl")
  }

  // MARK: People who name each other

  @Test func findsWhoIsNamedAlsoWhenTheyComeLater() async throws {
    try await read([
      .row(2, name: "Åsa Öberg", email: "asa@example.se").with(.competitors, "bo@example.se, cia@example.se"),
      .row(3, name: "Bo Ek", email: "bo@example.se").with(.wishes, "asa@example.se"),
    ])
    let (asa, bo) = (try await members()[0].id, try await members()[1].id)
    let first = try await harness.outbox(MemberRegistered.self)
    #expect(first.map { $0.profile.facts?.competitors?.elements } == [[bo], nil])
    #expect(first.map { $0.profile.facts?.wishes?.elements } == [nil, [asa]])

    try await read([.row(2, name: "Cia Dahl", email: "CIA@example.se")], as: "i-00000002")
    let cia = try await members()[2].id
    let told = try await harness.outbox(MemberChanged.self)
    #expect(told.map(\.profile.member) == [asa])
    #expect(told.first?.profile.facts?.competitors?.elements == [bo, cia])

    let again = try await read(
      [
        .row(2, name: "Åsa Öberg", email: "asa@example.se").with(.competitors, "bo@example.se, \(cia.rawValue)")
      ], as: "i-00000003")
    #expect(again.unchanged.rawValue == 1)
    let unknown = try await read(
      [.row(2, email: "dan@example.se").with(.vetoes, "m-00000000")], as: "i-00000004", mode: .good)
    #expect(unknown.refused.rawValue == 1)
    #expect(try await report("i-00000004").faults.elements.map(\.code.rawValue) == ["member/unknown-reference"])
  }

  @Test func aColumnThatTheFileLacksIsLeftAsItIs() async throws {
    try await read([.row(2, email: "asa@example.se", years: "7").with(.phone, "070-123 45 67")])
    let parts = try await stage([.row(2, email: "asa@example.se", kommun: "Lund")], as: "i-00000002")
    let reply = try await harness.command(
      CommitImport(
        importId: ImportID(rawValue: "i-00000002")!, parts: Number(rawValue: parts)!, mode: .whole,
        columns: Bounded(RegisterColumn.required)))
    #expect(reply.changed.rawValue == 1)
    let kept = try await harness.read { db in
      try String.fetchAll(db, sql: "SELECT kommun || ' ' || years || ' ' || phone FROM member")
    }
    #expect(kept == ["1281 7 070-123 45 67"])
  }

  // MARK: Bad rows

  private static let mixed: [ImportRow] = [
    .row(2, name: "Åsa Öberg", email: "asa@example.se"),
    .row(3, name: "Bo Ek", email: "bo@example.se", kommun: "9999"),
    .row(4, name: "Cia Dahl", email: "cia-example.se"),
    .row(5, name: "Åsa Öberg", email: "Asa@Example.SE"),
    .row(6, name: "Åsa Öberg", email: "asa@example.se", role: "chef"),
    .row(9, name: "Dan Fors", email: "dan@example.se"),
  ]

  private static let mixedFaults = [
    "3 kommun member/unknown-kommun", "4 e-post member/wrong-email", "5 e-post member/repeated-email",
    "6 roll member/unknown-role", "6 e-post member/repeated-email",
  ]

  private func expectMixedFaults() async throws {
    let report = try await report()
    #expect(report.total.rawValue == 5)
    #expect(
      report.faults.elements.map { "\($0.line.rawValue) \($0.column.rawValue) \($0.code.rawValue)" }
        == Self.mixedFaults)
    #expect(report.faults.elements[0].reason.rawValue.hasPrefix("Det finns ingen kommun ”9999”."))
    #expect(report.faults.elements[2].reason.rawValue.hasPrefix("”Asa@Example.SE” står redan på rad 2."))
    let english = try await self.report(after: 4, language: .en)
    #expect(english.faults.elements.map(\.column.rawValue) == ["e-mail"])
    #expect(english.faults.elements[0].reason.rawValue.hasPrefix("“asa@example.se” is on line 2 already."))
  }

  @Test(arguments: [CommitImport.Mode.whole, .dryRun])
  func writesNothing(mode: CommitImport.Mode) async throws {
    let reply = try await read(Self.mixed, mode: mode)
    #expect(!reply.written)
    #expect([reply.registered, reply.refused].map(\.rawValue) == [2, 4])
    #expect(try await members().isEmpty)
    #expect(try await harness.outbox(MemberRegistered.self).isEmpty)
    #expect(try await harness.outbox(AddressChanged.self).isEmpty)
    try await expectMixedFaults()

    // What was uploaded is still there for another mode.
    #expect(try await commit("i-00000001", parts: 1, .good).written)
    #expect(try await members().count == 2)
  }

  @Test func aDryRunTellsRowByRow() async throws {
    try await read([.row(2, email: "asa@example.se", topics: "avtal"), .row(3, name: "Bo Ek", email: "bo@example.se")])
    let reply = try await read(
      [
        .row(2, name: "Cia Dahl", email: "cia@example.se"), .row(3, name: "Bo Ek", email: "bo@example.se"),
        .row(4, email: "asa@example.se", kommun: "Lund", topics: "nätverk, avtal"),
      ], as: "i-00000002", mode: .dryRun)
    #expect([reply.registered, reply.changed, reply.unchanged].map(\.rawValue) == [1, 1, 1])
    let account = try await harness.ask(
      GetImportAccount(importId: ImportID(rawValue: "i-00000002")!, after: Count(0)))
    #expect(account.items.elements.map { $0.line.rawValue } == [2, 4])
    #expect(account.items.elements.map { $0.member == nil } == [true, false])
    #expect(
      account.items.elements[1].changes.elements.map {
        "\($0.column.rawValue) \($0.from?.rawValue ?? "") > \($0.to?.rawValue ?? "")"
      }
        == ["kommun Stockholm > Lund", "erbjuder avtal > bygga nätverk, avtal"])
  }

  @Test func whatIsExportedImportsToTheSame() async throws {
    let rows: [ImportRow] = [
      .row(
        2, name: "Åsa Öberg; \"Ös\"", email: "asa@example.se", organisationNumber: "556036-0793", role: "båda",
        years: "7"
      )
      .with(.phone, "+46 70-123 45 67").with(.note, "=SUMMA(A1)\n'+x\nsvar; \"ja\"").with(.qualification, "'=1")
      .with(.competitors, "bo@example.se, ny@example.se").with(.tenders, "SN 1, Lunds kommun, 2026-12-01")
      .with(.offers, "nätverk, avtal").with(.wants, "inga").with(.basis, "samtycke, 2026-08-17, 1")
      .with(.waitingSince, "2026-08-17").with(.worksIn, "Skåne län, Åre").with(.sectors, "skola"),
      .row(3, name: "Bo Ek", email: "bo@example.se").with(.status, "pausad").with(.pausedUntil, "2026-12-24"),
      .row(4, name: "Cia Ny", email: "cia@example.se", role: "adept").with(.status, "anmäld"),
      .row(5, name: "Dan Åh", email: "dan@example.se").with(.status, "utträdd").with(.since, "2026-01-31"),
    ]
    try await read(rows)
    for language in Language.allCases {
      let exported = try await harness.ask(ExportMembers(), language: language).rows.elements
      let file = try RegisterFile(RegisterFile.written(exported, language))
      #expect(file.ignoredHeaders == [])
      let again = try await read(file.rows, as: "i-1000000\(language)")
      #expect([again.unchanged, again.refused].map(\.rawValue) == [4, 0])
      // In an empty register it makes the same.
      let other = try await ServiceHarness(.membership) { try Membership.service($0) }
      _ = try await other.command(
        StageImportRows(importId: .example, part: Number(rawValue: 1)!, rows: Bounded(file.rows)))
      let reply = try await other.command(CommitImport(importId: .example, parts: Number(rawValue: 1)!, mode: .whole))
      #expect(reply.registered.rawValue == 4)
      #expect(try await other.ask(ExportMembers(), language: language).rows.elements == exported)
    }
  }

  @Test func keepsGoodRows() async throws {
    let reply = try await read(Self.mixed, mode: .good)
    #expect(reply.written)
    #expect([reply.registered, reply.refused].map(\.rawValue) == [2, 4])
    #expect(try await members().map(\.name.rawValue) == ["Åsa Öberg", "Dan Fors"])
    try await expectMixedFaults()
  }

  @Test func findsRepeatsAcrossPartsAndPagesTheReport() async throws {
    let rows = (2...252).map { ImportRow.row($0, email: "member\($0 % 101)@example.se") }
    let reply = try await read(rows, mode: .good)
    #expect([reply.registered, reply.refused].map(\.rawValue) == [101, 150])
    let first = try await report()
    #expect(first.faults.elements.count == 100)
    let second = try await report(after: 100)
    #expect(second.faults.elements.count == 50)
    #expect(second.total.rawValue == 150)
    #expect((first.faults.elements + second.faults.elements).map(\.line.rawValue) == Array(103...252))
  }

  // MARK: Long files

  /// So long that it is gone through in slices. The calendar is the machine's, by which others get their turn in between;
  /// its timers never end, so that a slice is worked off with each question.
  @Test func aLongFileLetsOthersInBetween() async throws {
    let clock = ServiceClock(
      monotonic: ServiceClock.system.monotonic, wall: ServiceClock.system.wall,
      sleep: { _ in try await Task.sleep(for: .seconds(3_600)) })
    let harness = try await ServiceHarness(.membership, clock: clock) { try Membership.service($0) }
    let rows = (2...1301).map { ImportRow.row($0).with(.competitors, "member\($0 == 2 ? 1301 : 2)@example.se") }
    func run(_ id: ImportID, _ mode: CommitImport.Mode) async throws -> CommitImport.Reply {
      for part in 1...13 {
        let rows = rows[(part - 1) * 100..<part * 100]
        _ = try await harness.command(
          StageImportRows(importId: id, part: Number(rawValue: part)!, rows: Bounded(rows)))
      }
      var reply = try await harness.command(CommitImport(importId: id, parts: Number(rawValue: 13)!, mode: mode))
      #expect(reply.underWay != nil)
      let more = StageImportRows(importId: id, part: Number(rawValue: 14)!, rows: Bounded([.row(1)]))
      #expect(try await refusal { try await harness.command(more) }.code == "import/under-way")
      var seen: Set<String> = []
      var waited = false
      while let progress = reply.underWay {
        seen.insert("\(progress.isWriting) \(progress.parts.rawValue)")
        let code = try await refusal { try await harness.command(EraseMember(member: .example)) }.code
        waited = waited || code == "member/erasure-waits"
        reply = try await harness.ask(GetImport(importId: id))
      }
      // What the first pass finds is told to nobody, who might ask in turn.
      #expect(seen.count > 1 && waited || mode == .good, "\(seen)")
      return reply
    }
    let first = try await run(ImportID(rawValue: "i-00000001")!, .whole)
    #expect([first.registered, first.changed, first.unchanged, first.refused].map(\.rawValue) == [1300, 0, 0, 0])
    #expect(first.written)
    let second = try await run(ImportID(rawValue: "i-00000002")!, .good)
    #expect([second.registered, second.changed, second.unchanged, second.refused].map(\.rawValue) == [0, 0, 1300, 0])
    // Whom the first slice named came with the last.
    let told = try await harness.outbox(MemberRegistered.self).count
    let renewed = try await harness.outbox(MemberChanged.self).map(\.profile.facts?.competitors?.elements.count)
    #expect(told == 1300 && renewed == [1])
    await harness.stop()
  }

  /// The service was down for two days in the middle of an import: it comes to its end, and is forgotten a day later.
  @Test func isNotForgottenBeforeItIsOver() async throws {
    let late = Mutex(Duration.zero)
    let clock = ServiceClock(
      monotonic: ServiceClock.system.monotonic, wall: { Timestamp.wallClock() + late.withLock { $0 } },
      sleep: { _ in try await Task.sleep(for: .seconds(3_600)) })
    let harness = try await ServiceHarness(.membership, clock: clock) { try Membership.service($0) }
    let id = ImportID(rawValue: "i-00000001")!
    for part in 1...5 {
      let rows = (1...100).map { ImportRow.row(part * 100 + $0) }
      _ = try await harness.command(
        StageImportRows(importId: id, part: Number(rawValue: part)!, rows: Bounded(rows)))
    }
    var reply = try await harness.command(CommitImport(importId: id, parts: Number(rawValue: 5)!, mode: .good))
    #expect(reply.underWay != nil)
    late.withLock { $0 = .seconds(2 * 86_400) }
    while reply.underWay != nil { reply = try await harness.ask(GetImport(importId: id)) }
    #expect(reply.registered.rawValue == 500)
    late.withLock { $0 = .seconds(4 * 86_400) }
    _ = try await harness.status { $0.due.rawValue == 0 }
    #expect(try await refusal { try await harness.ask(GetImport(importId: id)) }.code == "import/unknown")
    await harness.stop()
  }

  @Test func aLongFileWithABadRowWritesNothing() async throws {
    let rows = (2...901).map { ImportRow.row($0, email: "member\($0 == 901 ? 2 : $0)@example.se") }
    let parts = try await stage(rows, as: "i-00000001")
    var reply = try await commit("i-00000001", parts: parts, .whole)
    while reply.underWay != nil {
      reply = try await harness.ask(GetImport(importId: ImportID(rawValue: "i-00000001")!))
    }
    #expect(!reply.written && reply.refused.rawValue == 1 && reply.registered.rawValue == 899)
    #expect(try await members().isEmpty)
    #expect(try await report().faults.elements.map(\.line.rawValue) == [901])
    #expect(try await refusal { try await harness.command(EraseMember(member: .example)) }.code == "member/unknown")
    reply = try await commit("i-00000001", parts: parts, .good)
    while reply.underWay != nil {
      reply = try await harness.ask(GetImport(importId: ImportID(rawValue: "i-00000001")!))
    }
    #expect(reply.written && reply.registered.rawValue == 899)
    #expect(try await report().total.rawValue == 1)
  }

  // MARK: Parts

  @Test func refusesWhereAPartIsMissing() async throws {
    let id = ImportID(rawValue: "i-00000001")!
    for part in [1, 3] {
      _ = try await harness.command(
        StageImportRows(importId: id, part: Number(rawValue: part)!, rows: Bounded([.row(part)])))
    }
    let missing = try await refusal { try await commit("i-00000001", parts: 3, .good) }
    #expect(missing.code == "import/part-missing")
    #expect(missing.detail.contains("Del 2 av 3"))
    #expect(try await members().isEmpty)

    _ = try await harness.command(
      StageImportRows(importId: id, part: Number(rawValue: 2)!, rows: Bounded([.row(2)])))
    let last = try await refusal { try await commit("i-00000001", parts: 4, .good) }
    #expect(last.detail.contains("Del 4 av 4"))
    let beyond = try await refusal { try await commit("i-00000001", parts: 2, .good) }
    #expect(beyond.code == "import/part-beyond")
    #expect(try await commit("i-00000001", parts: 3, .good).registered.rawValue == 3)
  }

  @Test func aPartAgainReplacesItself() async throws {
    _ = try await stage([.row(2, name: "Bo Ek")], as: "i-00000001")
    try await read([.row(2, name: "Bo Ekdahl")])
    #expect(try await members().map(\.name.rawValue) == ["Bo Ekdahl"])
  }

  @Test func aWrittenImportTakesNoMore() async throws {
    try await read([.row(2)])
    #expect(try await refusal { try await commit("i-00000001", parts: 1, .good) }.code == "import/written-already")
    #expect(try await refusal { try await stage([.row(3)], as: "i-00000001") }.code == "import/written-already")
  }

  @Test func oneKeyWritesOnce() async throws {
    let parts = try await stage([.row(2)], as: "i-00000001")
    let command = CommitImport(
      importId: ImportID(rawValue: "i-00000001")!, parts: Number(rawValue: parts)!, mode: .good)
    for _ in 1...100 {
      #expect(try await harness.command(command, key: "once").registered.rawValue == 1)
    }
    #expect(try await harness.outbox(MemberRegistered.self).count == 1)
  }

  @Test func refusesWhatItDoesNotKnow() async throws {
    #expect(try await refusal { try await commit("i-00000009", parts: 1, .good) }.code == "import/unknown")
    #expect(try await refusal { try await report("i-00000009") }.code == "import/unknown")
    let part = StageImportRows(
      importId: ImportID(rawValue: "i-00000001")!, part: Number(rawValue: 1001)!, rows: Bounded([.row(2)]))
    #expect(try await refusal { try await harness.command(part) }.code == "import/too-many-parts")
  }

  // MARK: What is left behind

  private func leftovers() async throws -> [Int] {
    try await harness.read { db in
      try ["import", "import_part", "import_fault", "import_outcome", "import_address"].map {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)")!
      }
    }
  }

  @Test func forgetsUploadsAndReportsAfterADay() async throws {
    try await read(Self.mixed, mode: .good)
    _ = try await stage([.row(2)], as: "i-00000002")
    try await read([.row(2)], as: "i-00000003", mode: .dryRun)
    #expect(try await leftovers() == [3, 2, 5, 1, 1])
    try await harness.advance(to: "2026-09-02")
    #expect(try await leftovers() == [0, 0, 0, 0, 0])
    #expect(try await members().count == 2)
    #expect(try await refusal { try await report() }.code == "import/unknown")
  }

  // MARK: The sample

  @Test func theSampleHasNoFault() async throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Services/Programme/Sample/register.csv").standardized
    let rows = try RegisterFile(try Data(contentsOf: file)).rows
    let reply = try await read(rows)
    #expect(try await report().faults.elements.map(\.reason.rawValue) == [])
    #expect(reply.registered.rawValue == 40)
    let members = try await members()
    #expect(members.count { $0.role == .mentor } == 16)
    #expect(members.count { $0.role == .adept } == 22)
    #expect(members.count { $0.role == .both } == 2)
    let again = try await read(rows, as: "i-00000002")
    #expect(again.unchanged.rawValue == 40)
  }
}
