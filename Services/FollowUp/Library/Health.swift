import Contracts

extension Mentorship {
  /// How the pair is on a day, by its own cadence; what needs somebody comes before what is merely late.
  func health(on today: Day) -> PairHealth {
    guard state.isRunning else { return .over }
    if course.hold != nil { return .resting }
    if isDisagreement { return .disagree }
    if !course.help.isEmpty { return .askedForHelp }
    if !isInTouch { return today > rhythm.rested(year.firstContact) || isQuiet ? .notStarted : .inRhythm }
    if isQuiet { return .silent }
    let talked = [latestContact, agreed, course.resumed].compactMap(\.self).max() ?? year.starts
    return state != .closing && rhythm.isLate(since: talked, today: today) ? .late : .inRhythm
  }

  /// Nobody has answered a check-in in time, nor talked since, and the board has not seen to it. The next check-in
  /// changes nothing about that.
  private var isQuiet: Bool { course.silentSince.map { !hasTalked(since: $0) } ?? false }

  /// Of the latest check-in, or of an earlier one since which nothing has been heard.
  private var isDisagreement: Bool { course.checkIn?.isDisagreement == true || course.hasDisagreed == true }

  /// What the board has to do about the pair. A need that is gone closes its task.
  var needs: Set<BoardTaskKind> {
    if course.wantsNewMentor { return [.newMentor] }
    guard state.isRunning else { return [] }
    // Whoever asks for help is heard, whatever else there is.
    var needs: Set<BoardTaskKind> = course.help.isEmpty ? [] : [.help]
    if course.hasConflict { needs.insert(.conflict) }
    guard course.hold == nil else { return needs }
    if isDisagreement { needs.insert(.disagree) }
    if isQuiet { needs.insert(isInTouch ? .silent : .notStarted) }
    if course.proposal?.isDiscussed == true { needs.insert(.agreement) }
    return needs
  }

  /// The board has done what was to be done.
  mutating func settle(_ task: BoardTask) {
    switch task.kind {
    case .disagree:
      course.checkIn?.isSettled = true
      course.hasDisagreed = nil
    case .silent, .notStarted: course.silentSince = nil
    case .help: course.help = course.help.filter { pair[$0] != task.about }
    case .agreement: course.proposal = nil
    case .newMentor: course.wantsNewMentor = false
    case .conflict: course.hasConflict = false
    case .mailBounces, .mailFails, .matchHeld: break
    }
  }
}
