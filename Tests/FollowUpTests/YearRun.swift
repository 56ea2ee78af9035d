import Contracts
import Foundation
import GRDB
import Messaging
import TestSupport

@testable import FollowUpService

/// One sequence of deeds, with what the state diagram allows and what the people have said as its model.
final class YearRun {
  let world: World
  let pairs = (0..<3).map { MentorshipID(unchecked: "p-pair-\($0)") }
  var models: [MentorshipID: YearModel] = [:]
  var items: [MentorshipID: ListMentorships.Item] = [:]
  /// The board's open tasks, by mentorship and kind.
  var open: Set<Need> = []
  var seen: Int64 = 0
  var all: Set<String> = []
  /// Tasks that remind, and have not left.
  var reminders: [String: (id: MentorshipID, party: Party)] = [:]
  var reclaims = 0
  var addresses: [Int] = Array(repeating: 0, count: 6)
  var failed: Set<String> = []
  var bounces: Set<MemberID> = []
  /// Of which a mail has failed in the latest deed.
  var bounced: Set<MentorshipID> = []
  var erased: Set<MemberID> = []
  /// The latest day that the calendar has shown: what happened then has happened, also if it is put back.
  var latest: Day
  /// Whose step the calendar has just been moved to, and to no later day.
  var arrived: MentorshipID?

  struct Need: Hashable, CustomStringConvertible {
    let id: MentorshipID
    let kind: BoardTaskKind
    var description: String { "\(id.rawValue) \(kind.rawValue)" }
  }

  init() async throws {
    world = try await World()
    latest = world.calendar.today
    for number in 0..<6 { try await tellAddress(number) }
    for (number, id) in pairs.enumerated() {
      let months = [12, 12, 5][number]
      let today = world.calendar.today
      models[id] = YearModel(starts: today, months: months)
      try await world.followup.deliver(
        MatchActivated(
          match: id.match, mentor: MemberID(unchecked: "m-\(number)"), adept: MemberID(unchecked: "m-\(number + 3)"),
          starts: today, months: Months(unchecked: months)), from: .matching, key: id.rawValue)
    }
    try await check(nil)
  }

  func address(_ number: Int) -> String { "asa\(number).\(addresses[number])@example.se" }

  func tellAddress(_ number: Int) async throws {
    try await world.notification?.deliver(
      AddressChanged(
        member: MemberID(unchecked: "m-\(number)"), name: PersonName(unchecked: "Åsa \(number)"),
        email: EmailAddress(unchecked: address(number)), language: .sv), from: .membership, through: world.followup)
  }

  // MARK: Deeds

