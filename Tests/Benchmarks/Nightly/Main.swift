import Contracts
import FollowUpService
import Foundation
import GRDB
import Messaging
import TestSupport

/// `bench-nightly PAIRS`: the nights of a week over so many mentorships, spread evenly over a year. Prints one line of
/// JSON: milliseconds of the median, the longest and each night, tasks a night, and resident memory in MB.
///
/// Nobody answers anything: then most is to be done. The notifier is away, so that what is measured is
/// followup's own night; its tasks wait in the outbox.
@main struct Main {
  static func main() async throws {
    guard let pairs = CommandLine.arguments.dropFirst().first.flatMap(Int.init), pairs > 0 else {
      print("bench-nightly PAIRS")
      exit(2)
    }
    let today = Day(2026, 9, 1)!
    let harness = try await ServiceHarness(
      .followup, day: today.text, principal: Principal(id: "bench", role: .chair), standIns: [.matching],
      FollowUp.service)
    var night = today
    // A twenty-eighth each night, or all would be asked the same nights every fourth week; then the year so far is
    // caught up with.
    for part in 0..<42 {
      let numbers = part < 28 ? Array(stride(from: part, to: pairs, by: 28)) : []
      for start in stride(from: 0, to: numbers.count, by: 250) {
        let begun = numbers[start..<min(start + 250, numbers.count)].map { number in
          (
            id: "begun-\(number)",
            message: MatchActivated(
              match: MatchID(unchecked: "p-\(number)-n"), mentor: MemberID(unchecked: "m-\(number)-m"),
              adept: MemberID(unchecked: "m-\(number)-a"), starts: night.adding(days: -(number / 28 % 364)),
              months: Months(unchecked: 12)) as any Contract
          )
        }
        _ = try await harness.deliver(begun, from: .matching, key: "bench")
      }
      night = night.adding(days: 1)
      try await harness.live(through: night)
    }
    var times: [Double] = []
    let before = try await harness.outbox()
    for _ in 0..<7 {
      night = night.adding(days: 1)
      let begun = ContinuousClock.now
      try await harness.live(through: night)
      times.append((ContinuousClock.now - begun) / .milliseconds(1))
    }
    let tasks = try await harness.outbox() - before
    let sorted = times.sorted()
    print(
      """
      {"nightMS": \(sorted[sorted.count / 2]), "longestMS": \(sorted.last!), "nights": \(times), "tasks": \(tasks / 7), \
      "memoryMB": \(memory())}
      """)
    await harness.stop()
  }

  /// Resident, in MB.
  private static func memory() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
  }
}

extension ServiceHarness {
  /// Moves the calendar, and waits until nothing is due. Asked of the store, since the status counts all there is.
  fileprivate func live(through day: Day) async throws {
    let moment = day.at(hour: 6)
    _ = try await command(AdvanceCalendar(to: moment))
    while try await read({ db throws -> Bool in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM due_work WHERE due_at <= ?)", arguments: [moment.milliseconds])!
    }) {
      // Whatever is asked wakes the worker, as its timer does on the machine's calendar.
      _ = try await ask(GetHealth())
    }
  }

  fileprivate func outbox() async throws -> Int {
    try await read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM outbox")! }
  }
}
