import FoundationEssentials

/// Encodes and decodes envelopes with the types that one process knows. Safe to share.
///
/// The attributes of most envelopes are plain strings, so they are written and read here, and only `data` by
/// Codable: two thirds of the time of giving it the whole. Whatever is not plain, valid or not, goes the whole way
/// through Codable; both ways give the same, which `EnvelopeCoderTests` shows.
public struct EnvelopeCoder: Sendable {
  private let types: MessageTypes

  public init(types: MessageTypes) { self.types = types }

  /// One shape for all JSON: no escaped slashes, keys in a stable order.
  public static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    return encoder
  }()
  private static let decoder = JSONDecoder()

  /// - Parameter data: the message of the envelope, where it has been encoded already.
  public func encode(_ envelope: Envelope, data: Data? = nil) throws -> Data {
    if let bytes = try PlainEnvelope.encode(envelope, data) { return bytes }
    return try encodeWhole(envelope)
  }

  /// Throws `DecodingError` where the bytes are no CloudEvents envelope; a bad `data` inside a good
  /// envelope comes back as `.malformed`, so that its sender can be answered.
  public func decode(_ bytes: Data) throws -> Envelope {
    guard let plain = PlainEnvelope.decode(bytes), let type = types[plain.envelope.type],
      let message = try? EnvelopeCoder.decoder.decode(type, from: plain.data)
    else { return try decodeWhole(bytes) }
    var envelope = plain.envelope
    envelope.body = .message(message)
    return envelope
  }

  func encodeWhole(_ envelope: Envelope) throws -> Data {
    try EnvelopeCoder.encoder.encode(envelope)
  }

  func decodeWhole(_ bytes: Data) throws -> Envelope {
    let decoder = JSONDecoder()
    decoder.userInfo[.messageTypes] = types
    return try decoder.decode(Envelope.self, from: bytes)
  }
}

/// An envelope whose attributes are strings without escapes, each there once, and whose `data` is an object.
private enum PlainEnvelope {
  private static let keys = Envelope.CodingKeys.allCases.map { (key: $0, name: Array($0.rawValue.utf8)) }

