import ArgumentParser
import Contracts
import Foundation
import Register
import Texts

extension MemberCommand {
  /// `Kolumn=text`, as often as there are columns to fill in.
  struct Cells: ParsableArguments {
    @Argument(help: .text(MemberTexts.helpCells)) var cells: [String] = []

    /// The row that they make, and the columns that are to be empty.
    func read() throws -> (row: ImportRow, clears: [RegisterColumn]) {
      let language = BoardLanguage.current
      var row = ImportRow(line: Number(unchecked: 1))
      var clears: [RegisterColumn] = []
      for text in cells {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let column = RegisterColumn(header: String(parts[0])) else {
          throw ValidationError(MemberTexts.badCell(text)[language])
        }
        let value = parts[1].trimmingCharacters(in: .whitespacesAndNewlines)
        if value.isEmpty {
          clears.append(column)
        } else {
          row[column] = try checked(value, column.header(language)) as Cell
        }
        if column == .note { complain(MemberTexts.sensitive[language]) }
      }
      return (row, clears)
    }
  }

  struct Add: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutAdd[BoardLanguage.current])
    }
    @OptionGroup var cells: Cells
    @Flag(help: .text(MemberTexts.helpAdmit)) var admit = false
    @OptionGroup var options: BoardOptions

    func run() async throws {
      var row = try cells.read().row
      if admit, row.status == nil { row.status = Cell(unchecked: MemberStatus.active.rawValue) }
      try await options.with { board in
        let reply = try await board.connection.command(RegisterMember(row: row))
        try options.show(reply) { MemberTexts.standing(reply)[options.lang] }
      }
    }
  }

  struct Change: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutChange[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @OptionGroup var cells: Cells
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let (row, clears) = try cells.read()
      try await options.with { board in
        let reply = try await board.connection.command(
          ChangeMember(member: try await board.memberID(member), row: row, clears: Bounded(clears)))
        try options.show(reply) { MemberTexts.standing(reply)[options.lang] }
      }
    }
  }

  // MARK: Steps

  struct Admit: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutStep(.admit)[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @Option(help: .text(MemberTexts.helpReason)) var reason: String?
    @OptionGroup var options: BoardOptions
    func run() async throws { try await MemberCommand.move(member, .admit, reason: reason, options) }
  }

  struct Decline: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutStep(.decline)[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @Option(help: .text(MemberTexts.helpReason)) var reason: String?
    @OptionGroup var options: BoardOptions
    func run() async throws { try await MemberCommand.move(member, .decline, reason: reason, options) }
  }

  struct Withdraw: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutStep(.withdraw)[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @OptionGroup var options: BoardOptions
    func run() async throws { try await MemberCommand.move(member, .withdraw, options) }
  }

  struct Pause: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutStep(.pause)[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @Option(help: .text(MemberTexts.helpUntil)) var until: String?
    @OptionGroup var options: BoardOptions
    func run() async throws {
      let until = try until.map { try day($0, "--until") }
      try await MemberCommand.move(member, .pause, until: until, options)
    }
  }

  struct Resume: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutStep(.resume)[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @OptionGroup var options: BoardOptions
    func run() async throws { try await MemberCommand.move(member, .resume, options) }
  }

  struct Leave: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutStep(.leave)[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @OptionGroup var options: BoardOptions
    func run() async throws { try await MemberCommand.move(member, .leave, options) }
  }

  static func move(
    _ member: String, _ step: MoveMember.Step, until: Day? = nil, reason: String? = nil, _ options: BoardOptions
  ) async throws {
    let reason: Note? = try reason.map { try checked($0, "--reason") }
    try await options.with { board in
      let reply = try await board.connection.command(
        MoveMember(member: try await board.memberID(member), step: step, until: until, reason: reason))
      try options.show(reply) { MemberTexts.standing(reply)[options.lang] }
    }
  }

  // MARK: Files and rules

  struct Export: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutExport[BoardLanguage.current])
    }
    @Argument(help: .text(MemberTexts.helpExportFile)) var file: String
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let language = options.lang
      try await options.with { board in
        let (rows, hidden) = try await board.exportedRows()
        let data = RegisterFile.written(rows, language)
        // Readable by the owner alone: it is the whole register.
        guard FileManager.default.createFile(atPath: file, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw BoardFailure.unusable(MemberTexts.notWritten(file)[language]) }
        try options.show(["rows": rows.count, "hidden": hidden]) {
          MemberTexts.exported(rows.count, hidden: hidden, file)[language]
        }
      }
    }
  }

  struct Columns: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutColumns[BoardLanguage.current])
    }
    @OptionGroup var options: BoardOptions
    func run() { print(RegisterFile.guide(options.lang)) }
  }

  struct Rules: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: MemberTexts.aboutRules[BoardLanguage.current])
    }
    @Option(help: .text(MemberTexts.helpAdeptYears)) var adeptYears: Int?
    @Option(help: .text(MemberTexts.helpRetention)) var retentionMonths: Int?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let years: Years? = try adeptYears.map { try checked($0, "--adept-years") }
      let months: RetentionMonths? = try retentionMonths.map { try checked($0, "--retention-months") }
      try await options.with { board in
        var reply = try await board.connection.ask(GetRegisterRules())
        if years != nil || months != nil {
          reply.rules.adeptYears = years ?? reply.rules.adeptYears
          reply.rules.retentionMonths = months ?? reply.rules.retentionMonths
          reply = try await board.connection.command(SetRegisterRules(rules: reply.rules))
        }
        try options.show(reply) { MemberTexts.rules(reply.rules)[options.lang] }
      }
    }
  }
}

/// A word to whoever types, beside the answer.
func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
