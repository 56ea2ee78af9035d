import Contracts

/// What the people of the demonstration do, day by day: a pure function of the seed and the register.
struct Script: Sendable {
  enum Action: Sendable {
    case submit(pair: Int, mentor: MemberSummary, adept: MemberSummary, needsReason: Bool)
    case answer(pair: Int, party: Party, answer: AnswerMatch.Answer)
    case agree(pair: Int, topics: [Topic], everyWeeks: Int, form: ContactForm)
    case contact(pair: Int, form: ContactForm)
    case end(pair: Int, by: EndMentorship.EndedBy)
    case pause(pair: Int, by: Party, until: Day)
    case suspend(pair: Int)
    case resume(pair: Int)
    case undo(pair: Int)
    /// The adept begins to work where the mentor does, and the board decides whether the two can go on.
    case move(pair: Int, adept: MemberSummary, to: OrganisationNumber)
    case decide(pair: Int)
    case tender(pair: Int, adept: MemberSummary)
  }

  /// How a pair's story goes.
  enum Story: CaseIterable, Sendable {
    case inRhythm, fallsSilent, endsEarly, isDeclined, isNotAnswered
  }

  let starts: Day
  let ends: Day
  let actions: [Day: [Action]]
  private let stories: [Int: Story]
  private let seed: UInt64

  /// What somebody answers to a mail that asks, without thinking long: nil where they leave it.
  ///
  /// - Parameter about: tells the mail from others to the same person.
  func answer(to choices: Set<Answer>, pair: Int, party: Party, about: String) -> Answer? {
    guard let story = stories[pair] else { return nil }
    // The same for the same mail, whatever else has happened.
    let mixed = about.utf8.reduce(seed &+ UInt64(pair) << 8) { ($0 &* 31) &+ UInt64($1) }
    var random = SeededGenerator(seed: mixed)
    let chance = Int.random(in: 0..<12, using: &random)
    if choices.contains(.rating1) {
      return chance < 2 ? nil : [.rating3, .rating4, .rating4, .rating5, .rating5].randomElement(using: &random)
    }
    if choices.contains(.recommended) { return pair % 3 == 1 && party == .adept ? .recommended : nil }
    if choices.contains(.discuss) { return .confirm }
    // One adept ends it from a mail, and thinks again from another.
    let thinksAgain = story == .inRhythm && pair % 5 == 4 && party == .adept
    if choices.contains(.goOn) { return thinksAgain ? .end : .goOn }
    if choices.contains(.undo) { return thinksAgain ? .undo : nil }
    if choices.contains(.notYet), thinksAgain, about.hasPrefix("check-in-2-") { return .wantToEnd }
    if choices.contains(.newMentor) { return chance < 8 ? .newMentor : .noThanks }
    guard choices.contains(.notYet), story == .inRhythm else { return nil }
    switch chance {
    case 0..<5: return .metVideo
    case 5: return .metInPerson
    case 6, 7: return .notYet
    case 8: return party == .adept && pair % 4 == 0 ? .needHelp : .notYet
    default: return nil
    }
  }

