import Foundation
import SMTP
import Store
import TestSupport
import Testing

/// What a server does at each stage, and what the client makes of it, over real sockets.
@Suite struct SMTPTests {
  static let mail = SMTPMail(
    sender: "mentorskap@example.se", recipient: "asa@example.se",
    bytes: [UInt8](
      "Message-ID: <one@handslag.local>\r\nSubject: =?UTF-8?Q?H=C3=A4lsning?=\r\n\r\n.en punkt\r\n..två\r\n.\r\nslut\r\n"
        .utf8))

  private func client(
    _ server: MailServer, _ index: Int, _ security: SMTPServer.Security = .none, login: (String, String)? = nil,
    trusting authorities: String? = nil, timeout: Duration = .seconds(20)
  ) -> SMTPClient {
    var settings = SMTPServer(
      host: "localhost", port: server.ports[index], security: security,
      credentials: login.map { .init(user: $0.0, password: $0.1) }, authorities: authorities ?? server.authority)
    settings.replyTimeout = timeout
    return SMTPClient(settings)
  }

  private static func hash(_ bytes: [UInt8]) -> String {
    SHA256.hash(Data(bytes)).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  @Test func `exactly the bytes arrive, over a connection that is used again`() async throws {
    let server = try await MailServer([.init(), .init(tls: "starttls"), .init(tls: "smtps")])
    for (index, security) in [SMTPServer.Security.none, .startTLS, .tls].enumerated() {
      let client = client(server, index, security)
      for _ in 0..<3 {
        let outcome = await client.send(Self.mail)
        guard case .accepted(let reply) = outcome else {
          Issue.record("\(security): \(outcome)")
          continue
        }
        #expect(reply == SMTPReply(code: 250, text: "2.0.0 taken"))
      }
      let taken = try server.taken(by: index)
      #expect(taken.count == 3)
      #expect(taken.allSatisfy { $0.sha256 == Self.hash(Self.mail.bytes) && $0.to == ["asa@example.se"] })
      #expect(taken.allSatisfy { $0.from == "mentorskap@example.se" && $0.id == "<one@handslag.local>" })
    }
  }

  /// Every stage, every way to say no.
  @Test func `a no at any stage is told with its stage, and nothing is taken`() async throws {
    let stages = SMTPStage.allCases
    let ports = stages.flatMap { stage in
      ["451", "550", "drop"].map { action in
        MailServer.Port(
          stage.rawValue, action, tls: stage == .startTLS || stage == .login ? "starttls" : nil,
          login: stage == .login ? ["karin", "hemligt"] : nil)
      }
    }
    let server = try await MailServer(ports)
    for (index, port) in ports.enumerated() {
      let stage = SMTPStage(rawValue: port.stage!)!
      let isSecure = port.tls != nil
      let client = client(
        server, index, isSecure ? .startTLS : .none, login: port.login.map { ($0[0], $0[1]) })
      let outcome = await client.send(Self.mail)
      switch (port.action!, outcome) {
      case ("451", .refused(let reply, let at)): #expect(reply.code == 451 && reply.isTransient && at == stage)
      case ("550", .refused(let reply, let at)):
        #expect(
          reply.code == 550 && !reply.isTransient && at == stage
            && reply.status == (stage == .content ? "5.6.0" : "5.1.1"))
      case ("drop", .failed(let trouble, let at, _)):
        #expect(stage != .content && at == stage && trouble != .timedOut, "\(stage): \(outcome)")
      case ("drop", .unanswered(.dropped, _)): #expect(stage == .content)
      default: Issue.record("\(port.stage!) \(port.action!): \(outcome)")
      }
      #expect(try server.taken(by: index) == [] || (stage == .content && port.action == "drop"))
    }
  }

