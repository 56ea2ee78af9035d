import Contracts
import Texts

/// One thing that a service holds of a person, as the person reads it.
struct HeldRow {
  let json: JSONValue
  let member: MemberID
  let language: Language

  private typealias Detail = (name: String, value: String)

  /// A line for each detail, and for each of those that stand in it.
  var text: String {
    let found = details(json)
    return Table.fields(found.map { "  " + $0.name }, found.map(\.value))
  }

  private func details(_ json: JSONValue) -> [Detail] {
    guard case .object(let columns) = json else { return [] }
    return columns.keys.filter(HeldDataTexts.isShown).sorted(by: isBefore).flatMap { column -> [Detail] in
      let name = HeldDataTexts.column(column)?[language] ?? column
      let content = columns[column]!
      if case .object = content, column != "tenders" {
        // A message says it in its data.
        return details(content["data"] ?? content["profile"] ?? content)
      }
      let words = value(content, column).replacing("\n", with: "\n      ")
      return words.isEmpty ? [] : [(name, words)]
    }
  }

  /// Who and when first, what is longest last.
  private func isBefore(_ column: String, _ other: String) -> Bool {
    let first = [
      "name", "email", "phone", "at", "principal", "outcome", "message", "day", "what", "kind", "state", "subject",
    ]
    let last = ["note", "facts", "body", "text"]
    func place(_ column: String) -> Int {
      first.firstIndex(of: column) ?? last.firstIndex(of: column).map { $0 + 100 } ?? first.count
    }
    return (place(column), column) < (place(other), other)
  }

  private func value(_ json: JSONValue, _ column: String) -> String {
    switch json {
    case .null: ""
    case .bool(let isYes): HeldDataTexts.value(isYes, of: column)[language]
    case .integer(let number): HeldDataTexts.value(number, of: column)[language]
    case .number(let number): "\(number)"
    case .string(member.rawValue) where column != "id": HeldDataTexts.you[language]
    case .string(let text): HeldDataTexts.value(text, of: column)[language]
    case .array(let values):
      values.isEmpty ? NoneWord.phrase[language] : values.map { value($0, column) }.joined(separator: ", ")
    case .object(let fields):
      fields.keys.sorted().map { value(fields[$0]!, $0) }.joined(separator: ", ")
    }
  }
}
