import Foundation
import Settings
import TestSupport
import Testing

/// `sample.env` explains every setting that the code reads and no other, and the containers get them all.
@Suite struct SettingsTests {
  /// The sample's lines of ours: the name, and what it says holds.
  private let sample = deployFile("sample.env").components(separatedBy: "\n").compactMap { line in
    line.wholeMatch(of: /#?(HANDSLAG_[A-Z_]+)=(.*)/).map { (name: String($0.1), value: String($0.2)) }
  }

  @Test func theSampleNamesEverySettingAndNoOther() {
    #expect(sample.map(\.name).sorted() == Setting.allCases.map(\.rawValue).sorted())
  }

  /// As it is, and with every line of it set.
  @Test func theSampleIsAFileOfSettings() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/settings"
    let text = deployFile("sample.env")
    for whole in [text, text.replacing(/^#([A-Z_]+=)/.anchorsMatchLineEndings()) { $0.output.1 }] {
      try whole.write(toFile: file, atomically: true, encoding: .utf8)
      let faults = Settings(environment: [Setting.file.rawValue: file]).faults
      #expect(faults.isEmpty, "\(faults.map(\.en))")
    }
  }

  @Test func whatTheSampleSaysHoldsDoesHold() throws {
    let image = deployFile("Dockerfile")
    for (name, value) in sample {
      let setting = try #require(Setting(rawValue: name))
      let inImage = image.firstMatch(of: try Regex("\(name)=(\\S+)"))?.output[1].substring.map(String.init)
      #expect(value == inImage ?? setting.declaration.standard, "\(name)")
    }
  }

  @Test func theContainersGetThemAll() {
    let files = ["docker-compose.yml", "two-machines.yml", "Dockerfile", "board"].map(deployFile).joined()
    // In a container the file is .env itself, which docker-compose reads.
    for setting in Setting.allCases where setting != .file {
      #expect(files.contains(try! Regex("\(setting.rawValue)[:=]")), "\(setting.rawValue)")
    }
  }
}
