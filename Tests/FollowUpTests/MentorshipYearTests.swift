import Contracts
import Foundation
import Testing

@testable import FollowUpService

func day(_ text: String) -> Day { Day(text: text)! }

@Suite struct MentorshipYearTests {
  @Test func everyStartFrom2024To2032EndsToTheDay() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    var start = day("2024-01-01")
    while start <= day("2032-12-31") {
      let date = calendar.date(from: DateComponents(year: start.year, month: start.month, day: start.day))!
      for months in 1...12 {
        let year = MentorshipYear(starts: start, months: Months(unchecked: months))
        let expected = calendar.dateComponents(
          [.year, .month, .day], from: calendar.date(byAdding: .month, value: months, to: date)!)
        #expect(year.ends == Day(expected.year!, expected.month!, expected.day!))
        let inOrder = [start, year.firstContact, year.halfWay, year.closingTalk, year.ends].compactMap(\.self)
        #expect(zip(inOrder, inOrder.dropFirst()).allSatisfy { $0 < $1 })
      }
      start = start.adding(days: 1)
    }
  }

  static let dates: [(starts: String, months: Int, halfWay: String?, closingTalk: String?, ends: String)] = [
    ("2026-09-08", 12, "2027-03-08", "2027-08-08", "2027-09-08"),
    ("2028-02-29", 12, "2028-08-29", "2029-01-29", "2029-02-28"),
    ("2027-02-28", 12, "2027-08-28", "2028-01-28", "2028-02-28"),
    ("2026-08-31", 12, "2027-02-28", "2027-07-31", "2027-08-31"),
    ("2026-09-08", 7, "2027-01-08", "2027-03-08", "2027-04-08"),
    ("2026-09-08", 4, "2026-11-08", "2026-12-08", "2027-01-08"),
    ("2026-09-08", 3, nil, "2026-11-08", "2026-12-08"),
    ("2026-09-08", 2, nil, "2026-10-08", "2026-11-08"),
    ("2026-09-08", 1, nil, nil, "2026-10-08"),
  ]

  @Test(arguments: dates) func hasItsDates(
    _ starts: String, _ months: Int, _ halfWay: String?, _ closingTalk: String?, _ ends: String
  ) {
    let year = MentorshipYear(starts: day(starts), months: Months(unchecked: months))
    #expect(year.firstContact == day(starts).adding(days: 14))
    #expect(year.halfWay?.text == halfWay)
    #expect(year.closingTalk?.text == closingTalk)
    #expect(year.ends.text == ends)
  }
}
