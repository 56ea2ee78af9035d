import Foundation

/// A Maildir (maildir(5)) into which the answers come, as fetched by whatever fetches mail.
struct Replies {
  let path: String

  struct File {
    let name: String
    /// The subject as it stands, unfolded; nil where there is none.
    let subject: String?
  }

  /// What nobody has read, by name.
  func unread() throws -> [File] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/new").sorted().map { name in
      File(
        name: name, subject: Replies.subject(of: FileManager.default.contents(atPath: "\(path)/new/\(name)") ?? Data()))
    }
  }

  /// A refused one is also flagged, so that a person sees it.
  func markRead(_ file: File, isRefused: Bool) throws {
    try FileManager.default.createDirectory(atPath: path + "/cur", withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: "\(path)/new/\(file.name)", toPath: "\(path)/cur/\(file.name):2,\(isRefused ? "FS" : "S")")
  }

  /// Of a mail as RFC 5322 has it: the header ends at the first empty line, a line that begins with white space goes
  /// on with the one before. A header longer than 64 KB is nobody's answer.
  static func subject(of mail: Data) -> String? {
    var subject: String?
    for line in String(decoding: mail.prefix(65_536), as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    {
      if line.isEmpty { break }
      if line.first == " " || line.first == "\t" {
        if let begun = subject { subject = begun + line }
      } else if subject != nil {
        break
      } else if line.lowercased().hasPrefix("subject:") {
        subject = String(line.dropFirst("subject:".count))
      }
    }
    return subject
  }
}
