import ArgumentParser
import Contracts
import Foundation
import Register
import Texts

struct MemberCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "member", abstract: BoardTexts.aboutMember[BoardLanguage.current],
      subcommands: [Import.self, List.self, Show.self])
  }

  struct Import: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutImport[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpFile)) var file: String
    @Flag(help: .text(BoardTexts.helpKeepGood)) var keepGood = false
    @Flag(help: .text(BoardTexts.helpDryRun)) var dryRun = false
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let language = options.lang
      guard let data = FileManager.default.contents(atPath: file) else {
        throw BoardFailure.unusable(BoardTexts.noFile(file)[language])
      }
      let register: RegisterFile
      do { register = try RegisterFile(data) } catch {
        throw BoardFailure.unusable("\(error.title[language]): \(error.detail[language])")
      }
      try await options.with { board in
        let rows = register.rows
        let progress = ProgressLine(total: rows.count)
        let outcome = try await board.importRows(
          rows, columns: register.columns, mode: dryRun ? .dryRun : keepGood ? .good : .whole, progress: progress.show)
        progress.finish()
        try options.show(outcome) { text(outcome, ignored: register.ignoredHeaders, language) }
        if !dryRun && outcome.committed.refused.rawValue > 0 && !outcome.committed.written {
          throw ExitCode(1)
        }
      }
    }

    private func text(
      _ outcome: Board.ImportOutcome, ignored: [String], _ language: Language
    ) -> String {
      var lines: [String] = []
      if !ignored.isEmpty { lines.append(BoardTexts.ignoredColumns(ignored)[language]) }
      for fault in outcome.faults {
        lines.append(
          BoardTexts.fault(fault.line.rawValue, fault.column.rawValue, fault.reason.rawValue)[language])
      }
      let result = outcome.committed
      lines.append(
        BoardTexts.imported(
          registered: result.registered.rawValue, changed: result.changed.rawValue,
          unchanged: result.unchanged.rawValue, refused: result.refused.rawValue, written: result.written,
          isDryRun: dryRun)[language])
      return lines.joined(separator: "\n")
    }
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutMemberList[BoardLanguage.current])
    }
    @Option(help: .text(BoardTexts.helpSearch)) var search: String?
    @Option(help: .text(BoardTexts.helpRole)) var role: MemberRole?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let search: SearchText? = try search.map { try checked($0, "--search") }
      try await options.with { board in
        let members = try await board.members(search: search, role: role)
        try options.show(members) {
          var table = Table(BoardTexts.memberHeadings[options.lang])
          for member in members {
            table.add([
              member.id.rawValue, member.name.rawValue, WordTexts.role(member.role)[options.lang],
              Kommun.name(member.kommun), "\(member.years.rawValue)",
              member.capacity.map { "\($0.rawValue)" } ?? "", member.email.rawValue,
            ])
          }
          return table.text + "\n" + BoardTexts.members(members.count)[options.lang]
        }
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutMemberShow[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        let member = try await board.member(member)
        try options.show(member) {
          let language = options.lang
          let names = BoardTexts.memberFields[language]
          let values = [
            member.id.rawValue, member.name.rawValue, member.email.rawValue,
            WordTexts.language(member.language)[language], Kommun.name(member.kommun),
            member.organisationNumber?.rawValue ?? "–", WordTexts.role(member.role)[language],
            member.capacity.map { "\($0.rawValue)" } ?? "–", "\(member.years.rawValue)",
            member.topics.elements.map { WordTexts.topic($0)[language] }.joined(separator: ", "),
            WordTexts.status(member.status)[language],
          ]
          return Table.fields(names, values)
        }
      }
    }
  }
}

extension Kommun {
  /// The name of a kommun, or its code where it is none.
  static func name(_ code: KommunCode) -> String { Kommun.with(code: code)?.name ?? code.rawValue }
}

/// One line on a terminal that says how far a long piece of work has come; nothing elsewhere.
struct ProgressLine {
  let total: Int
  private let isTerminal = isatty(2) == 1

  init(total: Int) { self.total = total }

  func show(_ done: Int) {
    guard isTerminal, total > 0 else { return }
    let width = 30
    let filled = done * width / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    FileHandle.standardError.write(Data("\r\(bar) \(done)/\(total)".utf8))
  }

  func finish() {
    if isTerminal && total > 0 { FileHandle.standardError.write(Data("\n".utf8)) }
  }
}
