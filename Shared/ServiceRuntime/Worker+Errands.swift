import Contracts
import Foundation
import GRDB
import Messaging
import Store

extension Worker {
  /// An errand that has been performed, and is to be settled.
  struct Performed: Sendable {
    let item: DueWork.Item
    let settling: PreparedErrand.Settling
  }

  /// What the worker knows of the errands that are under way.
  struct Errands {
    /// The kinds of those under way, by the number of their due work.
    private(set) var underWay: [Int64: String] = [:]
    private var restsUntil: [String: Duration] = [:]
    private var unheard: Set<String> = []
    private var listensUntil = Duration.zero
    var isEnding = false

    /// What was planned before the process began may have been taken back meanwhile: nothing is begun until all who can do
    /// so have said what they have to say, or have not been heard of by a moment.
    mutating func listen(to senders: [ServiceName], until moment: Duration) {
      unheard = Set(senders.map(\.rawValue))
      listensUntil = moment
    }

    /// A sender has nothing more to say.
    mutating func hear(_ sender: String) { unheard.remove(sender) }

    private func listens(at now: Duration) -> Bool { !unheard.isEmpty && now < listensUntil }

    mutating func begin(_ item: DueWork.Item, _ errand: PreparedErrand, now: Duration) {
      underWay[item.number] = item.kind
      if errand.interval > .zero { rest(item.kind, until: now + errand.interval) }
    }

    /// What was settled was undone with its transaction.
    mutating func keep(_ item: DueWork.Item) { underWay[item.number] = item.kind }

    mutating func end(_ number: Int64) { underWay[number] = nil }

    mutating func rest(_ kind: String, until moment: Duration) {
      restsUntil[kind] = max(moment, restsUntil[kind] ?? moment)
    }

    /// Whether one more of the kind may be begun.
    func admits(_ kind: String, _ errand: PreparedErrand, now: Duration) -> Bool {
      !isEnding && !listens(at: now) && underWay.values.count { $0 == kind } < errand.atOnce
        && (restsUntil[kind] ?? now) <= now
    }

    /// When the first kind that rests, or all while it is listened, may go on.
    func wakes(after now: Duration) -> Duration? {
      (restsUntil.values + (unheard.isEmpty ? [] : [listensUntil])).filter { $0 > now }.min()
    }
  }

  /// The kinds of which nothing is begun just now.
  func closedKinds(now: Duration) -> [String] {
    definition.handlers.errands.filter { !errands.admits($0.key, $0.value, now: now) }.map(\.key)
  }

  /// Prepares an errand within the transaction; it is begun once that is committed.
  func prepare(
    _ item: DueWork.Item, _ errand: PreparedErrand, _ context: Context, _ departures: inout Departures
  ) throws {
    switch try errand.prepare(item.payload, context) {
    case .unneeded: try dueWork.finish(context.db, item)
    case .later(let moment):
      try dueWork.plan(
        context.db, kind: item.kind, key: item.key, due: moment, payload: item.payload,
        traceparent: item.traceparent)
    case .perform(let work):
      departures.errands.append((item, work))
      errands.begin(item, errand, now: clock.monotonic())
    }
  }

  /// Settles what was performed. Where that fails the work is due again, and its outcome not known.
  func settle(_ performed: Performed, _ db: Database) throws {
    let item = performed.item
    let now = clock.monotonic()
    errands.end(item.number)
    knowsNextDue = false
    let context = context(
      db, now: calendar, principal: Principal(id: definition.name.rawValue, role: .service), language: .sv,
      causation: "\(item.kind)/\(item.key)", traceparent: item.traceparent)
    do {
      try db.savepoint {
        // First, so that it may be planned anew.
        try dueWork.finish(db, item)
        if case .rest(let pause) = try performed.settling(context) { errands.rest(item.kind, until: now + pause) }
        return .commit
      }
      counts.work(item.kind, isDone: true)
      note("work was done", item.traceparent, ["kind": "\(item.kind)", "key": "\(item.key)"])
    } catch let error as DatabaseError where error.isOfTheFile {
      throw error
    } catch {
      try hold(item, error, db)
    }
  }
}
