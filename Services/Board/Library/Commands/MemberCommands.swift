import ArgumentParser
import Contracts
import Foundation
import Register
import Texts

struct MemberCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "member", abstract: BoardTexts.aboutMember[BoardLanguage.current],
      subcommands: [
        List.self, Show.self, Add.self, Change.self, Admit.self, Decline.self, Withdraw.self, Pause.self, Resume.self,
        Leave.self, Import.self, Export.self, Columns.self, Rules.self,
        PersonalData.self, Erase.self,
      ])
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
        let progress = ProgressLine(total: rows.count, language)
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
      lines += outcome.account.map { MemberTexts.account($0)[language] }
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
    @Option(help: .text(BoardTexts.helpRole)) var role: String?
    @Option(help: .text(MemberTexts.helpStatus)) var status: String?
    @Option(help: .text(MemberTexts.helpTopic)) var topic: String?
    @Option(help: .text(MemberTexts.helpArea)) var area: String?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let search: SearchText? = try search.map { try checked($0, "--search") }
      let role = try role.map { try word($0, "--role", .role, MemberRole.init(written:)) }
      let status = try status.map { try word($0, "--status", .status, MemberStatus.init(written:)) }
      let topic = try topic.map { try word($0, "--topic", .topics, Topic.init(written:)) }
      let area = try area.map { try word($0, "--area", .worksIn, Area.init(written:)) }
      try await options.with { board in
        let members = try await board.members(search: search, role: role, status: status, topic: topic, area: area)
        try options.show(members) {
          var table = Table(BoardTexts.memberHeadings[options.lang])
          for member in members {
            table.add([
              member.id.rawValue, member.name.rawValue, WordTexts.role(member.role)[options.lang],
              WordTexts.status(member.status)[options.lang], member.kommunShown(options.lang),
              "\(member.years.rawValue)", member.capacity.map { "\($0.rawValue)" } ?? "",
              member.emailShown(options.lang),
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
        let reply = try await board.member(member)
        try options.show(reply) {
          let language = options.lang
          let id = (Phrase(sv: "Id", en: "Id")[language], reply.member.id.rawValue)
          let fields = RegisterColumn.allCases.compactMap { column in
            reply.row?[column].map { (column.header(language), $0.rawValue) }
          }
          return Table.fields(([id] + fields).map(\.0), ([id] + fields).map(\.1))
            + (reply.member.isProtected == true ? "\n" + MemberTexts.isProtected[language] : "")
            + (reply.addressFails.map { "\n" + MemberTexts.addressFails($0)[language] } ?? "")
        }
      }
    }
  }
}

extension MemberSummary {
  /// The home kommun, or that it is not for the caller to see.
  func kommunShown(_ language: Language) -> String {
    kommun == MemberSummary.protectedKommun ? MemberTexts.hidden[language] : Kommun.name(kommun)
  }

  func emailShown(_ language: Language) -> String {
    email == MemberSummary.protectedEmail ? MemberTexts.hidden[language] : email.rawValue
  }
}

/// A word that a person has typed for one of a contract's.
func word<Value>(
  _ text: String, _ name: String, _ column: RegisterColumn, _ read: (String) -> Value?
) throws -> Value {
  guard let value = read(text) else {
    let language = BoardLanguage.current
    throw ValidationError(BoardTexts.badArgument(name, text, column.accepts[language])[language])
  }
  return value
}

extension Kommun {
  /// The name of a kommun, or its code where it is none.
  static func name(_ code: KommunCode) -> String { Kommun.with(code: code)?.name ?? code.rawValue }
}

/// One line on a terminal that says how far a long piece of work has come; nothing elsewhere.
struct ProgressLine {
  let total: Int
  private let language: Language
  private let isTerminal = isatty(2) == 1

  init(total: Int, _ language: Language) {
    self.total = total
    self.language = language
  }

  func show(_ stage: Board.ImportStage, _ done: Int) {
    guard isTerminal, total > 0 else { return }
    let width = 30
    let filled = done * width / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let word =
      switch stage {
      case .uploading: BoardTexts.uploading
      case .checking: BoardTexts.checking
      case .writing: BoardTexts.writing
      }
    FileHandle.standardError.write(Data("\r\(bar) \(done)/\(total) \(word[language])\u{1B}[K".utf8))
  }

  func finish() {
    if isTerminal && total > 0 { FileHandle.standardError.write(Data("\n".utf8)) }
  }
}
