import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

@testable import FollowUpService

/// Whatever people, services and clocks do to a year, through the notifier: no illegal state, no task twice, none
/// lost, and no reminder to somebody whose mentorship rests or is over.
@Suite struct YearPropertyTests {
  /// What is done. The numbers choose among what there is, so that a sequence that is cut short can still be done.
  enum Deed: Sendable, CustomStringConvertible {
    case contact(Int)
    case agree(Int, weeks: Int)
    case propose(Int, Party)
    case answer(Int)
    case pause(Int, days: Int)
    case suspend(Int)
    case resume(Int)
    case end(Int, Int)
    case undo(Int)
    case reclaim(Bool)
    case days(Int)
    case back(Int)
    case year, crash, notifierDown, notifierUp

    static func random(_ random: inout SeededGenerator) -> Deed {
      let pair = Int.random(in: 0..<3, using: &random)
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<6: return .contact(pair)
      case 6..<9: return .agree(pair, weeks: Int.random(in: 1...13, using: &random))
      case 9..<12: return .propose(pair, Bool.random(using: &random) ? .mentor : .adept)
      case 12..<40: return .answer(Int.random(in: 0..<10_000, using: &random))
      case 40..<44: return .pause(pair, days: Int.random(in: 1...70, using: &random))
      case 44..<46: return .suspend(pair)
      case 46..<51: return .resume(pair)
      case 51..<53: return .end(pair, Int.random(in: 0..<6, using: &random))
      case 53..<56: return .undo(pair)
      case 56..<58: return .reclaim(Bool.random(using: &random))
      case 58..<84: return .days(Int.random(in: 1...21, using: &random))
      case 84..<87: return .back(Int.random(in: 1...40, using: &random))
      case 87: return .year
      case 88..<92: return .crash
      case 92..<95: return .notifierDown
      default: return .notifierUp
      }
    }

    var description: String {
      switch self {
      case .contact(let pair): "contact \(pair)"
      case .agree(let pair, let weeks): "agree \(pair) every \(weeks)"
      case .propose(let pair, let party): "propose \(pair) by \(party)"
      case .answer(let number): "answer #\(number)"
      case .pause(let pair, let days): "pause \(pair) for \(days)"
      case .suspend(let pair): "suspend \(pair)"
      case .resume(let pair): "resume \(pair)"
      case .end(let pair, let how): "end \(pair) (\(how))"
      case .undo(let pair): "undo \(pair)"
      case .reclaim(let isReclaimed): "reclaimed: \(isReclaimed)"
      case .days(let days): "\(days) days"
      case .back(let days): "\(days) days back"
      case .year: "a year"
      case .crash: "crash"
      case .notifierDown: "notifier down"
      case .notifierUp: "notifier up"
      }
    }
  }

  struct Violation: Error, CustomStringConvertible { let description: String }

  @Test func holdsWhateverHappens() async throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["SEEDS"].flatMap(UInt64.init) ?? 6
    let seeds = environment["SEED"].flatMap(UInt64.init).map { [$0] } ?? Array(1...count)
    for seed in seeds {
      var random = SeededGenerator(seed: seed)
      let deeds = (0..<(environment["STEPS"].flatMap(Int.init) ?? 70)).map { _ in Deed.random(&random) }
      guard let violation = try await Self.violation(deeds) else { continue }
      let least = try await Self.shrink(deeds)
      Issue.record("SEED=\(seed): \(violation), after \(least.map(\.description).joined(separator: "; "))")
      return
    }
  }

  /// The deeds without what is not needed for a violation.
  private static func shrink(_ deeds: [Deed]) async throws -> [Deed] {
    var least = deeds
    var size = deeds.count / 2
    while size >= 1 {
      var start = 0
      while start < least.count {
        let fewer = Array(least[..<start] + least[min(start + size, least.count)...])
        if try await violation(fewer) != nil { least = fewer } else { start += size }
      }
      size /= 2
    }
    return least
  }

  /// What went wrong; nil where all held.
  private static func violation(_ deeds: [Deed]) async throws -> String? {
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
      return "\(violation) at \(done.last ?? "the start")"
    }
    await run.world.stop()
    return nil
  }
}

