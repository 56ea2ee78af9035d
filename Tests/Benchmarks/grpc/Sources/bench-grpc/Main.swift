import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// `bench-grpc serve SOCKET` answers, `bench-grpc call SOCKET COUNT IN-FLIGHT` asks: unary calls over a Unix socket,
/// without TLS, each message an envelope of 512 bytes of JSON, decoded and encoded by Codable at both ends.
@main struct Main {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let socket = arguments[2]
    if arguments[1] == "serve" {
      var router = RPCRouter<HTTP2ServerTransport.Posix>()
      router.registerHandler(forMethod: method, deserializer: JSON<Envelope>(), serializer: JSON<Envelope>()) {
        request, _ in
        let single = try await ServerRequest(stream: request)
        let answer = Envelope(answering: single.message.id)
        return StreamingServerResponse(single: ServerResponse(message: answer))
      }
      let transport = HTTP2ServerTransport.Posix(
        address: .unixDomainSocket(path: socket), transportSecurity: .plaintext)
      let server = GRPCServer(transport: transport, router: router)
      FileHandle.standardOutput.write(Data("ready\n".utf8))
      try await server.serve()
      return
    }
    let (count, inFlight) = (Int(arguments[3])!, Int(arguments[4])!)
    let transport = try HTTP2ClientTransport.Posix(
      target: .unixDomainSocket(path: socket), transportSecurity: .plaintext)
    try await withGRPCClient(transport: transport) { client in
      for _ in 0..<200 { try await ask(client) }
      let start = ContinuousClock.now
      let times = try await withThrowingTaskGroup(of: [Double].self) { group in
        for _ in 0..<inFlight {
          group.addTask {
            var times: [Double] = []
            for _ in 0..<(count / inFlight) {
              let asked = ContinuousClock.now
              try await ask(client)
              times.append((ContinuousClock.now - asked) / .microseconds(1))
            }
            return times
          }
        }
        var all: [Double] = []
        for try await times in group { all += times }
        return all.sorted()
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      print(
        #"{"count": \#(times.count), "seconds": \#(seconds), "perSecond": \#(Double(times.count) / seconds), "#
          + #""p50": \#(times[times.count / 2]), "p99": \#(times[times.count * 99 / 100])}"#)
    }
  }

  private static func ask(_ client: GRPCClient<HTTP2ClientTransport.Posix>) async throws {
    try await client.unary(
      request: ClientRequest(message: Envelope(answering: nil)), descriptor: method, serializer: JSON<Envelope>(),
      deserializer: JSON<Envelope>(), options: .defaults
    ) { _ = try $0.message }
  }

  private static let method = MethodDescriptor(fullyQualifiedService: "bench.Echo", method: "Ask")
}

/// The same fields as the product's envelope, 512 bytes as JSON.
struct Envelope: Codable, Sendable {
  struct Payload: Codable, Sendable { var after: String }
  var specversion = "1.0"
  var id = UUID().uuidString
  var source = "bench"
  var type = "membership.list-members.v1"
  var time = "2026-11-24T08:00:00.000Z"
  var datacontenttype = "application/json"
  var traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
  var correlationid: String?
  var lang = "sv"
  var data: Payload

  init(answering id: String?) {
    correlationid = id
    data = Payload(after: String(repeating: "x", count: id == nil ? 219 : 165))
  }
}

struct JSON<Message: Codable & Sendable>: MessageSerializer, MessageDeserializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: Message) throws -> Bytes {
    Bytes(try JSONEncoder().encode(message))
  }
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Message {
    try JSONDecoder().decode(Message.self, from: bytes.withUnsafeBytes { Data($0) })
  }
}
