import Contracts
import Texts

/// The year of a pair, drawn: a line of weeks with what happened in each, and the same as a list.
///
/// ```
///   sep  okt  nov  dec  jan  feb  mar
///   ├●───●────●─────!───●────◆────
/// ```
struct Timeline {
  let text: String

  init(_ reply: GetMentorship.Reply, names: [MemberID: String], _ language: Language) {
    let item = reply.mentorship
    func name(_ member: MemberID) -> String { names[member] ?? member.rawValue }
    var lines = ["\(item.mentorship.rawValue)  \(name(item.mentor)) → \(name(item.adept))"]
    let state = item.rest.map(HealthTexts.rest) ?? WordTexts.mentorshipState(item.state)
    var standing = state[language]
    if let health = item.health {
      standing += ", " + HealthTexts.reason(health, latest: item.latestContact, weeks: item.everyWeeks)[language]
    }
    lines.append(standing)
    if let by = reply.endedBy {
      let who = by == .board ? HealthTexts.theBoard[language] : name(by == .mentor ? item.mentor : item.adept)
      lines.append(HealthTexts.ended(who, reply.endReason?.rawValue)[language])
    }
    if let reason = reply.suspendReason { lines.append(HealthTexts.suspended(reason.rawValue)[language]) }
    lines.append("")
    lines += Timeline.ruler(reply, language)
    lines.append("")
    if reply.earlier.rawValue > 0 { lines.append(HealthTexts.earlier(reply.earlier.rawValue)[language]) }
    for entry in reply.entries.elements {
      let who = entry.party.map { $0 == .mentor ? name(item.mentor) : name(item.adept) }
      lines.append("\(entry.day.text)  \(Timeline.mark(entry.what))  \(HealthTexts.entry(entry, who)[language])")
    }
    text = lines.joined(separator: "\n")
  }

  /// Two lines: the months, and a mark for each week with the most telling thing of it.
  private static func ruler(_ reply: GetMentorship.Reply, _ language: Language) -> [String] {
    let (starts, ends) = (reply.mentorship.starts, reply.mentorship.ends)
    let weeks = starts.days(until: ends) / 7 + 1
    func week(_ day: Day) -> Int { min(max(0, starts.days(until: day) / 7), weeks - 1) }
    var marks = [Character](repeating: "─", count: weeks)
    var ranks = [Int](repeating: 0, count: weeks)
    func put(_ mark: Character, _ rank: Int, _ day: Day) {
      if rank > ranks[week(day)] { (marks[week(day)], ranks[week(day)]) = (mark, rank) }
    }
    for entry in reply.entries.elements where entry.what != .told && entry.what != .planned {
      put(mark(entry.what), rank(entry.what), entry.day)
    }
    if let halfWay = reply.halfWay { put("┴", 1, halfWay) }
    if let closingTalk = reply.closingTalk { put("┴", 1, closingTalk) }
    put("┃", 9, min(max(reply.today, starts), ends))
    var months = [Character](repeating: " ", count: weeks + 3)
    var next = 0
    for number in 0...12 {
      let day = starts.adding(months: number)
      guard day <= ends, let first = Day(day.year, day.month, 1) else { continue }
      let column = number == 0 ? 0 : week(max(first, starts))
      let word = first.inWords[language].split(separator: " ").dropFirst().first.map { Array($0.prefix(3)) } ?? []
      guard column >= next else { continue }
      for (offset, letter) in word.enumerated() where column + offset < months.count {
        months[column + offset] = letter
      }
      next = column + 4
    }
    return [String(months), String(marks)]
  }

  private static func mark(_ what: GetMentorship.Entry.What) -> Character {
    switch what {
    case .began: "├"
    case .told: "·"
    case .met: "●"
    case .notYet, .wantToEnd: "○"
    case .needHelp, .needsBoard: "!"
    case .boardDone: "✓"
    case .proposed, .discussed: "◇"
    case .agreed: "◆"
    case .paused, .suspended: "‖"
    case .resumed, .undone: "▶"
    case .completed: "■"
    case .ended: "✕"
    case .survey: "☆"
    case .planned: "…"
    }
  }

  /// Which of two marks of a week is drawn.
  private static func rank(_ what: GetMentorship.Entry.What) -> Int {
    switch what {
    case .told, .planned, .survey: 0
    case .notYet, .proposed, .discussed, .boardDone: 2
    case .wantToEnd: 3
    case .met: 4
    case .needHelp, .needsBoard: 5
    case .agreed, .began: 6
    case .paused, .suspended, .resumed, .undone: 7
    case .completed, .ended: 8
    }
  }
}