extension YearPropertyTests {
  /// One sequence of deeds, with what the state diagram allows as its model.
  final class Run {
    let world: World
    private let pairs = (0..<3).map { MentorshipID(unchecked: "p-pair-\($0)") }
    private var items: [MentorshipID: ListMentorships.Item] = [:]
    private var seen: Int64 = 0
    private var all: Set<String> = []
    private var reclaims = 0
    /// The latest day that the calendar has shown: what happened then has happened, also if it is put back.
    private var latest: Day

    init() async throws {
      world = try await World()
      latest = world.calendar.today
      guard let notification = world.notification else { throw Violation(description: "no notifier") }
      for number in 0..<6 {
        try await notification.deliver(
          AddressChanged(
            member: MemberID(unchecked: "m-\(number)"), name: PersonName(unchecked: "Åsa \(number)"),
            email: EmailAddress(unchecked: "asa\(number)@example.se"), language: .sv), from: .membership)
      }
      for (number, id) in pairs.enumerated() {
        let today = world.calendar.today
        try await world.followup.deliver(
          MatchActivated(
            match: id.match, mentor: MemberID(unchecked: "m-\(number)"), adept: MemberID(unchecked: "m-\(number + 3)"),
            starts: today, months: Months(unchecked: [12, 12, 5][number])), from: .matching, key: id.rawValue)
      }
      try await check(nil)
    }

    func perform(_ deed: Deed) async throws {
      let harness = world.followup
      let today = world.calendar.today
      switch deed {
      case .contact(let pair):
        await tried { try await harness.command(RecordContact(mentorship: self.pairs[pair], day: today, form: .video)) }
      case .agree(let pair, let weeks):
        await tried {
          try await harness.command(
            RecordAgreement(
              mentorship: self.pairs[pair], topics: Bounded([.network]), direction: nil,
              everyWeeks: CadenceWeeks(unchecked: weeks), form: .phone))
        }
      case .propose(let pair, let party):
        await tried {
          try await harness.command(
            ProposeAgreement(
              mentorship: self.pairs[pair], by: party, topics: Bounded([.pricing]), direction: nil,
              everyWeeks: CadenceWeeks(unchecked: 5), form: .video))
        }
      case .answer(let number):
        let choices = try await harness.outbox(TellMember.self).suffix(40).flatMap { $0.choices?.elements ?? [] }
        guard !choices.isEmpty else { return }
        let choice = choices[number % choices.count]
        await tried { try await harness.command(AnswerByToken(token: choice.token, answer: choice.answer)) }
      case .pause(let pair, let days):
        await tried {
          try await harness.command(
            PauseMentorship(mentorship: self.pairs[pair], by: .mentor, until: today.adding(days: days)))
        }
      case .suspend(let pair):
        await tried { try await harness.command(SuspendMentorship(mentorship: self.pairs[pair])) }
      case .resume(let pair):
        await tried { try await harness.command(ResumeMentorship(mentorship: self.pairs[pair])) }
      case .end(let pair, let how):
        await tried {
          try await harness.command(
            EndMentorship(
              mentorship: self.pairs[pair], by: EndMentorship.EndedBy.allCases[how % 3], tellNow: how > 2 ? true : nil))
        }
      case .undo(let pair):
        await tried { try await harness.command(UndoEnding(mentorship: self.pairs[pair])) }
      case .reclaim(let isReclaimed):
        let asked = try await harness.outbox(ReclaimPlace.self)
        guard asked.count > reclaims else { return }
        let id = asked[reclaims].mentorship
        reclaims += 1
        try await harness.deliver(
          PlaceReclaimed(mentorship: id, isReclaimed: isReclaimed), from: .matching, key: id.rawValue)
      case .days(let days): world.calendar.move(by: .seconds(days * 86_400))
      case .back(let days): world.calendar.move(by: .seconds(-days * 86_400))
      case .year: world.calendar.move(by: .seconds(365 * 86_400))
      case .crash: try await world.crashFollowUp()
      case .notifierDown: await world.stopNotifier()
      case .notifierUp: try await world.startNotifier()
      }
      try await check(deed)
    }

    private func tried<Reply>(_ body: () async throws -> Reply) async { _ = try? await body() }

