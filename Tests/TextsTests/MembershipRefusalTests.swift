import Contracts
import Testing
import Texts

/// Whoever is refused is told which field, what was found in it, why, and what would be taken, in their own language.
@Suite struct MembershipRefusalTests {
  private static let found = "Ärtsoppa 17"
  private static let day = Day(text: "2026-11-24")!

  private static let faults: [RegisterFault] =
    [
      .missingName, .nameLength(found), .missingEmail, .wrongEmail(found), .repeatedEmail(found, firstLine: 4711),
      .missingKommun, .unknownKommun(found), .wrongOrganisationNumber(found), .wrongCheckDigit(found), .personalNumber,
      .missingRole, .unknownRole(found), .wrongCapacity(found), .yearsNotANumber(found), .yearsOutOfRange(found),
      .unknownLanguage(found), .beyondLimit(years: 31, limit: 29), .becomesAdept(years: 31, limit: 29),
      .untilNotLater(day), .noWayBack(.applied), .protectedByChair,
    ]
    + RegisterColumn.allCases.flatMap { column -> [RegisterFault] in
      [
        .unknownTopics(column, [found]), .personalNumberIn(column), .wrongText(column, found),
        .unknownWords(column, [found]), .tooMany(column, found: 4711, maximum: 29), .unknownReference(column, found),
        .namesThemselves(column), .missing(column), .confidenceOfAnother(column),
      ]
    }

  /// What of the value must be told: nothing where the cell was empty, or holds what is kept nowhere.
  private func told(of fault: RegisterFault) -> [String] {
    switch fault {
    case .missingName, .missingEmail, .missingKommun, .missingRole, .missing, .personalNumber, .personalNumberIn,
      .namesThemselves, .protectedByChair, .confidenceOfAnother:
      []
    case .nameLength, .wrongEmail, .unknownKommun, .wrongOrganisationNumber, .wrongCheckDigit, .unknownRole,
      .wrongCapacity, .yearsNotANumber, .yearsOutOfRange, .unknownLanguage, .unknownTopics, .wrongText,
      .unknownWords, .unknownReference:
      [Self.found]
    case .repeatedEmail: [Self.found, "4711"]
    case .tooMany: ["4711", "29"]
    case .beyondLimit, .becomesAdept: ["31", "29"]
    case .untilNotLater: [Self.day.text]
    case .noWayBack: []
    }
  }

  /// The words by which a sentence says what to do.
  private static let imperatives: [Language: [String]] = [
    .sv: [
      "Skriv", "Ange", "Ta bort", "Rätta", "Ladda upp", "Läs in", "Dela", "Vänta", "Försök", "Ändra", "Be ",
      "Radera", "Börja", "Spara", "Sätt", "Korta", "Avsluta", "kan vara", "ska ", "Det kan",
    ],
    .en: [
      "Write", "Give", "Remove", "Correct", "Upload", "Import", "Split", "Wait", "Try", "Change", "Ask",
      "Erase", "begin again", "Save", "Put", "Shorten", "End ", "may be", "must", ") can", "can.",
    ],
  ]

  private func check(_ sentence: Phrase, _ values: [String], _ what: String) {
    #expect(sentence.sv != sentence.en, "\(what)")
    for language in Language.allCases {
      let text = sentence[language]
      for value in values { #expect(text.contains(value), "\(what) does not tell \(value): \(text)") }
      #expect(
        Self.imperatives[language]!.contains { text.lowercased().contains($0.lowercased()) },
        "\(what) does not say what to do: \(text)")
      #expect(!text.contains("  ") && text.hasSuffix("."), "\(what): \(text)")
    }
  }

  @Test(arguments: faults) func aFaultNamesTheColumnTheValueAndWhatIsTaken(_ fault: RegisterFault) {
    check(fault.reason, told(of: fault), "\(fault)")
    #expect(fault.code.hasPrefix("member/"))
    // A report of an import has the column beside the sentence; one that is told of a person has it before.
    let refusal = MembershipRefusal.faults([fault])
    for language in Language.allCases {
      #expect(refusal.detail[language].hasPrefix(fault.column.title[language] + ": "), "\(fault)")
    }
  }

  private static let id = MemberID(unchecked: "m-abcdefgh")
  private static let upload = ImportID(unchecked: "i-abcdefgh")
  private static let refusals: [(refusal: MembershipRefusal, values: [String])] =
    [
      (.unknownImport(upload), [upload.rawValue]), (.partMissing(number: 31, of: 4711), ["31", "4711"]),
      (.partBeyond(number: 4711, of: 31), ["31", "4711"]), (.tooManyParts(number: 4711, maximum: 31), ["4711", "31"]),
      (.importWritten(upload), [upload.rawValue]), (.importUnderWay(upload), [upload.rawValue]), (.erasureWaits, []),
      (.unknownMember(found), [found]), (.wrongPage, ["after"]), (.faults(faults), [found]),
      (.alreadyRegistered(found, id), [found, id.rawValue]), (.addressTaken(found), [found]),
      (.untilMissing, ["--until"]), (.untilNotLater(day), [day.text]), (.protectedByChair, []),
      (.noErasure(id), [id.rawValue]),
    ] + MoveMember.Step.allCases.map { (.reasonMissing($0), ["--reason"]) }

  @Test(arguments: refusals) func aRefusalNamesTheValueAndWhatIsTaken(
    _ refusal: MembershipRefusal, _ values: [String]
  ) {
    check(refusal.detail, values, refusal.code)
    #expect(!refusal.title.sv.isEmpty && refusal.title.sv != refusal.title.en)
  }

  @Test(arguments: MoveMember.Step.allCases, MemberStatus.allCases)
  func aStepThatCanNotBeTakenNamesWhoCan(_ step: MoveMember.Step, _ status: MemberStatus) {
    let refusal = MembershipRefusal.wrongStep(step, status)
    for language in Language.allCases {
      let text = refusal.detail[language]
      #expect(text.contains(WordTexts.status(status)[language]))
      for from in step.from { #expect(text.contains(WordTexts.status(from)[language]), "\(text)") }
    }
  }

  private static let files: [(refusal: RegisterRefusal, values: [String])] =
    [
      (.tooLarge(bytes: 4711, maximum: 31), ["4711", "31"]), (.encoding(line: 4711), ["4711"]),
      (.controlCharacter(line: 4711), ["4711"]), (.unbalancedQuote(line: 4711), ["4711"]), (.empty, []),
      (.extraCells(line: 4711, found: 31, expected: 29), ["4711", "31", "29"]),
      (.tooManyCells(line: 4711, maximum: 31), ["4711", "31"]),
      (.tooManyRows(line: 4711, maximum: 31), ["4711", "31"]),
      (.missingColumns([.name, .kommun]), ["Namn", "Kommun"]),
    ]
    + RegisterColumn.allCases.flatMap { column in
      [
        (.repeatedColumn(column), [column.headers[0]]),
        (.cellTooLong(line: 4711, column: column, maximum: 31), ["4711", "31"]),
      ]
    }

  @Test(arguments: files) func aFileThatCanNotBeReadIsToldWhereAndWhy(
    _ refusal: RegisterRefusal, _ values: [String]
  ) {
    check(refusal.detail, values, refusal.code)
  }
}