  /// Nil where the envelope is none such.
  static func encode(_ envelope: Envelope, _ data: Data?) throws -> Data? {
    guard case .message(let message) = envelope.body else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024)
    var isPlain = true
    func add(_ key: StaticString, _ text: String?) {
      guard var text else { return }
      key.withUTF8Buffer { bytes.append(contentsOf: $0) }
      text.withUTF8 { utf8 in
        isPlain = isPlain && utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        bytes.append(contentsOf: utf8)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    // Sorted, as the encoder's are.
    add(#","causationid":""#, envelope.causationid)
    add(#","correlationid":""#, envelope.correlationid)
    bytes.append(contentsOf: #","data":"#.utf8)
    bytes.append(contentsOf: try data ?? EnvelopeCoder.encoder.encode(message))
    add(#","datacontenttype":""#, "application/json")
    add(#","expirytime":""#, envelope.expirytime?.text)
    add(#","id":""#, envelope.id)
    add(#","idempotencykey":""#, envelope.idempotencykey)
    add(#","lang":""#, envelope.lang)
    add(#","partitionkey":""#, envelope.partitionkey)
    add(#","sequence":""#, envelope.sequence)
    add(#","source":""#, envelope.source)
    add(#","specversion":""#, Envelope.SpecVersion.one.rawValue)
    add(#","time":""#, envelope.time.text)
    add(#","traceparent":""#, envelope.traceparent)
    add(#","type":""#, envelope.type)
    bytes[0] = UInt8(ascii: "{")
    bytes.append(UInt8(ascii: "}"))
    return isPlain ? Data(bytes) : nil
  }

  /// The envelope without its body, and the bytes of `data`; nil where the bytes are none such.
  static func decode(_ bytes: Data) -> (envelope: Envelope, data: Data)? {
    var data: Range<Int>?
    var id: String?
    var source: String?
    var type: String?
    var time: Timestamp?
    var isCloudEvents = false
    var envelope = Envelope(id: "", source: "", type: "", time: Timestamp(milliseconds: 0), body: .unknown)
    let isPlain = bytes.withUnsafeBytes { buffer -> Bool in
      var scanner = Scanner(bytes: buffer)
      let keys = PlainEnvelope.keys
      var seen: UInt32 = 0
      guard scanner.take("{") else { return false }
      repeat {
        guard let name = scanner.plain(),
          let number = keys.firstIndex(where: { $0.name.count == name.count && $0.name.elementsEqual(name) }),
          scanner.take(":"), seen & 1 << number == 0
        else { return false }
        seen |= 1 << number
        let key = keys[number].key
        if key == .data {
          guard let range = scanner.object() else { return false }
          data = range
          continue
        }
        guard let text = scanner.text(), (1...Envelope.maximumAttribute).contains(text.utf8.count) else { return false }
        switch key {
        case .specversion: isCloudEvents = text == Envelope.SpecVersion.one.rawValue
        case .id: id = text
        case .source: source = text
        case .type: type = text
        case .time: time = Timestamp(text: text)
        case .expirytime:
          envelope.expirytime = Timestamp(text: text)
          if envelope.expirytime == nil { return false }
        case .traceparent: envelope.traceparent = text
        case .correlationid: envelope.correlationid = text
        case .causationid: envelope.causationid = text
        case .partitionkey: envelope.partitionkey = text
        case .sequence: envelope.sequence = text
        case .idempotencykey: envelope.idempotencykey = text
        case .lang: envelope.lang = text
        case .datacontenttype, .dataschema, .data: break
        }
      } while scanner.take(",")
      return scanner.take("}") && scanner.isAtEnd
    }
    guard isPlain, isCloudEvents, let id, let source, let type, let time, let data else { return nil }
    (envelope.id, envelope.source, envelope.type, envelope.time) = (id, source, type, time)
    return (envelope, bytes[bytes.startIndex + data.lowerBound..<bytes.startIndex + data.upperBound])
  }

  private struct Scanner {
    let bytes: UnsafeRawBufferPointer
    var index = 0

    var isAtEnd: Bool {
      mutating get {
        skipSpace()
        return index == bytes.count
      }
    }

    private mutating func skipSpace() {
      while index < bytes.count, bytes[index] <= 0x20, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[index]) { index += 1 }
    }

    mutating func take(_ byte: Unicode.Scalar) -> Bool {
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: byte) else { return false }
      index += 1
      return true
    }

    mutating func text() -> String? { plain().flatMap { String(validating: $0, as: UTF8.self) } }

    /// The bytes of a string without escapes and control characters.
    mutating func plain() -> UnsafeRawBufferPointer? {
      guard take("\"") else { return nil }
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
        guard bytes[index] >= 0x20, bytes[index] != 0x7f, bytes[index] != UInt8(ascii: "\\") else { return nil }
        index += 1
      }
      guard index < bytes.count else { return nil }
      defer { index += 1 }
      return UnsafeRawBufferPointer(rebasing: bytes[start..<index])
    }

    /// Where an object begins and ends, whatever stands in it.
    mutating func object() -> Range<Int>? {
      skipSpace()
      let start = index
      guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else { return nil }
      var depth = 0
      var isInText = false
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if isInText {
          if byte == UInt8(ascii: "\\") { index += 1 } else if byte == UInt8(ascii: "\"") { isInText = false }
        } else if byte == UInt8(ascii: "\"") {
          isInText = true
        } else if byte == UInt8(ascii: "{") {
          depth += 1
        } else if byte == UInt8(ascii: "}") {
          depth -= 1
          if depth == 0 { return start..<index }
        }
      }
      return nil
    }
  }
}
