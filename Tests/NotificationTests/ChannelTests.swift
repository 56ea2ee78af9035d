import Contracts
import Foundation
import GRDB
import Messaging
import SMTP
import ServiceRuntime
import Store
import TestSupport
import Testing
import Texts

@testable import NotificationService

/// What holds of every way for mails to leave: the embedded folder, and a server over SMTP.
@Suite struct ChannelTests {
  enum Way: CaseIterable, Sendable { case maildir, smtp }

  /// A notifier with both addresses, and a way to look at what arrived.
  struct Bench {
    let harness: ServiceHarness
    let server: MailServer?
    let way: Way

    /// - Parameter folder: of an earlier bench, to go on from its store.
    init(
      _ way: Way, _ ports: [MailServer.Port] = [.init()], folder: TemporaryFolder? = nil, server: MailServer? = nil,
      port: Int = 0, settings: (inout MailSettings) -> Void = { _ in }
    ) async throws {
      let folder = try folder ?? TemporaryFolder()
      var made = try MailSettings([:])
      var ownServer = server
      switch way {
      case .maildir: break
      case .smtp:
        if ownServer == nil { ownServer = try await MailServer(ports) }
        made.smtp = .init(
          server: SMTPServer(host: "127.0.0.1", port: ownServer!.ports[port], security: .none), perMinute: 0)
      }
      made.retry.rest = .zero
      settings(&made)
      let final = made
      self.server = ownServer
      self.way = way
      harness = try await ServiceHarness(.notification, folder: folder) { options in
        let channel: any Channel =
          final.smtp.map(SMTPChannel.init) ?? Maildir(path: options.path(.notification, "mail"))
        return NotificationService.Notification.service(try Notifier(settings: final, channel: channel), options)
      }
      try await harness.deliver(NotificationTests.asa, from: .membership)
      try await harness.deliver(NotificationTests.bo, from: .membership)
    }

    func tell(_ id: String, _ kind: TellMember.Kind = .welcome) async throws {
      let task = TellMember(
        task: TaskID(unchecked: id), kind: kind, to: NotificationTests.asa.member, about: NotificationTests.bo.member,
        party: .mentor, mentorship: MentorshipID(unchecked: "p-1"), day: Day(2026, 11, 24))
      #expect(try await harness.deliver(task, from: .followup).kind == .done)
    }

    /// Moves the calendar to noon of a day, and waits until nothing is due.
    func noon(_ day: String) async throws {
      _ = try await harness.command(AdvanceCalendar(to: Day(text: day)!.at(hour: 12)))
      try await rest()
    }

    /// Waits until nothing is due.
    func rest() async throws { _ = try await harness.status { $0.due.rawValue == 0 } }

    func states() async throws -> [MailState] { try await harness.ask(ListMails()).mails.elements.map(\.state) }

    /// The Message-IDs of what arrived, in order.
    func arrived() throws -> [String] {
      guard let server else {
        let folder = harness.folder.path + "/notification/mail/new"
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
          .map { "<\($0.replacing(".handslag.local", with: "@handslag.local"))>" }.sorted()
      }
      return try server.taken().compactMap(\.id)
    }

    func mail(_ id: String) async throws -> GetMail.Reply {
      try await harness.ask(GetMail(task: TaskID(unchecked: id)))
    }
  }

  static func id(_ task: String) -> String { "<\(task)@handslag.local>" }

  // MARK: The same over both

  @Test(arguments: Way.allCases) func `each task arrives once, however often it comes`(way: Way) async throws {
    let bench = try await Bench(way)
    for id in ["one", "two", "one", "two"] { try await bench.tell(id) }
    try await bench.rest()
    #expect(Set(try bench.arrived()) == [Self.id("one"), Self.id("two")])
    #expect(try bench.arrived().count == 2)
    #expect(try await bench.states() == (way == .smtp ? [.sent, .sent] : [.kept, .kept]))
    await bench.harness.stop()
  }

