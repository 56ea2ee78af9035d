import Contracts

/// Why a register file can't be read at all. Nothing of it is sent then.
public enum RegisterRefusal: Refusal, Hashable {
  case tooLarge(bytes: Int, maximum: Int)
  case encoding(line: Int)
  case controlCharacter(line: Int)
  case unbalancedQuote(line: Int)
  case empty
  case missingColumns([RegisterColumn])
  case repeatedColumn(RegisterColumn)
  case extraCells(line: Int, found: Int, expected: Int)
  case tooManyCells(line: Int, maximum: Int)
  case cellTooLong(line: Int, column: RegisterColumn, maximum: Int)
  case tooManyRows(line: Int, maximum: Int)

  public var code: String {
    switch self {
    case .tooLarge: "register/too-large"
    case .encoding: "register/encoding"
    case .controlCharacter: "register/control-character"
    case .unbalancedQuote: "register/unbalanced-quote"
    case .empty: "register/empty"
    case .missingColumns: "register/missing-column"
    case .repeatedColumn: "register/repeated-column"
    case .extraCells: "register/extra-cells"
    case .tooManyCells: "register/too-many-cells"
    case .cellTooLong: "register/cell-too-long"
    case .tooManyRows: "register/too-many-rows"
    }
  }

  public var title: Phrase {
    switch self {
    case .tooLarge: Phrase(sv: "Filen är för stor", en: "The file is too large")
    case .encoding: Phrase(sv: "Filens tecken kan inte läsas", en: "The file's characters can't be read")
    case .controlCharacter: Phrase(sv: "Filen har ett styrtecken", en: "The file has a control character")
    case .unbalancedQuote: Phrase(sv: "Ett citattecken saknar sin like", en: "A quotation mark lacks its other half")
    case .empty: Phrase(sv: "Filen har inga rader", en: "The file has no rows")
    case .missingColumns: Phrase(sv: "En kolumn saknas", en: "A column is missing")
    case .repeatedColumn: Phrase(sv: "En kolumn finns två gånger", en: "A column is there twice")
    case .extraCells, .tooManyCells: Phrase(sv: "En rad har för många celler", en: "A row has too many cells")
    case .cellTooLong: Phrase(sv: "En cell är för lång", en: "A cell is too long")
    case .tooManyRows: Phrase(sv: "Filen har för många rader", en: "The file has too many rows")
    }
  }

  public var detail: Phrase {
    switch self {
    case .tooLarge(let bytes, let maximum):
      Phrase(
        sv: "Filen har \(bytes) byte; högst \(maximum) tas emot. Dela den i flera.",
        en: "The file has \(bytes) bytes; at most \(maximum) are taken. Split it into several.")
    case .encoding(let line):
      Phrase(
        sv: "Rad \(line) är varken UTF-8, UTF-16 med BOM eller Windows-1252. Spara om filen som CSV UTF-8.",
        en: "Line \(line) is neither UTF-8, UTF-16 with a BOM nor Windows-1252. Save the file again as CSV UTF-8.")
    case .controlCharacter(let line):
      Phrase(
        sv:
          "Rad \(line) har ett tecken som inte syns och inte är text. Ta bort det; bara text, tabb och radbyte tas emot.",
        en:
          "Line \(line) has a character that is invisible and no text. Remove it; only text, tabs and line breaks are taken."
      )
    case .unbalancedQuote(let line):
      Phrase(
        sv:
          "Citattecknet som börjar en cell på rad \(line) slutar inte där cellen gör det. Avsluta cellen med ett citattecken; ett inuti den skrivs två gånger.",
        en:
          "The quotation mark that begins a cell on line \(line) doesn't end where the cell does. End the cell with one; one inside it is written twice."
      )
    case .empty:
      Phrase(
        sv: "Filen ska ha en rad med rubriker och under den minst en rad för en medlem.",
        en: "The file must have a line of headers and below it at least one row for a member.")
    case .missingColumns(let columns):
      Phrase(
        sv: RegisterRefusal.missing(columns, .sv).map { "Kolumnen \($0) saknas. Rubriken kan vara \($1)." }
          .joined(separator: " "),
        en: RegisterRefusal.missing(columns, .en).map { "The column \($0) is missing. Its header may be \($1)." }
          .joined(separator: " "))
    case .repeatedColumn(let column):
      Phrase(
        sv:
          "Två rubriker betyder \(column.title.sv). Ta bort den ena kolumnen; rubriken kan vara \(RegisterRefusal.list(column.headers, .sv)).",
        en:
          "Two headers mean \(column.title.en). Remove one of the columns; the header may be \(RegisterRefusal.list(column.headers, .en))."
      )
    case .extraCells(let line, let found, let expected):
      Phrase(
        sv:
          "Rad \(line) har \(found) celler men rubrikerna är \(expected). Sätt citattecken om en cell som innehåller filens skiljetecken.",
        en:
          "Line \(line) has \(found) cells but there are \(expected) headers. Put quotation marks around a cell that contains the file's delimiter."
      )
    case .tooManyCells(let line, let maximum):
      Phrase(
        sv: "Rad \(line) har fler än \(maximum) celler. Ta bort kolumner som inte hör till registret.",
        en: "Line \(line) has more than \(maximum) cells. Remove columns that don't belong to the register.")
    case .cellTooLong(let line, let column, let maximum):
      Phrase(
        sv: "Kolumnen \(column.title.sv) på rad \(line) har fler än \(maximum) tecken. Korta texten.",
        en: "The column \(column.title.en) on line \(line) has more than \(maximum) characters. Shorten the text.")
    case .tooManyRows(let line, let maximum):
      Phrase(
        sv:
          "Raden som börjar på rad \(line) är en för mycket; högst \(maximum) medlemmar tas emot i en fil. Dela filen i flera.",
        en:
          "The row that begins on line \(line) is one too many; at most \(maximum) members are taken in a file. Split it into several."
      )
    }
  }

  private static func missing(_ columns: [RegisterColumn], _ language: Language) -> [(String, String)] {
    columns.map { ($0.title[language], list($0.headers, language)) }
  }

  private static func list(_ words: [String], _ language: Language) -> String {
    let or = Phrase(sv: "eller", en: "or")[language]
    guard let last = words.last, words.count > 1 else { return words.joined() }
    return words.dropLast().joined(separator: ", ") + " \(or) " + last
  }
}
