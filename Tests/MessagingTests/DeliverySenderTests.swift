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

  /// A receiver that has just started waits for it with what can't be undone.
  @Test func aNewReceiverIsToldWhenThereIsNothingMoreToTell() {
    var sender = DeliverySender(epoch: nil)
    let item = DeliverySender.Item(sequence: 1, id: "id", key: "k", bytes: 1)
    #expect(sender.handle(.reachable, now: .zero) == [.ping(number: 1, hasMore: true)])
    _ = sender.handle(.pong(Pong(number: 1, instance: "i", epoch: "e", credit: 8)), now: .zero)
    #expect(!sender.handle(.claimed([item]), now: .zero).contains { if case .ping = $0 { true } else { false } })
    let done = Verdicts(epoch: "e", instance: "i", verdicts: [DeliveryVerdict(id: "id", kind: .done)])
    #expect(sender.handle(.verdicts(done), now: .zero).contains(.ping(number: 2, hasMore: false)))
    // Once: in the same process it hears of it with the next ping.
    #expect(!sender.handle(.outboxGrew, now: .zero).contains(.ping(number: 3, hasMore: false)))
    _ = sender.handle(.claimed([]), now: .zero)
    #expect(sender.handle(.tick, now: .seconds(5)).contains(.ping(number: 3, hasMore: false)))
  }
}
