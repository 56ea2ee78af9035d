/// What is wrong with a setting of the notifier's, each a sentence that names it. None quotes a password.
public enum MailSettingsTexts {
  /// A field of a mail that can't be written, and why. It never says what stands in it.
  public enum FieldFault: Sendable, Hashable {
    case control
    case address
    /// What stands before the at sign is not ASCII.
    case localPart
    /// What stands after it has no form in ASCII.
    case domain
    case identifier
    case fieldName

    public func sentence(_ field: String) -> Phrase {
      switch self {
      case .control:
        Phrase(
          sv: "\(field) har en radbrytning eller ett styrtecken; det ska vara text på en rad.",
          en: "\(field) has a line break or a control character, and must be text on one line.")
      case .address:
        Phrase(
          sv: "\(field) ska vara en adress som anna@example.se, gärna efter ett namn: Anna <anna@example.se>.",
          en: "\(field) must be an address such as anna@example.se, perhaps after a name: Anna <anna@example.se>.")
      case .localPart:
        Phrase(
          sv: "\(field) har å, ä, ö eller liknande före @, och då kan inte alla skriva dit. Ange en adress utan.",
          en: "\(field) has letters such as å, ä, ö before the @, and not everybody can write there. Give one without."
        )
      case .domain:
        Phrase(
          sv: "\(field) har ingen domän efter @; den ska ha bokstäver, siffror, punkter och bindestreck, som åkeri.se.",
          en: "\(field) has no domain after the @; it must have letters, digits, dots and hyphens, such as åkeri.se."
        )
      case .identifier:
        Phrase(
          sv: "\(field) ska bestå av a till z, 0 till 9, bindestreck och punkter.",
          en: "\(field) must be of a to z, 0 to 9, hyphens and dots.")
      case .fieldName:
        Phrase(
          sv: "\(field) är inget namn på ett huvudfält: bokstäver, siffror och bindestreck.",
          en: "\(field) is not a name of a header field: letters, digits and hyphens.")
      }
    }
  }

  public static func notANumber(_ name: String, _ text: String, _ range: ClosedRange<Int>) -> Phrase {
    Phrase(
      sv: "\(name) är \(text); det ska vara ett heltal från \(range.lowerBound) till \(range.upperBound).",
      en: "\(name) is \(text); it must be a whole number from \(range.lowerBound) to \(range.upperBound).")
  }
  public static func baseURL(_ text: String) -> Phrase {
    Phrase(
      sv: "HANDSLAG_BASE_URL är \(text); det ska vara en adress som https://mentorskap.example.se.",
      en: "HANDSLAG_BASE_URL is \(text); it must be an address such as https://mentorskap.example.se.")
  }
  public static let passwordInTheOpen = Phrase(
    sv: "HANDSLAG_SMTP_TLS är off och HANDSLAG_SMTP_USER är satt: ett lösenord skickas bara krypterat.",
    en: "HANDSLAG_SMTP_TLS is off and HANDSLAG_SMTP_USER is set: a password is only sent encrypted.")
  public static func authorities(_ file: String) -> Phrase {
    Phrase(
      sv: "HANDSLAG_SMTP_CA_FILE är \(file), som inte går att läsa; det ska vara en fil med certifikat i PEM.",
      en: "HANDSLAG_SMTP_CA_FILE is \(file), which can't be read; it must be a file of certificates in PEM.")
  }
  public static func quietHours(_ text: String) -> Phrase {
    Phrase(
      sv: "HANDSLAG_QUIET_HOURS är \(text); det ska vara två timmar som 21-7, eller none.",
      en: "HANDSLAG_QUIET_HOURS is \(text); it must be two hours such as 21-7, or none.")
  }
  public static func server(_ text: String) -> Phrase {
    Phrase(
      sv: """
        HANDSLAG_SMTP_SERVER är \(text); det ska vara smtp://VÄRD:PORT (med STARTTLS, oftast port 587) eller \
        smtps://VÄRD:PORT (465), utan användare.
        """,
      en: """
        HANDSLAG_SMTP_SERVER is \(text); it must be smtp://HOST:PORT (with STARTTLS, usually port 587) or \
        smtps://HOST:PORT (465), without a user.
        """)
  }
  public static let onlyHere = Phrase(
    sv: "HANDSLAG_SMTP_TLS är off; det går bara för en server på den här datorn, som smtp://localhost:25.",
    en: "HANDSLAG_SMTP_TLS is off; that is for a server on this machine alone, such as smtp://localhost:25.")
  public static func encryption(_ text: String) -> Phrase {
    Phrase(
      sv: "HANDSLAG_SMTP_TLS är \(text); det ska vara required eller off.",
      en: "HANDSLAG_SMTP_TLS is \(text); it must be required or off.")
  }
  public static let passwordWithoutUser = Phrase(
    sv: "HANDSLAG_SMTP_PASSWORD är satt men inte HANDSLAG_SMTP_USER: sätt båda eller ingen.",
    en: "HANDSLAG_SMTP_PASSWORD is set and HANDSLAG_SMTP_USER is not: set both or neither.")
  public static let userWithoutPassword = Phrase(
    sv: "HANDSLAG_SMTP_USER är satt men lösenordet saknas: sätt HANDSLAG_SMTP_PASSWORD_FILE till en fil med det.",
    en: "HANDSLAG_SMTP_USER is set; its password is missing: set HANDSLAG_SMTP_PASSWORD_FILE to a file with it.")
  public static func passwordFile(_ file: String) -> Phrase {
    Phrase(
      sv: "HANDSLAG_SMTP_PASSWORD_FILE är \(file), som inte går att läsa.",
      en: "HANDSLAG_SMTP_PASSWORD_FILE is \(file), which can't be read.")
  }
}
