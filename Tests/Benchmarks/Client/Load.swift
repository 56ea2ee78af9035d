import Contracts
import Foundation
import Messaging

/// What a run came to; times in microseconds.
struct Report: Codable {
  var count: Int
  var seconds: Double
  var perSecond: Double
  var p50: Double?
  var p99: Double?
}

/// Sends requests as a client of the product does, decodes each reply, and measures.
struct Load: Sendable {
  let client: RequestClient

  /// - Parameter inFlight: so many at a time, each by a task of its own that asks again once it was answered.
  func run(_ count: Int, inFlight: Int, _ ask: @escaping @Sendable (Load) async throws -> Void) async throws -> Report {
    for _ in 0..<200 { try await ask(self) }
    let start = ContinuousClock.now
    let times = try await withThrowingTaskGroup(of: [Double].self) { group in
      for _ in 0..<inFlight {
        group.addTask {
          var times: [Double] = []
          for _ in 0..<(count / inFlight) {
            let asked = ContinuousClock.now
            try await ask(self)
            times.append((ContinuousClock.now - asked).microseconds)
          }
          return times
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    return report(times.count, since: start, times)
  }

  /// Puts deliveries into the outbox, `parts` in each command's transaction, and waits until all are acknowledged.
  func deliver(_ count: Int, parts: Int) async throws -> Report {
    let start = ContinuousClock.now
    _ = try await fill(count, parts: parts)
    while try await isWaiting() { try await Task.sleep(for: .milliseconds(2)) }
    return report(count, since: start, [])
  }

  /// The same, without waiting for acknowledgements.
  func fill(_ count: Int, parts: Int) async throws -> Report {
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, first) in stride(from: 0, to: count, by: parts).enumerated() {
        if number >= 2 { try await group.next() }
        group.addTask { try await emit(min(parts, count - first)) }
      }
      try await group.waitForAll()
    }
    return report(count, since: start, [])
  }

  /// Waits until all that was filled in is acknowledged.
  func drain(_ count: Int) async throws -> Report {
    let start = ContinuousClock.now
    while try await isWaiting() { try await Task.sleep(for: .milliseconds(2)) }
    return report(count, since: start, [])
  }

  /// One delivery at a time, so many a second; the services' traces say when each was where.
  func paced(_ count: Int, perSecond: Int) async throws -> Report {
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count {
        try await Task.sleep(until: start + .microseconds(number * 1_000_000 / perSecond), clock: .continuous)
        group.addTask { try await emit(1) }
      }
      try await group.waitForAll()
    }
    while try await isWaiting() { try await Task.sleep(for: .milliseconds(2)) }
    return report(count, since: start, [])
  }

  func report(_ count: Int, since start: ContinuousClock.Instant, _ times: [Double]) -> Report {
    let seconds = (ContinuousClock.now - start).microseconds / 1e6
    let sorted = times.sorted()
    func percentile(_ share: Double) -> Double? {
      sorted.isEmpty ? nil : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
    return Report(
      count: count, seconds: seconds, perSecond: Double(count) / seconds, p50: percentile(0.5), p99: percentile(0.99))
  }

  // MARK: Requests; the first two have envelopes of 512 bytes

  /// - Parameter bytes: how long the reply is to be; that of 512 needs no words.
  func query(bytes: Int = 512) async throws {
    let query = bytes == 512 ? page : ListMembers(search: SearchText(unchecked: "\(bytes)"))
    _ = try await send(query, as: ListMembers.Reply.self)
  }

  /// Fills its envelope up to 512 bytes.
  let page: ListMembers = {
    let empty = Load.envelope(ListMembers(after: PageToken(unchecked: "")))
    let bytes = try! EnvelopeCoder(types: MessageCatalogue.types).encode(empty)
    return ListMembers(after: PageToken(unchecked: String(repeating: "x", count: 512 - bytes.count)))
  }()

  func command() async throws {
    _ = try await send(step, key: UUID().uuidString, as: MemberStandingReply.self)
  }

  /// Fills its envelope up to 512 bytes.
  let step: MoveMember = {
    func step(_ padding: Int) -> MoveMember {
      MoveMember(member: .example, step: .decline, reason: Note(unchecked: String(repeating: "x", count: padding)))
    }
    let bytes = try! EnvelopeCoder(types: MessageCatalogue.types).encode(
      Load.envelope(step(0), key: UUID().uuidString))
    return step(512 - bytes.count)
  }()

  private func emit(_ parts: Int) async throws {
    // Short, since the ids of the deliveries begin with it.
    let name = String(UUID().uuidString.lowercased().replacing("-", with: "").prefix(24))
    let message = CommitImport(importId: ImportID(unchecked: name), parts: Number(unchecked: parts), mode: .whole)
    _ = try await send(message, key: name, as: CommitImport.Reply.self)
  }

  private func isWaiting() async throws -> Bool {
    let query = GetImportReport(importId: .example, after: Count(0))
    return try await send(query, as: GetImportReport.Reply.self).total > Count(0)
  }

  func send<Reply>(
    _ message: some Message, key: String? = nil, as: Reply.Type
  ) async throws -> Reply {
    let reply = try await client.send(Load.envelope(message, key: key), to: "membership", deadline: .seconds(60))
    switch reply.body {
    case .message(let answer as Reply): return answer
    case .message(let problem as Problem): throw problem
    default: throw RequestClient.Failure.unknown(service: reply.type)
    }
  }
  static func envelope(_ message: some Message, key: String? = nil) -> Envelope {
    var request = Envelope(
      id: Envelope.newID(), source: principal, time: .wallClock(), message: message)
    request.idempotencykey = key
    request.lang = "sv"
    request.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    return request
  }
}

extension Duration {
  var microseconds: Double {
    Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12
  }
}
