import Contracts

/// What each pair does on which day, as it is made up.
struct Plot {
  let starts: Day
  private(set) var actions: [Day: [Script.Action]] = [:]
  private var random: SeededGenerator

  init(starts: Day, random: SeededGenerator) {
    self.starts = starts
    self.random = random
  }

  mutating func add(_ day: Day, _ action: Script.Action) { actions[day, default: []].append(action) }

  mutating func chance(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// What a pair does in its year beside answering mails.
  ///
  /// - Returns: the day of its end.
  mutating func year(_ pair: Int, _ couple: Script.Couple, _ story: Story, from start: Day) -> Day {
    let some = start.adding(days: chance(90...170))
    var ends = start.adding(months: 12)
    switch story {
    case .isDeclined, .isNotAnswered, .answersMails, .discusses, .asksForHelp, .disagrees, .restsByAdept, .thinksAgain:
      break
    case .meets: meet(pair, couple, from: start.adding(days: chance(4...20)))
    case .fallsSilent: fallSilent(pair, couple, from: start.adding(days: chance(4...20)))
    case .startsLate: meet(pair, couple, from: start.adding(days: 52))
    case .restsByMentor:
      meet(pair, couple, from: start.adding(days: 6))
      add(some, .pause(pair: pair, by: .mentor, until: some.adding(days: 40)))
    case .restsByBoard:
      meet(pair, couple, from: start.adding(days: 8))
      add(some, .pause(pair: pair, by: .board, until: some.adding(days: 25)))
    case .isSuspended:
      meet(pair, couple, from: start.adding(days: 10))
      add(some, .suspend(pair: pair))
      add(some.adding(days: 9), .resumeLonger(pair: pair))
    case .registersTender:
      meet(pair, couple, from: start.adding(days: 12))
      add(some, .tender(pair: pair))
    case .moves:
      meet(pair, couple, from: start.adding(days: 5))
      add(some, .move(pair: pair))
      add(some.adding(days: 6), .decide(pair: pair))
    case .endsEarly:
      ends = start.adding(days: chance(60...250))
      meet(pair, couple, from: start.adding(days: 7), until: ends)
      add(ends, .end(pair: pair, by: chance(0...1) == 0 ? .adept : .mentor))
    case .losesPlace:
      ends = start.adding(days: 24)
      meet(pair, couple, from: start.adding(days: 9), until: ends)
      add(ends, .end(pair: pair, by: .mentor))
    case .regretsLate:
      ends = start.adding(days: chance(100...140))
      meet(pair, couple, from: start.adding(days: 11), until: ends)
      add(ends, .end(pair: pair, by: .adept))
      add(ends.adding(days: 3), .undoTooLate(pair: pair))
    case .parts:
      ends = start.adding(days: chance(70...110))
      meet(pair, couple, from: start.adding(days: 7), until: ends)
      add(ends, .part(pair: pair))
      add(ends.adding(days: 10), .submitAgain(pair: pair))
    }
    return ends
  }

  /// They agree when they first meet, and meet on in that rhythm, a little early or late.
  private mutating func meet(_ pair: Int, _ couple: Script.Couple, from agreed: Day, until end: Day? = nil) {
    let weeks = agree(pair, couple, on: agreed)
    var day = agreed
    let end = end ?? starts.adding(months: 12)
    while true {
      day = day.adding(days: 7 * weeks + chance(-4...4))
      guard day < end else { return }
      contact(pair, on: day)
    }
  }

  /// They are silent twice at least: the first time they come back before the board has called.
  private mutating func fallSilent(_ pair: Int, _ couple: Script.Couple, from agreed: Day) {
    let weeks = agree(pair, couple, on: agreed)
    // A check-in after the weeks, half as many again for an answer, and a week for the board.
    var day = agreed.adding(days: 7 * weeks + 7 * weeks / 2 + 7)
    var isSilent = true
    while day < starts.adding(months: 12) {
      contact(pair, on: day)
      day = day.adding(days: 7 * weeks + (isSilent ? 60 : chance(-4...4)))
      isSilent = !isSilent && chance(0...2) == 0
    }
  }

  private mutating func agree(_ pair: Int, _ couple: Script.Couple, on day: Day) -> Int {
    let weeks = [3, 4, 4, 5, 6].randomElement(using: &random)!
    let topics = couple.adept.topics.elements
    add(day, .contact(pair: pair, form: .inPerson))
    add(
      day,
      .agree(
        pair: pair, topics: topics.isEmpty ? [.supervisorRole] : Array(topics.prefix(3)), everyWeeks: weeks,
        form: .video))
    return weeks
  }

  private mutating func contact(_ pair: Int, on day: Day) {
    let form = ContactForm.allCases.randomElement(using: &random)!
    if day.month != 7 { add(day, .contact(pair: pair, form: form)) }
  }
}
