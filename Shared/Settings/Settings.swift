import Configuration
import Contracts
import Foundation
import Texts

/// What is set for this process: by options, then by the environment, then by the file that `HANDSLAG_SETTINGS`
/// names, then by what each setting is declared to be. What is empty is not set.
public struct Settings: Sendable {
  /// All that is wrong, in the order of the settings. Whoever starts something refuses first where there is any.
  public let faults: [Phrase]
  private let reader: ConfigReader

  /// Those of this process, read once.
  public static let ofProcess = Settings(environment: ProcessInfo.processInfo.environment)

  /// - Parameters:
  ///   - options: what was given on the command line.
  ///   - environment: of it only the names that begin with `HANDSLAG_` are looked at.
  public init(options: [Setting: String] = [:], environment: [String: String] = [:]) {
    let given = environment.filter { $0.key.hasPrefix("HANDSLAG_") && !$0.value.isEmpty }
    let file = given[Setting.file.rawValue].map(SettingsFile.read) ?? SettingsFile.empty
    let typed = Dictionary(uniqueKeysWithValues: options.map { ($0.key.rawValue, $0.value) })

    var faults = file.faults
    for name in Set(given.keys).union(file.values.keys).sorted() where Setting(rawValue: name) == nil {
      if !Settings.ofDebugBuilds.contains(name) { faults.append(Settings.unknown(name)) }
    }
    for setting in Setting.allCases {
      let limits = setting.declaration.accepts
      for (values, name) in [
        (typed, setting.option), (given, setting.rawValue), (file.values, setting.rawValue),
      ] {
        guard let value = values[setting.rawValue], !limits.allow(value) else { continue }
        faults.append(Settings.wrong(setting, name, value))
      }
    }
    self.faults = faults
    func right(_ values: [String: String]) -> EnvironmentVariablesProvider {
      EnvironmentVariablesProvider(
        environmentVariables: values.filter {
          Setting(rawValue: $0.key)?.declaration.accepts.allow($0.value) ?? false
        })
    }
    reader = ConfigReader(providers: [right(typed), right(given), right(file.values)])
  }

  /// The value of a setting, or what it is declared to be; empty where it is not set.
  public subscript(setting: Setting) -> String {
    reader.string(forKey: Settings.key(setting), default: setting.declaration.standard)
  }

  /// The value of one that takes a number; nil where it is not set.
  public func number(_ setting: Setting) -> Int? {
    reader.int(forKey: Settings.key(setting)) ?? Int(setting.declaration.standard)
  }

  /// All that are set, by the names that they have in the environment.
  public var values: [String: String] {
    Dictionary(uniqueKeysWithValues: Setting.allCases.map { ($0.rawValue, self[$0]) }).filter { !$0.value.isEmpty }
  }

  /// The language that is set.
  public var language: Language { Language(rawValue: self[.language]) ?? .sv }

  /// Everything that is wrong in one text, nil where nothing is.
  ///
  /// - Parameter more: what a service itself has found, in its words.
  public func refusal(_ more: [String] = []) -> String? {
    let lines = faults.map { $0[language] } + more
    guard !lines.isEmpty else { return nil }
    return ([Settings.refused[language]] + lines.map { "  " + $0 }).joined(separator: "\n")
  }

  private static func key(_ setting: Setting) -> ConfigKey {
    ConfigKey(setting.rawValue.lowercased().split(separator: "_").map(String.init))
  }

  // MARK: Sentences

  private static let refused = Phrase(
    sv: "Inställningarna är fel; ingenting har startats:", en: "The settings are wrong; nothing was started:")

  private static func wrong(_ setting: Setting, _ name: String, _ value: String) -> Phrase {
    let declaration = setting.declaration
    let words = declaration.accepts.words
    let shown = declaration.isSecret ? "***" : value
    return Phrase(
      sv: "\(name) är \(shown); det ska vara \(words.sv).", en: "\(name) is \(shown); it must be \(words.en).")
  }

  private static func unknown(_ name: String) -> Phrase {
    let near = Setting.allCases.map(\.rawValue).min { $0.distance(to: name) < $1.distance(to: name) }
    if let near, near.distance(to: name) <= 3 {
      return Phrase(sv: "\(name) finns inte; menades \(near)?", en: "\(name) does not exist; was \(near) meant?")
    }
    return Phrase(
      sv: "\(name) finns inte. Se board settings.", en: "\(name) does not exist. See board settings.")
  }

  /// What tests tell a debug build to do; a release build has no such thing.
  private static let ofDebugBuilds: Set<String> = {
    #if DEBUG
      ["HANDSLAG_FAILPOINT", "HANDSLAG_POISON", "HANDSLAG_SABOTAGE"]
    #else
      []
    #endif
  }()
}

extension String {
  /// How many letters must change, come or go (Levenshtein, 1965).
  fileprivate func distance(to other: String) -> Int {
    let other = Array(other.utf8)
    var row = Array(0...other.count)
    for (i, letter) in utf8.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for j in 0..<other.count {
        let changed = corner + (letter == other[j] ? 0 : 1)
        corner = row[j + 1]
        row[j + 1] = Swift.min(changed, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[other.count]
  }
}
