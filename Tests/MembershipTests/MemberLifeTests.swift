import Contracts
import Foundation
import GRDB
import MembershipService
import Messaging
import TestSupport
import Testing

@Suite struct MemberLifeTests {
  private let harness: ServiceHarness

  init() async throws {
    harness = try await ServiceHarness(.membership) { try Membership.service($0) }
  }

  private func add(_ row: ImportRow) async throws -> MemberStandingReply {
    try await harness.command(RegisterMember(row: row))
  }

  private func move(
    _ member: MemberID, _ step: MoveMember.Step, until: Day? = nil, reason: String? = nil
  ) async throws -> MemberStandingReply {
    try await harness.command(
      MoveMember(member: member, step: step, until: until, reason: reason.flatMap(Note.init(rawValue:))))
  }

  private func refusal(_ work: () async throws -> some Sendable) async throws -> Problem {
    do { _ = try await work() } catch let problem as Problem { return problem }
    throw Problem(code: "test/not-refused", title: "", detail: "")
  }

  private func told() async throws -> [MemberStatus] {
    try await harness.outbox(MemberRegistered.self).map(\.profile.status)
      + harness.outbox(MemberChanged.self).map(\.profile.status)
  }

  @Test func anApplicationIsNobodysBusinessUntilItIsAdmitted() async throws {
    let reply = try await add(.row(1, email: "asa@example.se").with(.tenders, "SN 1"))
    #expect(reply.status == .applied)
    #expect(try await told() == [])
    #expect(try await harness.outbox(AddressChanged.self).isEmpty)
    #expect(try await move(reply.member, .admit).status == .active)
    let registered = try await harness.outbox(MemberRegistered.self)
    #expect(registered.map(\.profile.facts?.tenders?.elements.first?.reference.rawValue) == ["SN 1"])
    #expect(registered.first?.profile.facts?.waitingSince == Day(2026, 9, 1))
    #expect(try await harness.outbox(AddressChanged.self).count == 1)
  }

  @Test func pausesAndIsBackByItself() async throws {
    let id = try await add(.row(1).with(.status, "aktiv")).member
    #expect(try await refusal { try await move(id, .pause) }.code == "member/missing-until")
    #expect(try await refusal { try await move(id, .pause, until: Day(2026, 9, 1)) }.code == "member/until-not-later")
    #expect(try await move(id, .pause, until: Day(2026, 10, 1)!).until == Day(2026, 10, 1))
    // Moved, and the first day passes without a word.
    #expect(try await move(id, .pause, until: Day(2026, 10, 15)!).status == .paused)
    try await harness.advance(to: "2026-10-14")
    #expect(try await told() == [.active, .paused])
    try await harness.advance(to: "2026-10-15")
    #expect(try await told() == [.active, .paused, .active])
    #expect(try await move(id, .leave).status == .left)
    #expect(try await told().last == .left)
  }

  @Test func declinesWithAReasonAndAdmitsLater() async throws {
    let id = try await add(.row(1)).member
    #expect(try await refusal { try await move(id, .decline) }.code == "member/missing-reason")
    let number = try await refusal { try await move(id, .decline, reason: "se 811218-9876") }
    #expect(number.code == "member/personal-number")
    #expect(!number.detail.contains("9876"))
    #expect(try await move(id, .decline, reason: "Inga platser").status == .declined)
    #expect(try await refusal { try await move(id, .pause, until: Day(2027, 1, 1)!) }.code == "member/wrong-step")
    #expect(try await told() == [])
    #expect(try await move(id, .admit).status == .active)
  }

  @Test func anAdeptBeyondTheLimitNeedsAReason() async throws {
    let id = try await add(.row(1, role: "adept", years: "6")).member
    #expect(try await refusal { try await move(id, .admit) }.code == "member/missing-reason")
    let atOnce = try await refusal {
      try await add(.row(2, role: "adept", years: "6").with(.status, "aktiv"))
    }
    #expect(atOnce.code == "member/beyond-limit")
    #expect(atOnce.detail.contains("6 år") && atOnce.detail.contains("5"))
    #expect(try await move(id, .admit, reason: "Ny i upphandling").status == .active)
    _ = try await harness.command(SetRegisterRules(rules: RegisterRules(adeptYears: Years(rawValue: 10)!)))
    #expect(try await add(.row(3, role: "adept", years: "9").with(.status, "aktiv")).status == .active)
  }

  @Test func aChangeOfRoleBeyondTheLimitNeedsAReason() async throws {
    let id = try await add(.row(1, role: "mentor", years: "9").with(.status, "aktiv")).member
    var row = ImportRow(line: Number(rawValue: 1)!)
    row[.role] = Cell(rawValue: "adept")
    let change = ChangeMember(member: id, row: row)
    #expect(try await refusal { try await harness.command(change) }.detail.contains("Skriv ett skäl till bytet"))
    row[.reason] = Cell(rawValue: "Ny i upphandling")
    _ = try await harness.command(ChangeMember(member: id, row: row))
    // Once an adept, no reason more is asked for.
    row = ImportRow(line: Number(rawValue: 1)!)
    row[.years] = Cell(rawValue: "10")
    _ = try await harness.command(ChangeMember(member: id, row: row))
  }