  func perform(_ deed: YearDeed) async throws {
    let harness = world.followup
    let today = world.calendar.today
    switch deed {
    case .contact(let pair):
      if await tried({
        try await harness.command(RecordContact(mentorship: self.pairs[pair], day: today, form: .video))
      }) {
        models[pairs[pair]]!.told(.init(day: today, form: .video), by: nil)
      }
    case .agree(let pair, let weeks):
      await tried {
        try await harness.command(
          RecordAgreement(
            mentorship: self.pairs[pair], topics: Bounded([.network]), direction: nil,
            everyWeeks: CadenceWeeks(unchecked: weeks), form: .phone, meetings: Meetings(unchecked: weeks % 5)))
      }
    case .propose(let pair, let party):
      await tried {
        try await harness.command(
          ProposeAgreement(
            mentorship: self.pairs[pair], by: party, topics: Bounded([.pricing]), direction: nil,
            everyWeeks: CadenceWeeks(unchecked: 5), form: .video))
      }
    case .answer(let number, let answer): try await follow(number, answer)
    case .pause(let pair, let days):
      await tried {
        try await harness.command(
          PauseMentorship(mentorship: self.pairs[pair], by: .mentor, until: today.adding(days: days)))
      }
    case .suspend(let pair):
      await tried { try await harness.command(SuspendMentorship(mentorship: self.pairs[pair])) }
    case .resume(let pair, let months):
      if await tried({
        try await harness.command(
          ResumeMentorship(mentorship: self.pairs[pair], extendBy: months > 0 ? Months(unchecked: months) : nil))
      }) {
        if items[pairs[pair]]?.rest == .suspended { models[pairs[pair]]!.hasConflict = false }
        models[pairs[pair]]!.months += months
      }
    case .end(let pair, let how):
      let by = EndMentorship.EndedBy.allCases[how % 3]
      if await tried({
        try await harness.command(
          EndMentorship(mentorship: self.pairs[pair], by: by, tellNow: how % 2 > 0 ? true : nil))
      }) {
        ended(pairs[pair], by)
      }
    case .undo(let pair):
      await tried { try await harness.command(UndoEnding(mentorship: self.pairs[pair])) }
    case .reclaim(let isReclaimed):
      let asked = try await harness.outbox(ReclaimPlace.self)
      guard asked.count > reclaims else { return }
      try await reclaim(asked[reclaims].mentorship, isReclaimed)
    case .conflict(let pair, let isKnown):
      try await harness.deliver(
        ConflictFound(match: pairs[pair].match, outcome: .blocked, rules: Bounded([isKnown ? .sameMarket : .veto])),
        from: .matching,
        key: pairs[pair].rawValue)
      if isRunning(pairs[pair]) { models[pairs[pair]]!.hasConflict = true }
    case .clear(let pair):
      try await harness.deliver(
        ConflictCleared(match: pairs[pair].match), from: .matching, key: pairs[pair].rawValue)
      models[pairs[pair]]!.hasConflict = false
    case .closeTask(let number, let kind): try await closeTask(number, kind)
    case .bounce(let member): world.nobodys.insert(address(member))
    case .correct(let member):
      let id = MemberID(unchecked: "m-\(member)")
      guard world.notification != nil, !erased.contains(id) else { return }
      addresses[member] += 1
      try await tellAddress(member)
      bounces.remove(id)
    case .erase(let member): try await erase(MemberID(unchecked: "m-\(member)"))
    case .days(let days): world.calendar.move(by: .seconds(days * 86_400))
    case .nextStep(let pair):
      let planned = try await harness.ask(GetMentorship(mentorship: pairs[pair])).entries.elements.last
      guard let planned, planned.what == .planned, today < planned.day else { return }
      world.calendar.move(by: .seconds(today.days(until: planned.day) * 86_400))
      arrived = pairs[pair]
    case .back(let days): world.calendar.move(by: .seconds(-days * 86_400))
    case .year: world.calendar.move(by: .seconds(365 * 86_400))
    case .crash(let days):
      world.calendar.move(by: .seconds(days * 86_400))
      try await world.crashFollowUp()
    case .crashNotifier(let days):
      world.calendar.move(by: .seconds(days * 86_400))
      try await world.crashNotifier()
    case .notifierDown: await world.stopNotifier()
    case .notifierUp: try await world.startNotifier()
    }
    try await check(deed)
    arrived = nil
  }

  @discardableResult
  func tried<Reply>(_ body: () async throws -> Reply) async -> Bool { (try? await body()) != nil }

  func isRunning(_ id: MentorshipID) -> Bool { items[id].map { $0.state.isRunning } ?? false }

  func ended(_ id: MentorshipID, _ by: EndMentorship.EndedBy) {
    models[id]!.endings += 1
    models[id]!.ending = (by, models[id]!.endings)
  }

  func reclaim(_ id: MentorshipID, _ isReclaimed: Bool) async throws {
    reclaims += 1
    try await world.followup.deliver(
      PlaceReclaimed(mentorship: id, isReclaimed: isReclaimed), from: .matching, key: id.rawValue)
    let state = try await world.followup.ask(GetMentorship(mentorship: id)).mentorship.state
    if state != .ended {
      models[id]!.ending = nil
      models[id]!.wantsNewMentor = false
    }
    if isReclaimed, !models[id]!.gone.isEmpty, state != .ended {
      throw YearViolation(description: "\(id.rawValue) goes on with somebody who is erased")
    }
  }

