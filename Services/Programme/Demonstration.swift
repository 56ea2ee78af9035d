import BoardClient
import Contracts
import Foundation
import Messaging
import Texts

/// A whole programme year on a virtual calendar, through the real services and the board client.
struct Demonstration {
  let board: Board
  let script: Script
  let seed: UInt64
  let language: Language
  /// How the `board` program is called.
  let boardArguments: [String]
  /// Called before each step, for whoever follows the demonstration from outside.
  let step: (Day) -> Void
  private var matches: [Int: MatchID] = [:]
  private var people: [Int: (mentor: String, adept: String)] = [:]
  private var contacts = 0
  private var correspondence: Correspondence
  private let answersMails: Bool

  init(
    board: Board, script: Script, seed: UInt64, language: Language, boardArguments: [String], maildir: String,
    answersMails: Bool,
    step: @escaping (Day) -> Void
  ) {
    self.board = board
    self.script = script
    self.seed = seed
    self.language = language
    self.boardArguments = boardArguments
    self.step = step
    correspondence = Correspondence(maildir: maildir)
    self.answersMails = answersMails
  }

  /// Runs the year, or a part of it, and gives the report at its end.
  ///
  /// What has been done before, in an earlier run on the same stores, is answered as it was then and not done again.
  ///
  /// - Parameter until: the last day; nil for all.
  mutating func run(until: Day? = nil) async throws -> ProgrammeReport? {
    var day = script.starts
    var month = day.month
    let behind = try await again { try await board.status() }.compactMap(\.status?.calendar).min()
    let last = min(until ?? script.ends, script.ends)
    while day <= last {
      step(day)
      let isOver = behind.map { day.at(hour: 6) < $0 } ?? false
      if !isOver { try await advance(to: day) }
      for (index, action) in (script.actions[day] ?? []).enumerated() {
        try await perform(action, on: day, key: "demo-\(seed)-\(day.text)-\(index)")
      }
      if script.actions[day] != nil && !isOver { try await settle() }
      if answersMails {
        while try await answerMails(on: day) { try await settle() }
        if day.isSunday { try await boardEvening(on: day) }
      }
      day = day.adding(days: 1)
      if day.month != month {
        month = day.month
        if !isOver { try await tellMonth(before: day) }
      }
    }
    guard last == script.ends else { return nil }
    // The figures of the surveys are told of years that are over.
    let newYear = Day(script.ends.year + 1, 1, 1)!
    if behind.map({ newYear.at(hour: 6) >= $0 }) ?? true { try await advance(to: newYear) }
    return try await again { try await ProgrammeReport(board) }
  }

  // MARK: Days

  /// Moves every service's calendar, each only when nothing waits anywhere.
  private func advance(to day: Day) async throws {
    let moment = day.at(hour: 6)
    for service in ServiceName.allCases {
      _ = try await again {
        try await board.connection.command(
          AdvanceCalendar(to: moment), of: service, key: "demo-\(seed)-calendar-\(day.text)")
      }
    }
    try await settle()
  }

  /// Waits until no service owes or has anything to do, seen twice with nothing changed in between.
  private func settle() async throws {
    var before: [Int] = []
    while true {
      var changes: [Int] = []
      var isQuiet = true
      for service in ServiceName.allCases {
        let status = try await again { try await board.connection.ask(GetStatus(), of: service) }
        changes.append(status.changes.rawValue)
        isQuiet = isQuiet && status.outboxPending.rawValue == 0 && status.due.rawValue == 0
      }
      if isQuiet && changes == before { return }
      before = isQuiet ? changes : []
      if !isQuiet { try await Task.sleep(for: .milliseconds(2)) }
    }
  }

  /// Tries until a service that is out of reach is back; keys make repeats of commands harmless.
  private func again<T>(_ body: () async throws -> T) async throws -> T {
    for _ in 0..<20 {
      do { return try await body() } catch BoardFailure.outOfReach {} catch BoardFailure.unknown {}
    }
    return try await body()
  }

  // MARK: Actions

