import Contracts
import Foundation
import Texts

extension RegisterFile {
  /// Rows as a CSV file that Excel in Swedish opens as it is: UTF-8 with a BOM, semicolons, every column in order.
  /// `init` reads it back to the same rows.
  public static func written(_ rows: some Sequence<ImportRow>, _ language: Language) -> Data {
    var text = "\u{FEFF}" + RegisterColumn.allCases.map { $0.header(language) }.joined(separator: ";") + "\r\n"
    for row in rows {
      text += RegisterColumn.allCases.map { row[$0].map { quoted(Formula.neutralised($0.rawValue)) } ?? "" }
        .joined(separator: ";")
      text += "\r\n"
    }
    return Data(text.utf8)
  }

  private static func quoted(_ cell: String) -> String {
    let isPlain = cell.unicodeScalars.allSatisfy { !";,\t\"\n\r".unicodeScalars.contains($0) }
    return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}

/// A cell that a spreadsheet would take for a formula is written with an apostrophe before it (OWASP, CSV injection),
/// and read without it.
enum Formula {
  /// What begins a formula, after any apostrophes that stand there already; some spreadsheets take the wide forms of East
  /// Asian typing for the same.
  private static func isFormula(_ text: String) -> Bool {
    text.unicodeScalars.first { $0 != "'" }.map { "=+-@\t\r＝＋－＠".unicodeScalars.contains($0) } ?? false
  }

  static func neutralised(_ text: String) -> String { isFormula(text) ? "'" + text : text }

  static func restored(_ text: String) -> String {
    text.hasPrefix("'") && isFormula(text) ? String(text.dropFirst()) : text
  }
}
