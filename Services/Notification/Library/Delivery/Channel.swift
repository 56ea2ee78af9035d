import Contracts
import Foundation
import Texts

/// A mail on its way: the envelope, the exact bytes, and the name under which it is the same mail again.
struct Letter: Sendable {
  let task: TaskID
  let sender: MailAddress
  let recipient: EmailAddress
  let bytes: Data
  /// Why it is not to go any more: it is only asked whether an earlier attempt has delivered it. Asked of a channel
  /// that is idempotent, since no other can tell.
  var unwanted: MailReason?
}

/// A way for mails to leave the service. The embedded default keeps them in a folder; SMTP sends them.
protocol Channel: Sendable {
  /// What a mail is called that the channel has taken. What is only kept here is never called sent.
  var taken: MailState { get }
  /// Handing over the same letter twice comes to the same as once.
  var isIdempotent: Bool { get }
  /// So many are handed over at a time.
  var atOnce: Int { get }
  /// From one letter to the next there is at least this.
  var interval: Duration { get }
  /// What the board is told where nothing leaves this machine, and the server's name where it does.
  var server: String? { get }

  func deliver(_ letter: Letter) async -> Attempt
}

/// What became of one attempt to hand a letter over.
enum Attempt: Sendable, Hashable {
  /// The channel has it, and said this.
  case taken(String?)
  /// The channel does not have it, and was not to take it.
  case absent(MailReason)
  /// Not now, because of this letter; another may go.
  case notNow(MailReason, String)
  /// Not now, whatever the letter: the channel itself can't be used.
  case unusable(MailReason, String)
  /// All was handed over and nothing was said: it may have arrived.
  case unanswered(MailReason, String)
  /// Never. Where the address is at fault, nothing else will reach it either.
  case never(MailReason, String, isOfAddress: Bool)
}
