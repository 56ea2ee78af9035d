import CSodium
import Foundation

/// SHA-256 (FIPS 180-4) and HMAC with it (RFC 2104), from the library that libzmq encrypts with, so that no other has to
/// be built.
public struct SHA256 {
  private var state = crypto_hash_sha256_state()

  public init() { crypto_hash_sha256_init(&state) }

  /// Takes the next part of a message.
  public mutating func update(_ part: Data) {
    part.withUnsafeBytes { bytes in
      _ = crypto_hash_sha256_update(&state, bytes.bindMemory(to: UInt8.self).baseAddress, UInt64(bytes.count))
    }
  }

  /// The 32 bytes of the digest of all parts.
  public func finalize() -> Data {
    var state = state
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256_final(&state, &digest)
    return Data(digest)
  }

  /// The digest of a message that is whole.
  public static func hash(_ message: Data) -> Data {
    var hash = SHA256()
    hash.update(message)
    return hash.finalize()
  }

  /// The first half of a text's digest, in hex: what stands in a store for a key by which something is found again and
  /// that somebody may have typed.
  static func trace(of text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = hash(Data(text.utf8)).prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The 32 bytes that only who knows the key can make of a message.
  public static func authenticationCode(of message: Data, key: Data) -> Data {
    var state = crypto_auth_hmacsha256_state()
    var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    crypto_auth_hmacsha256_init(&state, Array(key), key.count)
    message.withUnsafeBytes { bytes in
      _ = crypto_auth_hmacsha256_update(&state, bytes.bindMemory(to: UInt8.self).baseAddress, UInt64(bytes.count))
    }
    crypto_auth_hmacsha256_final(&state, &code)
    return Data(code)
  }
}
