import Contracts
import Foundation

/// The mails of the demonstration's year, as a mail program would show them: what they are, the links that answer, the
/// dates for a calendar, and whether a certificate comes with them.
struct Correspondence {
  /// A mail to one of a pair.
  struct Letter {
    let match: MatchID
    let kind: TellMember.Kind
    let party: Party
    /// Tells the mail from others to the same person: its kind, and what tells it from others of that.
    let about: String
    let choices: [Answer: AnswerToken]
    let dates: [Appointment]
    let hasCertificate: Bool
  }

  /// A date for the reader's calendar.
  struct Appointment {
    let summary: String
    let day: Day?
    let place: String?
    let isCancelled: Bool
  }

  let maildir: String
  private var seen: Set<String> = []

  init(maildir: String) { self.maildir = maildir }

  /// What has come since the last time.
  mutating func arrived() throws -> (letters: [Letter], toBoard: [TellBoard.Kind]) {
    let folder = maildir + "/new"
    guard FileManager.default.fileExists(atPath: folder) else { return ([], []) }
    var letters: [Letter] = []
    var toBoard: [TellBoard.Kind] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).filter({ seen.insert($0).inserted }) {
      let parts = name.prefix { $0 != "." }.split(separator: "-").map(String.init)
      if let kind = parts.last.flatMap(TellBoard.Kind.init(rawValue:)) { toBoard.append(kind) }
      guard parts.count > 3, let party = parts.last.flatMap(Party.init(rawValue:)) else { continue }
      let about = parts[2...].dropLast().joined(separator: "-")
      let kinds = TellMember.Kind.allCases.filter { about == $0.rawValue || about.hasPrefix($0.rawValue + "-") }
      guard let kind = kinds.max(by: { $0.rawValue.count < $1.rawValue.count }) else { continue }
      let mail = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
      letters.append(
        Letter(
          match: MatchID(unchecked: parts[..<2].joined(separator: "-")), kind: kind, party: party, about: about,
          choices: Correspondence.choices(in: mail), dates: Correspondence.dates(in: mail),
          hasCertificate: mail.range(of: Data("filename=\"intyg.html\"".utf8)) != nil))
    }
    return (letters, toBoard)
  }

  /// The answers that the links of a mail stand for, as its plain text has them. Long lines are broken by
  /// quoted-printable (RFC 2045).
  private static func choices(in mail: Data) -> [Answer: AnswerToken] {
    var choices: [Answer: AnswerToken] = [:]
    let end = mail.range(of: Data("text/html".utf8))?.lowerBound ?? mail.endIndex
    guard let begin = mail.range(of: Data("mailto:".utf8), in: mail.startIndex..<end)?.lowerBound else { return [:] }
    let text = String(decoding: mail[begin..<end], as: UTF8.self).replacing("\r\n", with: "\n").replacing(
      "=\n", with: ""
    ).replacing("=3D", with: "=")
    for piece in text.components(separatedBy: "mailto:").dropFirst() {
      guard let link = piece.split(whereSeparator: { $0.isWhitespace || $0 == ">" || $0 == "\"" }).first,
        let query = String(link).removingPercentEncoding, let subject = AnswerSubject(text: query),
        let answer = subject.answer
      else { continue }
      choices[answer] = subject.token
    }
    return choices
  }

  /// The dates of the calendar that comes with a mail (RFC 5545).
  private static func dates(in mail: Data) -> [Appointment] {
    guard let begin = mail.range(of: Data("BEGIN:VCALENDAR".utf8)), let end = mail.range(of: Data("END:VCALENDAR".utf8))
    else { return [] }
    let encoded = String(decoding: mail[begin.lowerBound..<end.lowerBound], as: UTF8.self).replacing("=\r\n", with: "")
    // Quoted-printable writes as other mail links do, with another sign.
    let text = encoded.replacing("%", with: "%25").replacing("=", with: "%").removingPercentEncoding ?? ""
    return text.replacing("\r\n ", with: "").components(separatedBy: "BEGIN:VEVENT").dropFirst().map { event in
      var fields: [String: String] = [:]
      for line in event.split(whereSeparator: \.isNewline) {
        guard let colon = line.firstIndex(of: ":") else { continue }
        fields[String(line[..<colon])] = String(line[line.index(after: colon)...]).replacing("\\,", with: ",")
      }
      let digits = fields["DTSTART;VALUE=DATE"] ?? ""
      return Appointment(
        summary: fields["SUMMARY"] ?? "",
        day: Day(text: "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"),
        place: fields["LOCATION"], isCancelled: fields["STATUS"] == "CANCELLED")
    }
  }
}
