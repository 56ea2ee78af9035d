import Contracts
import TestSupport

/// What is done. The numbers choose among what there is, so that a sequence that is cut short can still be done.
enum YearDeed: Sendable, CustomStringConvertible {
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
  /// To the day of a pair's next step, so that what it tells has just been told.
  case nextStep(Int)
  case back(Int)
  /// The process ends while it does the work of some days.
  case crash(days: Int)
  case crashNotifier(days: Int)
  case year, notifierDown, notifierUp

  static func random(_ random: inout SeededGenerator) -> YearDeed {
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
    case 128..<155: return .days(1 + number % 21)
    case 155..<170: return .nextStep(pair)
    case 170..<175: return .back(1 + number % 40)
    case 175: return .year
    case 176..<184: return .crash(days: number % 15)
    case 184..<188: return .crashNotifier(days: number % 15)
    case 188..<192: return .notifierDown
    default: return .notifierUp
    }
  }

  /// What seldom comes about by chance: one thing, what makes it count no more, and the same again.
  static func scene(_ random: inout SeededGenerator) -> [YearDeed] {
    let pair = Int.random(in: 0..<3, using: &random)
    let how = Int.random(in: 0..<6, using: &random)
    let latest = how % 2
    switch Int.random(in: 0..<32, using: &random) {
    // What has just been told, and has not left, is to be taken back.
    case 24..<27: return [.nextStep(pair), .pause(pair, days: 10 + how), .days(2)]
    case 27: return [.nextStep(pair), .suspend(pair), .days(2)]
    case 28..<30: return [.nextStep(pair), .answer(how, .wantToEnd), .answer(0, latest > 0 ? .rest : .end), .days(1)]
    case 30..<32: return [.nextStep(pair), .end(pair, how), .days(2)]
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
  static func sequence(_ count: Int, _ random: inout SeededGenerator) -> [YearDeed] {
    var deeds: [YearDeed] = []
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
    case .nextStep(let pair): "to the next step of \(pair)"
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
    case .days, .nextStep, .year, .back, .crash, .crashNotifier, .notifierDown, .notifierUp, .bounce, .correct: true
    default: false
    }
  }
}
