/// What stands in JSON as its raw value (constrained texts and numbers, enumerations) is written straight. The compiler
/// prefers these to the generic `encode` in every `encode(to:)` that it writes itself, and Foundation's encoder then makes
/// no encoder and no container for each such field: two fifths of the instructions of a message of ten of them.
extension KeyedEncodingContainer {
  public mutating func encode<Value: RawRepresentable & Encodable>(_ value: Value, forKey key: Key) throws
  where Value.RawValue == String {
    try encode(value.rawValue, forKey: key)
  }

  public mutating func encode<Value: RawRepresentable & Encodable>(_ value: Value, forKey key: Key) throws
  where Value.RawValue == Int {
    try encode(value.rawValue, forKey: key)
  }

  public mutating func encodeIfPresent<Value: RawRepresentable & Encodable>(_ value: Value?, forKey key: Key) throws
  where Value.RawValue == String {
    try encodeIfPresent(value?.rawValue, forKey: key)
  }

  public mutating func encodeIfPresent<Value: RawRepresentable & Encodable>(_ value: Value?, forKey key: Key) throws
  where Value.RawValue == Int {
    try encodeIfPresent(value?.rawValue, forKey: key)
  }
}
