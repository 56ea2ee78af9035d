import Contracts

/// What operators read beside the board's own words: settings, backups, metrics.
public enum OperatorTexts {
  public static let helpRestored = Phrase(
    sv: "Lagret är återställt från en kopia: börja en ny epok, så att andra sänder igen.",
    en: "The store was restored from a backup: begin a new epoch, so that others send again.")

  // MARK: Settings

  public static let aboutSettings = Phrase(
    sv: "Skriver alla inställningar som en fil att fylla i, med vad de betyder och vad som gäller annars.",
    en: "Prints every setting as a file to fill in, with what it means and what holds otherwise.")
  public static let settingsHead = Phrase(
    sv: "Inställningar för Handslag. Raderna med # framför gäller redan; ta bort # för att ändra.",
    en: "Settings of Handslag. The lines behind a # hold already; remove the # to change one.")
  public static func setting(_ meaning: String, _ accepts: String) -> Phrase {
    Phrase(sv: "\(meaning) Ska vara \(accepts).", en: "\(meaning) Must be \(accepts).")
  }

  // MARK: Backups

  public static let helpRestoreName = Phrase(
    sv: "Kopians namn, latest för den senaste, eller sökvägen till en fil.",
    en: "The backup's name, latest for the latest, or the path of a file.")
  public static let helpEvenIfOld = Phrase(
    sv: "Även om kopian är äldre än vad de andra tjänsterna minns.",
    en: "Even if the backup is older than what the other services remember.")
  public static let helpProve = Phrase(
    sv: "Pröva bara att det går; ändra ingenting.", en: "Only prove that it can be done; change nothing.")
  public static func proved(_ service: String, _ path: String, _ made: String) -> Phrase {
    Phrase(
      sv: "\(service) kan återställas från \(path), gjord \(made).",
      en: "\(service) can be restored from \(path), made \(made).")
  }
  public static let nothingRestored = Phrase(
    sv: "Ingenting är återställt. Rätta det som står ovan, eller ge namnet på en annan kopia.",
    en: "Nothing was restored. Mend what stands above, or give the name of another backup.")
  public static let tooOld = Phrase(
    sv:
      "Kopian är äldre än vad de andra tjänsterna säkert minns (35 dagar): meddelanden som kom fram sedan dess kan vara borta. Återställ alla tjänster från samma tid, eller ge --even-if-old.",
    en:
      "The backup is older than what the other services are sure to remember (35 days): messages that arrived since may be lost. Restore all services from the same time, or give --even-if-old."
  )
  public static func noSuchBackup(_ name: String, _ folder: String, _ kept: [String]) -> Phrase {
    let list = kept.suffix(5).joined(separator: ", ")
    return Phrase(
      sv: kept.isEmpty
        ? "Det finns ingen säkerhetskopia i \(folder). Gör en med: board backup"
        : "Det finns ingen kopia \(name) i \(folder). De senaste är \(list).",
      en: kept.isEmpty
        ? "There is no backup in \(folder). Make one with: board backup"
        : "There is no backup \(name) in \(folder). The latest are \(list).")
  }
  public static func restored(_ service: String, _ path: String, _ made: String, aside: String?, keptDays: Int)
    -> Phrase
  {
    Phrase(
      sv:
        "\(service) är återställd från \(path). Kommandon efter \(made) är borta: ge dem igen. Meddelanden mellan tjänsterna kommer igen av sig själva."
        + (aside.map { " Det förra lagret ligger i \($0) och tas bort efter \(keptDays) dygn." } ?? ""),
      en:
        "\(service) is restored from \(path). Commands after \(made) are lost: give them again. Messages between the services come again by themselves."
        + (aside.map { " The store before lies in \($0) and is removed after \(keptDays) days." } ?? ""))
  }
  public static let aboutBackup = Phrase(
    sv: "Säkerhetskopior av alla lager, medan tjänsterna arbetar.",
    en: "Backups of all stores, while the services work.")
  public static let aboutBackupMake = Phrase(
    sv: "Gör en säkerhetskopia av varje tjänsts lager i dess egen mapp.",
    en: "Makes a backup of each service's store in its own folder.")
  public static let aboutBackupList = Phrase(
    sv: "Listar säkerhetskopiorna som varje tjänst behåller.", en: "Lists the backups that each service keeps.")
  public static let helpBackupTo = Phrase(
    sv: "Namn på kopian; tiden där inget ges. Tjänsterna skriver i HANDSLAG_BACKUPS.",
    en: "The backup's name; the time where none is given. The services write to HANDSLAG_BACKUPS.")
  public static let backupHeadings = BoardTexts.headings(
    ["Tjänst", "Namn", "Gjord", "Kilobyte"], ["Service", "Name", "Made", "Kilobytes"])
  public static func backedUp(_ name: String) -> Phrase {
    Phrase(
      sv: "Kopian \(name) är gjord och prövad hos alla fyra. Ta den ifrån datorn: en disk som dör tar kopian med sig.",
      en:
        "The backup \(name) is made and proved at all four. Carry it off the machine: a disk that dies takes it along.")
  }
  public static func backupFailed(_ service: String, _ why: String) -> Phrase {
    Phrase(sv: "\(service): kopian misslyckades. \(why)", en: "\(service): the backup failed. \(why)")
  }
  public static func backupUnknown(_ service: String) -> Phrase {
    Phrase(
      sv: "\(service): kopian är inte klar än. Se board backup list.",
      en: "\(service): the backup is not done yet. See board backup list.")
  }
  public static let aboutRestore = Phrase(
    sv: "Återställer alla fyra tjänsternas lager från en säkerhetskopia; tjänsterna ska vara avslutade.",
    en: "Restores the stores of all four services from a backup; the services must be stopped.")
  public static func noCommonBackup(_ folder: String) -> Phrase {
    Phrase(
      sv: "Ingen kopia i \(folder) finns hos alla fyra tjänsterna. Ge ett namn, eller återställ var för sig.",
      en: "No backup in \(folder) is there for all four services. Give a name, or restore them one by one.")
  }

