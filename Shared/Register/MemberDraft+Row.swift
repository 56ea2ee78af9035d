import Contracts
import Texts

extension MemberDraft {
  /// The row of a register file that says all of this; `Registration` reads it back to the same.
  ///
  /// - Parameter address: what stands for somebody who is named: an address where there is one, so that the file
  ///   means the same in another register.
  public func row(
    line: Number = Number(unchecked: 1), language: Language = .sv, address: (MemberReference) -> String = \.text
  ) -> ImportRow {
    var row = ImportRow(line: line)
    func list<Value>(_ values: [Value]?, _ word: (Value) -> String) -> String? {
      values.map { $0.isEmpty ? NoneWord.phrase[language] : $0.map(word).joined(separator: ", ") }
    }
    func set(_ column: RegisterColumn, _ text: String?) { row[column] = text.flatMap(Cell.init(rawValue:)) }
    set(.name, name.rawValue)
    set(.email, email.rawValue)
    set(.phone, phone?.rawValue)
    set(.language, WordTexts.language(self.language)[language])
    set(.kommun, Kommun.with(code: kommun)?.name ?? kommun.rawValue)
    set(.employment, facts.ownsOrganisation.map { WordTexts.employment(ownsOrganisation: $0)[language] })
    set(.organisationNumber, organisationNumber?.rawValue)
    set(.firm, facts.firm?.rawValue)
    set(.sellsSupervision, facts.sellsSupervision.map { WordTexts.answer($0)[language] })
    set(.worksIn, list(facts.worksIn?.elements) { $0.name ?? $0.rawValue })
    set(.sectors, list(facts.sectors?.elements) { WordTexts.sector($0)[language] })
    set(.years, "\(years.rawValue)")
    set(.qualification, qualification?.rawValue)
    set(.spokenLanguages, list(facts.spokenLanguages?.elements) { SpokenLanguageTexts.name($0)[language] })
    set(.role, WordTexts.role(role)[language])
    set(.capacity, capacity.map { "\($0.rawValue)" })
    set(.offers, list(facts.offers?.elements) { WordTexts.topic($0)[language] })
    set(.wants, list(facts.wants?.elements) { WordTexts.topic($0)[language] })
    set(.forms, list(facts.forms?.elements) { WordTexts.form($0)[language] })
    set(.travels, facts.travels.map { "\($0.rawValue)" })
    set(
      .tenders,
      facts.tenders.map { tenders in
        tenders.elements.isEmpty
          ? NoneWord.phrase[language]
          : tenders.elements.map { tender in
            [tender.reference.rawValue, tender.buyer?.rawValue, tender.closes?.text].compactMap { $0 }
              .joined(separator: ", ")
          }.joined(separator: "; ")
      })
    for (column, path) in NamedPeople.kinds {
      set(column, list(named[keyPath: path], address))
    }
    set(.waitingSince, facts.waitingSince?.text)
    set(.isProtected, facts.isProtected.map { WordTexts.answer($0)[language] })
    set(.note, note?.rawValue)
    return row
  }
}

extension ImportRow {
  /// This row with the cells of another in the columns that it doesn't have. A file that has the topics in one
  /// column says what is offered and wanted too, and the other way about.
  public func keeping(_ columns: Set<RegisterColumn>, of other: ImportRow) -> ImportRow {
    var row = self
    var own = columns
    if columns.contains(.topics) { own.formUnion([.offers, .wants]) }
    for column in RegisterColumn.allCases where !own.contains(column) { row[column] = other[column] }
    return row
  }
}
