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
