import BoardClient
import Contracts
import Foundation
import Texts

extension Demonstration {
  typealias Letter = Correspondence.Letter

  // MARK: Mails

  /// What came is read and answered, until nothing comes of it any more.
  mutating func readMails(on day: Day) async throws {
    while true {
      let (arrived, toBoard) = try correspondence.arrived()
      chronicle.note(toBoard)
      var pairs: [MatchID: Int] = [:]
      for (pair, match) in matches { pairs[match] = pair }
      // Ids are made anew in each run, so the order of the mails is another; that of the pairs is not.
      let letters = arrived.compactMap { letter in pairs[letter.match].map { (pair: $0, letter: letter) } }
        .sorted {
          ($0.pair, $0.letter.about, $0.letter.party.rawValue) < ($1.pair, $1.letter.about, $1.letter.party.rawValue)
        }
      // Both are told; it is told once.
      func couples(_ kind: TellMember.Kind) -> [Script.Couple] {
        letters.compactMap { $0.letter.kind == kind && $0.letter.party == .adept ? self.couples[$0.pair] : nil }
      }
      let (begun, completed) = (couples(.welcome), couples(.completed))
      if !begun.isEmpty { say(day, DemoTexts.begin(begun.map(\.names))) }
      for (pair, letter) in letters {
        chronicle.note(letter, on: day)
        tell(letter, of: pair, on: day)
      }
      if !completed.isEmpty { say(day, DemoTexts.complete(completed.map(\.names))) }
      guard stage.answersMails, try await answer(letters, on: day) else { return }
      try await settle()
    }
  }

  /// What a mail tells of, as far as that is no more than one of many.
  private mutating func tell(_ letter: Letter, of pair: Int, on day: Day) {
    guard let couple = couples[pair] else { return }
    let (mentor, adept) = (couple.name(.mentor), couple.name(.adept))
    let reader = couple.name(letter.party)
    switch letter.kind {
    case .matchClosed where letter.party == .adept && script.stories[pair] == .isNotAnswered:
      say(day, DemoTexts.matchClosed(mentor, adept))
    case .completed where !letter.hasCertificate: say(day, DemoTexts.noCertificate(reader))
    case .endingUndone where letter.party == .adept: say(day, DemoTexts.undone(mentor, adept))
    case .resumed where letter.party == .adept && script.stories[pair]?.endsRestByItself == true:
      say(day, DemoTexts.resumedByItself(mentor, adept))
    case .suspended where letter.party == .adept && script.stories[pair] == .moves:
      say(day, DemoTexts.movedAndWaits(mentor, adept))
    case .tenderNotice: say(day, DemoTexts.tenderReminded(reader, couple.name(letter.party.other)))
    case .placeTaken: say(day, DemoTexts.placeTaken(reader, couple.name(letter.party.other)))
    case .ended:
      if let first = endings[pair], first < day { say(day, DemoTexts.otherIsTold(reader)) } else { endings[pair] = day }
    default: break
    }
    // How it looks in a calendar, for the first of each.
    for date in letter.dates {
      guard let on = date.day, date.isCancelled || date.place != nil,
        told.insert(date.isCancelled ? "cancelled" : "meeting").inserted
      else { continue }
      say(
        day,
        date.isCancelled
          ? DemoTexts.cancelledDate(reader, date.summary, on)
          : DemoTexts.date(reader, date.summary, on, date.place ?? ""))
    }
  }

  /// People follow the links in their mails.
  ///
  /// - Returns: whether anybody did.
  private mutating func answer(_ letters: [(pair: Int, letter: Letter)], on day: Day) async throws -> Bool {
    var replies: [(pair: Int, letter: Letter, choice: Choice)] = []
    for (pair, letter) in letters where !letter.choices.isEmpty {
      guard
        let answer = script.answer(
          to: Set(letter.choices.keys), pair: pair, party: letter.party, about: letter.about),
        let token = letter.choices[answer]
      else { continue }
      replies.append((pair, letter, Choice(answer: answer, token: token)))
    }
    // The first who say that they have met send mails, and the board carries them; later the links lead straight here.
    if replies.contains(where: { $0.choice.answer.form != nil }), told.insert("maildir").inserted {
      try carry(replies.map(\.choice))
    }
    for (pair, letter, choice) in replies {
      do {
        _ = try await again { try await board.connection.command(AnswerByToken(token: choice.token)) }
      } catch BoardFailure.refused { continue }
      chronicle.note(choice.answer, to: letter)
      guard let couple = couples[pair], choice.answer.isTold else { continue }
      say(day, DemoTexts.answered(couple.name(letter.party), WordTexts.answer(choice.answer)))
    }
    return !replies.isEmpty
  }

