import Contracts
import Foundation
import GRDB
import Messaging
import TestSupport
import Testing

@testable import FollowUpService

/// Whatever people, services and clocks do to a year, through the notifier: no illegal state, no answer that is taken for
/// another, no task twice, none lost, none of the board's that closes while its reason stands, and no reminder that
/// leaves to somebody whose mentorship rests or is over, or who is erased.
@Suite struct YearPropertyTests {
  /// What is done. The numbers choose among what there is, so that a sequence that is cut short can still be done.
  enum Deed: Sendable, CustomStringConvertible {
    case contact(Int)
    case agree(Int, weeks: Int)
    case propose(Int, Party)
    /// Follows a link of late, counted from the latest; one of that answer where it is given.
    case answer(Int, Answer?)
    case pause(Int, days: Int)
    case suspend(Int)
    case resume(Int, extendBy: Int)
    case end(Int, Int)
    case undo(Int)
    case reclaim(Bool)
    /// By what both know of each other, or by what one of them has said in confidence.
    case conflict(Int, isKnown: Bool)
    case clear(Int)
    case closeTask(Int, BoardTaskKind?)
    /// There is nobody at a member's address any more, or there is another.
    case bounce(Int)
    case correct(Int)
    case erase(Int)
    case days(Int)
    case back(Int)
    /// The process ends while it does the work of some days.
    case crash(days: Int)
    case crashNotifier(days: Int)
    case year, notifierDown, notifierUp

    static func random(_ random: inout SeededGenerator) -> Deed {
      let pair = Int.random(in: 0..<3, using: &random)
      let number = Int.random(in: 0..<10_000, using: &random)
      switch Int.random(in: 0..<200, using: &random) {
      case 0..<10: return .contact(pair)
      case 10..<15: return .agree(pair, weeks: 1 + number % 13)
      case 15..<20: return .propose(pair, Bool.random(using: &random) ? .mentor : .adept)
      case 20..<72: return .answer(number, nil)
      case 72..<79: return .pause(pair, days: 1 + number % 70)
      case 79..<82: return .suspend(pair)
      case 82..<91: return .resume(pair, extendBy: number % 4 == 0 ? 1 + number % 3 : 0)
      case 91..<95: return .end(pair, number)
      case 95..<101: return .undo(pair)
      case 101..<105: return .reclaim(Bool.random(using: &random))
      case 105..<108: return .conflict(pair, isKnown: number % 3 > 0)
      case 108..<112: return .clear(pair)
      case 112..<120: return .closeTask(number, nil)
      case 120..<123: return .bounce(number % 6)
      case 123..<127: return .correct(number % 6)
      case 127: return .erase(number % 6)
      case 128..<170: return .days(1 + number % 21)
      case 170..<175: return .back(1 + number % 40)
      case 175: return .year
      case 176..<184: return .crash(days: number % 15)
      case 184..<188: return .crashNotifier(days: number % 15)
      case 188..<192: return .notifierDown
      default: return .notifierUp
      }
    }

    /// What seldom comes about by chance: one thing, what makes it count no more, and the same again.
    static func scene(_ random: inout SeededGenerator) -> [Deed] {
      let pair = Int.random(in: 0..<3, using: &random)
      let how = Int.random(in: 0..<6, using: &random)
      let latest = how % 2
      switch Int.random(in: 0..<24, using: &random) {
      case 0..<5: return [.answer(how, .needHelp), .closeTask(how, .help), .answer(how, .needHelp)]
      case 5..<9: return [.answer(how, .wantToEnd), .answer(0, .goOn), .answer(how, .wantToEnd)]
      case 9..<12: return [.answer(how, .wantToEnd), .answer(0, .rest), .resume(pair, extendBy: 0), .answer(0, .rest)]
      case 12..<16:
        return [.answer(how, .wantToEnd), .answer(0, .end), .answer(0, .undo), .reclaim(true), .answer(0, .end)]
      case 16..<20:
        return [.end(pair, how), .days(2), .answer(0, .newMentor), .closeTask(0, .newMentor), .answer(0, .newMentor)]
      case 20..<22: return [.end(pair, how), .erase(pair + 3 * latest), .answer(0, .undo), .undo(pair)]
      case 22: return [.end(pair, how), .undo(pair), .erase(pair + 3 * latest), .reclaim(true)]
      default:
        return [
          .answer(how, .wantToEnd), .answer(0, .end), .erase(pair + 3 * latest), .answer(0, .undo), .reclaim(true),
        ]
      }
    }

