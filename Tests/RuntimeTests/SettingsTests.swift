import Foundation
import Logging
import Settings
import Synchronization
import TestSupport
import Testing

@testable import ServiceRuntime

@Suite struct SettingsTests {
  @Test func whatIsNotGivenIsAsDeclared() {
    let settings = Settings()
    #expect(settings.faults.isEmpty && settings.refusal() == nil)
    for setting in Setting.allCases { #expect(settings[setting] == setting.declaration.standard) }
    #expect(settings.number(.backupsKept) == 14)
    #expect(settings.number(.metricsPort) == nil)
  }

  @Test func optionsGoBeforeTheEnvironmentAndThatBeforeTheFile() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/settings"
    let text = """
      # For the office's machine.
      HANDSLAG_LOG=error
      HANDSLAG_KEYS = "/file keys"

      HANDSLAG_SOCKETS=/file
      HANDSLAG_STATE=
      """
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let settings = Settings(
      options: [.log: "debug"],
      environment: ["HANDSLAG_SETTINGS": file, "HANDSLAG_LOG": "warning", "HANDSLAG_SOCKETS": "/own", "PATH": "/bin"])
    #expect(settings.refusal() == nil)
    #expect(settings[.log] == "debug")
    #expect(settings[.sockets] == "/own")
    #expect(settings[.keys] == "/file keys")
    #expect(settings[.state] == "state")

    // As Windows writes it.
    try text.replacing("\n", with: "\r\n").write(toFile: file, atomically: true, encoding: .utf8)
    let windows = Settings(environment: ["HANDSLAG_SETTINGS": file])
    #expect(windows.refusal() == nil)
    #expect(windows[.log] == "error" && windows[.sockets] == "/file")
  }

  @Test(arguments: [("sv", "det ska vara", "menades"), ("en", "it must be", "meant")])
  func everythingThatIsWrongIsNamedAtOnce(_ language: String, _ must: String, _ meant: String) throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/settings"
    try "HANDSLAG_BACKUPS_KEPT=1\nnonsense\nHANDSLAG_KEYS=a\nHANDSLAG_KEYS=b\nOTHER=1\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    let settings = Settings(
      options: [.virtualCalendar: "tomorrow"],
      environment: [
        "HANDSLAG_LANG": language, "HANDSLAG_SETTINGS": file, "HANDSLAG_LOG": "loud", "HANDSLAG_STAT": "/x",
        "HANDSLAG_METRICS_PORT": "80", "HANDSLAG_MATCHING_ENDPOINT": "udp://x", "HANDSLAG_NO_SUCH_THING": "1",
        "HANDSLAG_METRICS_HOST": "localhost", "HANDSLAG_MAIL_FROM": "two\nlines",
      ])
    let refusal = try #require(settings.refusal(["and what the service found"]))
    for words in [
      "--virtual-calendar", "tomorrow", "HANDSLAG_LOG", "loud", "HANDSLAG_STAT ", "HANDSLAG_STATE",
      "HANDSLAG_METRICS_PORT", "HANDSLAG_MATCHING_ENDPOINT", "HANDSLAG_NO_SUCH_THING", "HANDSLAG_BACKUPS_KEPT",
      "OTHER", "rad 2|line 2", "rad 4|line 4", "HANDSLAG_METRICS_HOST", "HANDSLAG_MAIL_FROM", must, meant,
      "and what the service found",
    ] { #expect(words.split(separator: "|").contains { refusal.contains($0) }, "\(words) in \(refusal)") }
    // The head, twelve faults of settings, and the service's own.
    #expect(refusal.split(separator: "\n").count >= 13)
    #expect(settings[.log] == "notice", "what is wrong does not count")
  }

  @Test func aFileThatCantBeReadIsAFault() {
    let settings = Settings(environment: ["HANDSLAG_SETTINGS": "/none/at/all"])
    #expect(settings.refusal()?.contains("/none/at/all") == true)
  }

  @Test func everySettingHasItsWordsInBothLanguagesAndTakesItsOwnStandard() {
    for setting in Setting.allCases {
      let declaration = setting.declaration
      #expect(setting.rawValue.hasPrefix("HANDSLAG_"))
      #expect(declaration.meaning.sv.hasSuffix(".") && declaration.meaning.en.hasSuffix("."), "\(setting)")
      #expect(declaration.meaning.sv != declaration.meaning.en, "\(setting)")
      let given = Settings(environment: [setting.rawValue: declaration.standard])
      #expect(given.faults.isEmpty, "\(setting): \(given.faults)")
    }
  }
}

@Suite struct JSONLogTests {
  @Test func aLineIsOneObjectWhateverStandsInIt() throws {
    let lines = Mutex<[Data]>([])
    var log = Logger(label: "matching") { label in
      JSONLog(service: label, level: .info) { line in lines.withLock { $0.append(line) } }
    }
    log[metadataKey: "instance"] = "i-1"
    log.debug("not said")
    log.error("a \"quoted\"\nline \u{1}å", metadata: ["trace": "4bf9", "time": "never"])
    let line = try #require(lines.withLock { $0 }.first)
    #expect(lines.withLock { $0.count } == 1)
    #expect(line.last == 10 && !line.dropLast().contains(10))
    let read = try JSONDecoder().decode([String: String].self, from: line)
    #expect(read["level"] == "error" && read["service"] == "matching" && read["trace"] == "4bf9")
    #expect(read["message"] == "a \"quoted\"\nline \u{1}å" && read["instance"] == "i-1")
    #expect(read["time"]?.hasSuffix("Z") == true)
  }
}
