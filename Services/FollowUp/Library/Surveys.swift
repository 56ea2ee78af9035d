import Contracts
import GRDB
import ServiceRuntime

/// The answers to the surveys: private, and told only as figures of several.
///
/// A mean is told of whole calendar years that are over, and of no other time: whoever could ask for one day more, or
/// one day later, would learn one person's answer from the difference of two means.
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

  /// Fewer answers than this could be told apart, and their mean is withheld.
  private static let fewest = 5

  /// A later answer replaces an earlier, and belongs to the day of the earlier.
  func keep(_ rating: Int, _ moment: SurveyMoment, by party: Party, of mentorship: MentorshipID, day: Day) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO survey (mentorship, moment, party, rating, day) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET rating = excluded.rating
        """
    ).execute(arguments: [mentorship.rawValue, moment.rawValue, party.rawValue, rating, day.text])
  }

  /// How many answers there are from one day to another, and their means to the half, where they are told.
  func figures(from: Day, to: Day, today: Day) throws -> [GetYearReport.Survey] {
    let areYears = (from.month, from.day, to.month, to.day) == (1, 1, 12, 31) && to < today
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT moment, count(*) AS answers, CAST(round(avg(rating) * 2) * 50 AS INTEGER) AS mean
        FROM survey WHERE day BETWEEN ? AND ? GROUP BY moment
        """, arguments: [from.text, to.text])
    return SurveyMoment.allCases.compactMap { moment in
      guard let row = rows.first(where: { $0["moment"] == moment.rawValue }) else { return nil }
      let answers: Int = row["answers"]
      let mean: Int = row["mean"]
      return GetYearReport.Survey(
        moment: moment, answers: Count(answers), mean: areYears && answers >= Self.fewest ? Count(mean) : nil)
    }
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
