import CCurl

/// A connection to one server, kept for the next mail where the server keeps it. It blocks whoever uses it.
///
/// `@unchecked Sendable`: libcurl's handle may be used by any thread, by one at a time; `SMTPClient` gives it to one.
final class SMTPConnection: @unchecked Sendable {
  private let server: SMTPServer
  /// What the C library calls the handle.
  private let raw: UnsafeMutableRawPointer
  /// Whether the server offered SMTPUTF8 when this connection was made.
  private var offersUTF8 = false
  private static let isReady = ccurl_initialise() == CURLE_OK

  init(_ server: SMTPServer) {
    guard SMTPConnection.isReady, let raw = curl_easy_init() else { preconditionFailure("libcurl can't be used") }
    self.server = server
    self.raw = raw
  }

  /// Says QUIT, and closes.
  deinit { curl_easy_cleanup(raw) }

  /// Hands one mail over. A connection that the server had closed meanwhile is made anew, once.
  func send(_ mail: SMTPMail, isAbandoned: @escaping () -> Bool) -> SMTPOutcome {
    let (outcome, isReused) = attempt(mail, isAbandoned)
    if isReused, case .failed(.dropped, at: .sender, _) = outcome { return attempt(mail, isAbandoned).outcome }
    return outcome
  }

  private func attempt(
    _ mail: SMTPMail, _ isAbandoned: @escaping () -> Bool
  ) -> (outcome: SMTPOutcome, isReused: Bool) {
    let conversation = SMTPConversation(mail, over: server.security, isAbandoned: isAbandoned)
    var recipients: UnsafeMutablePointer<curl_slist>?
    recipients = curl_slist_append(recipients, mail.recipient)
    defer {
      // Nothing of this mail is pointed at when the connection is closed in the end.
      curl_easy_reset(raw)
      curl_slist_free_all(recipients)
    }
    var errors = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
    let code = errors.withUnsafeMutableBufferPointer { buffer in
      apply(server)
      // Who is greeted anew says anew what it offers.
      if mail.needsUTF8, !offersUTF8 { number(CURLOPT_FRESH_CONNECT, 1) }
      text(CURLOPT_MAIL_FROM, mail.sender)
      _ = ccurl_set_pointer(raw, CURLOPT_MAIL_RCPT, recipients)
      // Not how long it is: of a mail whose length it knows libcurl does not ask for the end, by which we know that all is
      // sent, unless a line begins with a dot.
      _ = ccurl_set_pointer(raw, CURLOPT_ERRORBUFFER, buffer.baseAddress)
      // It lives until the transfer is over.
      return withExtendedLifetime(conversation) {
        report(to: Unmanaged.passUnretained(conversation).toOpaque())
        return curl_easy_perform(raw)
      }
    }
    if let offered = conversation.offersUTF8 { offersUTF8 = offered }
    // What is left may be another connection, of which that was not said.
    if code != CURLE_OK { offersUTF8 = false }
    let said = String(decoding: errors.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let message = said.isEmpty ? String(cString: curl_easy_strerror(code)) : said
    return (conversation.outcome(code, message), conversation.isReused)
  }

  private func number(_ option: CURLoption, _ value: Int) { _ = ccurl_set_number(raw, option, value) }
  private func text(_ option: CURLoption, _ value: String) { _ = ccurl_set_text(raw, option, value) }

  private func apply(_ server: SMTPServer) {
    text(CURLOPT_URL, server.url)
    text(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    // No proxy of the environment's: mails go to the server that was set, or nowhere.
    text(CURLOPT_PROXY, "")
    // Threads and SIGALRM don't go together.
    number(CURLOPT_NOSIGNAL, 1)
    number(CURLOPT_UPLOAD, 1)
    number(CURLOPT_MAXCONNECTS, 1)
    number(CURLOPT_TCP_KEEPALIVE, 1)
    number(CURLOPT_CONNECTTIMEOUT_MS, server.connectTimeout.wholeMilliseconds)
    number(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, server.replyTimeout.wholeMilliseconds / 1000))
    // For what no reply is waited for in: a server that stops reading.
    number(CURLOPT_TIMEOUT_MS, server.connectTimeout.wholeMilliseconds + 3 * server.replyTimeout.wholeMilliseconds)
    if server.security != .none {
      number(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
      number(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
      number(CURLOPT_SSL_VERIFYPEER, 1)
      number(CURLOPT_SSL_VERIFYHOST, 2)
      if let file = server.authorities { text(CURLOPT_CAINFO, file) }
    }
    if let credentials = server.credentials {
      text(CURLOPT_USERNAME, credentials.user)
      text(CURLOPT_PASSWORD, credentials.password)
    }
  }

  private func report(to conversation: UnsafeMutableRawPointer) {
    _ = ccurl_set_pointer(raw, CURLOPT_READDATA, conversation)
    _ = ccurl_set_read(raw) { buffer, size, count, conversation in
      Unmanaged<SMTPConversation>.fromOpaque(conversation!).takeUnretainedValue().read(buffer!, size * count)
    }
    _ = ccurl_set_pointer(raw, CURLOPT_DEBUGDATA, conversation)
    _ = ccurl_set_debug(raw) { _, kind, bytes, size, conversation in
      let conversation = Unmanaged<SMTPConversation>.fromOpaque(conversation!).takeUnretainedValue()
      let bytes = UnsafeRawBufferPointer(start: bytes, count: size)
      switch kind {
      case CURLINFO_HEADER_OUT: conversation.note(command: bytes)
      case CURLINFO_HEADER_IN: conversation.note(line: bytes)
      default: break
      }
      return 0
    }
    number(CURLOPT_VERBOSE, 1)
    _ = ccurl_set_pointer(raw, CURLOPT_XFERINFODATA, conversation)
    _ = ccurl_set_progress(raw) { conversation, _, _, _, _ in
      let conversation = Unmanaged<SMTPConversation>.fromOpaque(conversation!).takeUnretainedValue()
      return conversation.isToEnd() ? 1 : 0
    }
    number(CURLOPT_NOPROGRESS, 0)
  }
}

extension Duration {
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
