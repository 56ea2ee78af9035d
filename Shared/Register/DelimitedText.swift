import Texts

/// Records of a delimited text (RFC 4180, with any delimiter and any line ends), one at a time, each with
/// the line on which it begins. SwiftCSV knows no lines, so this is ours.
public struct DelimitedText {
  public struct Record: Hashable {
    /// From 1.
    public let line: Int
    /// Without white space around them.
    public let cells: [String]
    public var isBlank: Bool { cells.allSatisfy(\.isEmpty) }
  }

  /// A record of more is no row of a register, and would take many times the memory of its bytes.
  public static let maximumCells = 1_000

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position = 0
  private var line = 1

  /// - Parameter bytes: UTF-8. All that the grammar knows is ASCII, so no letter is ever cut.
  public init(_ bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
  }

  /// The next record in which anything stands; nil at the end.
  public mutating func nextFilled() throws(RegisterRefusal) -> Record? {
    while let record = try next() {
      if !record.isBlank { return record }
    }
    return nil
  }

  /// The next record; nil at the end.
  public mutating func next() throws(RegisterRefusal) -> Record? {
    guard position < bytes.count else { return nil }
    let start = line
    var cells: [String] = []
    while true {
      guard cells.count < DelimitedText.maximumCells else {
        throw .tooManyCells(line: start, maximum: DelimitedText.maximumCells)
      }
      cells.append(try cell())
      guard position < bytes.count, bytes[position] == delimiter else { break }
      position += 1
    }
    _ = takeLineEnd()
    return Record(line: start, cells: cells)
  }

  /// Reads up to the delimiter or line end that ends the cell. A quotation mark opens a quoted cell only
  /// where nothing stands before it; elsewhere it is a character like any other.
  private mutating func cell() throws(RegisterRefusal) -> String {
    let start = position
    var isBlank = true
    while position < bytes.count, !isEndOfCell(bytes[position]) {
      if bytes[position] == quote && isBlank { return try quotedCell() }
      isBlank = isBlank && isSpace(bytes[position])
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self).trimmed
  }

  private mutating func quotedCell() throws(RegisterRefusal) -> String {
    let opened = line
    var content: [UInt8] = []
    position += 1
    while true {
      guard position < bytes.count else { throw .unbalancedQuote(line: opened) }
      if takeLineEnd() {
        content.append(newline)
      } else if bytes[position] != quote {
        content.append(bytes[position])
        position += 1
      } else if position + 1 < bytes.count, bytes[position + 1] == quote {
        content.append(quote)
        position += 2
      } else {
        break
      }
    }
    position += 1
    while position < bytes.count, !isEndOfCell(bytes[position]) {
      guard isSpace(bytes[position]) else { throw .unbalancedQuote(line: opened) }
      position += 1
    }
    return String(decoding: content, as: UTF8.self).trimmed
  }

  // MARK: Characters

  private let quote = UInt8(ascii: "\"")
  private let newline = UInt8(ascii: "\n")
  private let carriageReturn = UInt8(ascii: "\r")

  private func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private func isEndOfCell(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == newline || byte == carriageReturn
  }

  /// Passes a line end of any kind, if there is one here.
  private mutating func takeLineEnd() -> Bool {
    guard position < bytes.count, bytes[position] == newline || bytes[position] == carriageReturn else {
      return false
    }
    let isPair =
      bytes[position] == carriageReturn && position + 1 < bytes.count && bytes[position + 1] == newline
    position += isPair ? 2 : 1
    line += 1
    return true
  }
}

extension String {
  /// Without white space at either end, and without the invisible marks that are pasted along with text.
  fileprivate var trimmed: String {
    // Most cells begin and end with a plain character, and files of scores have many cells.
    let plain: ClosedRange<UInt8> = 0x21...0x7E
    if let first = utf8.first, let last = utf8.last, plain.contains(first), plain.contains(last) { return self }
    func isNothing(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
    }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isNothing($0) }),
      let last = scalars.lastIndex(where: { !isNothing($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
