import Contracts
import Foundation
import Texts

extension RegisterFile {
  /// Rows as a CSV file that Excel in Swedish opens as it is: UTF-8 with a BOM, semicolons, every column in order.
  /// `init` reads it back to the same rows. A column of confidences that is empty all through is left out: who writes the
  /// file may not have been shown it, and an import leaves alone what a file doesn't have.
  public static func written(_ rows: some Collection<ImportRow>, _ language: Language) -> Data {
    let columns = RegisterColumn.allCases.filter { column in
      !RegisterColumn.confidences.contains(column) || rows.contains { $0[column] != nil }
    }
    var text = "\u{FEFF}" + columns.map { $0.header(language) }.joined(separator: ";") + "\r\n"
    for row in rows {
      text += columns.map { row[$0].map { quoted(Formula.neutralised($0.rawValue)) } ?? "" }
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
