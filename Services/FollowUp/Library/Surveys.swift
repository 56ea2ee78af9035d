import Contracts
import GRDB
import ServiceRuntime

/// The answers to the surveys: private, and told only as figures of several.
struct Surveys {
  let db: Database

  static let schema = """
    CREATE TABLE survey (
      mentorship TEXT NOT NULL,
      moment TEXT NOT NULL,
      party TEXT NOT NULL,
      rating INTEGER NOT NULL,
      day TEXT NOT NULL,
      PRIMARY KEY (mentorship, moment, party)
    ) STRICT, WITHOUT ROWID;
    """

  static let answers: [Answer] = [.rating1, .rating2, .rating3, .rating4, .rating5]

  /// A later answer replaces an earlier.
  func keep(_ rating: Int, _ moment: SurveyMoment, by party: Party, of mentorship: MentorshipID, day: Day) throws {
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO survey VALUES (?, ?, ?, ?, ?)")
      .execute(arguments: [mentorship.rawValue, moment.rawValue, party.rawValue, rating, day.text])
  }
}

extension FollowUp {
  static func ask(_ moment: SurveyMoment, _ mentorship: Mentorship, _ context: Context) throws {
    // Who has never talked has nothing to say of it.
    guard mentorship.isInTouch else { return }
    var telling = Telling(
      .survey, occasion: moment.rawValue,
      asks: (.survey, moment.rawValue, Surveys.answers, context.today.adding(months: 2)))
    telling.survey = moment
    try context.tell(telling, of: mentorship.pair, mentorship.id)
  }
}
