import ArgumentParser
import Contracts
import Foundation
import Messaging
import Texts

extension MemberCommand {
  /// What every service holds of somebody, for them to read.
  struct PersonalData: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(commandName: "data", abstract: PersonalDataTexts.aboutData[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        let id = try await board.memberID(member)
        let held = try await board.personalData(of: id)
        try options.show(held.json) { held.page(of: id, on: Day(of: .wallClock()), options.lang) }
        if !held.outOfReach.isEmpty {
          complain(PersonalDataTexts.incomplete(held.outOfReach)[options.lang])
          throw ExitCode(3)
        }
      }
    }
  }

  struct Erase: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PersonalDataTexts.aboutErase[BoardLanguage.current])
    }
    @Argument(help: .text(BoardTexts.helpMember)) var member: String
    @Flag(help: .text(PersonalDataTexts.helpYes)) var yes = false
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let language = options.lang
      try await options.with { board in
        let id = try await board.memberID(member)
        if !yes, isatty(0) == 1 {
          print(PersonalDataTexts.question(id)[language], terminator: " ")
          guard readLine()?.trimmingCharacters(in: .whitespaces) == id.rawValue else {
            throw BoardFailure.unusable(PersonalDataTexts.notErased[language])
          }
        }
        let receipt = try await board.erase(id, waiting: .seconds(max(1, options.timeout)))
        try options.show(receipt) { PersonalDataTexts.receipt(receipt)[language] }
      }
    }
  }
}

extension Board {
  /// All that is held of somebody, by service.
  public struct HeldData: Sendable {
    public var entries: [(service: ServiceName, table: Code, json: JSONValue)] = []
    public var outOfReach: [ServiceName] = []

    /// A list for each service, of objects with a field for each column.
    public var json: JSONValue {
      var services: [String: JSONValue] = [:]
      for service in ServiceName.allCases where !outOfReach.contains(service) {
        let own = entries.filter { $0.service == service }
        services[service.rawValue] = .array(own.map { ["table": .string($0.table.rawValue), "row": $0.json] })
      }
      return .object(services)
    }

    /// The same as a page for the person to read, by service, with the day on which it was made.
    public func page(of member: MemberID, on day: Day, _ language: Language) -> String {
      var lines = [HeldDataTexts.title(name ?? member.rawValue, member, day)[language], ""]
      for service in ServiceName.allCases where !outOfReach.contains(service) {
        lines += [PersonalDataTexts.heading(service)[language], ""]
        let own = entries.filter { $0.service == service }
        if own.isEmpty { lines += [PersonalDataTexts.nothing[language], ""] }
        var latest: Code?
        for entry in own {
          if entry.table != latest {
            lines.append(HeldDataTexts.table(entry.table.rawValue)?[language] ?? entry.table.rawValue)
          }
          latest = entry.table
          lines += [HeldRow(json: entry.json, member: member, language: language).text, ""]
        }
      }
      return (lines + [HeldDataTexts.notShown[language]]).joined(separator: "\n")
    }

    /// As the register has it; nil where it holds nothing of them.
    private var name: String? {
      entries.lazy.compactMap { entry -> String? in
        guard entry.table.rawValue == "member", case .string(let name)? = entry.json["name"] else { return nil }
        return name
      }.first
    }
  }

  /// Asks all services; one that is out of reach is named.
  public func personalData(of member: MemberID) async throws -> HeldData {
    var held = HeldData()
    for service in ServiceName.allCases {
      do {
        var count = 0
        while true {
          let page = try await connection.ask(GetPersonalData(member: member, after: Count(count)), of: service)
          for entry in page.entries.elements {
            let json = try? JSONDecoder().decode(JSONValue.self, from: Data(entry.json.rawValue.utf8))
            held.entries.append((service, entry.table, json ?? .string(entry.json.rawValue)))
          }
          count += page.entries.elements.count
          if page.entries.elements.isEmpty || count >= page.total.rawValue { break }
        }
      } catch BoardFailure.outOfReach, BoardFailure.unknown {
        held.outOfReach.append(service)
      }
    }
    return held
  }

  /// Erases somebody and waits a while for all services to answer.
  ///
  /// - Returns: the receipt; where some are still awaited the erasure goes on without anybody waiting.
  public func erase(_ member: MemberID, waiting: Duration) async throws -> GetErasure.Reply {
    var receipt = try await connection.command(EraseMember(member: member))
    let deadline = ContinuousClock.now + waiting
    while !receipt.awaited.elements.isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(50))
      receipt = try await connection.ask(GetErasure(member: member))
    }
    return receipt
  }
}
