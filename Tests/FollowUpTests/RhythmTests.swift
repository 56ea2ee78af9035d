import Contracts
import Testing

@testable import FollowUpService

@Suite struct RhythmTests {
  static let table: [(heard: String, weeks: Int?, limit: String, reminder: String?)] = [
    ("2026-09-08", nil, "2027-08-08", "2026-10-13"),
    ("2026-09-08", 4, "2027-08-08", "2026-10-13"),
    ("2026-09-08", 1, "2027-08-08", "2026-09-22"),
    ("2026-09-08", 13, "2027-08-08", "2026-12-15"),
    // July rests.
    ("2027-05-26", 4, "2027-12-01", "2027-06-30"),
    ("2027-05-27", 4, "2027-12-01", "2027-08-01"),
    ("2027-06-26", 4, "2027-12-01", "2027-08-01"),
    ("2027-06-27", 4, "2027-12-01", "2027-08-01"),
    ("2027-06-28", 4, "2027-12-01", "2027-08-02"),
    ("2027-05-27", 4, "2027-08-01", nil),
    // Nothing from the closing talk on.
    ("2026-09-08", 4, "2026-10-14", "2026-10-13"),
    ("2026-09-08", 4, "2026-10-13", nil),
  ]

  @Test(arguments: table) func reminds(_ heard: String, _ weeks: Int?, _ limit: String, _ reminder: String?) {
    let found = Rhythm.reminder(
      since: day(heard), everyWeeks: weeks.map(CadenceWeeks.init(unchecked:)), before: day(limit))
    #expect(found?.text == reminder)
  }

  @Test(arguments: 1...13) func neverInJulyAndNeverEarly(_ weeks: Int) {
    var heard = day("2026-01-01")
    while heard < day("2028-01-01") {
      let found = Rhythm.reminder(
        since: heard, everyWeeks: CadenceWeeks(unchecked: weeks), before: day("2199-01-01"))!
      #expect(found.month != 7)
      #expect(heard.days(until: found) >= 7 * (weeks + 1))
      heard = heard.adding(days: 1)
    }
  }
}