  @Test func aPauseInThePastIsRefusedHoweverItIsWritten() async throws {
    let id = try await add(.row(1).with(.status, "aktiv")).member
    var row = ImportRow(line: Number(rawValue: 1)!)
    row[.status] = Cell(rawValue: "pausad")
    for (day, isLate) in [("2026-08-31", true), ("2026-09-01", true), ("2026-09-02", false)] {
      row[.pausedUntil] = Cell(rawValue: day)
      let change = ChangeMember(member: id, row: row)
      if isLate {
        let problem = try await refusal { try await harness.command(change) }
        #expect(problem.code == "member/until-not-later" && problem.detail.contains(day))
      } else {
        #expect(try await harness.command(change).until?.text == day)
      }
    }
    try await harness.advance(to: "2026-09-02")
    #expect(try await told() == [.active, .paused, .active])
  }

  /// What was refused is in the trail too; a name that was typed for an id is not.
  @Test func notesWhatWasTriedInVain() async throws {
    let folder = try TemporaryFolder()
    let viewer = try await ServiceHarness(
      .membership, folder: folder, principal: Principal(id: "vera", role: .viewer)
    ) { try Membership.service($0) }
    let id = MemberID(rawValue: "m-4k7q2x9d")!
    _ = try await refusal { try await viewer.command(EraseMember(member: id)) }
    _ = try await refusal { try await viewer.ask(ExportMembers()) }
    _ = try await refusal { try await viewer.ask(GetMember(member: SearchText(rawValue: "nobody")!)) }
    await viewer.stop()
    let chair = try await ServiceHarness(.membership, folder: folder) { try Membership.service($0) }
    _ = try await refusal {
      try await chair.command(MoveMember(member: MemberID(rawValue: "anna-berg")!, step: .leave))
    }
    let trail = try await chair.ask(ListAudit()).entries.elements.map {
      "\($0.principal.rawValue) \($0.message.rawValue) \($0.subject?.rawValue ?? "–") \($0.outcome.rawValue)"
    }
    #expect(
      trail == [
        "vera \(EraseMember.type) m-4k7q2x9d request/not-permitted",
        "vera \(ExportMembers.type) – request/not-permitted",
        "karin \(MoveMember.type) – member/unknown",
      ])
    #expect(try await chair.ask(VerifyAudit()).broken == nil)
    await chair.stop()
  }

  @Test func changesColumnByColumn() async throws {
    let id = try await add(
      .row(1, email: "asa@example.se", years: "7").with(.status, "aktiv").with(.phone, "070-123 45 67")
    ).member
    var row = ImportRow(line: Number(rawValue: 1)!)
    row[.kommun] = Cell(rawValue: "Lund")
    row[.worksIn] = Cell(rawValue: "Skåne län")
    _ = try await harness.command(ChangeMember(member: id, row: row, clears: Bounded([.phone])))
    let changed = try await harness.outbox(MemberChanged.self)
    #expect(changed.map(\.profile.kommun.rawValue) == ["1281"])
    #expect(changed.map(\.profile.years.rawValue) == [7])
    #expect(changed.first?.profile.facts?.worksIn?.elements.map(\.rawValue) == ["12"])
    let shown = try await harness.ask(GetMember(member: SearchText(rawValue: id.rawValue)!), language: .en)
    #expect(shown.row?.phone == nil)
    #expect(shown.row?.worksIn?.rawValue == "Skåne län")
    #expect(shown.row?.status?.rawValue == "active")

    _ = try await add(.row(2, email: "bo@example.se"))
    row[.email] = Cell(rawValue: "BO@example.se")
    #expect(
      try await refusal { try await harness.command(ChangeMember(member: id, row: row)) }.code == "member/address-taken"
    )
    #expect(
      try await refusal { try await add(.row(3, email: "Asa@example.se")) }.code == "member/already-registered")
    let wrong = try await refusal { try await add(.row(3, name: "", email: "x").with(.phone, "?")) }
    #expect(wrong.detail.contains("namn:") && wrong.detail.contains("e-post:") && wrong.detail.contains("telefon:"))
  }

  @Test func keepsOnWhatGroundItHoldsTheData() async throws {
    let id = try await add(.row(1).with(.basis, "samtycke, 2026-08-17, 2026-1")).member
    var row = ImportRow(line: Number(rawValue: 1)!)
    row[.basis] = Cell(rawValue: "consent, 2026-08-30, 2026-2")
    _ = try await harness.command(ChangeMember(member: id, row: row))
    let kept = try await harness.read { db in
      try String.fetchAll(db, sql: "SELECT kind || day || wording || recorded_by FROM lawful_basis ORDER BY number")
    }
    #expect(kept == ["consent2026-08-172026-1karin", "consent2026-08-302026-2karin"])
  }
}