  /// The answers as mails in a Maildir, from which the board carries them to the service that asked.
  private func carry(_ choices: [Choice]) throws {
    let folder = stage.state + "/replies"
    try FileManager.default.createDirectory(atPath: folder + "/new", withIntermediateDirectories: true)
    for (number, choice) in choices.enumerated() {
      let mail = "Subject: Re: \(AnswerSubject(choice).text)\r\n\r\n"
      try Data(mail.utf8).write(to: URL(fileURLWithPath: "\(folder)/new/\(number)"))
    }
    try show(["answer", "--maildir", folder])
  }

  // MARK: The board

  /// What a board member does on a Sunday evening: sees to what can be seen to.
  mutating func boardEvening(on day: Day) async throws {
    let open = try await again { try await board.tasks() }
    if open.count > 1, told.insert("tasks").inserted { try show(["task", "list"]) }
    var pairs: [MentorshipID: Int] = [:]
    for (pair, match) in matches { pairs[MentorshipID(of: match)] = pair }
    let tasks = open.compactMap { task in task.mentorship.flatMap { pairs[$0] }.map { (pair: $0, task: task) } }
    // What it saw last time, and has not closed itself, has closed because its reason was gone.
    let gone = waiting.filter { id, _ in !open.contains { $0.task == id } }
    for what in gone.values.sorted(by: { $0.sv < $1.sv }) {
      chronicle.settledThemselves += 1
      if told.insert("by itself").inserted { say(day, DemoTexts.settledItself(what)) }
    }
    waiting = [:]
    // In the same order in each run, though ids are not the same.
    for (pair, task) in tasks.sorted(by: { ($0.pair, $0.task.kind.rawValue) < ($1.pair, $1.task.kind.rawValue) }) {
      guard let couple = couples[pair] else { continue }
      let about = task.about == couple.mentor.id ? Party.mentor : .adept
      let what = BoardTaskTexts.what(task.kind, couple.name(about), couple.name(about.other))
      let isOfSilence = [.silent, .notStarted].contains(task.kind)
      // Whoever is silent is called in the second week.
      if isOfSilence && !task.isEscalated { waiting[task.task] = what }
      guard isOfSilence && task.isEscalated || [.help, .disagree, .newMentor, .agreement].contains(task.kind) else {
        continue
      }
      do { try await see(to: task) } catch BoardFailure.refused { continue }
      // What there is to do is said at the first of a kind.
      let isFirst = told.insert("\(task.kind.rawValue)").inserted
      // A new mentor comes with the next plan: nothing but the task is done with.
      say(
        day,
        DemoTexts.seenTo(what, isFirst ? BoardTaskTexts.toDo(task.kind) : nil, isDone: task.kind != .newMentor))
    }
    if !open.isEmpty { try await settle() }
    try await readMails(on: day)
  }

  private func see(to task: ListBoardTasks.Item) async throws {
    let key = "\(task.task.rawValue)-closed"
    if task.kind == .agreement, let mentorship = task.mentorship {
      _ = try await again {
        try await board.connection.command(
          RecordAgreement(
            mentorship: mentorship, topics: Bounded([.supervisorRole, .network]), direction: nil,
            everyWeeks: CadenceWeeks(unchecked: 6), form: .phone), key: key)
      }
    } else {
      _ = try await again { try await board.connection.command(CloseBoardTask(task: task.task), key: key) }
    }
  }
}

extension Answer {
  /// It changes something about the mentorship, and is a line of its own.
  fileprivate var isTold: Bool {
    switch self {
    case .recommended, .confirm, .discuss, .needHelp, .wantToEnd, .end, .rest, .undo, .newMentor, .noThanks:
      true
    default: false
    }
  }
}
