import Contracts
import Texts

/// The programme in numbers: what the follow-up, matching and the notifier each count, side by side.
///
/// Each number can be read with another call: members with `member list`, matches with `match list`,
/// mentorships with `mentorship list`, mails with `mail list`, what waits with `status`.
public struct ProgrammeReport: Sendable, Codable, Hashable {
  public var members: Int
  public var matches: [MatchState.RawValue: Int]
  public var mentorships: Int
  public var running: Int
  public var completed: Int
  public var endedEarly: Int
  public var agreements: Int
  public var contacts: Int
  public var meetingsInPerson: Int
  public var reminders: Int
  /// Tasks that the follow-up gave to the notifier, by kind.
  public var tasks: [TellMember.Kind.RawValue: Int]
  /// Mails that the notifier has made of them, by kind.
  public var mails: [TellMember.Kind.RawValue: Int]
  public var tasksInAll: Int
  public var mailsSent: Int
  public var mailsKept: Int
  public var mailsQueued: Int
  public var outboxPending: Int
  public var deadLetters: Int
  public var failing: Int

  /// Whether everything has arrived: each task is a mail, and nothing waits or is stuck anywhere.
  public var addsUp: Bool {
    tasks == mails && tasksInAll == mailsSent + mailsKept && mailsQueued == 0 && outboxPending == 0
      && deadLetters == 0 && failing == 0
  }

  /// Reads it from the four services.
  ///
  /// - Throws: `BoardFailure`, also where one of them is out of reach.
  public init(_ board: Board) async throws {
    members = try await board.members().count
    matches = Dictionary(grouping: try await board.matches(), by: \.state.rawValue).mapValues(\.count)
    let programme = try await board.connection.ask(GetProgrammeReport())
    let pairs = try await board.mentorships()
    mentorships = programme.mentorships.rawValue
    running = programme.running.rawValue
    completed = programme.completed.rawValue
    endedEarly = programme.endedEarly.rawValue
    agreements = programme.agreements.rawValue
    contacts = programme.contacts.rawValue
    meetingsInPerson = programme.meetingsInPerson.rawValue
    reminders = pairs.reduce(0) { $0 + $1.reminders.rawValue }
    tasks = Dictionary(
      programme.tasks.elements.map { ($0.kind.rawValue, $0.tasks.rawValue) }, uniquingKeysWith: +)
    tasksInAll = tasks.values.reduce(0, +)
    let tallies = try await board.connection.ask(GetMailReport()).tallies.elements
    mails = Dictionary(tallies.map { ($0.kind.rawValue, $0.mails.rawValue) }, uniquingKeysWith: +)
    func count(_ states: MailState...) -> Int {
      tallies.filter { states.contains($0.state) }.reduce(0) { $0 + $1.mails.rawValue }
    }
    mailsSent = count(.sent)
    mailsKept = count(.kept)
    mailsQueued = count(.queued, .attempting, .retrying)
    outboxPending = 0
    deadLetters = 0
    failing = 0
    for service in ServiceName.allCases {
      let status = try await board.connection.ask(GetStatus(), of: service)
      outboxPending += status.outboxPending.rawValue
      deadLetters += status.deadLetters.rawValue + status.outboxDead.rawValue + status.outboxParked.rawValue
      failing += status.failing.rawValue
    }
  }

  /// The report as a page of text.
  public func text(_ language: Language) -> String {
    var lines = [BoardTexts.reportTitle[language], ""]
    func line(_ phrase: Phrase, _ number: Int) {
      let name = phrase[language]
      lines.append("  " + name + String(repeating: " ", count: max(1, 44 - name.count)) + "\(number)")
    }
    line(BoardTexts.reportMembers, members)
    for state in MatchState.allCases {
      if let count = matches[state.rawValue] {
        line(BoardTexts.reportMatches(WordTexts.matchState(state)), count)
      }
    }
    line(BoardTexts.reportMentorships, mentorships)
    line(BoardTexts.reportRunning, running)
    line(BoardTexts.reportCompleted, completed)
    line(BoardTexts.reportEndedEarly, endedEarly)
    line(BoardTexts.reportAgreements, agreements)
    line(BoardTexts.reportContacts, contacts)
    line(BoardTexts.reportMeetings, meetingsInPerson)
    line(BoardTexts.reportReminders, reminders)
    lines.append("")
    for kind in TellMember.Kind.allCases {
      guard let count = tasks[kind.rawValue] else { continue }
      line(BoardTexts.reportTasks(WordTexts.mailKind(kind)), count)
    }
    line(BoardTexts.reportTasksInAll, tasksInAll)
    if mailsSent > 0 { line(BoardTexts.reportMailsSent, mailsSent) }
    line(BoardTexts.reportMailsKept, mailsKept)
    lines.append("")
    line(BoardTexts.reportPending, outboxPending)
    line(BoardTexts.reportDead, deadLetters + failing)
    lines.append("")
    lines.append((addsUp ? BoardTexts.reportAddsUp : BoardTexts.reportDoesNotAddUp)[language])
    return lines.joined(separator: "\n")
  }
}