  init(seed: UInt64, members: [MemberSummary], starts: Day) {
    var random = SeededGenerator(seed: seed)
    // Ids are made anew in each run; e-mail addresses are not.
    let known = members.filter { $0.status == .active }.sorted { $0.email.rawValue < $1.email.rawValue }
    var actions: [Day: [Action]] = [:]
    var last = starts
    func add(_ day: Day, _ action: Action) {
      actions[day, default: []].append(action)
      last = max(last, day)
    }

    var places: [(mentor: MemberSummary, free: Int)] = known.filter(\.role.isMentor)
      .map { ($0, $0.capacity?.rawValue ?? 1) }.shuffled(using: &random)
    let adepts = known.filter { $0.role == .adept }.shuffled(using: &random)
    var pair = 0
    var stories: [Int: Story] = [:]
    // All are asked within two weeks or so.
    let perDay = max(2, (adepts.count + 13) / 14)
    for (index, adept) in adepts.enumerated() {
      guard let place = places.firstIndex(where: { $0.free > 0 && $0.mentor.years.rawValue > adept.years.rawValue })
      else { continue }
      let mentor = places[place].mentor
      let story = index < Story.allCases.count ? Story.allCases[index] : Script.story(&random)
      stories[pair] = story
      let submitted = starts.adding(days: 2 + index / perDay)
      let isSame = mentor.organisationNumber != nil && mentor.organisationNumber == adept.organisationNumber
      add(submitted, .submit(pair: pair, mentor: mentor, adept: adept, needsReason: isSame))
      let first = submitted.adding(days: Int.random(in: 0...7, using: &random))
      let second = submitted.adding(days: Int.random(in: 1...12, using: &random))
      switch story {
      case .isDeclined:
        add(first, .answer(pair: pair, party: .mentor, answer: .decline))
      case .isNotAnswered:
        add(first, .answer(pair: pair, party: .mentor, answer: .accept))
      case .inRhythm, .fallsSilent, .endsEarly:
        add(first, .answer(pair: pair, party: .mentor, answer: .accept))
        add(second, .answer(pair: pair, party: .adept, answer: .accept))
        Script.year(pair, mentor, adept, story, from: max(first, second), &random, add)
      }
      // The next pair begins with another mentor; a place that is asked for is not offered twice.
      let used = places.remove(at: place)
      if used.free > 1 { places.append((used.mentor, used.free - 1)) }
      pair += 1
    }
    self.starts = starts
    self.stories = stories
    self.seed = seed
    // Every mentorship has run its year by then.
    ends = starts.adding(months: 13).adding(days: 14)
    self.actions = actions
    precondition(last <= ends, "an action is planned after the end")
  }

  private static func story(_ random: inout SeededGenerator) -> Story {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<5: .inRhythm
    case 5..<8: .fallsSilent
    default: .endsEarly
    }
  }

  private static func year(
    _ pair: Int, _ mentor: MemberSummary, _ adept: MemberSummary, _ story: Story, from start: Day,
    _ random: inout SeededGenerator, _ add: (Day, Action) -> Void
  ) {
    let end = start.adding(months: 12)
    let everyWeeks = [3, 4, 4, 5, 6].randomElement(using: &random)!
    let agreed = start.adding(days: Int.random(in: 4...20, using: &random))
    let topics = adept.topics.elements.isEmpty ? [.supervisorRole] : Array(adept.topics.elements.prefix(3))
    let stops =
      story == .endsEarly ? start.adding(days: Int.random(in: 60...250, using: &random)) : end
    add(agreed, .contact(pair: pair, form: .inPerson))
    add(agreed, .agree(pair: pair, topics: topics, everyWeeks: everyWeeks, form: .video))
    var day = agreed
    var isSilent = false
    while true {
      // Who falls silent does so for a spell, and comes back.
      isSilent = story == .fallsSilent && !isSilent && Int.random(in: 0..<3, using: &random) == 0
      let wait = everyWeeks * 7 + (isSilent ? 60 : Int.random(in: -4...4, using: &random))
      day = day.adding(days: wait)
      guard day < stops else { break }
      let form = ContactForm.allCases.randomElement(using: &random)!
      if day.month != 7 { add(day, .contact(pair: pair, form: form)) }
    }
    if story == .endsEarly {
      add(stops, .end(pair: pair, by: Bool.random(using: &random) ? .adept : .mentor))
    }
    // Of those in rhythm, one rests for a while, one is suspended for some days, one ends it and thinks again, and one
    // comes to work where the mentor does.
    guard story == .inRhythm else { return }
    let some = start.adding(days: Int.random(in: 90...200, using: &random))
    switch pair % 5 {
    case 0:
      guard let organisation = mentor.organisationNumber, organisation != adept.organisationNumber else { return }
      add(some, .move(pair: pair, adept: adept, to: organisation))
      add(some.adding(days: 6), .decide(pair: pair))
    case 1:
      add(some, .pause(pair: pair, by: .mentor, until: some.adding(days: 40)))
      add(some.adding(days: 50), .tender(pair: pair, adept: adept))
    case 2:
      add(some, .suspend(pair: pair))
      add(some.adding(days: 9), .resume(pair: pair))
    case 3:
      add(some, .end(pair: pair, by: .adept))
      add(some, .undo(pair: pair))
    default: break
    }
  }
}

/// The same numbers for the same seed on every machine (Steele, Lea, Flood: "Fast Splittable Pseudorandom
/// Number Generators", 2014).
struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