  func closeTask(_ number: Int, _ kind: BoardTaskKind?) async throws {
    let tasks = try await world.followup.ask(ListBoardTasks()).tasks.elements.filter {
      kind == nil || $0.kind == kind
    }
    guard !tasks.isEmpty else { return }
    let task = tasks[number % tasks.count]
    guard await tried({ try await self.world.followup.command(CloseBoardTask(task: task.task)) }),
      let id = task.mentorship
    else { return }
    switch task.kind {
    case .help:
      let item = items[id]!
      models[id]!.help = models[id]!.help.filter { ($0 == .mentor ? item.mentor : item.adept) != task.about }
    case .newMentor: models[id]!.wantsNewMentor = false
    case .agreement: models[id]!.proposal = nil
    case .conflict: models[id]!.hasConflict = false
    case .mailBounces: if let about = task.about { bounces.remove(about) }
    case .silent, .notStarted, .disagree, .matchHeld, .mailFails: break
    }
    open.remove(Need(id: id, kind: task.kind))
  }

  func erase(_ member: MemberID) async throws {
    guard let notification = world.notification, erased.insert(member).inserted else { return }
    let task = ForgetMember(
      erasure: ErasureID(unchecked: "e-\(member.rawValue)"), member: member, key: HexText(unchecked: "00ff"),
      marks: Bounded([]))
    try await world.followup.deliver(task, from: .membership, key: member.rawValue)
    try await notification.deliver(task, from: .membership, key: member.rawValue, through: world.followup)
    bounces.remove(member)
    for (id, item) in items where item.mentor == member || item.adept == member {
      let party: Party = item.mentor == member ? .mentor : .adept
      if item.state.isRunning { ended(id, .board) }
      if item.state != .completed { models[id]!.gone.insert(party) }
      if party == .adept { models[id]!.wantsNewMentor = false }
    }
  }

  // MARK: Answers

  /// Follows one of the links of late, and compares what comes of it with what the model expects.
  func follow(_ number: Int, _ answer: Answer?) async throws {
    let harness = world.followup
    let offered = try await harness.outbox(TellMember.self).suffix(40)
      .flatMap { task in (task.choices?.elements ?? []).map { (task.mentorship!, task.to, $0) } }
      .filter { answer == nil || $0.2.answer == answer }
    guard !offered.isEmpty else { return }
    let (id, to, choice) = offered[offered.count - 1 - number % offered.count]
    let found = try await harness.read { try Questions(db: $0).find(choice.token) }
    let latest = try await harness.read {
      try Int.fetchOne(
        $0, sql: "SELECT json_extract(course, '$.checkIn.number') FROM mentorship WHERE id = ?",
        arguments: [id.rawValue])
    }
    let isLatest = found.map { found in latest.map { "\($0)" == found.question.occasion } ?? false } ?? false
    let allowed =
      found == nil ? ["answer/unknown"] : try await expected(choice.answer, found!.question, isLatest: isLatest)
    var outcome: String
    do {
      outcome = try await harness.command(AnswerByToken(token: choice.token, answer: choice.answer)).outcome.rawValue
    } catch let problem as Problem { outcome = problem.code }
    guard let question = found?.question else {
      guard allowed.contains(outcome) else { throw YearViolation(description: "an unknown token gave \(outcome)") }
      return
    }
    if erased.contains(to) { throw YearViolation(description: "\(to.rawValue) is erased, and can still answer") }
    guard allowed.contains(outcome) else {
      throw YearViolation(
        description: "\(choice.answer) to \(question.kind) \(question.occasion) of \(id.rawValue) gave \(outcome), "
          + "and not \(allowed.joined(separator: " or "))")
    }
    if outcome == "taken" || outcome == "to-confirm" { took(choice.answer, question, isLatest ? latest : nil) }
  }

