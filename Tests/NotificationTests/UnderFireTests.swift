import BoardClient
import Contracts
import Foundation
import Messaging
import ServiceRuntime
import TestSupport
import Testing

@testable import NotificationService

/// The real notifier, killed at random while it hands mails to a server that loses connections and answers.
@Suite struct UnderFireTests {
  static let members = 20
  /// Of these the server wants nothing.
  static let refused = 2

  private static func address(_ number: Int) -> AddressChanged {
    AddressChanged(
      member: MemberID(unchecked: "m-\(number)"), name: PersonName(unchecked: "Åsa \(number)"),
      email: EmailAddress(unchecked: "\(number <= refused ? "refused" : "asa")\(number)@example.se"), language: .sv)
  }

  /// A store with so many mails that wait, made by the service itself.
  private static func queue(_ count: Int) async throws -> TemporaryFolder {
    var settings = try MailSettings([:])
    settings.quietHours = QuietHours(text: "5-7")
    let notifier = try Notifier(settings: settings, channel: Maildir(path: "/dev/null/none"))
    let harness = try await ServiceHarness(.notification, day: "2020-01-01") { options in
      NotificationService.Notification.service(notifier, options)
    }
    for number in 1...members { try await harness.deliver(address(number), from: .membership) }
    let tasks = (0..<count).map { number in
      TellMember(
        task: task(number), kind: .welcome, to: MemberID(unchecked: "m-\(number % members + 1)"),
        about: MemberID(unchecked: "m-\((number + 1) % members + 1)"), party: .mentor,
        mentorship: MentorshipID(unchecked: "p-\(number)"), day: nil)
    }
    for start in stride(from: 0, to: count, by: 100) {
      let part = tasks[start..<min(start + 100, count)].map { (id: $0.task.rawValue, message: $0 as any Contract) }
      #expect(try await harness.deliver(part, from: .followup, key: "p").allSatisfy { $0.kind == .done })
    }
    let folder = harness.folder
    await harness.stop()
    return folder
  }

  private static func task(_ number: Int) -> TaskID { TaskID(unchecked: "p-\(number)-welcome-mentor") }

  @Test(.timeLimit(.minutes(3)))
  func `a thousand mails arrive, again only where nobody could know, and none that was refused`() async throws {
    let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? .random(in: 1...999_999)
    print("SEED=\(seed)")
    var random = SeededGenerator(seed: seed)
    let count = 1_000
    let folder = try await Self.queue(count)
    let server = try await MailServer([
      .init(
        refuse: "refused",
        rules: [
          .init("recipient", "451", chance: 0.02), .init("sender", "drop", chance: 0.01),
          .init("content", "drop", chance: 0.01), .init("content", "take-and-drop", chance: 0.01),
          .init("content", "take-and-die", chance: 0.02),
        ])
    ])
    let made = try await Executable.run("board", ["keys", "create", "--keys", folder.path + "/keys"])
    try #require(made.status == 0, "\(made.errors)")
    let expected = Set(
      (0..<count).filter { $0 % Self.members + 1 > Self.refused }.map { ChannelTests.id(Self.task($0).rawValue) })

    // They have nothing to say to the notifier, which it hears from them at each start before it sends anything.
    let others = try [ServiceName.membership, .followup].map { try start($0, folder, server) }
    // Until every mail that can arrive has.
    var kills = 0
    while !expected.subtracting(try server.taken().compactMap(\.id)).isEmpty {
      let (process, ended) = try start(.notification, folder, server)
      // Now at the start, now well on the way.
      try await Task.sleep(for: .milliseconds(Int.random(in: 100...1200, using: &random)))
      kill(process.processIdentifier, SIGKILL)
      #expect(await ended.status() == -SIGKILL)
      kills += 1
    }
    let (process, ended) = try start(.notification, folder, server)
    let connection = try await Connection.open(
      .init(principal: "chair", sockets: folder.path + "/sockets", keys: folder.path + "/keys"))
    let board = Board(connection)
    while true {
      let delivery = try await board.mailDelivery()
      if let delivery, delivery.mails(.sent) + delivery.mails(.failed) >= count { break }
    }

    let taken = Dictionary(grouping: try server.taken(), by: { $0.id ?? "" })
    let mails = try await board.mails().filter { $0.to != Mails.Order.board }
    #expect(mails.count == count)
    #expect(expected.isSubset(of: taken.keys))
    var again = 0
    for mail in mails {
      let copies = taken[ChannelTests.id(mail.task.rawValue)] ?? []
      #expect((mail.state == .failed) == copies.isEmpty, "\(mail.task.rawValue) is \(mail.state)")
      #expect(Set(copies.map(\.sha256)).count <= 1)
      guard copies.count > 1 else { continue }
      again += copies.count - 1
      let unanswered = try await connection.ask(GetMail(task: mail.task)).unanswered.rawValue
      #expect(copies.count - 1 <= unanswered, "SEED=\(seed): \(mail.task.rawValue) came \(copies.count) times")
    }
    print("under fire: \(count) mails, \(kills) kills, \(again) came again, all of them unanswered")
    #expect(kills > 3)
    await connection.close()
    for (process, ended) in others + [(process, ended)] {
      process.terminate()
      #expect(await ended.status() == 0)
    }
  }

  private func start(_ service: ServiceName, _ folder: TemporaryFolder, _ server: MailServer) throws -> (Process, Ended)
  {
    let process = Process()
    process.executableURL = Executable.folder.appendingPathComponent(service.rawValue)
    process.arguments = [
      "--state", folder.path, "--sockets", folder.path + "/sockets", "--keys", folder.path + "/keys", "--log", "error",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "HANDSLAG_SMTP_SERVER": "smtp://127.0.0.1:\(server.ports[0])", "HANDSLAG_SMTP_TLS": "off",
      "HANDSLAG_SMTP_PER_MINUTE": "0", "HANDSLAG_SMTP_AT_ONCE": "8", "HANDSLAG_SMTP_RETRY_SECONDS": "1",
      "HANDSLAG_QUIET_HOURS": "none", "HANDSLAG_DIGEST_MINUTES": "0",
    ]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let ended = Ended(process)
    try process.run()
    return (process, ended)
  }
}
