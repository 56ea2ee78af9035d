import Contracts
import Foundation
import Messaging
import TestSupport

/// The work of one path alone, for callgrind: `bench-service counts request|command|delivery COUNT`. The real worker and
/// store over the in-memory transport, with fixed input.
enum Counts {
  static func run(_ path: String, _ count: Int) async throws {
    let (service, definition) =
      path == "delivery" ? (ServiceName.matching, Main.receiver(nil)) : (.membership, Main.sender(nil))
    let harness = try await ServiceHarness(service) { _ in definition }
    switch path {
    case "request":
      for _ in 0..<count { _ = try await harness.ask(ListMembers()) }
    case "command":
      let step = MoveMember(member: .example, step: .decline, reason: .example)
      for number in 0..<count { _ = try await harness.command(step, key: "key-\(number)") }
    case "delivery":
      for packet in 0..<(count / 64) {
        let messages = (0..<64).map { number in
          (id: "\(packet)-\(number)", message: MemberRegistered(profile: Main.profile("m-\(number)")) as any Contract)
        }
        _ = try await harness.deliver(messages, from: .membership, key: "k")
      }
    default: fatalError("\(path) is no path: request, command, delivery")
    }
    await harness.stop()
  }
}
