import Contracts
import Foundation

/// The mails of the demonstration's people, as far as they ask something: what a mail program would show as links.
struct Correspondence {
  struct Letter {
    /// The task that the mail was made for, which begins with the match's id.
    let task: String
    let choices: [Answer: AnswerToken]
  }

  let maildir: String
  private var seen: Set<String> = []

  init(maildir: String) { self.maildir = maildir }

  /// What has come since the last time, by task.
  mutating func arrived() throws -> [Letter] {
    let folder = maildir + "/new"
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    var letters: [Letter] = []
    let new = try FileManager.default.contentsOfDirectory(atPath: folder).filter { seen.insert($0).inserted }
    for name in new.sorted() {
      let text = String(decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data(), as: UTF8.self)
      let choices = Correspondence.choices(in: text)
      if !choices.isEmpty { letters.append(Letter(task: String(name.prefix { $0 != "." }), choices: choices)) }
    }
    return letters
  }

  /// The answers that the links of a mail stand for. Long lines are broken by quoted-printable (RFC 2045).
  private static func choices(in mail: String) -> [Answer: AnswerToken] {
    var choices: [Answer: AnswerToken] = [:]
    let text = mail.replacing("\r\n", with: "\n").replacing("=\n", with: "").replacing("=3D", with: "=")
    for piece in text.split(separator: "mailto:").dropFirst() {
      guard let link = piece.split(whereSeparator: { $0.isWhitespace || $0 == ">" || $0 == "\"" }).first,
        let query = String(link).removingPercentEncoding, let subject = AnswerSubject(text: query),
        let answer = subject.answer
      else { continue }
      choices[answer] = subject.token
    }
    return choices
  }
}
