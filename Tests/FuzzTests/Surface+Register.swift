import Contracts
import Foundation
import Register
import Texts

extension Surface {
  private static let pieces = [
    ";", ",", "\t", "\"", "\"\"", "\n", "\r", "\r\n", " ", "sep=;\n", "sep=,\r\n", "Namn", "E-post", "Kommun", "Roll",
    "name", "email", "Språk", "År som handledare", "Ämnen", "mentor", "adept", "båda", "Åsa Öberg", "asa@example.se",
    "0180", "Malmö", "=1+1", "=HYPERLINK(\"http://x\")", "+46", "@SUM(A1)", "-1", "\u{0}", "\u{FEFF}", "\u{200B}",
    "A\u{30A}", "🧑‍🏫", "\u{85}", "\u{2028}", "\u{7F}", "7,5", "’", "–",
  ]

  /// Lines of a register with its pieces moved about, in one of the encodings that spreadsheets write.
  static func register(_ mutation: inout Mutation) -> [UInt8] {
    let delimiter = mutation.any([";", ",", "\t"])
    let end = mutation.any(["\n", "\r\n", "\r"])
    var text = mutation.oneIn(4) ? "" : ["Namn", "E-post", "Kommun", "Roll"].joined(separator: delimiter) + end
    for row in 0..<mutation.number(1..<8) {
      if mutation.oneIn(3) {
        for _ in 0..<mutation.number(1..<12) { text += mutation.any(pieces) }
      } else {
        text += ["Åsa \(row)", "asa\(row)@example.se", "Lund", "mentor"].joined(separator: delimiter)
      }
      if mutation.oneIn(8) {
        let piece = mutation.any(pieces)
        text += String(repeating: piece, count: mutation.amount())
      }
      text += end
    }
    // Long runs one after the other find what looks at each byte more than once.
    if mutation.oneIn(50) {
      let cell = (0..<3).map { _ in String(repeating: mutation.any(pieces), count: mutation.number(1_000..<40_000)) }
      text += cell.joined()
    }
    var bytes = encoded(text, &mutation)
    if mutation.oneIn(3) { mutation.change(&bytes) }
    return bytes
  }

  private static func encoded(_ text: String, _ mutation: inout Mutation) -> [UInt8] {
    switch mutation.number(0..<6) {
    case 0: [0xEF, 0xBB, 0xBF] + text.utf8
    case 1: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case 2: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case 3: text.unicodeScalars.map { $0.value < 256 ? UInt8($0.value) : 0x92 }
    default: Array(text.utf8)
    }
  }

  static func checkRegister(_ bytes: [UInt8]) throws -> String {
    let file: RegisterFile
    do throws(RegisterRefusal) { file = try RegisterFile(Data(bytes)) } catch {
      for phrase in [error.title, error.detail] {
        for language in Language.allCases where phrase[language].isEmpty { throw Fault("\(error.code) has no words") }
      }
      if let line = error.line {
        // Each line end of any kind and encoding has at least one of these bytes.
        let ends = bytes.count { $0 == 0x0A || $0 == 0x0D }
        guard (1...ends + 1).contains(line) else { throw Fault("\(error.code) names line \(line) of \(ends + 1)") }
        guard error.detail.sv.contains("\(line)") else { throw Fault("\(error.code) does not say the line") }
      }
      return error.code
    }
    let lines = file.rows.map(\.line.rawValue)
    guard lines == lines.sorted(), Set(lines).count == lines.count else {
      throw Fault("the lines don't rise: \(lines)")
    }
    guard file.rows.count <= RegisterFile.maximumRows else { throw Fault("too many rows") }
    // A row of nothing but ignored columns has no cells to write.
    let filled = file.rows.map(\.cells).filter { $0.contains { $0 != nil } }
    if !filled.isEmpty {
      let again = try read(written(file.rows), "what was written back")
      guard again.rows.map(\.cells) == filled else { throw Fault("the rows read back are others") }
    }
    if file.encoding == .utf8, !bytes.contains(0x0D), !bytes.starts(with: "sep=".utf8) {
      let withReturns = bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
      guard try read(withReturns, "with CRLF").rows == file.rows else { throw Fault("CRLF makes a difference") }
    }
    return "\(file.encoding) \(Set(file.rows.map { $0.cells.map { $0 != nil } }).count) \(file.ignoredHeaders.count)"
  }

  private static func read(_ bytes: [UInt8], _ what: String) throws -> RegisterFile {
    do throws(RegisterRefusal) { return try RegisterFile(Data(bytes)) } catch { throw Fault("\(what): \(error.code)") }
  }

  /// The rows as a file with every cell quoted.
  private static func written(_ rows: [ImportRow]) -> [UInt8] {
    let header = RegisterColumn.allCases.map { $0.headers[0] }
    let lines = [header] + rows.map { row in row.cells.map { $0?.rawValue ?? "" } }
    let text = lines.map { line in
      line.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ";")
    }
    return Array((text.joined(separator: "\n") + "\n").utf8)
  }
}

extension ImportRow {
  /// In the order of `RegisterColumn`.
  fileprivate var cells: [Cell?] {
    RegisterColumn.allCases.map { self[$0] }
  }
}

extension RegisterRefusal {
  /// The line that the refusal is about.
  fileprivate var line: Int? {
    switch self {
    case .encoding(let line), .controlCharacter(let line), .unbalancedQuote(let line), .extraCells(let line, _, _),
      .tooManyCells(let line, _),
      .cellTooLong(let line, _, _), .tooManyRows(let line, _):
      line
    case .tooLarge, .empty, .missingColumns, .repeatedColumn: nil
    }
  }
}
