import Contracts
import Foundation
import TestSupport
import Testing

@testable import Messaging

/// The short way through plain envelopes gives what the way through Codable gives, for whatever bytes.
@Suite struct EnvelopeCoderTests {
  private let coder = EnvelopeCoder(types: MessageCatalogue.types)

  @Test(arguments: SeededGenerator.seeds(0..<300))
  func bothWaysEncodeTheSame(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let envelope = randomEnvelope(&random)
    #expect(try coder.encode(envelope) == coder.encodeWhole(envelope), "SEED=\(seed)")
  }

  @Test(arguments: SeededGenerator.seeds(0..<100))
  func bothWaysDecodeTheSame(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let bytes = try coder.encodeWhole(randomEnvelope(&random))
    #expect(outcome(coder.decode, bytes) == outcome(coder.decodeWhole, bytes))
    for _ in 0..<60 {
      let damaged = damage(bytes, &random)
      #expect(
        outcome(coder.decode, damaged) == outcome(coder.decodeWhole, damaged),
        "SEED=\(seed): \(String(decoding: damaged, as: UTF8.self))")
    }
  }

  @Test func damageIsRefusedAndTaken() throws {
    let taken = try (0..<UInt64(200)).filter { seed in
      var random = SeededGenerator(seed: seed)
      return outcome(coder.decode, damage(try coder.encodeWhole(randomEnvelope(&random)), &random)) != nil
    }.count
    #expect((20..<180).contains(taken))
  }

  /// What was read, as bytes; nil where it was refused.
  private func outcome(_ decode: (Data) throws -> Envelope, _ bytes: Data) -> Data? {
    guard let envelope = try? decode(bytes) else { return nil }
    let body =
      switch envelope.body {
      case .message: ""
      case .unknown: "unknown"
      case .malformed(let field, let reason): "\(field) \(reason)"
      }
    return (try? coder.encodeWhole(envelope)).map { $0 + Data(body.utf8) }
  }

  private func randomEnvelope(_ random: inout SeededGenerator) -> Envelope {
    let letters = ["a", "Ö", "7", "/", "🙂", " ", "é", "-"]
    let odd = letters + ["\"", "\\", "\n", "\u{7f}", "\u{1}", "\u{2028}"]
    let alphabet = Bool.random(using: &random) ? letters : odd
    func text() -> String {
      (0..<Int.random(in: 1...12, using: &random)).map { _ in alphabet.randomElement(using: &random)! }.joined()
    }
    func perhaps() -> String? { Bool.random(using: &random) ? text() : nil }
    func moment() -> Timestamp { Timestamp(milliseconds: Int64.random(in: 0...4_000_000_000_000, using: &random)) }
    let messages: [any Message] = [
      ListMembers(search: SearchText(unchecked: text()), after: nil), GetHealth(),
      Problem(code: text(), title: text(), detail: text(), retryable: true), AdvanceCalendar(to: moment()),
    ]
    let message = messages.randomElement(using: &random)!
    var envelope = Envelope(
      id: text(), source: text(), type: type(of: message).type, time: moment(), body: .message(message))
    envelope.traceparent = perhaps()
    envelope.correlationid = perhaps()
    envelope.causationid = perhaps()
    envelope.expirytime = Bool.random(using: &random) ? moment() : nil
    envelope.partitionkey = perhaps()
    envelope.sequence = perhaps()
    envelope.idempotencykey = perhaps()
    envelope.lang = perhaps()
    return envelope
  }

  /// A byte changed, a piece left out, doubled or put elsewhere, or a field of another kind.
  private func damage(_ bytes: Data, _ random: inout SeededGenerator) -> Data {
    var bytes = [UInt8](bytes)
    let at = Int.random(in: 0..<bytes.count, using: &random)
    let piece = at..<min(bytes.count, at + Int.random(in: 1...20, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[at] = Array("{}[]\",:\\ \n0n".utf8).randomElement(using: &random)!
    case 2: bytes.removeSubrange(piece)
    case 3: bytes.insert(contentsOf: bytes[piece], at: at)
    case 4:
      let text = [
        #"{"id":"again","#, #"{"extra":1,"#, #"{"lang":null,"#, #"{"dataschema":"x","#, #"{ "dataschema" : "" , "#,
        #"{"lang":"\u0061","#, #"{"datacontenttype":7,"#,
      ].randomElement(using: &random)!
      bytes.replaceSubrange(0..<1, with: Array(text.utf8))
    default: bytes += Array(["}", " ", "\n{}", "x"].randomElement(using: &random)!.utf8)
    }
    return Data(bytes)
  }
}
