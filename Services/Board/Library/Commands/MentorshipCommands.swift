import ArgumentParser
import Contracts
import Foundation
import Texts

struct MentorshipCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "mentorship", abstract: BoardTexts.aboutMentorship[BoardLanguage.current],
      subcommands: [
        List.self, Show.self, Propose.self, Agree.self, Contact.self, Pause.self, Suspend.self, Resume.self, End.self,
        Undo.self,
      ])
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutMentorshipList[BoardLanguage.current])
    }
    @Option(help: .text(BoardTexts.helpState)) var state: MentorshipState?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        let mentorships = try await board.mentorships(state: state)
        if options.json { return try options.show(mentorships) { "" } }
        let names = try await board.names()
        var table = Table(BoardTexts.mentorshipHeadings[options.lang])
        for item in mentorships {
          table.add([
            item.mentorship.rawValue, names[item.mentor] ?? item.mentor.rawValue,
            names[item.adept] ?? item.adept.rawValue, WordTexts.mentorshipState(item.state)[options.lang],
            item.starts.text, item.ends.text, "\(item.contacts.rawValue)", item.latestContact?.text ?? "–",
            item.health.map { HealthTexts.word($0)[options.lang] } ?? "–",
          ])
        }
        print(table.text + "\n" + BoardTexts.mentorships(mentorships.count)[options.lang])
      }
    }
  }

  struct Agree: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutAgree[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentorship)) var mentorship: String
    @Option(name: .customLong("topic"), help: .text(BoardTexts.helpTopic)) var topics: [Topic] = []
    @Option(help: .text(BoardTexts.helpDirection)) var direction: String?
    @Option(help: .text(BoardTexts.helpEveryWeeks)) var everyWeeks = 4
    @Option(help: .text(BoardTexts.helpForm)) var form = ContactForm.video
    @Option(help: .text(FollowUpHelp.meetings)) var meetings: Int?
    @Flag(help: .text(FollowUpHelp.worksInJuly)) var worksInJuly = false
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = RecordAgreement(
        mentorship: try checked(mentorship, "MENTORSHIP"), topics: Bounded(topics),
        direction: try direction.map { try checked($0, "--direction") },
        everyWeeks: try checked(everyWeeks, "--every-weeks"), form: form,
        meetings: try meetings.map { try checked($0, "--meetings") }, restsInJuly: worksInJuly ? false : nil)
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { WordTexts.mentorshipState(reply.state)[options.lang] }
      }
    }
  }

  struct Contact: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutContact[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentorship)) var mentorship: String
    @Option(name: .customLong("day"), help: .text(BoardTexts.helpDay)) var dayText: String
    @Option(help: .text(BoardTexts.helpForm)) var form = ContactForm.video
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = RecordContact(
        mentorship: try checked(mentorship, "MENTORSHIP"), day: try day(dayText, "--day"), form: form)
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { WordTexts.mentorshipState(reply.state)[options.lang] }
      }
    }
  }

  struct End: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: BoardTexts.aboutEnd[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentorship)) var mentorship: String
    @Option(help: .text(BoardTexts.helpBy)) var by: EndMentorship.EndedBy
    @Option(help: .text(BoardTexts.helpEndReason)) var reason: String?
    @Flag(help: .text(FollowUpHelp.tellNow)) var tellNow = false
    @Flag(help: .text(FollowUpHelp.doNotMatchAgain)) var doNotMatchAgain = false
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = EndMentorship(
        mentorship: try checked(mentorship, "MENTORSHIP"), by: by,
        reason: try reason.map { try checked($0, "--reason") }, tellNow: tellNow ? true : nil,
        doNotMatchAgain: doNotMatchAgain ? true : nil)
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { WordTexts.mentorshipState(reply.state)[options.lang] }
      }
    }
  }

  struct Propose: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: FollowUpHelp.aboutPropose[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentorship)) var mentorship: String
    @Option(help: .text(FollowUpHelp.party)) var by: Party
    @Option(name: .customLong("topic"), help: .text(BoardTexts.helpTopic)) var topics: [Topic] = []
    @Option(help: .text(BoardTexts.helpDirection)) var direction: String?
    @Option(help: .text(BoardTexts.helpEveryWeeks)) var everyWeeks = 4
    @Option(help: .text(BoardTexts.helpForm)) var form = ContactForm.video
    @Option(help: .text(FollowUpHelp.meetings)) var meetings: Int?
    @Flag(help: .text(FollowUpHelp.worksInJuly)) var worksInJuly = false
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = ProposeAgreement(
        mentorship: try checked(mentorship, "MENTORSHIP"), by: by, topics: Bounded(topics),
        direction: try direction.map { try checked($0, "--direction") },
        everyWeeks: try checked(everyWeeks, "--every-weeks"), form: form,
        meetings: try meetings.map { try checked($0, "--meetings") }, restsInJuly: worksInJuly ? false : nil)
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { WordTexts.mentorshipState(reply.state)[options.lang] }
      }
    }
  }

  struct Pause: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: FollowUpHelp.aboutPause[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentorship)) var mentorship: String
    @Option(help: .text(FollowUpHelp.by)) var by: EndMentorship.EndedBy
    @Option(name: .customLong("until"), help: .text(FollowUpHelp.until)) var untilText: String
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = PauseMentorship(
        mentorship: try checked(mentorship, "MENTORSHIP"), by: by, until: try day(untilText, "--until"))
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { WordTexts.mentorshipState(reply.state)[options.lang] }
      }
    }
  }

  struct Suspend: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: FollowUpHelp.aboutSuspend[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentorship)) var mentorship: String
    @Option(help: .text(BoardTexts.helpEndReason)) var reason: String?
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = SuspendMentorship(
        mentorship: try checked(mentorship, "MENTORSHIP"), reason: try reason.map { try checked($0, "--reason") })
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { WordTexts.mentorshipState(reply.state)[options.lang] }
      }
    }
  }

  struct Resume: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: FollowUpHelp.aboutResume[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentorship)) var mentorship: String
    @Option(help: .text(FollowUpHelp.extendBy)) var extendBy: Int?
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = ResumeMentorship(
        mentorship: try checked(mentorship, "MENTORSHIP"),
        extendBy: try extendBy.map { try checked($0, "--extend-by") })
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { WordTexts.mentorshipState(reply.state)[options.lang] }
      }
    }
  }

  struct Undo: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: FollowUpHelp.aboutUndo[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentorship)) var mentorship: String
    @OptionGroup var repeatable: KeyOption
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let command = UndoEnding(mentorship: try checked(mentorship, "MENTORSHIP"))
      try await options.with { board in
        let reply = try await board.connection.command(command, key: repeatable.value)
        try options.show(reply) { FollowUpHelp.undoAsked[options.lang] }
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: FollowUpHelp.aboutShow[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMentorship)) var mentorship: String
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let query = GetMentorship(mentorship: try checked(mentorship, "MENTORSHIP"))
      try await options.with { board in
        let reply = try await board.connection.ask(query)
        if options.json { return try options.show(reply) { "" } }
        let names = try await board.names()
        print(Timeline(reply, names: names, options.lang).text)
      }
    }
  }
}
