import Contracts

/// What the board reads about its mails: `board mail`, and the lines of `board status`.
public enum MailDeskTexts {
  public static let aboutMail = Phrase(
    sv: "Mejlen till mentorer och adepter, och hur det går för dem.",
    en: "The mails to mentors and adepts, and how they fare.")
  public static let aboutList = Phrase(sv: "Listar mejl.", en: "Lists mails.")
  public static let aboutShow = Phrase(
    sv: "Visar ett mejl, försöken och vad mejlservern sade.",
    en: "Shows a mail, its attempts and what the mail server said.")
  public static let aboutRetry = Phrase(
    sv: "Skickar på nytt det som inte kom fram, till den adress som är känd nu.",
    en: "Sends anew what did not arrive, to the address that is known now.")
  public static let aboutDiscard = Phrase(
    sv: "Stoppar ett mejl som inte har skickats.", en: "Stops a mail that has not been sent.")
  public static let aboutDelivery = Phrase(
    sv: "Om mejlen lämnar den här datorn, och hur många som är var.",
    en: "Whether mails leave this machine, and how many stand where.")
  public static let aboutPreview = Phrase(
    sv: "Visar hur ett mejl skulle se ut, utan att skicka det.",
    en: "Shows what a mail would look like, without sending it.")
  public static let aboutTemplates = Phrase(
    sv: "Skriver mallarna som filer att ändra i, en för varje slags mejl; filer som finns lämnas orörda.",
    en: "Writes the templates as files to edit, one for each kind of mail; files that are there are left alone.")
  public static let aboutDecline = Phrase(
    sv: "Antecknar att någon inte vill ha mejl av ett slag.", en: "Notes that somebody does not want mails of a kind.")
  public static let helpTemplate = Phrase(
    sv: "Slag av mejl, till exempel welcome.", en: "Kind of mail, such as welcome.")
  public static let helpAbout = Phrase(
    sv: "Den andra i paret; annars någon påhittad.", en: "The other of the pair; else somebody invented.")
  public static let helpParty = Phrase(sv: "Som mentor eller adept.", en: "As mentor or adept.")
  public static let helpFile = Phrase(sv: "En mall att prova, som fil.", en: "A template to try, as a file.")
  public static let helpHTML = Phrase(
    sv: "Fil att skriva webbsidan till, att öppna i en webbläsare.", en: "File for the page, to open in a browser.")
  public static let helpAgain = Phrase(sv: "Vill ha dem igen.", en: "Wants them again.")
  public static let helpState = Phrase(
    sv: "Bara mejl i ett läge: queued, attempting, retrying, sent, kept, failed eller suppressed.",
    en: "Only mails in one state: queued, attempting, retrying, sent, kept, failed or suppressed.")
  public static let helpTask = Phrase(
    sv: "Mejlets id, från board mail list.", en: "The mail's id, from board mail list.")

  public static let headings = BoardTexts.headings(
    ["Dag", "Id", "Till", "Ämne", "Läge"], ["Day", "Id", "To", "Subject", "State"])

  public static let fieldTask = Phrase(sv: "Id", en: "Id")
  public static let fieldKind = Phrase(sv: "Slag", en: "Kind")
  public static let fieldTo = Phrase(sv: "Till", en: "To")
  public static let fieldSubject = Phrase(sv: "Ämne", en: "Subject")
  public static let fieldState = Phrase(sv: "Läge", en: "State")
  public static let fieldAttempts = Phrase(sv: "Försök", en: "Attempts")
  public static let fieldReason = Phrase(sv: "Varför", en: "Why")
  public static let fieldSaid = Phrase(sv: "Servern sade", en: "The server said")
  public static let fieldNext = Phrase(sv: "Försöks igen", en: "Tried again")
  public static let fieldUnanswered = Phrase(sv: "Obesvarade försök", en: "Unanswered attempts")
  public static let fieldCarriedBy = Phrase(sv: "Skickas i", en: "Sent in")
  public static let fieldCarries = Phrase(sv: "Skickas med detta", en: "Sent with this")

