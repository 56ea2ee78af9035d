import Contracts
import GRDB
import Messaging
import TestSupport
import Testing
import Texts

@testable import MatchingService

/// The competition rule at each step of a match, and all through the year.
@Suite struct ConflictTests {
  private static let anna = member("m-anna")

  private func harness(
    _ principal: Principal = Principal(id: "karin", role: .chair), network: MemoryNetwork = MemoryNetwork()
  ) async throws -> ServiceHarness {
    let harness = try await ServiceHarness(.matching, principal: principal, network: network, Matching.service)
    for known in [
      profile("m-anna", .mentor, capacity: 1), profile("m-bo", .adept), profile("m-cia", .adept),
      profile("m-dag", .both) { $0.competitors = Bounded([member("m-karin"), member("m-bo")]) },
    ] {
      #expect(try await harness.deliver(MemberRegistered(profile: known), from: .membership).kind == .done)
    }
    return harness
  }

  private func change(_ harness: ServiceHarness, _ profile: Profile) async throws {
    #expect(try await harness.deliver(MemberChanged(profile: profile), from: .membership).kind == .done)
  }

  private func answer(_ harness: ServiceHarness, _ match: MatchID, _ party: Party) async throws -> MatchState {
    try await harness.command(AnswerMatch(match: match, party: party, answer: .accept)).state
  }

  /// Two whose organisation is the same are left to the board.
  private func ofAnnas(_ id: String, _ role: MemberRole) -> Profile {
    profile(id, role) { $0.firm = FirmName(unchecked: "m-anna") }
  }

  private func veto(_ id: String) -> Profile {
    profile(id, .adept) { $0.vetoes = Bounded([Self.anna]) }
  }

