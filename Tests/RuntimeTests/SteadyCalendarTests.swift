import Messaging
import Testing

@testable import ServiceRuntime

@Suite struct SteadyCalendarTests {
  private let start = Timestamp(milliseconds: 1_800_000_000_000)

  @Test func goesWithTheMachinesClockAlsoWhenThatDrifts() {
    var calendar = SteadyCalendar()
    for minutes in 0..<10_000 {
      let wall = start + .seconds(Double(minutes) * 60.5)
      #expect(calendar.read(wall: wall, monotonic: .seconds(minutes * 60)) == .believed(wall))
    }
  }

  @Test(arguments: [601, -601, 366 * 86_400, -3_650 * 86_400])
  func aJumpIsNotBelievedForAnHour(seconds: Int) {
    var calendar = SteadyCalendar()
    _ = calendar.read(wall: start, monotonic: .zero)
    let jumped = start + .seconds(seconds + 1)
    #expect(calendar.read(wall: jumped, monotonic: .seconds(1)) == .jumped(by: .seconds(seconds)))
    #expect(calendar.read(wall: jumped + .seconds(3_599), monotonic: .seconds(3_600)) == .suspect)
    let later = jumped + .seconds(3_600)
    #expect(calendar.read(wall: later, monotonic: .seconds(3_601)) == .believed(later))
  }

  /// A wrong clock that is put right is two jumps, and the second begins the hour anew.
  @Test func aJumpAndBackIsSuspectUntilAnHourAfterTheLast() {
    var calendar = SteadyCalendar()
    _ = calendar.read(wall: start, monotonic: .zero)
    _ = calendar.read(wall: start + .seconds(90_000), monotonic: .seconds(1))
    #expect(calendar.read(wall: start + .seconds(1_800), monotonic: .seconds(1_800)) == .jumped(by: .seconds(-89_999)))
    #expect(calendar.read(wall: start + .seconds(5_000), monotonic: .seconds(5_000)) == .suspect)
    #expect(
      calendar.read(wall: start + .seconds(5_401), monotonic: .seconds(5_401)) == .believed(start + .seconds(5_401)))
  }

  /// A machine that starts with a wrong clock, or a service that was away for long: an hour costs nothing.
  @Test(arguments: [(86_401, false), (86_399, true), (-601, false), (-599, true)])
  func theFirstLookIsMeasuredAgainstTheLastProcess(seconds: Int, isBelieved: Bool) {
    var calendar = SteadyCalendar(lastSeen: start)
    let wall = start + .seconds(seconds)
    #expect(
      calendar.read(wall: wall, monotonic: .zero)
        == (isBelieved ? .believed(wall) : .jumped(by: .seconds(seconds))))
  }
}
