import Contracts
import Foundation

/// JSON as text that need not mean anything: grammatical always, but with keys twice, numbers that no machine
/// holds, and halves of letters.
indirect enum JSONText {
  case atom(String)
  case list([JSONText])
  case object([(key: String, value: JSONText)])

  init(_ value: JSONValue) {
    switch value {
    case .array(let elements): self = .list(elements.map(JSONText.init))
    case .object(let fields):
      self = .object(fields.sorted { $0.key < $1.key }.map { (JSONText.quoted($0.key), JSONText($0.value)) })
    case .null: self = .atom("null")
    case .bool(let value): self = .atom("\(value)")
    case .integer(let value): self = .atom("\(value)")
    case .number(let value): self = .atom("\(value)")
    case .string(let value): self = .atom(JSONText.quoted(value))
    }
  }

  private static func quoted(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8), as: UTF8.self)
  }

  var text: String {
    switch self {
    case .atom(let text): text
    case .list(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .object(let fields): "{" + fields.map { $0.key + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  /// Replaces, repeats, removes, moves or wraps one value somewhere within.
  func changed(_ mutation: inout Mutation) -> JSONText {
    switch self {
    case .object(var fields) where !fields.isEmpty && !mutation.oneIn(6):
      let at = mutation.number(0..<fields.count)
      switch mutation.number(0..<10) {
      case 0: fields.remove(at: at)
      case 1: fields.append((fields[at].key, JSONText.odd(&mutation)))
      case 2: fields.append((mutation.any(JSONText.keys), JSONText.odd(&mutation)))
      case 3: fields[at].value = mutation.any(fields).value
      default: fields[at].value = fields[at].value.changed(&mutation)
      }
      return .object(fields)
    case .list(var elements) where !elements.isEmpty && !mutation.oneIn(6):
      let at = mutation.number(0..<elements.count)
      switch mutation.number(0..<6) {
      case 0: elements.remove(at: at)
      case 1 where elements[at].text.utf8.count < 2_000:
        elements += Array(repeating: elements[at], count: mutation.any([1, 99, 100, 101]))
      default: elements[at] = elements[at].changed(&mutation)
      }
      return .list(elements)
    default: return JSONText.odd(&mutation)
    }
  }

  private static func odd(_ mutation: inout Mutation) -> JSONText {
    switch mutation.number(0..<8) {
    case 0:
      let depth = mutation.number(1..<200)
      return .atom(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
    case 1:
      let depth = mutation.number(1..<200)
      return .atom(String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth))
    case 2:
      return .atom(
        "\"" + String(repeating: mutation.any(["a", "å", "\\u0061", "e\u{301}", " "]), count: mutation.amount()) + "\"")
    case 3: return .atom(String(repeating: "9", count: mutation.amount()))
    default: return .atom(mutation.any(atoms))
    }
  }

  private static let keys = [#""data""#, #""type""#, #""id""#, #""\ud800""#, #""""#, #""\u0000""#, #""member""#]

  private static let atoms = [
    "null", "true", "false", "0", "-0", "-0.0", "1.0", "1.5", "1e0", "1e2", "1E400", "-1e400", "1e-400", "1e18", "1e19",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "0.1e1", "1000000000",
    "1000000001", "[]", "{}", "[null]", #"{"a":1}"#, #""""#, #"" ""#, #""\ud800""#, #""\udc00\ud800""#,
    #""\ud83d\ude00""#,
    #""\u0000""#, #""\u001f""#, #""\u007f""#, #""\u2028""#, #""\ufeff""#, #""\u202e""#, #""a\nb""#, #""\t""#, #""1""#,
    #""2026-02-29""#, #""2026-11-24""#, #""0000-00-00""#, #""9999-12-31""#, #""٢٠٢٦-١١-٢٤""#,
    #""2026-11-24T08:00:00Z""#, #""2026-11-24T08:00:00.0004Z""#, #""2026-11-24T08:00:00.9999Z""#,
    #""9999-12-31T23:59:59.999Z""#, #""0001-01-01T00:00:00Z""#, #""0000-01-01T00:00:00Z""#,
    #""99999-01-01T00:00:00Z""#, #""-0001-01-01T00:00:00Z""#, #""2026-11-24T08:00:60Z""#,
    #""2026-11-24T24:00:00Z""#, #""2026-11-24T08:00:00+99:99""#, #""2026-11-24T08:00:00+02:00""#,
    #""2026-11-24 08:00:00Z""#, #""20261124T080000Z""#, #""a@b.se""#, #""åsa@example.se""#, #""m-4k7q2x9d""#,
    #""M-4K7Q""#,
  ]
}
