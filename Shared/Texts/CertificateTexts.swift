import Contracts

/// What a certificate of participation says.
public enum CertificateTexts {
  public static let title = Phrase(sv: "Intyg om deltagande", en: "Certificate of participation")
  public static let theAssociation = Phrase(sv: "föreningen", en: "the association")

  public static func participated(_ party: Party, _ other: String, _ association: String) -> Phrase {
    switch party {
    case .mentor:
      Phrase(
        sv: "har varit mentor för \(other) i mentorskapsprogrammet hos \(association)",
        en: "has been a mentor to \(other) in the mentorship programme of \(association)")
    case .adept:
      Phrase(
        sv: "har varit adept med \(other) som mentor i mentorskapsprogrammet hos \(association)",
        en: "has been an adept, with \(other) as mentor, in the mentorship programme of \(association)")
    }
  }

  public static func time(_ from: Day, _ to: Day, _ months: Int) -> Phrase {
    let length = MailTexts.months(months)
    return Phrase(
      sv: "från den \(from.inWords.sv) till den \(to.inWords.sv), \(length.sv).",
      en: "from \(from.inWords.en) to \(to.inWords.en), \(length.en).")
  }

  public static func role(_ party: Party) -> Phrase {
    switch party {
    case .mentor:
      Phrase(
        sv: "En mentor är samtalspartner, kontaktskapare och informatör för en kollega som är ny i rollen.",
        en: "A mentor is a conversation partner, a contact builder and an informer for a colleague new in the role.")
    case .adept:
      Phrase(
        sv: "En adept utvecklas genom samtal och vägledning, och ansvarar själv för sin utveckling.",
        en: "An adept develops through conversation and guidance, and is responsible for their own development.")
    }
  }

  public static func issued(_ day: Day) -> Phrase {
    Phrase(sv: "Utfärdat den \(day.inWords.sv)", en: "Issued on \(day.inWords.en)")
  }
}
