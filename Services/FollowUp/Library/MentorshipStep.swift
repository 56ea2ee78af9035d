import Contracts

/// What the calendar does with a mentorship. Only the next step is ever planned, so that a calendar that
/// jumps ahead takes the same steps in the same order as one that goes day by day.
enum MentorshipStep: String, Codable, Sendable, CaseIterable {
  // In the order in which those of one day are taken.
  case firstContact = "first-contact"
  case halfWay = "half-way"
  case closing, completion, contact

  /// The earliest step that is left, and its day; nil where the mentorship is over.
  static func next(of mentorship: Mentorship) -> (step: MentorshipStep, day: Day)? {
    guard mentorship.state.isRunning else { return nil }
    return allCases.compactMap { step in step.day(of: mentorship).map { (step, $0) } }.min { $0.1 < $1.1 }
  }

  /// The day of a step; nil where there is nothing to do.
  private func day(of mentorship: Mentorship) -> Day? {
    let year = mentorship.year
    switch self {
    case .firstContact:
      return mentorship.isFirstContactTold || mentorship.isInTouch ? nil : year.firstContact
    case .halfWay: return mentorship.isHalfWayTold ? nil : year.halfWay
    case .closing: return mentorship.state == .closing ? nil : year.closingTalk
    case .completion: return year.ends
    case .contact:
      guard mentorship.state != .closing else { return nil }
      return Rhythm.reminder(
        since: mentorship.heard, everyWeeks: mentorship.everyWeeks, before: year.closingTalk ?? year.ends)
    }
  }

  /// What both are told.
  var tells: TellMember.Kind {
    switch self {
    case .firstContact: .firstContactReminder
    case .halfWay: .halfWay
    case .closing: .closing
    case .completion: .completed
    case .contact: .contactReminder
    }
  }
}

extension Mentorship {
  /// The mentorship once a step has been taken.
  func taking(_ step: MentorshipStep, on day: Day) -> Mentorship {
    var next = self
    switch step {
    case .firstContact: next.isFirstContactTold = true
    case .halfWay: next.isHalfWayTold = true
    case .closing: next.state = .closing
    case .completion: next.state = .completed
    case .contact:
      next.reminders += 1
      next.latestReminder = day
    }
    return next
  }
}
