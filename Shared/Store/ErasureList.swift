import Foundation
import Messaging

/// Whom this service has erased, outside its store and its backups: ids and keyed hashes, never names. A store that is
/// restored from before an erasure is erased anew by it.
///
/// One JSON object to a line; a line is on the disk before the erasure is committed. It stands beside the backups too, so
/// that it goes with them to another machine. An erasure's own key, which came with it, is covered by the list's, which
/// stands elsewhere; with that each line is sealed too, so that another key is found out before it finds nobody.
///
/// ```
/// key as written = key ⊕ HMAC (list's key, "cover" ‖ erasure)      seal = HMAC (list's key, "seal" ‖ erasure ‖ member ‖ key)
/// ```
public struct ErasureList: Sendable {
  public struct Entry: Codable, Sendable, Hashable {
    public let erasure: String
    public let member: String
    public let key: Data
    public let marks: [Mark]

    public struct Mark: Codable, Sendable, Hashable {
      public let isNumber: Bool
      public let length: Int
      public let filter: Int
      public let hash: Data
    }

    fileprivate init(erasure: String, member: String, key: Data, marks: [Mark]) {
      self.erasure = erasure
      self.member = member
      self.key = key
      self.marks = marks
    }

    public init(erasure: String, member: String, _ marks: Marks) {
      self.erasure = erasure
      self.member = member
      key = marks.key
      self.marks = marks.all.map { Mark(isNumber: $0.isNumber, length: $0.length, filter: $0.filter, hash: $0.hash) }
    }

    public var asMarks: Marks {
      Marks(
        key: key,
        marks.map { Marks.Mark(isNumber: $0.isNumber, length: $0.length, filter: $0.filter, hash: $0.hash) })
    }
  }

  /// Each holds the whole list; where one lacks something, it was put back from elsewhere.
  public let paths: [String]
  private let key: ErasureKey

  public init(_ paths: String..., key: ErasureKey) {
    self.paths = paths
    self.key = key
  }

  /// - Throws: `StoreError` in a sentence, where there is no key to add anything with.
  public func checkKey() throws { _ = try key.bytes() }

  private struct Line: Codable {
    let entry: Entry
    let seal: Data

    /// An entry with its key covered, or, since that is the same, uncovered.
    init(covering entry: Entry, _ key: Data) {
      let plain = entry.key
      let cover = SHA256.authenticationCode(of: Data("cover \(entry.erasure)".utf8), key: key)
      self.entry = Entry(
        erasure: entry.erasure, member: entry.member, key: Data(zip(plain, cover).map { $0 ^ $1 }), marks: entry.marks)
      seal = SHA256.authenticationCode(of: Data("seal \(entry.erasure) \(entry.member) ".utf8) + plain, key: key)
    }
  }

  /// All, in order. A last line that a crash has cut short was never committed, and is passed over.
  public func entries() throws -> [Entry] {
    var all: [Entry] = []
    for path in paths { all += try entries(path).filter { !all.contains($0) } }
    return all
  }

  private func entries(_ path: String) throws -> [Entry] {
    guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { return [] }
    let key = try key.bytes()
    return try lines(data, path).map { line in
      let entry = Line(covering: line.entry, key).entry
      guard Line(covering: entry, key).seal == line.seal else {
        throw StoreError(
          .corrupt,
          "The list of erasures \(path) was written with another key than \(self.key.path). Put the right one back; if it is lost, move the list away and erase again by hand whom it names."
        )
      }
      return entry
    }
  }

  private func lines(_ data: Data, _ path: String) throws -> [Line] {
    let decoder = JSONDecoder()
    let lines = data.split(separator: UInt8(ascii: "\n"))
    return try lines.enumerated().compactMap { index, line in
      do { return try decoder.decode(Line.self, from: Data(line)) } catch {
        guard index == lines.count - 1, data.last != UInt8(ascii: "\n") else {
          throw StoreError(.corrupt, "The list of erasures \(path) has a line that can't be read: \(index + 1).")
        }
        return nil
      }
    }
  }

  /// Adds one, durably; once is enough.
  public func add(_ entry: Entry) throws {
    for path in paths { try add(entry, to: path) }
  }

  private func add(_ entry: Entry, to path: String) throws {
    func failure() -> StoreError {
      StoreError(
        .unreachable,
        "The list of erasures \(path) can't be written. Give a folder that this user may write, with room.",
        cause: String(cString: strerror(errno)))
    }
    guard try !entries(path).contains(entry) else { return }
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    // What a crash has left of a line goes first.
    let data = FileManager.default.contents(atPath: path) ?? Data()
    let whole = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 - data.startIndex } ?? 0
    guard whole == data.count || ftruncate(descriptor, whole) == 0 else { throw failure() }
    let line = try JSONEncoder().encode(Line(covering: entry, key.bytes())) + Data("\n".utf8)
    let count = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count == line.count, fsync(descriptor) == 0 else { throw failure() }
  }
}