    /// So many deeds, or a few more.
    static func sequence(_ count: Int, _ random: inout SeededGenerator) -> [Deed] {
      var deeds: [Deed] = []
      while deeds.count < count {
        deeds += Int.random(in: 0..<12, using: &random) == 0 ? scene(&random) : [.random(&random)]
      }
      return deeds
    }

    var description: String {
      switch self {
      case .contact(let pair): "contact \(pair)"
      case .agree(let pair, let weeks): "agree \(pair) every \(weeks)"
      case .propose(let pair, let party): "propose \(pair) by \(party)"
      case .answer(let number, let answer): "answer \(answer.map { "\($0)" } ?? "") #\(number)"
      case .pause(let pair, let days): "pause \(pair) for \(days)"
      case .suspend(let pair): "suspend \(pair)"
      case .resume(let pair, let months): "resume \(pair) and \(months) months more"
      case .end(let pair, let how): "end \(pair) (\(how))"
      case .undo(let pair): "undo \(pair)"
      case .reclaim(let isReclaimed): "reclaimed: \(isReclaimed)"
      case .conflict(let pair, let isKnown): "\(isKnown ? "known" : "confidential") conflict \(pair)"
      case .clear(let pair): "clear \(pair)"
      case .closeTask(let number, let kind): "close task \(kind?.rawValue ?? "") #\(number)"
      case .bounce(let member): "bounce \(member)"
      case .correct(let member): "correct \(member)"
      case .erase(let member): "erase \(member)"
      case .days(let days): "\(days) days"
      case .back(let days): "\(days) days back"
      case .year: "a year"
      case .crash(let days): "crash in \(days) days"
      case .crashNotifier(let days): "the notifier crashes in \(days) days"
      case .notifierDown: "notifier down"
      case .notifierUp: "notifier up"
      }
    }

    /// Nobody has done or said anything about a mentorship.
    var isTime: Bool {
      switch self {
      case .days, .year, .back, .crash, .crashNotifier, .notifierDown, .notifierUp, .bounce, .correct: true
      default: false
      }
    }
  }

  struct Violation: Error, CustomStringConvertible {
    let description: String
    /// Its words without those that name a pair or a number: what is shrunk must not become another violation.
    var kind: [Substring] {
      description.components(separatedBy: " at ")[0].split(separator: " ").filter { word in
        !word.contains { $0.isNumber }
      }
    }
  }

  @Test func holdsWhateverHappens() async throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["SEEDS"].flatMap(UInt64.init) ?? 6
    let seeds = environment["SEED"].flatMap(UInt64.init).map { [$0] } ?? Array(1...count)
    for seed in seeds {
      var random = SeededGenerator(seed: seed)
      let deeds = Deed.sequence(environment["STEPS"].flatMap(Int.init) ?? 90, &random)
      guard let violation = try await Self.violation(deeds) else { continue }
      let least = try await Self.shrink(deeds, like: violation)
      Issue.record("SEED=\(seed): \(violation), after \(least.map(\.description).joined(separator: "; "))")
      return
    }
  }

  /// The deeds without what is not needed for a violation of the same kind.
  private static func shrink(_ deeds: [Deed], like found: Violation) async throws -> [Deed] {
    var least = deeds
    var size = deeds.count / 2
    while size >= 1 {
      var start = 0
      while start < least.count {
        let fewer = Array(least[..<start] + least[min(start + size, least.count)...])
        if try await violation(fewer)?.kind == found.kind { least = fewer } else { start += size }
      }
      size /= 2
    }
    return least
  }

  /// What went wrong; nil where all held.
  private static func violation(_ deeds: [Deed]) async throws -> Violation? {
    let run = try await Run()
    var done: [String] = []
    do {
      for deed in deeds {
        done.append("\(deed)")
        try await run.perform(deed)
      }
      try await run.finish()
    } catch let violation as Violation {
      await run.world.stop()
      return Violation(description: "\(violation) at \(done.last ?? "the start")")
    }
    await run.world.stop()
    return nil
  }
}

