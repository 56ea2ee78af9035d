import Contracts
import Foundation
import Testing
import Texts

@testable import Register

@Suite struct RegisterFileTests {
  private static let header = "Namn;E-post;Kommun;Roll\n"

  private func read(_ text: String) throws -> RegisterFile { try RegisterFile(Data(text.utf8)) }

  private func refusal(_ bytes: Data) -> RegisterRefusal? {
    do throws(RegisterRefusal) {
      _ = try RegisterFile(bytes)
      return nil
    } catch {
      return error
    }
  }

  private func refusal(_ text: String) -> RegisterRefusal? { refusal(Data(text.utf8)) }

  // MARK: Encodings

  private static let swedish =
    "Namn;E-post;Kommun;Roll;Språk\r\nÅsa Öberg;asa@example.se;Örebro;mentor;svenska\r\n"
    + "André Ståhl;andre@example.se;Växjö;båda;\r\n"

  private static let encodings: [(Data, RegisterEncoding)] = [
    (Data(swedish.utf8), .utf8),
    (Data([0xEF, 0xBB, 0xBF]) + Data(swedish.utf8), .utf8),
    (Data([0xFF, 0xFE]) + swedish.data(using: .utf16LittleEndian)!, .utf16),
    (Data([0xFE, 0xFF]) + swedish.data(using: .utf16BigEndian)!, .utf16),
    (swedish.data(using: .windowsCP1252)!, .windows1252),
  ]

  @Test(arguments: encodings)
  func readsWhatSpreadsheetsWrite(bytes: Data, encoding: RegisterEncoding) throws {
    let file = try RegisterFile(bytes)
    #expect(file.encoding == encoding)
    #expect(file.ignoredHeaders == [])
    #expect(file.rows.map(\.name?.rawValue) == ["Åsa Öberg", "André Ståhl"])
    #expect(file.rows.map(\.kommun?.rawValue) == ["Örebro", "Växjö"])
    #expect(file.rows.map(\.role?.rawValue) == ["mentor", "båda"])
    #expect(file.rows.map(\.language?.rawValue) == ["svenska", nil])
    #expect(file.rows.map(\.line.rawValue) == [2, 3])
  }

  @Test func readsWindows1252BesidesLetters() throws {
    let text = RegisterFileTests.header + "Siobhán O’Brien – Šarić;siobhan@example.se;Åre;adept\n"
    let bytes = Data(
      text.unicodeScalars.map { scalar -> UInt8 in
        switch scalar {
        case "’": 0x92
        case "–": 0x96
        case "Š": 0x8A
        case "ć": 0x63
        default: UInt8(scalar.value)
        }
      })
    let file = try RegisterFile(bytes)
    #expect(file.encoding == .windows1252)
    #expect(file.rows[0].name?.rawValue == "Siobhán O’Brien – Šaric")
    #expect(file.rows[0].kommun?.rawValue == "Åre")
  }

  @Test func takesDecomposedLetters() throws {
    let file = try read("A\u{30A}r som handledare;Namn;E-post;Kommun;Roll\n7,5;A\u{30A}sa;asa@example.se;Lund;mentor\n")
    #expect(file.rows[0].years?.rawValue == "7,5")
    #expect(file.rows[0].name?.rawValue == "Åsa")
  }

  private static let unreadable: [(String, [UInt8], Int)] = [
    (
      "UTF-8 that is broken",
      Array("Namn;E-post;Kommun;Roll\nÅsa;a@b.se;Lund;mentor\nBj".utf8) + [0xC3] + Array("rn".utf8), 3
    ),
    ("a BOM, then no UTF-8", [0xEF, 0xBB, 0xBF] + Array("Namn\nBj".utf8) + [0xF6] + Array("rn".utf8), 2),
    ("a zero byte", Array("Namn;E-post\nBo".utf8) + [0] + Array(";bo@example.se".utf8), 2),
    ("UTF-16 without a BOM", Array("Namn".utf8).flatMap { [$0, 0] }, 1),
    ("UTF-16 with half a character", [0xFF, 0xFE] + Array("Namn\nBo".utf8).flatMap { [$0, 0] } + [0x41], 2),
    ("UTF-16 with a lone surrogate", [0xFF, 0xFE] + Array("Namn\nBo".utf8).flatMap { [$0, 0] } + [0x00, 0xD8], 2),
    ("Björn from DOS", Array("Namn\nBj".utf8) + [0x94] + Array("rn".utf8), 2),
    ("Håkan from DOS", Array("Namn\nH".utf8) + [0x86] + Array("kan".utf8), 2),
    ("Åsa from DOS", Array("Namn\n".utf8) + [0x8F] + Array("sa".utf8), 2),
    ("Håkan from an old Macintosh", Array("Namn\nH".utf8) + [0x8C] + Array("kan".utf8), 2),
    ("Märta from an old Macintosh", Array("Namn\nM\nm".utf8) + [0x8A] + Array("rta".utf8), 3),
  ]

