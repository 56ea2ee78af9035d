import ArgumentParser
import BoardClient
import Contracts
import Foundation
import Messaging
import Texts

/// A whole programme year on a virtual calendar, through the real services and the board client.
struct Demonstration {
  /// Where and how it runs.
  struct Stage {
    let board: Board
    let language: Language
    /// The folder of everything that is kept.
    let state: String
    /// How the `board` program is called.
    let boardArguments: [String]
    let answersMails: Bool
    /// Called before each step, for whoever follows the demonstration from outside.
    let step: (Day) -> Void
    /// Ends a service in the midst of what it does; false where it did not run.
    let crash: (ServiceName) async -> Bool
    /// How often a service has been started again.
    let restarts: () async -> Int
  }

  let stage: Stage
  let script: Script
  var matches: [Int: MatchID] = [:]
  var couples: [Int: Script.Couple] = [:]
  var correspondence: Correspondence
  var chronicle = Chronicle()
  /// What has been told once and need not be told again.
  var told: Set<String> = []
  /// Of silent pairs that the board has seen and not called yet, in words.
  var waiting: [BoardTaskID: Phrase] = [:]
  /// The day on which the first of a pair was told that it has ended.
  var endings: [Int: Day] = [:]
  /// What happened on these days has been told before, by an earlier run.
  private var isPast = false

  var board: Board { stage.board }

  init(_ stage: Stage, _ script: Script) {
    self.stage = stage
    self.script = script
    correspondence = Correspondence(maildir: stage.state + "/notification/mail")
  }

