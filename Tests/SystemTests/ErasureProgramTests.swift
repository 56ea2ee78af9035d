import BoardClient
import Contracts
import Foundation
import TestSupport
import Testing

/// A person who is erased, sought for in the bytes of every file of every service.
@Suite struct ErasureProgramTests {
  /// Her address as she writes it, as mail servers and links do, and the one that she has later.
  private let texts = [
    "Åsa Öberg-Sjö", "åsa.sjö@åkeri.se", "@xn--keri-poa.se", "%C3%A5sa.sj", "asa.sjo@example.se", "070-123 45 67",
    "Åsa Öberg-Ek",
  ]

  /// Where any of the texts still stands in the state, but for the backups that the receipt names.
  private func found(_ state: String, _ texts: [String]? = nil) async throws -> [String] {
    let script = Executable.project.appendingPathComponent("Tests/SystemTests/raw_search.py").path
    let outcome = try await Executable.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["python3", script, state, "--except", "backups"] + (texts ?? self.texts))
    try #require(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    try #require(lines.last?.hasPrefix("searched") == true)
    return Array(lines.dropLast())
  }

  private func expectNothing(_ state: String, of service: ServiceName? = nil, _ at: SourceLocation = #_sourceLocation)
    async throws
  {
    let left = try await found(state).filter { $0.hasPrefix(service?.rawValue ?? "") }
    #expect(left == [], sourceLocation: at)
  }

  private func until(_ isDone: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try await !isDone() { try #require(ContinuousClock.now < deadline, "it took too long") }
  }

  /// Runs a service alone until it answers.
  private func answering(_ service: ServiceName, _ state: String) async throws {
    let process = Process()
    process.executableURL = Executable.folder.appendingPathComponent(service.rawValue)
    process.arguments = ["--state", state, "--sockets", state + "/sockets", "--keys", state + "/keys"]
    process.standardOutput = FileHandle.nullDevice
    let ended = Ended(process)
    try process.run()
    let connection = try await Connection.open(
      .init(principal: "chair", sockets: state + "/sockets", keys: state + "/keys", deadline: .seconds(30)))
    _ = try await connection.ask(GetHealth(), of: service)
    await connection.close()
    kill(process.processIdentifier, SIGKILL)
    _ = await ended.status()
  }

  @Test func nothingOfAPersonIsLeftInAnyFileAlsoAfterARestore() async throws {
    // All that can be logged is: it lies beside the stores, and is searched with them.
    let programme = try await RunningProgramme(environment: ["HANDSLAG_LOG": "debug"], log: "log")
    let state = programme.folder.path
    let folder = try TemporaryFolder()
    func board(_ arguments: String...) async throws -> Executable.Outcome {
      let outcome = try await Executable.run("board", arguments + programme.options)
      try #require(outcome.status == 0, "\(arguments): \(outcome.errors) \(outcome.output)")
      return outcome
    }
    func id(_ email: String) async throws -> String {
      let outcome = try await board("member", "show", email, "--json")
      return try JSONDecoder().decode(GetMember.Reply.self, from: Data(outcome.output.utf8)).member.id.rawValue
    }
    let file = folder.path + "/register.csv"
    try Data(
      """
      Namn;E-post;Kommun;Roll;Telefon;År som handledare;Anteckning;Konkurrenter
      A\u{30A}sa Öberg-Sjö;a\u{30A}sa.sjö@a\u{30A}keri.se;Åre;mentor;070-123 45 67;12;Ring Åsa Öberg-Sjö på 0701234567;
      Björn Ek;bjorn@example.se;Lund;adept;;1;;ÅSA.SJÖ@xn--keri-poa.se
      Cia Åkesson;cia@example.se;Lund;adept;;2;Känner Åsa Öberg-Sjös bror;
      """.utf8
    ).write(to: URL(fileURLWithPath: file))
    _ = try await board("member", "import", file)
    let (asa, cia) = (try await id("åsa.sjö@åkeri.se"), try await id("cia@example.se"))
    // Matching hears of them a moment after membership.
    let submit = [
      "match", "submit", "--mentor", asa, "--adept", cia, "--reason", "ÅSA ÖBERG-SJÖ vill gärna", "--key",
      "Åsa Öberg-Sjö och Cia", "--json",
    ]
    var outcome = try await Executable.run("board", submit + programme.options)
    try await until {
      outcome = try await Executable.run("board", submit + programme.options)
      return outcome.status == 0
    }
    let match = try JSONDecoder().decode(SubmitMatch.Reply.self, from: Data(outcome.output.utf8)).match.rawValue
    for party in ["mentor", "adept"] { _ = try await board("match", "answer", match, "accept", "--party", party) }
    // Both have been written to, and the adept's mail names her.
    try await until {
      return try await found(state, ["Åsa Öberg-Sjö"]).contains { $0.contains("mail/new") && $0.contains("adept") }
    }
    _ = try await board("backup", "--to", "before")

    // A message to notification that is under way while it does not answer, with another name.
    let notification = try programme.pid(.notification)
    #expect(kill(notification, SIGSTOP) == 0)
    _ = try await board("member", "change", asa, "Namn=Åsa Öberg-Ek", "E-post=asa.sjo@example.se")
    let before = try await found(state)
    for service in ["membership", "matching", "notification"] {
      #expect(before.contains { $0.hasPrefix(service) }, "\(service): \(before)")
    }

    let refused = try await Executable.run(
      "board", ["member", "erase", asa, "--as", "coordinator"] + programme.options)
    #expect(refused.status == 1, "\(refused.output)")
    let receipt = try await board("member", "erase", asa, "--yes", "--timeout", "3")
    #expect(receipt.output.contains("Ofullbordad: notification"), "\(receipt.output)")
    let status = try await Executable.run("board", ["status", "--timeout", "1"] + programme.options)
    #expect(status.output.contains("1 radering är ofullbordad"), "\(status.output)")
    #expect(kill(notification, SIGCONT) == 0)
    var finished = receipt
    try await until {
      finished = try await board("member", "erase", asa, "--yes")
      return finished.output.contains("Klar.")
    }
    for service in ServiceName.allCases { #expect(finished.output.contains("\(service.rawValue):")) }
    #expect(finished.output.contains("before"), "\(finished.output)")
    try await expectNothing(state)
    #expect(try await !board("status").output.contains("ofullbordad"))
    #expect(try await board("audit", "verify").output.components(separatedBy: "stämmer").count == 5)
    let shown = try await Executable.run("board", ["member", "show", asa] + programme.options)
    #expect(shown.errors.contains("member/unknown"))
    #expect(await programme.stop() == 0)
    try await expectNothing(state)

    // The backup from before knows her; whoever restores it is not shown her.
    let restored = try await Executable.run("programme", ["restore", "--state", state])
    try #require(restored.status == 0, "\(restored.errors)")
    #expect(try await !found(state).isEmpty)
    // Each by itself, so that no other can ask it to: when it first answers, she is gone from it.
    for service in ServiceName.allCases {
      try await answering(service, state)
      try await expectNothing(state, of: service)
    }
    let again = try await RunningProgramme(folder: programme.folder)
    try await expectNothing(state)
    let gone = try await Executable.run("board", ["member", "show", asa] + again.options)
    #expect(gone.errors.contains("member/unknown"))
    try await until {
      try await Executable.run("board", ["member", "erase", asa, "--yes"] + again.options).output.contains("Klar.")
    }
    try await expectNothing(state)
    await again.stop()
  }
}
