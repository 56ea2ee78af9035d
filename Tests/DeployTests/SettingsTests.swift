import Foundation
import Settings
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
