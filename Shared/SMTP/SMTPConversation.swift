import CCurl

/// One mail's conversation as it goes: what libcurl reads and reports ends up here.
final class SMTPConversation {
  private let bytes: [UInt8]
  private var sent = 0
  private(set) var stage = SMTPStage.greeting
  /// What the server answered to the last command; nil while that is waited for.
  private(set) var reply: SMTPReply?
  /// The connection is one that was used before.
  private(set) var isReused = true
  /// It has been said goodbye; what the server answers to that is no word on the mail.
  private var isOver = false
  /// Whether the server offers SMTPUTF8, once it has answered the last greeting of this conversation.
  private(set) var offersUTF8: Bool?
  /// As libcurl reads it: in capitals.
  private var isUTF8Named = false
  private var refusedHello: SMTPReply?
  private let needsUTF8: Bool
  /// STARTTLS is still to come: what a server offers before it does not count.
  private var isBeforeTLS: Bool
  private var isHeldBack = false
  private let isAbandoned: () -> Bool

  init(_ mail: SMTPMail, over security: SMTPServer.Security, isAbandoned: @escaping () -> Bool) {
    bytes = mail.bytes
    needsUTF8 = mail.needsUTF8
    isBeforeTLS = security == .startTLS
    self.isAbandoned = isAbandoned
  }

  /// Asked now and then, and always between the greeting and the mail: whether this side gives up. libcurl would tell
  /// any server of an address in UTF-8.
  func isToEnd() -> Bool {
    if needsUTF8, !isBeforeTLS, offersUTF8 == false, stage < .sender {
      isHeldBack = true
      return true
    }
    // Once all is sent only the server knows what became of it: worth a moment's wait.
    return isAbandoned() && stage != .content
  }

  /// Gives the next bytes, and none at the end: from then on the server may take the mail at any moment.
  func read(_ buffer: UnsafeMutablePointer<CChar>, _ size: Int) -> Int {
    let count = min(size, bytes.count - sent)
    guard count > 0 else {
      stage = .content
      reply = nil
      return 0
    }
    bytes.withUnsafeBytes { all in
      UnsafeMutableRawPointer(buffer).copyMemory(from: all.baseAddress! + sent, byteCount: count)
    }
    sent += count
    return count
  }

  /// A command that goes out. Only its verb is looked at: what follows AUTH is a password.
  func note(command: UnsafeRawBufferPointer) {
    let verb = String(decoding: command.prefix(8), as: UTF8.self).uppercased()
    let stages: [(String, SMTPStage)] = [
      ("EHLO", .hello), ("HELO", .hello), ("STARTTLS", .startTLS), ("AUTH", .login), ("MAIL", .sender),
      ("RCPT", .recipient), ("DATA", .data),
    ]
    if verb.hasPrefix("QUIT") { isOver = true }
    if isOver { return }
    if let stage = stages.first(where: { verb.hasPrefix($0.0) })?.1 { self.stage = stage }
    if stage == .startTLS { isBeforeTLS = false }
    if stage == .hello || stage == .startTLS {
      isReused = false
      (offersUTF8, isUTF8Named) = (nil, false)
    }
    reply = nil
  }

  /// A line of a reply; the last of several has a space after its code.
  func note(line: UnsafeRawBufferPointer) {
    let text = String(decoding: line.map { (0x20...0x7e).contains($0) ? $0 : 0x20 }, as: UTF8.self)
    guard !isOver, let code = Int(text.prefix(3)) else { return }
    if stage == .greeting { isReused = false }
    if stage == .hello, text.dropFirst(4).split(separator: " ").first == "SMTPUTF8" { isUTF8Named = true }
    guard text.dropFirst(3).first != "-" else { return }
    var words = text.dropFirst(4)
    while words.last == " " { words.removeLast() }
    reply = SMTPReply(code: code, text: String(words.prefix(400)))
    guard stage == .hello else { return }
    if code == 250 { offersUTF8 = isUTF8Named } else { refusedHello = reply }
  }

  /// What it came to.
  func outcome(_ code: CURLcode, _ message: String) -> SMTPOutcome {
    if isHeldBack {
      // What it offers it does not tell who is refused for now, and libcurl then greets it in the old way, without.
      if let refusedHello, refusedHello.isTransient { return .refused(refusedHello, at: .hello) }
      return .failed(.noUTF8, at: stage, "no SMTPUTF8")
    }
    if stage == .content, let reply, reply.code == 250 { return .accepted(reply) }
    if let reply, reply.code >= 400 { return .refused(reply, at: stage) }
    let trouble = SMTPConversation.trouble(code)
    return stage == .content ? .unanswered(trouble, message) : .failed(trouble, at: stage, message)
  }

  private static func trouble(_ code: CURLcode) -> SMTPTrouble {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unresolved
    case CURLE_COULDNT_CONNECT: .unreachable
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: .untrusted
    case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: .noTLS
    case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR: .noLogin
    case CURLE_ABORTED_BY_CALLBACK: .abandoned
    case CURLE_SSL_CACERT_BADFILE, CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_NOT_BUILT_IN: .unusable
    default: .dropped
    }
  }
}
