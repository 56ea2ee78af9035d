import Contracts

/// What the people of the demonstration do, day by day: a pure function of the seed and the register.
struct Script: Sendable {
  /// Two whom the board brings together.
  struct Couple: Sendable {
    let mentor: MemberSummary
    let adept: MemberSummary

    /// Whether the mentor has been longer in the role.
    var isOfUse: Bool { mentor.years.rawValue > adept.years.rawValue }
    /// The board must say why.
    var areColleagues: Bool {
      mentor.organisationNumber != nil && mentor.organisationNumber == adept.organisationNumber
    }
  }

  enum Action: Sendable {
    case submit(pair: Int, Couple)
    case answer(pair: Int, party: Party, answer: AnswerMatch.Answer)
    case agree(pair: Int, topics: [Topic], everyWeeks: Int, form: ContactForm)
    case contact(pair: Int, form: ContactForm)
    case pause(pair: Int, by: EndMentorship.EndedBy, until: Day)
    case suspend(pair: Int)
    /// The board adds a month for the time that was lost.
    case resumeLonger(pair: Int)
    case end(pair: Int, by: EndMentorship.EndedBy)
    /// The adept ends it, the mentor is told at once, and they are never to be matched again.
    case part(pair: Int)
    case undoTooLate(pair: Int)
    case submitAgain(pair: Int)
    /// The adept begins to work where the mentor does, and the board decides whether the two can go on.
    case move(pair: Int)
    case decide(pair: Int)
    case tender(pair: Int)
    case crash(ServiceName)
  }

  let starts: Day
  let ends: Day
  let actions: [Day: [Action]]
  let stories: [Int: Story]
  /// Pairs that answer their invitations from the mail.
  let invitedByMail: Set<Int>
  let seed: UInt64

  init(seed: UInt64, members: [MemberSummary], starts: Day) {
    var random = SeededGenerator(seed: seed)
    // Ids are made anew in each run; e-mail addresses are not.
    let known = members.filter { $0.status == .active }.sorted { $0.email.rawValue < $1.email.rawValue }
    var places: [(mentor: MemberSummary, free: Int)] = known.filter(\.role.isMentor)
      .map { ($0, $0.capacity?.rawValue ?? 1) }.shuffled(using: &random)
    var couples: [Couple] = []
    for adept in known.filter({ $0.role == .adept }).shuffled(using: &random) {
      guard
        let place = places.firstIndex(where: { $0.free > 0 && Couple(mentor: $0.mentor, adept: adept).isOfUse })
      else { continue }
      // The next pair begins with another mentor; a place that is asked for is not offered twice.
      let used = places.remove(at: place)
      couples.append(Couple(mentor: used.mentor, adept: adept))
      if used.free > 1 { places.append((used.mentor, used.free - 1)) }
    }
    let cast = Story.cast(couples, &random)

    var plot = Plot(starts: starts, random: random)
    var stories: [Int: Story] = [:]
    var invitedByMail: Set<Int> = []
    /// A pair that comes about later in the year, and answers all its mails.
    func later(_ couple: Couple) -> Int {
      let pair = couples.count + invitedByMail.count
      stories[pair] = .answersMails
      invitedByMail.insert(pair)
      return pair
    }
    // All are asked within two weeks or so.
    let perDay = max(2, (couples.count + 13) / 14)
    for (pair, couple) in couples.enumerated() {
      let story = cast[pair]
      stories[pair] = story
      let submitted = starts.adding(days: 2 + pair / perDay)
      plot.add(submitted, .submit(pair: pair, couple))
      let first = submitted.adding(days: plot.chance(0...7))
      plot.add(first, .answer(pair: pair, party: .mentor, answer: story == .isDeclined ? .decline : .accept))
      guard story != .isDeclined, story != .isNotAnswered else { continue }
      let second = submitted.adding(days: plot.chance(1...12))
      plot.add(second, .answer(pair: pair, party: .adept, answer: .accept))
      let begins = max(first, second)
      let ends = plot.year(pair, couple, story, from: begins)
      if story == .losesPlace, let declined = cast.firstIndex(of: .isDeclined) {
        let free = Couple(mentor: couple.mentor, adept: couples[declined].adept)
        plot.add(ends, .submit(pair: later(free), free))
      }
      if story == .regretsLate,
        let place = places.firstIndex(where: { place in
          let next = Couple(mentor: place.mentor, adept: couple.adept)
          return place.mentor.id != couple.mentor.id && next.isOfUse && !next.areColleagues
        })
      {
        let next = Couple(mentor: places.remove(at: place).mentor, adept: couple.adept)
        plot.add(ends.adding(days: 9), .submit(pair: later(next), next))
      }
    }
    plot.add(starts.adding(months: 5), .crash(.followup))
    self.starts = starts
    self.seed = seed
    self.stories = stories
    self.invitedByMail = invitedByMail
    actions = plot.actions
    // Every mentorship has run its year by then, also one that began a month late and one that the board made longer.
    ends = starts.adding(months: 14).adding(days: 14)
    precondition(actions.keys.allSatisfy { $0 <= ends }, "an action is planned after the end")
  }
}

