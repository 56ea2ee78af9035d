/// Whether bytes are JSON by the grammar of RFC 8259 alone, in UTF-8, at most 500 deep. Deliberately another
/// reader than the one under test.
struct JSONGrammar {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func isWhole() -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil, value(500) else { return false }
    space()
    return at == bytes.count
  }

  private mutating func take(_ text: String) -> Bool {
    guard at < bytes.count, bytes[at] == text.utf8.first, bytes[at...].starts(with: text.utf8) else { return false }
    at += text.utf8.count
    return true
  }

  private mutating func space() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private mutating func value(_ depth: Int) -> Bool {
    space()
    guard at < bytes.count, depth > 0 else { return false }
    if take("null") || take("true") || take("false") { return true }
    if bytes[at] == UInt8(ascii: "\"") { return string() }
    if take("[") { return elements("]") { $0.value(depth - 1) } }
    if take("{") {
      return elements("}") {
        $0.space()
        guard $0.string() else { return false }
        $0.space()
        return $0.take(":") && $0.value(depth - 1)
      }
    }
    return number()
  }

  private mutating func elements(_ end: String, _ one: (inout JSONGrammar) -> Bool) -> Bool {
    space()
    if take(end) { return true }
    repeat {
      guard one(&self) else { return false }
      space()
    } while take(",")
    return take(end)
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case ..<0x20: return false
      case UInt8(ascii: "\\"):
        guard at < bytes.count else { return false }
        let escaped = bytes[at]
        at += 1
        if escaped == UInt8(ascii: "u") {
          for _ in 0..<4 {
            guard at < bytes.count, Character(Unicode.Scalar(bytes[at])).isHexDigit, bytes[at] < 0x80 else {
              return false
            }
            at += 1
          }
        } else if !"\"\\/bfnrt".utf8.contains(escaped) {
          return false
        }
      default: break
      }
    }
    return false
  }

  private mutating func digits() -> Bool {
    let from = at
    while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
    return at > from
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0") && !digits() { return false }
    if take(".") && !digits() { return false }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      return digits()
    }
    return true
  }
}
