import Contracts
import Texts

extension MemberDraft {
  /// The row of a register file that says all of this; `Registration` reads it back to the same.
  public func row(line: Number = Number(unchecked: 1), language: Language = .sv) -> ImportRow {
    row(line: line, language: language) { $0.text }
  }

  /// The same, for others to read.
  ///
  /// - Parameter address: what stands for somebody who is named: an address where there is one, so that the file
  ///   means the same in another register.
  public func row(
    line: Number = Number(unchecked: 1), language: Language = .sv, address: (MemberReference) throws -> String
  ) rethrows -> ImportRow {
    var row = ImportRow(line: line)
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
    set(.worksIn, words(facts.worksIn?.elements, language) { $0.name ?? $0.rawValue })
    set(.sectors, words(facts.sectors?.elements, language) { WordTexts.sector($0)[language] })
    set(.years, "\(years.rawValue)")
    set(.qualification, qualification?.rawValue)
    set(.spokenLanguages, words(facts.spokenLanguages?.elements, language) { SpokenLanguageTexts.name($0)[language] })
    set(.role, WordTexts.role(role)[language])
    set(.capacity, capacity.map { "\($0.rawValue)" })
    set(.offers, words(facts.offers?.elements, language) { WordTexts.topic($0)[language] })
    set(.wants, words(facts.wants?.elements, language) { WordTexts.topic($0)[language] })
    set(.forms, words(facts.forms?.elements, language) { WordTexts.form($0)[language] })
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
      set(column, try words(named[keyPath: path], language, address))
    }
    set(.waitingSince, facts.waitingSince?.text)
    set(.isProtected, facts.isProtected.map { WordTexts.answer($0)[language] })
    set(.note, note?.rawValue)
    set(.status, status.map { WordTexts.status($0)[language] })
    set(.since, since?.text)
    set(.pausedUntil, pausedUntil?.text)
    set(.reason, reason?.rawValue)
    set(
      .basis,
      basis.map { "\(WordTexts.basis($0.kind)[language]), \($0.day.text), \($0.wording.rawValue)" })
    return row
  }

  /// A list as a cell: nothing where nothing is known, the word for none where there are none.
  private func words<Value>(
    _ values: [Value]?, _ language: Language, _ word: (Value) throws -> String
  ) rethrows -> String? {
    guard let values else { return nil }
    let words = try values.map(word)
    return words.isEmpty ? NoneWord.phrase[language] : words.joined(separator: ", ")
  }
}

extension ImportRow {
  /// How many bytes its cells have, with the names of their columns.
  public var bytes: Int {
    RegisterColumn.allCases.reduce(0) { sum, column in
      sum + (self[column].map { $0.rawValue.utf8.count + column.rawValue.utf8.count + 6 } ?? 0)
    }
  }

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
