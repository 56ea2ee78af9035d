import Contracts
import GRDB
import Messaging
import TestSupport
import Testing

@testable import FollowUpService

/// A followup service with the pair that the tests follow.
struct Programme {
  let harness: ServiceHarness
  let match = MatchID(unchecked: "p-one")
  var id: MentorshipID { MentorshipID(of: match) }
  let mentor = MemberID(unchecked: "m-anna")
  let adept = MemberID(unchecked: "m-bo")

  /// On the first of September 2026 the pair was submitted.
  static func invited() async throws -> Programme {
    let programme = Programme(harness: try await ServiceHarness(.followup, FollowUp.service))
    let today = day("2026-09-01")
    try await programme.hear(
      MatchSubmitted(
        match: programme.match, mentor: programme.mentor, adept: programme.adept, submitted: today,
        answerBy: today.adding(days: 14)))
    return programme
  }

  /// A mentorship that begins on a day from the first of September 2026 on.
  static func begun(on starts: String = "2026-09-08", months: Int = 12) async throws -> Programme {
    let programme = Programme(harness: try await ServiceHarness(.followup, FollowUp.service))
    try await programme.harness.advance(to: starts)
    try await programme.activate(starts, months: months)
    return programme
  }

  func activate(_ starts: String, months: Int = 12) async throws {
    try await hear(
      MatchActivated(
        match: match, mentor: mentor, adept: adept, starts: day(starts), months: Months(unchecked: months)))
  }

  func hear(_ event: some Event) async throws {
    #expect(try await harness.deliver(event, from: .matching, key: match.rawValue).kind == .done)
  }

  /// Membership has erased somebody.
  func forget(_ member: MemberID) async throws {
    let task = ForgetMember(
      erasure: ErasureID(unchecked: "e-\(member.rawValue)"), member: member, key: HexText(unchecked: "00ff"),
      marks: Bounded([]))
    #expect(try await harness.deliver(task, from: .membership, key: member.rawValue).kind == .done)
  }
  func contact(_ text: String, _ form: ContactForm = .video) async throws -> MentorshipState {
    try await harness.command(RecordContact(mentorship: id, day: day(text), form: form)).state
  }

  func agree(everyWeeks: Int, topics: [Topic] = [.network]) async throws -> MentorshipState {
    try await harness.command(
      RecordAgreement(
        mentorship: id, topics: Bounded(topics), direction: nil, everyWeeks: CadenceWeeks(unchecked: everyWeeks),
        form: .video)
    ).state
  }

  func propose(_ by: Party, everyWeeks: Int = 4) async throws -> MentorshipState {
    try await harness.command(
      ProposeAgreement(
        mentorship: id, by: by, topics: Bounded([.network]), direction: nil,
        everyWeeks: CadenceWeeks(unchecked: everyWeeks), form: .video)
    ).state
  }

  /// What the latest mail of a kind to one of the two offers to answer.
  func choices(_ kind: TellMember.Kind, _ party: Party) async throws -> [Answer: AnswerToken] {
    let task = try #require(
      try await harness.outbox(TellMember.self).last { $0.kind == kind && $0.party == party }, "\(kind) to \(party)")
    return Dictionary(uniqueKeysWithValues: (task.choices?.elements ?? []).map { ($0.answer, $0.token) })
  }

  /// Follows a link of the latest mail of a kind.
  @discardableResult
  func answer(
    _ answer: Answer, _ kind: TellMember.Kind, _ party: Party, day: String? = nil
  ) async throws -> AnswerByToken.Reply.Outcome {
    let token = try #require(try await choices(kind, party)[answer])
    return try await harness.command(AnswerByToken(token: token, answer: answer, day: day.flatMap(Day.init(text:))))
      .outcome
  }

  /// What the board has to do, without the pair's id.
  func needs() async throws -> [String] {
    try await harness.ask(ListBoardTasks()).tasks.elements.map { String($0.task.rawValue.dropFirst("p-one-".count)) }
  }

  func health() async throws -> PairHealth? { try await item().health }

  func end(_ by: EndMentorship.EndedBy = .adept, reason: String? = nil) async throws -> MentorshipState {
    try await harness.command(EndMentorship(mentorship: id, by: by, reason: reason.map(Note.init(unchecked:)))).state
  }

  /// What was asked of the notifier, without the pair's id.
  func tasks() async throws -> [String] {
    try await harness.outbox(TellMember.self).map { String($0.task.rawValue.dropFirst("p-one-".count)) }
  }

  func item() async throws -> ListMentorships.Item {
    try #require(try await harness.ask(ListMentorships()).mentorships.elements.first)
  }

  func planned() async throws -> Int { try await harness.ask(GetStatus()).planned.rawValue }

  func refusal(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? Problem)?.code ?? "\(error)"
    }
  }
}

/// A task for each of the two.
func both(_ task: String) -> [String] { ["\(task)-mentor", "\(task)-adept"] }
