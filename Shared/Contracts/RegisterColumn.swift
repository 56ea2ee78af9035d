/// A column of a register file. `Texts` has what each is called and the headers by which it is known.
public enum RegisterColumn: String, Codable, Sendable, CaseIterable {
  case name, email, phone, language, kommun
  case employment
  case organisationNumber = "organisation-number"
  case firm
  case sellsSupervision = "sells-supervision"
  case worksIn = "works-in"
  case sectors, years, qualification
  case spokenLanguages = "spoken-languages"
  case role, capacity, topics, offers, wants, forms, travels
  case tenders, competitors, wishes, vetoes
  case waitingSince = "waiting-since"
  case isProtected = "protected"
  case note
  case status, since
  case pausedUntil = "paused-until"
  case reason, basis

  /// The columns without which a file can't be read.
  public static let required: [RegisterColumn] = [.name, .email, .kommun, .role]

  /// The cell of a row that stands in this column.
  public var cell: WritableKeyPath<ImportRow, Cell?> & Sendable {
    switch self {
    case .name: \.name
    case .email: \.email
    case .phone: \.phone
    case .language: \.language
    case .kommun: \.kommun
    case .employment: \.employment
    case .organisationNumber: \.organisationNumber
    case .firm: \.firm
    case .sellsSupervision: \.sellsSupervision
    case .worksIn: \.worksIn
    case .sectors: \.sectors
    case .years: \.years
    case .qualification: \.qualification
    case .spokenLanguages: \.spokenLanguages
    case .role: \.role
    case .capacity: \.capacity
    case .topics: \.topics
    case .offers: \.offers
    case .wants: \.wants
    case .forms: \.forms
    case .travels: \.travels
    case .tenders: \.tenders
    case .competitors: \.competitors
    case .wishes: \.wishes
    case .vetoes: \.vetoes
    case .waitingSince: \.waitingSince
    case .isProtected: \.isProtected
    case .note: \.note
    case .status: \.status
    case .since: \.since
    case .pausedUntil: \.pausedUntil
    case .reason: \.reason
    case .basis: \.basis
    }
  }

  /// What the member or the board has said in confidence: no viewer sees it.
  public static let confidential: Set<RegisterColumn> = [.tenders, .competitors, .wishes, .vetoes, .note, .reason]

  /// What members have said in confidence, of others and of their own plans: nobody who takes part themselves sees it of
  /// anybody else, whom they may compete with or be paired with.
  public static let confidences: Set<RegisterColumn> = [.tenders, .competitors, .wishes, .vetoes]

  /// Where somebody with protected identity might be found: for the chair alone.
  public static let locating: Set<RegisterColumn> = [
    .email, .phone, .kommun, .worksIn, .travels, .organisationNumber, .firm,
  ]
}
