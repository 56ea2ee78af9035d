import Contracts
import Foundation
import GRDB
import MembershipService
import Messaging
import ServiceRuntime
import Store

/// A service on the real runtime, with its real settings, whose handlers do next to nothing: what is left is the
/// cost of the spine. The environment's `BENCH_AS` says whose name and messages it uses, `membership` or `matching`; `register` is the
/// real membership service.
@main struct Main {
  static func main() async throws {
    let arguments = CommandLine.arguments
    if arguments.count == 4, arguments[1] == "counts", let count = Int(arguments[3]) {
      return try await Counts.run(arguments[2], count)
    }
    let trace = ProcessInfo.processInfo.environment["BENCH_TRACE"].map { Trace(path: $0) }
    switch ProcessInfo.processInfo.environment["BENCH_AS"] {
    case "register": await ServiceHost.main { try Membership.service($0) }
    case "matching": await ServiceHost.main { _ in receiver(trace) }
    default: await ServiceHost.main { _ in sender(trace) }
    }
    trace?.write()
  }

  /// Answers queries with 512 bytes or as many as they search for, does a command that writes one row, and emits
  /// deliveries.
  static func sender(_ trace: Trace?) -> ServiceDefinition {
    var handlers = Handlers()
    handlers.query(ListMembers.self) { query, _ in
      query.search.flatMap { Int($0.rawValue) }.map(Main.page(ofBytes:)) ?? page
    }
    handlers.command(MoveMember.self) { command, context in
      try context.db.cachedStatement(sql: "INSERT INTO effect (key) VALUES (?)")
        .execute(arguments: [command.member.rawValue])
      return MemberStandingReply(member: command.member, status: .declined)
    }
    // So many deliveries as there are parts, each of a key of its own.
    handlers.command(CommitImport.self) { command, context in
      for number in 0..<command.parts.rawValue {
        let member = "\(command.importId.rawValue)-\(number)"
        try context.emit(MemberRegistered(profile: profile(member)), key: member)
        trace?.note(member, in: context.db)
      }
      return CommitImport.Reply(
        importId: command.importId, written: true, registered: Count(command.parts.rawValue), changed: Count(0),
        unchanged: Count(0), refused: Count(0))
    }
    // Whether deliveries wait: 1 where some do.
    handlers.query(GetImportReport.self) { _, context in
      let waits = try Bool.fetchOne(
        context.db.cachedStatement(
          sql: "SELECT EXISTS (SELECT 1 FROM outbox WHERE destination = 'matching' AND state = 0)"))
      return GetImportReport.Reply(faults: Bounded([]), total: Count(waits == true ? 1 : 0))
    }
    return ServiceDefinition(name: .membership, migrations: [effects], handlers: handlers)
  }

  /// Takes deliveries: one row for each.
  static func receiver(_ trace: Trace?) -> ServiceDefinition {
    var handlers = Handlers()
    handlers.delivery(MemberRegistered.self) { message, context in
      try context.db.cachedStatement(sql: "INSERT INTO effect (key) VALUES (?)")
        .execute(arguments: [message.profile.member.rawValue])
      trace?.note(message.profile.member.rawValue, in: context.db)
      return .done
    }
    return ServiceDefinition(name: .matching, migrations: [effects], handlers: handlers)
  }

  private static let effects = Store.Migration(
    "bench-1", sql: "CREATE TABLE effect (number INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT")

  /// An empty page, filled up so that the reply's envelope has 512 bytes.
  private static let page: ListMembers.Reply = {
    func reply(_ padding: Int) -> ListMembers.Reply {
      ListMembers.Reply(members: Bounded([]), next: PageToken(unchecked: String(repeating: "x", count: padding)))
    }
    var envelope = Envelope(id: Envelope.newID(), source: "membership", time: .wallClock(), message: reply(0))
    envelope.correlationid = Envelope.newID()
    envelope.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    let bytes = try! EnvelopeCoder(types: MessageCatalogue.types).encode(envelope)
    return reply(512 - bytes.count)
  }()

  /// As many members as fit.
  private static func page(ofBytes bytes: Int) -> ListMembers.Reply {
    ListMembers.Reply(members: Bounded(members.prefix((bytes - 300) / memberBytes)), next: nil)
  }

  private static let members = (0..<100).map { number in
    MemberSummary(
      id: MemberID(unchecked: "m-\(1000 + number)"), name: .example, email: .example, language: .sv, kommun: .example,
      organisationNumber: nil, role: .mentor, capacity: .example, years: .example,
      topics: Bounded([.network, .pricing]),
      status: .active)
  }
  /// With the comma that follows.
  private static let memberBytes = try! EnvelopeCoder.encoder.encode(members[0]).count + 1

  static func profile(_ member: String) -> Profile {
    Profile(
      member: MemberID(rawValue: member)!, kommun: .example, organisationNumber: .example, role: .mentor,
      capacity: nil, years: .example, topics: Bounded([]), status: .active)
  }
}
