import Contracts
import Mustache
import Texts

/// What a mail of one kind says, with holes for what differs, in both languages.
///
/// A file of the board's looks like this; lines that begin with `#` before the first language are comments:
///
/// ```
/// == sv
/// Ert mentorskap börjar
///
/// Hej {{firstName}}! {{#mentor}}{{other}} är nu din adept.{{/mentor}}
///
/// == en
/// ...
/// ```
struct MailTemplate: Sendable {
  /// What is wrong with a file, and on which of its lines.
  struct Fault: Error, Hashable, CustomStringConvertible {
    let line: Int
    let fault: MailTexts.TemplateFault
    var description: String { MailTexts.onLine(line, fault).en }
  }

  /// More than this nobody's list shows of a subject, nor any mail of a text.
  private static let subjectLimit = 200
  private static let textLimit = 10_000

  private struct Text: Sendable {
    /// The line of the subject in the file.
    let line: Int
    let subject: MustacheTemplate
    let body: MustacheTemplate
  }

  private let texts: [Language: Text]

  /// The template as the association ships it.
  init(standard kind: TellMember.Kind) throws(Fault) {
    try self.init(parsing: MailTemplates.file(kind), kind)
  }

  /// Reads a file. Nothing in it is used where anything is wrong.
  init(_ file: String, _ kind: TellMember.Kind) throws(Fault) {
    guard file.unicodeScalars.count <= MailTexts.templateLimit else {
      throw Fault(line: 1, fault: .tooLong(limit: MailTexts.templateLimit))
    }
    try self.init(parsing: file, kind)
    for language in Language.allCases { try checkRendered(kind, language) }
  }

  private init(parsing file: String, _ kind: TellMember.Kind) throws(Fault) {
    var texts: [Language: Text] = [:]
    var section: (language: Language, line: Int, lines: [String])?
    // Some editors begin a file in UTF-8 with a mark that says so.
    let text = String(file.unicodeScalars.drop { $0 == "\u{FEFF}" })
    let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    func finish() throws(Fault) {
      guard let section else { return }
      texts[section.language] = try MailTemplate.read(section.lines, from: section.line, kind)
    }
    for (index, line) in lines.enumerated() {
      let number = index + 1
      if MailTexts.hasControl(line) { throw Fault(line: number, fault: .control) }
      if line.hasPrefix("== ") {
        let name = line.dropFirst(3).split(separator: " ").first.map(String.init) ?? ""
        guard let language = Language(rawValue: name) else { throw Fault(line: number, fault: .textBeforeLanguage) }
        try finish()
        guard texts[language] == nil, section?.language != language else {
          throw Fault(line: number, fault: .repeatedLanguage(language))
        }
        section = (language, number + 1, [])
      } else if section != nil {
        section!.lines.append(line)
      } else if !line.hasPrefix("#"), !line.allSatisfy(\.isWhitespace) {
        throw Fault(line: number, fault: .textBeforeLanguage)
      }
    }
    try finish()
    for language in Language.allCases where texts[language] == nil {
      throw Fault(line: lines.count, fault: .missingLanguage(language))
    }
    self.texts = texts
  }

  private static func read(_ lines: [String], from number: Int, _ kind: TellMember.Kind) throws(Fault) -> Text {
    guard let first = lines.first, !first.allSatisfy(\.isWhitespace) else {
      throw Fault(line: number, fault: .noSubject)
    }
    let body = Array(lines.dropFirst())
    guard !body.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) else { throw Fault(line: number, fault: .noBody) }
    try check([first], from: number, kind)
    try check(body, from: number + 1, kind)
    return Text(
      line: number, subject: try parse(first, from: number),
      body: try parse(body.joined(separator: "\n"), from: number + 1))
  }

  /// Every tag names something that the mail has, and every section that begins ends.
  private static func check(_ lines: [String], from first: Int, _ kind: TellMember.Kind) throws(Fault) {
    var open: [(name: String, line: Int)] = []
    for (index, line) in lines.enumerated() {
      let number = first + index
      var rest = line[...]
      while let start = rest.firstRange(of: "{{") {
        rest = rest[start.upperBound...]
        guard let end = rest.firstRange(of: "}}") else { throw Fault(line: number, fault: .notATag("{{" + rest)) }
        let tag = rest[..<end.lowerBound]
        let mark = tag.first.flatMap { "#^/".contains($0) ? $0 : nil }
        let words = (mark == nil ? tag : tag.dropFirst()).split(whereSeparator: \.isWhitespace)
        guard words.count == 1, words[0].allSatisfy({ $0.isLetter || $0.isNumber }) else {
          throw Fault(line: number, fault: .notATag("{{" + rest[..<end.upperBound]))
        }
        let name = String(words[0])
        let accepted = MailValues.names(kind)
        guard accepted.contains(name) else {
          throw Fault(line: number, fault: .unknownVariable(name, accepted: accepted))
        }
        if mark == nil, MailValues.flags(kind).contains(name) {
          throw Fault(line: number, fault: .onlyASection(name))
        }
        if mark == "/" {
          guard open.popLast()?.name == name else { throw Fault(line: number, fault: .unbalanced(name)) }
        } else if mark != nil {
          open.append((name, number))
        }
        rest = rest[end.upperBound...]
      }
    }
    if let left = open.last { throw Fault(line: left.line, fault: .unbalanced(left.name)) }
  }

  /// Whatever a mail has and lacks, its subject and its text say something, and no more than there is room for.
  private func checkRendered(_ kind: TellMember.Kind, _ language: Language) throws(Fault) {
    let line = texts[language]!.line
    for values in MailValues.samples(kind, language) {
      let (subject, paragraphs) = render(values, language)
      if subject.isEmpty { throw Fault(line: line, fault: .emptySubject) }
      if paragraphs.isEmpty { throw Fault(line: line + 1, fault: .emptyText) }
      if subject.count > MailTemplate.subjectLimit {
        throw Fault(line: line, fault: .tooLong(limit: MailTemplate.subjectLimit))
      }
      if paragraphs.reduce(0, { $0 + $1.count }) > MailTemplate.textLimit {
        throw Fault(line: line + 1, fault: .tooLong(limit: MailTemplate.textLimit))
      }
    }
  }

  /// Values are put in as they are: what is made of the text escapes all of it.
  private static func parse(_ text: String, from number: Int) throws(Fault) -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text)
    } catch {
      throw Fault(line: number, fault: .notATag("\(error)"))
    }
  }

  /// The subject and the paragraphs, with a reader's values in their holes.
  func render(_ values: MailValues, _ language: Language) -> (subject: String, paragraphs: [String]) {
    // Both languages are there, or there would be no template.
    let text = texts[language]!
    let subject = text.subject.render(values.all).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var paragraphs: [String] = []
    var lines: [String] = []
    func end() {
      if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
      lines = []
    }
    for line in text.body.render(values.all).split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(separator: " ").joined(separator: " ")
      if words.isEmpty { end() } else { lines.append(words) }
    }
    end()
    return (subject, paragraphs)
  }
}