  @Test func `a server that hangs is left in time, at whatever stage`() async throws {
    let stages = SMTPStage.allCases
    func isSecure(_ stage: SMTPStage) -> Bool { stage == .startTLS || stage == .login }
    let server = try await MailServer(
      stages.map {
        .init(
          $0.rawValue, "hang", tls: isSecure($0) ? "starttls" : nil, login: $0 == .login ? ["karin", "hemligt"] : nil)
      })
    try await withThrowingTaskGroup(of: (SMTPStage, SMTPOutcome).self) { group in
      for (index, stage) in stages.enumerated() {
        let client = client(
          server, index, isSecure(stage) ? .startTLS : .none, login: stage == .login ? ("karin", "hemligt") : nil,
          timeout: .seconds(1))
        group.addTask { (stage, await client.send(Self.mail)) }
      }
      for try await (stage, outcome) in group {
        switch outcome {
        case .failed(.timedOut, at: stage, _) where stage != .content: break
        case .unanswered(.timedOut, _) where stage == .content: break
        default: Issue.record("\(stage): \(outcome)")
        }
      }
    }
  }

  @Test(arguments: ["hej\r\n", "", "\r\n", ".\r\n", "..\r\n.", "hej", String(repeating: "åäö 123\r\n", count: 20_000)])
  func `a mail is taken once, whatever its lines are`(body: String) async throws {
    let server = try await MailServer([.init()])
    let client = client(server, 0)
    let bytes = [UInt8]("Message-ID: <one@handslag.local>\r\n\r\n\(body)".utf8)
    for _ in 0..<2 {
      let outcome = await client.send(SMTPMail(sender: "a@example.se", recipient: "asa@example.se", bytes: bytes))
      guard case .accepted = outcome else {
        Issue.record("\(outcome)")
        return
      }
    }
    let taken = try server.taken()
    #expect(taken.count == 2 && Set(taken.map(\.sha256)).count == 1)
    // A last line that does not end is ended.
    let whole = bytes.suffix(2) == [13, 10] ? bytes : bytes + [13, 10]
    #expect(taken[0].sha256 == Self.hash(whole))
  }

  @Test func `what a server took and did not say is not known, and what it said before it died is`() async throws {
    let server = try await MailServer([.init("content", "take-and-drop"), .init("content", "take-and-die")])
    guard case .unanswered(.dropped, _) = await client(server, 0).send(Self.mail) else {
      Issue.record("a dropped connection after the last byte")
      return
    }
    guard case .accepted = await client(server, 1).send(Self.mail) else {
      Issue.record("a server that died after its 250")
      return
    }
    #expect(try server.taken().map(\.port) == [0, 1])
  }

  @Test func `a certificate that can't be trusted gets nothing, not even the name of the reader`() async throws {
    let names = ["good", "self-signed", "expired", "other"]
    let server = try await MailServer(
      names.map { .init(tls: "starttls", certificate: $0, login: ["karin", "hemligt"]) }
        + names.map { .init(tls: "smtps", certificate: $0) } + [.init()])
    for (index, name) in (names + names).enumerated() {
      let isSTARTTLS = index < names.count
      let outcome = await client(
        server, index, isSTARTTLS ? .startTLS : .tls, login: isSTARTTLS ? ("karin", "hemligt") : nil
      ).send(Self.mail)
      switch outcome {
      case .accepted: #expect(name == "good")
      case .failed(.untrusted, at: let stage, _): #expect(name != "good" && stage < .login)
      default: Issue.record("\(name): \(outcome)")
      }
    }
    #expect(try server.taken().map(\.port) == [0, names.count])
    // Without the file of authorities the machine's own are asked, and know nothing of this one.
    let stranger = client(server, 0, .startTLS, trusting: "/etc/ssl/certs/ca-certificates.crt")
    guard case .failed = await stranger.send(Self.mail) else {
      Issue.record("a stranger's authority was trusted")
      return
    }
    // A server without TLS is told nothing where TLS is asked for.
    let plain = await client(server, 2 * names.count, .startTLS).send(Self.mail)
    guard case .failed(.noTLS, at: _, _) = plain else {
      Issue.record("\(plain)")
      return
    }
  }

  @Test func `a login that is right is let in, and one that is wrong is told so`() async throws {
    let server = try await MailServer([.init(tls: "starttls", login: ["karin", "hemligt"])])
    guard case .accepted = await client(server, 0, .startTLS, login: ("karin", "hemligt")).send(Self.mail) else {
      Issue.record("the right login")
      return
    }
    let wrong = await client(server, 0, .startTLS, login: ("karin", "fel")).send(Self.mail)
    guard case .refused(let reply, at: .login) = wrong else {
      Issue.record("\(wrong)")
      return
    }
    #expect(reply.code == 535)
    let none = await client(server, 0, .startTLS).send(Self.mail)
    guard case .refused(let reply, at: .sender) = none else {
      Issue.record("\(none)")
      return
    }
    #expect(reply.code == 530)
  }

