import Contracts
import Foundation
import TestSupport

extension Fault {
  /// The notifier's mail server does everything that a mail server can do wrong, and the notifier is killed meanwhile.
  static let mailServer = Fault(
    name: "SMTP server that dies after 250, 4xx, 5xx, hangs, drops TLS",
    how: "aiosmtpd at every stage, by chance, over STARTTLS; the notifier killed meanwhile",
    needs: [.python]
  ) { scale in
    let server = try await MailServer([
      .init(
        tls: "starttls",
        rules: [
          .init("greeting", "421", chance: 0.02), .init("startTLS", "454", chance: 0.02),
          .init("startTLS", "drop", chance: 0.02), .init("sender", "drop", chance: 0.02),
          .init("recipient", "451", chance: 0.04), .init("data", "hang", chance: 0.01),
          .init("content", "drop", chance: 0.02), .init("content", "take-and-drop", chance: 0.03),
          .init("content", "take-and-die", chance: 0.03), .init("content", "550", chance: 0.03),
        ])
    ])
    let environment = [
      "HANDSLAG_SMTP_SERVER": "smtp://localhost:\(server.ports[0])", "HANDSLAG_SMTP_CA_FILE": server.authority,
      "HANDSLAG_SMTP_PER_MINUTE": "0", "HANDSLAG_SMTP_RETRY_SECONDS": "1", "HANDSLAG_SMTP_TIMEOUT": "2",
      "HANDSLAG_QUIET_HOURS": "none", "HANDSLAG_DIGEST_MINUTES": "0",
    ]
    return try await Trial.run(
      checker: Checker(mailServer: server), deaths: [-SIGKILL],
      plan: { service, _ in service == .notification ? .init(environment: environment) : .plain }
    ) { trial in
      let kills = scale == .short ? 4 : 40
      for _ in 0..<kills {
        await trial.load.acknowledges(scale == .short ? 10 : 25)
        await trial.services.signal(.notification, SIGKILL)
      }
      await trial.load.acknowledges(20)
      return Trial.Tally()
    }
  }
}
