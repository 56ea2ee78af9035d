import Contracts
import Foundation
import GRDB
import Messaging
import Store

/// What became of a delivery.
public enum DeliveryOutcome: Sendable {
  case done
  /// Not now, for instance because something that it needs has not arrived yet. Its effects are undone,
  /// and later messages of its key wait.
  case retryAfter(Duration, reason: String)
  /// Never: kept as a dead letter for a person to look at.
  case reject(reason: String)
}

/// What a service does with each message that it takes. Handlers run one at a time, inside a transaction:
/// read, decide, write. They throw a `Refusal` to refuse a request; nothing of theirs is then written.
public struct Handlers: Sendable {
  typealias RequestHandler = @Sendable (any Message, Context) throws -> any Message
  typealias DeliveryHandler = @Sendable (any Message, Context) throws -> DeliveryOutcome
  typealias DueHandler = @Sendable (Data, Context) throws -> Void

  var requests: [String: RequestHandler] = [:]
  var deliveries: [String: DeliveryHandler] = [:]
  var due: [String: DueHandler] = [:]
  var errands: [String: PreparedErrand] = [:]
  /// What the service holds of people; nil where it holds nothing.
  public internal(set) var personal: PersonalData?
  /// How many erasures somebody has not answered yet; zero where the service asks for none.
  public var unfinishedErasures: @Sendable (Database) throws -> Int = { _ in 0 }
  var metrics: [(metric: Metric, read: @Sendable (Database) throws -> [MetricSample])] = []
  /// The kind of work that a restored service has to do first.
  static let tellAgain = "tell-again"

  public init() {}

  public mutating func command<C: Command>(
    _: C.Type, _ handler: @escaping @Sendable (C, Context) throws -> C.Reply
  ) {
    requests[C.type] = { try handler($0 as! C, $1) }
  }

  public mutating func query<Q: Query>(
    _: Q.Type, _ handler: @escaping @Sendable (Q, Context) throws -> Q.Reply
  ) {
    requests[Q.type] = { try handler($0 as! Q, $1) }
  }

  /// A query that tells of people, whose answer is noted in the audit trail.
  ///
  /// - Parameter people: whom alone it asks about; none where it lists or counts.
  public mutating func notedQuery<Q: Query>(
    _: Q.Type, of people: @escaping @Sendable (Q) -> [MemberID] = { _ in [] },
    _ handler: @escaping @Sendable (Q, Context) throws -> Q.Reply
  ) {
    query(Q.self) { query, context in
      let reply = try handler(query, context)
      let subjects: [String?] = people(query).map(\.rawValue)
      for subject in subjects.isEmpty ? [nil] : subjects { try context.noteRead(Q.type, of: subject) }
      return reply
    }
  }

  public mutating func delivery<M: Contract>(
    _: M.Type, _ handler: @escaping @Sendable (M, Context) throws -> DeliveryOutcome
  ) {
    deliveries[M.type] = { try handler($0 as! M, $1) }
  }

  public mutating func due<Payload: Codable & Sendable>(
    _ kind: DueKind<Payload>, _ handler: @escaping @Sendable (Payload, Context) throws -> Void
  ) {
    due[kind.name] = { try handler(try JSONDecoder().decode(Payload.self, from: $0), $1) }
  }
}

extension Handlers {
  /// What a service does first when its store was restored from a backup: tells the others again what it holds,
  /// since they may have heard of what it has lost.
  public mutating func restored(_ handler: @escaping @Sendable (Context) throws -> Void) {
    due[Handlers.tellAgain] = { try handler($1) }
  }
}

extension Handlers {
  /// What the service measures of its own: read from the store whenever it is asked for, so quick.
  public mutating func metric(
    _ metric: Metric, _ read: @escaping @Sendable (Database) throws -> [MetricSample]
  ) {
    metrics.append((metric, read))
  }
}

/// All that a service is: its name, its schema, its handlers. `ServiceHost` runs it.
public struct ServiceDefinition: Sendable {
  public let name: ServiceName
  public let migrations: [Store.Migration]
  public let handlers: Handlers
  /// What the operator should know at each start.
  public let notices: [String]

  public init(name: ServiceName, migrations: [Store.Migration], handlers: Handlers, notices: [String] = []) {
    self.name = name
    self.migrations = migrations
    self.handlers = handlers
    self.notices = notices
  }
}
