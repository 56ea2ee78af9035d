import CZeroMQ

/// A CurveZMQ key pair in Z85 text, 40 characters each (ZeroMQ RFC 26 and 32).
public struct CurveKeys: Sendable, Hashable {
  public let publicKey: String
  public let secretKey: String

  /// A new random pair.
  public static func generate() -> CurveKeys {
    var publicKey = [CChar](repeating: 0, count: 41)
    var secretKey = [CChar](repeating: 0, count: 41)
    let result = zmq_curve_keypair(&publicKey, &secretKey)
    precondition(result == 0, "libzmq was built without CURVE")
    return CurveKeys(publicKey: text(publicKey), secretKey: text(secretKey))
  }

  /// The pair that belongs to a secret key; nil where the text is no Z85 key of 32 bytes.
  public init?(secretKey: String) {
    guard CurveKeys.isKey(secretKey) else { return nil }
    var publicKey = [CChar](repeating: 0, count: 41)
    guard zmq_curve_public(&publicKey, secretKey) == 0 else { return nil }
    self.publicKey = CurveKeys.text(publicKey)
    self.secretKey = secretKey
  }

  init(publicKey: String, secretKey: String) {
    self.publicKey = publicKey
    self.secretKey = secretKey
  }

  /// Whether the text decodes to the 32 bytes of a key.
  public static func isKey(_ text: String) -> Bool {
    guard text.utf8.count == 40 else { return false }
    var bytes = [UInt8](repeating: 0, count: 32)
    return zmq_z85_decode(&bytes, text) != nil
  }

  /// The Z85 text of a key's 32 bytes, as a ZAP request carries it.
  public static func text(ofKey bytes: some Collection<UInt8>) -> String? {
    guard bytes.count == 32 else { return nil }
    var out = [CChar](repeating: 0, count: 41)
    guard zmq_z85_encode(&out, Array(bytes), 32) != nil else { return nil }
    return text(out)
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
