/// What became of one attempt to hand a mail to a server.
public enum SMTPOutcome: Sendable, Hashable {
  /// The server has taken it, and answers for it from now on.
  case accepted(SMTPReply)
  /// The server said no, now (4xx) or for good (5xx).
  case refused(SMTPReply, at: SMTPStage)
  /// There was no conversation to its end, and the server can't have taken the mail.
  case failed(SMTPTrouble, at: SMTPStage, String)
  /// All was sent, and no reply came: the server may have taken the mail, or not.
  case unanswered(SMTPTrouble, String)
}

/// A server's reply: a code of three digits and a line of text.
public struct SMTPReply: Sendable, Hashable {
  public var code: Int
  /// As the server put it, in ASCII on one line; it may name the recipient.
  public var text: String

  public init(code: Int, text: String) {
    self.code = code
    self.text = text
  }

  /// Worth trying again later (RFC 5321, 4.2.1).
  public var isTransient: Bool { (400..<500).contains(code) }

  /// The status code of RFC 3463 that the text begins with, such as `5.1.1`.
  public var status: String? {
    guard let first = text.split(separator: " ").first else { return nil }
    let parts = first.split(separator: ".", omittingEmptySubsequences: false)
    let isStatus =
      parts.count == 3 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isNumber) }
    return isStatus ? String(first) : nil
  }
}

/// How far a conversation had come: the command whose reply was waited for.
public enum SMTPStage: String, Sendable, CaseIterable, Comparable {
  case greeting, hello, startTLS, login, sender, recipient, data, content

  /// The mail had been spoken of, and not only this machine.
  public var isOfTheMail: Bool { self >= .sender }

  public static func < (left: SMTPStage, right: SMTPStage) -> Bool {
    allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
  }
}

/// Why a conversation came to no end.
public enum SMTPTrouble: String, Sendable, CaseIterable {
  /// The name of the server is not known.
  case unresolved
  /// Nobody listens there, or the network does not reach it.
  case unreachable
  case timedOut = "timed-out"
  /// The connection was closed.
  case dropped
  /// Its certificate is not one that may be trusted for its name.
  case untrusted
  /// It offers no TLS, or TLS could not be agreed on.
  case noTLS = "no-tls"
  /// It offers no way to log in.
  case noLogin = "no-login"
  /// It does not offer SMTPUTF8, and an address needs it; it was told nothing.
  case noUTF8 = "no-utf8"
  /// This side gave up, because the program is ending.
  case abandoned
  /// A setting that can't be used, such as a file of authorities that is not there.
  case unusable
}