  @Test(arguments: Way.allCases)
  func `what the board discards does not leave, until the board sends it after all`(way: Way) async throws {
    let bench = try await Bench(way) { $0.quietHours = QuietHours(text: "5-7") }
    try await bench.tell("one")
    try await bench.rest()
    #expect(try await bench.states() == [.queued])
    let command = DiscardMail(task: TaskID(unchecked: "one"))
    #expect(try await bench.harness.command(command).state == .suppressed)
    try await bench.noon("2026-09-02")
    #expect(try bench.arrived() == [])
    #expect(try await bench.mail("one").mail.reason?.rawValue == MailReason.discarded.code)
    await #expect(throws: Problem.self) { try await bench.harness.command(command) }

    _ = try await bench.harness.command(RetryMail(task: TaskID(unchecked: "one")))
    try await bench.rest()
    #expect(try bench.arrived() == [Self.id("one")])
    await #expect(throws: Problem.self) { try await bench.harness.command(command) }
    await bench.harness.stop()
  }

  @Test(arguments: Way.allCases)
  func `in the quiet hours nothing leaves, and at their end all does`(way: Way) async throws {
    // The calendar shows six in the morning.
    let bench = try await Bench(way) { $0.quietHours = QuietHours(text: "21-7") }
    try await bench.tell("one")
    try await bench.rest()
    #expect(try bench.arrived() == [])
    _ = try await bench.harness.command(AdvanceCalendar(to: Day(2026, 9, 1)!.at(hour: 7)))
    try await bench.rest()
    #expect(try bench.arrived() == [Self.id("one")])
    await bench.harness.stop()
  }

  /// What a process leaves that died during an attempt: the mail is being attempted, and its work is due.
  @Test(arguments: Way.allCases)
  func `after a death during an attempt the same bytes go again, and the board can see it`(way: Way) async throws {
    let bench = try await Bench(way)
    try await bench.tell("one")
    try await bench.rest()
    let payload = try JSONEncoder().encode(Notifier.DeliverMail(task: TaskID(unchecked: "one")))
    try await bench.harness.worker.store.database.write { db in
      try db.execute(sql: "UPDATE mail SET state = 'attempting'")
      try DueWork().plan(db, kind: "deliver-mail", key: "one", due: Day(2026, 9, 2)!.at(hour: 5), payload: payload)
    }
    try await bench.harness.advance(to: "2026-09-02")
    let mail = try await bench.mail("one")
    // A file of the same name is the same file; a server may have taken it twice.
    switch way {
    case .maildir:
      #expect(try bench.arrived() == [Self.id("one")])
      #expect(mail.unanswered.rawValue == 0 && mail.mail.state == .kept)
    case .smtp:
      let taken = try bench.server!.taken()
      #expect(taken.map(\.id) == [Self.id("one"), Self.id("one")] && Set(taken.map(\.sha256)).count == 1)
      #expect(mail.unanswered.rawValue == 1 && mail.mail.state == .sent)
      #expect(try await bench.harness.ask(GetMailDelivery()).unanswered.rawValue == 1)
    }
    await bench.harness.stop()
  }

