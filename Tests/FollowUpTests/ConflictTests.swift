import Contracts
import Messaging
import TestSupport
import Testing

@testable import FollowUpService

/// What followup makes of what the competition rule finds.
@Suite struct ConflictTests {
  private func found(
    _ programme: Programme, _ outcome: CompetitionOutcome = .blocked, _ rules: CompetitionRule...
  ) -> ConflictFound {
    ConflictFound(match: programme.match, outcome: outcome, rules: Bounded(rules))
  }

  private func resume(_ programme: Programme) async -> String? {
    await programme.refusal { _ = try await programme.harness.command(ResumeMentorship(mentorship: programme.id)) }
  }

  private func close(_ programme: Programme, _ task: String) async -> String? {
    let close = CloseBoardTask(task: BoardTaskID(unchecked: "p-one-" + task))
    return await programme.refusal { _ = try await programme.harness.command(close) }
  }

  /// Nobody but the board may notice, neither when it is found nor when it is so no longer.
  @Test(arguments: CompetitionRule.allCases.filter(\.isConfidential))
  func whatWasToldInConfidenceIsTheBoardsAlone(_ rule: CompetitionRule) async throws {
    let programme = try await Programme.begun()
    let before = try await programme.tasks()
    for _ in 0..<2 { try await programme.hear(found(programme, rule == .missingFact ? .boardDecides : .blocked, rule)) }
    #expect(try await programme.needs() == ["conflict-1"])
    #expect(try await programme.item().rest == nil)
    try await programme.hear(ConflictCleared(match: programme.match))
    #expect(try await programme.needs() == [])
    #expect(try await programme.tasks() == before)
    await programme.harness.stop()
  }

  @Test func whatBothKnowSuspendsAndAsksTheBoardOnce() async throws {
    let programme = try await Programme.begun()
    for _ in 0..<2 { try await programme.hear(found(programme, .boardDecides, .sharedKommun)) }
    #expect(try await programme.item().rest == .suspended)
    #expect(try await programme.needs() == ["conflict-1"])
    #expect(try await programme.tasks().suffix(2) == both("suspended-1")[...])
    // The board decides in matching, with its reason.
    #expect(await close(programme, "conflict-1") == "board-task/undecided")
    #expect(await resume(programme) == "mentorship/conflict-stands")
    try await programme.hear(ConflictCleared(match: programme.match))
    #expect(try await programme.item().rest == nil)
    #expect(try await programme.needs() == [])
    #expect(try await programme.tasks().suffix(2) == both("resumed-1")[...])
    await programme.harness.stop()
  }

  /// A confidence beside it changes neither.
  @Test func theSuspensionFollowsWhatBothKnow() async throws {
    let programme = try await Programme.begun()
    try await programme.hear(found(programme, .blocked, .sharedTender))
    try await programme.hear(found(programme, .blocked, .sharedTender, .sameMarket))
    #expect(try await programme.item().rest == .suspended)
    try await programme.hear(found(programme, .blocked, .sameMarket))
    #expect(try await programme.item().rest == .suspended)
    try await programme.hear(found(programme, .blocked, .sharedTender))
    #expect(try await programme.item().rest == nil)
    #expect(try await programme.needs() == ["conflict-1"])
    await programme.harness.stop()
  }

  @Test func whatTheBoardHasStoppedTheBoardResumes() async throws {
    let programme = try await Programme.begun()
    try await programme.hear(found(programme, .blocked, .sharedTender))
    let suspend = SuspendMentorship(mentorship: programme.id, reason: nil)
    _ = try await programme.harness.command(suspend)
    #expect(await resume(programme) == "mentorship/conflict-stands")
    try await programme.hear(ConflictCleared(match: programme.match))
    #expect(try await programme.item().rest == .suspended)
    #expect(await resume(programme) == nil)
    #expect(try await programme.item().rest == nil)
    await programme.harness.stop()
  }

