import Contracts
import Foundation
import GRDB
import TestSupport
import Testing

/// A service that can't start says why in a sentence, exits with 1, and touches nothing.
@Suite struct StartTests {
  let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    let made = try await Executable.run("board", ["keys", "create", "--keys", folder.path + "/keys"])
    try #require(made.status == 0, "\(made.errors)")
  }

  private func start(_ service: String = "matching", sockets: String? = nil, keys: String? = nil) async throws
    -> Executable.Outcome
  {
    try await Executable.run(
      service,
      [
        "--state", folder.path, "--sockets", sockets ?? folder.path + "/sockets", "--keys",
        keys ?? folder.path + "/keys",
      ])
  }

  private func expectRefusal(_ outcome: Executable.Outcome, _ words: String...) {
    #expect(outcome.status == 1, "\(outcome)")
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
  }

  @Test func aSecondInstance() async throws {
    let programme = try await RunningProgramme(folder: folder)
    expectRefusal(try await start(), "Another matching is listening")
    expectRefusal(try await start(sockets: folder.path + "/elsewhere"), "in use by another process")
    #expect(try await programme.board("health", "matching").status == 0)
    #expect(await programme.stop() == 0)
  }

  @Test func aSecondProgrammeOnTheSameState() async throws {
    let programme = try await RunningProgramme(folder: folder)
    let pid = try programme.pid(.matching)
    for command in ["run", "demo"] {
      let second = try await Executable.run("programme", [command, "--state", folder.path])
      expectRefusal(second, "körs redan", folder.path)
    }
    #expect(try programme.pid(.matching) == pid)
    #expect(try await programme.board("health", "matching").status == 0)
    await programme.stop()
  }

  @Test func aStoreFromANewerVersion() async throws {
    let path = folder.path + "/matching/matching.sqlite"
    try FileManager.default.createDirectory(atPath: folder.path + "/matching", withIntermediateDirectories: true)
    let queue = try DatabaseQueue(path: path)
    try await queue.write { try $0.execute(sql: "PRAGMA application_id = 0x48534C47; PRAGMA user_version = 900") }
    try queue.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    expectRefusal(try await start(), "newer version", "schema 900")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func aStoreThatAnotherProgramHasLocked() async throws {
    let path = folder.path + "/matching/matching.sqlite"
    let first = try await RunningProgramme(folder: folder)
    await first.stop()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try await queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    let outcome = try await start()
    expectRefusal(outcome, "locked by another program")
  }

  @Test func aSocketPathThatIsTooLong() async throws {
    let long = folder.path + "/" + String(repeating: "x", count: 100)
    expectRefusal(try await start(sockets: long), "bytes", "107", "shorter")
    #expect(!FileManager.default.fileExists(atPath: long))
  }

  @Test func keysThatAreMissing() async throws {
    expectRefusal(try await start(keys: folder.path + "/none"), "board keys create")
  }

  @Test func aWrongLineInAuthorizedKeys() async throws {
    let file = folder.path + "/keys/public/authorized-keys"
    let text = try String(contentsOfFile: file, encoding: .utf8) + "oops\n"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    expectRefusal(try await start(), "authorized-keys line 8", "expected a public key")
  }

  @Test func everyKeyThatCantBeMadeIsNamedAtOnceAndTheOthersAreMade() async throws {
    let keys = folder.path + "/keys"
    func board(_ words: String...) async throws -> Executable.Outcome {
      try await Executable.run("board", ["keys"] + words + ["--keys", keys, "--lang", "en"])
    }
    for name in ["chair", "probe", "matching"] { try FileManager.default.removeItem(atPath: "\(keys)/\(name)/secret") }
    #expect(try await board("remove", "matching").status == 0)
    let made = try await board("create")
    #expect(made.status == 1 && made.output.contains("matching has got a key"), "\(made.output)")
    for name in ["chair", "probe"] { #expect(made.errors.contains("board keys remove \(name)"), "\(made.errors)") }

    // With its own role, though none was given.
    #expect(try await board("remove", "chair").status == 0)
    #expect(try await board("create", "chair").output.contains("the role chair"))

    let file = keys + "/public/authorized-keys"
    let text = try String(contentsOfFile: file, encoding: .utf8) + "oops\nand more\n"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let wrong = try await board("create")
    #expect(wrong.errors.components(separatedBy: "authorized-keys line").count == 3, "\(wrong.errors)")
  }

  @Test func whatIsWrongWithAKeyIsToldInTheReadersLanguage() async throws {
    func status(_ words: String...) async throws -> String {
      let outcome = try await Executable.run(
        "board", ["status", "--sockets", folder.path + "/sockets", "--keys", folder.path + "/keys"] + words)
      #expect(outcome.status == 1)
      return outcome.errors
    }
    #expect(try await status("--as", "karin").hasSuffix("kan inte läsas. Skapa den med: board keys create karin\n"))
    #expect(
      try await status("--as", "karin", "--lang", "en").contains("can't be read. Make it with: board keys create"))
    let file = folder.path + "/keys/public/authorized-keys"
    try (String(contentsOfFile: file, encoding: .utf8) + "oops\n").write(
      toFile: file, atomically: true, encoding: .utf8)
    #expect(try await status().contains("authorized-keys rad 8: här ska stå en publik nyckel"))
    #expect(try await status("--lang", "en").contains("authorized-keys line 8: expected a public key"))
  }

  @Test(arguments: ["matching", "programme", "board"])
  func everyWrongSettingIsNamedAtOnceAndNothingIsStarted(_ program: String) async throws {
    let arguments =
      switch program {
      case "programme": ["run", "--state", folder.path + "/new"]
      case "board": ["status"]
      default: ["--state", folder.path + "/new"]
      }
    let outcome = try await Executable.run(
      program, arguments,
      environment: ["HANDSLAG_LOG": "loud", "HANDSLAG_KEY": "x", "HANDSLAG_METRICS_PORT": "no", "HANDSLAG_LANG": "en"])
    #expect(outcome.status == 1)
    for words in ["HANDSLAG_LOG is loud", "HANDSLAG_KEYS meant", "HANDSLAG_METRICS_PORT", "nothing was started"] {
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"))
  }

  @Test func whatTheBoardPrintsAsSettingsIsAFileOfSettings() async throws {
    let printed = try await Executable.run("board", ["settings"])
    #expect(printed.status == 0)
    let file = folder.path + "/settings"
    try printed.output.replacingOccurrences(of: "\n#HANDSLAG_", with: "\nHANDSLAG_")
      .write(toFile: file, atomically: true, encoding: .utf8)
    let health = try await Executable.run(
      "board", ["settings", "--lang", "en"], environment: ["HANDSLAG_SETTINGS": file])
    #expect(health.status == 0 && health.output.contains("Must be"), "\(health.errors)")
  }
}
