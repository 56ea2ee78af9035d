import Contracts
import Foundation
import SMTP

/// How mails are written and sent, as it was set: every variable begins with `HANDSLAG_`.
struct MailSettings: Sendable {
  struct SMTP: Sendable {
    var server: SMTPServer
    var atOnce = 4
    /// 0 for as many as the server takes.
    var perMinute = 60
  }

  /// Whom mails are from.
  var from: MailAddress
  /// Who on the board is asked, and gets the replies.
  var coordinator: MailAddress
  /// Its name, as it stands on certificates.
  var association: String?
  /// Whom answers in one step are sent to; `board answer` reads that mailbox.
  var answers: MailAddress
  /// Where answers in one step lead to a web page instead, such as `https://mentorskap.example.se`.
  var baseURL: String?
  /// A folder of the board's own templates.
  var templates: String?
  /// In which the board is written to.
  var language = Language.sv
  /// Nil: mails are kept in a Maildir on this machine.
  var smtp: SMTP?
  var quietHours: QuietHours?
  /// So long a small message waits for others to the same person.
  var digestWindow = Duration.zero
  var retry = MailRetry()
  /// The board is told each week how the mails went, where there is something to say.
  var isWeekly = true

  /// A wrong setting, in a sentence. It never quotes a password.
  struct Fault: Error, Hashable, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// - Throws: `Fault` or `MailFault`, each a sentence that names the variable.
  init(_ environment: [String: String]) throws {
    func value(_ name: String) -> String? { environment["HANDSLAG_\(name)"].flatMap { $0.isEmpty ? nil : $0 } }
    func number(_ name: String, _ range: ClosedRange<Int>, or standard: Int) throws -> Int {
      guard let text = value(name) else { return standard }
      guard let number = Int(text), range.contains(number) else {
        throw Fault(
          "HANDSLAG_\(name) is \(text); it must be a whole number from \(range.lowerBound) to \(range.upperBound).")
      }
      return number
    }
    let from = try MailAddress(
      parsing: value("MAIL_FROM") ?? "Mentorskapet <mentorskap@localhost>", field: "HANDSLAG_MAIL_FROM")
    self.from = from
    let coordinator =
      try value("MAIL_COORDINATOR").map { try MailAddress(parsing: $0, field: "HANDSLAG_MAIL_COORDINATOR") } ?? from
    self.coordinator = coordinator
    answers =
      try value("MAIL_ANSWERS").map { try MailAddress(parsing: $0, field: "HANDSLAG_MAIL_ANSWERS") } ?? coordinator
    association = value("ASSOCIATION")
    templates = value("MAIL_TEMPLATES")
    language = value("LANG").flatMap(Language.init(rawValue:)) ?? .sv
    if let text = value("BASE_URL") {
      guard let url = URLComponents(string: text), url.scheme == "https", url.host?.isEmpty == false, url.query == nil,
        url.fragment == nil, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"<>\"".utf8.contains($0) })
      else { throw Fault("HANDSLAG_BASE_URL is \(text); it must be an address such as https://mentorskap.example.se.") }
      baseURL = text.hasSuffix("/") ? String(text.dropLast()) : text
    }
    smtp = try value("SMTP_SERVER").map { text in
      var server = try MailSettings.server(text, isEncrypted: try MailSettings.isEncrypted(value("SMTP_TLS")))
      server.credentials = try MailSettings.credentials(
        user: value("SMTP_USER"), password: value("SMTP_PASSWORD"), file: value("SMTP_PASSWORD_FILE"))
      if server.security == .none, server.credentials != nil {
        throw Fault("HANDSLAG_SMTP_TLS is off and HANDSLAG_SMTP_USER is set: a password is only sent encrypted.")
      }
      if let file = value("SMTP_CA_FILE") {
        guard FileManager.default.isReadableFile(atPath: file) else {
          throw Fault(
            "HANDSLAG_SMTP_CA_FILE is \(file), which can't be read; it must be a file of certificates in PEM.")
        }
        server.authorities = file
      }
      server.replyTimeout = .seconds(try number("SMTP_TIMEOUT", 1...3600, or: 300))
      server.connectTimeout = min(server.connectTimeout, server.replyTimeout)
      return SMTP(
        server: server, atOnce: try number("SMTP_AT_ONCE", 1...64, or: 4),
        perMinute: try number("SMTP_PER_MINUTE", 0...60_000, or: 60))
    }
    // A file that is kept here wakes nobody, so there mails wait only where that was asked for.
    switch value("QUIET_HOURS") ?? (smtp == nil ? "none" : "21-7") {
    case "none": quietHours = nil
    case let text:
      guard let hours = QuietHours(text: text) else {
        throw Fault("HANDSLAG_QUIET_HOURS is \(text); it must be two hours such as 21-7, or none.")
      }
      quietHours = hours
    }
    let seconds = try number("SMTP_RETRY_SECONDS", 1...3600, or: 60)
    retry.base = .seconds(seconds)
    retry.rest = .seconds(min(10, seconds))
    digestWindow = .seconds(60 * (try number("DIGEST_MINUTES", 0...1440, or: smtp == nil ? 0 : 30)))
  }

  /// Reads `smtps://mail.example.se:465` or `smtp://mail.example.se:587`.
  private static func server(_ text: String, isEncrypted: Bool) throws -> SMTPServer {
    let fault = Fault(
      "HANDSLAG_SMTP_SERVER is \(text); it must be smtp://HOST:PORT (with STARTTLS, usually port 587) or smtps://HOST:PORT (465), without a user."
    )
    guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(), let host = url.host,
      !host.isEmpty, url.user == nil, url.password == nil, url.path.isEmpty || url.path == "/", url.query == nil,
      ["smtp", "smtps"].contains(scheme), url.port.map((1...65_535).contains) ?? true
    else { throw fault }
    let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    if isEncrypted {
      return SMTPServer(
        host: name, port: url.port ?? (scheme == "smtps" ? 465 : 587), security: scheme == "smtps" ? .tls : .startTLS)
    }
    guard scheme == "smtp", ["localhost", "127.0.0.1", "::1"].contains(name) else {
      throw Fault("HANDSLAG_SMTP_TLS is off; that is for a server on this machine alone, such as smtp://localhost:25.")
    }
    return SMTPServer(host: name, port: url.port ?? 25, security: .none)
  }

  private static func isEncrypted(_ text: String?) throws -> Bool {
    switch text ?? "required" {
    case "required": return true
    case "off": return false
    case let other: throw Fault("HANDSLAG_SMTP_TLS is \(other); it must be required or off.")
    }
  }

  private static func credentials(user: String?, password: String?, file: String?) throws -> SMTPServer.Credentials? {
    guard let user else {
      guard password == nil, file == nil else {
        throw Fault("HANDSLAG_SMTP_PASSWORD is set and HANDSLAG_SMTP_USER is not: set both or neither.")
      }
      return nil
    }
    if let password { return .init(user: user, password: password) }
    guard let file else {
      throw Fault(
        "HANDSLAG_SMTP_USER is set; its password is missing: set HANDSLAG_SMTP_PASSWORD_FILE to a file with it.")
    }
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw Fault("HANDSLAG_SMTP_PASSWORD_FILE is \(file), which can't be read.")
    }
    return .init(user: user, password: text.trimmingCharacters(in: .newlines))
  }
}
