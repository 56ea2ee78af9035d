import Contracts
import Messaging
import ServiceRuntime
import Texts

// What the board is told each Monday about its mails.
extension Notifier {
  struct WeeklyDigest: Codable, Sendable {}

  static let weeklyDigest = DueKind<WeeklyDigest>("weekly-digest")

  /// From the first mail on it comes round by itself; weeks that were slept through are told in one.
  func planWeekly(_ context: Context) throws {
    guard settings.isWeekly else { return }
    try context.planUnlessPlanned(
      Notifier.weeklyDigest, key: "", at: Notifier.monday(after: max(context.now, context.calendar)), WeeklyDigest())
  }

  /// Writes to the board where something needs it, or where no mail leaves this machine; else says nothing.
  func writeWeekly(_: WeeklyDigest, _ context: Context) throws {
    try planWeekly(context)
    let mails = Mails(db: context.db)
    let week = try mails.settled(since: context.now + .seconds(-7 * 86_400))
    let advice = MailDeskTexts.advice(try delivery(GetMailDelivery(), context))
    let task = TaskID(unchecked: "weekly-\(context.today.text)")
    guard !advice.isEmpty || week.unanswered > 0, try !mails.has(task) else { return }
    let figures = week.states.isEmpty ? [] : [MailDeskTexts.week(week.states, unanswered: week.unanswered)]
    let lines = (figures + advice).map { $0[settings.language] }
    let message = try toBoard(MailTexts.weekly[settings.language], lines, id: task, at: context.now)
    try mails.add(.weekly(task, lines: lines), to: settings.board, message, day: context.today)
    try plan(task, at: .atOnce, context)
  }

  /// The next Monday at eight in Sweden.
  static func monday(after moment: Timestamp) -> Timestamp {
    // 1970-01-05 was a Monday.
    let first = Day(1970, 1, 5)!
    let today = Day(of: moment)
    let monday = today.adding(days: -(first.days(until: today) % 7)).at(hour: 8)
    return monday > moment ? monday : Day(of: monday).adding(days: 7).at(hour: 8)
  }
}
