import Contracts
import Foundation
import TestSupport
import Testing

/// A mail server that is set after a time without one, through the real programs.
@Suite struct MailProgramTests {
  @Test func whatWasKeptHereIsSentWhenTheBoardSaysSo() async throws {
    let first = try await RunningProgramme()
    let match = try await first.submitPair()
    let invitations = Party.allCases.map { "\(match.rawValue)-invitation-\($0.rawValue)" }
    try await first.until(.kept, invitations)
    let delivery = try await first.board("mail", "delivery")
    #expect(delivery.output.contains("SMTP"), "\(delivery)")
    await first.stop()

    let server = try await MailServer([.init()])
    let second = try await RunningProgramme(
      folder: first.folder,
      environment: [
        "HANDSLAG_SMTP_SERVER": "smtp://127.0.0.1:\(server.ports[0])", "HANDSLAG_SMTP_TLS": "off",
        "HANDSLAG_SMTP_PER_MINUTE": "0", "HANDSLAG_QUIET_HOURS": "none",
      ])
    #expect(try server.taken() == [], "nothing leaves that nobody has asked for")
    let again = try await second.board("mail", "retry", "--kept")
    #expect(again.status == 0 && again.output.contains("2 mejl"), "\(again)")
    try await second.until(.sent, invitations)
    #expect(Set(try server.taken().compactMap(\.id)) == Set(invitations.map { "<\($0)@handslag.local>" }))
    #expect(try server.taken().count == 2)
    let nothing = try await second.board("mail", "retry", "--kept")
    #expect(nothing.status == 0 && nothing.output.contains("0 mejl"), "\(nothing)")
    await second.stop()
  }
}

extension RunningProgramme {
  /// Waits until mails stand as they are to.
  fileprivate func until(_ state: MailState, _ tasks: [String]) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      let listed = try await board("mail", "list", "--state", state.rawValue, "--json")
      let mails = (try? JSONDecoder().decode([ListMails.Item].self, from: Data(listed.output.utf8))) ?? []
      if Set(tasks).isSubset(of: mails.map(\.task.rawValue)) { return }
    }
    Issue.record("\(tasks) did not come to be \(state)")
  }
}