  /// Of the reader, of the other, and of the board.
  @Test(arguments: Way.allCases) func `addresses with other letters are written to like others`(way: Way) async throws {
    let bench = try await Bench(way) {
      $0.from = try! MailAddress(parsing: "Mentorskapet på Åland <mentorskap@åland.se>", field: "X")
      $0.coordinator = try! MailAddress(parsing: "Åsa Åberg <asa@åkeri.se>", field: "X")
      $0.answers = try! MailAddress(parsing: "svar@åkeri.se", field: "X")
    }
    for var change in [NotificationTests.asa, NotificationTests.bo] {
      change.email = EmailAddress(unchecked: "\(change.member.rawValue).åkesson@åkeri.se")
      try await bench.harness.deliver(change, from: .membership)
    }
    for kind in [TellMember.Kind.welcome, .checkIn, .contactReminder] { try await bench.tell(kind.rawValue, kind) }
    try await bench.rest()
    #expect(try bench.arrived().count == 3)
    let (asa, bo) = (NotificationTests.asa.member.rawValue, NotificationTests.bo.member.rawValue)
    let stored = try await bench.harness.read { try Data.fetchAll($0, sql: "SELECT bytes FROM mail ORDER BY number") }
    switch way {
    case .maildir:
      let folder = bench.harness.folder.path + "/notification/mail/new"
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(Set(try files.map { try Data(contentsOf: URL(filePath: "\(folder)/\($0)")) }) == Set(stored))
    case .smtp:
      let taken = try bench.server!.taken()
      #expect(taken.map(\.from) == Array(repeating: "mentorskap@xn--land-poa.se", count: 3))
      #expect(taken.map(\.to) == Array(repeating: ["\(asa).åkesson@xn--keri-poa.se"], count: 3))
      let hashes = stored.map { SHA256.hash($0).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) } }
      #expect(Set(taken.map(\.sha256)) == Set(hashes.map { $0.joined() }))
      #expect(try bench.server!.senders(of: 0).allSatisfy { $0.contains("SMTPUTF8") })
    }
    let mails = try stored.map(ParsedMail.read)
    for mail in mails {
      #expect(mail.defects == [])
      #expect(mail.from == [["Mentorskapet på Åland", "mentorskap@xn--land-poa.se"]])
      #expect(mail.to == [[NotificationTests.asa.name.rawValue, "\(asa).åkesson@xn--keri-poa.se"]])
      #expect(mail.replyTo == "Åsa Åberg <asa@xn--keri-poa.se>")
      #expect(mail.body.contains("asa@åkeri.se") && mail.html?.contains("mailto:asa@xn--keri-poa.se") == true)
    }
    #expect(mails[0].body.contains("\(bo).åkesson@åkeri.se"))
    #expect(mails[0].html?.contains("<a href=\"mailto:\(bo).%C3%A5kesson@xn--keri-poa.se\">") == true)
    #expect(mails[2].unsubscribe == "<mailto:asa@xn--keri-poa.se?subject=stop-contact-reminder>")
    await bench.harness.stop()
  }

  @Test func `a server that takes no other letters has refused the address, and others are not held up`() async throws {
    let bench = try await Bench(.smtp, [.init(ascii: 2)])
    var asa = NotificationTests.asa
    asa.email = EmailAddress(unchecked: "åsa@example.se")
    try await bench.harness.deliver(asa, from: .membership)
    try await bench.tell("one")
    try await bench.rest()
    let mail = try await bench.mail("one")
    #expect(mail.mail.state == .failed && mail.attempts.rawValue == 1)
    #expect(mail.mail.reason?.rawValue == MailReason.lettersRefused.code)
    #expect(try await bench.harness.outbox(AddressFailed.self).map(\.address) == [asa.email])
    #expect(try await bench.harness.outbox(MailFailed.self).map(\.code.rawValue) == [MailReason.lettersRefused.code])
    #expect(try bench.server!.senders(of: 0) == [])
    try await bench.harness.advance(to: "2026-09-06")
    #expect(try await bench.mail("one").attempts.rawValue == 1)
    // To other letters in the domain alone any server can send.
    asa.email = EmailAddress(unchecked: "asa@åkeri.se")
    try await bench.harness.deliver(asa, from: .membership)
    try await bench.tell("two")
    try await bench.rest()
    #expect(try bench.server!.taken().map(\.to) == [["asa@xn--keri-poa.se"]])
    await bench.harness.stop()
  }

  // MARK: What only a server can do

  @Test(arguments: ["sender", "recipient", "data", "content"])
  func `a no for good is not asked again, and says why`(stage: String) async throws {
    let bench = try await Bench(.smtp, [.init(stage, "550", times: 1)])
    try await bench.tell("one")
    try await bench.rest()
    #expect(try await bench.states() == [.failed])
    // Not even when four days have passed.
    try await bench.harness.advance(to: "2026-09-06")
    #expect(try bench.arrived() == [])
    let mail = try await bench.mail("one")
    #expect(mail.attempts.rawValue == 1 && mail.said?.rawValue == "550 5.1.1 told by the test" || stage == "content")
    // What a server says of the sender says nothing about the reader's address.
    let isOfAddress = !["sender", "content"].contains(stage)
    let failures = try await bench.harness.outbox(AddressFailed.self)
    #expect(failures.map(\.member) == (isOfAddress ? [NotificationTests.asa.member] : []))
    let reason = isOfAddress ? MailReason.addressRefused : .mailRefused
    #expect(mail.mail.reason?.rawValue == reason.code)
    await bench.harness.stop()
  }

  @Test(arguments: ["greeting", "hello", "sender", "recipient", "data", "content"], ["451", "drop"])
  func `what is not taken now is tried again, and arrives once`(stage: String, action: String) async throws {
    // A server that does not know EHLO is greeted with HELO, so a no to one is asked twice.
    let bench = try await Bench(.smtp, [.init(stage, action, times: stage == "hello" && action == "451" ? 4 : 2)])
    try await bench.tell("one")
    try await bench.rest()
    #expect(try await bench.states() == [.retrying])
    #expect(try bench.arrived() == [])
    try await bench.harness.advance(to: "2026-09-02")
    #expect(try await bench.states() == [.retrying])
    try await bench.harness.advance(to: "2026-09-03")
    #expect(try await bench.states() == [.sent])
    #expect(try bench.arrived() == [Self.id("one")])
    // Only where the last byte had gone out can nobody know.
    let unanswered = stage == "content" && action == "drop" ? 2 : 0
    #expect(try await bench.mail("one").unanswered.rawValue == unanswered)
    await bench.harness.stop()
  }

  @Test(arguments: [
    ("greeting", "554", MailReason.serverRefuses), ("hello", "550", .serverRefuses), ("startTLS", "451", .noEncryption),
    ("startTLS", "550", .noEncryption), ("startTLS", "drop", .dropped), ("startTLS", "hang", .timedOut),
    ("login", "451", .serverRefuses), ("login", "535", .wrongLogin), ("login", "drop", .dropped),
    ("login", "hang", .timedOut),
  ])
  func `a server that refuses this machine has refused no mail`(
    stage: String, action: String, reason: MailReason
  ) async throws {
    let isSecure = ["startTLS", "login"].contains(stage)
    let login = stage == "login" ? ["karin", "hemligt"] : nil
    let server = try await MailServer([
      .init(stage, action, times: stage == "hello" ? 2 : 1, tls: isSecure ? "starttls" : nil, login: login)
    ])
    let bench = try await Bench(.smtp, server: server) {
      guard isSecure else { return }
      $0.smtp!.server = SMTPServer(
        host: "localhost", port: server.ports[0], security: .startTLS,
        credentials: login.map { .init(user: $0[0], password: $0[1]) }, authorities: server.authority)
      $0.smtp!.server.replyTimeout = .seconds(1)
    }
    try await bench.tell("one")
    try await bench.rest()
    #expect(try await bench.states() == [.retrying])
    #expect(try await bench.mail("one").mail.reason?.rawValue == reason.code)
    #expect(try bench.arrived() == [])
    try await bench.harness.advance(to: "2026-09-02")
    #expect(try await bench.states() == [.sent])
    await bench.harness.stop()
  }

  @Test func `after four days a mail is given up`() async throws {
    let bench = try await Bench(.smtp, [.init("recipient", "451")])
    try await bench.tell("one")
    try await bench.rest()
    for day in 2...4 {
      try await bench.harness.advance(to: "2026-09-0\(day)")
      #expect(try await bench.states() == [.retrying], "day \(day)")
    }
    try await bench.harness.advance(to: "2026-09-05")
    #expect(try await bench.states() == [.failed])
    #expect(try bench.arrived() == [])
    // The address itself was not refused.
    #expect(try await bench.harness.outbox(AddressFailed.self).isEmpty)
    await bench.harness.stop()
  }

  @Test func `an answer that is lost makes a second copy with the same id, and is counted`() async throws {
    let bench = try await Bench(.smtp, [.init("content", "take-and-drop", times: 1)])
    try await bench.tell("one")
    try await bench.rest()
    #expect(try await bench.states() == [.retrying])
    try await bench.harness.advance(to: "2026-09-02")
    let taken = try bench.server!.taken()
    #expect(taken.map(\.id) == [Self.id("one"), Self.id("one")] && Set(taken.map(\.sha256)).count == 1)
    #expect(try await bench.mail("one").unanswered.rawValue == 1)
    await bench.harness.stop()
  }

  @Test func `a ping is answered while a server hangs, and an end of the service does not wait for it`() async throws {
    let bench = try await Bench(.smtp, [.init("sender", "hang"), .init()])
    try await bench.tell("one")
    for _ in 0..<20 { _ = try await bench.harness.ask(GetHealth()) }
    #expect(try await bench.states() == [.attempting])
    let folder = bench.harness.folder
    await bench.harness.stop()
    // What was given up is known not to have been sent.
    let again = try await Bench(.smtp, folder: folder, server: bench.server, port: 1)
    try await again.rest()
    #expect(try await again.states() == [.sent])
    #expect(try again.arrived() == [Self.id("one")])
    #expect(try await again.mail("one").unanswered.rawValue == 0)
    await again.harness.stop()
  }

  @Test func `at most so many mails are under way, and at most so many a minute begin`() async throws {
    let bench = try await Bench(.smtp) { $0.smtp!.perMinute = 6_000 }
    let start = ContinuousClock.now
    for number in 1...20 { try await bench.tell("task-\(number)") }
    try await bench.rest()
    // A hundred a second: twenty can't take less than nineteen hundredths.
    #expect(ContinuousClock.now - start >= .milliseconds(190))
    #expect(try bench.arrived().count == 20)
    await bench.harness.stop()
  }
}