  @Test func aBlockedPairIsNotSubmitted() async throws {
    let harness = try await harness()
    let refused = await #expect(throws: Problem.self) {
      try await harness.command(MatchingTests.submit("m-dag", "m-bo", reason: "Ändå."), language: .en)
    }
    #expect(refused?.code == "match/blocked")
    #expect(refused?.detail.contains("The mentor names the adept a competitor.") == true)
    #expect(try await MatchingTests.states(harness).isEmpty)
    await harness.stop()
  }

  @Test func whoeverIsNamedHandlesNothingAndLearnsNothing() async throws {
    for principal in ["m-karin", "m-dag", "m-bo"] {
      let harness = try await harness(Principal(id: "board", role: .chair, memberID: principal))
      // In the pair or named by it: one wording.
      let submit = await #expect(throws: Problem.self) {
        try await harness.command(MatchingTests.submit("m-dag", "m-bo"))
      }
      let explain = await #expect(throws: Problem.self) {
        try await harness.ask(ExplainPair(mentor: member("m-dag"), adept: member("m-bo")))
      }
      for problem in [submit, explain] {
        #expect(problem?.code == "match/another-must-handle")
        #expect(problem?.detail == MatchRefusal.anotherMustHandle.detail.sv)
      }
      await harness.stop()
    }
  }

  @Test func explainsAPair() async throws {
    let harness = try await harness()
    let reply = try await harness.ask(ExplainPair(mentor: Self.anna, adept: member("m-bo")), language: .en)
    #expect(reply.outcome == .clear)
    #expect(reply.lines.elements.reduce(0) { $0 + $1.points.rawValue } == reply.total.rawValue)
    #expect(
      reply.lines.elements.first?.reason.rawValue == "The mentor offers the adept's choice number 1: building a network"
    )
    let blocked = try await harness.ask(ExplainPair(mentor: member("m-dag"), adept: member("m-bo")))
    #expect(blocked.findings.elements.map(\.rule) == [.namedCompetitor])
    await harness.stop()
  }

  @Test func aMatchThatIsNoLongerClearIsHeldUntilTheBoardDecides() async throws {
    let harness = try await harness()
    let id = try await harness.command(MatchingTests.submit("m-anna", "m-bo")).match
    #expect(try await answer(harness, id, .mentor) == .acceptedByMentor)
    try await change(harness, ofAnnas("m-bo", .adept))
    // Told at once, within the same run.
    let held = try await harness.outbox(MatchHeld.self)
    #expect(held.map(\.match) == [id])
    #expect(held.first?.outcome == .boardDecides)
    #expect(held.first?.rules.elements == [.sameOrganisation])
    #expect(try await answer(harness, id, .adept) == .held)
    #expect(try await answer(harness, id, .adept) == .held)
    #expect(try await harness.outbox(MatchActivated.self).isEmpty)
    #expect(try await MatchingTests.places(harness)["m-anna"] == 1)
    try await harness.advance(to: "2026-12-01")
    #expect(try await MatchingTests.states(harness) == [.held])

    let empty = await MatchingTests.refusal {
      _ = try await harness.command(DecideMatch(match: id, reason: Note(unchecked: " ")))
    }
    #expect(empty == "match/reason-needed")
    let decide = DecideMatch(match: id, reason: Note(unchecked: "Olika förvaltningar."))
    #expect(try await harness.command(decide).state == .active)
    #expect(try await harness.outbox(ConflictCleared.self).map(\.match) == [id])
    #expect(try await harness.outbox(MatchActivated.self).map(\.starts.text) == ["2026-12-01"])
    #expect(await MatchingTests.refusal { _ = try await harness.command(decide) } == "match/nothing-to-decide")
    let kept = try await harness.read { try String.fetchOne($0, sql: "SELECT reason FROM match") }
    #expect(kept == "Olika förvaltningar.")
    await harness.stop()
  }

  @Test func aHeldMatchBeginsWhenItIsClearAgain() async throws {
    let harness = try await harness()
    let id = try await harness.command(MatchingTests.submit("m-anna", "m-bo")).match
    _ = try await answer(harness, id, .mentor)
    try await change(harness, ofAnnas("m-bo", .adept))
    #expect(try await answer(harness, id, .adept) == .held)
    try await change(harness, profile("m-bo", .adept))
    #expect(try await MatchingTests.states(harness) == [.active])
    #expect(try await harness.outbox(ConflictCleared.self).count == 1)
    await harness.stop()
  }

  /// To begin when a confidence is taken back would tell whoever takes it back what had been in the way.
  @Test func whatAConfidenceHoldsBeginsWhenTheBoardSaysSo() async throws {
    let harness = try await harness()
    let id = try await harness.command(MatchingTests.submit("m-anna", "m-bo")).match
    _ = try await answer(harness, id, .mentor)
    try await change(harness, veto("m-bo"))
    #expect(try await answer(harness, id, .adept) == .held)
    let decide = DecideMatch(match: id, reason: Note(unchecked: "Ändå."))
    #expect(await MatchingTests.refusal { _ = try await harness.command(decide) } == "match/blocked")
    try await change(harness, profile("m-bo", .adept))
    #expect(try await MatchingTests.states(harness) == [.held])
    #expect(try await harness.outbox(ConflictCleared.self).isEmpty)
    #expect(try await harness.command(decide).state == .active)
    #expect(try await harness.outbox(ConflictCleared.self).count == 1)
    await harness.stop()
  }

  /// What either tells step by step comes to the same whoever of the two is heard of first, before the match is active and
  /// after.
  @Test(arguments: [false, true]) func theOrderInWhichTheyTellDecidesNothing(_ isActive: Bool) async throws {
    func seller(_ id: String, _ role: MemberRole, _ sectors: [Sector], _ references: String...) -> Profile {
      profile(id, role, capacity: 1) {
        $0.sellsSupervision = true
        $0.sectors = Bounded(sectors)
        $0.tenders = Bounded(references.map { Tender(reference: TenderReference(unchecked: $0)) })
      }
    }
    let annas = [
      seller("m-anna", .mentor, [.school]), seller("m-anna", .mentor, [.school, .psychiatry], "A 1", "B 1"),
    ]
    let bos = [seller("m-bo", .adept, [.psychiatry]), seller("m-bo", .adept, [.school, .psychiatry], "b1", "a 1")]
    var ends: Set<String> = []
    for order in [[0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 1, 0], [1, 1, 0, 0]] {
      let harness = try await harness()
      let match = try await harness.command(MatchingTests.submit("m-anna", "m-bo")).match
      if isActive { for party in Party.allCases { _ = try await answer(harness, match, party) } }
      var told = [annas.makeIterator(), bos.makeIterator()]
      for who in order { try await change(harness, told[who].next()!) }
      ends.insert(
        try await harness.read { db in
          try String.fetchOne(db, sql: "SELECT state || ' ' || decided || ' ' || open FROM match") ?? ""
        })
      await harness.stop()
    }
    #expect(ends.count == 1 && ends.first?.contains("shared-tender:a1") == true, "\(ends)")
  }

  @Test func anotherFactUnderTheSameRuleIsToldToo() async throws {
    let harness = try await harness()
    func with(_ id: String, _ references: String...) -> Profile {
      profile(id, id == "m-anna" ? .mentor : .adept, capacity: id == "m-anna" ? 1 : nil) {
        $0.tenders = Bounded(references.map { Tender(reference: TenderReference(unchecked: $0)) })
      }
    }
    try await change(harness, with("m-anna"))
    _ = try await MatchingTests.begin(harness, "m-anna", "m-bo")
    try await change(harness, with("m-anna", "A 1", "B 1"))
    var counts: [Int] = []
    for references in [["A 1"], ["A1"], ["A 1", "B 1"], ["B 1"], ["A 1", "B 1"], []] {
      let changed = profile("m-bo", .adept) {
        $0.tenders = Bounded(references.map { Tender(reference: TenderReference(unchecked: $0)) })
      }
      try await change(harness, changed)
      counts.append(try await harness.outbox(ConflictFound.self).count)
    }
    #expect(counts == [1, 1, 2, 2, 3, 3])
    #expect(try await harness.outbox(ConflictCleared.self).count == 1)
    await harness.stop()
  }

  /// The board has decided on one kommun in common, and on no other.
  @Test func theReasonCoversTheFactsThatItWasGivenFor() async throws {
    let harness = try await harness()
    func seller(_ id: String, _ role: MemberRole, _ sector: Sector, _ areas: String...) -> Profile {
      profile(id, role, capacity: role == .mentor ? 1 : nil) {
        $0.sellsSupervision = true
        $0.sectors = Bounded([sector])
        $0.worksIn = Bounded(areas.map(Area.init(unchecked:)))
      }
    }
    try await change(harness, seller("m-anna", .mentor, .school, "0180", "1280"))
    try await change(harness, seller("m-bo", .adept, .psychiatry, "0180"))
    let id = try await harness.command(MatchingTests.submit("m-anna", "m-bo", reason: "Olika kunder.")).match
    _ = try await answer(harness, id, .mentor)
    #expect(try await answer(harness, id, .adept) == .active)
    try await change(harness, seller("m-bo", .adept, .psychiatry, "0180", "1480"))
    #expect(try await harness.outbox(ConflictFound.self).isEmpty)
    try await change(harness, seller("m-bo", .adept, .psychiatry, "0180", "1280"))
    #expect(try await harness.outbox(ConflictFound.self).map(\.rules.elements) == [[.sharedKommun]])
    // Also where something worse, and told in confidence, hides it among the evidence.
    var worse = seller("m-bo", .adept, .psychiatry, "0180", "1280")
    worse.facts?.vetoes = Bounded([Self.anna])
    try await change(harness, worse)
    #expect(try await harness.outbox(ConflictFound.self).last?.rules.elements == [.veto, .sharedKommun])
    await harness.stop()
  }

  @Test func whoeverHasLeftBeginsNothing() async throws {
    let harness = try await harness()
    let id = try await harness.command(MatchingTests.submit("m-anna", "m-bo")).match
    _ = try await answer(harness, id, .mentor)
    try await change(harness, profile("m-bo", .adept, status: .left))
    #expect(try await MatchingTests.states(harness) == [.withdrawn])
    #expect(try await harness.outbox(MatchClosed.self).map(\.outcome) == [.withdrawn])
    #expect(await MatchingTests.refusal { _ = try await answer(harness, id, .adept) } == "match/not-open")
    await harness.stop()
  }

  @Test func whoeverIsPausedBeginsWhenTheyAreBack() async throws {
    let harness = try await harness()
    let id = try await harness.command(MatchingTests.submit("m-anna", "m-bo")).match
    _ = try await answer(harness, id, .mentor)
    try await change(harness, profile("m-bo", .adept, status: .paused))
    #expect(try await answer(harness, id, .adept) == .held)
    let decide = DecideMatch(match: id, reason: Note(unchecked: "Ändå."))
    #expect(await MatchingTests.refusal { _ = try await harness.command(decide) } == "match/inactive-adept")
    try await change(harness, profile("m-bo", .adept))
    #expect(try await MatchingTests.states(harness) == [.active])
    await harness.stop()
  }

  @Test func nobodySeesThatTheirOwnPairIsHeld() async throws {
    let harness = try await harness()
    let id = try await harness.command(MatchingTests.submit("m-anna", "m-bo")).match
    _ = try await answer(harness, id, .mentor)
    try await change(harness, veto("m-bo"))
    #expect(try await answer(harness, id, .adept) == .held)
    await harness.stop()
    for (own, shown) in [("m-anna", MatchState.acceptedByMentor), ("m-bo", .acceptedByAdept), ("m-cia", .held)] {
      let principal = Principal(id: "per", role: .coordinator, memberID: own)
      let harness = try await ServiceHarness(
        .matching, folder: harness.folder, principal: principal, Matching.service)
      #expect(try await MatchingTests.states(harness) == [shown])
      for state in MatchState.allCases {
        #expect(try await harness.ask(ListMatches(state: state)).matches.elements.count == (state == shown ? 1 : 0))
      }
      await harness.stop()
    }
  }

  @Test func whatIsHeldOfOneTellsNothingOfTheOther() async throws {
    let harness = try await harness()
    let id = try await harness.command(MatchingTests.submit("m-anna", "m-bo")).match
    _ = try await answer(harness, id, .mentor)
    try await change(harness, profile("m-bo", .adept) { $0.vetoes = Bounded([Self.anna]) })
    #expect(try await answer(harness, id, .adept) == .held)
    func extract() async throws -> String {
      try await harness.ask(GetPersonalData(member: Self.anna)).entries.elements.map(\.json.rawValue).joined()
    }
    let told = try await extract()
    #expect(told.contains("accepted-by-mentor"))
    #expect(!told.contains("held") && !told.contains("veto"))
    _ = try await harness.command(AnswerMatch(match: id, party: .adept, answer: .decline))
    let later = try await extract()
    #expect(later.contains("closed") && !later.contains("decline"))
    await harness.stop()
  }

  @Test func theReasonCoversWhatWasFoundThenAndNothingElse() async throws {
    let harness = try await harness()
    try await change(harness, ofAnnas("m-bo", .adept))
    #expect(
      await MatchingTests.refusal { _ = try await harness.command(MatchingTests.submit("m-anna", "m-bo")) }
        == "match/reason-needed")
    let id = try await harness.command(MatchingTests.submit("m-anna", "m-bo", reason: "Olika förvaltningar.")).match
    _ = try await answer(harness, id, .mentor)
    #expect(try await answer(harness, id, .adept) == .active)
    #expect(try await harness.outbox(MatchHeld.self).isEmpty)
    await harness.stop()
  }

  @Test func aConflictDuringTheYearIsToldOnceAndClearedOnce() async throws {
    let harness = try await harness()
    let id = try await MatchingTests.begin(harness, "m-anna", "m-bo")
    for _ in 1...2 { try await change(harness, veto("m-bo")) }
    let found = try await harness.outbox(ConflictFound.self)
    #expect(found.map(\.match) == [id])
    #expect(found.first?.outcome == .blocked)
    #expect(found.first?.rules.elements == [.veto])
    // It runs on: what becomes of it is the board's to say.
    #expect(try await MatchingTests.states(harness) == [.active])
    for _ in 1...2 { try await change(harness, profile("m-bo", .adept)) }
    #expect(try await harness.outbox(ConflictCleared.self).map(\.match) == [id])
    try await change(harness, profile("m-cia", .adept) { $0.vetoes = Bounded([Self.anna]) })
    #expect(try await harness.outbox(ConflictFound.self).count == 1)
    await harness.stop()
  }

  /// The one who registers a tender is told the same, whether or not the other plans it; the other hears nothing.
  @Test func theFirewallRevealsNothing() async throws {
    func tender(_ id: String, _ role: MemberRole, _ reference: String) -> Profile {
      profile(id, role, capacity: role == .mentor ? 1 : nil) {
        $0.tenders = Bounded([Tender(reference: TenderReference(unchecked: reference))])
      }
    }
    var told: [[TenderNoted]] = []
    for other in ["SN 2026/114", "A 1"] {
      let harness = try await harness()
      let id = try await MatchingTests.begin(harness, "m-anna", "m-bo")
      try await change(harness, tender("m-anna", .mentor, other))
      let before = try await harness.outbox(TenderNoted.self)
      #expect(before.map(\.member) == [Self.anna])
      for _ in 1...2 { try await change(harness, tender("m-bo", .adept, "sn 2026/114")) }
      let notes = try await harness.outbox(TenderNoted.self).dropFirst()
      #expect(notes.map(\.member) == [member("m-bo")])
      #expect(notes.map(\.match) == [id])
      told.append(
        notes.map { TenderNoted(match: MatchID(unchecked: "p-one"), member: $0.member, reference: $0.reference) })
      // Only the board learns of the overlap.
      let conflicts = try await harness.outbox(ConflictFound.self).map(\.rules.elements)
      #expect(conflicts == (other == "A 1" ? [] : [[.sharedTender]]))
      await harness.stop()
    }
    #expect(told[0].map(\.reference) == told[1].map(\.reference))
    #expect(told[0].count == 1)
  }

  @Test func anEarlyEndLeavesMonthsAndAWish() async throws {
    let harness = try await harness()
    let first = try await MatchingTests.begin(harness, "m-anna", "m-bo")
    let ended = MentorshipEnded(
      mentorship: MentorshipID(of: first), remainingMonths: Months(unchecked: 7), doNotMatchAgain: true)
    #expect(try await harness.deliver(ended, from: .followup).kind == .done)
    #expect(
      await MatchingTests.refusal { _ = try await harness.command(MatchingTests.submit("m-anna", "m-bo")) }
        == "match/blocked")
    let pair = ExplainPair(mentor: member("m-dag"), adept: member("m-bo"))
    try await change(harness, profile("m-dag", .both))
    #expect(try await harness.ask(pair).lines.elements.last?.part.rawValue == "returning")
    let second = try await harness.command(MatchingTests.submit("m-dag", "m-bo")).match
    let months = try await harness.ask(ListMatches()).matches.elements.last?.months.rawValue
    #expect(months == 7)
    _ = try await answer(harness, second, .mentor)
    #expect(try await answer(harness, second, .adept) == .active)
    #expect(try await harness.ask(pair).lines.elements.last?.part.rawValue != "returning")
    await harness.stop()
  }

  @Test func eachMatchNamesWhoIsResponsible() async throws {
    let network = MemoryNetwork()
    network.authorize(Principal(id: "per", role: .coordinator, memberID: "m-per"))
    network.authorize(Principal(id: "dag", role: .coordinator, memberID: "m-dag"))
    network.authorize(Principal(id: "probe", role: .probe))
    let harness = try await harness(network: network)
    _ = try await harness.command(MatchingTests.submit("m-anna", "m-bo"))
    var other = MatchingTests.submit("m-dag", "m-cia")
    for (name, code) in [
      ("dag", "match/responsible-is-party"), ("nobody", "match/unknown-responsible"),
      ("probe", "match/unknown-responsible"),
    ] {
      var refused = other
      refused.responsible = PrincipalName(unchecked: name)
      let command = refused
      #expect(await MatchingTests.refusal { _ = try await harness.command(command) } == code)
    }
    other.responsible = PrincipalName(unchecked: "per")
    _ = try await harness.command(other)
    let named = try await harness.ask(ListMatches()).matches.elements.map(\.responsible?.rawValue)
    #expect(named == ["karin", "per"])
    await harness.stop()
  }
}
