/// Why a mail is not with its reader yet, or never will be.
///
/// Stores and messages keep the code; a person reads the sentence, with what the server said.
public enum MailReason: String, Sendable, CaseIterable {
  // The server's word on this mail.
  case addressRefused = "address-refused"
  case mailRefused = "mail-refused"
  case lettersRefused = "letters-refused"
  case deferred
  // The server can't be used.
  case serverRefuses = "server-refuses"
  case serverUnknown = "server-unknown"
  case serverUnreachable = "server-unreachable"
  case untrusted
  case noEncryption = "no-encryption"
  case wrongLogin = "wrong-login"
  case settings
  case timedOut = "timed-out"
  case dropped
  case abandoned
  case folder
  // It was not to be sent.
  case withdrawn
  case discarded
  case erased
  case paused
  case optedOut = "opted-out"
  case addressFails = "address-fails"

  /// For programs.
  public var code: String { "mail/\(rawValue)" }

  public init?(code: String) {
    guard code.hasPrefix("mail/") else { return nil }
    self.init(rawValue: String(code.dropFirst("mail/".count)))
  }

  /// What it means, for a person on the board.
  public var sentence: Phrase {
    switch self {
    case .addressRefused:
      Phrase(
        sv: "Mejlservern tar inte emot mejl till adressen. Fråga personen efter den rätta.",
        en: "The mail server takes no mail for the address. Ask the person for the right one.")
    case .mailRefused: Phrase(sv: "Mejlservern tar inte emot mejlet.", en: "The mail server does not take the mail.")
    case .lettersRefused:
      Phrase(
        sv: "Mejlservern tar inte emot adresser med å, ä eller ö före @. Fråga personen efter en adress utan.",
        en: "The mail server does not take addresses with å, ä or ö before the @. Ask the person for one without.")
    case .deferred:
      Phrase(
        sv: "Mejlservern tar inte emot mejlet just nu. Det försöks igen.",
        en: "The mail server does not take the mail just now. It is tried again.")
    case .serverRefuses:
      Phrase(sv: "Mejlservern vill inte tala med oss.", en: "The mail server does not want to speak with us.")
    case .serverUnknown:
      Phrase(
        sv: "Mejlserverns namn är okänt. Se inställningarna.",
        en: "The mail server's name is unknown. See the settings.")
    case .serverUnreachable: Phrase(sv: "Mejlservern går inte att nå.", en: "The mail server can't be reached.")
    case .untrusted:
      Phrase(
        sv: "Mejlserverns certifikat går inte att lita på: det kan vara en annans. Inget har sagts till den.",
        en: "The mail server's certificate can't be trusted: it may be somebody else's. It was told nothing.")
    case .noEncryption:
      Phrase(
        sv: "Mejlservern erbjuder ingen kryptering. Inget har sagts till den.",
        en: "The mail server offers no encryption. It was told nothing.")
    case .wrongLogin:
      Phrase(
        sv: "Mejlservern godtar inte namnet och lösenordet. Se inställningarna.",
        en: "The mail server does not accept the user and password. See the settings.")
    case .settings:
      Phrase(sv: "Inställningarna för mejl går inte att använda.", en: "The settings for mail can't be used.")
    case .timedOut: Phrase(sv: "Mejlservern svarade inte i tid.", en: "The mail server did not answer in time.")
    case .dropped: Phrase(sv: "Mejlservern bröt förbindelsen.", en: "The mail server closed the connection.")
    case .abandoned:
      Phrase(sv: "Tjänsten avslutades medan mejlet skickades.", en: "The service ended while the mail was sent.")
    case .folder: Phrase(sv: "Mejlet kunde inte sparas i mappen.", en: "The mail could not be kept in the folder.")
    case .withdrawn:
      Phrase(
        sv: "Det behövdes inte längre när det skulle skickas.", en: "It was no longer needed when it was to be sent.")
    case .discarded: Phrase(sv: "Styrelsen bestämde att det inte ska skickas.", en: "The board decided not to send it.")
    case .erased: Phrase(sv: "Personen finns inte längre i registret.", en: "The person is no longer in the register.")
    case .paused: Phrase(sv: "Personen har pausat.", en: "The person has paused.")
    case .optedOut:
      Phrase(sv: "Personen har avböjt mejl av det slaget.", en: "The person has declined mails of the kind.")
    case .addressFails:
      Phrase(sv: "Ett tidigare mejl till adressen kom inte fram.", en: "An earlier mail to the address did not arrive.")
    }
  }
}
