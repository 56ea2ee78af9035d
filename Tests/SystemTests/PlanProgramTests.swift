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
    // Somebody is unmatched, so the file names a shortage too: what can't be read is no proof of that.
    for (was, becomes) in [
      ("\"total\" : 9", "\"total\" : 10"), ("\"total\" : 9", "\"total\" : 99.5"),
      ("\"score\" : 4", "\"score\" : 4.5"), ("\"objective\" : \"best-score\"", "\"objective\" : \"bestscore\""),
    ] {
      try #require(outcome.output.contains(was))
      try write(outcome.output.replacing(was, with: becomes), file)
      #expect(try await plan("verify", file).status == 1, "\(becomes)")
    }
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

  // MARK: People

  private static let header =
    "Namn;E-post;Kommun;Roll;Antal platser;År;Säljer handledning;Firma;Arbetar i;Områden;Upphandlingar;Ämnen;Former;Inte med\n"
  private static let people =
    header + """
      Anna Ek;anna@example.se;Lund;mentor;1;20;ja;Ek;Lund;skola;inga;nätverk, avtal;video;
      Olle Al;olle@example.se;Malmö;mentor;1;15;nej;Al;;;;nätverk;video, möte;
      Bo Ask;bo@example.se;Lund;adept;;1;ja;Ask;Skåne län;skola;inga;nätverk;video;
      Cia Lind;cia@example.se;Lund;adept;;2;nej;Lind;;;;avtal;möte;
      Dan Gran;dan@example.se;Kiruna;adept;;3;nej;Gran;;;;avtal, nätverk;video;olle@example.se
      """

  private struct PeoplePlan: Decodable {
    struct Pair: Decodable {
      struct Part: Decodable { let points: Int }
      let adept: String
      let mentor: String
      let score: Int
      let outcome: String
      let parts: [Part]
    }
    struct Unmatched: Decodable { let adept: String }
    struct Recruit: Decodable {
      let kommun: String
      let helps: Int
    }
    let pairs: [Pair]
    let total: Int
    let unmatched: [Unmatched]
    let recruit: [Recruit]
  }

  @Test func plansForPeopleAndExplainsItself() async throws {
    let register = folder.path + "/people.csv"
    try write(Self.people, register)
    let files = ["--offline", "--mentors", register, "--adepts", register, "--day", "2026-09-15"]
    let outcome = try await Executable.run("board", ["plan"] + files + ["--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let plan = try JSONDecoder().decode(PeoplePlan.self, from: Data(outcome.output.utf8))
    #expect(plan.total == plan.pairs.reduce(0) { $0 + $1.score })
    for pair in plan.pairs { #expect(pair.score == pair.parts.reduce(0) { $0 + $1.points }) }
    // Both sell in Lund in schools, so Bo gets Olle or nobody; Dan will not have Olle.
    #expect(!plan.pairs.contains { $0.adept == "bo@example.se" && $0.mentor == "anna@example.se" })
    #expect(!plan.pairs.contains { $0.adept == "dan@example.se" && $0.mentor == "olle@example.se" })
    #expect(plan.unmatched.count == 1)
    #expect(plan.recruit.first?.helps == 1)

    let file = folder.path + "/plan.json"
    try write(outcome.output, file)
    let verified = try await self.plan("verify", file)
    #expect(verified.status == 0, "\(verified.errors)")
    try write(
      Self.people.replacing("Olle Al;olle@example.se;Malmö;mentor;1", with: "Olle Al;olle@example.se;Malmö;mentor;3"),
      register)
    #expect(try await self.plan("verify", file).status == 1)
    try write(Self.people, register)

    let why = try await Executable.run("board", ["plan", "why-not", "Bo Ask", "Anna Ek", "--lang", "en"] + files)
    #expect(why.output.contains("Both sell supervision in Lund, and both in schools."), "\(why.output)\(why.errors)")
    let explained = try await Executable.run(
      "board", ["match", "explain", "anna@example.se", "dan@example.se", "--lang", "en"] + files)
    #expect(explained.output.contains("The mentor offers the adept's choice number 1: contracts"))
    #expect(explained.output.contains("Competition rule: clear"))
    let all = try await Executable.run("board", ["plan", "--require-all", "--json"] + files)
    #expect(all.status == 1)
    try write(all.output, file)
    #expect(try await self.plan("verify", file).status == 0)
    try write(all.output.replacing("bo@example.se", with: "nobody@example.se"), file)
    #expect(try await self.plan("verify", file).status == 1)
  }

  @Test func theWeightsAreAFileToEdit() async throws {
    let register = folder.path + "/people.csv"
    let rules = folder.path + "/rules.json"
    try write(Self.people, register)
    let weights = try await plan("weights")
    #expect(weights.status == 0)
    try write(weights.output.replacing("\"perYear\": 4", with: "\"perYear\": 1000"), rules)
    let files = ["--offline", "--mentors", register, "--adepts", register, "--rules", rules, "--lang", "en"]
    let explained = try await Executable.run("board", ["match", "explain", "Anna Ek", "Dan Gran"] + files)
    #expect(explained.output.contains("15000"), "\(explained.output)\(explained.errors)")
    try write(weights.output.replacing("\"perYear\": 4", with: "\"perYears\": \"x\""), rules)
    let refused = try await Executable.run("board", ["plan"] + files)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("perYears is no weight"), "\(refused.errors)")
    try write(Self.people.replacing("Kiruna", with: "Atlantis"), register)
    let bad = try await Executable.run("board", ["plan", "--offline", "--mentors", register, "--adepts", register])
    #expect(bad.status == 1)
    #expect(bad.errors.contains("rad 6"), "\(bad.errors)")
    #expect(try await plan("--columns").output.contains("Upphandlingar"))
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

  /// Of somebody in it who is erased, the scores are too.
  @Test func aDraftWithoutItsScoresIsToldFromWhatIsNoPlan() async throws {
    let file = folder.path + "/draft.json"
    try write(#"{"plan": "d-7h3m9c2r", "made": "2026-09-15", "pairs": []}"#, file)
    let outcome = try await plan("verify", file, "--lang", "en")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("scores are gone"), "\(outcome.errors)")
  }

  /// What was pasted into a cell by mistake may be long.
  @Test func aRefusalRepeatsNoLongCell() async throws {
    try write("adept,mentor,score\na,m,\(String(repeating: "9", count: 100_000))\n", scores)
    let outcome = try await offline("--lang", "en")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("line 2") && outcome.errors.count < 500)
  }

  @Test func aNameInAFileDoesNotMoveTheCursor() async throws {
    try write("adept,mentor,score\n\u{1B}[2JAnna,Olle,5\n", scores)
    let outcome = try await offline()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("[2JAnna") && !outcome.output.contains("\u{1B}"))
  }

  @Test func aWrongCallIsOne() async throws {
    #expect(try await plan("--scores", scores).status == 2)
    #expect(try await plan("--offline").status == 2)
    #expect(try await plan("verify", scores).status == 1)
    #expect(try await offline("--lock", "Anna").status == 1)
  }
}
