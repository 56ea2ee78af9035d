import Messaging

/// What somebody can answer from a mail in one step.
public enum Answer: String, Codable, Sendable, CaseIterable {
  // To an invitation.
  case accept, decline
  // To a check-in.
  case metInPerson = "met-in-person"
  case metVideo = "met-video"
  case metPhone = "met-phone"
  case notYet = "not-yet"
  case needHelp = "need-help"
  case wantToEnd = "want-to-end"
  // On the agreement.
  /// Proposes what the association recommends: contact once a month and two meetings.
  case recommended
  case confirm
  /// Would rather talk it over.
  case discuss
  // On an ending.
  case end
  /// Ends it, and the other is told at once.
  case endNow = "end-now"
  case rest
  case goOn = "go-on"
  case undo
  case newMentor = "new-mentor"
  case noThanks = "no-thanks"
  // To a survey, from not at all to very.
  case rating1 = "rating-1"
  case rating2 = "rating-2"
  case rating3 = "rating-3"
  case rating4 = "rating-4"
  case rating5 = "rating-5"

  /// The form of the contact that it tells of.
  public var form: ContactForm? {
    switch self {
    case .metInPerson: .inPerson
    case .metVideo: .video
    case .metPhone: .phone
    default: nil
    }
  }
}

/// Whoever has it gives one answer of one person to one question: 26 random characters of Crockford's base 32, 130
/// bits, and then the question's number. It stands in the mail and in no log.
public struct AnswerToken: Constrained {
  public let rawValue: String
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  public static let constraint = Constraint.text(26...45, .token, example: "4k7q2x9d0m3n5p8r1s6t4v7w2y")
}

/// One of the answers that a mail offers.
public struct Choice: Codable, Sendable, Hashable {
  public var answer: Answer
  public var token: AnswerToken
  public init(answer: Answer, token: AnswerToken) {
    self.answer = answer
    self.token = token
  }
}

/// The subject of a mail that answers: whatever a mail program puts around it, the token is found again, and the
/// answer that stands before it, and a day.
public struct AnswerSubject: Sendable, Hashable {
  public var token: AnswerToken
  public var answer: Answer?
  /// The day of the contact, where whoever answers has written one.
  public var day: Day?

  public init(_ choice: Choice) {
    token = choice.token
    answer = choice.answer
  }

  /// Nil where no word of the text is a token, or more than one is.
  public init?(text: String) {
    let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")) }.map(String.init)
    let tokens = Set(words.filter { !$0.contains("-") }.compactMap(AnswerToken.init(rawValue:)))
    guard let token = tokens.first, tokens.count == 1, let place = words.firstIndex(of: token.rawValue) else {
      return nil
    }
    self.token = token
    // Other words of the subject may be answers too, by chance: where it stands beside the token it is one.
    answer = place > 0 ? Answer(rawValue: words[place - 1]) : nil
    day = words.lazy.compactMap(Day.init(text:)).first
  }

  public var text: String { "Handslag \(answer?.rawValue ?? "") \(token.rawValue)" }
}

/// Somebody answers from a mail; whoever carries the answer asks on their behalf.
public struct AnswerByToken: Command {
  public static let type = "followup.answer-by-token.v1"
  public static let summary = "Gives the answer that a token from a mail stands for. A repeat changes nothing."
  public var token: AnswerToken
  /// Must be the one that the token stands for, where it is given.
  public var answer: Answer?
  /// The day of the contact; the day of the answer where absent.
  public var day: Day?
  public init(token: AnswerToken, answer: Answer? = nil, day: Day? = nil) {
    self.token = token
    self.answer = answer
    self.day = day
  }
  public struct Reply: Contract {
    public static let type = "followup.answer-taken.v1"
    public static let summary = "What became of the answer."
    public enum Outcome: String, Codable, Sendable, CaseIterable {
      case taken
      /// It was given before, and holds.
      case already
      /// A mail asks to confirm it: nothing has changed yet.
      case toConfirm = "to-confirm"
    }
    public var mentorship: MentorshipID
    public var answer: Answer
    public var outcome: Outcome
    public init(mentorship: MentorshipID, answer: Answer, outcome: Outcome) {
      self.mentorship = mentorship
      self.answer = answer
      self.outcome = outcome
    }
  }
}
