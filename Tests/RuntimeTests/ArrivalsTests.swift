import Foundation
import Messaging
import Testing

@testable import ServiceRuntime

@Suite struct ArrivalsTests {
  private func packet(_ bytes: Int) -> TransportEvent {
    .received([Data(count: bytes)], from: Origin(principal: Principal(id: "karin", role: .viewer), route: Data()))
  }

  @Test func areBoundedInBytesAndCountWhatTheyDrop() {
    var arrivals = Arrivals(maximumBytes: 10_000)
    let wakes = (0..<3).map { _ in arrivals.append(packet(4_000)) }
    #expect(wakes == [true, false, false])
    // What is smaller still fits, and what this process asked for is never dropped.
    _ = arrivals.append(packet(1_000))
    for _ in 0..<3 { _ = arrivals.append(.answered([Data(count: 4_000)], by: "followup")) }
    let (events, dropped) = arrivals.take(100)
    #expect((events.count, dropped) == (6, 1))
    // All room is free again, and the next one wakes the worker.
    let wakesAgain = arrivals.append(packet(9_000))
    let (next, droppedSince) = arrivals.take(100)
    #expect(wakesAgain && next.count == 1 && droppedSince == 0)
  }

  @Test func areBoundedInNumber() {
    var arrivals = Arrivals()
    for _ in 0..<Arrivals.maximumCount + 5 { _ = arrivals.append(packet(0)) }
    let (events, dropped) = arrivals.take(.max)
    #expect((events.count, dropped) == (Arrivals.maximumCount, 5))
  }
}
