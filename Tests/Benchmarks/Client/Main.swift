import Contracts
import Foundation
import Messaging
import MessagingZeroMQ

/// The asking end of a measurement: `bench-client SOCKETS KEYS MODE COUNT [IN-FLIGHT | RATE | PARTS [BYTES]]`. Prints
/// one line of JSON, times in microseconds.
@main struct Main {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4 else { fatalError("bench-client SOCKETS KEYS MODE [COUNT [NUMBER [BYTES]]]") }
    let folder = KeyFolder(path: arguments[2])
    let count = arguments.count > 4 ? Int(arguments[4])! : 0
    let number = arguments.count > 5 ? Int(arguments[5])! : 1
    let bytes = arguments.count > 6 ? Int(arguments[6])! : 512
    if arguments[3] == "keys" {
      for name in ServiceName.allCases { try folder.create(Principal(id: name.rawValue, role: .service)) }
      try folder.create(Principal(id: principal, role: .chair))
      return
    }
    let authorized = try folder.authorizedKeys()
    let endpoints = Endpoints(folder: arguments[1])
    let transport = ZeroMQTransport(
      .init(keys: try folder.keys(of: principal), peer: { endpoints.peer($0, keys: authorized) }))
    let client = RequestClient(transport: transport, types: MessageCatalogue.types)
    try await client.start()
    let load = Load(client: client)
    if arguments[3] == "codec" {
      print(String(decoding: try JSONEncoder().encode(Codec(load: load).run(count)), as: UTF8.self))
      return
    }
    let report = try await withTaskExecutorPreference(transport.taskExecutor) {
      switch arguments[3] {
      case "query": try await load.run(count, inFlight: number) { try await $0.query(bytes: bytes) }
      case "command": try await load.run(count, inFlight: number) { try await $0.command() }
      case "deliver": try await load.deliver(count, parts: number)
      case "fill": try await load.fill(count, parts: number)
      case "drain": try await load.drain(count)
      case "register": try await load.register(count)
      case "search": try await load.search(count)
      case "paced": try await load.paced(count, perSecond: number)
      default:
        fatalError(
          "\(arguments[3]) is no mode: keys, codec, query, command, deliver, fill, drain, register, search, paced")
      }
    }
    print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    await transport.stop()
  }
}

let principal = "bench"
