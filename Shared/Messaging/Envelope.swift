import FoundationEssentials

/// A CloudEvents 1.0 event in the structured JSON form, with the extension attributes that Handslag
/// uses. Extension names are lower case without hyphens, as CloudEvents asks.
///
/// Decoding needs the known types in `decoder.userInfo[.messageTypes]`, so that header and data are
/// read in one pass. Unknown fields are ignored, and stay in the stored bytes.
public struct Envelope: Sendable {
  /// What `data` turned out to be.
  public enum Body: Sendable {
    case message(any Message)
    /// A type that this process doesn't know: parked by its sender until an upgrade.
    case unknown
    /// A known type whose data is not what its contract says.
    case malformed(field: String, reason: String)
  }

  /// Unique for each source: the receiver's key against doing a thing twice.
  public var id: String
  /// The principal that sends it. A receiver compares it with whom it authenticated.
  public var source: String
  /// The versioned name of the message in `data`.
  public var type: String
  /// When it happened, on the sender's calendar.
  public var time: Timestamp
  public var body: Body

  /// W3C trace context, from the board client to the mail.
  public var traceparent: String?
  /// The id of the request that a reply answers.
  public var correlationid: String?
  /// The id of the message whose handling led to this one.
  public var causationid: String?
  /// On the calendar: after it a delivery is not made any more, and counted as expired.
  public var expirytime: Timestamp?
  /// Order is kept among messages with the same key from one sender to one receiver.
  public var partitionkey: String?
  /// The sender's number for a delivery, as digits since CloudEvents' integers have 32 bits.
  public var sequence: String?
  /// A command's key: unique per principal and type; repeats get the stored reply.
  public var idempotencykey: String?
  /// The language in which the caller wants sentences: `sv` or `en`.
  public var lang: String?

  public init(
    id: String, source: String, type: String, time: Timestamp, body: Body
  ) {
    self.id = id
    self.source = source
    self.type = type
    self.time = time
    self.body = body
  }

  public init(id: String, source: String, time: Timestamp, message: some Message) {
    self.init(
      id: id, source: source, type: Swift.type(of: message).type, time: time,
      body: .message(message))
  }

  /// A new id: a UUID that begins with the time (RFC 9562, version 7, with a finer time where it may have random bits), in
  /// lower case, so that the indexes of outboxes and inboxes grow at their end instead of everywhere.
  public static func newID() -> String {
    let time = Date().timeIntervalSince1970 * 1000
    // 1/4096 of a millisecond. One draw of random bits, since each is a call of the kernel.
    let fraction = UInt64((time - time.rounded(.down)) * 4096)
    let high = UInt64(time) << 16 | 0x7000 | fraction
    let low = UInt64.random(in: 0...UInt64.max) & ~(3 << 62) | 2 << 62
    return String(unsafeUninitializedCapacity: 36) { text in
      var index = 0
      for word in [high, low] {
        for shift in stride(from: 60, through: 0, by: -4) {
          if index == 8 || index == 13 || index == 18 || index == 23 {
            text[index] = UInt8(ascii: "-")
            index += 1
          }
          let digit = UInt8(word >> UInt64(shift) & 15)
          text[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
          index += 1
        }
      }
      return index
    }
  }

  /// At most this many bytes for one envelope, checked before it is put into an outbox and on arrival.
  public static let maximumBytes = 256 * 1024

  /// The version of CloudEvents.
  public enum SpecVersion: String, Codable, Sendable, CaseIterable {
    case one = "1.0"
  }
}

extension CodingUserInfoKey {
  /// Where an `Envelope` finds the `MessageTypes` to decode `data` with.
  public static let messageTypes = CodingUserInfoKey(rawValue: "messageTypes")!
}

extension Envelope: Codable {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case specversion, id, source, type, time, datacontenttype, dataschema, data
    case traceparent, correlationid, causationid, expirytime, partitionkey, sequence
    case idempotencykey, lang
  }

