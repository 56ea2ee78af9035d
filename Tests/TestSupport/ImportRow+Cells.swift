import Contracts

extension ImportRow {
  /// A row that is right in everything that is not given.
  public static func row(
    _ line: Int, name: String = "Åsa Öberg", email: String? = nil, language: String = "",
    kommun: String = "Stockholm", organisationNumber: String = "", role: String = "mentor",
    capacity: String = "", years: String = "", topics: String = ""
  ) -> ImportRow {
    var row = ImportRow(line: Number(rawValue: line)!)
    row.name = Cell(rawValue: name)
    row.email = Cell(rawValue: email ?? "member\(line)@example.se")
    row.language = Cell(rawValue: language)
    row.kommun = Cell(rawValue: kommun)
    row.organisationNumber = Cell(rawValue: organisationNumber)
    row.role = Cell(rawValue: role)
    row.capacity = Cell(rawValue: capacity)
    row.years = Cell(rawValue: years)
    row.topics = Cell(rawValue: topics)
    return row
  }

  /// The same row with other text in one column.
  public func with(_ column: RegisterColumn, _ text: String) -> ImportRow {
    var row = self
    row[column] = Cell(rawValue: text)
    return row
  }
}
