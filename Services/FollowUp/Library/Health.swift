import Contracts

extension Mentorship {
  /// How the pair is on a day, by its own cadence; what needs somebody comes before what is merely late.
  func health(on today: Day) -> PairHealth {
    guard state.isRunning else { return .over }
    if course.hold != nil { return .resting }
    if course.checkIn?.isDisagreement == true { return .disagree }
    if course.help != nil { return .askedForHelp }
    if !isInTouch { return today > year.firstContact || isQuiet ? .notStarted : .inRhythm }
    if isQuiet { return .silent }
    let talked = [latestContact, agreed, course.resumed].compactMap(\.self).max() ?? year.starts
    return state != .closing && rhythm.isLate(since: talked, today: today) ? .late : .inRhythm
  }

  /// Nobody has answered the latest check-in in time, nor talked, and the board has not seen to it.
  private var isQuiet: Bool {
    guard let checkIn = course.checkIn else { return false }
    return checkIn.isQuiet && !checkIn.isSettled && !hasTalkedSinceAsked
  }

  /// What the board has to do about the pair. A need that is gone closes its task.
  var needs: Set<BoardTaskKind> {
    if course.wantsNewMentor { return [.newMentor] }
    guard state.isRunning else { return [] }
    var needs: Set<BoardTaskKind> = course.hasConflict ? [.conflict] : []
    guard course.hold == nil else { return needs }
    if course.checkIn?.isDisagreement == true { needs.insert(.disagree) }
    if isQuiet { needs.insert(isInTouch ? .silent : .notStarted) }
    if course.help != nil { needs.insert(.help) }
    if course.proposal?.isDiscussed == true { needs.insert(.agreement) }
    return needs
  }

  /// The board has done what was to be done about a need.
  mutating func settle(_ need: BoardTaskKind) {
    switch need {
    case .disagree, .silent, .notStarted: course.checkIn?.isSettled = true
    case .help: course.help = nil
    case .agreement: course.proposal = nil
    case .newMentor: course.wantsNewMentor = false
    case .conflict: course.hasConflict = false
    case .mailBounces, .matchHeld: break
    }
  }
}
