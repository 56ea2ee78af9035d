import Contracts

/// A date that stands in the two's calendars.
struct CalendarDate: Codable, Sendable, Hashable {
  /// Tells it from the pair's other dates, for ever.
  var name: String
  var what: CalendarEvent.What
  var day: Day
}

extension Mentorship {
  /// Brings the two's calendars to what holds: the dates that are still to come, and a cancellation of each that was
  /// told and is none any more; all with a sequence that is higher than all before.
  ///
  /// - Parameter cancelled: none of them holds. What was told stays known, since the other of the two is told later.
  mutating func calendar(
    _ kinds: Set<CalendarEvent.What> = Set(CalendarEvent.What.allCases), today: Day, cancelled: Bool = false
  ) -> [CalendarEvent] {
    course.calendarSequence += 1
    let told = course.calendar ?? []
    let valid = cancelled ? [] : dates
    let sent = valid.filter { kinds.contains($0.what) && $0.day >= today && ($0.what != .firstContact || !isInTouch) }
    let names = Set(valid.map(\.name))
    let gone = told.filter { !names.contains($0.name) && $0.day >= today }
    func events(_ dates: [CalendarDate], isCancelled: Bool) -> [CalendarEvent] {
      dates.map {
        CalendarEvent(
          uid: TaskID(unchecked: "\(id.rawValue)-\($0.name)"), sequence: Count(course.calendarSequence),
          isCancelled: isCancelled, what: $0.what, day: $0.day, kommun: $0.what == .meeting ? course.kommun : nil)
      }
    }
    if !cancelled {
      let replaced = Set((sent + gone).map(\.name))
      course.calendar = told.filter { !replaced.contains($0.name) } + sent
    }
    return events(sent, isCancelled: false) + events(gone, isCancelled: true)
  }

  /// All dates of the year, by what is agreed now.
  private var dates: [CalendarDate] {
    var dates = [
      CalendarDate(name: CalendarEvent.What.firstContact.rawValue, what: .firstContact, day: year.firstContact)
    ]
    if let agreed, let agreement = course.agreement {
      for (number, day) in year.meetings(agreement.meetings, from: agreed).enumerated() {
        dates.append(CalendarDate(name: "meeting-\(number + 1)", what: .meeting, day: rhythm.rested(day)))
      }
    }
    func add(_ what: CalendarEvent.What, _ day: Day?) {
      if let day { dates.append(CalendarDate(name: what.rawValue, what: what, day: day)) }
    }
    add(.halfWay, year.halfWay.map(rhythm.rested))
    add(.closingTalk, year.closingTalk.map(Holidays.after))
    add(.end, year.ends)
    return dates
  }
}
