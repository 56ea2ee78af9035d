import Contracts
import Foundation
import GRDB
import Messaging
import Store

extension Worker {
  /// All metrics as text in Prometheus' format, answered by the worker itself, so that a stuck one falls silent.
  public func metrics() throws -> String { try store.database.read { db in try metrics(db) } }

  func metrics(_ db: Database) throws -> String {
    var text = Exposition(service: definition.name.rawValue)
    addRequests(to: &text)
    try addDeliveries(db, to: &text)
    try addWork(db, to: &text)
    addStore(to: &text)
    for (metric, read) in definition.handlers.metrics { text.add(metric, try read(db)) }
    text.add(.started, Double(startedAt.milliseconds) / 1000)
    text.add(.memory, Worker.residentBytes())
    return text.text
  }

  private func addRequests(to text: inout Exposition) {
    let requests = counts.requests.sorted { $0.key < $1.key }
    text.add(
      .requests,
      requests.flatMap { type, counted in
        zip(WorkerCounts.Outcome.allCases, counted.outcomes).filter { $0.1 > 0 }
          .map { MetricSample(Double($1), ["type": type, "outcome": "\($0)"]) }
      })
    text.addHistograms(.requestSeconds, requests.map { ([MetricLabel("type", $0.key)], $0.value.seconds) })
    text.addHistograms(.commitSeconds, [([], counts.commits)])
    text.add(.framesRejected, countOfRejectedFrames)
  }

  private func addDeliveries(_ db: Database, to text: inout Exposition) throws {
    text.add(
      .received,
      DeliveryVerdict.Kind.allCases.compactMap { kind in
        counts.received[kind].map { MetricSample(Double($0), ["verdict": kind.rawValue]) }
      })
    let receivers = senders.keys.sorted { $0.rawValue < $1.rawValue }
    func each(_ value: (ServiceName) -> Double) -> [MetricSample] {
      receivers.map { MetricSample(value($0), ["to": $0.rawValue]) }
    }
    text.add(.sent, each { Double(counts.to[$0]?.sent ?? 0) })
    text.add(.resent, each { Double(counts.to[$0]?.resent ?? 0) })
    text.add(
      .settled,
      receivers.flatMap { receiver in
        Outbox.State.allCases.compactMap { state in
          counts.to[receiver]?.settled[state].map {
            MetricSample(Double($0), ["to": receiver.rawValue, "state": "\(state)"])
          }
        }
      })
    text.add(.expired, counts.expired)
    text.addHistograms(
      .latency,
      receivers.map { ([MetricLabel("to", $0.rawValue)], counts.to[$0]?.latency ?? Histogram.delivery) })
    let waiting = try receivers.map { (receiver: $0, rows: try outbox.waiting(db, destination: $0.rawValue)) }
    text.add(
      .outboxRows,
      waiting.flatMap { receiver, rows in
        [("pending", rows.pending), ("parked", rows.parked), ("dead", rows.dead)].map {
          MetricSample(Double($1), ["to": receiver.rawValue, "state": $0])
        }
      })
    let now = clock.wall()
    text.add(
      .outboxOldest,
      waiting.map { receiver, rows in
        MetricSample(rows.oldest.map { seconds(since: $0, now) } ?? 0, ["to": receiver.rawValue])
      })
    text.add(.outboxBytes, try outbox.size(db))
    text.add(.reachable, each { senders[$0]?.isReady == true ? 1 : 0 })
    text.add(.deadLetters, try DeadLetter.count(db))
  }

  private func addWork(_ db: Database, to text: inout Exposition) throws {
    text.add(
      .work,
      counts.work.sorted { ($0.key.kind, $0.key.isDone ? 0 : 1) < ($1.key.kind, $1.key.isDone ? 0 : 1) }.map {
        MetricSample(Double($0.value), ["kind": $0.key.kind, "outcome": $0.key.isDone ? "done" : "failed"])
      })
    let work = try dueWork.counts(db, now: calendar)
    text.add(
      .dueWork,
      [("due", work.due), ("planned", work.planned), ("failing", work.failing)]
        .map { MetricSample(Double($1), ["state": $0]) })
    text.add(.calendarSuspect, isCalendarSuspect ? 1 : 0)
  }

  private func addStore(to text: inout Exposition) {
    text.add(
      .storeBytes,
      [("store", ""), ("wal", "-wal")].map { MetricSample(Double(fileSize(store.path + $1)), ["file": $0]) })
    if let free = freeBytes { text.add(.diskFree, Double(free)) }
    text.add(.diskFull, isFull ? 1 : 0)
    guard let backups else { return }
    let all = backups.all
    text.add(.backups, all.count)
    text.add(.backupMade, all.last.map { Double($0.made.milliseconds) / 1000 } ?? 0)
    text.add(.backupsFailed, counts.failedBackups)
    text.add(.backupSeconds, counts.backupSeconds)
  }

  private func seconds(since moment: Timestamp, _ now: Timestamp) -> Double {
    Double(max(0, now.milliseconds - moment.milliseconds)) / 1000
  }

  private func fileSize(_ path: String) -> Int {
    var info = stat()
    return stat(path, &info) == 0 ? Int(info.st_size) : 0
  }

  /// Room for this user on the disk of the store, in bytes.
  var freeBytes: Int? {
    var info = statvfs()
    guard statvfs((store.path as NSString).deletingLastPathComponent, &info) == 0 else { return nil }
    return Int(info.f_bavail) * Int(info.f_frsize)
  }

  private static func residentBytes() -> Int {
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").dropFirst()
      .first.flatMap { Int($0) }
    return (pages ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
