import ArgumentParser
import Contracts
import Foundation
import Texts

struct TaskCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "task", abstract: FollowUpHelp.aboutTask[BoardLanguage.current],
      subcommands: [List.self, Take.self, Close.self])
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: FollowUpHelp.aboutTaskList[BoardLanguage.current])
    }
    @Flag(help: .text(FollowUpHelp.all)) var all = false
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        let tasks = try await board.tasks(includeClosed: all)
        if options.json { return try options.show(tasks) { "" } }
        let names = try await board.names()
        let language = options.lang
        func name(_ member: MemberID?) -> String { member.map { names[$0] ?? $0.rawValue } ?? "" }
        var lines: [String] = []
        for task in tasks {
          let about = task.about ?? task.adept
          let other = task.mentor == about ? task.adept : task.mentor
          let mark = task.closed != nil ? "✓" : task.isEscalated ? "!" : " "
          lines.append(
            "\(mark) \(task.due.text)  \(BoardTaskTexts.what(task.kind, name(about), name(other))[language])")
          let whose = BoardTaskTexts.owner(task.owner.rawValue, task.opened)[language]
          lines.append("    \(BoardTaskTexts.toDo(task.kind)[language]) \(whose)")
          lines.append("    \(BoardTaskTexts.command(task.kind, task.task, task.mentorship, task.outcome))")
        }
        lines.append(BoardTaskTexts.count(tasks.count { $0.closed == nil })[language])
        print(lines.joined(separator: "\n"))
      }
    }
  }

  struct Take: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: FollowUpHelp.aboutTaskTake[BoardLanguage.current])
    }
    @Argument(help: .text(FollowUpHelp.task)) var task: String
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = TakeBoardTask(task: try checked(task, "TASK"))
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { BoardTaskTexts.taken(reply.task)[options.lang] }
      }
    }
  }

  struct Close: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: FollowUpHelp.aboutTaskClose[BoardLanguage.current])
    }
    @Argument(help: .text(FollowUpHelp.task)) var task: String
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = CloseBoardTask(task: try checked(task, "TASK"))
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { BoardTaskTexts.done(reply.task)[options.lang] }
      }
    }
  }
}
