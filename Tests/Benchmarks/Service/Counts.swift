import Contracts
import Foundation
import Messaging
import TestSupport

/// The work of one path alone, for callgrind: `bench-service counts request|delivery COUNT`. The real worker and store
/// over the in-memory transport, with fixed input.
enum Counts {
  static func run(_ path: String, _ count: Int) async throws {
    let (service, definition) =
      path == "request" ? (ServiceName.membership, Main.sender(nil)) : (.matching, Main.receiver(nil))
    let harness = try await ServiceHarness(service) { _ in definition }
    switch path {
    case "request":
      for _ in 0..<count { _ = try await harness.ask(ListMembers()) }
    case "delivery":
      for packet in 0..<(count / 64) {
        let messages = (0..<64).map { number in
          (id: "\(packet)-\(number)", message: MemberRegistered(profile: Main.profile("m-\(number)")) as any Contract)
        }
        _ = try await harness.deliver(messages, from: .membership, key: "k")
      }
    default: fatalError("\(path) is no path: request, delivery")
    }
    await harness.stop()
  }
}
