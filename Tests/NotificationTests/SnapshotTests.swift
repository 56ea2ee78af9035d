import Contracts
import Foundation
import TestSupport
import Testing

@testable import NotificationService

/// What each template comes to, in both languages, beside what was read and found good.
@Suite struct SnapshotTests {
  static let folder = Executable.project.appendingPathComponent("Tests/NotificationTests/Snapshots").path

  @Test(arguments: TellMember.Kind.allCases, Language.allCases)
  func `a template comes to what it came to when it was read`(kind: TellMember.Kind, language: Language) throws {
    for (name, content) in try Self.snapshots(kind, language) {
      let path = "\(Self.folder)/\(name)"
      if ProcessInfo.processInfo.environment["WRITE_SNAPSHOTS"] != nil {
        try Data(content.utf8).write(to: URL(filePath: path))
      }
      let kept = try? String(contentsOfFile: path, encoding: .utf8)
      #expect(kept == content, "\(name): WRITE_SNAPSHOTS=1 writes it anew; read it before you commit it")
    }
  }

  /// The text as both read it, and the page as the adept does.
  static func snapshots(_ kind: TellMember.Kind, _ language: Language) throws -> [(name: String, content: String)] {
    let environment = ["HANDSLAG_MAIL_COORDINATOR": "Karin Berg <karin@example.se>"]
    let messages = try Party.allCases.map {
      try MailTemplateTests.message(kind, $0, language, environment: environment)
    }
    let texts = zip(Party.allCases, messages).map { "\($0.rawValue)\n\($1.subject)\n\n\($1.text)\n" }
    return [
      ("\(kind.rawValue).\(language.rawValue).txt", texts.joined(separator: "\n════\n\n")),
      ("\(kind.rawValue).\(language.rawValue).html", messages[1].html ?? ""),
    ]
  }
}
