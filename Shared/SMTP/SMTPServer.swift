/// A mail server that takes mails for others, and how it is spoken to.
public struct SMTPServer: Sendable, Hashable {
  public enum Security: Sendable, Hashable {
    /// TLS from the first byte: `smtps`, by custom on port 465 (RFC 8314).
    case tls
    /// STARTTLS before anything is told; a server without it is told nothing (RFC 3207).
    case startTLS
    /// Nothing is encrypted. For a server on this machine.
    case none
  }

  public struct Credentials: Sendable, Hashable {
    public var user: String
    public var password: String
    public init(user: String, password: String) {
      self.user = user
      self.password = password
    }
  }

  public var host: String
  public var port: Int
  public var security: Security
  public var credentials: Credentials?
  /// A file of the authorities that are trusted, in PEM; the machine's own where nil.
  public var authorities: String?
  /// How long to wait for a connection.
  public var connectTimeout: Duration = .seconds(30)
  /// How long to wait for each reply: RFC 5321, 4.5.3.2 asks for five minutes, and for ten where a mail is being taken.
  public var replyTimeout: Duration = .seconds(300)

  public init(
    host: String, port: Int, security: Security, credentials: Credentials? = nil, authorities: String? = nil
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.credentials = credentials
    self.authorities = authorities
  }

  var url: String {
    let scheme = security == .tls ? "smtps" : "smtp"
    return host.contains(":") ? "\(scheme)://[\(host)]:\(port)" : "\(scheme)://\(host):\(port)"
  }
}

/// A mail on its way: whom it is from and to on the envelope, and its bytes, which are sent as they are.
public struct SMTPMail: Sendable, Hashable {
  /// In ASCII after the `@`, and mostly before it.
  public var sender: String
  public var recipient: String
  /// Lines ended by CRLF.
  public var bytes: [UInt8]

  public init(sender: String, recipient: String, bytes: [UInt8]) {
    self.sender = sender
    self.recipient = recipient
    self.bytes = bytes
  }

  /// Only a server that offers SMTPUTF8 takes it (RFC 6531).
  var needsUTF8: Bool { [sender, recipient].contains { $0.utf8.contains { $0 > 0x7f } } }
}
