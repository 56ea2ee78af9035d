import Messaging
import Testing

@Suite struct DeliverySenderTests {
  /// A receiver that gets few of them done would never come to the oldest otherwise.
  @Test func keysThatHaveWaitedLongestComeFirst() {
    var sender = DeliverySender(epoch: nil)
    let items = ["a", "b", "c"].enumerated().map {
      DeliverySender.Item(sequence: Int64($0 + 1), id: "id-\($1)", key: $1, bytes: 1)
    }
    _ = sender.handle(.reachable, now: .zero)
    let pong = Pong(number: 1, instance: "i", epoch: "e", credit: 8)
    #expect(sender.handle(.pong(pong), now: .zero).contains(.claimNext(after: 0, limit: 8)))
    _ = sender.handle(.claimed(items), now: .zero)
    let retries = items.map { DeliveryVerdict(id: $0.id, kind: .retry, afterms: 1) }
    _ = sender.handle(.verdicts(Verdicts(epoch: "e", instance: "i", verdicts: retries)), now: .zero)
    #expect(sender.handle(.tick, now: .milliseconds(500)).contains(.claimKeys(["a", "b", "c"], limit: 2)))
  }
}
