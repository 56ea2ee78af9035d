import Contracts
import Foundation
import Messaging

/// A mail as RFC 5322 and MIME want it, ready to be stored or sent: a text in UTF-8, and where they are there the same as
/// HTML, dates for a calendar, and a certificate.
///
/// ```
/// text                          text/plain
/// text, html                    multipart/alternative
/// and dates, a certificate      multipart/mixed: multipart/alternative, text/calendar, text/html
/// ```
struct MailMessage: Sendable {
  /// The right-hand side of every message id. Not a host: ids need only be unique and stay the same.
  static let domain = "handslag.local"

  struct Header: Sendable {
    let name: String
    let value: String
  }

  var from: MailAddress
  var to: MailAddress
  var subject: String
  /// Lines may end as they like, and be of any length.
  var text: String
  var html: String?
  /// What whoever looks the mail up is shown of it; `text` where nil.
  var copy: String?
  /// iCalendar (RFC 5545).
  var calendar: String?
  /// A page of HTML to be kept and printed.
  var certificate: String?
  /// Whom an answer goes to; `from` where nil.
  var replyTo: MailAddress?
  /// An address that ends mails of this kind (RFC 2369); a URI in ASCII.
  var unsubscribe: String?
  var date: Timestamp
  /// The left-hand side of the message id; the same for the same mail.
  var id: String
  /// The left-hand side of the id under which a reader's program gathers mails that belong together.
  var thread: String?
  /// Further fields, of free text.
  var headers: [Header] = []

  /// The exact bytes, the same for the same value.
  ///
  /// - Throws: `MailFault` where a value can't stand in a header; no header is ever broken by one.
  func bytes() throws -> Data {
    try HeaderField.checkLine(subject, "Subject")
    var header = [
      HeaderField.field("From", from.tokens),
      HeaderField.field("To", to.tokens),
    ]
    if let replyTo { header.append(HeaderField.field("Reply-To", replyTo.tokens)) }
    header += [
      HeaderField.field("Subject", HeaderField.text(subject)),
      HeaderField.field("Date", [MailMessage.text(of: date)]),
      HeaderField.field("Message-ID", [try MailMessage.identifier(id, "Message-ID")]),
    ]
    if let thread {
      let root = try MailMessage.identifier(thread, "References")
      header += [HeaderField.field("In-Reply-To", [root]), HeaderField.field("References", [root])]
    }
    for further in headers {
      guard !further.name.isEmpty,
        further.name.utf8.allSatisfy({ HeaderField.isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
      else { throw MailFault(field: "A further field", reason: .fieldName) }
      try HeaderField.checkLine(further.value, further.name)
      header.append(HeaderField.field(further.name, HeaderField.text(further.value)))
    }
    if let unsubscribe {
      guard unsubscribe.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"<>".utf8.contains($0) }) else {
        throw MailFault(field: "List-Unsubscribe", reason: .control)
      }
      header.append(HeaderField.field("List-Unsubscribe", ["<\(unsubscribe)>"]))
    }
    header.append(HeaderField.field("MIME-Version", ["1.0"]))
    return Data((header.joined() + body()).utf8)
  }

  /// The fields of the content and the content, as it nests.
  private func body() -> String {
    let plain = MailMessage.part(["text/plain;", "charset=utf-8"], text)
    guard let html else { return plain }
    let alternative = MailMessage.multipart(
      "alternative", [plain, MailMessage.part(["text/html;", "charset=utf-8"], html)])
    let dates = calendar.map {
      MailMessage.part(
        ["text/calendar;", "charset=utf-8;", "method=PUBLISH;", "name=\"mentorskap.ics\""], $0,
        ["attachment;", "filename=\"mentorskap.ics\""])
    }
    let page = certificate.map {
      MailMessage.part(
        ["text/html;", "charset=utf-8;", "name=\"intyg.html\""], $0, ["attachment;", "filename=\"intyg.html\""])
    }
    let attached = [dates, page].compactMap(\.self)
    return attached.isEmpty ? alternative : MailMessage.multipart("mixed", [alternative] + attached)
  }

  private static func part(_ type: [String], _ content: String, _ disposition: [String]? = nil) -> String {
    HeaderField.field("Content-Type", type)
      + (disposition.map { HeaderField.field("Content-Disposition", $0) } ?? "")
      + HeaderField.field("Content-Transfer-Encoding", ["quoted-printable"]) + "\r\n"
      + QuotedPrintable.encode(content)
  }

  /// In quoted-printable no line holds `=_` (RFC 2045, 6.7), so no part can end itself. The line break before a boundary
  /// is no part's (RFC 2046, 5.1.1), so each has one more.
  private static func multipart(_ kind: String, _ parts: [String]) -> String {
    let boundary = "=_\(kind)"
    return HeaderField.field("Content-Type", ["multipart/\(kind);", "boundary=\"\(boundary)\""]) + "\r\n"
      + parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n"
  }

  private static func identifier(_ left: String, _ field: String) throws -> String {
    let isDotAtom = left.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { HeaderField.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
    guard isDotAtom else { throw MailFault(field: field, reason: .identifier) }
    return "<\(left)@\(domain)>"
  }

  private static let stockholm: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    guard let zone = TimeZone(identifier: "Europe/Stockholm") else {
      preconditionFailure("the time zone Europe/Stockholm is missing: install tzdata")
    }
    calendar.timeZone = zone
    return calendar
  }()

  /// The moment as clocks in Sweden show it, such as `Tue, 24 Nov 2026 08:00:00 +0100`.
  static func text(of moment: Timestamp) -> String {
    let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let parts = stockholm.dateComponents(
      [.weekday, .day, .month, .year, .hour, .minute, .second], from: moment.date)
    // East of Greenwich all year, so the sign is never another.
    let offset = stockholm.timeZone.secondsFromGMT(for: moment.date) / 60
    return "\(weekdays[parts.weekday! - 1]), \(two(parts.day!)) \(months[parts.month! - 1]) \(parts.year!) "
      + "\(two(parts.hour!)):\(two(parts.minute!)):\(two(parts.second!)) "
      + "+\(two(offset / 60))\(two(offset % 60))"
  }
}