  @Test func `nobody there, and no such name`() async throws {
    // Port 1 is nobody's (RFC 1078 is not in use).
    let gone = SMTPClient(SMTPServer(host: "127.0.0.1", port: 1, security: .none))
    guard case .failed(.unreachable, at: .greeting, _) = await gone.send(Self.mail) else {
      Issue.record("nobody listens")
      return
    }
    let unknown = SMTPClient(SMTPServer(host: "mail.invalid", port: 25, security: .none))
    guard case .failed(.unresolved, at: .greeting, _) = await unknown.send(Self.mail) else {
      Issue.record("no such name")
      return
    }
  }

  @Test func `who is cancelled gives up, and has sent nothing`() async throws {
    let server = try await MailServer([.init("sender", "hang")])
    let client = client(server, 0, timeout: .seconds(60))
    let sending = Task { await client.send(Self.mail) }
    sending.cancel()
    guard case .failed(.abandoned, at: _, _) = await sending.value else {
      Issue.record("went on")
      return
    }
    #expect(try server.taken() == [])
  }

  // MARK: Addresses with other letters

  static let international = SMTPMail(
    sender: "mentorskap@example.se", recipient: "anna.åkesson@example.se",
    bytes: [UInt8]("Message-ID: <two@handslag.local>\r\nTo: <anna.åkesson@example.se>\r\n\r\nhej\r\n".utf8))

  @Test(arguments: [SMTPServer.Security.none, .startTLS, .tls])
  func `an address with other letters is told where they are offered, and is not spoken of elsewhere`(
    security: SMTPServer.Security
  ) async throws {
    let tls: String? =
      switch security {
      case .none: nil
      case .startTLS: "starttls"
      case .tls: "smtps"
      }
    let server = try await MailServer([.init(tls: tls), .init(tls: tls, ascii: 100)])
    let (offering, plain) = (client(server, 0, security), client(server, 1, security))
    for mail in [Self.mail, Self.international, Self.international, Self.mail] {
      guard case .accepted = await offering.send(mail) else {
        Issue.record("\(mail.recipient) was not taken")
        return
      }
    }
    let taken = try server.taken(by: 0)
    let (asa, anna) = (["asa@example.se"], ["anna.åkesson@example.se"])
    #expect(taken.map(\.to) == [asa, anna, anna, asa])
    #expect(taken[1].sha256 == Self.hash(Self.international.bytes))
    #expect(try server.senders(of: 0).map { $0.contains(" SMTPUTF8") } == [false, true, true, false])
    // On a new connection, on one that is kept, and again; others' mails go as before.
    for mail in [Self.international, Self.mail, Self.international, Self.international, Self.mail] {
      switch await plain.send(mail) {
      case .accepted: #expect(mail == Self.mail)
      case .failed(.noUTF8, at: let stage, _): #expect(mail == Self.international && stage < .sender)
      case let other: Issue.record("\(other)")
      }
    }
    #expect(try server.taken(by: 1).map(\.to) == [["asa@example.se"], ["asa@example.se"]])
    #expect(try server.senders(of: 1).count == 2, "nothing is said of a mail that can't be taken")
  }

  @Test func `a server that has learnt of other letters is asked again`() async throws {
    let server = try await MailServer([.init(ascii: 2)])
    let client = client(server, 0)
    for isOffered in [false, false, true, true] {
      switch await client.send(Self.international) {
      case .accepted: #expect(isOffered)
      case .failed(.noUTF8, at: _, _): #expect(!isOffered)
      case let other: Issue.record("\(other)")
      }
    }
    #expect(try server.senders(of: 0).count == 2)
  }

  @Test func `a server that greets nobody for now has refused no address`() async throws {
    let server = try await MailServer([.init("hello", "451", times: 1)])
    let client = client(server, 0)
    guard case .refused(let reply, at: .hello) = await client.send(Self.international) else {
      Issue.record("taken for the address's fault")
      return
    }
    #expect(reply.isTransient)
    guard case .accepted = await client.send(Self.international) else {
      Issue.record("not tried again")
      return
    }
  }
}