  /// Limits of the attributes, in characters; a violation makes the whole envelope unreadable.
  public static let maximumAttribute = 200

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) throws -> String {
      try limited(container.decode(String.self, forKey: key), key)
    }
    func optional(_ key: CodingKeys) throws -> String? {
      guard let value = try container.decodeIfPresent(String.self, forKey: key) else { return nil }
      return try limited(value, key)
    }
    func limited(_ value: String, _ key: CodingKeys) throws -> String {
      guard !value.isEmpty, value.utf8.count <= Envelope.maximumAttribute,
        value.unicodeScalars.allSatisfy({ $0.value > 0x1f && $0.value != 0x7f })
      else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "must have 1 to 200 characters, none of them a control")
      }
      return value
    }
    _ = try container.decode(SpecVersion.self, forKey: .specversion)
    id = try text(.id)
    source = try text(.source)
    type = try text(.type)
    time = try container.decode(Timestamp.self, forKey: .time)
    traceparent = try optional(.traceparent)
    correlationid = try optional(.correlationid)
    causationid = try optional(.causationid)
    expirytime = try container.decodeIfPresent(Timestamp.self, forKey: .expirytime)
    partitionkey = try optional(.partitionkey)
    sequence = try optional(.sequence)
    idempotencykey = try optional(.idempotencykey)
    lang = try optional(.lang)

    let types = decoder.userInfo[.messageTypes] as? MessageTypes
    if let known = types?[type] {
      do {
        // A message without fields would decode from anything.
        _ = try container.nestedContainer(keyedBy: CodingKeys.self, forKey: .data)
        body = .message(try container.decode(known, forKey: .data))
      } catch let error as DecodingError {
        let (field, reason) = error.fieldAndReason
        body = .malformed(field: field, reason: reason)
      } catch {
        // A number that no type holds or half a letter: JSONDecoder says so without a path and would blame the
        // whole envelope, whose sender must be answered.
        let error = AnyJSON.firstUnreadable(container, .data) ?? error
        let (field, reason) = (error as? DecodingError)?.fieldAndReason ?? ("data", "could not be read")
        body = .malformed(field: field, reason: reason)
      }
    } else {
      body = .unknown
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(SpecVersion.one, forKey: .specversion)
    try container.encode(id, forKey: .id)
    try container.encode(source, forKey: .source)
    try container.encode(type, forKey: .type)
    try container.encode(time, forKey: .time)
    try container.encode("application/json", forKey: .datacontenttype)
    try container.encodeIfPresent(traceparent, forKey: .traceparent)
    try container.encodeIfPresent(correlationid, forKey: .correlationid)
    try container.encodeIfPresent(causationid, forKey: .causationid)
    try container.encodeIfPresent(expirytime, forKey: .expirytime)
    try container.encodeIfPresent(partitionkey, forKey: .partitionkey)
    try container.encodeIfPresent(sequence, forKey: .sequence)
    try container.encodeIfPresent(idempotencykey, forKey: .idempotencykey)
    try container.encodeIfPresent(lang, forKey: .lang)
    if case .message(let message) = body { try container.encode(message, forKey: .data) }
  }
}

/// Any JSON, read to find the first value that can't be.
private struct AnyJSON: Decodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  static func firstUnreadable<K: CodingKey>(_ container: KeyedDecodingContainer<K>, _ key: K) -> DecodingError? {
    do {
      _ = try container.decode(AnyJSON.self, forKey: key)
      return nil
    } catch { return error as? DecodingError }
  }

  init(from decoder: any Decoder) throws {
    do {
      if let object = try AnyJSON.nilWhereOther({ try decoder.container(keyedBy: Key.self) }) {
        for key in object.allKeys { _ = try object.decode(AnyJSON.self, forKey: key) }
      } else if var list = try AnyJSON.nilWhereOther({ try decoder.unkeyedContainer() }) {
        while !list.isAtEnd { _ = try list.decode(AnyJSON.self) }
      } else {
        let value = try decoder.singleValueContainer()
        guard !value.decodeNil(), try AnyJSON.nilWhereOther({ try value.decode(Bool.self) }) == nil,
          try AnyJSON.nilWhereOther({ try value.decode(String.self) }) == nil
        else { return }
        _ = try value.decode(Double.self)
      }
    } catch let error as DecodingError { throw error } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "is a number or a text that can't be read"))
    }
  }

  private static func nilWhereOther<T>(_ read: () throws -> T) throws -> T? {
    do { return try read() } catch DecodingError.typeMismatch { return nil }
  }
}

extension DecodingError {
  /// The path of the field and what was wrong with it, without the value.
  public var fieldAndReason: (field: String, reason: String) {
    let context: Context
    var reason: String
    var path: [any CodingKey]
    switch self {
    case .keyNotFound(let key, let found):
      (context, reason) = (found, "is missing")
      path = context.codingPath + [key]
    case .valueNotFound(_, let found):
      (context, reason) = (found, "is missing")
      path = context.codingPath
    case .typeMismatch(_, let found):
      (context, reason) = (found, "has the wrong JSON type")
      path = context.codingPath
    case .dataCorrupted(let found):
      (context, reason) = (found, found.debugDescription)
      path = context.codingPath
    @unknown default:
      return ("data", "could not be read")
    }
    let field = path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    if reason.isEmpty { reason = "could not be read" }
    return (field.isEmpty ? "data" : field, reason)
  }
}
