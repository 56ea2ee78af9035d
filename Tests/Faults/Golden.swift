import Contracts
import Foundation
import GRDB
import Messaging
import MessagingZeroMQ
import TestSupport
import ZeroMQ

/// The published messages, as they went over the wire when their version was made.
enum Golden {
  struct Request: Sendable {
    let name: String
    let body: Data

    /// - Returns: what is wrong with the answer; nil where the service knows the message. That it refuses what
    ///   the message asks for is no fault.
    func ask(_ service: ServiceName, _ state: String) async throws -> String? {
      let raw = try await connect(service, as: "chair", state)
      try await raw.send([Data("request".utf8), body])
      let frames = await raw.next(within: .seconds(20))
      await raw.close()
      guard let frames, case .reply(let reply)? = try? Packet(frames: frames),
        let envelope = try? EnvelopeCoder(types: MessageCatalogue.types).decode(reply)
      else { return "\(service) did not answer \(name)" }
      if case .message(let problem as Problem) = envelope.body, problem.code.hasPrefix("request/"),
        problem.code != "request/malformed" || problem.detail.contains(" data.")
      {
        return "\(service) answered \(name) with \(problem.code): \(problem.detail)"
      }
      return nil
    }
  }

  struct Delivery: Sendable {
    let name: String
    let id: String
    let body: Data
    /// What it may be answered with. A pair that nobody knows may be a dead letter, but one that was understood:
    /// see `unread`.
    var expects: [DeliveryVerdict.Kind] = [.done, .retry, .expired, .dead]
  }

  private static let folder = Executable.project.path + "/Tests/ContractsTests/Golden"

  /// What this service is sent, and by whom.
  static func messages(
    to service: ServiceName
  ) throws -> (requests: [Request], deliveries: [(ServiceName, [Delivery])]) {
    var requests: [Request] = []
    var deliveries: [ServiceName: [Delivery]] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      let type = String(file.dropLast(".json".count))
      var message = try JSONDecoder().decode(
        [String: JSONValue].self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)")))
      message["id"] = .string(UUID().uuidString.lowercased())
      if let rule = Permissions.rule(of: type), rule.service == nil || rule.service == service,
        type != AdvanceCalendar.type
      {
        message["source"] = .string("chair")
        message["idempotencykey"] = .string("golden-\(service.rawValue)-\(type)")
        requests.append(Request(name: type, body: try encode(message)))
      } else if let route = Topology.route(of: type), route.to.contains(service) {
        message["source"] = .string(route.from.rawValue)
        // Each by itself: one that waits holds back the others of its key.
        message["partitionkey"] = .string("golden-\(type)")
        deliveries[route.from, default: []].append(try delivery(type, message))
        message["id"] = .string(UUID().uuidString.lowercased())
        message["partitionkey"] = .string("later-field-\(type)")
        message["laterattribute"] = .string("x")
        if case .object(var data)? = message["data"] {
          data["laterField"] = .array([.integer(1)])
          message["data"] = .object(data)
        }
        deliveries[route.from]!.append(try delivery("\(type) with later fields", message))
        message["id"] = .string(UUID().uuidString.lowercased())
        message["partitionkey"] = .string("later-\(type)")
        message["type"] = .string(String(type.dropLast()) + "99")
        deliveries[route.from]!.append(
          try delivery("\(type) of a later version", message, expects: [.unsupported]))
      }
    }
    return (requests, deliveries.map { ($0, $1) })
  }

  /// The dead letters that were buried because a field of theirs could not be read.
  static func unread(in state: String) throws -> [String] {
    try ServiceName.allCases.flatMap { service in
      let queue = try DatabaseQueue(path: Template.store(service, in: state))
      defer { try? queue.close() }
      return try queue.read { db in
        try Row.fetchAll(db, sql: "SELECT type, problem FROM dead_letter WHERE problem LIKE 'the field %'").map {
          "\(service) could not read \($0[0] as String): \($0[1] as String)"
        }
      }
    }
  }

  private static func delivery(
    _ name: String, _ message: [String: JSONValue], expects: [DeliveryVerdict.Kind]? = nil
  ) throws -> Delivery {
    guard case .string(let id)? = message["id"] else { throw Surprise("\(name) has no id") }
    let delivery = Delivery(name: name, id: id, body: try encode(message))
    guard let expects else { return delivery }
    var other = delivery
    other.expects = expects
    return other
  }

  private static func encode(_ message: [String: JSONValue]) throws -> Data { try JSONEncoder().encode(message) }

  /// Speaks to a service as one of those who send to it.
  ///
  /// - Returns: the verdicts, by the ids.
  static func deliver(
    _ bodies: [Delivery], from sender: ServiceName, to service: ServiceName, _ state: String
  ) async throws -> [String: DeliveryVerdict.Kind] {
    let raw = try await connect(service, as: sender.rawValue, state)
    try await raw.send(Packet.ping(Ping(number: 1, settledbelow: 0)).frames())
    guard let first = await raw.next(within: .seconds(20)), case .pong(let pong)? = try? Packet(frames: first) else {
      throw Surprise("\(service) did not answer a ping of \(sender)")
    }
    let header = DeliveryHeader(
      sends: bodies.map { _ in 1 }, epoch: pong.epoch, ids: bodies.map(\.id))
    try await raw.send(Packet.delivery(header, bodies.map(\.body)).frames())
    guard let answer = await raw.next(within: .seconds(20)), case .verdicts(let verdicts)? = try? Packet(frames: answer)
    else { throw Surprise("\(service) did not answer a delivery of \(sender)") }
    await raw.close()
    return Dictionary(verdicts.verdicts.map { ($0.id, $0.kind) }, uniquingKeysWith: { $1 })
  }

  private static func connect(
    _ service: ServiceName, as principal: String, _ state: String
  ) async throws -> RawConnection {
    let keys = KeyFolder(path: state + "/keys")
    let raw = RawConnection()
    try await raw.connect(
      Endpoints(folder: state + "/sockets", environment: [:]).endpoint(of: service.rawValue),
      keys: keys.keys(of: principal), serverKey: keys.keys(of: service.rawValue).publicKey)
    return raw
  }
}
