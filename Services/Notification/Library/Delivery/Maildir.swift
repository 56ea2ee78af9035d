import Contracts
import Foundation

/// A folder of mails that mail readers know (maildir(5)): `tmp` while one is being written, `new` for
/// what nobody has seen, `cur` for what a reader has, with its flags after `:2,`.
///
/// ```
/// tmp/NAME ─ write, fsync ─▶ rename ─▶ new/NAME ─ fsync of the folder ─▶ kept
/// ```
///
/// The name of a file is made from the task alone, so that a repeat after a crash finds what is there.
/// One process writes to it; any number may read.
struct Maildir: Sendable {
  let path: String

  /// The file of a task; a task id has no character that a Maildir gives meaning.
  static func fileName(of task: TaskID) -> String { "\(task.rawValue).\(MailMessage.domain)" }

  /// Puts a mail into the folder, durably, unless it is there already, read or unread.
  ///
  /// - Throws: `MaildirError`; the mail is then not lost, and may simply be delivered again.
  func deliver(_ bytes: Data, as file: String) throws {
    try makeFolders()
    // Readers move from new to cur and never back, so this order misses nothing.
    if try exists("new/\(file)") { return try synchronise("new") }
    if try isInCurrent(file) { return try synchronise("cur") }
    try write(bytes, to: "tmp/\(file)")
    try check(rename(full("tmp/\(file)"), full("new/\(file)")), "move into new", file)
    try synchronise("new")
  }

  /// Whether a mail is there, read or unread.
  func holds(_ file: String) throws -> Bool {
    try makeFolders()
    return try exists("new/\(file)") || isInCurrent(file)
  }

  private func full(_ name: String) -> String { name.isEmpty ? path : "\(path)/\(name)" }

  private func check(_ result: Int32, _ doing: String, _ name: String) throws {
    guard result == 0 else { throw MaildirError(doing, full(name), code: errno) }
  }

  private func makeFolders() throws {
    var isMade = false
    for name in ["", "tmp", "new", "cur"] {
      if mkdir(full(name), 0o700) == 0 { isMade = true } else if errno != EEXIST { try check(-1, "make", name) }
    }
    if isMade {
      try synchronise("")
      try synchronise("..")
    }
  }

  private func exists(_ name: String) throws -> Bool {
    if access(full(name), F_OK) == 0 { return true }
    guard errno == ENOENT else { throw MaildirError("look for", full(name), code: errno) }
    return false
  }

  private func isInCurrent(_ file: String) throws -> Bool {
    guard let folder = opendir(full("cur")) else { throw MaildirError("read", full("cur"), code: errno) }
    defer { closedir(folder) }
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        guard errno == 0 else { throw MaildirError("read", full("cur"), code: errno) }
        return false
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name == file || name.hasPrefix(file + ":") { return true }
    }
  }

  private func write(_ bytes: Data, to name: String) throws {
    let descriptor = open(full(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw MaildirError("open", full(name), code: errno) }
    defer { close(descriptor) }
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw MaildirError("write", full(name), code: errno) }
        rest = rest.dropFirst(count)
      }
    }
    try check(fsync(descriptor), "write", name)
  }

  private func synchronise(_ folder: String) throws {
    let descriptor = open(full(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw MaildirError("open", full(folder), code: errno) }
    defer { close(descriptor) }
    try check(fsync(descriptor), "write", folder)
  }
}

/// What the file system would not do. Trying again helps once its cause is gone.
struct MaildirError: Error, CustomStringConvertible {
  let description: String

  init(_ doing: String, _ path: String, code: Int32) {
    description = "The Maildir can't \(doing) \(path): \(String(cString: strerror(code)))."
  }
}
