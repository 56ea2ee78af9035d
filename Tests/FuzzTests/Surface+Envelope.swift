import Contracts
import Foundation
import Messaging
import Synchronization

extension Surface {
  private static let coder = EnvelopeCoder(types: MessageCatalogue.types)
  private static let types = MessageCatalogue.all.map { $0.type }

  /// What stands before the data of an envelope that is sound: whatever grammatical JSON follows, there is an
  /// answer to its sender.
  private static func sound(_ type: String) -> String {
    #"{"specversion":"1.0","id":"s-1","source":"chair","time":"2026-11-24T08:00:00.000Z","type":"\#(type)","data":"#
  }

  private static let starts = types.map(sound)

  /// Every contract: a golden message with its data, or all of it, changed as JSON.
  static func envelope(_ mutation: inout Mutation) -> [UInt8] {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(mutation.any(mutation.pool))) else {
      return mutation.bytes()
    }
    let changes = mutation.number(1..<4)
    func changed(_ value: JSONValue) -> JSONText {
      (0..<changes).reduce(JSONText(value)) { text, _ in text.changed(&mutation) }
    }
    if mutation.oneIn(3) { return Array(changed(value).text.utf8) }
    let known = types.first { value["type"] == .string($0) }
    let type = known.flatMap { mutation.oneIn(4) ? nil : $0 } ?? mutation.any(types)
    return Array((sound(type) + changed(value["data"] ?? value).text + "}").utf8)
  }

  static func checkEnvelope(_ bytes: [UInt8]) throws -> String {
    let envelope: Envelope
    do { envelope = try coder.decode(Data(bytes)) } catch {
      guard error is DecodingError else { throw Fault("an envelope is refused with \(type(of: error))") }
      guard !isSound(bytes) else { throw Fault("nobody is answered, since \(error)") }
      return "no envelope"
    }
    switch envelope.body {
    case .unknown: return "unknown"
    case .malformed(let field, let reason):
      guard field == "data" || field.hasPrefix("data."), !reason.isEmpty else {
        throw Fault("blamed on \"\(field)\", which is \"\(reason)\"")
      }
      return "\(envelope.type) \(field) \(reason)"
    case .message(let message):
      let written = try coder.encode(envelope)
      let again = try coder.decode(written)
      guard case .message = again.body else { throw Fault("what was read can't be read again: \(again.body)") }
      guard try coder.encode(again) == written else { throw Fault("it is another message when it is read again") }
      guard written.count <= Envelope.maximumBytes || bytes.count > Envelope.maximumBytes else {
        throw Fault("it outgrows the limit")
      }
      // The published schema allows whatever is taken.
      if !(message is Problem) {
        let data = try JSONDecoder().decode(JSONValue.self, from: EnvelopeCoder.encoder.encode(message))
        if let breach = schemas[envelope.type]!.breach(data, "data") { throw Fault("the schema forbids it: \(breach)") }
      }
      return envelope.type
    }
  }

  private static let schemas = Dictionary(
    uniqueKeysWithValues: MessageCatalogue.all.map { ($0.type, schema(of: $0)) })

  private static func schema<T: Contract>(of _: T.Type) -> JSONValue { SchemaRecorder.schema(of: T.self) }

  private static func isSound(_ bytes: [UInt8]) -> Bool {
    guard bytes.last == UInt8(ascii: "}"), let start = starts.first(where: { bytes.starts(with: $0.utf8) }) else {
      return false
    }
    var data = JSONGrammar(Array(bytes.dropFirst(start.utf8.count).dropLast()))
    return data.isWhole()
  }
}

private let expressions = Mutex<[String: NSRegularExpression]>([:])

/// The patterns of schemas are known to be right.
private func expression(_ pattern: String) -> NSRegularExpression {
  expressions.withLock {
    if let known = $0[pattern] { return known }
    let made = try! NSRegularExpression(pattern: pattern)
    $0[pattern] = made
    return made
  }
}

extension JSONValue {
  /// What of a value the schema forbids, of all that our schemas use; nil where nothing is.
  func breach(_ value: JSONValue, _ path: String) -> String? {
    if case .array(let choices)? = self["enum"], !choices.contains(value) { return "\(path) is no such choice" }
    switch (self["type"], value) {
    case ("object"?, .object(let fields)):
      if case .array(let required)? = self["required"] {
        for case .string(let name) in required where fields[name] == nil { return "\(path).\(name) is missing" }
      }
      guard case .object(let properties)? = self["properties"] else { return nil }
      for (name, schema) in properties {
        if let field = fields[name], let breach = schema.breach(field, "\(path).\(name)") { return breach }
      }
    case ("array"?, .array(let elements)):
      if case .integer(let most)? = self["maxItems"], elements.count > most { return "\(path) is too long" }
      for (index, element) in elements.enumerated() {
        if let breach = self["items"]?.breach(element, "\(path)[\(index)]") { return breach }
      }
    case ("string"?, .string(let text)):
      let count = text.unicodeScalars.count
      if case .integer(let least)? = self["minLength"], count < least { return "\(path) is too short" }
      if case .integer(let most)? = self["maxLength"], count > most { return "\(path) is too long" }
      if case .string(let pattern)? = self["pattern"],
        expression(pattern).firstMatch(in: text, range: NSRange(0..<text.utf16.count)) == nil
      {
        return "\(path) does not match \(pattern)"
      }
    case ("integer"?, .integer(let number)):
      if case .integer(let least)? = self["minimum"], number < least { return "\(path) is too small" }
      if case .integer(let most)? = self["maximum"], number > most { return "\(path) is too large" }
    case ("boolean"?, .bool): break
    case (nil, _): break
    default: return "\(path) has another type"
    }
    return nil
  }
}
