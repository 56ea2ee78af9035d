import Contracts
import Foundation
import GRDB
import ServiceRuntime
import Store

/// A question that stands in a mail, to one person, open until the end of a day.
struct Question: Sendable, Hashable {
  enum Kind: String, Sendable {
    case invitation
    case checkIn = "check-in"
    /// Whether to propose what is recommended.
    case welcome
    case agreement
    case ending
    case undo
    case newMentor = "new-mentor"
    case survey
  }

  var mentorship: MentorshipID
  var party: Party
  var kind: Kind
  /// Tells a question that is asked again apart: the number of the check-in, say.
  var occasion: String
  var until: Day
  /// The answer that was given last.
  var given: Answer?
}

/// The questions and the tokens of their answers. Of a token only the hash is kept, with what it is good for, whose
/// it is and until when: the token itself stands in the mail alone.
struct Questions {
  let db: Database

  static let schema = """
    CREATE TABLE question (
      number INTEGER PRIMARY KEY,
      mentorship TEXT NOT NULL,
      party TEXT NOT NULL,
      kind TEXT NOT NULL,
      occasion TEXT NOT NULL,
      until TEXT NOT NULL,
      given TEXT,
      UNIQUE (mentorship, kind, occasion, party)
    ) STRICT;
    CREATE TABLE token (
      hash BLOB PRIMARY KEY,
      question INTEGER NOT NULL REFERENCES question (number) ON DELETE CASCADE,
      answer TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX token_question ON token (question);
    """

  /// A token says which question it answers, so that those of a night stand side by side and not wherever their hashes
  /// put them: with a hundred thousand pairs that is most of the night's writing.
  static let schemaByQuestion = """
    CREATE TABLE token_by_question (
      question INTEGER NOT NULL REFERENCES question (number) ON DELETE CASCADE,
      hash BLOB NOT NULL,
      answer TEXT NOT NULL,
      PRIMARY KEY (question, hash)
    ) STRICT, WITHOUT ROWID;
    DROP TABLE token;
    ALTER TABLE token_by_question RENAME TO token;
    """

  /// Days after its end for which a question is still told from one that never was.
  private static let remembered = 90

  /// Asks a question, again where it was asked before, and mints a token for each answer.
  func ask(_ question: Question, _ answers: [Answer], today: Day) throws -> Bounded<Choice> {
    try db.cachedStatement(sql: "DELETE FROM question WHERE mentorship = ? AND until < ?")
      .execute(arguments: [question.mentorship.rawValue, today.adding(days: -Self.remembered).text])
    let number = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          INSERT INTO question (mentorship, party, kind, occasion, until) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET until = excluded.until RETURNING number
          """),
      arguments: [
        question.mentorship.rawValue, question.party.rawValue, question.kind.rawValue, question.occasion,
        question.until.text,
      ])!
    return Bounded(
      try answers.map { answer in
        let token = AnswerToken.random(to: number)
        try db.cachedStatement(sql: "INSERT INTO token (question, hash, answer) VALUES (?, ?, ?)")
          .execute(arguments: [number, token.hash, answer.rawValue])
        return Choice(answer: answer, token: token)
      })
  }

  /// The question that a token answers, and the answer that it stands for.
  func find(_ token: AnswerToken) throws -> (number: Int64, question: Question, answer: Answer)? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT question.*, answer FROM token JOIN question ON number = question WHERE question = ? AND hash = ?"),
      arguments: [token.question, token.hash]
    ).map { row in
      (
        row["number"],
        Question(
          mentorship: try row.stored("mentorship"), party: try row.stored("party"), kind: try row.stored("kind"),
          occasion: row["occasion"], until: try row.storedDay("until"), given: try row.storedIfAny("given")),
        try row.stored("answer")
      )
    }
  }

  /// Whether the latest question of a kind to one of the two still waits for an answer.
  func isOpen(_ kind: Question.Kind, to party: Party, of mentorship: MentorshipID, today: Day) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT given IS NULL AND until >= ? FROM question WHERE mentorship = ? AND kind = ? AND party = ?
          ORDER BY number DESC LIMIT 1
          """), arguments: [today.text, mentorship.rawValue, kind.rawValue, party.rawValue]) ?? false
  }

  /// Gives an answer to each question of a kind that has none.
  func settle(_ kind: Question.Kind, of mentorship: MentorshipID, as answer: Answer) throws {
    try db.cachedStatement(sql: "UPDATE question SET given = ? WHERE mentorship = ? AND kind = ? AND given IS NULL")
      .execute(arguments: [answer.rawValue, mentorship.rawValue, kind.rawValue])
  }

  func keep(_ answer: Answer, to number: Int64) throws {
    try db.cachedStatement(sql: "UPDATE question SET given = ? WHERE number = ?")
      .execute(arguments: [answer.rawValue, number])
  }
}

extension AnswerToken {
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
  private static let randomCharacters = 26

  /// From the system's source of randomness, which is made for keys.
  static func random(to question: Int64) -> AnswerToken {
    var random = SystemRandomNumberGenerator()
    var word: UInt64 = 0
    let secret = (0..<randomCharacters).map { index in
      // Twelve times five bits of each word: it is the asking for them that takes time.
      if index % 12 == 0 { word = random.next() }
      defer { word >>= 5 }
      return alphabet[Int(word & 31)]
    }
    return AnswerToken(unchecked: String(decoding: secret, as: UTF8.self) + String(question))
  }

  /// The number of the question that it says it answers; nil where it says none.
  var question: Int64? { Int64(rawValue.dropFirst(Self.randomCharacters)) }

  /// There is nothing to guess in 130 random bits, so that one round is enough.
  var hash: Data { SHA256.hash(Data(rawValue.utf8)) }
}