extension YearPropertyTests {
  /// What the test itself knows of a pair, from what was done and said.
  struct Model {
    struct Contact: Hashable {
      let day: Day
      let form: ContactForm
    }
    /// The contact that a check-in's answers tell of, and who can take it back.
    struct Claim {
      var contact: Contact
      var owner: Party?
    }

    var contacts: Set<Contact> = []
    var claim: (checkIn: Int, claim: Claim)?
    var met: (checkIn: Int, parties: Set<Party>) = (0, [])
    var help: Set<Party> = []
    var wantsNewMentor = false
    var hasConflict = false
    /// The proposal that waits, and whether the other would rather talk it over.
    var proposal: (number: String, isDiscussed: Bool)?
    var ending: (by: EndMentorship.EndedBy, number: Int)?
    var endings = 0
    var gone: Set<Party> = []

    private mutating func begin(_ checkIn: Int) {
      guard met.checkIn != checkIn else { return }
      met = (checkIn, [])
      claim = nil
    }

    /// A check-in is answered with a contact, or with none.
    mutating func met(_ contact: Contact, by party: Party, checkIn: Int) {
      begin(checkIn)
      met.parties.insert(party)
      if let (_, known) = claim {
        guard known.owner == party else { return }
        contacts.remove(known.contact)
      }
      claim = (checkIn, Claim(contact: contact, owner: contacts.insert(contact).inserted ? party : nil))
    }

    /// A contact is told of, and not in answer to the latest check-in; by the board where the party is nil.
    mutating func told(_ contact: Contact, by party: Party?) {
      if !contacts.insert(contact).inserted, claim?.claim.contact == contact, claim?.claim.owner != party {
        claim?.claim.owner = nil
      }
    }

    mutating func notYet(by party: Party, checkIn: Int) {
      begin(checkIn)
      met.parties.remove(party)
      guard let known = claim?.claim else { return }
      if met.parties.contains(party.other) {
        if known.owner != nil { claim = (checkIn, Claim(contact: known.contact, owner: party.other)) }
      } else {
        if known.owner == party { contacts.remove(known.contact) }
        claim = nil
      }
    }
  }

