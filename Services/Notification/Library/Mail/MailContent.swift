import Contracts
import Texts

/// What a mail says, before it is written as plain text or as HTML.
///
/// All text in it is plain, wherever it came from: whoever writes it as HTML escapes all of it.
struct MailContent: Sendable {
  /// An answer in one step: what the reader chooses, and the address that it is behind.
  struct Choice: Sendable {
    let label: String
    let address: String
  }

  struct Section: Sendable {
    /// Where there are several.
    var title: String?
    /// Each may have several lines.
    var paragraphs: [String]
    var choices: [Choice] = []

    /// Its links open mails that are written already.
    var isAnsweredByMail: Bool { choices.contains { $0.address.hasPrefix("mailto:") } }
  }

  var language: Language
  var subject: String
  var greeting: String?
  var sections: [Section]
  var signature: String
  /// Why it comes, and whom to ask.
  var notes: [String]
  /// Mail addresses that stand in the text, and are links in HTML.
  var addresses: [String] = []

  /// As plain text: paragraphs of one line each, with an empty line between them.
  var text: String { text(isLinked: true) }

  /// The same for whoever looks the mail up: what it offers to answer, but not the links that answer.
  var copy: String { text(isLinked: false) }

  private func text(isLinked: Bool) -> String {
    var parts: [String] = []
    if let greeting { parts.append(greeting) }
    for section in sections {
      if let title = section.title { parts.append(title + "\n" + String(repeating: "─", count: title.count)) }
      parts += section.paragraphs
      guard !section.choices.isEmpty else { continue }
      parts.append(
        MailTexts.answers[language] + "." + (section.isAnsweredByMail ? " " + MailTexts.answersByMail[language] : ""))
      parts += section.choices.map { isLinked ? "\($0.label):\n\($0.address)" : "– \($0.label)" }
    }
    parts.append(MailTexts.regards[language] + "\n" + signature)
    parts.append("--\n" + notes.joined(separator: "\n"))
    return parts.joined(separator: "\n\n")
  }
}
