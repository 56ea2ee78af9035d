import Contracts
import Foundation
import Texts

/// The templates in use: the association's own, and the board's files in their place.
struct Templates: Sendable {
  private var all: [TellMember.Kind: MailTemplate] = [:]
  /// What is wrong with the board's files, each a sentence that names file and line. The association's own text stands
  /// in for a file that can't be used: people are told all the same.
  private(set) var faults: [Phrase] = []

  static func fileName(_ kind: TellMember.Kind) -> String { "\(kind.rawValue).txt" }

  /// - Parameters:
  ///   - folder: read where it is there; a file that belongs to no kind of mail is a fault too, since it would change
  ///     nothing.
  ///   - isExpected: a folder that is not there is a fault.
  init(folder: String? = nil, isExpected: Bool = false) throws {
    for kind in TellMember.Kind.allCases { all[kind] = try MailTemplate(standard: kind) }
    guard let folder else { return }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      if isExpected || FileManager.default.fileExists(atPath: folder) { faults.append(MailTexts.noFolder(folder)) }
      return
    }
    let kinds = Dictionary(uniqueKeysWithValues: TellMember.Kind.allCases.map { (Templates.fileName($0), $0) })
    for name in names.sorted() where name.hasSuffix(".txt") {
      guard let kind = kinds[name] else {
        faults.append(MailTexts.noSuchMail(name, kinds.keys.sorted()))
        continue
      }
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
        let text = String(validating: data, as: UTF8.self)
      else {
        faults.append(MailTexts.unusable(name, MailTexts.notText))
        continue
      }
      do throws(MailTemplate.Fault) { all[kind] = try MailTemplate(text, kind) } catch {
        faults.append(MailTexts.unusable(name, MailTexts.onLine(error.line, error.fault)))
      }
    }
  }

  subscript(kind: TellMember.Kind) -> MailTemplate { all[kind]! }
}
