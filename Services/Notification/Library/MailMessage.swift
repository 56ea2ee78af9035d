import Contracts
import Foundation
import Messaging

/// A mail as RFC 5322 and MIME want it: one text in UTF-8, ready to be stored or sent.
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
    header += [
      HeaderField.field("MIME-Version", ["1.0"]),
      HeaderField.field("Content-Type", ["text/plain;", "charset=utf-8"]),
      HeaderField.field("Content-Transfer-Encoding", ["quoted-printable"]),
    ]
    return Data((header.joined() + "\r\n" + QuotedPrintable.encode(text)).utf8)
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
