import Foundation
import TestSupport
import Testing

/// `board plan` as a person or a script calls it: files alone, no services.
@Suite struct PlanProgramTests {
  private struct Written: Decodable {
    struct Pair: Decodable, Hashable {
      let adept: String
      let mentor: String
      let score: Int
    }
    let pairs: [Pair]
    let total: Int
  }

  private let folder: TemporaryFolder
  private let scores: String

  init() throws {
    folder = try TemporaryFolder()
    scores = folder.path + "/scores.csv"
    try write("adept;mentor;score\nAnna;Olle;5\nAnna;Pia;4\nBo;Olle;5\nBo;Pia;3\nCia;Pia;-2\nDan;Olle;1\n", scores)
  }

  private func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private func plan(_ arguments: String...) async throws -> Executable.Outcome {
    try await Executable.run("board", ["plan"] + arguments)
  }

  private func offline(_ arguments: String...) async throws -> Executable.Outcome {
    try await Executable.run("board", ["plan", "--offline", "--scores", scores] + arguments)
  }

  @Test func plansVerifiesAndRefusesAChangedPlan() async throws {
    let outcome = try await offline("--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let written = try JSONDecoder().decode(Written.self, from: Data(outcome.output.utf8))
    #expect(written.total == 9)
    #expect(written.pairs.map(\.mentor) == ["Pia", "Olle"])
    let file = folder.path + "/plan.json"
    try write(outcome.output, file)
    #expect(try await plan("verify", file).status == 0)
    try write(outcome.output.replacing("\"total\" : 9", with: "\"total\" : 10"), file)
    #expect(try await plan("verify", file).status == 1)
    try write(outcome.output, file)
    // The same plan is not best once Dan is worth more.
    try write(try String(contentsOfFile: scores, encoding: .utf8).replacing("Dan;Olle;1", with: "Dan;Olle;9"), scores)
    let stale = try await plan("verify", file, "--lang", "en")
    #expect(stale.status == 1)
    #expect(stale.errors.contains("does not hold"))
  }

  @Test func saysWhoHasTooFewMentors() async throws {
    let outcome = try await offline("--require-all", "--lang", "en")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("3 adepts (Anna, Bo, Cia) together have only 2 open places (Olle, Pia)"))
    let capacities = folder.path + "/capacities.csv"
    try write("mentor,capacity\nOlle,2\nPia,2\n", capacities)
    let all = try await offline("--require-all", "--capacities", capacities, "--json")
    #expect(all.status == 0, "\(all.errors)")
    let written = try JSONDecoder().decode(Written.self, from: Data(all.output.utf8))
    #expect(written.pairs.count == 4)
    #expect(written.total == 8)
  }

  @Test func saysWhyNotAndObeysLocks() async throws {
    let why = try await plan("why-not", "Dan", "Olle", "--offline", "--scores", scores, "--lang", "en")
    #expect(why.output.contains("would cost a score of 4"))
    let none = try await plan("why-not", "Cia", "Olle", "--offline", "--scores", scores, "--lang", "en")
    #expect(none.output.contains("no score"))
    let locked = try await offline("--lock", "Cia:Pia", "--forbid", "Anna:Olle", "--json")
    let written = try JSONDecoder().decode(Written.self, from: Data(locked.output.utf8))
    #expect(written.pairs.map(\.adept) == ["Bo", "Cia"])
    #expect(written.total == 3)
  }

  @Test(arguments: [
    ("adept,mentor,score\na,m,1000000000001\n", "1000000000000"), ("adept,mentor,score\na,m,1.5\n", "line 2"),
    ("adept,mentor,score\na,,1\n", "mentor is empty"), ("adept,mentor\na,m\n", "score"),
    ("adept,mentor,score\na,m,1\na,m,1\n", "twice"),
    ("adept,mentor,score\na,m,99999999999999999999999\n", "whole number"),
  ])
  func aBadFileIsRefused(_ text: String, _ words: String) async throws {
    try write(text, scores)
    let outcome = try await offline("--lang", "en")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func aWrongCallIsOne() async throws {
    #expect(try await plan().status == 2)
    #expect(try await plan("--offline").status == 2)
    #expect(try await plan("verify", scores).status == 1)
    #expect(try await offline("--lock", "Anna").status == 1)
  }
}