  @Test func aConflictThatClearsEndsNoPause() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.harness.command(
      PauseMentorship(mentorship: programme.id, by: .adept, until: day("2026-11-15")))
    try await programme.hear(found(programme, .blocked, .sameMarket))
    #expect(try await programme.item().rest == .suspended)
    try await programme.hear(ConflictCleared(match: programme.match))
    #expect(try await programme.item().rest == .paused)
    #expect(try await programme.tasks().suffix(2) == both("paused-3")[...])
    try await programme.harness.advance(to: "2026-11-15")
    #expect(try await programme.item().rest == nil)
    #expect(try await programme.tasks().contains("resumed-3-adept"))
    await programme.harness.stop()
  }

  @Test func aPauseThatIsOverMeanwhileIsOver() async throws {
    let programme = try await Programme.begun()
    _ = try await programme.harness.command(
      PauseMentorship(mentorship: programme.id, by: .adept, until: day("2026-10-15")))
    try await programme.hear(found(programme, .blocked, .sameMarket))
    try await programme.harness.advance(to: "2026-11-15")
    #expect(try await programme.item().rest == .suspended)
    try await programme.hear(ConflictCleared(match: programme.match))
    #expect(try await programme.item().rest == nil)
    await programme.harness.stop()
  }

  /// The board has talked with them, and closed its task: something new is a new task.
  @Test func aTaskThatIsClosedIsOpenedByWhatIsNew() async throws {
    let programme = try await Programme.begun()
    try await programme.hear(found(programme, .blocked, .sharedTender))
    #expect(await close(programme, "conflict-1") == nil)
    #expect(try await programme.needs() == [])
    try await programme.hear(found(programme, .blocked, .sharedTender))
    #expect(try await programme.needs() == ["conflict-2"])
    await programme.harness.stop()
  }

  @Test func nobodySeesAConflictOfTheirOwn() async throws {
    let programme = try await Programme.begun()
    try await programme.hear(found(programme, .blocked, .sharedTender))
    let other = MatchID(unchecked: "p-two")
    try await programme.hear(
      MatchSubmitted(
        match: other, mentor: MemberID(unchecked: "m-anna"), adept: MemberID(unchecked: "m-cia"),
        submitted: Day(text: "2026-09-08")!, answerBy: Day(text: "2026-09-22")!))
    try await programme.hear(MatchHeld(match: other, outcome: .blocked, rules: Bounded([.veto])))
    #expect(try await programme.harness.ask(ListBoardTasks()).tasks.elements.count == 2)
    await programme.harness.stop()
    for (own, count) in [("m-anna", 0), ("m-bo", 1), ("m-cia", 1), ("m-per", 2)] {
      let harness = try await ServiceHarness(
        .followup, folder: programme.harness.folder,
        principal: Principal(id: "per", role: .coordinator, memberID: own), FollowUp.service)
      let tasks = try await harness.ask(ListBoardTasks(includeClosed: true)).tasks.elements
      #expect(tasks.count == count, "\(own)")
      let close = CloseBoardTask(task: BoardTaskID(unchecked: "p-two-match-held-1"))
      if own == "m-cia" {
        #expect(await programme.refusal { _ = try await harness.command(close) } == "mentorship/own-pair")
      }
      await harness.stop()
    }
  }

  @Test func whatIsToldOfOneTellsNothingOfTheOther() async throws {
    let programme = try await Programme.begun()
    try await programme.hear(found(programme, .blocked, .sharedTender))
    try await programme.hear(
      TenderNoted(match: programme.match, member: programme.mentor, reference: TenderReference(unchecked: "2026-17")))
    func extract(_ member: MemberID) async throws -> String {
      try await programme.harness.ask(GetPersonalData(member: member)).entries.elements
        .map { $0.table.rawValue + $0.json.rawValue }.joined()
    }
    #expect(try await extract(programme.mentor).contains("tender-notice"))
    for member in [programme.mentor, programme.adept] {
      let told = try await extract(member)
      #expect(told.contains("welcome"))
      #expect(!told.lowercased().contains("conflict"))
      if member == programme.adept { #expect(!told.contains("tender")) }
    }
    await programme.harness.stop()
  }

  @Test func aMatchThatIsHeldIsTheBoardsUntilItBeginsOrCloses() async throws {
    let programme = try await Programme.invited()
    let held = MatchHeld(match: programme.match, outcome: .boardDecides, rules: Bounded([.sameOrganisation]))
    for _ in 0..<2 { try await programme.hear(held) }
    let task = try #require(try await programme.harness.ask(ListBoardTasks()).tasks.elements.first)
    #expect(task.task.rawValue == "p-one-match-held-1")
    #expect(task.mentor == programme.mentor && task.adept == programme.adept && task.outcome == .boardDecides)
    try await programme.activate("2026-09-01")
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
    let closed = try await Programme.invited()
    try await closed.hear(held)
    try await closed.hear(MatchClosed(match: closed.match, outcome: .withdrawn))
    #expect(try await closed.needs() == [])
    await closed.harness.stop()
  }

  @Test func aMatchThatComesToNothingNeedsNoDecision() async throws {
    let programme = try await Programme.invited()
    try await programme.hear(
      MatchHeld(match: programme.match, outcome: .boardDecides, rules: Bounded([.sameOrganisation])))
    try await programme.hear(MatchClosed(match: programme.match, outcome: .withdrawn))
    #expect(try await programme.needs() == [])
    await programme.harness.stop()
  }

  @Test func aTenderIsToldToWhoeverRegisteredItAndToNobodyElse() async throws {
    let programme = try await Programme.begun()
    for reference in ["2026-17", "2026-17", "2026-18"] {
      try await programme.hear(
        TenderNoted(match: programme.match, member: programme.adept, reference: TenderReference(unchecked: reference)))
    }
    #expect(
      try await programme.tasks() == both("welcome") + ["tender-notice-1-adept", "tender-notice-2-adept"])
    await programme.harness.stop()
  }
}
