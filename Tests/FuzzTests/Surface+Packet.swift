import Foundation
import Messaging

extension Surface {
  /// Between two frames of a packet: a byte that JSON has nowhere.
  static let separator: UInt8 = 0x1E

  private static let headers = [
    #"{"sends":[1],"epoch":"e"}"#, #"{"sends":[1,1],"epoch":"e"}"#, #"{"sends":[-1],"epoch":"e"}"#,
    #"{"sends":[9223372036854775807],"epoch":"e"}"#, #"{"sends":[1e400],"epoch":"e"}"#, #"{"sends":[],"epoch":""}"#,
    #"{"sends":[1.5],"epoch":"\ud800"}"#, #"{"number":1,"settledbelow":1}"#, #"{"number":-1,"settledbelow":1}"#,
    #"{"number":18446744073709551615,"settledbelow":-9223372036854775808}"#,
    #"{"number":1,"instance":"i","epoch":"e","credit":-1}"#, #"{"number":1,"instance":"i","epoch":"e","credit":1e9}"#,
    #"{"epoch":"e","verdicts":[]}"#, #"{"epoch":"e","verdicts":[{"id":"x","kind":"retry","afterms":-1}]}"#,
    #"{"epoch":"e","verdicts":[{"id":"x","kind":"refused","problem":{"type":"","title":"","detail":""}}]}"#,
    #"{"epoch":"e","verdicts":[{"id":"x","kind":"invented"}]}"#, "[]", "null", "",
  ]

  static func packet(_ mutation: inout Mutation) -> [UInt8] {
    var frames = [mutation.any(["request", "reply", "ping", "pong", "delivery", "verdicts", "REQUEST", ""])]
    frames.append(mutation.any(headers))
    if mutation.oneIn(2) {
      let body = mutation.any(["{}", "", String(repeating: "x", count: mutation.amount())])
      frames += Array(repeating: body, count: mutation.any([1, 1, 2, 255, 256, 257]))
      if mutation.oneIn(3) {
        let ones = Array(repeating: "1", count: frames.count - 2).joined(separator: ",")
        frames[1] = #"{"sends":[\#(ones)],"epoch":"e"}"#
      }
    }
    if mutation.oneIn(20) {
      frames.append(String(repeating: "x", count: Envelope.maximumBytes + mutation.number(0..<2)))
    }
    var bytes = Array(frames.map { Array($0.utf8) }.joined(separator: [separator]))
    if mutation.oneIn(4) { mutation.change(&bytes) }
    return bytes
  }

  static func checkPacket(_ bytes: [UInt8]) throws -> String {
    let frames = bytes.split(separator: separator, omittingEmptySubsequences: false).map { Data($0) }
    let packet: Packet
    do { packet = try Packet(frames: frames) } catch {
      guard let malformed = error as? Packet.Malformed, !malformed.reason.isEmpty else {
        throw Fault("a packet is refused with \(type(of: error))")
      }
      return malformed.reason
    }
    let written = try packet.frames()
    let again = try Packet(frames: written)
    guard try again.frames() == written else { throw Fault("it is another packet when it is read again") }
    if case .delivery(let header, let bodies) = packet {
      guard header.sends.count == bodies.count, bodies.count <= Packet.maximumBatch else {
        throw Fault("a delivery whose header does not fit was taken")
      }
    }
    return String(decoding: frames[0], as: UTF8.self)
  }
}
