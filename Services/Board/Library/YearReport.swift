import Contracts
import Foundation
import Texts

/// The programme's year as a text, as CSV and as one HTML page with charts. All are made of the same rows.
public struct YearReport: Sendable {
  struct Row: Sendable {
    let section: String
    let name: String
    let value: String
  }

  private let reply: GetYearReport.Reply
  private let language: Language
  private let title: String
  let rows: [Row]

  public init(_ reply: GetYearReport.Reply, _ language: Language) {
    self.reply = reply
    self.language = language
    title = YearReportTexts.title(reply.from, reply.to)[language]
    var rows: [Row] = []
    func add(_ section: Phrase, _ name: Phrase, _ value: Count?) {
      rows.append(
        Row(
          section: section[language], name: name[language],
          value: value.map { "\($0.rawValue)" } ?? YearReportTexts.none[language]))
    }
    let texts = YearReportTexts.self
    add(texts.pairs, texts.ran, reply.pairs)
    add(texts.pairs, texts.begun, reply.begun)
    add(texts.pairs, texts.completed, reply.completed)
    add(texts.pairs, texts.endedEarly, reply.endedEarly)
    add(texts.pairs, texts.agreements, reply.agreements)
    add(texts.pairs, texts.daysToMatch, reply.daysToMatch)
    add(texts.contacts, texts.all, reply.contacts)
    add(texts.contacts, texts.meetings, reply.meetings)
    add(texts.contacts, texts.daysToFirstContact, reply.daysToFirstContact)
    for month in reply.months.elements {
      add(texts.contactsByMonth, Phrase(sv: month.name(.sv), en: month.name(.en)), month.contacts)
    }
    for survey in reply.surveys.elements {
      let moment = texts.moment(survey.moment)
      add(texts.surveys, texts.answers(moment), survey.answers)
      rows.append(
        Row(section: texts.surveys[language], name: texts.mean(moment)[language], value: survey.figure(language)))
    }
    for work in reply.boardWork.elements {
      add(texts.board, texts.opened(WordTexts.boardTask(work.kind)), work.opened)
      add(texts.board, texts.closed(WordTexts.boardTask(work.kind)), work.closed)
      add(texts.board, texts.escalated(WordTexts.boardTask(work.kind)), work.escalated)
    }
    add(texts.board, texts.daysToClose, reply.daysToClose)
    self.rows = rows
  }

  /// One section below the other.
  public var text: String {
    var lines = [title]
    var section = ""
    for row in rows {
      if row.section != section {
        section = row.section
        lines += ["", section]
      }
      lines.append("  " + row.name + String(repeating: " ", count: max(1, 44 - row.name.count)) + row.value)
    }
    return lines.joined(separator: "\n")
  }

