import Contracts
import Foundation
import TestSupport
import Testing

/// The board client as a person or a script calls it, against the real services.
@Suite struct BoardProgramTests {
  static let sample = Executable.project.appendingPathComponent("Services/Programme/Sample/register.csv").path

  private func decode<T: Decodable>(_: T.Type, _ outcome: Executable.Outcome) throws -> T {
    try JSONDecoder().decode(T.self, from: Data(outcome.output.utf8))
  }

  @Test func importsSubmitsAndKeepsStateAcrossARestart() async throws {
    let first = try await RunningProgramme()
    let imported = try await first.board("member", "import", Self.sample)
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(imported.output.contains("40 nya"))
    let again = try await first.board("member", "import", Self.sample, "--lang", "en")
    #expect(again.output.contains("0 new, 0 changed, 40 unchanged"))

    let members = try decode([MemberSummary].self, await first.board("member", "list", "--json"))
    #expect(members.count == 40)
    let mentor = try #require(members.first { $0.role == .mentor && $0.organisationNumber == nil })
    let adept = try #require(members.first { $0.role == .adept && $0.organisationNumber == nil })
    let submit = [
      "match", "submit", "--mentor", mentor.email.rawValue, "--adept", adept.id.rawValue, "--key", "k-1", "--json",
    ]
    var outcome = try await Executable.run("board", submit + first.options)
    // Matching hears of the members a moment after membership: a refusal says that it doesn't know them yet.
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline && outcome.status == 1 && outcome.errors.contains("match/unknown") {
      outcome = try await Executable.run("board", submit + first.options)
    }
    #expect(outcome.status == 0, "\(outcome.errors)")
    let match = try decode(SubmitMatch.Reply.self, outcome).match
    for _ in 0..<5 {
      let repeated = try await Executable.run("board", submit + first.options)
      #expect(try decode(SubmitMatch.Reply.self, repeated).match == match)
    }
    #expect(await first.stop() == 0)

    let second = try await RunningProgramme(folder: first.folder)
    let matches = try decode([ListMatches.Item].self, await second.board("match", "list", "--json"))
    #expect(matches.map(\.match) == [match])
    let table = try await second.board("match", "list")
    #expect(table.output.contains(mentor.name.rawValue))
    let own = try await second.board("match", "submit", "--mentor", mentor.id.rawValue, "--adept", mentor.id.rawValue)
    #expect(own.status == 1)
    #expect(own.errors.contains("match/self-match"))
    await second.stop()
  }

  private struct Saved: Decodable {
    struct Proof: Decodable {
      let total: Int
      let without: [String]?
    }
    let plan: PlanID
    let pairs: [GetPlan.Item]
    let proof: Proof
  }

  private struct Verdict: Decodable {
    let holds: Bool
    let total: Int
    let objectives: [String]
    let isChanged: Bool
  }

