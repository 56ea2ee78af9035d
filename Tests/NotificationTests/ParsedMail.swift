import Foundation
import TestSupport

/// A mail as a program that is not ours reads it: Python's `email` package.
struct ParsedMail: Decodable {
  let subject: String
  let body: String
  let to: [[String]]
  let from: [[String]]
  let date: String
  let messageID: String
  let inReplyTo: String?
  let references: String?
  let autoSubmitted: String?
  let replyTo: String?
  let unsubscribe: String?
  let contentType: String
  let charset: String?
  let html: String?
  let calendar: String?
  /// What Python found wrong in the message or in any of its headers.
  let defects: [String]

  private static let script = #"""
    import email, email.errors, email.header, email.policy, email.utils, json, sys
    def read(path):
        with open(path, "rb") as file:
            data = file.read()
        # RFC 6532: a header that is not ASCII is UTF-8, and Python's parser of bytes reads none but ASCII.
        text = data.decode()
        mail = email.message_from_string(text, policy=email.policy.SMTPUTF8)
        plain = email.message_from_string(text)
        defects = []
        for part in mail.walk():
            defects += [repr(d) for d in part.defects]
            for name, value in part.items():
                # Python has this of every local part that is not ASCII, also of those that it writes itself.
                found = [d for d in value.defects if not isinstance(d, email.errors.NonASCIILocalPartDefect)]
                defects += [name + ": " + repr(d) for d in found]
        def content(part):
            return part.get_content().replace("\r\n", "\n") if part else None
        plain_part = mail.get_body(("plain",))
        calendars = [p for p in mail.walk() if p.get_content_type() == "text/calendar"]
        # policy.default puts a space between two encoded words of a name (cpython gh-128110), against
        # RFC 2047, 6.2; email.header does not.
        def decoded(name):
            return str(email.header.make_header(email.header.decode_header(name)))
        def boxes(name):
            names = [decoded(name) for name, _ in email.utils.getaddresses([plain[name]])]
            return [[n, a.addr_spec] for n, a in zip(names, mail[name].addresses, strict=True)]
        return {
            "subject": mail["Subject"], "body": content(plain_part),
            "to": boxes("To"), "from": boxes("From"),
            "date": mail["Date"].datetime.isoformat(), "messageID": mail["Message-ID"],
            "inReplyTo": mail["In-Reply-To"], "references": mail["References"],
            "autoSubmitted": mail["Auto-Submitted"], "contentType": mail.get_content_type(),
            "charset": plain_part.get_content_charset(), "html": content(mail.get_body(("html",))),
            "calendar": content(calendars[0]) if calendars else None, "replyTo": mail["Reply-To"],
            "unsubscribe": mail["List-Unsubscribe"], "defects": defects,
        }
    json.dump([read(path) for path in sys.argv[1:]], sys.stdout)
    """#

  /// Reads each file; a missing python3 is an error, and so is one that it can't read.
  static func read(_ paths: [String]) throws -> [ParsedMail] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + paths
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let json = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "python3 ended with status \(process.terminationStatus): is it installed?")
    }
    return try JSONDecoder().decode([ParsedMail].self, from: json)
  }

  static func read(_ bytes: Data) throws -> ParsedMail {
    let folder = try TemporaryFolder()
    let path = folder.path + "/mail"
    try bytes.write(to: URL(filePath: path))
    return try read([path])[0]
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
