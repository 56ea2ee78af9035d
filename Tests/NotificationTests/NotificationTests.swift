import Contracts
import Foundation
import GRDB
import Messaging
import ServiceRuntime
import Store
import TestSupport
import Testing
import Texts

@testable import NotificationService

@Suite struct NotificationTests {
  static let asa = AddressChanged(
    member: MemberID(unchecked: "m-asa"), name: PersonName(unchecked: #"Åsa Öberg-Lindström, "ÅÖ""#),
    email: EmailAddress(unchecked: "asa.oberg@example.se"), language: .sv)
  static let bo = AddressChanged(
    member: MemberID(unchecked: "m-bo"),
    name: PersonName(unchecked: "Bo Märta-Ingegärd Elisabet af Åkerström-Söderström von Östergötland-Hökåsen"),
    email: EmailAddress(unchecked: "bo@example.org"), language: .en)

  static func entry(_ change: AddressChanged) -> AddressBook.Entry {
    .init(name: change.name, email: change.email, language: change.language)
  }

  private func start(folder: TemporaryFolder? = nil) async throws -> ServiceHarness {
    try await ServiceHarness(.notification, folder: folder) {
      try NotificationService.Notification.service($0)
    }
  }

  private func task(
    _ kind: TellMember.Kind = .welcome, _ party: Party = .mentor, to: AddressChanged = asa,
    about: AddressChanged = bo, id: String? = nil
  ) -> TellMember {
    TellMember(
      task: TaskID(unchecked: id ?? "p-1-\(kind.rawValue)-\(party.rawValue)-\(to.language.rawValue)"),
      kind: kind, to: to.member, about: about.member, party: party, mentorship: MentorshipID(unchecked: "p-1"),
      day: Day(2026, 11, 24))
  }

  /// The files of the Maildir, as paths, by name, once nothing is due any more.
  private func mails(_ harness: ServiceHarness) async throws -> [String] {
    _ = try await harness.status { $0.due.rawValue == 0 }
    let folder = harness.folder.path + "/notification/mail/new"
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
  }

  @Test func `every kind, for each of the two, in each language, is a mail that others can read`() async throws {
    let harness = try await start()
    try await harness.deliver(Self.asa, from: .membership)
    try await harness.deliver(Self.bo, from: .membership)
    var tasks: [TellMember] = []
    for kind in TellMember.Kind.allCases {
      for party in Party.allCases {
        for (to, about) in [(Self.asa, Self.bo), (Self.bo, Self.asa)] {
          let task = task(kind, party, to: to, about: about)
          tasks.append(task)
          #expect(try await harness.deliver(task, from: .followup).kind == .done)
        }
      }
    }
    let notifier = try Notifier(settings: try MailSettings([:]), channel: Maildir(path: "none"))
    let paths = tasks.map { harness.folder.path + "/notification/mail/new/\(Maildir.fileName(of: $0.task))" }
    #expect(try await mails(harness) == paths.sorted())

    for (task, mail) in zip(tasks, try ParsedMail.read(paths)) {
      let (reader, other) = task.to == Self.asa.member ? (Self.asa, Self.bo) : (Self.bo, Self.asa)
      let message = try notifier.compose(
        task, as: task.party!, to: Self.entry(reader), about: Self.entry(other), at: Day(2026, 9, 1)!.at(hour: 6))
      #expect(mail.defects == [])
      #expect(mail.subject == message.subject)
      #expect(mail.body == message.text + "\n")
      #expect(mail.html == message.html)
      #expect(mail.contentType == "multipart/alternative")
      #expect((mail.unsubscribe != nil) == task.kind.isOptional)
      #expect(mail.to == [[reader.name.rawValue, reader.email.rawValue]])
      #expect(mail.from == [["Mentorskapet", "mentorskap@localhost"]])
      #expect(mail.date == "2026-09-01T06:00:00+02:00")
      #expect(mail.autoSubmitted == "auto-generated")
      #expect(mail.messageID == "<\(task.task.rawValue)@handslag.local>")
      #expect(mail.references == "<p-1.\(task.to.rawValue)@handslag.local>")
    }
    #expect(Set(tasks.map(\.task)).count == 4 * TellMember.Kind.allCases.count)

    let listed = try await harness.ask(ListMails()).mails.elements
    #expect(listed.map(\.task) == tasks.map(\.task))
    #expect(listed.allSatisfy { $0.state == .kept && $0.day == Day(2026, 9, 1) })
    let toBo = try await harness.ask(ListMails(to: Self.bo.member)).mails.elements
    #expect(toBo.map(\.task) == tasks.filter { $0.to == Self.bo.member }.map(\.task))
    let tallies = try await harness.ask(GetMailReport()).tallies.elements
    #expect(
      tallies == TellMember.Kind.allCases.map { .init(kind: $0, state: .kept, mails: Count(unchecked: 4)) })
    await harness.stop()
  }

