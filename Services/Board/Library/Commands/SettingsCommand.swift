import ArgumentParser
import Contracts
import Settings
import Texts

/// Every setting, as a file that can be filled in.
struct SettingsCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "settings", abstract: OperatorTexts.aboutSettings[BoardLanguage.current])
  }
  @Option(help: .text(BoardTexts.helpLanguage)) var lang = BoardLanguage.current

  func run() {
    print("# " + OperatorTexts.settingsHead[lang])
    for setting in Setting.allCases where setting != .file {
      let declaration = setting.declaration
      let text = OperatorTexts.setting(declaration.meaning[lang], declaration.accepts.words[lang])[lang]
      print("\n# \(text)\n#\(setting.rawValue)=\(declaration.standard)")
    }
  }
}