  private mutating func perform(_ action: Script.Action, on day: Day, key: String) async throws {
    let connection = board.connection
    switch action {
    case .submit(let pair, let mentor, let adept, let needsReason):
      people[pair] = (mentor.name.rawValue, adept.name.rawValue)
      var arguments = [
        "match", "submit", "--mentor", mentor.email.rawValue, "--adept", adept.email.rawValue, "--key", key,
        "--json",
      ]
      if needsReason { arguments += ["--reason", DemoTexts.sameOrganisationReason[language]] }
      let output = try callBoard(arguments)
      matches[pair] = try JSONDecoder().decode(SubmitMatch.Reply.self, from: output).match
      say(day, DemoTexts.submitted(mentor.name.rawValue, adept.name.rawValue))
    case .answer(let pair, let party, let answer):
      guard let match = matches[pair], let people = people[pair] else { return }
      let reply = try await again {
        try await connection.command(AnswerMatch(match: match, party: party, answer: answer), key: key)
      }
      let name = party == .mentor ? people.mentor : people.adept
      say(day, answer == .accept ? DemoTexts.accepted(name) : DemoTexts.declined(name))
      if reply.state == .active { say(day, DemoTexts.begins(people.mentor, people.adept)) }
    case .agree(let pair, let topics, let everyWeeks, let form):
      guard let match = matches[pair], let people = people[pair] else { return }
      _ = try await again {
        try await connection.command(
          RecordAgreement(
            mentorship: MentorshipID(of: match), topics: Bounded(topics), direction: nil,
            everyWeeks: CadenceWeeks(unchecked: everyWeeks), form: form), key: key)
      }
      let words = topics.map { WordTexts.topic($0)[language] }.joined(separator: ", ")
      say(day, DemoTexts.agreed(people.mentor, people.adept, words, everyWeeks))
    case .contact(let pair, let form):
      guard let match = matches[pair] else { return }
      _ = try await again {
        try await connection.command(
          RecordContact(mentorship: MentorshipID(of: match), day: day, form: form), key: key)
      }
      contacts += 1
    case .end(let pair, let by):
      guard let match = matches[pair], let people = people[pair] else { return }
      _ = try await again {
        try await connection.command(EndMentorship(mentorship: MentorshipID(of: match), by: by), key: key)
      }
      say(day, DemoTexts.ended(people.mentor, people.adept))
    case .pause(let pair, let by, let until):
      try await change(pair, key, day, DemoTexts.paused) { id in
        PauseMentorship(mentorship: id, by: by == .mentor ? .mentor : .adept, until: until)
      }
    case .suspend(let pair):
      try await change(pair, key, day, DemoTexts.suspended) { SuspendMentorship(mentorship: $0) }
    case .resume(let pair):
      try await change(pair, key, day, DemoTexts.resumed) { ResumeMentorship(mentorship: $0) }
    case .undo(let pair):
      try await change(pair, key, day, DemoTexts.undone) { UndoEnding(mentorship: $0) }
    case .move(let pair, let adept, let organisation):
      try await change(pair, key, day, DemoTexts.moved) { _ in
        var row = ImportRow(line: Number(unchecked: 1))
        row.organisationNumber = Cell(rawValue: organisation.rawValue)
        return ChangeMember(member: adept.id, row: row)
      }
    case .decide(let pair):
      try await change(pair, key, day, DemoTexts.decided) {
        DecideMatch(match: $0.match, reason: Note(unchecked: DemoTexts.sameOrganisationReason[language]))
      }
    case .tender(let pair, let adept):
      try await change(pair, key, day, DemoTexts.tender) { _ in
        var row = ImportRow(line: Number(unchecked: 1))
        row.tenders = Cell(rawValue: "2027-17")
        return ChangeMember(member: adept.id, row: row)
      }
    }
  }

  /// A command on a mentorship. What the year has made impossible is left undone.
  private func change<C: Command>(
    _ pair: Int, _ key: String, _ day: Day, _ phrase: (String, String) -> Phrase, _ command: (MentorshipID) -> C
  ) async throws {
    guard let match = matches[pair], let people = people[pair] else { return }
    let command = command(MentorshipID(of: match))
    do { _ = try await again { try await board.connection.command(command, key: key) } } catch BoardFailure.refused {
      return
    }
    say(day, phrase(people.mentor, people.adept))
  }