  /// One sequence of deeds, with what the state diagram allows and what the people have said as its model.
  final class Run {
    let world: World
    private let pairs = (0..<3).map { MentorshipID(unchecked: "p-pair-\($0)") }
    private var models: [MentorshipID: Model] = [:]
    private var items: [MentorshipID: ListMentorships.Item] = [:]
    /// The board's open tasks, by mentorship and kind.
    private var open: Set<Need> = []
    private var seen: Int64 = 0
    private var all: Set<String> = []
    /// Tasks that remind, and have not left.
    private var reminders: [String: (id: MentorshipID, party: Party)] = [:]
    private var reclaims = 0
    private var addresses: [Int] = Array(repeating: 0, count: 6)
    private var failed: Set<String> = []
    private var bounces: Set<MemberID> = []
    /// Of which a mail has failed in the latest deed.
    private var bounced: Set<MentorshipID> = []
    private var erased: Set<MemberID> = []
    /// The latest day that the calendar has shown: what happened then has happened, also if it is put back.
    private var latest: Day

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
        models[id] = Model()
        let today = world.calendar.today
        try await world.followup.deliver(
          MatchActivated(
            match: id.match, mentor: MemberID(unchecked: "m-\(number)"), adept: MemberID(unchecked: "m-\(number + 3)"),
            starts: today, months: Months(unchecked: [12, 12, 5][number])), from: .matching, key: id.rawValue)
      }
      try await check(nil)
    }

    private func address(_ number: Int) -> String { "asa\(number).\(addresses[number])@example.se" }

    private func tellAddress(_ number: Int) async throws {
      try await world.notification?.deliver(
        AddressChanged(
          member: MemberID(unchecked: "m-\(number)"), name: PersonName(unchecked: "Åsa \(number)"),
          email: EmailAddress(unchecked: address(number)), language: .sv), from: .membership, through: world.followup)
    }

    // MARK: Deeds

    func perform(_ deed: Deed) async throws {
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
    }

    @discardableResult
    private func tried<Reply>(_ body: () async throws -> Reply) async -> Bool { (try? await body()) != nil }

    private func isRunning(_ id: MentorshipID) -> Bool { items[id].map { $0.state.isRunning } ?? false }

    private func ended(_ id: MentorshipID, _ by: EndMentorship.EndedBy) {
      models[id]!.endings += 1
      models[id]!.ending = (by, models[id]!.endings)
    }

    private func reclaim(_ id: MentorshipID, _ isReclaimed: Bool) async throws {
      reclaims += 1
      try await world.followup.deliver(
        PlaceReclaimed(mentorship: id, isReclaimed: isReclaimed), from: .matching, key: id.rawValue)
      let state = try await world.followup.ask(GetMentorship(mentorship: id)).mentorship.state
      if state != .ended {
        models[id]!.ending = nil
        models[id]!.wantsNewMentor = false
      }
      if isReclaimed, !models[id]!.gone.isEmpty, state != .ended {
        throw Violation(description: "\(id.rawValue) goes on with somebody who is erased")
      }
    }

    private func closeTask(_ number: Int, _ kind: BoardTaskKind?) async throws {
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

    private func erase(_ member: MemberID) async throws {
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
    private func follow(_ number: Int, _ answer: Answer?) async throws {
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
        guard allowed.contains(outcome) else { throw Violation(description: "an unknown token gave \(outcome)") }
        return
      }
      if erased.contains(to) { throw Violation(description: "\(to.rawValue) is erased, and can still answer") }
      guard allowed.contains(outcome) else {
        throw Violation(
          description: "\(choice.answer) to \(question.kind) \(question.occasion) of \(id.rawValue) gave \(outcome), "
            + "and not \(allowed.joined(separator: " or "))")
      }
      if outcome == "taken" || outcome == "to-confirm" { took(choice.answer, question, isLatest ? latest : nil) }
    }

    /// What may come of an answer, from what the people have said and done.
    private func expected(_ answer: Answer, _ question: Question, isLatest: Bool) async throws -> [String] {
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

    private func took(_ answer: Answer, _ question: Question, _ checkIn: Int?) {
      var model = models[question.mentorship]!
      let party = question.party
      switch question.kind {
      case .checkIn:
        if answer.form == nil, answer != .notYet { model.met.parties.remove(party) }
        if let form = answer.form {
          let contact = Model.Contact(day: world.calendar.today, form: form)
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

    // MARK: Checks

    func finish() async throws {
      try await world.startNotifier()
      // Matching always answers in the end.
      for task in try await world.followup.outbox(ReclaimPlace.self).dropFirst(reclaims) {
        try await reclaim(task.mentorship, false)
      }
      // Nothing is over before its day.
      for item in items.values.filter(\.state.isRunning).sorted(by: {
        ($0.ends, $0.mentorship.rawValue) < ($1.ends, $1.mentorship.rawValue)
      }) {
        let days = world.calendar.today.days(until: item.ends) - 1
        guard days > 0 else { continue }
        world.calendar.move(by: .seconds(days * 86_400))
        try await check(.days(days))
      }
      // Long enough for all to be told and over.
      world.calendar.move(by: .seconds(900 * 86_400))
      try await check(.year)
      // What was put off in this last stretch is told a little later.
      world.calendar.move(by: .seconds(86_400))
      try await check(.days(1))
      for (id, item) in items where item.state.isRunning {
        throw Violation(description: "\(id.rawValue) is still \(item.state)")
      }
      let mails = Dictionary(grouping: try await world.mails(), by: \.task)
      let withdrawn = try await world.withdrawnOrExpired()
      for task in all where mails[task] == nil && !withdrawn.contains(task) {
        throw Violation(description: "\(task) was lost")
      }
      for (task, rows) in mails {
        if rows.count != 1 || !all.contains(task) { throw Violation(description: "\(task) is \(rows.count) mails") }
        if ![.kept, .failed, .suppressed].contains(rows[0].state) {
          throw Violation(description: "\(task) is \(rows[0].state) for ever")
        }
      }
      for (id, item) in items {
        let last = item.state == .completed ? "completed" : "ended"
        for party in Party.allCases where !models[id]!.gone.contains(party) {
          guard all.contains(where: { $0.hasPrefix("\(id.rawValue)-\(last)") && $0.hasSuffix(party.rawValue) }) else {
            throw Violation(description: "\(id.rawValue): \(party) was not told that it is \(last)")
          }
        }
      }
    }

    /// Waits until nothing is under way, and compares what there is with what may be.
    private func check(_ deed: Deed?) async throws {
      try await world.settle()
      bounced = []
      latest = max(latest, world.calendar.today)
      let before = items
      for item in try await world.followup.ask(ListMentorships()).mentorships.elements { items[item.mentorship] = item }
      for (id, after) in items {
        guard let before = before[id] else { continue }
        try transition(before, after, deed)
      }
      let told = try await world.told(after: seen)
      seen = told.last?.sequence ?? seen
      for task in told { try check(task) }
      // However far the calendar has moved, nobody gets a heap of mails.
      let perPerson = Dictionary(grouping: told) { "\($0.mentorship) \($0.party)" }.mapValues(\.count)
      if let most = perPerson.max(by: { $0.value < $1.value }), most.value > 6 {
        throw Violation(description: "\(most.key) got \(most.value) mails at once")
      }
      try await checkMails(before)
      try checkContacts()
      try await checkBoard(before, deed)
    }

    private func check(_ task: World.Told) throws {
      let id = MentorshipID(unchecked: task.mentorship)
      guard all.insert(task.task).inserted else { throw Violation(description: "\(task.task) was told twice") }
      guard let item = items[id] else { return }
      if erased.contains(task.party == .mentor ? item.mentor : item.adept) {
        throw Violation(description: "\(task.task) is told to somebody who is erased")
      }
      let number = task.task.split(separator: "-").dropLast().last.map(String.init) ?? ""
      switch task.kind {
      case .agreementToConfirm: models[id]!.proposal = (number, false)
      case .agreementConfirmed: models[id]!.proposal = nil
      default: break
      }
      guard task.kind.isReminder else { return }
      let isOver = !item.state.isRunning
      // The last survey comes with the end.
      if item.rest != nil || isOver && task.kind != .survey {
        throw Violation(
          description: "\(task.task) reminds, and the mentorship is \(item.rest.map { "\($0)" } ?? "\(item.state)")")
      }
      reminders[task.task] = (id, task.party)
    }

    /// No reminder leaves once the mentorship rests or is over, or the reader is erased.
    private func checkMails(_ before: [MentorshipID: ListMentorships.Item]) async throws {
      guard world.notification != nil else { return }
      for (task, state) in try await world.mails() where state != .queued {
        if state == .failed, failed.insert(task).inserted { noteFailure(task, before) }
        guard let (id, party) = reminders.removeValue(forKey: task), state == .kept, let item = before[id],
          let after = items[id]
        else { continue }
        // Of what happens at one time the mail may be first.
        let wasQuiet = item.rest != nil && after.rest != nil || !item.state.isRunning && !task.contains("-survey-end-")
        if wasQuiet || erased.contains(party == .mentor ? item.mentor : item.adept) {
          throw Violation(
            description: "\(task) left, and the mentorship was \(item.rest.map { "\($0)" } ?? "\(item.state)")")
        }
      }
    }

    private func noteFailure(_ task: String, _ before: [MentorshipID: ListMentorships.Item]) {
      guard let item = items.values.first(where: { task.hasPrefix($0.mentorship.rawValue + "-") }) else { return }
      bounces.insert(task.hasSuffix("-mentor") ? item.mentor : item.adept)
      if item.state.isRunning, before[item.mentorship]?.state.isRunning == true { bounced.insert(item.mentorship) }
    }

    private func checkContacts() throws {
      for (id, item) in items where item.contacts.rawValue != models[id]!.contacts.count {
        throw Violation(
          description:
            "\(id.rawValue) has \(item.contacts.rawValue) contacts, and told of \(models[id]!.contacts.count)")
      }
    }

    /// The board has a task for each reason and for nothing else, and none closes by itself while its reason stands.
    private func checkBoard(_ before: [MentorshipID: ListMentorships.Item], _ deed: Deed?) async throws {
      let earlier = open
      open = Set(
        try await world.followup.ask(ListBoardTasks()).tasks.elements.compactMap { task in
          task.mentorship.map { Need(id: $0, kind: task.kind) }
        })
      for (id, item) in items {
        let model = models[id]!
        let isRunning = item.state.isRunning
        let expected: [BoardTaskKind: Bool] = [
          .help: isRunning && !model.help.isEmpty, .newMentor: item.state == .ended && model.wantsNewMentor,
          .conflict: isRunning && model.hasConflict,
          .agreement: isRunning && item.rest == nil && model.proposal?.isDiscussed == true,
        ]
        for (kind, isExpected) in expected where open.contains(Need(id: id, kind: kind)) != isExpected {
          throw Violation(description: "\(id.rawValue): \(kind.rawValue) is \(isExpected ? "not open" : "open")")
        }
        if bounced.contains(id), !open.contains(Need(id: id, kind: .mailBounces)) {
          throw Violation(description: "\(id.rawValue): a mail has failed, and the board does not know")
        }
        if open.contains(Need(id: id, kind: .mailBounces)) {
          if !isRunning || bounces.isDisjoint(with: [item.mentor, item.adept]) {
            throw Violation(description: "\(id.rawValue): an address bounces that does not")
          }
        }
        guard let deed, deed.isTime, isRunning, let was = before[id], was.state.isRunning, was.rest == nil else {
          continue
        }
        for kind in [BoardTaskKind.silent, .notStarted, .disagree] {
          let need = Need(id: id, kind: kind)
          if earlier.contains(need), !open.contains(need) {
            throw Violation(description: "\(need) has closed by itself, and nothing was heard")
          }
        }
      }
    }

    /// The state diagram: from where to where, and by what.
    private func transition(
      _ before: ListMentorships.Item, _ after: ListMentorships.Item, _ deed: Deed?
    ) throws {
      let isTime = deed?.isTime ?? true
      func illegal() -> Violation {
        Violation(
          description: "\(after.mentorship.rawValue) went from \(before.state) \(before.rest.map { "\($0)" } ?? "") to "
            + "\(after.state) \(after.rest.map { "\($0)" } ?? "")")
      }
      switch (before.state, after.state) {
      case (let same, let other) where same == other: break
      case (.started, .agreed):
        switch deed {
        case .agree, .propose, .answer: break
        default: throw illegal()
        }
      case (.started, .closing), (.agreed, .closing):
        guard latest >= after.ends.adding(months: -2) else { throw illegal() }
      case (.closing, .started), (.closing, .agreed):
        guard case .resume = deed, after.ends > before.ends else { throw illegal() }
      case (.started, .completed), (.agreed, .completed), (.closing, .completed):
        guard isTime || latest >= after.ends, latest >= after.ends else { throw illegal() }
      case (.started, .ended), (.agreed, .ended), (.closing, .ended):
        switch deed {
        case .end, .answer, .erase: break
        default: throw illegal()
        }
      case (.ended, .started), (.ended, .agreed), (.ended, .closing):
        guard case .reclaim(true) = deed else { throw illegal() }
      // An ending that is undone late goes on, and may end or close at once.
      case (.ended, .completed):
        guard case .reclaim(true) = deed else { throw illegal() }
      default: throw illegal()
      }
      if !after.state.isRunning, after.rest != nil { throw illegal() }
      // An ending and its undoing change nothing about a rest.
      guard before.state.isRunning, after.state.isRunning else { return }
      switch (before.rest, after.rest) {
      case (nil, nil), (.paused, .paused), (.suspended, .suspended): break
      case (nil, .paused), (nil, .suspended), (.paused, .suspended):
        if isTime { throw illegal() }
      case (.suspended, .paused):
        switch deed {
        case .clear, .conflict: break
        default: throw illegal()
        }
      case (.suspended, nil): if isTime { throw illegal() }
      case (.paused, nil): break
      }
    }
  }
}
