import Contracts

extension Mentorship {
  /// The dates that are still to come, each with a sequence that is higher than all before.
  ///
  /// - Parameter cancelled: the same dates, to be taken out of the calendars again.
  mutating func calendar(
    _ kinds: Set<CalendarEvent.What> = Set(CalendarEvent.What.allCases), today: Day, cancelled: Bool = false
  ) -> [CalendarEvent] {
    course.calendarSequence += 1
    func event(_ what: CalendarEvent.What, _ day: Day, _ name: String? = nil) -> CalendarEvent {
      CalendarEvent(
        uid: TaskID(unchecked: "\(id.rawValue)-\(name ?? what.rawValue)"), sequence: Count(course.calendarSequence),
        isCancelled: cancelled, what: what, day: day, kommun: what == .meeting ? course.kommun : nil)
    }
    var events: [CalendarEvent] = []
    if !isInTouch || cancelled { events.append(event(.firstContact, year.firstContact)) }
    if let agreed, let agreement = course.agreement {
      for (number, day) in year.meetings(agreement.meetings, from: agreed).enumerated() {
        events.append(event(.meeting, rhythm.rested(day), "meeting-\(number + 1)"))
      }
    }
    if let halfWay = year.halfWay { events.append(event(.halfWay, rhythm.rested(halfWay))) }
    if let closingTalk = year.closingTalk { events.append(event(.closingTalk, Holidays.after(closingTalk))) }
    events.append(event(.end, year.ends))
    return events.filter { kinds.contains($0.what) && $0.day >= today }
  }
}
