/// A row of a register file, cell by cell as it was read; empty cells are absent.
public struct ImportRow: Codable, Sendable, Hashable {
  /// The line of the file on which the row begins, from 1.
  public var line: Number
  public var name: Cell?
  public var email: Cell?
  public var phone: Cell?
  public var language: Cell?
  public var kommun: Cell?
  public var employment: Cell?
  public var organisationNumber: Cell?
  public var firm: Cell?
  public var sellsSupervision: Cell?
  public var worksIn: Cell?
  public var sectors: Cell?
  public var years: Cell?
  public var qualification: Cell?
  public var spokenLanguages: Cell?
  public var role: Cell?
  public var capacity: Cell?
  public var topics: Cell?
  public var offers: Cell?
  public var wants: Cell?
  public var forms: Cell?
  public var travels: Cell?
  public var tenders: Cell?
  public var competitors: Cell?
  public var wishes: Cell?
  public var vetoes: Cell?
  public var waitingSince: Cell?
  public var isProtected: Cell?
  public var note: Cell?
  public var status: Cell?
  public var since: Cell?
  public var pausedUntil: Cell?
  public var reason: Cell?
  public var basis: Cell?

  public init(line: Number) { self.line = line }

  public subscript(column: RegisterColumn) -> Cell? {
    get { self[keyPath: column.cell] }
    set { self[keyPath: column.cell] = newValue }
  }
}