    func finish() async throws {
      try await world.startNotifier()
      // Matching always answers in the end.
      for task in try await world.followup.outbox(ReclaimPlace.self).dropFirst(reclaims) {
        try await world.followup.deliver(
          PlaceReclaimed(mentorship: task.mentorship, isReclaimed: false), from: .matching,
          key: task.mentorship.rawValue)
      }
      // Long enough for all to be told and over.
      world.calendar.move(by: .seconds(900 * 86_400))
      try await check(.year)
      for (id, item) in items where ![.completed, .ended].contains(item.state) {
        throw Violation(description: "\(id.rawValue) is still \(item.state)")
      }
      let (mails, withdrawn) = (try await world.mails(), try await world.withdrawnOrExpired())
      for task in all where mails[task] == nil && !withdrawn.contains(task) {
        throw Violation(description: "\(task) was lost")
      }
      for (task, count) in mails where count != 1 || !all.contains(task) {
        throw Violation(description: "\(task) is \(count) mails")
      }
      for (id, item) in items {
        let last = item.state == .completed ? "completed" : "ended"
        for party in Party.allCases
        where !all.contains(where: { $0.hasPrefix("\(id.rawValue)-\(last)") && $0.hasSuffix(party.rawValue) }) {
          throw Violation(description: "\(id.rawValue): \(party) was not told that it is \(last)")
        }
      }
    }

    /// Waits until nothing is under way, and compares what there is with what may be.
    private func check(_ deed: Deed?) async throws {
      try await world.settle()
      latest = max(latest, world.calendar.today)
      let before = items
      for item in try await world.followup.ask(ListMentorships()).mentorships.elements { items[item.mentorship] = item }
      for (id, after) in items {
        guard let before = before[id] else { continue }
        try transition(before, after, deed)
      }
      let told = try await world.told(after: seen)
      seen = told.last?.sequence ?? seen
      for task in told {
        guard all.insert(task.task).inserted else { throw Violation(description: "\(task.task) was told twice") }
        guard task.kind.isReminder, let item = items[MentorshipID(unchecked: task.mentorship)] else { continue }
        let isOver = [.ended, .completed].contains(item.state)
        // The last survey comes with the end.
        if item.rest != nil || isOver && task.kind != .survey {
          throw Violation(
            description: "\(task.task) reminds, and the mentorship is \(item.rest.map { "\($0)" } ?? "\(item.state)")")
        }
      }
      // However far the calendar has moved, nobody gets a heap of mails.
      let perPerson = Dictionary(grouping: told) { "\($0.mentorship) \($0.party)" }.mapValues(\.count)
      if let most = perPerson.max(by: { $0.value < $1.value }), most.value > 6 {
        throw Violation(description: "\(most.key) got \(most.value) mails at once")
      }
    }

    /// The state diagram: from where to where, and by what.
    private func transition(
      _ before: ListMentorships.Item, _ after: ListMentorships.Item, _ deed: Deed?
    ) throws {
      let isTime: Bool
      switch deed {
      case .days, .year, .back, .crash, .notifierDown, .notifierUp, nil: isTime = true
      default: isTime = false
      }
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
      case (.started, .completed), (.agreed, .completed), (.closing, .completed):
        guard isTime || latest >= after.ends, latest >= after.ends else { throw illegal() }
      case (.started, .ended), (.agreed, .ended), (.closing, .ended):
        switch deed {
        case .end, .answer: break
        default: throw illegal()
        }
      case (.ended, .started), (.ended, .agreed), (.ended, .closing):
        guard case .reclaim(true) = deed else { throw illegal() }
      // An ending that is undone late goes on, and may end or close at once.
      case (.ended, .completed):
        guard case .reclaim(true) = deed else { throw illegal() }
      default: throw illegal()
      }
      if [.ended, .completed].contains(after.state), after.rest == .paused, after.state == .ended { throw illegal() }
      switch (before.rest, after.rest) {
      case (nil, nil), (.paused, .paused), (.suspended, .suspended): break
      case (nil, .paused), (nil, .suspended), (.paused, .suspended):
        if isTime { throw illegal() }
      case (.suspended, .paused): throw illegal()
      case (.suspended, nil): if isTime && after.state != .completed { throw illegal() }
      case (.paused, nil): break
      }
    }
  }
}