  // MARK: Metrics and status

  public static let aboutMetrics = Phrase(
    sv: "Skriver alla tjänsters mätvärden i Prometheus textform.",
    en: "Prints the metrics of all services in Prometheus' text format.")
  public static func waitsLong(_ service: String, _ minutes: Int, _ receivers: String) -> Phrase {
    Phrase(
      sv:
        "\(service) har meddelanden som har väntat i \(minutes) minuter\(receivers.isEmpty ? "" : " på \(receivers)"). Se att mottagaren går; inget är förlorat.",
      en:
        "\(service) has messages that have waited for \(minutes) minutes\(receivers.isEmpty ? "" : " for \(receivers)"). See that the receiver runs; nothing is lost."
    )
  }
  public static func littleRoom(_ service: String, _ megabytes: Int) -> Phrase {
    Phrase(
      sv: "Disken för \(service) har \(megabytes) MB kvar. Frigör utrymme innan den är full.",
      en: "The disk of \(service) has \(megabytes) MB left. Make room before it is full.")
  }
  public static func failedBackup(_ service: String, _ why: String) -> Phrase {
    Phrase(
      sv:
        "Den senaste kopian av \(service) misslyckades: se att mappen för kopior kan skrivas och har plats, och gör en ny med board backup. (\(why))",
      en:
        "The latest backup of \(service) failed: see that the folder of the backups can be written and has room, and make another with board backup. (\(why))"
    )
  }
  public static func stuckBackup(_ service: String, _ minutes: Int) -> Phrase {
    Phrase(
      sv:
        "\(service) har hållit på med en kopia i \(minutes) minuter. Se att disken med kopiorna svarar, starta om tjänsten, och gör en ny med board backup.",
      en:
        "\(service) has been making a backup for \(minutes) minutes. See that the disk of the backups answers, restart the service, and make another with board backup."
    )
  }
  public static func noBackup(_ service: String) -> Phrase {
    Phrase(
      sv: "\(service) har ingen säkerhetskopia. Gör en med: board backup",
      en: "\(service) has no backup. Make one with: board backup")
  }
  public static func oldBackup(_ service: String, _ days: Int) -> Phrase {
    Phrase(
      sv: "Den senaste kopian av \(service) är \(days) dygn gammal. Gör en med: board backup",
      en: "The latest backup of \(service) is \(days) days old. Make one with: board backup")
  }
}