  /// Runs the `board` program, again while its service is out of reach.
  private func callBoard(_ arguments: [String]) throws -> Data {
    for _ in 0..<20 {
      let (status, output) = try Program.run("board", arguments + boardArguments)
      if status == 0 { return output }
      if status != 3 { throw BoardFailure.unusable("board \(arguments.joined(separator: " ")): \(status)") }
    }
    throw BoardFailure.outOfReach(service: "matching")
  }

  // MARK: Mails

  /// People follow the links in their mails.
  ///
  /// - Returns: whether anybody did.
  private mutating func answerMails(on day: Day) async throws -> Bool {
    var pairs: [String: Int] = [:]
    for (pair, match) in matches { pairs[match.rawValue] = pair }
    var answers: [(pair: Int, about: String, party: Party, answer: Answer, token: AnswerToken)] = []
    for letter in try correspondence.arrived() {
      let parts = letter.task.split(separator: "-")
      let match = parts.prefix(2).joined(separator: "-")
      guard let pair = pairs[match], let party = parts.last.flatMap({ Party(rawValue: String($0)) }) else { continue }
      let about = parts.dropFirst(2).joined(separator: "-")
      guard
        let answer = script.answer(to: Set(letter.choices.keys), pair: pair, party: party, about: about),
        let token = letter.choices[answer]
      else { continue }
      answers.append((pair, about, party, answer, token))
    }
    // Ids are made anew in each run, so the order of the mails is another; that of the pairs is not.
    for item in answers.sorted(by: { ($0.pair, $0.about, $0.party.rawValue) < ($1.pair, $1.about, $1.party.rawValue) })
    {
      do {
        _ = try await again { try await board.connection.command(AnswerByToken(token: item.token)) }
      } catch BoardFailure.refused { continue }
      guard let people = people[item.pair] else { continue }
      if item.answer.form != nil { contacts += 1 }
      if [.needHelp, .recommended, .confirm, .newMentor, .wantToEnd, .end, .undo].contains(item.answer) {
        let name = item.party == .mentor ? people.mentor : people.adept
        say(day, DemoTexts.answered(name, WordTexts.answer(item.answer)))
      }
    }
    return !answers.isEmpty
  }

  /// What a board member does on a Sunday evening: sees to what can be seen to.
  private func boardEvening(on day: Day) async throws {
    let tasks = try await again { try await board.tasks() }
    for task in tasks where [.help, .disagree, .newMentor, .silent, .notStarted].contains(task.kind) {
      // Whoever is silent is called in the second week.
      guard [.help, .disagree, .newMentor].contains(task.kind) || task.isEscalated else { continue }
      do {
        _ = try await again {
          try await board.connection.command(CloseBoardTask(task: task.task), key: "\(task.task.rawValue)-closed")
        }
      } catch BoardFailure.refused {}
    }
    if !tasks.isEmpty { try await settle() }
  }

  // MARK: Telling

  private func say(_ day: Day, _ phrase: Phrase) {
    Console.say("\(day.text)  \(phrase[language])")
  }

  private func tellMonth(before day: Day) async throws {
    let pairs = try await again { try await board.mentorships() }
    let running = pairs.filter { $0.state != .completed && $0.state != .ended }.count
    let reminders = pairs.reduce(0) { $0 + $1.reminders.rawValue }
    let mails = try await again { try await board.connection.ask(GetMailReport()) }
    let kept = mails.tallies.elements.reduce(0) { $0 + $1.mails.rawValue }
    let completed = pairs.filter { $0.state == .completed }.count
    say(
      day.adding(days: -1),
      DemoTexts.month(running: running, completed: completed, contacts: contacts, reminders: reminders, mails: kept))
  }
}

extension Day {
  /// 1970-01-04 was the first Sunday of the days that machines count.
  fileprivate var isSunday: Bool { Day(1970, 1, 4)!.days(until: self) % 7 == 0 }
}

/// Another program from the same folder.
enum Program {
  static func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = Supervisor.programs.appendingPathComponent(name)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}

/// Standard output, line by line as it happens, whatever reads it.
enum Console {
  static func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}