/// How a pair's year goes.
enum Story: Sendable {
  /// They meet in their own rhythm, and the board hears of it.
  case meets
  /// They make their agreement by mail, and what they answer there is all that is known of them.
  case answersMails
  case fallsSilent
  case endsEarly
  case isDeclined, isNotAnswered
  /// Nothing is heard of them for the first weeks.
  case startsLate
  /// The adept suggests what is recommended, and the mentor would rather talk it over.
  case discusses
  case asksForHelp, disagrees
  case restsByMentor, restsByAdept, restsByBoard
  case isSuspended
  /// The adept ends it from a mail, and undoes that from another.
  case thinksAgain
  /// The mentor ends it and wants to undo it, when the place has gone to somebody else.
  case losesPlace
  /// The adept ends it, wants to undo it too late, and goes on with a new mentor.
  case regretsLate
  /// The adept ends it, and never wants to be matched with the mentor again.
  case parts
  /// The adept comes to work where the mentor does.
  case moves
  case registersTender

  /// Everything is in mails; nobody tells the board anything else.
  var isByMail: Bool {
    switch self {
    case .answersMails, .discusses, .asksForHelp, .disagrees, .restsByAdept, .thinksAgain: true
    default: false
    }
  }

  /// The pair rests until a day, and nobody need do anything.
  var endsRestByItself: Bool {
    switch self {
    case .restsByMentor, .restsByAdept, .restsByBoard: true
    default: false
    }
  }

  /// What a year can bring, in the order in which the pairs get it: those that few pairs can come first.
  private static let parade: [Story] = [
    .isDeclined, .losesPlace, .moves, .regretsLate, .parts, .isSuspended, .fallsSilent, .startsLate, .discusses,
    .asksForHelp, .disagrees, .thinksAgain, .restsByAdept, .restsByMentor, .restsByBoard, .registersTender,
    .answersMails, .isNotAnswered,
  ]

  /// One pair for each thing that a year can bring; chance decides on the others.
  static func cast(_ couples: [Script.Couple], _ random: inout SeededGenerator) -> [Story] {
    var cast = [Story?](repeating: nil, count: couples.count)
    for part in parade {
      let declined = cast.firstIndex(of: .isDeclined).map { couples[$0].adept }
      let pair = couples.indices.first { cast[$0] == nil && part.suits(couples[$0], declined) }
      if let pair { cast[pair] = part }
    }
    return cast.map { $0 ?? [.meets, .meets, .answersMails, .fallsSilent, .endsEarly].randomElement(using: &random)! }
  }

  /// - Parameter declined: the adept who waits since a mentor has declined.
  private func suits(_ couple: Script.Couple, _ declined: MemberSummary?) -> Bool {
    switch self {
    case .losesPlace:
      guard let declined else { return false }
      let next = Script.Couple(mentor: couple.mentor, adept: declined)
      return (couple.mentor.capacity?.rawValue ?? 1) == 1 && next.isOfUse && !next.areColleagues
    case .moves: return couple.mentor.organisationNumber != nil && !couple.areColleagues
    default: return true
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
