import Contracts
import Foundation
import TestSupport
import Testing

@testable import NotificationService

/// Every mail in a browser, as wide as a phone, in the light and in the dark: `Tests/Mail/look.py` says what is looked at.
@Suite struct PageTests {
  @Test func `every mail is readable on a phone, in the light and in the dark`() async throws {
    let folder = try TemporaryFolder()
    var paths: [String] = []
    for kind in TellMember.Kind.allCases {
      for language in Language.allCases {
        let message = try MailTemplateTests.message(kind, .mentor, language)
        paths.append("\(folder.path)/\(kind.rawValue).\(language.rawValue).html")
        try Data((message.html ?? "").utf8).write(to: URL(filePath: paths.last!))
      }
    }
    let longest = String(repeating: "Åkerströmsöderström", count: 4)
    let other = AddressBook.Entry(
      name: PersonName(unchecked: longest),
      email: EmailAddress(unchecked: "\(longest.lowercased().filter(\.isASCII))@example.se"),
      language: .sv)
    let message = try MailTemplateTests.notifier().compose(
      MailTemplateTests.task(.welcome, .mentor), as: .mentor, to: MailTemplateTests.asa, about: other,
      at: MailTemplateTests.moment)
    paths.append("\(folder.path)/longest.html")
    try Data((message.html ?? "").utf8).write(to: URL(filePath: paths.last!))
    let outcome = try await Executable.run(
      Executable.project.appendingPathComponent(".venv/bin/python"),
      [Executable.project.appendingPathComponent("Tests/Mail/look.py").path] + paths)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try JSONDecoder().decode([String].self, from: Data(outcome.output.utf8)) == [])
  }
}
