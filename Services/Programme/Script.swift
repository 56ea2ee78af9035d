import Contracts

/// What the people of the demonstration do, day by day: a pure function of the seed and the register.
struct Script: Sendable {
  enum Action: Sendable {
    case submit(pair: Int, mentor: MemberSummary, adept: MemberSummary, needsReason: Bool)
    case answer(pair: Int, party: Party, answer: AnswerMatch.Answer)
    case agree(pair: Int, topics: [Topic], everyWeeks: Int, form: ContactForm)
    case contact(pair: Int, form: ContactForm)
    case end(pair: Int, by: EndMentorship.EndedBy)
  }

  /// How a pair's story goes.
  enum Story: CaseIterable, Sendable {
    case inRhythm, fallsSilent, endsEarly, isDeclined, isNotAnswered
  }

  let starts: Day
  let ends: Day
  let actions: [Day: [Action]]

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
    for (index, adept) in adepts.enumerated() {
      guard let place = places.firstIndex(where: { $0.free > 0 && $0.mentor.years.rawValue > adept.years.rawValue })
      else { continue }
      let mentor = places[place].mentor
      let story = index < Story.allCases.count ? Story.allCases[index] : Script.story(&random)
      let submitted = starts.adding(days: 2 + index / 2)
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
        Script.year(pair, adept, story, from: max(first, second), &random, add)
      }
      // The next pair begins with another mentor; a place that is asked for is not offered twice.
      let used = places.remove(at: place)
      if used.free > 1 { places.append((used.mentor, used.free - 1)) }
      pair += 1
    }
    self.starts = starts
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
    _ pair: Int, _ adept: MemberSummary, _ story: Story, from start: Day, _ random: inout SeededGenerator,
    _ add: (Day, Action) -> Void
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
