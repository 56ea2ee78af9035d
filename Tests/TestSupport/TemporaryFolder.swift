import Foundation

/// A fresh folder that is gone with the value that holds it.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    // Short, since a Unix socket's path has at most 107 bytes.
    path = "/tmp/hs-" + UUID().uuidString.prefix(8).lowercased()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    // What the launcher leaves beside its state.
    try? FileManager.default.removeItem(atPath: path + ".lock")
  }
}