  public static func unanswered(_ count: Int) -> Phrase {
    Phrase(
      sv: "\(count); mejlet kan ha kommit fram mer än en gång, med samma Message-ID",
      en: "\(count); the mail may have arrived more than once, with the same Message-ID")
  }
  public static func queuedAgain(_ task: String) -> Phrase {
    Phrase(sv: "\(task) skickas på nytt.", en: "\(task) is sent anew.")
  }
  public static func discarded(_ task: String) -> Phrase {
    Phrase(sv: "\(task) skickas inte.", en: "\(task) is not sent.")
  }

  public static func pageWritten(_ path: String) -> Phrase {
    Phrase(sv: "Öppna \(path) i en webbläsare.", en: "Open \(path) in a browser.")
  }
  public static func templatesWritten(_ count: Int, _ folder: String) -> Phrase {
    Phrase(
      sv:
        "\(count) mallar är skrivna i \(folder). Prova med board mail preview --file, lägg dem i HANDSLAG_MAIL_TEMPLATES och starta om.",
      en:
        "\(count) templates are written in \(folder). Try them with board mail preview --file, put them into HANDSLAG_MAIL_TEMPLATES and restart."
    )
  }
  public static func preference(_ member: String, _ kind: Phrase, isDeclined: Bool) -> Phrase {
    isDeclined
      ? Phrase(
        sv: "\(member) får inga mejl av slaget \(kind.sv).", en: "\(member) gets no mails of the kind \(kind.en).")
      : Phrase(sv: "\(member) får mejl av slaget \(kind.sv).", en: "\(member) gets mails of the kind \(kind.en).")
  }

  // MARK: How delivery fares

  public static let nothingLeaves = Phrase(
    sv: "Inga mejl lämnar den här datorn: de sparas här tills en mejlserver är inställd (HANDSLAG_SMTP_SERVER).",
    en: "No mail leaves this machine: mails are kept here until a mail server is set (HANDSLAG_SMTP_SERVER).")

  /// What the board should know, the most pressing first; that nothing leaves this machine always last.
  public static func advice(_ delivery: GetMailDelivery.Reply) -> [Phrase] { toDo(delivery) + notes(delivery) }

  /// What the board should do something about.
  public static func toDo(_ delivery: GetMailDelivery.Reply) -> [Phrase] {
    var advice: [Phrase] = []
    let failed = delivery.mails(.failed)
    let waiting = delivery.mails(.retrying)
    if failed > 0 {
      advice.append(
        Phrase(
          sv: "\(failed) mejl kom inte fram. Se: board mail list --state failed",
          en: "\(failed) \(failed == 1 ? "mail" : "mails") did not arrive. See: board mail list --state failed"))
    }
    if waiting > 0 {
      let reason = delivery.reason.flatMap { MailReason(code: $0.rawValue) }?.sentence
      let day = delivery.oldestWaiting?.inWords
      advice.append(
        Phrase(
          sv:
            "\(waiting) mejl försöks igen\(day.map { ", det äldsta från den \($0.sv)" } ?? "").\(reason.map { " " + $0.sv } ?? "")",
          en:
            "\(waiting) \(waiting == 1 ? "mail is" : "mails are") tried again\(day.map { ", the oldest of \($0.en)" } ?? "").\(reason.map { " " + $0.en } ?? "")"
        ))
    }
    return advice
  }

  /// What is as it is, and worth knowing.
  public static func notes(_ delivery: GetMailDelivery.Reply) -> [Phrase] {
    var advice: [Phrase] = []
    if delivery.unanswered.rawValue > 0 {
      let count = delivery.unanswered.rawValue
      advice.append(
        Phrase(
          sv: "\(count) mejl kan ha kommit fram mer än en gång: mejlservern svarade inte på ett försök.",
          en:
            "\(count) \(count == 1 ? "mail" : "mails") may have arrived more than once: the mail server did not answer an attempt."
        ))
    }
    if delivery.server == nil { advice.append(nothingLeaves) }
    return advice
  }
}
