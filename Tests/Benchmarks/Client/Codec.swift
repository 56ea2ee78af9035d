import Contracts
import Foundation
import Messaging

/// What encoding and decoding cost alone, in microseconds each, in this process.
struct Codec {
  let load: Load

  func run(_ count: Int) throws -> [String: Double] {
    let coder = EnvelopeCoder(types: MessageCatalogue.types)
    let envelope = Load.envelope(load.page)
    let bytes = try coder.encode(envelope)
    let data = try EnvelopeCoder.encoder.encode(load.page)
    func time(_ body: () throws -> Void) rethrows -> Double {
      for _ in 0..<200 { try body() }
      let start = ContinuousClock.now
      for _ in 0..<count { try body() }
      return (ContinuousClock.now - start).microseconds / Double(count)
    }
    return [
      "bytes": Double(bytes.count),
      "encode": try time { _ = try coder.encode(envelope) },
      "decode": try time { _ = try coder.decode(bytes) },
      "encodeData": try time { _ = try EnvelopeCoder.encoder.encode(load.page) },
      "decodeData": try time { _ = try JSONDecoder().decode(ListMembers.self, from: data) },
      "time": time { _ = Timestamp.wallClock().text },
      "parseTime": time { _ = Timestamp(text: "2026-11-24T08:00:00.000Z") },
      "id": time { _ = Envelope.newID() },
    ]
  }
}
