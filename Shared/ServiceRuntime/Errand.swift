import Contracts
import Foundation
import Messaging

/// Work that reaches beyond the store and takes its time, such as handing a mail to a server: it is done beside the
/// worker, which never waits for it and answers all the while.
///
/// ```
/// due ─▶ prepare (a transaction) ─▶ perform (beside, at most `atOnce`) ─▶ settle (a transaction) ─▶ no longer due
/// ```
///
/// The row of due work stays until `settle` is committed. A process that ends in between finds it due again, and only
/// what `prepare` wrote tells that an attempt was made whose outcome nobody knows.
public struct Errand<Work: Sendable, Outcome: Sendable>: Sendable {
  public enum Preparation: Sendable {
    case perform(Work)
    /// There is nothing to do any more.
    case unneeded
    /// Not yet: due again then.
    case later(Timestamp)
  }

  /// So many are under way at a time.
  public var atOnce: Int
  /// From the beginning of one to the beginning of the next there is at least this.
  public var interval: Duration
  /// Does the work; a task that is cancelled, because the service ends, should come to an outcome soon.
  public var perform: @Sendable (Work) async -> Outcome

  public init(atOnce: Int, interval: Duration = .zero, perform: @escaping @Sendable (Work) async -> Outcome) {
    self.atOnce = atOnce
    self.interval = interval
    self.perform = perform
  }
}

/// What `settle` asks for besides what it wrote.
public enum AfterErrand: Sendable {
  case goOn
  /// Nothing of the kind is begun for a while, because what it is done with can't be used.
  case rest(Duration)
}

extension Handlers {
  /// Work of a kind that is done beside the worker: `prepare` and `settle` are handlers, each in its own transaction.
  public mutating func errand<Payload: Codable & Sendable, Work: Sendable, Outcome: Sendable>(
    _ kind: DueKind<Payload>, _ errand: Errand<Work, Outcome>,
    prepare: @escaping @Sendable (Payload, Context) throws -> Errand<Work, Outcome>.Preparation,
    settle: @escaping @Sendable (Payload, Outcome, Context) throws -> AfterErrand
  ) {
    errands[kind.name] = PreparedErrand(atOnce: errand.atOnce, interval: errand.interval) { data, context in
      let payload = try JSONDecoder().decode(Payload.self, from: data)
      switch try prepare(payload, context) {
      case .unneeded: return .unneeded
      case .later(let moment): return .later(moment)
      case .perform(let work):
        return .perform {
          let outcome = await errand.perform(work)
          return { try settle(payload, outcome, $0) }
        }
      }
    }
  }
}

/// An errand whose types only its handlers know.
struct PreparedErrand: Sendable {
  typealias Settling = @Sendable (Context) throws -> AfterErrand

  enum Preparation: Sendable {
    case perform(@Sendable () async -> Settling)
    case unneeded
    case later(Timestamp)
  }

  let atOnce: Int
  let interval: Duration
  let prepare: @Sendable (Data, Context) throws -> Preparation
}
