import Contracts
import Foundation
import Texts

/// The templates in use: the association's own, and the board's files in their place.
struct Templates: Sendable {
  private var all: [TellMember.Kind: MailTemplate] = [:]

  /// Why a folder can't be used, in a sentence that names file and line.
  struct Fault: Error, Hashable, CustomStringConvertible {
    let description: String
  }

  static func fileName(_ kind: TellMember.Kind) -> String { "\(kind.rawValue).txt" }

  /// - Parameter folder: read where it is there; a file that belongs to no kind of mail is a fault too, since it would
  ///   change nothing.
  /// - Throws: `Fault`.
  init(folder: String? = nil, language: Language = .sv) throws {
    for kind in TellMember.Kind.allCases { all[kind] = try MailTemplate(standard: kind) }
    guard let folder, FileManager.default.fileExists(atPath: folder) else { return }
    let kinds = Dictionary(uniqueKeysWithValues: TellMember.Kind.allCases.map { (Templates.fileName($0), $0) })
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".txt") {
      let path = "\(folder)/\(name)"
      guard let kind = kinds[name] else {
        throw Fault(
          description: "\(path): \(Templates.noSuchMail[language]) \(kinds.keys.sorted().joined(separator: ", ")).")
      }
      guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self)
      else {
        throw Fault(description: "\(path): \(Templates.notText[language])")
      }
      do throws(MailTemplate.Fault) { all[kind] = try MailTemplate(text, kind) } catch {
        throw Fault(description: "\(path), \(error.sentence(language))")
      }
    }
  }

  subscript(kind: TellMember.Kind) -> MailTemplate { all[kind]! }

  private static let noSuchMail = Phrase(
    sv: "det finns inget sådant mejl; det finns", en: "there is no such mail; there are")
  private static let notText = Phrase(
    sv: "filen går inte att läsa som text i UTF-8.", en: "the file can't be read as text in UTF-8.")
}
