import Contracts
import Foundation
import GRDB
import Messaging
import SMTP
import ServiceRuntime
import TestSupport
import Testing

@testable import NotificationService

/// The notifier against a whole mail server, Exim from Debian's packages: TLS, a login, and what arrives in a mailbox.
@Suite struct EximTests {
  /// Exim with a configuration, a spool and mailboxes of the test's own.
  final class Exim: @unchecked Sendable {
    // `@unchecked`: nothing changes after `init` but the process, which is only signalled.
    let folder: TemporaryFolder
    let port: Int
    let authority: String
    private let process = Process()

    init() async throws {
      // For its certificates.
      let server = try await MailServer([.init()])
      port = Exim.freePort()
      folder = try TemporaryFolder()
      authority = folder.path + "/authority.pem"
      for name in ["authority.pem", "good.pem", "good.key"] {
        try FileManager.default.copyItem(atPath: "\(server.folder.path)/\(name)", toPath: "\(folder.path)/\(name)")
      }
      // As root it wants another user's rights for its work; else it keeps those that it has.
      let user = getuid() == 0 ? "mail" : NSUserName()
      try Data(Exim.configuration(folder.path, port, user).utf8)
        .write(to: URL(filePath: folder.path + "/exim.conf"))
      for name in ["spool", "mail"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
      }
      if getuid() == 0 {
        let owned = try await Executable.run(URL(filePath: "/bin/chown"), ["-R", "mail:mail", folder.path])
        #expect(owned.status == 0, "\(owned.errors)")
        let conf = try await Executable.run(URL(filePath: "/bin/chown"), ["root:root", folder.path + "/exim.conf"])
        #expect(conf.status == 0, "\(conf.errors)")
      }
      process.executableURL = URL(filePath: "/usr/sbin/exim4")
      process.arguments = ["-C", folder.path + "/exim.conf", "-bdf", "-q1s"]
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      guard FileManager.default.isExecutableFile(atPath: "/usr/sbin/exim4") else {
        throw MailServer.Failure(description: "exim4 is missing: make deps installs it")
      }
      try process.run()
      while !Exim.isListening(port) { await Task.yield() }
    }

    // It may have been started with SIGTERM blocked.
    deinit { kill(process.processIdentifier, SIGKILL) }

    /// The mails that arrived, as paths.
    func arrived() throws -> [String] {
      let new = folder.path + "/mail/new"
      return ((try? FileManager.default.contentsOfDirectory(atPath: new)) ?? []).sorted().map { "\(new)/\($0)" }
    }

    private static func isListening(_ port: Int) -> Bool {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      return onLoopback(port) { connect(descriptor, $0, $1) == 0 }
    }

    /// A port that was free a moment ago.
    private static func freePort() -> Int {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      _ = onLoopback(0) { bind(descriptor, $0, $1) }
      var address = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      _ = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
      }
      return Int(in_port_t(bigEndian: address.sin_port))
    }

    private static func onLoopback<T>(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }

    private static func configuration(_ folder: String, _ port: Int, _ user: String) -> String {
      """
      primary_hostname = localhost
      exim_user = \(user)
      exim_group = \(user)
      spool_directory = \(folder)/spool
      log_file_path = \(folder)/log.%s
      pid_file_path = \(folder)/pid
      daemon_smtp_ports = \(port)
      local_interfaces = 127.0.0.1
      keep_environment =
      smtp_accept_queue_per_connection = 0
      tls_advertise_hosts = *
      tls_certificate = \(folder)/good.pem
      tls_privatekey = \(folder)/good.key
      auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
      acl_smtp_rcpt = check_recipient
      acl_smtp_data = check_content

      begin acl
      check_recipient:
        deny message = relay not permitted
             !authenticated = *
        deny message = unknown user
             local_parts = ^refused
        accept
      check_content:
        deny message = headers are not in order
             !verify = header_syntax
        accept

      begin routers
      local:
        driver = accept
        transport = keep

      begin transports
      keep:
        driver = appendfile
        directory = \(folder)/mail
        maildir_format
        create_directory
        user = \(user)
        group = \(user)

      begin authenticators
      plain:
        driver = plaintext
        public_name = PLAIN
        server_prompts = :
        server_condition = ${if and{{eq{$auth2}{handslag}}{eq{$auth3}{hemligt}}}}
        server_set_id = $auth2

      """
    }
  }

  @Test(.timeLimit(.minutes(1))) func `every kind arrives whole in a mailbox, and what is refused is told`()
    async throws
  {
    let exim = try await Exim()
    var settings = try MailSettings([:])
    settings.smtp = .init(
      server: SMTPServer(
        host: "localhost", port: exim.port, security: .startTLS,
        credentials: .init(user: "handslag", password: "hemligt"), authorities: exim.authority), perMinute: 0)
    let notifier = try Notifier(settings: settings, channel: SMTPChannel(settings.smtp!))
    let harness = try await ServiceHarness(.notification) { options in
      NotificationService.Notification.service(notifier, options)
    }
    var refused = NotificationTests.bo
    refused.member = MemberID(unchecked: "m-refused")
    refused.email = EmailAddress(unchecked: "refused@example.se")
    var cia = SharedMailTests.cia
    cia.email = EmailAddress(unchecked: "cia.åkesson@åkeri.se")
    for change in [NotificationTests.asa, NotificationTests.bo, refused, cia] {
      try await harness.deliver(change, from: .membership)
    }
    func task(_ kind: TellMember.Kind, to: MemberID) -> TellMember {
      TellMember(
        task: TaskID(unchecked: "p-1-\(kind.rawValue)-\(to.rawValue)"), kind: kind, to: to,
        about: NotificationTests.bo.member, party: .adept, mentorship: MentorshipID(unchecked: "p-1"))
    }
    for kind in TellMember.Kind.allCases {
      try await harness.deliver(task(kind, to: NotificationTests.asa.member), from: .followup)
    }
    for member in [refused.member, cia.member] {
      try await harness.deliver(task(.welcome, to: member), from: .followup)
    }
    _ = try await harness.status { $0.due.rawValue == 0 }

    let mails = try await harness.ask(ListMails()).mails.elements
    #expect(mails.filter { $0.state == .sent }.count == TellMember.Kind.allCases.count + 1)
    #expect(mails.filter { $0.state == .failed }.map(\.to) == [refused.member])
    #expect(try await harness.outbox(AddressFailed.self).map(\.member) == [refused.member])
    #expect(try await harness.outbox(MailFailed.self).map(\.member) == [refused.member])
    // It answers before it has put a mail into the mailbox.
    while try exim.arrived().count <= TellMember.Kind.allCases.count { await Task.yield() }
    let stored = try await harness.read { try Data.fetchAll($0, sql: "SELECT bytes FROM mail WHERE state = 'sent'") }
    let arrived = try exim.arrived().map { try Data(contentsOf: URL(filePath: $0)) }
    for bytes in stored {
      // A mailbox ends its lines with a line feed, and has the server's own fields first.
      let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
      #expect(arrived.contains { String(decoding: $0, as: UTF8.self).hasSuffix(text) })
    }
    let read = try ParsedMail.read(try exim.arrived())
    #expect(read.allSatisfy { $0.defects == [] })
    let asa = [NotificationTests.asa.name.rawValue, NotificationTests.asa.email.rawValue]
    #expect(read.count { $0.to == [asa] } == TellMember.Kind.allCases.count)
    #expect(read.count { $0.to == [[cia.name.rawValue, "cia.åkesson@xn--keri-poa.se"]] } == 1)
    await harness.stop()
  }
}
