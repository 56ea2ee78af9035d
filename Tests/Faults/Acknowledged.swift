import Contracts
import Foundation
import Synchronization

/// What was acknowledged to the people of the load, in a file that is synced before the load goes on: a test
/// never asks a service what it has promised.
final class AcknowledgedLog: Sendable {
  enum Entry: Codable, Sendable {
    /// The register knows this version of the member, or a later one.
    case changed(email: String, version: Int)
    case submitted(match: String)
    case answered(match: String, state: MatchState)
    case ended(mentorship: String)
  }

  let path: String
  private let file: Mutex<FileHandle>
  private let entries = Mutex(0)

  init(_ path: String) throws {
    self.path = path
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    file = Mutex(try FileHandle(forWritingTo: URL(fileURLWithPath: path)))
  }

  var count: Int { entries.withLock { $0 } }

  func add(_ new: [Entry]) throws {
    var lines = Data()
    for entry in new { lines += try JSONEncoder().encode(entry) + Data("\n".utf8) }
    try file.withLock {
      try $0.write(contentsOf: lines)
      try $0.synchronize()
    }
    entries.withLock { $0 += new.count }
  }

  static func read(_ path: String) throws -> [Entry] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Entry.self, from: Data($0.utf8))
    }
  }
}
