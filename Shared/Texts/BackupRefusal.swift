/// Why a service does not make a backup.
public enum BackupRefusal: Refusal {
  case noFolder
  case running
  case exists(String)

  public var code: String {
    switch self {
    case .noFolder: "backup/no-folder"
    case .running: "backup/running"
    case .exists: "backup/exists"
    }
  }

  public var title: Phrase { Phrase(sv: "Ingen säkerhetskopia gjordes", en: "No backup was made") }

  public var detail: Phrase {
    switch self {
    case .noFolder:
      Phrase(
        sv: "Tjänsten har ingen mapp för säkerhetskopior. Sätt HANDSLAG_BACKUPS.",
        en: "The service has no folder for backups. Set HANDSLAG_BACKUPS.")
    case .running:
      Phrase(
        sv: "En säkerhetskopia görs just nu. Vänta tills den är klar: board backup list",
        en: "A backup is being made just now. Wait until it is done: board backup list")
    case .exists(let name):
      Phrase(
        sv: "Kopian \(name) finns redan. Välj ett annat namn.",
        en: "The backup \(name) is there already. Choose another name.")
    }
  }
}
