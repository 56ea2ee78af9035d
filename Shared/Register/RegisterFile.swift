import Contracts
import Foundation
import Texts

/// A register as a CSV file holds it: the rows that are to be imported, and what was left aside.
///
/// What spreadsheets in Sweden write is read: UTF-8, UTF-16 with a BOM or Windows-1252; semicolons, commas
/// or tabs; Swedish or English headers in any order. Whether the cells make sense is membership's to say.
public struct RegisterFile: Sendable, Hashable {
  public static let maximumBytes = 20_000_000
  public static let maximumRows = 50_000
  public static let maximumCell = 500

  public let rows: [ImportRow]
  public let encoding: RegisterEncoding
  /// The columns that the file has, filled in or not.
  public let columns: [RegisterColumn]
  /// Headers that name no column of the register, as they stand in the file. Their cells are not read.
  public let ignoredHeaders: [String]

  /// - Throws: a refusal that names the line or the column; then nothing of the file can be used.
  public init(_ bytes: Data) throws(RegisterRefusal) {
    guard bytes.count <= RegisterFile.maximumBytes else {
      throw .tooLarge(bytes: bytes.count, maximum: RegisterFile.maximumBytes)
    }
    let (text, encoding) = try RegisterEncoding.decode([UInt8](bytes))
    self.encoding = encoding
    var records = try RegisterFile.records(of: Array(text.utf8))
    guard let header = try records.nextFilled() else { throw .empty }
    let columns = header.cells.map(RegisterColumn.init(header:))
    try RegisterFile.check(columns)
    self.columns = columns.compactMap { $0 }
    ignoredHeaders = zip(columns, header.cells).filter { $0.0 == nil && !$0.1.isEmpty }.map(\.1)

    var rows: [ImportRow] = []
    while let record = try records.nextFilled() {
      guard rows.count < RegisterFile.maximumRows else {
        throw .tooManyRows(line: record.line, maximum: RegisterFile.maximumRows)
      }
      rows.append(try RegisterFile.row(record, columns))
    }
    guard !rows.isEmpty else { throw .empty }
    self.rows = rows
  }

  // MARK: The header

  /// The file with the delimiter by which most of its headers are known. Excel's own first line `sep=;`
  /// settles it.
  private static func records(of bytes: [UInt8]) throws(RegisterRefusal) -> DelimitedText {
    let delimiters = ";,\t".utf8
    let opening = bytes.prefix(5)
    if opening.count == 5, opening.starts(with: "sep=".utf8), delimiters.contains(opening[4]) {
      var text = DelimitedText(bytes, delimiter: opening[4])
      _ = try text.next()
      return text
    }
    var best = DelimitedText(bytes, delimiter: UInt8(ascii: ";"))
    var known = 0
    for delimiter in delimiters {
      var text = DelimitedText(bytes, delimiter: delimiter)
      guard let header = try? text.nextFilled() else { continue }
      let count = header.cells.count { RegisterColumn(header: $0) != nil }
      if count > known { (best, known) = (DelimitedText(bytes, delimiter: delimiter), count) }
    }
    return best
  }

  private static func check(_ columns: [RegisterColumn?]) throws(RegisterRefusal) {
    let missing = RegisterColumn.required.filter { !columns.contains($0) }
    guard missing.isEmpty else { throw .missingColumns(missing) }
    for column in RegisterColumn.allCases where columns.count(where: { $0 == column }) > 1 {
      throw .repeatedColumn(column)
    }
  }

  // MARK: A row

  private static func row(
    _ record: DelimitedText.Record, _ columns: [RegisterColumn?]
  ) throws(RegisterRefusal) -> ImportRow {
    let width = record.cells.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    guard width <= columns.count else {
      throw .extraCells(line: record.line, found: width, expected: columns.count)
    }
    var row = ImportRow(line: Number(unchecked: record.line))
    for case (let column?, let text) in zip(columns, record.cells) where !text.isEmpty {
      guard text.unicodeScalars.count <= maximumCell else {
        throw .cellTooLong(line: record.line, column: column, maximum: maximumCell)
      }
      guard let cell = Cell(rawValue: Formula.restored(text)) else { throw .controlCharacter(line: record.line) }
      row[column] = cell
    }
    return row
  }
}