  /// What may come of an answer, from what the people have said and done.
  func expected(_ answer: Answer, _ question: Question, isLatest: Bool) async throws -> [String] {
    let (item, model, today) = (items[question.mentorship]!, models[question.mentorship]!, world.calendar.today)
    let party = question.party
    if question.given == answer {
      let stands: Bool
      switch (question.kind, answer) {
      case (.checkIn, .needHelp): stands = model.help.contains(party)
      case (.checkIn, .wantToEnd):
        let given = try await world.followup.read { db in
          try Row.fetchOne(
            db,
            sql: """
              SELECT given, until FROM question WHERE mentorship = ? AND kind = 'ending' AND party = ?
              ORDER BY number DESC
              """, arguments: [question.mentorship.rawValue, party.rawValue]
          ).map { ($0["given"] as String?, $0["until"] as String) }
        }
        stands = given.map { $0.0 == nil && $0.1 >= today.text } ?? false
      case (.ending, .end), (.ending, .endNow): stands = !item.state.isRunning
      // Of what is over, whether it rested when it ended is not known here.
      case (.ending, .rest):
        if !item.state.isRunning { return ["already", "answer/closed", "answer/too-late"] }
        stands = item.rest != nil
      case (.newMentor, .newMentor): stands = model.wantsNewMentor
      default: stands = true
      }
      if stands { return ["already"] }
    }
    let isForTheYear = question.kind == .checkIn && [.needHelp, .wantToEnd].contains(answer)
    guard today <= (isForTheYear ? item.ends : question.until) else { return ["answer/too-late"] }
    switch (question.kind, answer) {
    case (.checkIn, _):
      guard item.state.isRunning else { return ["answer/closed"] }
      guard today >= item.starts else { return ["answer/impossible-day"] }
      return answer == .notYet && !isLatest ? ["answer/closed"] : [answer == .wantToEnd ? "to-confirm" : "taken"]
    case (.welcome, _):
      guard item.state.isRunning, item.everyWeeks == nil else { return ["answer/closed"] }
      return [item.state == .closing ? "mentorship/agreement-too-late" : "taken"]
    case (.agreement, _):
      guard item.state.isRunning, model.proposal?.number == question.occasion else { return ["answer/closed"] }
      return [answer == .confirm && item.state == .closing ? "mentorship/agreement-too-late" : "taken"]
    case (.ending, .goOn): return ["taken"]
    case (.ending, .rest):
      guard item.state.isRunning else { return ["answer/closed"] }
      if item.rest != nil { return ["mentorship/resting"] }
      return [today.adding(days: 1) < item.ends ? "taken" : "mentorship/pause-too-long"]
    case (.ending, _): return [item.state.isRunning ? "taken" : "answer/closed"]
    case (.undo, _):
      guard let ending = model.ending, ending.by == .init(party), "\(ending.number)" == question.occasion,
        model.gone.isEmpty
      else { return ["answer/closed"] }
      // Whether the day has passed and matching has answered is told by other tests.
      return ["taken", "mentorship/undo-too-late"]
    case (.newMentor, _): return [item.state == .ended ? "taken" : "answer/closed"]
    case (.survey, _): return ["taken"]
    case (.invitation, _): return ["answer/closed"]
    }
  }

  func took(_ answer: Answer, _ question: Question, _ checkIn: Int?) {
    var model = models[question.mentorship]!
    let party = question.party
    switch question.kind {
    case .checkIn:
      if answer.form == nil, answer != .notYet { model.met.parties.remove(party) }
      if let form = answer.form {
        let contact = YearModel.Contact(day: world.calendar.today, form: form)
        if let checkIn { model.met(contact, by: party, checkIn: checkIn) } else { model.told(contact, by: party) }
        model.help.remove(party)
      } else if answer == .needHelp {
        model.help.insert(party)
      } else if answer == .notYet, let checkIn {
        model.notYet(by: party, checkIn: checkIn)
        model.help.remove(party)
      }
    case .agreement: if answer == .discuss { model.proposal?.isDiscussed = true }
    case .newMentor: model.wantsNewMentor = answer == .newMentor
    default: break
    }
    models[question.mentorship] = model
    if question.kind == .ending, answer == .end || answer == .endNow { ended(question.mentorship, .init(party)) }
  }
}
