import Contracts

/// What the calendar does with a mentorship. Only the next step is ever planned, and a step that is late is taken
/// on the day that it is, so that what follows from it is never late in its turn: a calendar that jumps ahead takes
/// a few steps and not a year's.
enum MentorshipStep: String, Codable, Sendable, CaseIterable {
  // In the order in which those of one day are taken.
  case resume
  case firstContact = "first-contact"
  case startSurvey = "start-survey"
  case halfWay = "half-way"
  case closing, completion
  case checkIn = "check-in"
  case reminder
  /// The pair is silent: it is the board's turn.
  case quiet

  /// The earliest step that is left, and its day; nil where the mentorship is over.
  static func next(of mentorship: Mentorship) -> (step: MentorshipStep, day: Day)? {
    guard mentorship.state.isRunning else { return nil }
    return allCases.compactMap { step in step.day(of: mentorship).map { (step, $0) } }.min { $0.1 < $1.1 }
  }

  /// The day of a step; nil where there is nothing to do.
  private func day(of mentorship: Mentorship) -> Day? {
    let (year, course, rhythm) = (mentorship.year, mentorship.course, mentorship.rhythm)
    if let hold = course.hold {
      switch self {
      case .resume: return hold.until
      case .completion: return year.ends
      default: return nil
      }
    }
    let limit = year.closingTalk ?? year.ends
    func before(_ day: Day) -> Day? { mentorship.state != .closing && day < limit ? day : nil }
    switch self {
    case .resume: return nil
    case .firstContact:
      return course.checkIns == 0 && !mentorship.isInTouch ? before(rhythm.rested(year.firstContact)) : nil
    case .startSurvey:
      return course.surveyed.contains(.start) ? nil : year.startSurvey.map(rhythm.rested).flatMap(before)
    case .halfWay: return mentorship.isHalfWayTold ? nil : year.halfWay.map(rhythm.rested).flatMap(before)
    case .closing: return mentorship.state == .closing ? nil : year.closingTalk.map(Holidays.after)
    case .completion: return year.ends
    case .checkIn: return before(rhythm.checkIn(since: mentorship.heard))
    case .reminder:
      guard let checkIn = course.checkIn, !checkIn.isReminded, checkIn.mentor == nil || checkIn.adept == nil,
        !mentorship.hasTalkedSinceAsked
      else { return nil }
      return before(rhythm.reminder(of: checkIn.asked))
    case .quiet:
      guard let checkIn = course.checkIn, !checkIn.isQuiet, checkIn.isUnanswered || course.misses >= 2,
        !mentorship.hasTalkedSinceAsked
      else { return nil }
      return before(rhythm.quiet(after: checkIn.asked))
    }
  }
}

extension Mentorship {
  /// The mentorship once a step has been taken.
  func taking(_ step: MentorshipStep, on today: Day) -> Mentorship {
    var next = self
    switch step {
    case .resume: next.resume(on: today)
    case .firstContact, .checkIn: next.ask(on: today)
    case .startSurvey: next.course.surveyed.append(.start)
    case .halfWay:
      next.isHalfWayTold = true
      next.course.surveyed.append(.halfWay)
    case .closing: next.state = .closing
    case .completion:
      next.state = .completed
      next.course.hold = nil
      next.course.surveyed.append(.end)
    case .reminder:
      next.course.checkIn?.isReminded = true
      next.reminders += 1
    case .quiet:
      next.course.checkIn?.isQuiet = true
      next.course.silentSince = next.course.silentSince ?? next.course.checkIn?.asked
    }
    return next
  }

  /// Asks both whether they have talked.
  private mutating func ask(on today: Day) {
    if course.checkIn != nil { course.misses = hasTalkedSinceAsked ? 0 : course.misses + 1 }
    layCheckInAside()
    course.checkIns += 1
    course.checkIn = CheckIn(number: course.checkIns, asked: today)
  }

  /// The latest check-in is not to be answered any more; what it has brought to light stays.
  mutating func layCheckInAside() {
    if course.checkIn?.isDisagreement == true { course.hasDisagreed = true }
    course.checkIn = nil
  }

  /// What rests goes on, and its rhythm begins anew.
  mutating func resume(on today: Day) {
    course.hold = nil
    course.interrupted = nil
    course.resumed = today
    course.checkIn = nil
    course.misses = 0
    course.silentSince = nil
    course.hasDisagreed = nil
  }
}