  /// A draft is proved from its own file, without a service; by somebody who takes part, for all pairs but their own.
  @Test func aDraftIsSavedWithItsProof() async throws {
    let first = try await RunningProgramme()
    #expect(try await first.board("member", "import", Self.sample).status == 0)
    let members = try decode([MemberSummary].self, await first.board("member", "list", "--json"))
    var saved: Saved
    // Matching hears of the members a moment after membership.
    let deadline = ContinuousClock.now + .seconds(30)
    repeat {
      let outcome = try await first.board("plan", "--objective", "most-adepts", "--json")
      saved = try decode(Saved.self, outcome)
    } while saved.pairs.count < members.count { $0.role != .mentor } && ContinuousClock.now < deadline
    let file = first.folder.path + "/draft.json"
    func save(_ arguments: [String]) async throws -> Saved {
      let outcome = try await Executable.run("board", ["plan", "show", saved.plan.rawValue, "--json"] + arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
      try Data(outcome.output.utf8).write(to: URL(fileURLWithPath: file))
      return try decode(Saved.self, outcome)
    }
    func verify() async throws -> Executable.Outcome {
      try await Executable.run("board", ["plan", "verify", file, "--json"])
    }
    saved = try await save(first.options)
    #expect(saved.pairs.count == members.count { $0.role != .mentor })
    let verdict = try decode(Verdict.self, await verify())
    #expect(verdict.holds && !verdict.isChanged && verdict.total == saved.proof.total)
    #expect(verdict.objectives == ["most-adepts", "best-score"])
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let total = "\"total\" : \(saved.proof.total)"
    try #require(text.contains(total))
    try Data(text.replacing(total, with: total + "0").utf8).write(to: URL(fileURLWithPath: file))
    #expect(try await verify().status == 1)
    let edit = try await first.board("plan", "edit", saved.plan.rawValue, "drop", saved.pairs[0].adept.rawValue)
    #expect(edit.status == 0, "\(edit.errors)")
    _ = try await save(first.options)
    #expect(try decode(Verdict.self, await verify()).isChanged)
    #expect(try await first.board("plan", "publish", saved.plan.rawValue).status == 2)

    for (name, own) in [("per", saved.pairs[1].adept), ("eva", saved.pairs[1].mentor)] {
      let key = try await Executable.run(
        "board", ["keys", "create", name, "--member", own.rawValue] + first.options)
      #expect(key.status == 0, "\(key.errors)")
    }
    await first.stop()
    let second = try await RunningProgramme(folder: first.folder)
    for (name, own) in [("per", saved.pairs[1].adept), ("eva", saved.pairs[1].mentor)] {
      let theirs = try await save(second.options + ["--as", name])
      #expect(theirs.proof.without == [own.rawValue] && theirs.proof.total < saved.proof.total)
      let verdict = try decode(Verdict.self, await verify())
      #expect(verdict.holds && verdict.objectives == ["most-adepts"])
      let proof = try String(contentsOfFile: file, encoding: .utf8).components(separatedBy: "\"proof\"")[1]
      #expect(proof.components(separatedBy: own.rawValue).count == 2, "named but once, as left out")
      let words = try await Executable.run("board", ["plan", "verify", file, "--lang", "en"])
      #expect(words.output.contains("but your own"))
    }
    await second.stop()
  }

  @Test func aBadFileIsRefusedLineByLineAndNothingIsHalfDone() async throws {
    let programme = try await RunningProgramme()
    let file = programme.folder.path + "/bad.csv"
    let text = """
      Namn;E-post;Kommun;Roll
      Åsa Öberg;asa@example.se;Lund;mentor
      Bo Ek;bo-at-example.se;Lund;adept
      Cia Ny;cia@example.se;9999;adept
      Dan Åh;asa@example.se;Lund;adept
      """
    try text.data(using: .windowsCP1252)!.write(to: URL(fileURLWithPath: file))
    let whole = try await programme.board("member", "import", file)
    #expect(whole.status == 1)
    for line in ["Rad 3", "Rad 4", "Rad 5"] { #expect(whole.output.contains(line), "\(whole.output)") }
    #expect(whole.output.contains("9999"))
    #expect(try decode([MemberSummary].self, await programme.board("member", "list", "--json")).isEmpty)
    let good = try await programme.board("member", "import", file, "--keep-good")
    #expect(good.status == 0)
    let members = try decode([MemberSummary].self, await programme.board("member", "list", "--json"))
    #expect(members.map(\.name.rawValue) == ["Åsa Öberg"])

    try Data("Namn;Kommun;Roll\nÅsa;Lund;mentor\n".utf8).write(to: URL(fileURLWithPath: file))
    let missing = try await programme.board("member", "import", file)
    #expect(missing.status == 1)
    #expect(missing.errors.lowercased().contains("e-post"))
    await programme.stop()
  }

  @Test func exitStatusTellsScriptsWhatHappened() async throws {
    let folder = try TemporaryFolder()
    let options = ["--sockets", folder.path + "/sockets", "--keys", folder.path + "/keys", "--timeout", "1"]
    func status(_ arguments: String...) async throws -> Int32 {
      try await Executable.run("board", arguments + options).status
    }
    #expect(try await status("status") == 1)
    #expect(try await Executable.run("board", ["keys", "create", "--keys", folder.path + "/keys"]).status == 0)
    #expect(try await status("status") == 3)
    #expect(try await status("keys", "remove", "probe") == 0)
    #expect(try await status("keys", "remove", "probe") == 1)
    #expect(try await status("match", "submit") == 2)
    #expect(try await status("mentorship", "contact", "p-12345678", "--day", "igår") == 2)
    #expect(try await Executable.run("board", ["help"]).status == 0)
    #expect(try await Executable.run("board", ["--generate-completion-script", "bash"]).output.contains("_board"))
    let unknown = try await Executable.run("board", ["status", "--as", "nobody"] + options)
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("nobody/secret"))
  }

  @Test(arguments: [("sv", "Styrelsens verktyg"), ("en", "The board's tool")])
  func helpIsInTheCallersLanguage(_ language: String, _ words: String) async throws {
    let outcome = try await Executable.run("board", ["help"], environment: ["HANDSLAG_LANG": language])
    #expect(outcome.output.contains(words))
  }
}
