import ArgumentParser
import Contracts
import Foundation
import Texts

struct AuditCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "audit", abstract: PersonalDataTexts.aboutAudit[BoardLanguage.current],
      subcommands: [Verify.self, List.self])
  }

  struct Verify: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PersonalDataTexts.aboutVerify[BoardLanguage.current])
    }
    @Option(help: .text(PersonalDataTexts.helpWitness)) var witness: String?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      let language = options.lang
      var known: [String: Board.Seal] = [:]
      if let witness, let data = FileManager.default.contents(atPath: witness) {
        guard let read = try? JSONDecoder().decode([String: Board.Seal].self, from: data) else {
          throw BoardFailure.unusable(PersonalDataTexts.badWitness(witness)[language])
        }
        known = read
      }
      try await options.with { board in
        var trails: [Board.Trail] = []
        for service in ServiceName.allCases {
          trails.append(try await board.verifyAudit(of: service, known: known[service.rawValue]))
        }
        try options.show(trails) {
          trails.map { PersonalDataTexts.trail($0.service, $0.entries, seal: $0.seal, broken: $0.broken)[language] }
            .joined(separator: "\n")
        }
        guard trails.allSatisfy({ $0.broken == nil }) else { throw ExitCode(1) }
        guard let witness else { return }
        let seals = Dictionary(
          uniqueKeysWithValues: trails.compactMap { trail in
            trail.seal.map { (trail.service.rawValue, Board.Seal(number: trail.entries, seal: $0)) }
          })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard FileManager.default.createFile(atPath: witness, contents: try encoder.encode(seals)) else {
          throw BoardFailure.unusable(MemberTexts.notWritten(witness)[language])
        }
      }
    }
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: PersonalDataTexts.aboutAuditList[BoardLanguage.current])
    }
    @Argument(help: .text(PersonalDataTexts.helpService)) var service: ServiceName
    @Option(help: .text(BoardTexts.helpMember)) var member: String?
    @OptionGroup var options: BoardOptions

    func run() async throws {
      try await options.with { board in
        let id = try await member.mapAsync(board.memberID)
        let entries = try await board.audit(of: service, subject: id)
        try options.show(entries) {
          var table = Table(PersonalDataTexts.auditHeadings[options.lang])
          for entry in entries {
            table.add([
              "\(entry.number.rawValue)", entry.at.text, entry.principal.rawValue, entry.message.rawValue,
              entry.subject?.rawValue ?? "", entry.outcome.rawValue,
            ])
          }
          return table.text
        }
      }
    }
  }
}

extension Optional {
  fileprivate func mapAsync<Value>(_ change: (Wrapped) async throws -> Value) async rethrows -> Value? {
    if let self { try await change(self) } else { nil }
  }
}

extension Board {
  /// A place in a trail, and the seal that stood there.
  struct Seal: Codable, Sendable {
    var number: Int
    var seal: String
  }

  /// What a service's trail came to.
  struct Trail: Encodable, Sendable {
    var service: ServiceName
    var entries: Int
    var seal: String?
    var broken: Int?
  }

  /// Checks the whole trail of a service, stretch by stretch.
  ///
  /// - Parameter known: a seal that was written down earlier, and has to stand where it stood.
  func verifyAudit(of service: ServiceName, known: Seal?) async throws -> Trail {
    var trail = Trail(service: service, entries: 0, seal: nil, broken: nil)
    var seal: HexText?
    while true {
      let page = try await connection.ask(VerifyAudit(after: Count(trail.entries), seal: seal), of: service)
      trail.entries = page.last.rawValue
      trail.broken = page.broken?.rawValue
      seal = page.seal
      if page.isAll || page.broken != nil { break }
    }
    trail.seal = seal?.rawValue
    if let known, trail.broken == nil {
      let entries = try await connection.ask(ListAudit(after: Count(known.number - 1)), of: service).entries.elements
      if entries.first?.number.rawValue != known.number || entries.first?.seal.rawValue != known.seal {
        trail.broken = known.number
      }
    }
    return trail
  }

  func audit(of service: ServiceName, subject: MemberID?) async throws -> [ListAudit.Item] {
    var entries: [ListAudit.Item] = []
    while true {
      let page = try await connection.ask(
        ListAudit(subject: subject.map { Attribute(unchecked: $0.rawValue) }, after: entries.last?.number ?? Count(0)),
        of: service)
      entries += page.entries.elements
      if page.entries.elements.count < Bounded<ListAudit.Item>.maximum { return entries }
    }
  }
}
