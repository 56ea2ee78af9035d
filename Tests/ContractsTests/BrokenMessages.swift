import Contracts
import Foundation

/// Ways to break one field of a message, read from its schema: each must be refused by whoever reads it.
enum BrokenMessages {
  struct Broken: Sendable, CustomStringConvertible {
    let type: String
    let what: String
    let data: JSONValue
    var description: String { "\(type): \(what)" }
  }

  static func of(_ contract: any Contract.Type) throws -> [Broken] {
    try variants(contract.schema, contract.example(), path: "data").map {
      Broken(type: contract.type, what: $0.what, data: $0.value)
    }
  }

  private static func variants(
    _ schema: JSONValue, _ value: JSONValue, path: String
  ) -> [(what: String, value: JSONValue)] {
    var found: [(String, JSONValue)] = []
    if case .object(let properties)? = schema["properties"] {
      for (name, property) in properties.sorted(by: { $0.key < $1.key }) {
        guard let inner = value[name] else { continue }
        for variant in variants(property, inner, path: "\(path).\(name)") {
          var changed = value
          changed[name] = variant.value
          found.append((variant.what, changed))
        }
      }
      if case .array(let required)? = schema["required"] {
        for case .string(let name) in required {
          var changed = value
          changed[name] = nil
          found.append(("\(path).\(name) is missing", changed))
        }
      }
      found.append(("\(path) is a list", .array([])))
      return found
    }
    if let items = schema["items"], case .array(let elements) = value {
      if let first = elements.first {
        for variant in variants(items, first, path: "\(path)[0]") {
          found.append((variant.what, .array([variant.value])))
        }
        if case .integer(let most)? = schema["maxItems"] {
          found.append(("\(path) has \(most + 1) elements", .array(Array(repeating: first, count: most + 1))))
        }
      }
      found.append(("\(path) is an object", .object([:])))
      return found
    }
    switch value {
    case .string(let text):
      found.append(("\(path) is a number", .integer(7)))
      if schema["enum"] != nil { found.append(("\(path) is no such choice", .string("no-such-choice"))) }
      if schema["pattern"] != nil || schema["format"] != nil {
        found.append(("\(path) has a control character", .string("\u{1}" + text.dropFirst())))
      }
      if case .integer(let most)? = schema["maxLength"] {
        found.append(("\(path) has \(most + 1) characters", .string(String(repeating: "1", count: most + 1))))
      }
      if case .integer(let least)? = schema["minLength"], least > 0 {
        found.append(("\(path) is empty", .string("")))
      }
    case .integer:
      found.append(("\(path) is a text", .string("7")))
      if case .integer(let least)? = schema["minimum"] {
        found.append(("\(path) is \(least - 1)", .integer(least - 1)))
      }
      if case .integer(let most)? = schema["maximum"] {
        found.append(("\(path) is \(most + 1)", .integer(most + 1)))
      }
    case .bool: found.append(("\(path) is a text", .string("yes")))
    default: break
    }
    return found
  }
}

extension Contract {
  static var schema: JSONValue { SchemaRecorder.schema(of: Self.self) }

  /// One valid message, as JSON.
  static func example() throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(SchemaRecorder.example(of: Self.self)))
  }
}
