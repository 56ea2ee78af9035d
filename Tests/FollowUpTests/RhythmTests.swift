import Contracts
import Testing

@testable import FollowUpService

@Suite struct RhythmTests {
  static func rhythm(_ weeks: Int, restsInJuly: Bool = true) -> Rhythm {
    Rhythm(weeks: CadenceWeeks(unchecked: weeks), restsInJuly: restsInJuly)
  }

  static let table: [(heard: String, weeks: Int, checkIn: String, reminder: String, quiet: String)] = [
    ("2026-09-08", 4, "2026-10-06", "2026-10-13", "2026-10-20"),
    ("2026-09-08", 1, "2026-09-15", "2026-09-18", "2026-09-21"),
    ("2026-09-08", 2, "2026-09-22", "2026-09-25", "2026-09-29"),
    ("2026-09-08", 13, "2026-12-08", "2026-12-15", "2027-01-22"),
    // July rests: two of its days are one of August.
    ("2027-06-02", 4, "2027-06-30", "2027-08-04", "2027-08-11"),
    ("2027-06-03", 4, "2027-08-01", "2027-08-08", "2027-08-15"),
    ("2027-06-04", 4, "2027-08-01", "2027-08-08", "2027-08-15"),
    ("2027-07-03", 4, "2027-08-16", "2027-08-23", "2027-08-30"),
    // Christmas, Easter Monday, Midsummer's Eve.
    ("2026-11-26", 4, "2026-12-27", "2027-01-03", "2027-01-10"),
    ("2027-03-01", 4, "2027-03-30", "2027-04-06", "2027-04-13"),
    ("2027-05-28", 4, "2027-06-27", "2027-08-02", "2027-08-09"),
  ]

  @Test(arguments: table) func asksAndReminds(
    _ heard: String, _ weeks: Int, _ checkIn: String, _ reminder: String, _ quiet: String
  ) {
    let rhythm = Self.rhythm(weeks)
    let asked = rhythm.checkIn(since: day(heard))
    #expect(asked.text == checkIn)
    #expect(rhythm.reminder(of: asked).text == reminder)
    #expect(rhythm.quiet(after: asked).text == quiet)
  }

  @Test func aPairThatWorksInJulyIsAskedThen() {
    #expect(Self.rhythm(4, restsInJuly: false).checkIn(since: day("2027-06-03")).text == "2027-07-01")
  }

  @Test(arguments: 1...13) func neverInJulyNorOnAHolidayAndNeverEarly(_ weeks: Int) {
    let rhythm = Self.rhythm(weeks)
    var heard = day("2026-01-01")
    while heard < day("2028-01-01") {
      let found = rhythm.checkIn(since: heard)
      #expect(found.month != 7 && !Holidays.contains(found))
      #expect(heard.days(until: found) >= 7 * weeks)
      #expect(rhythm.reminder(of: found) > found)
      #expect(rhythm.quiet(after: found) > rhythm.reminder(of: found))
      #expect(!rhythm.isLate(since: heard, today: rhythm.reminder(of: found)))
      heard = heard.adding(days: 1)
    }
  }

  @Test func noNightCarriesTheWorkOfAMonth() {
    let rhythm = Self.rhythm(4)
    let asked = (0..<365).map { rhythm.checkIn(since: day("2027-01-01").adding(days: $0)) }
    let most = Dictionary(grouping: asked) { $0 }.values.map(\.count).max()!
    // The longest row of holidays is Easter's: four days before the first that is none.
    #expect(most == 5, "\(most) days' check-ins fall on one")
  }
}

@Suite struct HolidaysTests {
  @Test(arguments: [
    ("2024-03-31", 2024), ("2025-04-20", 2025), ("2026-04-05", 2026), ("2027-03-28", 2027), ("2028-04-16", 2028),
    ("2029-04-01", 2029), ("2030-04-21", 2030), ("2031-04-13", 2031), ("2032-03-28", 2032),
  ])
  func knowsEaster(_ easter: String, _ year: Int) { #expect(Holidays.easter(year).text == easter) }

  /// The days of 2026 that the Swedish law names, with the eves.
  @Test func knowsTheHolidaysOf2026() {
    var found: [String] = []
    var today = day("2026-01-01")
    while today <= day("2026-12-31") {
      if Holidays.contains(today) { found.append(String(today.text.dropFirst(5))) }
      today = today.adding(days: 1)
    }
    #expect(
      found == [
        "01-01", "01-06", "04-03", "04-04", "04-05", "04-06", "05-01", "05-14", "05-23", "05-24", "06-06", "06-19",
        "06-20", "10-31", "12-24", "12-25", "12-26", "12-31",
      ])
  }

  @Test func knowsTheDaysOfTheWeek() {
    #expect(day("2026-11-24").weekday == 2)
    #expect(day("1969-12-28").weekday == 7)
  }
}
