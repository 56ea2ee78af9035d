import Contracts
import Foundation
import Messaging
import MessagingZeroMQ
import Settings
import Texts

/// Why the board client could not do what it was asked, with the exit status that tells scripts.
public enum BoardFailure: Error, Sendable {
  /// A service said no: the problem's sentences say why.
  case refused(Problem)
  /// Something on this side is missing or wrong, in a sentence.
  case unusable(String)
  /// Nobody listens: nothing has happened.
  case outOfReach(service: String)
  /// No answer in time: whether it happened is unknown; with the same key it can be asked again.
  case unknown(service: String, key: String?)

  public var exitStatus: Int32 {
    switch self {
    case .refused, .unusable: 1
    case .outOfReach, .unknown: 3
    }
  }

  /// What is wrong with keys or sockets, in the reader's language.
  public static func words(of error: any Error, _ language: Language) -> String {
    switch error {
    case let fault as KeyFault: Phrase(sv: fault.sv, en: fault.en)[language]
    case let fault as TransportError: Phrase(sv: fault.sv, en: fault.en)[language]
    default: "\(error)"
    }
  }
}

/// Where the services listen, as far as it is set.
private let endpointsOfProcess = Settings.ofProcess.values

/// A principal's connection to the services: asks and commands, typed by their contracts.
public struct Connection: Sendable {
  public struct Settings: Sendable {
    public var principal: String
    public var sockets: String
    public var keys: String
    public var language: Language
    public var deadline: Duration

    public init(
      principal: String, sockets: String, keys: String, language: Language = .sv,
      deadline: Duration = .seconds(10)
    ) {
      self.principal = principal
      self.sockets = sockets
      self.keys = keys
      self.language = language
      self.deadline = deadline
    }
  }

  public let language: Language
  private let settings: Settings
  private let transport: ZeroMQTransport
  private let client: RequestClient

  /// Reads the principal's key and prepares the sockets; connects when something is asked.
  ///
  /// - Throws: `BoardFailure.unusable` with a sentence.
  public static func open(_ settings: Settings) async throws -> Connection {
    do {
      let folder = KeyFolder(path: settings.keys)
      let authorized = try folder.authorizedKeys()
      let endpoints = Endpoints(folder: settings.sockets, environment: endpointsOfProcess)
      try endpoints.check(ServiceName.allCases.map(\.rawValue), keys: authorized)
      let keys = try folder.keys(of: settings.principal)
      let transport = ZeroMQTransport(.init(keys: keys, peer: { endpoints.peer($0, keys: authorized) }))
      let client = RequestClient(transport: transport, types: MessageCatalogue.types)
      try await client.start()
      return Connection(settings, transport, client)
    } catch {
      throw BoardFailure.unusable(BoardFailure.words(of: error, settings.language))
    }
  }

  private init(_ settings: Settings, _ transport: ZeroMQTransport, _ client: RequestClient) {
    language = settings.language
    self.settings = settings
    self.transport = transport
    self.client = client
  }

  public func close() async { await transport.stop() }

  /// Asks a query of the service that takes it. Asking again is harmless.
  ///
  /// - Parameter service: only for the queries that every service takes.
  /// - Throws: `BoardFailure`.
  public func ask<Q: Query>(_ query: Q, of service: ServiceName? = nil) async throws -> Q.Reply {
    try await send(query, to: service, key: nil)
  }

  /// Sends a command. The same key again gets the same reply, so a command whose outcome is unknown may be
  /// repeated with it.
  ///
  /// - Throws: `BoardFailure`.
  public func command<C: Command>(
    _ command: C, of service: ServiceName? = nil, key: String = UUID().uuidString.lowercased()
  ) async throws -> C.Reply {
    try await send(command, to: service, key: key)
  }

  private func send<Request: Contract, Reply: Contract>(
    _ message: Request, to service: ServiceName?, key: String?
  ) async throws -> Reply {
    guard let receiver = service ?? Permissions.rule(of: Request.type)?.service else {
      preconditionFailure("\(Request.type) is taken by every service: say which")
    }
    var request = Envelope(
      id: Envelope.newID(), source: settings.principal, time: .wallClock(), message: message)
    request.idempotencykey = key
    request.lang = language.rawValue
    request.traceparent = Connection.traceparent()
    let reply: Envelope
    do {
      reply = try await client.send(request, to: receiver.rawValue, deadline: settings.deadline)
    } catch let failure as RequestClient.Failure {
      switch failure {
      case .unreachable(let service): throw BoardFailure.outOfReach(service: service)
      case .unknown(let service): throw BoardFailure.unknown(service: service, key: key)
      }
    }
    switch reply.body {
    case .message(let problem as Problem): throw BoardFailure.refused(problem)
    case .message(let answer as Reply): return answer
    default:
      throw BoardFailure.refused(
        Problem(code: "client/unexpected-reply", title: reply.type, detail: receiver.rawValue))
    }
  }

  /// W3C trace context: a new trace for each request, sampled.
  private static func traceparent() -> String {
    func hex(_ count: Int) -> String {
      (0..<count).map { _ in
        let text = String(UInt8.random(in: 0...255), radix: 16)
        return text.count == 1 ? "0" + text : text
      }.joined()
    }
    return "00-\(hex(16))-\(hex(8))-01"
  }
}