  /// Runs the year, or a part of it, and gives the report at its end.
  ///
  /// What has been done before, in an earlier run on the same stores, is answered as it was then and not done again.
  ///
  /// - Parameter until: the last day; nil for all.
  mutating func run(until: Day? = nil) async throws -> ProgrammeReport? {
    var day = script.starts
    let behind = try await again { try await board.status() }.compactMap(\.status?.calendar).min()
    let last = min(until ?? script.ends, script.ends)
    while day <= last {
      stage.step(day)
      isPast = behind.map { day.at(hour: 6) < $0 } ?? false
      if !isPast { try await advance(to: day) }
      let actions = script.actions[day] ?? []
      var submitted: [Script.Couple] = []
      for (index, action) in actions.enumerated() {
        if case .submit(_, let couple) = action { submitted.append(couple) }
        try await perform(action, on: day, key: "demo-\(script.seed)-\(day.text)-\(index)")
      }
      if !submitted.isEmpty { say(day, DemoTexts.submitted(submitted.map { ($0.name(.mentor), $0.name(.adept)) })) }
      if !actions.isEmpty && !isPast { try await settle() }
      try await readMails(on: day)
      if stage.answersMails && !isPast && day.isSunday { try await boardEvening(on: day) }
      let next = day.adding(days: 1)
      if isPast {
        chronicle = Chronicle()
        chronicle.isWhole = next.month != day.month
      } else if next.month != day.month || day == last {
        try await tellMonth(on: day)
      }
      day = next
    }
    guard last == script.ends else { return nil }
    // What the year comes to is told each time.
    isPast = false
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
          AdvanceCalendar(to: moment), of: service, key: "demo-\(script.seed)-calendar-\(day.text)")
      }
    }
    try await settle()
  }

  /// Waits until no service owes or has anything to do, seen twice with nothing changed in between.
  func settle() async throws {
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
  func again<T>(_ body: () async throws -> T) async throws -> T {
    for _ in 0..<20 {
      do { return try await body() } catch BoardFailure.outOfReach {} catch BoardFailure.unknown {}
    }
    return try await body()
  }

  // MARK: Actions

  private mutating func perform(_ action: Script.Action, on day: Day, key: String) async throws {
    switch action {
    case .submit(let pair, let couple): try submit(pair, couple, key: key)
    case .answer(let pair, let party, let answer):
      guard let match = matches[pair], let couple = couples[pair] else { return }
      _ = try await again {
        try await board.connection.command(AnswerMatch(match: match, party: party, answer: answer), key: key)
      }
      if answer == .decline { say(day, DemoTexts.declined(couple.name(party), couple.name(party.other))) }
    case .agree(let pair, let topics, let everyWeeks, let form):
      let agreed: (String, String) -> Phrase = {
        DemoTexts.agreed($0, $1, topics.map(WordTexts.topic), everyWeeks)
      }
      try await change(pair, key, day, agreed) {
        RecordAgreement(
          mentorship: $0, topics: Bounded(topics), direction: nil, everyWeeks: CadenceWeeks(unchecked: everyWeeks),
          form: form)
      }
    case .contact(let pair, let form):
      try await change(pair, key, day, nil) { RecordContact(mentorship: $0, day: day, form: form) }
    case .end(let pair, let by):
      let name: (String, String) -> Phrase = { DemoTexts.ends(by == .mentor ? $0 : $1, by == .mentor ? $1 : $0) }
      try await change(pair, key, day, name) { EndMentorship(mentorship: $0, by: by) }
      // The place is free for whoever comes next on the same day.
      if !isPast { try await settle() }
    case .part(let pair):
      try await change(pair, key, day, DemoTexts.parts) {
        EndMentorship(
          mentorship: $0, by: .adept, reason: Note(unchecked: DemoTexts.privateReason[stage.language]), tellNow: true,
          doNotMatchAgain: true)
      }
    case .undoTooLate(let pair):
      try await change(pair, key, day, nil, refused: DemoTexts.undoRefused) { UndoEnding(mentorship: $0) }
    case .submitAgain(let pair):
      guard let couple = couples[pair] else { return }
      try await change(pair, key, day, nil, refused: DemoTexts.submitRefused) { _ in
        SubmitMatch(mentor: couple.mentor.id, adept: couple.adept.id)
      }
    case .pause(let pair, let by, let until):
      let paused: (String, String) -> Phrase = {
        by == .board ? DemoTexts.pausedByBoard($0, $1, until) : DemoTexts.pausedByMentor($0, $1, until)
      }
      try await change(pair, key, day, paused) {
        PauseMentorship(mentorship: $0, by: by, until: until)
      }
    case .suspend(let pair):
      try await change(pair, key, day, DemoTexts.suspended) { SuspendMentorship(mentorship: $0) }
    case .resumeLonger(let pair):
      try await change(pair, key, day, DemoTexts.resumedLonger) {
        ResumeMentorship(mentorship: $0, extendBy: Months(unchecked: 1))
      }
    case .move(let pair):
      guard let couple = couples[pair], let organisation = couple.mentor.organisationNumber else { return }
      try await change(pair, key, day, DemoTexts.moved) { _ in
        var row = ImportRow(line: Number(unchecked: 1))
        row.organisationNumber = Cell(rawValue: organisation.rawValue)
        return ChangeMember(member: couple.adept.id, row: row)
      }
    case .decide(let pair):
      try await change(pair, key, day, DemoTexts.decided) {
        DecideMatch(match: $0.match, reason: Note(unchecked: DemoTexts.sameOrganisationReason[stage.language]))
      }
    case .tender(let pair):
      guard let couple = couples[pair] else { return }
      try await change(pair, key, day, DemoTexts.tender) { _ in
        var row = ImportRow(line: Number(unchecked: 1))
        row.tenders = Cell(rawValue: "2027-17")
        return ChangeMember(member: couple.adept.id, row: row)
      }
    case .crash(let service):
      guard !isPast else { return }
      let before = await stage.restarts()
      guard await stage.crash(service) else { return }
      try await settle()
      guard await stage.restarts() > before else {
        throw BoardFailure.unusable(DemoTexts.notStartedAgain(service.rawValue)[stage.language])
      }
      say(day, DemoTexts.crashed)
    }
  }

  private mutating func submit(_ pair: Int, _ couple: Script.Couple, key: String) throws {
    couples[pair] = couple
    var arguments = [
      "match", "submit", "--mentor", couple.mentor.email.rawValue, "--adept", couple.adept.email.rawValue, "--key", key,
      "--json",
    ]
    if couple.areColleagues { arguments += ["--reason", DemoTexts.sameOrganisationReason[stage.language]] }
    let output = try callBoard(arguments)
    matches[pair] = try JSONDecoder().decode(SubmitMatch.Reply.self, from: output).match
  }

  /// A command about a pair. What the year has made impossible is left undone, and told where it is the point.
  private func change<C: Command>(
    _ pair: Int, _ key: String, _ day: Day, _ done: ((String, String) -> Phrase)?,
    refused: ((String, String, String) -> Phrase)? = nil, _ command: (MentorshipID) -> C
  ) async throws {
    guard let match = matches[pair], let couple = couples[pair] else { return }
    let command = command(MentorshipID(of: match))
    let (mentor, adept) = (couple.name(.mentor), couple.name(.adept))
    do {
      _ = try await again { try await board.connection.command(command, key: key) }
      if let done { say(day, done(mentor, adept)) }
    } catch BoardFailure.refused(let problem) {
      if let refused { say(day, refused(mentor, adept, problem.title)) }
    }
  }

  func callBoard(_ arguments: [String]) throws -> Data { try Program.board(arguments + stage.boardArguments) }

  // MARK: Telling

  func say(_ day: Day, _ phrase: Phrase) {
    if !isPast { Console.say("\(day.text)  \(phrase[stage.language])") }
  }

  /// A command of the board's, as somebody on it would type it, and what it prints.
  func show(_ arguments: [String]) throws {
    guard !isPast else { return }
    Console.say("$ board " + arguments.joined(separator: " "))
    let output = try callBoard(arguments)
    Console.say(String(decoding: output, as: UTF8.self))
  }

  private mutating func tellMonth(on day: Day) async throws {
    let pairs = try await again { try await board.mentorships() }
    let mails = try await again { try await board.connection.ask(GetMailReport()) }
    let health = Dictionary(grouping: pairs.compactMap(\.health), by: \.self).mapValues(\.count)
    let standing = PairHealth.allCases.filter { $0 != .over }
      .compactMap { kind in health[kind].map { (HealthTexts.word(kind), $0) } }
    say(
      day,
      DemoTexts.month(
        running: pairs.count { $0.state != .completed && $0.state != .ended }, standing,
        completed: pairs.count { $0.state == .completed }, contacts: pairs.reduce(0) { $0 + $1.contacts.rawValue },
        mails: mails.tallies.elements.reduce(0) { $0 + $1.mails.rawValue }))
    for line in chronicle.lines(until: day) { Console.say("            \(line[stage.language])") }
    chronicle = Chronicle()
  }
}

extension Script.Couple {
  var names: Phrase { DemoTexts.pair(name(.mentor), name(.adept)) }

  func name(_ party: Party) -> String { (party == .mentor ? mentor : adept).name.rawValue }
}

extension Party {
  var other: Party { self == .mentor ? .adept : .mentor }
}

extension Day {
  /// 1970-01-04 was the first Sunday of the days that machines count.
  fileprivate var isSunday: Bool { Day(1970, 1, 4)!.days(until: self) % 7 == 0 }
}

/// Another program from the same folder.
enum Program {
  /// Runs the `board` program, again while a service is out of reach; keys make repeats harmless.
  ///
  /// - Throws: its exit status where it fails; it has said itself why.
  static func board(_ arguments: [String]) throws -> Data {
    var status: Int32 = 3
    for _ in 0..<20 where status == 3 {
      let done = try run("board", arguments)
      if done.status == 0 { return done.output }
      status = done.status
    }
    throw ExitCode(status)
  }

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
