import Contracts

/// The steps that are taken at one time, and what is told of them: each thing once, and of what came late together
/// only the latest of its kind.
struct StepsTaken: Sendable {
  private(set) var mentorship: Mentorship
  private(set) var steps: [MentorshipStep] = []

  /// Takes every step whose day has come.
  init(_ mentorship: Mentorship, on today: Day) {
    self.mentorship = mentorship
    while let (step, day) = MentorshipStep.next(of: self.mentorship), day <= today {
      self.mentorship = self.mentorship.taking(step, on: today)
      steps.append(step)
    }
  }

  /// What both, or the one of them who has not answered, are told; in the order in which to tell it.
  var tells: [MentorshipStep] {
    if steps.contains(.completion) { return [.completion] }
    let isClosing = steps.contains(.closing)
    let talk = steps.last { [.firstContact, .checkIn, .reminder].contains($0) }
    return MentorshipStep.allCases.filter { step in
      guard steps.contains(step) else { return false }
      switch step {
      case .resume, .closing: return true
      case .halfWay, .startSurvey: return !isClosing && !(step == .startSurvey && steps.contains(.halfWay))
      case .firstContact, .checkIn, .reminder: return step == talk && !isClosing
      case .completion, .quiet: return false
      }
    }
  }
}
