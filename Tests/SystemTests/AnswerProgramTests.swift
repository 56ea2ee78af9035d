import BoardClient
import Contracts
import Foundation
import TestSupport
import Testing

/// From a delivered mail's own link to what it changes, through the real programs.
@Suite struct AnswerProgramTests {
  @Test func anAnswerFromTheMailsOwnLinkIsCarriedToTheServiceThatAsked() async throws {
    let programme = try await RunningProgramme()
    let match = try await programme.submitPair()
    let deadline = ContinuousClock.now + .seconds(30)

    let replies = programme.folder.path + "/replies"
    for party in Party.allCases {
      let subject = try await link(programme, "\(match.rawValue)-invitation-\(party.rawValue)", .accept, deadline)
      try reply(party.rawValue, subject: subject, in: replies)
    }
    try reply("other", subject: "Var ses vi?", in: replies)
    let first = try await programme.board("answer", "--maildir", replies)
    #expect(first.status == 0 && first.output.contains("2 svar mottagna; 1 andra"), "\(first)")

    // The welcome proves that both answers arrived; its link proposes the agreement, and the other's confirms it.
    let proposal = try await link(programme, "\(match.rawValue)-welcome-adept", .recommended, deadline)
    let token = try #require(proposal.split(separator: " ").last)
    for expected in ["Mottaget", "redan"] {
      let told = try await programme.board("answer", String(token))
      #expect(told.status == 0 && told.output.contains(expected), "\(told)")
    }
    let confirmation = try await link(programme, "\(match.rawValue)-agreement-to-confirm-1-mentor", .confirm, deadline)
    try reply("confirm", subject: "Re: " + confirmation, in: replies)
    #expect(try await programme.board("answer", "--maildir", replies).output.contains("1 svar mottagna"))
    let shown = try await programme.board("mentorship", "show", match.rawValue)
    #expect(shown.output.contains("överenskommet") && shown.output.contains("◆"), "\(shown)")

    let guess = try await programme.board("answer", "00000000000000000000000000")
    #expect(guess.status == 1 && guess.errors.contains("answer/unknown"))
    let log = try String(contentsOfFile: programme.folder.path + "/replies/new/other", encoding: .utf8)
    #expect(log.contains("Var ses vi?"), "what is no answer is left for a person")
    await programme.stop()
  }

  /// The subject that the link of an answer fills in, from the mail of a task in the Maildir.
  private func link(
    _ programme: RunningProgramme, _ task: String, _ answer: Answer, _ deadline: ContinuousClock.Instant
  ) async throws -> String {
    let folder = programme.folder.path + "/notification/mail/new"
    while ContinuousClock.now < deadline {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      if let file = files.first(where: { $0.hasPrefix(task) }) {
        // Quoted-printable: long lines are broken, and the equals sign is written with its code.
        let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
          .replacing("=\r\n", with: "").replacing("=3D", with: "=")
        for line in text.split(separator: "\r\n") where line.contains("mailto:") && line.contains(answer.rawValue) {
          guard let subject = line.split(separator: "subject=").last else { continue }
          return String(subject.prefix { $0 != "&" && $0 != ">" && $0 != " " }).removingPercentEncoding ?? ""
        }
        throw BoardFailure.unusable("\(task) has no link for \(answer)")
      }
      // The mail is written by processes that say nothing when they have: ask again.
      _ = try await programme.board("health", "notification")
    }
    throw BoardFailure.unusable("no mail for \(task)")
  }

  private func reply(_ name: String, subject: String, in maildir: String) throws {
    try FileManager.default.createDirectory(atPath: maildir + "/new", withIntermediateDirectories: true)
    let mail = "From: somebody@example.se\r\nSubject: \(subject)\r\n\r\nHej!\r\n"
    try Data(mail.utf8).write(to: URL(fileURLWithPath: "\(maildir)/new/\(name)"))
  }
}