  /// With a byte order mark, without which spreadsheets take it for another encoding; semicolons, as Swedish ones
  /// expect (RFC 4180 in all else).
  public var csv: String {
    func field(_ text: String) -> String {
      let isPlain = !text.contains { ";\"\r\n".contains($0) }
      return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
    let lines =
      [YearReportTexts.columns(language)] + rows.map { [$0.section, $0.name, $0.value] }
    return "\u{feff}" + lines.map { $0.map(field).joined(separator: ";") + "\r\n" }.joined()
  }

  // MARK: The page

  /// One file that needs no other: styles and charts stand in it.
  public var html: String {
    var sections: [(name: String, rows: [Row])] = []
    for row in rows {
      if sections.last?.name != row.section { sections.append((row.section, [])) }
      sections[sections.count - 1].rows.append(row)
    }
    let tables = sections.map { section in
      let lines = section.rows.map { row in
        "<tr><th scope=\"row\">\(escaped(row.name))</th><td>\(escaped(row.value))</td></tr>"
      }
      return "<section><h2>\(escaped(section.name))</h2><table>\(lines.joined())</table></section>"
    }
    return """
      <!doctype html>
      <html lang="\(language.rawValue)">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(title))</title>
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 46rem; margin: 2rem auto;
        padding: 0 1rem; }
      h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin-top: 2rem }
      table { border-collapse: collapse; width: 100% }
      th, td { text-align: left; font-weight: normal; padding: .25rem 0; border-bottom: 1px solid #ddd }
      td { text-align: right; font-variant-numeric: tabular-nums }
      svg { width: 100%; height: auto } svg text { font: 11px system-ui, sans-serif; fill: #1a1a1a }
      </style>
      <h1>\(escaped(title))</h1>
      \(contactChart)
      \(surveyChart)
      \(tables.joined(separator: "\n"))
      <p>\(escaped(YearReportTexts.withheld[language]))</p>
      </html>

      """
  }

  /// Columns by month: contacts, and the part of them in person.
  private var contactChart: String {
    let months = reply.months.elements
    guard let most = months.map(\.contacts.rawValue).max(), most > 0 else { return "" }
    let width = 640 / Double(max(months.count, 6))
    let bars = months.enumerated().map { index, month in
      let x = Double(index) * width + width * 0.15
      func bar(_ count: Int, _ colour: String) -> String {
        let height = 150 * Double(count) / Double(most)
        return "<rect x=\"\(number(x))\" y=\"\(number(170 - height))\" width=\"\(number(width * 0.7))\" "
          + "height=\"\(number(height))\" fill=\"\(colour)\"/>"
      }
      let middle = number(x + width * 0.35)
      return bar(month.contacts.rawValue, "#7aa6c2") + bar(month.meetings.rawValue, "#1f5f8b")
        + "<text x=\"\(middle)\" y=\"\(number(165 - 150 * Double(month.contacts.rawValue) / Double(most)))\" "
        + "text-anchor=\"middle\">\(month.contacts.rawValue)</text>"
        + "<text x=\"\(middle)\" y=\"186\" text-anchor=\"middle\">\(escaped(String(month.name(language).prefix(3))))</text>"
    }
    return chart(YearReportTexts.contactChart, height: 192, bars.joined())
  }

  /// One line for each survey that has answers enough, on the scale from 1 to 5.
  private var surveyChart: String {
    let surveys = reply.surveys.elements.filter { $0.mean != nil }
    guard !surveys.isEmpty else { return "" }
    let lines = surveys.enumerated().map { index, survey in
      let y = 24 + index * 30
      let width = 400 * (Double(survey.mean!.rawValue) / 100 - 1) / 4
      return "<text x=\"0\" y=\"\(y + 13)\">\(escaped(YearReportTexts.moment(survey.moment)[language]))</text>"
        + "<rect x=\"120\" y=\"\(y)\" width=\"400\" height=\"18\" fill=\"#e6eef3\"/>"
        + "<rect x=\"120\" y=\"\(y)\" width=\"\(number(width))\" height=\"18\" fill=\"#1f5f8b\"/>"
        + "<text x=\"530\" y=\"\(y + 13)\">\(escaped(survey.figure(language)))</text>"
    }
    return chart(YearReportTexts.surveyChart, height: 24 + 30 * surveys.count, lines.joined())
  }

  private func chart(_ name: Phrase, height: Int, _ content: String) -> String {
    let name = escaped(name[language])
    return "<h2>\(name)</h2><svg viewBox=\"0 0 640 \(height)\" role=\"img\" aria-label=\"\(name)\">\(content)</svg>"
  }

  private func number(_ value: Double) -> String { String(format: "%.1f", value) }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

extension GetYearReport.Month {
  /// The month in words, such as november 2026.
  fileprivate func name(_ language: Language) -> String {
    month.inWords[language].split(separator: " ").dropFirst().joined(separator: " ")
  }
}

extension GetYearReport.Survey {
  /// The mean with its decimals, or that it is withheld.
  fileprivate func figure(_ language: Language) -> String {
    guard let mean else {
      return (answers.rawValue < 5 ? YearReportTexts.tooFew : YearReportTexts.notWholeYears)[language]
    }
    let text = String(format: "%.1f", Double(mean.rawValue) / 100)
    return language == .sv ? text.replacing(".", with: ",") : text
  }
}