  @Test func `a task that comes again, as whatever delivery, is one mail`() async throws {
    let harness = try await start()
    try await harness.deliver(Self.asa, from: .membership)
    try await harness.deliver(Self.bo, from: .membership)
    for id in ["one", "one", "two", "three"] {
      #expect(try await harness.deliver(task(), from: .followup, id: id).kind == .done)
    }
    try await harness.advance(to: "2026-09-02")
    #expect(try await harness.deliver(task(), from: .followup).kind == .done)
    #expect(try await mails(harness).count == 1)
    #expect(try await harness.ask(ListMails()).mails.elements.count == 1)
    await harness.stop()
  }

  @Test func `a task waits for the addresses of both, and then is told in the language of the latest`() async throws {
    let harness = try await start()
    #expect(try await harness.deliver(task(), from: .followup, id: "one").kind == .retry)
    var asa = Self.asa
    try await harness.deliver(asa, from: .membership)
    #expect(try await harness.deliver(task(), from: .followup, id: "one").kind == .retry)
    #expect(try await mails(harness) == [])
    #expect(try await harness.ask(ListMails()).mails.elements == [])

    try await harness.deliver(Self.bo, from: .membership)
    asa.language = .en
    asa.email = EmailAddress(unchecked: "asa@example.org")
    try await harness.deliver(asa, from: .membership)
    #expect(try await harness.deliver(task(), from: .followup, id: "one").kind == .done)
    let mail = try ParsedMail.read(try await mails(harness))[0]
    #expect(mail.to == [[asa.name.rawValue, "asa@example.org"]])
    #expect(mail.subject == "Your mentorship begins")
    await harness.stop()
  }

  /// What a process leaves that died after the mail was in the Maildir and before the commit that says so:
  /// the mail is queued, its work planned, the file there.
  @Test func `a crash between the Maildir and the commit leaves one mail`() async throws {
    let harness = try await start()
    try await harness.deliver(Self.asa, from: .membership)
    try await harness.deliver(Self.bo, from: .membership)
    try await harness.deliver(task(), from: .followup)
    let written = try await mails(harness)
    #expect(written.count == 1)
    let work = Notifier.DeliverMail(task: task().task)
    try await harness.worker.store.database.write { db in
      try db.execute(sql: "UPDATE mail SET state = 'queued'")
      try DueWork().plan(
        db, kind: "deliver-mail", key: work.task.rawValue, due: Day(2026, 9, 2)!.at(hour: 5),
        payload: try JSONEncoder().encode(work))
    }
    #expect(try await harness.ask(ListMails()).mails.elements.map(\.state) == [.queued])
    try await harness.advance(to: "2026-09-02")
    #expect(try await harness.ask(ListMails()).mails.elements.map(\.state) == [.kept])
    #expect(try await mails(harness) == written)
    await harness.stop()
  }

  @Test func `a mail that the file system would not take stays due, and is kept once it can be`() async throws {
    let harness = try await start()
    let obstacle = harness.folder.path + "/notification/mail"
    try Data().write(to: URL(filePath: obstacle))
    try await harness.deliver(Self.asa, from: .membership)
    try await harness.deliver(Self.bo, from: .membership)
    #expect(try await harness.deliver(task(), from: .followup).kind == .done)
    // As long as it is not there it is due, and after the third time `board status` says that it fails.
    while try await harness.read({ try Int.fetchOne($0, sql: "SELECT max(failures) FROM due_work") }) == 0 {
      await Task.yield()
    }
    #expect(try await harness.ask(ListMails()).mails.elements.map(\.state) == [.attempting])
    #expect(
      try await harness.ask(GetMailReport()).tallies.elements
        == [.init(kind: .welcome, state: .attempting, mails: Count(unchecked: 1))])

