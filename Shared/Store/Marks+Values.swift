import Foundation

extension Marks {
  /// The value of a column without what may not stand in it; nil where nothing of it does.
  ///
  /// Of JSON its texts are looked at, as they are read and not as they are written, and never its names. A text of one word
  /// is an id, a code or what somebody else is called, and is left as it is; an address is not.
  ///
  /// - Parameter fields: names in JSON whose texts say who somebody else is, and are left.
  func redacted(value: String, except fields: Set<String> = []) -> String? {
    guard mayBeFound(in: value) else { return nil }
    guard let first = value.utf8.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
      let json = try? JSONSerialization.jsonObject(with: Data(value.utf8))
    else { return redacted(prose: value) }
    var isFound = false
    let clean = redacted(json: json, except: fields, &isFound)
    guard isFound,
      let bytes = try? JSONSerialization.data(
        withJSONObject: clean, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether any text of JSON bears a mark, of one word or more.
  public func areFound(in json: Data) -> Bool {
    func areFound(_ value: Any) -> Bool {
      switch value {
      case let text as String: isFound(in: text)
      case let list as [Any]: list.contains(where: areFound)
      case let object as [String: Any]: object.values.contains(where: areFound)
      default: false
      }
    }
    let text = String(decoding: json, as: UTF8.self)
    guard mayBeFound(in: text) else { return false }
    guard let value = try? JSONSerialization.jsonObject(with: json) else { return isFound(in: text) }
    return areFound(value)
  }

  /// False where no mark stands in a text, nor, where it is JSON, in any text of it: nearly all that a store holds need
  /// not be read as JSON. Without escapes the texts of JSON stand there as they are.
  private func mayBeFound(in text: String) -> Bool {
    var text = text
    let hasEscape = text.withUTF8 { utf8 in utf8.baseAddress.map { memchr($0, 0x5C, utf8.count) != nil } ?? false }
    return hasEscape || isFound(in: text)
  }

  private func redacted(json: Any, except fields: Set<String>, _ isFound: inout Bool) -> Any {
    switch json {
    case let text as String:
      guard let clean = redacted(prose: text) else { return text }
      isFound = true
      return clean
    case let list as [Any]: return list.map { redacted(json: $0, except: fields, &isFound) }
    case let object as [String: Any]:
      var clean = object
      for (name, value) in object where !fields.contains(name) {
        clean[name] = redacted(json: value, except: fields, &isFound)
      }
      return clean
    default: return json
    }
  }

  private func redacted(prose text: String) -> String? {
    text.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "@" } ? redacted(text) : nil
  }
}