  @Test(arguments: unreadable)
  func refusesWhatItCannotRead(name: String, bytes: [UInt8], line: Int) {
    #expect(refusal(Data(bytes)) == .encoding(line: line))
  }

  // MARK: Grammar

  @Test(arguments: [";", ",", "\t"])
  func findsTheDelimiter(delimiter: String) throws {
    let text =
      "Namn|E-post|Kommun|Roll|Ämnen|År\nÅsa|asa@example.se|Lund|mentor|\"avtal, nätverk; \tuppdrag\"|\"7,5\"\n"
    let file = try read(text.replacing("|", with: delimiter))
    #expect(file.rows.map(\.topics?.rawValue) == ["avtal, nätverk; \tuppdrag"])
    #expect(file.rows.map(\.years?.rawValue) == ["7,5"])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func countsLines(lineEnd: String) throws {
    let text =
      "\nNamn;E-post;Kommun;Roll;Ämnen\n\n\"Åsa \"\"Ås\"\" Öberg\";asa@example.se;Lund;mentor;\"avtal\nnätverk\"\n"
      + ";;;;\nBo \"Bosse\" Ek; bo@example.se ; \"Lund\" ;adept\n\u{A0}Cia;cia@example.se;Lund;adept"
    let file = try read(text.replacing("\n", with: lineEnd))
    #expect(file.rows.map(\.line.rawValue) == [4, 7, 8])
    #expect(file.rows.map(\.name?.rawValue) == ["Åsa \"Ås\" Öberg", "Bo \"Bosse\" Ek", "Cia"])
    #expect(file.rows.map(\.email?.rawValue) == ["asa@example.se", "bo@example.se", "cia@example.se"])
    #expect(file.rows.map(\.kommun?.rawValue) == ["Lund", "Lund", "Lund"])
    #expect(file.rows[0].topics?.rawValue == "avtal\nnätverk")
  }

  @Test func takesExcelsOwnFirstLine() throws {
    let file = try read("sep=,\r\nName,Email,Municipality,Role\r\nBo,bo@example.se,Lund,adept\r\n")
    #expect(file.rows.map(\.line.rawValue) == [3])
    #expect(file.rows[0].email?.rawValue == "bo@example.se")
  }

  @Test(arguments: [
    ("\"Åsa;asa@example.se;Lund;mentor\nBo;bo@example.se;Lund;adept\n", 2),
    ("Bo;bo@example.se;Lund;adept\n\"Åsa;asa@example.se;Lund;mentor\n\"Cia\";c@example.se;Lund;adept\n", 3),
    ("\"Åsa\" Öberg;asa@example.se;Lund;mentor\n", 2),
  ])
  func refusesUnbalancedQuotes(rows: String, line: Int) {
    #expect(refusal(RegisterFileTests.header + rows) == .unbalancedQuote(line: line))
  }

  // MARK: Headers

  @Test func knowsHeadersInBothLanguagesInAnyOrder() throws {
    for headers in [
      "NÄTVERK;ROLL;KOMMUN;E-POST;NAMN;organisationsnummer;antal platser;ar som handledare;sprak;amnen",
      "remarks;role;municipality;email;name;organisation number;capacity;years;language;topics",
      "x;Roll;kommunkod;Epost;Namn;Org.nr;Kapacitet;År;Språk;Inriktning",
    ] {
      let file = try read(headers + "\n-;mentor;Lund;asa@example.se;Åsa;556036-0793;2;7;sv;avtal\n")
      var row = ImportRow(line: Number(rawValue: 2)!)
      row.name = Cell(rawValue: "Åsa")
      row.email = Cell(rawValue: "asa@example.se")
      row.kommun = Cell(rawValue: "Lund")
      row.role = Cell(rawValue: "mentor")
      row.organisationNumber = Cell(rawValue: "556036-0793")
      row.capacity = Cell(rawValue: "2")
      row.years = Cell(rawValue: "7")
      row.language = Cell(rawValue: "sv")
      row.topics = Cell(rawValue: "avtal")
      #expect(file.rows == [row])
      #expect(file.ignoredHeaders == [String(headers.prefix { $0 != ";" })])
    }
  }

