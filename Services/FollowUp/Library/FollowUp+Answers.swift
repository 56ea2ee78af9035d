import Contracts
import ServiceRuntime
import Texts

extension FollowUp {
  typealias Outcome = AnswerByToken.Reply.Outcome

  /// Takes an answer from a mail, whoever carries it. It stands for one person's one answer to one question, so that
  /// the token says all that there is to know of who answers.
  static func answer(_ command: AnswerByToken, _ context: Context) throws -> AnswerByToken.Reply {
    let questions = Questions(db: context.db)
    guard let (number, question, answer) = try questions.find(command.token) else { throw AnswerRefusal.unknown }
    guard command.answer == nil || command.answer == answer else { throw AnswerRefusal.otherAnswer(answer) }
    func reply(_ outcome: Outcome) -> AnswerByToken.Reply {
      AnswerByToken.Reply(mentorship: question.mentorship, answer: answer, outcome: outcome)
    }
    let mentorship = try Mentorship.find(context.db, question.mentorship)
    if question.given == answer, try stands(answer, to: question, mentorship, context) { return reply(.already) }
    let until = mentorship.flatMap { lastDay(of: answer, to: question, $0) } ?? question.until
    guard context.today <= until else { throw AnswerRefusal.tooLate(until) }
    let outcome = try take(answer, to: question, mentorship, day: command.day, context)
    if question.kind != .survey { try questions.keep(answer, to: number) }
    return reply(outcome)
  }

  /// Whether an answer that was given still holds, so that a repeat of it has nothing to do.
  private static func stands(
    _ answer: Answer, to question: Question, _ mentorship: Mentorship?, _ context: Context
  ) throws -> Bool {
    guard let mentorship else { return true }
    return switch (question.kind, answer) {
    case (.checkIn, .needHelp): mentorship.course.help.contains(question.party)
    case (.checkIn, .wantToEnd):
      try Questions(db: context.db).isOpen(.ending, to: question.party, of: mentorship.id, today: context.today)
    case (.ending, .end), (.ending, .endNow): !mentorship.state.isRunning
    case (.ending, .rest): mentorship.course.hold != nil
    case (.newMentor, .newMentor): mentorship.course.wantsNewMentor
    default: true
    }
  }

  /// Either may ask for help, or end it, for as long as it runs, from whichever mail they have at hand. Nil where the
  /// question's own last day holds.
  private static func lastDay(of answer: Answer, to question: Question, _ mentorship: Mentorship) -> Day? {
    question.kind == .checkIn && (answer == .needHelp || answer == .wantToEnd) ? mentorship.year.ends : nil
  }

  private static func take(
    _ answer: Answer, to question: Question, _ mentorship: Mentorship?, day: Day?, _ context: Context
  ) throws -> Outcome {
    if question.kind == .invitation { return try answerInvitation(answer, question, context) }
    guard var mentorship else { throw AnswerRefusal.closed }
    let party = question.party
    switch (question.kind, answer) {
    case (.checkIn, _):
      return try answerCheckIn(answer, question, day: day, &mentorship, context)
    case (.welcome, .recommended):
      guard mentorship.agreed == nil, mentorship.state.isRunning else { throw AnswerRefusal.closed }
      try propose(.recommended, by: party, &mentorship, context)
    case (.agreement, _):
      guard let proposal = mentorship.course.proposal, "\(proposal.number)" == question.occasion,
        mentorship.state.isRunning
      else {
        throw AnswerRefusal.closed
      }
      if answer == .confirm {
        mentorship.state = try mentorship.state.agreeing(mentorship.id)
        try agree(proposal.agreement, &mentorship, context)
      } else {
        mentorship.course.proposal?.isDiscussed = true
        try History(db: context.db).add(.init(day: context.today, what: .discussed, party: party), to: mentorship.id)
        try saveAndPlan(mentorship, context)
      }
    case (.ending, .end), (.ending, .endNow):
      guard mentorship.state.isRunning else { throw AnswerRefusal.closed }
      try end(&mentorship, by: .init(party), tellNow: answer == .endNow, doNotMatchAgain: false, context)
    case (.ending, .rest):
      guard mentorship.state.isRunning else { throw AnswerRefusal.closed }
      let until = min(context.today.adding(months: 1), mentorship.year.ends.adding(days: -1))
      try pause(&mentorship, by: .init(party), until: until, context)
    case (.ending, _):
      break  // They go on, as they did.
    case (.undo, _):
      guard let ending = mentorship.course.ending, ending.by.party == party, ending.gone == nil,
        "\(mentorship.course.endings)" == question.occasion
      else {
        throw AnswerRefusal.closed
      }
      try undo(&mentorship, context)
    case (.newMentor, _):
      guard mentorship.state == .ended, try !Mentorship.isRunning(context.db, adept: mentorship.pair.adept) else {
        throw AnswerRefusal.closed
      }
      let isWanted = answer == .newMentor
      mentorship.course.wantsNewMentor = isWanted
      try context.emit(
        NewMentorAnswered(
          mentorship: mentorship.id, isWanted: isWanted,
          remainingMonths: mentorship.year.remaining(on: context.today)), key: mentorship.id.rawValue)
      try saveAndPlan(mentorship, context)
    case (.survey, _):
      guard let moment = SurveyMoment(rawValue: question.occasion), let rating = answer.rating else {
        throw AnswerRefusal.closed
      }
      // The history, which the board reads, has nothing of it: neither who has answered nor when.
      try Surveys(db: context.db).keep(rating, moment, by: party, of: mentorship.id, day: context.today)
    case (.invitation, _), (.welcome, _):
      throw AnswerRefusal.closed
    }
    return .taken
  }

