import Foundation

/// A Maildir (maildir(5)) into which the answers come, as fetched by whatever fetches mail.
struct Replies {
  let path: String

  struct File {
    let name: String
    /// The subject as it stands, unfolded; nil where there is none.
    let subject: String?
  }

  /// What nobody has read, by name. Of each as much is read as a header can be long.
  func unread() throws -> [File] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/new").sorted().map { name in
      let file = FileHandle(forReadingAtPath: "\(path)/new/\(name)")
      defer { try? file?.close() }
      return File(name: name, subject: Replies.subject(of: (try? file?.read(upToCount: Replies.longest)) ?? Data()))
    }
  }

  /// A refused one is also flagged, so that a person sees it. Where the folder has one of its name already it gets
  /// another: two mails are never made one.
  func markRead(_ file: File, isRefused: Bool) throws {
    try FileManager.default.createDirectory(atPath: path + "/cur", withIntermediateDirectories: true)
    func name(_ number: Int) -> String {
      "\(path)/cur/\(file.name)\(number > 0 ? ".\(number)" : ""):2,\(isRefused ? "FS" : "S")"
    }
    let number = (0...).first { !FileManager.default.fileExists(atPath: name($0)) }!
    try FileManager.default.moveItem(atPath: "\(path)/new/\(file.name)", toPath: name(number))
  }

  private static let longest = 65_536

  /// Of a mail as RFC 5322 has it: the header ends at the first empty line, a line that begins with white space goes
  /// on with the one before. A header longer than 64 KB is nobody's answer.
  static func subject(of mail: Data) -> String? {
    var subject: String?
    for line in String(decoding: mail.prefix(longest), as: UTF8.self).split(
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
    return subject.map(decoded)
  }

  /// Encoded words (RFC 2047) as text; what stands between two of them is none of it.
  private static func decoded(_ text: String) -> String {
    var result = Data()
    var rest = text.replacing(/\?=\s+=\?/, with: "?==?")[...]
    while let word = rest.firstMatch(of: /=\?[^?\s]+\?([QqBb])\?([^?]*)\?=/) {
      result.append(contentsOf: rest[..<word.range.lowerBound].utf8)
      let bytes =
        word.1.lowercased() == "b" ? Data(base64Encoded: String(word.2)) ?? Data() : quotedPrintable(String(word.2))
      // Whatever the charset: the token and the answer are ASCII in all of them.
      result.append(bytes)
      rest = rest[word.range.upperBound...]
    }
    result.append(contentsOf: rest.utf8)
    return String(decoding: result, as: UTF8.self)
  }

  private static func quotedPrintable(_ text: String) -> Data {
    var result = Data()
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "="), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        result.append(code)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte == UInt8(ascii: "_") ? UInt8(ascii: " ") : byte)
      }
    }
    return result
  }
}
