import Contracts
import SMTP
import Texts

/// Sends mails through a server.
struct SMTPChannel: Channel {
  let taken = MailState.sent
  let isIdempotent = false
  let atOnce: Int
  let interval: Duration
  let server: String?
  private let client: SMTPClient

  init(_ settings: MailSettings.SMTP) {
    client = SMTPClient(settings.server)
    server = "\(settings.server.host):\(settings.server.port)"
    atOnce = settings.atOnce
    interval = settings.perMinute == 0 ? .zero : .milliseconds(60_000 / settings.perMinute)
  }

  func deliver(_ letter: Letter) async -> Attempt {
    let mail = SMTPMail(
      sender: letter.sender.wire, recipient: letter.recipient.wire, bytes: [UInt8](letter.bytes))
    return SMTPChannel.attempt(await client.send(mail))
  }

  /// What a server's word means for the letter. Before the letter was spoken of, a no is to this machine: as other mail
  /// programs do, it is asked again until the letter's time is over.
  static func attempt(_ outcome: SMTPOutcome) -> Attempt {
    switch outcome {
    case .accepted(let reply): return .taken("\(reply.code) \(reply.text)")
    case .refused(let reply, let stage):
      let said = "\(reply.code) \(reply.text)"
      switch stage {
      case .greeting, .hello: return .unusable(.serverRefuses, said)
      case .startTLS: return .unusable(.noEncryption, said)
      case .login: return .unusable(reply.isTransient ? .serverRefuses : .wrongLogin, said)
      case .sender, .recipient, .data, .content:
        if reply.isTransient { return .notNow(.deferred, said) }
        // RFC 6531, 3.5: an address that isn't ASCII is not taken.
        if reply.status == "5.6.7" { return .never(.lettersRefused, said, isOfAddress: true) }
        let isOfAddress = isOfAddress(reply, stage)
        return .never(isOfAddress ? .addressRefused : .mailRefused, said, isOfAddress: isOfAddress)
      }
    case .failed(.noUTF8, _, let message): return .never(.lettersRefused, message, isOfAddress: true)
    case .failed(let trouble, let stage, let message):
      return stage.isOfTheMail ? .notNow(reason(trouble), message) : .unusable(reason(trouble), message)
    case .unanswered(let trouble, let message): return .unanswered(reason(trouble), message)
    }
  }

  /// RFC 3463, 3.2 and 3.3: 5.1 is the address, 5.2.1 a mailbox that is closed; without a status, a refused recipient
  /// is an address that is not there. A server's policy (5.7) says nothing about the address, and what it says of the
  /// sender's nothing about the recipient's.
  private static func isOfAddress(_ reply: SMTPReply, _ stage: SMTPStage) -> Bool {
    if stage == .sender { return false }
    guard let status = reply.status else { return stage == .recipient }
    return status.hasPrefix("5.1.") && status != "5.1.7" && status != "5.1.8" || status == "5.2.1"
  }

  private static func reason(_ trouble: SMTPTrouble) -> MailReason {
    switch trouble {
    case .unresolved: .serverUnknown
    case .unreachable: .serverUnreachable
    case .timedOut: .timedOut
    case .dropped: .dropped
    case .untrusted: .untrusted
    case .noTLS: .noEncryption
    case .noLogin: .wrongLogin
    case .noUTF8: .lettersRefused
    case .abandoned: .abandoned
    case .unusable: .settings
    }
  }
}
