import Contracts
import Texts

/// Everything that an operator can set, by the environment, by a file, or by an option of the same name.
///
/// One case is all that a new setting takes: its name here, and below what it means, what it is where nothing is
/// given, and what is accepted. A process checks all that is set, whoever reads it, before it starts anything.
public enum Setting: String, CaseIterable, Sendable {
  case file = "HANDSLAG_SETTINGS"
  case language = "HANDSLAG_LANG"
  case state = "HANDSLAG_STATE"
  case sockets = "HANDSLAG_SOCKETS"
  case keys = "HANDSLAG_KEYS"
  case backups = "HANDSLAG_BACKUPS"
  case backupsKept = "HANDSLAG_BACKUPS_KEPT"
  case log = "HANDSLAG_LOG"
  case logFormat = "HANDSLAG_LOG_FORMAT"
  case metricsPort = "HANDSLAG_METRICS_PORT"
  case metricsHost = "HANDSLAG_METRICS_HOST"
  case membershipEndpoint = "HANDSLAG_MEMBERSHIP_ENDPOINT"
  case matchingEndpoint = "HANDSLAG_MATCHING_ENDPOINT"
  case followupEndpoint = "HANDSLAG_FOLLOWUP_ENDPOINT"
  case notificationEndpoint = "HANDSLAG_NOTIFICATION_ENDPOINT"
  case virtualCalendar = "HANDSLAG_VIRTUAL_CALENDAR"
  // The notifier.
  case mailFrom = "HANDSLAG_MAIL_FROM"
  case mailCoordinator = "HANDSLAG_MAIL_COORDINATOR"
  case association = "HANDSLAG_ASSOCIATION"
  case mailAnswers = "HANDSLAG_MAIL_ANSWERS"
  case mailTemplates = "HANDSLAG_MAIL_TEMPLATES"
  case baseURL = "HANDSLAG_BASE_URL"
  case quietHours = "HANDSLAG_QUIET_HOURS"
  case digestMinutes = "HANDSLAG_DIGEST_MINUTES"
  case smtpServer = "HANDSLAG_SMTP_SERVER"
  case smtpTLS = "HANDSLAG_SMTP_TLS"
  case smtpUser = "HANDSLAG_SMTP_USER"
  case smtpPassword = "HANDSLAG_SMTP_PASSWORD"
  case smtpPasswordFile = "HANDSLAG_SMTP_PASSWORD_FILE"
  case smtpCAFile = "HANDSLAG_SMTP_CA_FILE"
  case smtpAtOnce = "HANDSLAG_SMTP_AT_ONCE"
  case smtpPerMinute = "HANDSLAG_SMTP_PER_MINUTE"
  case smtpTimeout = "HANDSLAG_SMTP_TIMEOUT"
  case smtpRetrySeconds = "HANDSLAG_SMTP_RETRY_SECONDS"
  // The board client.
  case principal = "HANDSLAG_AS"

  public struct Declaration: Sendable {
    public let accepts: Limits
    /// What holds where nothing is given; empty where it is then not set.
    public let standard: String
    public let meaning: Phrase
    /// Never shown, not even where it is wrong.
    public let isSecret: Bool

    init(_ accepts: Limits, _ standard: String = "", isSecret: Bool = false, sv: String, en: String) {
      self.accepts = accepts
      self.standard = standard
      self.isSecret = isSecret
      meaning = Phrase(sv: sv, en: en)
    }
  }

