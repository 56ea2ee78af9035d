import Foundation

/// The key of one service's list of erasures, in a file beside the service's secret and never in its state or its backups:
/// whoever has the list alone can't try names and telephone numbers against its hashes.
///
/// It stays when the service's secret is replaced, since the list is read with it for ever.
public struct ErasureKey: Sendable {
  /// A file of 64 hexadecimal digits, readable by its owner alone.
  public let path: String
  public init(path: String) { self.path = path }

  /// - Throws: `StoreError` in a sentence, where there is none or it is no key.
  func bytes() throws -> Data {
    let text = (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    let digits = (text ?? "").compactMap(\.hexDigitValue)
    guard digits.count == 64 else {
      throw StoreError(
        .unreachable,
        "The key \(path) of the list of erasures can't be read. Put it back, or where there has never been one, make it with: board keys create"
      )
    }
    return Data(stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
  }
}
