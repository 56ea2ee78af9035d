import Contracts

/// The public holidays of Sweden (lag 1989:253), with the eves on which nobody works.
enum Holidays {
  /// The day itself, or the first after it that is no holiday.
  static func after(_ day: Day) -> Day {
    var day = day
    while contains(day) { day = day.adding(days: 1) }
    return day
  }

  static func contains(_ day: Day) -> Bool {
    switch (day.month, day.day) {
    case (1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31): return true
    // Midsummer's Eve is the Friday from the 19th to the 25th; All Saints' the Saturday from 31 October to 6 November.
    case (6, 19...25): if day.weekday == 5 { return true }
    case (10, 31), (11, 1...6): if day.weekday == 6 { return true }
    default: break
    }
    if day.month == 6, (20...26).contains(day.day), day.weekday == 6 { return true }
    guard (3...6).contains(day.month) else { return false }
    // Good Friday, the Saturday, Easter, Easter Monday, Ascension, Whitsun Eve, Whitsun.
    return [-2, -1, 0, 1, 39, 48, 49].contains(easter(day.year).days(until: day))
  }

  /// Easter Sunday (the anonymous Gregorian computus; Meeus, "Astronomical Algorithms", chapter 8).
  static func easter(_ year: Int) -> Day {
    let a = year % 19
    let (b, c) = (year / 100, year % 100)
    let (d, e) = (b / 4, b % 4)
    let f = (b + 8) / 25
    let g = (b - f + 1) / 3
    let h = (19 * a + b - d - g + 15) % 30
    let (i, k) = (c / 4, c % 4)
    let l = (32 + 2 * e + 2 * i - h - k) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let n = h + l - 7 * m + 114
    return Day(year, n / 31, n % 31 + 1)!
  }
}

extension Day {
  /// From 1 for Monday to 7 for Sunday.
  var weekday: Int {
    // 1970-01-01 was a Thursday.
    let days = Day(1970, 1, 1)!.days(until: self) + 3
    return (days % 7 + 7) % 7 + 1
  }
}
