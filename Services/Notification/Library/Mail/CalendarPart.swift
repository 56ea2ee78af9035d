import Contracts
import Messaging
import Texts

/// Dates as iCalendar (RFC 5545), for the reader's own calendar.
enum CalendarPart {
  /// - Parameters:
  ///   - organizer: whom the reader asks about them.
  ///   - moment: when it was written, the same each time that the mail is.
  static func text(
    _ events: [CalendarEvent], other: String, organizer: MailAddress, language: Language, written moment: Timestamp
  ) -> String {
    // RFC 5546, 3.2.1: what is published says by whom. A parameter has no way to write a quotation mark.
    let name = organizer.name.map { ";CN=\"\($0.replacing("\"", with: "'"))\"" } ?? ""
    let by = "ORGANIZER\(name):mailto:\(MailContent.percentEncoded(organizer.wire))"
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Handslag//Mentorskap//SV", "METHOD:PUBLISH"]
    for event in events {
      lines += [
        "BEGIN:VEVENT", "UID:\(event.uid.rawValue)@\(MailMessage.domain)", "DTSTAMP:\(stamp(moment))",
        "SEQUENCE:\(event.sequence.rawValue)", "STATUS:\(event.isCancelled ? "CANCELLED" : "CONFIRMED")",
        "DTSTART;VALUE=DATE:\(date(event.day))", "DTEND;VALUE=DATE:\(date(event.day.adding(days: 1)))",
        "SUMMARY:\(escaped(MailTexts.event(event.what, other)[language]))", "TRANSP:TRANSPARENT", by,
      ]
      if let kommun = event.kommun.flatMap(Kommun.with(code:)) { lines.append("LOCATION:\(escaped(kommun.name))") }
      lines.append("END:VEVENT")
    }
    lines.append("END:VCALENDAR")
    return lines.map(folded).joined()
  }

  private static func date(_ day: Day) -> String { day.text.replacing("-", with: "") }

  /// `20261124T070000Z`.
  private static func stamp(_ moment: Timestamp) -> String {
    String(moment.text.prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
  }

  /// RFC 5545, 3.3.11.
  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\", ";", ",": "\\\(character)"
      case "\n", "\r\n", "\r": "\\n"
      default: String(character)
      }
    }.joined()
  }

  /// Lines of at most 75 bytes, none cut within a character (RFC 5545, 3.1).
  private static func folded(_ line: String) -> String {
    var text = ""
    var length = 0
    for scalar in line.unicodeScalars {
      let size = String(scalar).utf8.count
      if length + size > 75 {
        text += "\r\n "
        length = 1
      }
      text.unicodeScalars.append(scalar)
      length += size
    }
    return text + "\r\n"
  }
}