  /// Matching decides what the answer makes of the match, and tells; here it is known whether anybody still asks.
  private static func answerInvitation(
    _ answer: Answer, _ question: Question, _ context: Context
  ) throws -> Outcome {
    let match = question.mentorship.match
    guard try Invitation.find(context.db, match) != nil else { throw AnswerRefusal.closed }
    try context.emit(
      InvitationAnswered(match: match, by: question.party, answer: answer == .accept ? .accept : .decline),
      key: match.rawValue)
    return .taken
  }

  private static func answerCheckIn(
    _ answer: Answer, _ question: Question, day: Day?, _ mentorship: inout Mentorship, _ context: Context
  ) throws -> Outcome {
    guard mentorship.state.isRunning else { throw AnswerRefusal.closed }
    let party = question.party
    let day = day ?? context.today
    guard day >= mentorship.year.starts, day <= context.today else { throw AnswerRefusal.impossibleDay(day) }
    let isLatest = mentorship.course.checkIn.map { "\($0.number)" == question.occasion } ?? false
    // What is told of an earlier time is still a contact, and help and the way out are always there. That they have not
    // talked is about now.
    guard isLatest || answer != .notYet else { throw AnswerRefusal.closed }
    if isLatest {
      mentorship.answer(answer, by: party)
      try keepContact(answer, by: party, on: day, of: &mentorship, context)
    } else if let form = answer.form {
      _ = try keep(contact: day, form, by: party, of: &mentorship, context)
    }
    mentorship.hear(answer, by: party)
    if answer.form == nil {
      let what: GetMentorship.Entry.What =
        switch answer {
        case .needHelp: .needHelp
        case .wantToEnd: .wantToEnd
        default: .notYet
        }
      try History(db: context.db).add(.init(day: context.today, what: what, party: party), to: mentorship.id)
    }
    if answer == .wantToEnd {
      mentorship.course.confirmations += 1
      let occasion = "\(mentorship.course.confirmations)"
      try context.tell(
        Telling(
          .endingToConfirm, occasion: occasion,
          asks: (.ending, occasion, [.end, .endNow, .rest, .goOn], context.today.adding(days: 14))),
        [party], of: mentorship.pair, mentorship.id)
    }
    try saveAndPlan(mentorship, context)
    return answer == .wantToEnd ? .toConfirm : .taken
  }

  /// The contact that the answers to the latest check-in tell of. The two tell of the same conversation, and need not
  /// remember the same day; whoever has told of it alone can put it right, or take it back.
  private static func keepContact(
    _ answer: Answer, by party: Party, on day: Day, of mentorship: inout Mentorship, _ context: Context
  ) throws {
    guard var checkIn = mentorship.course.checkIn, answer.form != nil || answer == .notYet else { return }
    if let contact = checkIn.contact {
      let otherToo = checkIn[party.other] == .met
      if answer == .notYet, otherToo {
        checkIn.toldBy = checkIn.toldBy.map { _ in party.other }
      } else if checkIn.toldBy == party, let form = checkIn.form {
        try takeBack(contact: contact, form, of: &mentorship, context)
        checkIn.contact = nil
      } else if answer == .notYet {
        checkIn.contact = nil
      }
      if checkIn.contact == nil { (checkIn.form, checkIn.toldBy) = (nil, nil) }
    }
    if let form = answer.form, checkIn.contact == nil {
      let isNew = try keep(contact: day, form, by: party, of: &mentorship, context)
      (checkIn.contact, checkIn.form, checkIn.toldBy) = (day, form, isNew ? party : nil)
    }
    mentorship.course.checkIn = checkIn
  }
}

extension Mentorship {
  /// One party's answer to the latest check-in; a later one replaces an earlier.
  mutating func answer(_ answer: Answer, by party: Party) {
    let given: CheckIn.Given =
      switch answer {
      case .needHelp: .needHelp
      case .wantToEnd: .wantToEnd
      case .notYet: .notYet
      default: .met
      }
    course.checkIn?[party] = given
    course.checkIn?.isSettled = false
    if given == .met { course.misses = 0 }
    if course.misses < 2 { course.checkIn?.isQuiet = false }
    // Both have been heard of since they differed.
    if let checkIn = course.checkIn, checkIn.mentor != nil, checkIn.adept != nil { course.hasDisagreed = nil }
  }

  /// One of the two is heard of. Whoever asks for help does so until they are heard to be better off; that they want to
  /// end it is not that.
  mutating func hear(_ answer: Answer, by party: Party) {
    // Whoever answers is not silent, unless that is all that they have answered for long.
    if course.misses < 2 { course.silentSince = nil }
    switch answer {
    case .needHelp: course.help.insert(party)
    case .wantToEnd: break
    default: course.help.remove(party)
    }
  }
}

extension Answer {
  /// From 1 to 5; nil for what answers no survey.
  var rating: Int? {
    switch self {
    case .rating1: 1
    case .rating2: 2
    case .rating3: 3
    case .rating4: 4
    case .rating5: 5
    default: nil
    }
  }
}
