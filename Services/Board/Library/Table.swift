/// Columns of text under headings, as wide as what stands in them.
struct Table {
  private var rows: [[String]]

  init(_ headings: [String]) { rows = [headings, headings.map { String(repeating: "─", count: $0.count) }] }

  /// One thing: the name of each field, and what stands in it.
  static func fields(_ names: [String], _ values: [String]) -> String {
    let width = names.map(\.count).max() ?? 0
    return zip(names, values).map { name, value in
      name + String(repeating: " ", count: width - name.count + 2) + value
    }.joined(separator: "\n")
  }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  var text: String {
    var widths = Array(repeating: 0, count: rows[0].count)
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
    }
    return rows.enumerated().map { index, row in
      row.enumerated().map { column, cell in
        let filler = index == 1 ? "─" : " "
        let padding = String(repeating: filler, count: widths[column] - cell.count)
        return column == row.count - 1 && index != 1 ? cell : cell + padding
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