  @Test func everyHeaderNamesOneColumn() {
    for column in RegisterColumn.allCases {
      for header in column.headers { #expect(RegisterColumn(header: header) == column) }
      #expect(RegisterColumn(header: column.title.sv) == column)
      #expect(RegisterColumn(header: column.title.en) == column)
    }
  }

  @Test(arguments: RegisterColumn.required)
  func refusesAMissingColumn(column: RegisterColumn) throws {
    let rest = RegisterColumn.required.filter { $0 != column }
    let text = rest.map(\.title.sv).joined(separator: ";") + "\nx;y;z\n"
    let missing = try #require(refusal(text))
    #expect(missing == .missingColumns([column]))
    #expect(missing.detail.sv.contains("Kolumnen \(column.title.sv) saknas"))
    #expect(missing.detail.en.contains("The column \(column.title.en) is missing"))
    #expect(missing.detail.sv.contains(column.headers[0]))
  }

  @Test func refusesAColumnThatIsThereTwice() {
    #expect(refusal("Namn;E-post;Kommun;Roll;Email\nx;y;z;w;v\n") == .repeatedColumn(.email))
  }

  // MARK: Limits

  @Test(arguments: ["", "\n\n", "Namn;E-post;Kommun;Roll\n", "Namn;E-post;Kommun;Roll\n;;;\n"])
  func refusesAFileWithoutRows(text: String) {
    #expect(refusal(text) == .empty)
  }

  @Test func refusesAnUnquotedDelimiter() {
    let text = "Namn;E-post;Kommun;Ämnen;Roll\nBo;bo@example.se;Lund;avtal; nätverk;adept\n"
    #expect(refusal(text) == .extraCells(line: 2, found: 6, expected: 5))
    #expect(refusal(RegisterFileTests.header + "Bo;bo@example.se;Lund;adept;;;\n") == nil)
  }

  @Test func refusesALongCell() {
    func text(_ length: Int) -> String {
      RegisterFileTests.header + "Bo;bo@example.se;Lund;adept\n"
        + String(repeating: "å", count: length) + ";a@example.se;Lund;adept\n"
    }
    #expect(refusal(text(500)) == nil)
    #expect(refusal(text(501)) == .cellTooLong(line: 3, column: .name, maximum: 500))
  }

  @Test func doesNotMindWhatItIgnores() throws {
    let note = String(repeating: "x", count: 501)
    let file = try read("Namn;E-post;Kommun;Roll;Kommentar\nBo;bo@example.se;Lund;adept;\(note)\n")
    #expect(file.ignoredHeaders == ["Kommentar"])
    #expect(file.rows.count == 1)
  }

  @Test func refusesControlCharacters() {
    #expect(refusal(RegisterFileTests.header + "B\u{1B}o;bo@example.se;Lund;adept\n") == .controlCharacter(line: 2))
  }

  @Test func refusesTooManyRows() {
    func text(_ count: Int) -> String {
      RegisterFileTests.header + String(repeating: "B;b@c.se;L;a\n", count: count)
    }
    #expect(refusal(text(50_000)) == nil)
    #expect(refusal(text(50_001)) == .tooManyRows(line: 50_002, maximum: 50_000))
  }

  @Test func refusesALargeFile() {
    let large = Data(repeating: 65, count: 20_000_001)
    #expect(refusal(large) == .tooLarge(bytes: 20_000_001, maximum: 20_000_000))
  }

  // MARK: The sample

  private var sample: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Services/Programme/Sample/register.csv").standardized
  }

  @Test func readsTheSample() throws {
    let bytes = try Data(contentsOf: sample)
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let file = try RegisterFile(bytes)
    #expect(file.rows.count == 40)
    #expect(file.ignoredHeaders == [])
    #expect(Set(file.rows.map(\.email)).count == 40)
    #expect(file.rows.contains { $0.years?.rawValue.contains(",") == true })

    let text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
    let windows = try RegisterFile(try #require(text.data(using: .windowsCP1252)))
    #expect(windows.encoding == .windows1252)
    #expect(windows.rows == file.rows)
  }

  // MARK: What is made to be slow or large (FuzzTests reads anything at all)

  /// Each byte is looked at once: spaces before a letter and quotation marks after it are no reason to look again.
  @Test(.timeLimit(.minutes(1))) func aLongCellIsReadInOnePass() {
    let cell = String(repeating: " ", count: 200_000) + "x" + String(repeating: "\"", count: 200_000)
    #expect(refusal(RegisterFileTests.header + cell) == .cellTooLong(line: 2, column: .name, maximum: 500))
  }

  @Test func aRecordHasAThousandCellsAtMost() throws {
    let wide = RegisterFileTests.header.dropLast() + String(repeating: ";x", count: 996) + "\n"
    #expect(try read(wide + "Åsa;asa@example.se;Lund;mentor\n").rows.count == 1)
    #expect(refusal(wide.dropLast() + ";x\n") == .tooManyCells(line: 1, maximum: 1_000))
    #expect(
      refusal(RegisterFileTests.header + String(repeating: ";", count: 1_000)) == .tooManyCells(line: 2, maximum: 1_000)
    )
  }

  /// Formulas in any form that a spreadsheet takes for one, and what only looks like one's mark.
  @Test(arguments: ["=1+1", "+46", "-1", "@A1", "＝1", "＋1", "－1", "＠A1", "'=1", "''+x", "'n", "=\"a\";b"])
  func neutralisesFormulasAndReadsThemBack(text: String) throws {
    let row = ImportRow.row(2).with(.note, text)
    let file = RegisterFile.written([row], .sv)
    let cells = String(decoding: file, as: UTF8.self).components(separatedBy: "\r\n")[1]
      .components(separatedBy: ";").map { $0.hasPrefix("\"") ? String($0.dropFirst()) : $0 }
    for mark in "=+-@＝＋－＠" { #expect(!cells.contains { $0.first == mark }) }
    #expect(try RegisterFile(file).rows.first?.note?.rawValue == text)
  }
}