    try FileManager.default.removeItem(atPath: obstacle)
    try await harness.advance(to: "2026-09-02")
    #expect(try await harness.ask(ListMails()).mails.elements.map(\.state) == [.kept])
    #expect(try await mails(harness).count == 1)
    await harness.stop()
  }

  @Test func `an address that no mail can have is a dead letter that does not tell it`() async throws {
    let harness = try await start()
    var asa = Self.asa
    asa.email = EmailAddress(unchecked: "åsa öberg@example.se")
    #expect(try await harness.deliver(asa, from: .membership).kind == .dead)
    let letter = try #require(try await harness.ask(ListDeadLetters(after: Count(0))).letters.elements.first)
    #expect(letter.problem.rawValue.contains("data.email"))
    #expect(!letter.problem.rawValue.contains("åsa"))
    await harness.stop()
  }

  @Test func `what is withdrawn before it has come is no mail`() async throws {
    let harness = try await start()
    try await harness.deliver(Self.asa, from: .membership)
    try await harness.deliver(Self.bo, from: .membership)
    try await harness.deliver(WithdrawTasks(tasks: Bounded([task().task])), from: .followup)
    #expect(try await harness.deliver(task(), from: .followup).kind == .done)
    #expect(try await mails(harness) == [])
    await harness.stop()
  }

  @Test(arguments: [false, true])
  func `what is withdrawn during an attempt is called kept where it lies in the Maildir`(arrived: Bool) async throws {
    let harness = try await start()
    // An attempt is under way until the folder can be written to.
    let obstacle = harness.folder.path + "/notification/mail"
    try FileManager.default.createSymbolicLink(atPath: obstacle, withDestinationPath: "/dev/null")
    try await harness.deliver(Self.asa, from: .membership)
    try await harness.deliver(Self.bo, from: .membership)
    try await harness.deliver(task(), from: .followup)
    while try await harness.read({ try Int.fetchOne($0, sql: "SELECT max(failures) FROM due_work") }) == 0 {
      await Task.yield()
    }
    try await harness.deliver(WithdrawTasks(tasks: Bounded([task().task])), from: .followup)
    // It can at once, with the file of that attempt or without: a link takes the other's place in one step.
    let folder = Maildir(path: harness.folder.path + "/mail")
    let file = Maildir.fileName(of: task().task)
    try folder.deliver(Data("as it was\r\n".utf8), as: arrived ? file : "another")
    if !arrived { try FileManager.default.removeItem(atPath: folder.path + "/new/another") }
    try FileManager.default.createSymbolicLink(atPath: obstacle + "-link", withDestinationPath: folder.path)
    #expect(rename(obstacle + "-link", obstacle) == 0)

    try await harness.advance(to: "2026-09-02")
    #expect(try await mails(harness).map { URL(filePath: $0).lastPathComponent } == (arrived ? [file] : []))
    let mail = try #require(try await harness.ask(ListMails()).mails.elements.first)
    #expect(mail.state == (arrived ? .kept : .suppressed))
    #expect(mail.reason?.rawValue == (arrived ? nil : MailReason.withdrawn.code))
    await harness.stop()
  }

  @Test func `each choice is a link whose subject holds the token and the answer`() async throws {
    let harness = try await start()
    try await harness.deliver(Self.asa, from: .membership)
    try await harness.deliver(Self.bo, from: .membership)
    var question = task(.checkIn)
    let choice = Choice(answer: .metVideo, token: .example)
    question.choices = Bounded([choice])
    try await harness.deliver(question, from: .followup)
    let mail = try ParsedMail.read(try await mails(harness))[0]
    let link = try #require(mail.body.split(separator: "\n").first { $0.hasPrefix("mailto:") })
    let subject = try #require(link.split(separator: "=").last?.replacing("%20", with: " "))
    #expect(AnswerSubject(text: "Re: " + subject) == AnswerSubject(choice))
    await harness.stop()
  }

  @Test func `mails are listed by page`() async throws {
    let harness = try await start()
    try await harness.deliver(Self.asa, from: .membership)
    try await harness.deliver(Self.bo, from: .membership)
    let ids = (1...105).map { "p-1-contact-reminder-\($0)" }
    for id in ids { try await harness.deliver(task(.contactReminder, id: id), from: .followup) }
    let first = try await harness.ask(ListMails())
    let second = try await harness.ask(ListMails(after: first.next))
    #expect((first.mails.elements + second.mails.elements).map(\.task.rawValue) == ids)
    #expect(first.mails.elements.count == 100)
    #expect(first.next != nil && second.next == nil)

    let problem = await #expect(throws: Problem.self) {
      try await harness.ask(ListMails(after: PageToken(unchecked: "åäö")))
    }
    #expect(problem?.code == "mail/unknown-page")
    await harness.stop()
  }

  @Test(arguments: ["Mentorskapet", "<a@b.se", "Mentorskapet <a@b.se>\r\nBcc: c@d.se", "a@b.se, c@d.se"])
  func `a sender that is none keeps the service from starting, in a sentence`(sender: String) throws {
    let options = ServiceOptions(environment: ["HANDSLAG_MAIL_FROM": sender])
    var found: [String] = []
    do { _ = try NotificationService.Notification.service(options) } catch { found.append("\(error)") }
    #expect(options.settings.refusal(found)?.contains("HANDSLAG_MAIL_FROM ") == true)
  }
}