/// What happens to mails that need not go at once, and what the board hears.
@Suite struct DigestTests {
  private func tell(
    _ bench: ChannelTests.Bench, _ id: String, _ kind: TellMember.Kind, mentorship: String = "p-1"
  ) async throws {
    let task = TellMember(
      task: TaskID(unchecked: id), kind: kind, to: NotificationTests.asa.member, about: NotificationTests.bo.member,
      party: .mentor, mentorship: MentorshipID(unchecked: mentorship), day: Day(2026, 11, 24))
    #expect(try await bench.harness.deliver(task, from: .followup).kind == .done)
  }

  @Test(arguments: ChannelTests.Way.allCases)
  func `small mails to one person within a window are one mail`(way: ChannelTests.Way) async throws {
    let bench = try await ChannelTests.Bench(way) { $0.digestWindow = .seconds(3600) }
    try await tell(bench, "first", .contactReminder)
    try await tell(bench, "second", .halfWay, mentorship: "p-2")
    try await tell(bench, "third", .closing, mentorship: "p-3")
    // What matters goes at once.
    try await tell(bench, "welcome", .welcome)
    try await bench.rest()
    #expect(try bench.arrived() == [ChannelTests.id("welcome")])
    try await bench.harness.advance(to: "2026-09-02")
    #expect(Set(try bench.arrived()) == [ChannelTests.id("welcome"), ChannelTests.id("first")])
    let mails = try await bench.harness.ask(ListMails()).mails.elements
    #expect(mails.allSatisfy { $0.state == (way == .smtp ? .sent : .kept) })
    let digest = try await bench.mail("first")
    #expect(digest.mail.subject.rawValue == MailTexts.digest(3).sv && digest.carries.rawValue == 2)
    for subject in ["Dags för ett samtal?", "Halvvägs i ert mentorskap", "Ert mentorskap närmar sig slutet"] {
      #expect(digest.text?.rawValue.contains(subject) == true)
    }
    #expect(try await bench.mail("third").carriedBy?.rawValue == "first")
    let problem = await #expect(throws: Problem.self) {
      try await bench.harness.command(RetryMail(task: TaskID(unchecked: "third")))
    }
    #expect(problem?.code == "mail/shares-a-mail")
    await bench.harness.stop()
  }

  @Test func `a small mail that is alone is itself`() async throws {
    let bench = try await ChannelTests.Bench(.maildir) { $0.digestWindow = .seconds(3600) }
    try await tell(bench, "first", .contactReminder)
    try await bench.harness.advance(to: "2026-09-02")
    let mail = try await bench.mail("first")
    #expect(mail.mail.subject.rawValue == "Dags för ett samtal?" && mail.carries.rawValue == 0)
    await bench.harness.stop()
  }

  @Test func `what somebody has declined is not sent, and the reason is kept`() async throws {
    let bench = try await ChannelTests.Bench(.smtp)
    _ = try await bench.harness.command(
      SetMailPreference(member: NotificationTests.asa.member, kind: .contactReminder, isDeclined: true))
    try await tell(bench, "reminder", .contactReminder)
    try await tell(bench, "welcome", .welcome)
    try await bench.rest()
    #expect(try bench.arrived() == [ChannelTests.id("welcome")])
    #expect(try await bench.mail("reminder").mail.reason?.rawValue == MailReason.optedOut.code)
    // What everybody is told can't be declined.
    let problem = await #expect(throws: Problem.self) {
      try await bench.harness.command(
        SetMailPreference(member: NotificationTests.asa.member, kind: .welcome, isDeclined: true))
    }
    #expect(problem?.code == "mail/not-optional")
    await bench.harness.stop()
  }

  @Test func `who has paused hears of nothing but what has happened to a mentorship of theirs`() async throws {
    let bench = try await ChannelTests.Bench(.smtp)
    var asa = NotificationTests.asa
    asa.status = .paused
    try await bench.harness.deliver(asa, from: .membership)
    try await tell(bench, "reminder", .contactReminder)
    try await tell(bench, "invitation", .invitation)
    try await tell(bench, "ended", .ended)
    try await bench.rest()
    #expect(try bench.arrived() == [ChannelTests.id("ended")])
    #expect(try await bench.mail("invitation").mail.reason?.rawValue == MailReason.paused.code)
    await bench.harness.stop()
  }

  @Test func `what is withdrawn before it has left does not leave`() async throws {
    let bench = try await ChannelTests.Bench(.smtp) { $0.quietHours = QuietHours(text: "5-7") }
    try await tell(bench, "one", .contactReminder)
    try await bench.harness.deliver(
      WithdrawTasks(tasks: Bounded(["one", "two"].map(TaskID.init(unchecked:)))), from: .followup)
    try await tell(bench, "two", .contactReminder)
    try await bench.noon("2026-09-02")
    #expect(try bench.arrived() == [])
    let mails = try await bench.harness.ask(ListMails()).mails.elements
    #expect(mails.map(\.reason?.rawValue) == [MailReason.withdrawn.code, MailReason.withdrawn.code])
    await bench.harness.stop()
  }

  @Test func `the board is told each Monday what needs it, and with the folder alone that nothing leaves`() async throws
  {
    let bench = try await ChannelTests.Bench(.maildir)
    try await tell(bench, "one", .welcome)
    // The first of September 2026 is a Tuesday.
    for day in ["2026-09-07", "2026-09-08", "2026-09-15"] { try await bench.harness.advance(to: day) }
    #expect(try bench.arrived() == ["one", "weekly-2026-09-07", "weekly-2026-09-14"].map(ChannelTests.id))
    #expect(try await bench.mail("weekly-2026-09-07").text?.rawValue.contains(MailDeskTexts.nothingLeaves.sv) == true)
    #expect(try await bench.harness.ask(GetMailDelivery()).server == nil)
    // A year that was slept through is one mail, and no storm.
    try await bench.harness.advance(to: "2027-09-15")
    #expect(try bench.arrived().count == 4)
    await bench.harness.stop()

    let sending = try await ChannelTests.Bench(.smtp, [.init("recipient", "550", times: 1)])
    try await tell(sending, "one", .welcome)
    try await sending.rest()
    try await sending.harness.advance(to: "2026-09-08")
    let weekly = try await sending.mail("weekly-2026-09-07")
    #expect(weekly.text?.rawValue.contains("1 mejl kom inte fram") == true)
    #expect(weekly.text?.rawValue.contains("Den senaste veckan: inte framkomna 1.") == true)
    #expect(weekly.mail.to.rawValue == "board" && weekly.mail.state == .sent)
    // A week later that is no news, and still to be settled; once it is, there is nothing to say.
    try await sending.harness.advance(to: "2026-09-15")
    let next = try await sending.mail("weekly-2026-09-14")
    #expect(next.text?.rawValue.contains("1 mejl kom inte fram") == true)
    #expect(next.text?.rawValue.contains("Den senaste veckan: skickade 1.") == true)
    _ = try await sending.harness.command(DiscardMail(task: TaskID(unchecked: "one")))
    try await sending.harness.advance(to: "2026-09-22")
    #expect(try await sending.harness.ask(ListMails()).mails.elements.count == 3)
    await sending.harness.stop()
  }

  @Test func `what the board has to do is one mail to it, with names`() async throws {
    let bench = try await ChannelTests.Bench(.maildir) {
      $0.coordinator = try! MailAddress(parsing: "Karin Berg <karin@example.se>", field: "X")
    }
    let task = TellBoard(
      task: TaskID(unchecked: "board-1"), kind: .notice,
      lines: Bounded([
        .init(
          task: BoardTaskID(unchecked: "p-1-silent-1"), kind: .silent, mentorship: MentorshipID(unchecked: "p-1"),
          about: NotificationTests.asa.member, other: MemberID(unchecked: "m-unknown"), due: Day(2026, 9, 8)!)
      ]))
    for _ in 0..<2 { #expect(try await bench.harness.deliver(task, from: .followup).kind == .done) }
    try await bench.rest()
    let mail = try await bench.mail("board-1")
    #expect(mail.recipient?.rawValue == "karin@example.se")
    #expect(
      mail.text?.rawValue.contains("Åsa Öberg-Lindström, \"ÅÖ\", m-unknown: tyst. Senast den 8 september 2026.") == true
    )
    #expect(try bench.arrived() == [ChannelTests.id("board-1")])
    // It is no mail to a member.
    #expect(try await bench.harness.ask(GetMailReport()).tallies.elements.isEmpty)
    let metrics = try await bench.harness.worker.metrics()
    #expect(metrics.contains("handslag_mails{service=\"notification\",state=\"kept\"} 1"))
    await bench.harness.stop()
  }

  @Test(arguments: MailTemplateTests.injections) func `a name is a name in what the board is told`(name: String)
    async throws
  {
    let bench = try await ChannelTests.Bench(.maildir)
    var known = NotificationTests.asa
    known.name = PersonName(unchecked: name)
    try await bench.harness.deliver(known, from: .membership)
    #expect(try await bench.harness.deliver(RetryTests.notice("board-1"), from: .followup).kind == .done)
    try await bench.rest()
    let mail = try ParsedMail.read(
      try await bench.harness.read { try Data.fetchOne($0, sql: "SELECT bytes FROM mail WHERE task = 'board-1'")! })
    let html = try #require(mail.html)
    #expect(mail.defects == [] && html.contains(MailContent.escaped(name)) && mail.body.contains(name))
    for markup in ["<script", "<img", "href=\"https://evil"] { #expect(!html.contains(markup)) }
    await bench.harness.stop()
  }

  @Test func `a preview is what would be sent, and a draft is refused with its line`() async throws {
    let bench = try await ChannelTests.Bench(.maildir)
    let to = NotificationTests.asa.member
    let preview = try await bench.harness.ask(PreviewMail(kind: .checkIn, to: to, about: NotificationTests.bo.member))
    #expect(preview.subject.rawValue == "Har ni hörts?" && preview.text.rawValue.contains("mailto:"))
    #expect(preview.html.rawValue.hasPrefix("<!DOCTYPE html>"))
    let draft = LetterText("== sv\nHallå {{firstName}}\n\nText.\n\n== en\nHello\n\nText.\n")
    #expect(
      try await bench.harness.ask(PreviewMail(kind: .checkIn, to: to, draft: draft)).subject.rawValue == "Hallå Åsa")
    let problem = await #expect(throws: Problem.self) {
      try await bench.harness.ask(PreviewMail(kind: .checkIn, to: to, draft: LetterText("== sv\nA\n\n{{okänt}}\n")))
    }
    #expect(problem?.code == "mail/wrong-template" && problem?.detail.contains("Rad 4") == true)
    #expect(try bench.arrived() == [])
    await bench.harness.stop()
  }
}
