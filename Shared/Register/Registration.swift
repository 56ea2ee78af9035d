import Contracts
import Foundation
import Texts

/// What one row of a register file comes to: a checked draft, or every fault that it has.
public struct Registration: Sendable {
  /// Nil where there are faults.
  public let draft: MemberDraft?
  /// Also where something else in the row is wrong, so that repeats of it are found.
  public let email: EmailAddress?
  /// In the order of the columns.
  public let faults: [RegisterFault]

  public init(_ row: ImportRow) {
    var faults: [RegisterFault] = []
    func read<Value>(
      _ column: RegisterColumn, _ read: (String, RegisterColumn) throws(RegisterFault) -> Value
    ) -> Value? {
      do throws(RegisterFault) {
        let text = CellReader.plain(row[column], keepsLines: column == .note || column == .reason)
        if column.isSearchedForPersonalNumbers, PersonalNumber.isFound(in: text) { throw .personalNumberIn(column) }
        return try read(text, column)
      } catch {
        faults.append(error)
        return nil
      }
    }
    let name = read(.name, CellReader.name)
    let email = read(.email, CellReader.email)
    let phone = read(.phone, CellReader.phone)
    let language = read(.language, CellReader.language)
    let kommun = read(.kommun, CellReader.kommun)
    var facts = ProfileFacts()
    facts.ownsOrganisation = read(.employment, CellReader.employment) ?? nil
    let organisationNumber = read(.organisationNumber, CellReader.organisationNumber)
    facts.firm = read(.firm, CellReader.text) ?? nil
    facts.sellsSupervision = read(.sellsSupervision, CellReader.answer) ?? nil
    facts.worksIn =
      read(.worksIn) { text, column throws(RegisterFault) in
        try CellReader.words(text, column, Area.init(written:))
      } ?? nil
    facts.sectors =
      read(.sectors) { text, column throws(RegisterFault) in
        try CellReader.words(text, column, Sector.init(written:))
      } ?? nil
    let years = read(.years, CellReader.years)
    let qualification: Qualification?? = read(.qualification, CellReader.text)
    facts.spokenLanguages =
      read(.spokenLanguages) { text, column throws(RegisterFault) in
        try CellReader.words(text, column, SpokenLanguage.init(written:))
      } ?? nil
    let role = read(.role, CellReader.role)
    let capacity = role?.isMentor == true ? read(.capacity, CellReader.capacity) : nil
    let topics = read(.topics, CellReader.topics) ?? nil
    let offers = read(.offers, CellReader.topics) ?? nil
    let wants = read(.wants, CellReader.topics) ?? nil
    facts.offers = offers ?? (role?.isMentor == true ? topics : nil)
    facts.wants = wants ?? (role?.isAdept == true ? topics : nil)
    facts.forms =
      read(.forms) { text, column throws(RegisterFault) in
        try CellReader.words(text, column, ContactForm.init(written:))
      } ?? nil
    facts.travels = read(.travels, CellReader.kilometres) ?? nil
    facts.tenders = read(.tenders, CellReader.tenders) ?? nil
    var named = NamedPeople()
    for (column, path) in NamedPeople.kinds {
      named[keyPath: path] =
        read(column) { text, column throws(RegisterFault) in
          try CellReader.references(text, column, of: email)
        } ?? nil
    }
    facts.waitingSince = read(.waitingSince, CellReader.day) ?? nil
    facts.isProtected = read(.isProtected, CellReader.answer) ?? nil
    let note: Note?? = read(.note, CellReader.text)
    let status = read(.status, CellReader.status) ?? nil
    let since = read(.since, CellReader.day) ?? nil
    let pausedUntil = read(.pausedUntil, CellReader.day) ?? nil
    if status == .paused, pausedUntil == nil, row.pausedUntil == nil { faults.append(.missing(.pausedUntil)) }
    let reason: Note?? = read(.reason, CellReader.text)
    let basis = read(.basis, CellReader.basis) ?? nil

    self.email = email
    self.faults = faults
    guard faults.isEmpty, let name, let email, let language, let kommun, let role, let years else {
      draft = nil
      return
    }
    var draft = MemberDraft(name: name, email: email, language: language, kommun: kommun, role: role, years: years)
    draft.phone = phone ?? nil
    draft.organisationNumber = organisationNumber ?? nil
    draft.capacity = capacity
    draft.qualification = qualification ?? nil
    draft.note = note ?? nil
    draft.facts = facts
    draft.named = named
    draft.status = status
    draft.since = since
    draft.pausedUntil = status == .paused ? pausedUntil : nil
    draft.reason = reason ?? nil
    draft.basis = basis
    self.draft = draft
  }

  /// The address of a row, checked as `init` does; nil where it is none.
  public static func email(of row: ImportRow) -> EmailAddress? {
    EmailAddress(rawValue: CellReader.plain(row.email))
  }
}

extension RegisterColumn {
  /// A telephone number may look like a personal identity number, and an organisation number has a rule of its own.
  fileprivate var isSearchedForPersonalNumbers: Bool { self != .phone && self != .organisationNumber }
}
