import Foundation
import Texts

/// A file of settings, read strictly: a line that says nothing is a fault, since it was meant to say something.
///
/// ```
/// # A comment.
/// HANDSLAG_LOG=notice
/// HANDSLAG_MAIL_FROM="Mentorskapet <mentorskap@example.se>"
/// ```
///
/// It may be the file that docker-compose reads: what that takes from it for itself is passed over.
struct SettingsFile {
  var values: [String: String] = [:]
  var faults: [Phrase] = []

  /// What `deploy/sample.env` sets for docker-compose.
  static let ofCompose: Set = ["COMPOSE_PROJECT_NAME", "COMPOSE_FILE", "IMAGE_VERSION", "FIRST", "SECOND"]

  static let empty = SettingsFile("", named: "")

  static func read(_ path: String) -> SettingsFile {
    if let text = try? String(contentsOfFile: path, encoding: .utf8) { return SettingsFile(text, named: path) }
    var unreadable = empty
    unreadable.faults.append(
      Phrase(
        sv: "HANDSLAG_SETTINGS är \(path), som inte kan läsas som text.",
        en: "HANDSLAG_SETTINGS is \(path), which can't be read as text."))
    return unreadable
  }

  init(_ text: String, named path: String) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].isEmpty else {
        faults.append(
          Phrase(
            sv: "\(path) rad \(index + 1) ska vara NAMN=värde.", en: "\(path) line \(index + 1) must be NAME=value."))
        continue
      }
      guard values[parts[0]] == nil else {
        faults.append(
          Phrase(
            sv: "\(path) rad \(index + 1) sätter \(parts[0]) en gång till.",
            en: "\(path) line \(index + 1) sets \(parts[0]) once more."))
        continue
      }
      values[parts[0]] = SettingsFile.unquoted(parts[1])
    }
    values = values.filter { !$0.value.isEmpty && !SettingsFile.ofCompose.contains($0.key) }
  }

  private static func unquoted(_ value: String) -> String {
    for quote in ["\"", "'"] where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
      return String(value.dropFirst().dropLast())
    }
    return value
  }
}
