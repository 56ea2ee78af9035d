import Contracts
import Messaging
import Store

/// What a worker has counted since its process began: plain numbers, since only the worker touches them.
///
/// What a transaction counted stays counted where the disk undoes it.
struct WorkerCounts: Sendable {
  enum Outcome: Int, CaseIterable { case done, refused, failed }

  struct Requests: Sendable {
    var outcomes = [Int](repeating: 0, count: Outcome.allCases.count)
    var seconds = Histogram.work
  }

  struct Deliveries: Sendable {
    var sent = 0
    var resent = 0
    var settled: [Outbox.State: Int] = [:]
    var latency = Histogram.delivery
  }

  struct Work: Hashable, Sendable {
    let kind: String
    let isDone: Bool
  }

  /// By type.
  private(set) var requests: [String: Requests] = [:]
  private(set) var received: [DeliveryVerdict.Kind: Int] = [:]
  private(set) var to: [ServiceName: Deliveries] = [:]
  private(set) var work: [Work: Int] = [:]
  /// Deliveries that passed their time before they left.
  private(set) var expired = 0
  private(set) var commits = Histogram.work
  var failedBackups = 0
  /// How long the latest backup held up the worker.
  var backupSeconds = 0.0

  mutating func request(_ type: String, _ outcome: Outcome, _ time: Duration) {
    requests[type, default: Requests()].outcomes[outcome.rawValue] += 1
    requests[type]!.seconds.add(time.seconds)
  }

  mutating func receive(_ verdicts: [DeliveryVerdict]) {
    for verdict in verdicts { received[verdict.kind, default: 0] += 1 }
  }

  mutating func send(_ header: DeliveryHeader, to service: ServiceName) {
    to[service, default: Deliveries()].sent += header.sends.count
    to[service]!.resent += header.sends.count { $0 > 1 }
  }

  mutating func settle(
    _ item: DeliverySender.Item, _ state: Outbox.State, by service: ServiceName, at now: Timestamp
  ) {
    to[service, default: Deliveries()].settled[state, default: 0] += 1
    guard state == .effected, item.added > 0 else { return }
    to[service]!.latency.add(Double(max(0, now.milliseconds - item.added)) / 1000)
  }

  mutating func expire(_ count: Int) { expired += count }
  mutating func work(_ kind: String, isDone: Bool) { work[Work(kind: kind, isDone: isDone), default: 0] += 1 }
  mutating func commit(_ time: Duration) { commits.add(time.seconds) }
}
