import Contracts

/// What a contract takes in a field, told from its JSON Schema.
public enum FieldTexts {
  /// - Parameters:
  ///   - schema: of the whole message.
  ///   - field: its path, such as `data.rows.0.name`; where the schema ends before it, what is taken there is told.
  public static func accepted(by schema: JSONValue, at field: String) -> Phrase {
    var schema = schema
    for step in field.split(separator: ".").dropFirst() {
      guard let next = Int(step) != nil ? schema["items"] : schema["properties"]?[String(step)] else { break }
      schema = next
    }
    return words(schema)
  }

  private static func words(_ schema: JSONValue) -> Phrase {
    if case .array(let choices)? = schema["enum"] {
      let names = choices.compactMap { if case .string(let name) = $0 { name } else { nil } }.joined(separator: ", ")
      return Phrase(sv: "ett av: \(names)", en: "one of: \(names)")
    }
    switch schema["type"] {
    case "integer":
      guard case .integer(let low)? = schema["minimum"], case .integer(let high)? = schema["maximum"] else {
        return Phrase(sv: "ett heltal", en: "a whole number")
      }
      return Phrase(sv: "ett heltal från \(low) till \(high)", en: "a whole number from \(low) to \(high)")
    case "number": return Phrase(sv: "ett tal", en: "a number")
    case "boolean": return Phrase(sv: "true eller false", en: "true or false")
    case "array":
      guard case .integer(let most)? = schema["maxItems"] else { return Phrase(sv: "en lista", en: "a list") }
      return Phrase(sv: "en lista med högst \(most)", en: "a list of at most \(most)")
    case "string": return text(schema)
    default: return Phrase(sv: "ett JSON-objekt enligt kontraktet", en: "a JSON object as the contract has it")
    }
  }

  private static func text(_ schema: JSONValue) -> Phrase {
    switch schema["format"] {
    case "date": return Phrase(sv: "en dag som 2026-11-24", en: "a day such as 2026-11-24")
    case "date-time":
      return Phrase(sv: "en tidpunkt som 2026-11-24T08:00:00Z", en: "a moment such as 2026-11-24T08:00:00Z")
    default: break
    }
    var (sv, en) = ("en text", "a text")
    if case .integer(let least)? = schema["minLength"], case .integer(let most)? = schema["maxLength"] {
      sv += " med \(least) till \(most) tecken"
      en += " of \(least) to \(most) characters"
    }
    if case .string(let pattern)? = schema["pattern"] {
      sv += " som följer \(pattern)"
      en += " that follows \(pattern)"
    }
    return Phrase(sv: sv, en: en)
  }
}