  public var declaration: Declaration {
    switch self {
    case .file:
      Declaration(
        .path, sv: "Fil med inställningar, en NAMN=värde på varje rad; miljön går före.",
        en: "File of settings, one NAME=value a line; the environment goes before it.")
    case .language:
      Declaration(
        .oneOf(Language.allCases.map(\.rawValue)), "sv", sv: "Språk för hjälp, tabeller och avslag: sv eller en.",
        en: "Language of help, tables and refusals: sv or en.")
    case .state:
      Declaration(
        .path, "state", sv: "Mapp för lagren; varje tjänst har en egen under den.",
        en: "Folder of the stores; each service has one of its own below it.")
    case .sockets:
      Declaration(.path, "state/sockets", sv: "Mapp med tjänsternas socketar.", en: "Folder of the services' sockets.")
    case .keys:
      Declaration(
        .path, "state/keys", sv: "Mapp med authorized-keys och de hemliga nycklarna.",
        en: "Folder with authorized-keys and the secret keys.")
    case .backups:
      Declaration(
        .path, sv: "Mapp för säkerhetskopior, annars backups under lagrens; varje tjänst har en egen under den.",
        en: "Folder of the backups, else backups below the stores'; each service has one of its own below it.")
    case .backupsKept:
      Declaration(
        .number(2...1_000), "14", sv: "Så många säkerhetskopior som varje tjänst behåller; äldre tas bort.",
        en: "How many backups each service keeps; older ones are removed.")
    case .log:
      Declaration(
        .oneOf(["debug", "info", "notice", "warning", "error"]), "notice",
        sv: "Det minsta som loggas; info ger en rad för varje kommando, meddelande och mejl.",
        en: "The least that is logged; info gives one line for each command, message and mail.")
    case .logFormat:
      Declaration(
        .oneOf(["json", "text"]), "json", sv: "Loggens form: json för program, text för människor.",
        en: "The form of the log: json for programs, text for people.")
    case .metricsPort:
      Declaration(
        .number(1_024...65_000),
        sv:
          "Port för mätvärden över HTTP: membership på denna, matching, followup och notification på de tre följande. Av där den inte är satt.",
        en:
          "Port for metrics over HTTP: membership on this one, matching, followup and notification on the next three. Off where it isn't set."
      )
    case .metricsHost:
      Declaration(
        .address, "127.0.0.1", sv: "Adress som mätvärdena ges ut på; 0.0.0.0 för alla.",
        en: "Address on which the metrics are served; 0.0.0.0 for all.")
    case .membershipEndpoint: Setting.endpoint("membership")
    case .matchingEndpoint: Setting.endpoint("matching")
    case .followupEndpoint: Setting.endpoint("followup")
    case .notificationEndpoint: Setting.endpoint("notification")
    case .virtualCalendar:
      Declaration(
        .day, sv: "Starta på en virtuell kalender denna dag; bara för demonstrationer.",
        en: "Start on a virtual calendar at this day; for demonstrations only.")
    case .mailFrom:
      Declaration(
        .text, "Mentorskapet <mentorskap@localhost>", sv: "Mejlens avsändare.", en: "The sender of the mails.")
    case .mailCoordinator:
      Declaration(
        .text,
        sv: "Vem i styrelsen som frågor och svar går till, som Karin Berg <karin@example.se>; annars avsändaren.",
        en: "Who on the board is asked and gets the replies, such as Karin Berg <karin@example.se>; else the sender.")
    case .association:
      Declaration(
        .text, sv: "Föreningens namn, så som det ska stå på intygen.",
        en: "The association's name, as it is to stand on certificates.")
    case .mailAnswers:
      Declaration(
        .text, sv: "Adress som svar med ett klick skickas till; annars samordnarens.",
        en: "Address that answers in one step are sent to; else the coordinator's.")
    case .mailTemplates:
      Declaration(
        .path,
        sv: "Mapp med egna mallar, annars notification/templates i lagrens mapp; board mail templates skriver dem.",
        en:
          "Folder of one's own templates, else notification/templates in the stores' folder; board mail templates writes them."
      )
    case .baseURL:
      Declaration(
        .text, sv: "Webbadress som svar med ett klick leder till i stället, som https://mentorskap.example.se.",
        en: "Web address that answers in one step lead to instead, such as https://mentorskap.example.se.")
    case .quietHours:
      Declaration(
        .text, sv: "Timmar då inga mejl skickas, svensk tid: 21-7 (vanligt med mejlserver) eller none.",
        en: "Hours in which no mail is sent, by Swedish clocks: 21-7 (usual with a mail server) or none.")
    case .digestMinutes:
      Declaration(
        .number(0...1440), sv: "Så länge små mejl väntar på varandra för att bli ett; 30 med mejlserver, annars 0.",
        en: "How long small mails wait for each other to become one; 30 with a mail server, else 0.")
    case .smtpServer:
      Declaration(
        .text,
        sv:
          "Mejlserver: smtp://mail.example.se:587 (STARTTLS) eller smtps://mail.example.se:465. Utan den sparas mejlen här.",
        en:
          "Mail server: smtp://mail.example.se:587 (STARTTLS) or smtps://mail.example.se:465. Without it mails are kept here."
      )
    case .smtpTLS:
      Declaration(
        .oneOf(["required", "off"]), "required", sv: "Kryptering till mejlservern; off bara för en på den här datorn.",
        en: "Encryption to the mail server; off only for one on this machine.")
    case .smtpUser:
      Declaration(.text, sv: "Användare hos mejlservern.", en: "User at the mail server.")
    case .smtpPassword:
      Declaration(
        .text, isSecret: true, sv: "Lösenordet; hellre i en fil.", en: "The password; better in a file.")
    case .smtpPasswordFile:
      Declaration(.path, sv: "Fil med lösenordet.", en: "File with the password.")
    case .smtpCAFile:
      Declaration(
        .path, sv: "Fil med certifikatutfärdare att lita på i stället för datorns egna, i PEM.",
        en: "File of authorities to trust instead of the machine's own, in PEM.")
    case .smtpAtOnce:
      Declaration(
        .number(1...64), "4", sv: "Så många mejl lämnas samtidigt.", en: "How many mails are handed over at a time.")
    case .smtpPerMinute:
      Declaration(
        .number(0...60_000), "60", sv: "Så många mejl i minuten som mest; 0 för hur många som helst.",
        en: "How many mails a minute at most; 0 for any number.")
    case .smtpTimeout:
      Declaration(
        .number(1...3600), "300", sv: "Sekunder att vänta på varje svar från mejlservern.",
        en: "Seconds to wait for each reply of the mail server.")
    case .smtpRetrySeconds:
      Declaration(
        .number(1...3600), "60", sv: "Sekunder till det första nya försöket; sedan dubbelt så länge varje gång.",
        en: "Seconds until the first new attempt; twice as long each time after.")
    case .principal:
      Declaration(
        .text, "chair", sv: "Vems nyckel styrelsens verktyg använder.", en: "Whose key the board's tool uses.")
    }
  }

  private static func endpoint(_ service: String) -> Declaration {
    Declaration(
      .endpoint,
      sv: "Var \(service) lyssnar, där det inte är en socket i mappen: tcp://10.0.0.2:5601, till exempel.",
      en: "Where \(service) listens, where it isn't a socket in the folder: such as tcp://10.0.0.2:5601.")
  }

  /// The command-line option of the programs that take one: `HANDSLAG_LOG` is `--log`.
  public var option: String {
    "--" + rawValue.dropFirst("HANDSLAG_".count).lowercased().replacing("_", with: "-")
  }
}
