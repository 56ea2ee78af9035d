import Messaging

/// Reads a contract's JSON Schema, and one valid example, from how the type decodes: a decoder that notes
/// what it is asked for and answers with examples.
public enum SchemaRecorder {
  /// JSON Schema of the type, without `$schema` and `$id`. Unknown fields are allowed, since receivers
  /// ignore them.
  public static func schema<T: Decodable>(of type: T.Type) -> JSONValue {
    record(type).schema
  }

  /// One valid value of the type, with every optional part there.
  public static func example<T: Decodable>(of type: T.Type) -> T {
    record(type).value
  }

  fileprivate static func record<T: Decodable>(_ type: T.Type) -> (schema: JSONValue, value: T) {
    if let described = type as? any Described.Type {
      return (described.schema, described.example as! T)
    }
    if let choices = type as? any CaseIterable.Type, let found = choice(choices) {
      return (found.schema, found.value as! T)
    }
    let recording = Recording()
    do {
      let value = try T(from: RecordingDecoder(recording: recording, codingPath: []))
      return (recording.schema, value)
    } catch {
      preconditionFailure("\(type) can't be described by how it decodes: \(error)")
    }
  }

  private static func choice<C: CaseIterable>(_ type: C.Type) -> (schema: JSONValue, value: Any)? {
    let names = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    guard !names.isEmpty, let first = type.allCases.first else { return nil }
    return (["type": "string", "enum": .array(names.map(JSONValue.string))], first)
  }
}

/// What one container was asked for.
private final class Recording {
  var properties: [String: JSONValue] = [:]
  var required: [String] = []
  var items: JSONValue?
  var scalar: JSONValue?

  var schema: JSONValue {
    if let scalar { return scalar }
    if let items {
      return ["type": "array", "items": items, "maxItems": .integer(Bounded<Int>.maximum)]
    }
    var schema: JSONValue = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .array(required.sorted().map(JSONValue.string)) }
    return schema
  }
}

private struct RecordingDecoder: Decoder {
  let recording: Recording
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Keyed<Key>(recording: recording, codingPath: codingPath))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    Unkeyed(recording: recording, codingPath: codingPath)
  }
  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    Single(recording: recording, codingPath: codingPath)
  }
}

private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let recording: Recording
  let codingPath: [any CodingKey]
  var allKeys: [Key] { [] }
  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) throws -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    recording.required.append(key.stringValue)
    return note(type, key)
  }
  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? { note(type, key) }
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { note(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { note(type, key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { note(type, key) }

  private func note<T: Decodable>(_ type: T.Type, _ key: Key) -> T {
    let (schema, value) = SchemaRecorder.record(type)
    recording.properties[key.stringValue] = schema
    return value
  }

  func nestedContainer<N: CodingKey>(keyedBy type: N.Type, forKey key: Key) throws -> KeyedDecodingContainer<N> {
    throw unsupported(codingPath)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw unsupported(codingPath)
  }
  func superDecoder() throws -> any Decoder { throw unsupported(codingPath) }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw unsupported(codingPath) }
}

private struct Unkeyed: UnkeyedDecodingContainer {
  let recording: Recording
  let codingPath: [any CodingKey]
  var count: Int? { 1 }
  var isAtEnd: Bool { currentIndex >= 1 }
  var currentIndex = 0

  mutating func decodeNil() throws -> Bool { false }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    currentIndex += 1
    let (schema, value) = SchemaRecorder.record(type)
    recording.items = schema
    return value
  }
  mutating func nestedContainer<N: CodingKey>(keyedBy type: N.Type) throws -> KeyedDecodingContainer<N> {
    throw unsupported(codingPath)
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw unsupported(codingPath)
  }
  mutating func superDecoder() throws -> any Decoder { throw unsupported(codingPath) }
}

private struct Single: SingleValueDecodingContainer {
  let recording: Recording
  let codingPath: [any CodingKey]

  func decodeNil() -> Bool { false }
  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    switch type {
    case is Bool.Type:
      recording.scalar = ["type": "boolean"]
      return true as! T
    case is String.Type:
      recording.scalar = ["type": "string"]
      return "text" as! T
    case is Int.Type, is Int64.Type, is UInt64.Type:
      recording.scalar = ["type": "integer"]
      return (type == Int.self ? 1 as Any : type == Int64.self ? Int64(1) as Any : UInt64(1) as Any) as! T
    default:
      let (schema, value) = SchemaRecorder.record(type)
      recording.scalar = schema
      return value
    }
  }
}

private func unsupported(_ path: [any CodingKey]) -> DecodingError {
  .dataCorrupted(.init(codingPath: path, debugDescription: "a shape that contracts don't use"))
}
